"""What must not change about grounds whatever the history, and who may establish which.

What each ground is, case by case, stands in ``tests/regulation/art_11_grounds.toml``.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import assign, entry

from xfctl.domain.case import Case, evolve
from xfctl.domain.case_facts import Superior
from xfctl.domain.classification import Channel, FeedbackForm, Outcome
from xfctl.domain.event import Event
from xfctl.domain.grounds import EstablishedGround, grounds_of
from xfctl.domain.lifecycle import LEGAL_FROM, Stage, Step
from xfctl.domain.steps import decide
from xfctl.domain.steps.closing import CloseCase, ReopenCase
from xfctl.domain.steps.grounds import FindGround
from xfctl.domain.steps.handling import GiveFeedback
from xfctl.domain.steps.outcome import DeliverOpinion, ExecuteOpinion
from xfctl.domain.steps.registration import register
from xfctl.domain.world import World
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.clocks import clocks
from xfctl.regulation.grounds import Manner, grounds
from xfctl.workdays.calendar import Calendar

NUMBER = "XF2026-0001"
GROUNDS = grounds()
JUDGED = ("3", "4", "5", "7")


def march(day: int) -> date:
    return date(2026, 3, day)


WORLD = World(date(2026, 3, 31), Calendar(), clocks())


def taken(case: Case | None, facts) -> Case:
    """The matter after facts, each with a place of its own in the ledger."""
    for dated in facts:
        seq = len(case.as_recorded) + 1 if case else 1
        case = evolve(case, Event(seq, "", dated.occurred_on, "", "", dated.fact))
    assert case is not None
    return case


def lived(*commands, **details) -> Case:
    """A matter registered on 2 March, after these steps."""
    case = taken(None, register(None, entry(NUMBER, **details), march(2), WORLD))
    for command in commands:
        case = taken(case, decide(command, case, WORLD))
    return case


def feedback(day: int) -> GiveFeedback:
    return GiveFeedback(number=NUMBER, on=march(day), form=FeedbackForm.WRITTEN)


def opinion(day: int, limit: int | None = None) -> DeliverOpinion:
    return DeliverOpinion(
        number=NUMBER,
        on=march(day),
        outcome=Outcome.SUPPORTED,
        content="示例",
        execute_by=march(limit) if limit else None,
    )


def execute(day: int, *, excused: bool = False) -> ExecuteOpinion:
    return ExecuteOpinion(number=NUMBER, on=march(day), content="示例", excused=excused)


def find(day: int, ground: str, evasion: str | None = None, **details) -> FindGround:
    words = {"number": NUMBER, "on": march(day), "unit": "U01", "evidence": "示例依据"}
    return FindGround(**words | {"ground": ground, "evasion": evasion} | details)


def months(case: Case) -> list[tuple[str, date, date | None]]:
    return [(each.ground, each.since, each.until) for each in grounds_of(case)]


# What a ground is


def test_a_ground_exists_from_its_first_day_to_the_day_before_it_ended() -> None:
    ground = EstablishedGround("1/1", "1", "U01", march(12), march(16), "示例")
    days = [march(12) + timedelta(days=n) for n in range(-1, 6)]
    assert [ground.exists(day) for day in days] == [False, True, True, True, True, False, False]


def test_a_ground_not_ended_exists_for_ever() -> None:
    ground = EstablishedGround("1/1", "1", "U01", march(12), None, "示例")
    assert ground.exists(date(2099, 12, 31))


def test_keys_are_unique_within_a_matter() -> None:
    case = lived(
        assign(NUMBER, march(2), "U01"),
        assign(NUMBER, march(2), "U02"),
        find(3, "3", "delay"),
        find(3, "3", "delay"),
        find(3, "7"),
        CloseCase(number=NUMBER, on=march(4), reason="示例"),
        ReopenCase(number=NUMBER, on=march(4), reason="示例"),
        superior=Superior("示例上级"),
    )
    keys = [each.key for each in grounds_of(case)]
    assert len(set(keys)) == len(keys) == 5


def test_evidence_tells_the_deadline_the_superior_and_the_officers_words() -> None:
    late = lived(assign(NUMBER, march(2), "U01"))
    assert [each.evidence for each in grounds_of(late)] == ["虚构单位U01书面反馈期限 2026-03-11"]
    above = lived(find(3, "3", "delay"), superior=Superior("示例上级"))
    assert [each.evidence for each in grounds_of(above)] == ["拖延：示例依据", "示例上级转来"]
    excused = lived(
        assign(NUMBER, march(2), "U01"), feedback(4), opinion(5, 13), execute(18, excused=True)
    )
    assert [each.evidence for each in grounds_of(excused)] == [
        "处理意见执行期限 2026-03-13，2026-03-18 认可未执行的理由"
    ]


def test_what_is_not_late_yet_already_has_the_day_on_which_it_will_be() -> None:
    """So that no event and no nightly run is needed for a ground to begin."""
    (ground,) = grounds_of(lived(assign(NUMBER, march(2), "U01")))
    assert (ground.since, ground.exists(march(11)), ground.exists(march(12))) == (
        march(12),
        False,
        True,
    )


@pytest.mark.parametrize("channel", [*Channel, None])
def test_only_matters_raised_directly_have_ground_1(channel: Channel | None) -> None:
    case = lived(assign(NUMBER, march(2), "U01"), channel=channel)
    direct = channel not in (Channel.SUPERIOR, Channel.LEADER)
    assert ("1" in {each.ground for each in grounds_of(case)}) is direct


@pytest.mark.parametrize("channel", [*Channel, None])
def test_only_matters_from_above_have_ground_6(channel: Channel | None) -> None:
    case = lived(channel=channel)
    assert ("6" in {each.ground for each in grounds_of(case)}) is (channel is Channel.SUPERIOR)


def test_a_superior_on_record_makes_any_channel_one_from_above() -> None:
    case = lived(
        assign(NUMBER, march(2), "U01"), channel=Channel.LETTER, superior=Superior("示例上级")
    )
    assert months(case) == [("6", march(2), None)]


def test_every_article_is_cited_with_its_item() -> None:
    assert [each.article for each in GROUNDS.values()] == [f"细则 11({n})" for n in range(1, 8)]


# Who establishes which


@pytest.mark.parametrize("ground", [each for each in GROUNDS if each not in JUDGED])
def test_what_the_facts_tell_is_not_typed_in(ground: str) -> None:
    with pytest.raises(InputRefusedError, match="由账本中的事实自动得出"):
        lived(find(3, ground))


@pytest.mark.parametrize("evasion", GROUNDS["3"].manners, ids=lambda each: each.key)
def test_ground_3_says_which_of_the_four_ways(evasion: Manner) -> None:
    (ground,) = grounds_of(lived(find(3, "3", evasion.key)))
    assert ground.evidence == f"{evasion.label}：示例依据"


def test_ground_3_without_its_way_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="推诿、敷衍、拖延、弄虚作假"):
        lived(find(3, "3"))


def test_another_ground_with_a_way_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="其他情形不写"):
        lived(find(3, "7", "delay"))


@pytest.mark.parametrize("ground", JUDGED)
@pytest.mark.parametrize("evidence", ["", "  ", "控\x00制"])
def test_no_ground_is_established_without_evidence(ground: str, evidence: str) -> None:
    evasion = "delay" if ground == "3" else None
    with pytest.raises(InputRefusedError, match="依据"):
        lived(
            assign(NUMBER, march(2), "U01"),
            opinion(3),
            find(3, ground, evasion, evidence=evidence),
        )


@pytest.mark.parametrize("ground", ["4", "5"])
def test_grounds_4_and_5_need_an_opinion(ground: str) -> None:
    with pytest.raises(RuleRefusedError, match="还没有处理意见"):
        lived(assign(NUMBER, march(2), "U01"), find(3, ground))


@pytest.mark.parametrize("ground", ["4", "5"])
def test_grounds_4_and_5_are_not_older_than_the_opinion(ground: str) -> None:
    given = (assign(NUMBER, march(2), "U01"), opinion(5))
    with pytest.raises(InputRefusedError, match="早于处理意见日期 2026-03-05"):
        lived(*given, find(4, ground))
    assert lived(*given, find(5, ground))


@pytest.mark.parametrize(("excused", "how"), [(False, "执行处理意见"), (True, "认可不执行的理由")])
def test_ground_5_is_not_found_once_executed_or_excused(excused: bool, how: str) -> None:
    done = (assign(NUMBER, march(2), "U01"), opinion(5, 13), execute(10, excused=excused))
    with pytest.raises(RuleRefusedError, match=f"已于 2026-03-10 {how}"):
        lived(*done, find(10, "5"))
    # What was refused before that, and is entered late, still finds its place.
    assert ("5", march(9), march(10)) in months(lived(*done, find(9, "5")))


def test_a_ground_is_found_neither_in_the_future_nor_before_registration() -> None:
    with pytest.raises(InputRefusedError, match="晚于今天"):
        lived(find(31, "7", on=date(2026, 4, 1)))
    with pytest.raises(InputRefusedError, match="登记日期"):
        lived(find(1, "7"))


def test_a_ground_may_be_found_at_every_stage() -> None:
    assert LEGAL_FROM[Step.FIND_GROUND] == frozenset(Stage)
