"""Who answers and since when, appeals of some of several persons, award years, escalation.

``test_accountability_machine.py`` tries everything; here is each rule by itself, as the articles and
the office mean it.
"""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from account_lives import (
    ADMIN_HEAD,
    DAY,
    DECIDED,
    LOGISTICS,
    PARTY_HEAD,
    POSTS,
    PROPOSED,
    RECTIFY_BY,
    SINCE,
    STAFF,
    TEACHING,
    THREE,
    TODAY,
    UNIT,
    Held,
    Life,
    at_rung,
    staff_unit,
)
from conftest import Office, entry
from msgspec.structs import replace

from xfctl.app.office import change_calendar, set_parameter
from xfctl.domain import unit_rules
from xfctl.domain.accountability.appeal import recount_open
from xfctl.domain.accountability.facts import DueDateChanged
from xfctl.domain.accountability.milestones import in_force
from xfctl.domain.accountability.people import Answerable, Named, answerable
from xfctl.domain.accountability.proposal import not_adopt
from xfctl.domain.accountability.state import evolve
from xfctl.domain.case import Case
from xfctl.domain.classification import AccountStage, AppealResult, Nature, Severity
from xfctl.domain.keys import STATEMENTS
from xfctl.domain.office_calendar import ClosureRecorded
from xfctl.domain.parameters import Parameters, ParameterSet, award_year
from xfctl.domain.post import Appointment, Post
from xfctl.errors import InputRefusedError, RuleRefusedError, XfctlError
from xfctl.ledger.account_lists import accountabilities, award_losses
from xfctl.ledger.verify import require_sound
from xfctl.regulation.ladder import MEASURE_CLOCKS, ladder
from xfctl.regulation.source import judged_under, of_texts
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays

RULES = ladder(PROPOSED)
UPHELD, VARIED, REVOKED = AppealResult.UPHELD, AppealResult.VARIED, AppealResult.REVOKED


def bearers(on: date, nature: Nature = Nature.COLLECTIVE, **named: Any) -> list[Named]:
    posts = named.pop("posts", POSTS)
    return answerable(posts, on, nature, Answerable(**named))


def told(found: list[Named]) -> list[tuple[str, str]]:
    return [(each.name, each.role) for each in found]


# --- Who answers (细则 13, last paragraph; 细则 5) ---------------------------------------------------

# The administrative head changed on 1 June 2025; whoever succeeded holds the post on that day.
SUCCEEDED = (
    POSTS[0],
    replace(POSTS[1], until=date(2025, 6, 1)),
    Appointment(3, Post.ADMIN_HEAD, "示例院长己", None, date(2025, 6, 1)),
)


@pytest.mark.parametrize(
    ("on", "head"),
    [
        ("2024-01-01", ADMIN_HEAD),
        ("2025-05-31", ADMIN_HEAD),
        ("2025-06-01", "示例院长己"),
        ("2025-06-02", "示例院长己"),
        ("2026-11-25", "示例院长己"),
    ],
)
def test_the_head_is_who_held_the_post_on_the_day_in_question(on: str, head: str) -> None:
    found = told(bearers(date.fromisoformat(on), posts=SUCCEEDED))
    assert found == [(PARTY_HEAD, "principal"), (head, "principal")]


def test_before_any_appointment_nobody_is_on_record() -> None:
    with pytest.raises(InputRefusedError, match="该日没有负责人的任职记录"):
        bearers(SINCE - DAY)
    with pytest.raises(InputRefusedError, match="该日没有负责人的任职记录"):
        bearers(PROPOSED, posts=())
    alone = bearers(PROPOSED, Nature.INDIVIDUAL, posts=(), staff={STAFF: "科员"})
    assert told(alone) == [(STAFF, "direct")]


def test_a_struck_appointment_and_a_liaison_answer_for_nothing() -> None:
    struck = replace(POSTS[1], struck=True)
    liaison = Appointment(5, Post.LIAISON, "示例专人庚", None, SINCE)
    assert told(bearers(PROPOSED, posts=(POSTS[0], struck, liaison))) == [(PARTY_HEAD, "principal")]
    with pytest.raises(InputRefusedError, match="没有姓名或分管工作"):
        bearers(PROPOSED, posts=(*POSTS, liaison), in_charge=("示例专人庚",))


def test_collective_responsibility_by_role() -> None:
    found = bearers(PROPOSED, in_charge=(LOGISTICS,), took_part=(TEACHING,))
    assert told(found) == [
        (PARTY_HEAD, "principal"),
        (ADMIN_HEAD, "principal"),
        (LOGISTICS, "principal"),
        (TEACHING, "important"),
    ]
    assert [each.post for each in found][2:] == [
        "班子其他成员（分管后勤、基建）",
        "班子其他成员（分管教学）",
    ]
    assert all(each.leads and not each.changed for each in found)


def test_individual_responsibility_by_role() -> None:
    found = bearers(PROPOSED, Nature.INDIVIDUAL, in_charge=(LOGISTICS,), staff={STAFF: "科员"})
    assert told(found) == [
        (PARTY_HEAD, "leading"),
        (ADMIN_HEAD, "leading"),
        (LOGISTICS, "leading"),
        (STAFF, "direct"),
    ]
    assert [each.leads for each in found] == [True, True, True, False]


def test_staff_bear_no_collective_and_other_leaders_no_individual_responsibility() -> None:
    with pytest.raises(InputRefusedError, match=r"集体责任不涉及具体负责的工作人员（细则 13）"):
        bearers(PROPOSED, staff={STAFF: "科员"})
    with pytest.raises(InputRefusedError, match=r"个人责任不涉及参与决策和工作的班子其他成员"):
        bearers(PROPOSED, Nature.INDIVIDUAL, took_part=(TEACHING,))


@pytest.mark.parametrize("word", [LOGISTICS, "后勤", "基建"])
def test_a_leader_in_charge_is_found_by_name_or_by_area(word: str) -> None:
    assert told(bearers(PROPOSED, in_charge=(word,)))[2:] == [(LOGISTICS, "principal")]


@pytest.mark.parametrize("word", ["示例副院长", "科研", "", "  "])
def test_a_leader_who_is_not_on_record_that_day_is_refused(word: str) -> None:
    with pytest.raises(InputRefusedError):
        bearers(PROPOSED, in_charge=(word,))
    if word.strip():
        with pytest.raises(InputRefusedError, match=f"{SINCE - DAY} 该单位没有"):
            bearers(SINCE - DAY, in_charge=(LOGISTICS,))


def test_the_area_is_that_of_the_day_in_question() -> None:
    """The leader for logistics handed the area over on 1 June 2025."""
    handed = (
        *POSTS[:2],
        replace(POSTS[2], until=date(2025, 6, 1)),
        Appointment(4, Post.LEADER, TEACHING, "后勤", date(2025, 6, 1)),
    )
    before = bearers(date(2025, 5, 31), posts=handed, in_charge=("后勤",))
    after = bearers(date(2025, 6, 1), posts=handed, in_charge=("后勤",))
    assert [told(before)[-1][0], told(after)[-1][0]] == [LOGISTICS, TEACHING]


def test_someone_named_twice_answers_once_under_the_higher_responsibility() -> None:
    found = bearers(PROPOSED, in_charge=(ADMIN_HEAD, "后勤"), took_part=(LOGISTICS, PARTY_HEAD))
    assert told(found) == [
        (PARTY_HEAD, "principal"),
        (ADMIN_HEAD, "principal"),
        (LOGISTICS, "principal"),
    ]


def test_leaving_someone_out_or_changing_a_role_needs_a_reason() -> None:
    for change in ({"left_out": (ADMIN_HEAD,)}, {"roles": {ADMIN_HEAD: "important"}}):
        with pytest.raises(InputRefusedError, match="须写明理由；请加 --role-reason"):
            bearers(PROPOSED, **change)
    left = bearers(PROPOSED, left_out=(ADMIN_HEAD,), reason="示例：到任三天")
    assert told(left) == [(PARTY_HEAD, "principal")]
    changed = bearers(PROPOSED, roles={ADMIN_HEAD: "important"}, reason="示例")
    assert [(each.role, each.changed) for each in changed] == [
        ("principal", False),
        ("important", True),
    ]


def test_changes_of_someone_else_an_unknown_role_or_everyone_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="不在这次的责任人之中") as refusal:
        bearers(PROPOSED, left_out=(LOGISTICS,), reason="示例")
    assert LOGISTICS not in str(refusal.value)
    with pytest.raises(InputRefusedError, match="没有「guilty」这种责任"):
        bearers(PROPOSED, roles={ADMIN_HEAD: "guilty"}, reason="示例")
    with pytest.raises(InputRefusedError):
        bearers(PROPOSED, left_out=(ADMIN_HEAD, PARTY_HEAD), reason="示例")


def test_a_name_is_never_shown_by_repr() -> None:
    assert ADMIN_HEAD not in repr(bearers(PROPOSED))


def test_who_answers_for_an_old_deed_are_the_heads_of_then_at_the_desk(office: Office) -> None:
    staff_unit(office, posts=SUCCEEDED)
    old = Held(office).propose(day_in_question=date(2025, 5, 31), people=Answerable())
    new = Held(office).propose(day_in_question=date(2025, 6, 1), people=Answerable())
    with office.reading() as ledger:
        names = dict(ledger.connection.execute("SELECT token, name FROM identity"))
    assert [names[each.token] for each in old.state.entry.persons] == [PARTY_HEAD, ADMIN_HEAD]
    assert [names[each.token] for each in new.state.entry.persons] == [PARTY_HEAD, "示例院长己"]


def test_a_name_is_in_no_event(office: Office) -> None:
    staff_unit(office, posts=())
    people = Answerable(staff={STAFF: "科员"})
    held = Held(office).propose(nature=Nature.INDIVIDUAL, people=people).decide().appeal(DECIDED)
    with office.reading() as ledger:
        payloads = "".join(
            each for (each,) in ledger.connection.execute("SELECT payload FROM event")
        )
    assert held.number in payloads
    assert STAFF not in payloads


# --- Appeals of some of several persons (细则 20) ---------------------------------------------------


def warned(**more: Any) -> Life:
    """Three persons held to account under 17: talked to, the unit to put things right."""
    return Life().propose(**at_rung("17"), **more).decide()


def measures_in_force(life: Life | Held, on: date) -> set[tuple[str, int]]:
    return {(each.measure, each.person) for each in life.state.sanctions if in_force(each, on)}


ALL = {("14(4)", 1), ("14(4)", 2), ("14(4)", 3)}
APPEALED, SETTLED = date(2026, 3, 16), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("result", "measures", "left"),
    [
        (UPHELD, {}, ALL),
        (REVOKED, {}, ALL - {("14(4)", 2)}),
        (VARIED, {"14(3)": ()}, ALL - {("14(4)", 2)} | {("14(3)", 2)}),
    ],
)
def test_an_appeal_of_one_of_three_touches_no_one_else(
    result: AppealResult, measures: dict[str, tuple[int, ...]], left: set[tuple[str, int]]
) -> None:
    life = warned().appeal(APPEALED, 2).accept(APPEALED).settle(SETTLED, result, measures=measures)
    assert measures_in_force(life, SETTLED - DAY) == ALL
    assert measures_in_force(life, SETTLED) == left
    assert life.state.revoked_on is None
    assert life.state.award_until is None, "two are left who keep the talk that the loss rests on"
    assert life.state.rectification.is_open(SETTLED)


def test_the_loss_of_eligibility_ends_when_the_last_talk_is_gone() -> None:
    life = warned()
    for number, result in ((1, REVOKED), (2, VARIED), (3, REVOKED)):
        assert life.state.award_until is None
        measures = {"14(3)": ()} if result is VARIED else {}
        on = SETTLED + number * DAY
        life.appeal(APPEALED, number).accept(APPEALED).settle(on, result, measures=measures)
    assert life.state.award_until == SETTLED + 3 * DAY
    assert measures_in_force(life, TODAY) == {("14(3)", 2)}
    assert life.state.stage(TODAY) is AccountStage.UNRECTIFIED, "what is left still stands"


def test_an_appeal_that_revokes_everything_ends_all_that_was_owed_and_keeps_the_past() -> None:
    life = warned().carry_out(date(2026, 3, 12), "14(4)").appeal(APPEALED).accept(APPEALED)
    life.settle(SETTLED, REVOKED)
    assert (life.state.revoked_on, life.state.award_until) == (SETTLED, SETTLED)
    owed = life.state.rectification
    assert (owed.discharged_on, owed.lapsed) == (SETTLED, True)
    assert life.state.failed_on is None
    assert [
        life.state.stage(on) for on in (PROPOSED, DECIDED, date(2026, 3, 12), SETTLED - DAY)
    ] == [
        AccountStage.PROPOSED,
        AccountStage.DECIDED,
        AccountStage.RECTIFYING,
        AccountStage.RECTIFYING,
    ]
    assert life.state.stage(SETTLED) is AccountStage.REVOKED
    with pytest.raises(RuleRefusedError, match="「已撤销」，没有有效的决定"):
        life.review(SETTLED)


def test_a_statement_owed_for_a_measure_that_is_gone_is_owed_no_more() -> None:
    life = Life().propose(**at_rung("16"), measures=("14(1)", "14(3)")).decide()
    life.appeal(APPEALED, 1).accept(APPEALED).settle(SETTLED, VARIED, measures={"14(3)": ()})
    assert life.state.obligation("explanation/1").lapsed
    assert not life.state.obligation("explanation/2").lapsed


def test_a_statement_in_place_of_a_graver_measure_has_a_deadline_of_its_own() -> None:
    life = warned().appeal(APPEALED, 2).accept(APPEALED)
    lesser: dict[str, tuple[int, ...]] = {"14(1)": (), "14(3)": ()}
    with pytest.raises(InputRefusedError, match="没有写明说明情况的期限；请加 --explain-by"):
        life.settle(SETTLED, VARIED, measures=lesser)
    due = SETTLED + 7 * DAY
    life.settle(SETTLED, VARIED, measures=lesser, deadlines={"explanation": due})
    owed = life.state.obligation("explanation/2")
    assert owed is not None
    assert (owed.duty.started_on, owed.duty.due_on, owed.discharged_on) == (SETTLED, due, None)
    assert life.state.obligation("explanation/1") is None
    life.carry_out(SETTLED + DAY, "14(1)", 2)
    assert not life.state.owes("explanation/2")


def test_every_clock_that_a_measure_may_have_is_a_statements() -> None:
    assert MEASURE_CLOCKS == STATEMENTS


def stated(life: Life) -> dict[str, tuple[date, date | None, bool]]:
    """Each statement owed: by when, when it ended, whether late by then."""
    return {
        each.key: (each.duty.due_on, each.discharged_on, each.is_late(TODAY))
        for each in life.state.obligations
        if each.duty.clock == "explanation"
    }


def varied_into_a_statement_again(life: Life | Held) -> Life | Held:
    """The second person's statement is replaced by one to be made later."""
    later = {"explanation": SETTLED + 7 * DAY}
    life.appeal(APPEALED, 2).accept(APPEALED)
    return life.settle(SETTLED, VARIED, measures={"14(1)": (), "14(3)": ()}, deadlines=later)


@pytest.mark.parametrize("handed_in", [DECIDED + 8 * DAY, None], ids=["late", "not at all"])
def test_a_statement_asked_for_again_leaves_the_first_as_late_as_it_was(
    handed_in: date | None,
) -> None:
    life = Life().propose(**at_rung("16"), measures=("14(1)", "14(3)")).decide()
    first_due, again = DECIDED + 7 * DAY, SETTLED + 7 * DAY
    if handed_in:
        life.carry_out(handed_in, "14(1)", 2)
    varied_into_a_statement_again(life)
    assert stated(life)["explanation/2"] == (first_due, handed_in or SETTLED, True)
    assert stated(life)["explanation/2/2"] == (again, None, True)
    life.carry_out(again, "14(1)", 2)
    assert stated(life)["explanation/2/2"] == (again, again, False)
    assert stated(life)["explanation/1"] == (first_due, None, True)


def test_a_statement_asked_for_again_is_owed_no_more_once_its_measure_is_gone() -> None:
    life = Life().propose(**at_rung("16"), measures=("14(1)", "14(3)")).decide()
    varied_into_a_statement_again(life).appeal(SETTLED, 2).accept(SETTLED)
    life.settle(SETTLED + DAY, VARIED, measures={"14(3)": ()})
    assert life.state.obligation("explanation/2").discharged_on == SETTLED
    assert life.state.obligation("explanation/2/2").discharged_on == SETTLED + DAY


def test_both_statements_stand_in_the_ledger(office: Office) -> None:
    staff_unit(office)
    held = Held(office).propose(**at_rung("16"), measures=("14(1)", "14(3)")).decide()
    varied_into_a_statement_again(held)
    with held.office.reading() as ledger:
        rows = ledger.connection.execute(
            "SELECT key, summary FROM obligation WHERE key LIKE 'explanation/2%' ORDER BY key"
        )
        assert [tuple(row) for row in rows] == [
            ("explanation/2", "责任追究：说明情况（第 2 人）"),
            ("explanation/2/2", "责任追究：说明情况（第 2 人）"),
        ]
        require_sound(ledger)


def test_a_decision_of_an_appeal_that_used_the_key_again_still_reads_as_it_did() -> None:
    """Recorded before a statement asked for again had a key of its own."""
    life = Life().propose(**at_rung("16"), measures=("14(1)", "14(3)")).decide()
    varied_into_a_statement_again(life)
    *before, event = life.events
    old = replace(event.fact.opens[0], key="explanation/2")
    recorded = replace(event, fact=replace(event.fact, opens=(old,), lapses=()))
    state = functools.reduce(evolve, [*before, recorded], None)
    assert [each.key for each in state.obligations if each.duty.clock == "explanation"] == [
        *("explanation/1", "explanation/3", "explanation/2")
    ]
    assert state.obligation("explanation/2").discharged_on is None


def test_only_those_with_the_power_may_refuse_a_proposal() -> None:
    def refuse(life: Life, body: str | None) -> Life:
        return life.take(lambda state, world: not_adopt(state, DECIDED, body, "示例", world))

    with pytest.raises(RuleRefusedError, match="由学校办公室决定，不由纪检监察部门决定（细则 14）"):
        refuse(Life().propose(), "discipline")
    assert refuse(Life().propose(), None).state.not_adopted_on == DECIDED
    with pytest.raises(InputRefusedError, match="由纪检监察部门或组织人事部门决定；请用 --by"):
        refuse(Life().propose(**at_rung("18")), None)
    gravest = refuse(Life().propose(**at_rung("18")), "personnel")
    assert gravest.state.not_adopted_on == DECIDED


def test_two_bodies_may_share_the_gravest_measures() -> None:
    life = (
        Life()
        .propose(**at_rung("18"))
        .decide(measures={"14(5)": (), "14(6)": ()}, bodies=("personnel", "discipline"))
    )
    assert {(each.measure, each.body) for each in life.state.sanctions} == {
        ("14(5)", "personnel"),
        ("14(6)", "discipline"),
    }


def test_only_an_appellants_measures_may_be_varied_and_within_the_article() -> None:
    life = warned().appeal(APPEALED, 2).accept(APPEALED)
    with pytest.raises(InputRefusedError, match="第 1 人没有提出这件申诉"):
        life.settle(SETTLED, VARIED, measures={"14(3)": (1,)})
    with pytest.raises(RuleRefusedError, match="「纪律处分」超出细则 17"):
        life.settle(SETTLED, VARIED, measures={"14(6)": ()}, bodies=("discipline",))
    with pytest.raises(InputRefusedError, match="变更决定须用 --measure"):
        life.settle(SETTLED, VARIED)
    with pytest.raises(InputRefusedError, match="维持和撤销不写 --measure"):
        life.settle(SETTLED, UPHELD, measures={"14(3)": ()})
    wide = {"measures": {"14(6)": ()}, "bodies": ("discipline",), "override": "示例理由"}
    decision = life.settle(SETTLED, VARIED, **wide).state.appeals[0].decision
    assert (decision.against, decision.override) == (("细则 17",), "示例理由")


def test_an_upheld_decision_made_against_the_article_keeps_the_eligibility_lost() -> None:
    """Decided under 17 without the talk, for a reason: the loss rests on what was decided then."""
    life = Life().propose(**at_rung("17")).decide(measures={"14(3)": ()}, override="示例理由")
    life.appeal(APPEALED, 1).accept(APPEALED).settle(SETTLED, UPHELD)
    assert life.state.award_until is None
    life.appeal(SETTLED).accept(SETTLED).settle(SETTLED, REVOKED)
    assert life.state.award_until == SETTLED


def test_a_second_appeal_waits_for_the_first_and_may_follow_it() -> None:
    life = warned().appeal(APPEALED, 1)
    with pytest.raises(RuleRefusedError, match="第 1 人"):
        life.appeal(APPEALED, 1)
    life.accept(APPEALED).settle(SETTLED, VARIED, measures={"14(3)": ()})
    with pytest.raises(InputRefusedError, match="申诉日期"):
        life.appeal(SETTLED - DAY, 1)
    life.appeal(SETTLED, 1).accept(SETTLED).settle(SETTLED + DAY, REVOKED)
    assert measures_in_force(life, SETTLED + DAY) == ALL - {("14(4)", 1)}
    with pytest.raises(RuleRefusedError, match="没有有效的追究方式"):
        life.appeal(SETTLED + DAY, 1)


def test_of_several_appeals_the_one_meant_must_be_told() -> None:
    life = warned().appeal(APPEALED, 1).appeal(APPEALED, 2)
    with pytest.raises(InputRefusedError, match="有几件申诉；请用 --appeal"):
        life.accept(APPEALED)
    with pytest.raises(RuleRefusedError, match="没有等待受理的申诉"):
        life.accept(APPEALED, 3)
    life.accept(APPEALED, 2)
    with pytest.raises(RuleRefusedError, match="没有等待决定的申诉"):
        life.settle(SETTLED, UPHELD, 1)
    life.settle(SETTLED, UPHELD)
    assert [each.decided_on for each in life.state.appeals] == [None, SETTLED]


def test_what_replaces_a_measure_is_carried_out_from_its_own_day_on() -> None:
    life = warned().carry_out(DECIDED, "14(4)").appeal(APPEALED, 1).accept(APPEALED)
    life.settle(SETTLED, VARIED, measures={"14(3)": ()})
    assert life.state.stage(SETTLED - DAY) is AccountStage.RECTIFYING
    assert life.state.stage(SETTLED) is AccountStage.DECIDED
    with pytest.raises(InputRefusedError, match="实施日期"):
        life.carry_out(SETTLED - DAY, "14(3)")
    life.carry_out(SETTLED, "14(3)")
    assert life.state.stage(SETTLED) is AccountStage.RECTIFYING
    assert life.state.carried_out_on == DECIDED, "when all of it was first carried out"


def test_a_measure_imposed_again_leaves_the_first_as_it_was_carried_out() -> None:
    life = warned().carry_out(DECIDED, "14(4)").appeal(APPEALED, 1).accept(APPEALED)
    life.settle(SETTLED, VARIED, measures={"14(4)": ()}).carry_out(SETTLED + DAY, "14(4)", 1)
    mine = [each for each in life.state.sanctions if each.person == 1]
    assert [(each.until, each.carried_out_on) for each in mine] == [
        (SETTLED, DECIDED),
        (None, SETTLED + DAY),
    ]


def test_heads_do_not_answer_where_no_responsibility_is_theirs() -> None:
    """Under other rules the individual's responsibility may be the staff's alone."""
    folder = Path(__file__).parents[1] / "regulation" / "other_rules"
    files = {
        f"ladder/{each.name}": each.read_text("utf-8") for each in (folder / "ladder").iterdir()
    }
    rules = of_texts(files)
    staff = Answerable(staff={STAFF: "科员"})
    with judged_under(lambda: rules):
        (alone,) = answerable(POSTS, PROPOSED, Nature.INDIVIDUAL, staff)
        assert (alone.name, alone.role) == (STAFF, "own")
        for named, whom in ((THREE, "直接主管的负责人"), (staff, "具体负责的工作人员")):
            with pytest.raises(InputRefusedError, match=rf"集体责任不涉及{whom}（办法 11）"):
                answerable(POSTS, PROPOSED, Nature.COLLECTIVE, named)


# --- Deadlines of appeals (细则 20 names none) ------------------------------------------------------


def test_an_appeals_deadline_is_the_offices_parameter_or_the_date_given() -> None:
    life = warned().appeal(APPEALED, 1).accept(date(2026, 3, 17))
    duty = life.state.obligation("appeal/1").duty
    assert (duty.article, duty.length, duty.due_on) == ("细则 20", 60, date(2026, 5, 18))
    life.appeal(APPEALED, 2).accept(date(2026, 3, 17), due_on=date(2026, 4, 17))
    assert life.state.obligation("appeal/2").duty.due_on == date(2026, 4, 17)
    with pytest.raises(InputRefusedError, match="申诉处理期限"):
        life.appeal(APPEALED, 3).accept(date(2026, 3, 17), due_on=date(2026, 3, 16))


def test_the_deadline_of_an_appeal_is_counted_anew_when_the_calendar_changes() -> None:
    """60 days from 17 March 2026 are up on Saturday 16 May: Monday 18; closed, Tuesday 19."""
    life = warned().appeal(APPEALED, 1).accept(date(2026, 3, 17))
    closed = Calendar(OfficeDays(closures={date(2026, 5, 18): "示例停办"}))
    life.take(lambda state, *_: recount_open(state, closed, "示例停办", date(2026, 4, 1)))
    assert life.state.obligation("appeal/1").duty.due_on == date(2026, 5, 19)
    assert life.state.rectification.duty.due_on == RECTIFY_BY, "a date that was named stays"
    assert recount_open(life.state, closed, "再算一次", date(2026, 4, 2)) == []
    life.settle(SETTLED, UPHELD)
    assert recount_open(life.state, Calendar(), "又开放", date(2026, 4, 3)) == []


def test_voiding_passes_over_what_was_counted_anew_and_reaches_the_officers_own_step() -> None:
    life = warned().appeal(APPEALED, 1).accept(date(2026, 3, 17))
    closed = Calendar(OfficeDays(closures={date(2026, 5, 18): "示例停办"}))
    life.take(lambda state, *_: recount_open(state, closed, "示例停办", date(2026, 4, 1)))
    life.void()
    assert life.state.obligation("appeal/1") is None
    assert life.state.appeals[0].accepted_on is None
    life.accept(date(2026, 3, 18))
    assert life.state.obligation("appeal/1").duty.started_on == date(2026, 3, 18)


def test_a_closure_moves_the_deadline_at_the_desk(office: Office) -> None:
    staff_unit(office)
    held = Held(office, today=date(2026, 4, 1)).propose(**at_rung("17")).decide()
    held.appeal(APPEALED, 1).accept(date(2026, 3, 17))
    closure = ClosureRecorded(first=date(2026, 5, 18), last=date(2026, 5, 18), reason="示例停办")
    with office.desk(today=date(2026, 4, 1)) as desk:
        (moved,) = change_calendar(desk, closure)
    assert (moved.case, moved.after.duty.due_on) == (held.number, date(2026, 5, 19))
    assert isinstance(held.state.history[-1].fact, DueDateChanged)
    with office.reading() as ledger:
        due = "SELECT due_on FROM obligation WHERE key = 'appeal/1'"
        assert ledger.connection.execute(due).fetchone() == ("2026-05-19",)
        require_sound(ledger)


# --- The year of award eligibility (细则 17: 当年度) ------------------------------------------------


@pytest.mark.parametrize(
    ("decided", "carried_out", "year"),
    [
        ("2025-12-31", "2026-01-05", "2025"),
        ("2025-12-01", "2025-12-31", "2025"),
        ("2026-01-01", "2026-01-05", "2026"),
        ("2026-01-01", "2027-01-05", "2026"),
    ],
)
def test_the_year_is_that_of_the_decision_not_of_its_carrying_out(
    decided: str, carried_out: str, year: str, office: Office
) -> None:
    staff_unit(office)
    on, later = date.fromisoformat(decided), date.fromisoformat(carried_out)
    held = Held(office, today=date(2027, 3, 1))
    held.propose(**at_rung("17"), on=on - 10 * DAY).decide(on).carry_out(later, "14(4)")
    with office.reading() as ledger:
        lost = {
            wanted: [each.unit for each in award_losses(ledger.connection, wanted, TODAY)]
            for wanted in ("2024", "2025", "2026", "2027")
        }
    assert lost == {wanted: [UNIT] * (wanted == year) for wanted in lost}


def set_to(value: int, effective: date) -> Parameters:
    return Parameters((year_begins(value, effective),))


def year_begins(month: int, effective: date) -> ParameterSet:
    return ParameterSet(
        name="award-year-start", value=month, effective=effective, reason="示例规定"
    )


@pytest.mark.parametrize(
    ("on", "begins", "year"),
    [
        ("2026-08-31", 9, "2025-2026"),
        ("2026-09-01", 9, "2026-2027"),
        ("2026-12-31", 9, "2026-2027"),
        ("2027-01-01", 9, "2026-2027"),
        ("2026-12-31", 1, "2026"),
        ("2026-11-30", 12, "2025-2026"),
        ("2026-12-01", 12, "2026-2027"),
    ],
)
def test_the_office_may_let_the_year_begin_in_another_month(
    on: str, begins: int, year: str
) -> None:
    assert award_year(set_to(begins, date(2020, 1, 1)), date.fromisoformat(on)) == year


def test_a_change_of_the_year_leaves_earlier_decisions_alone(office: Office) -> None:
    staff_unit(office)
    before = Held(office).propose(**at_rung("17")).decide(date(2026, 3, 10))
    with office.desk(today=TODAY) as desk:
        set_parameter(desk, year_begins(9, date(2026, 4, 1)))
    after = Held(office).propose(**at_rung("17")).decide(date(2026, 4, 1))
    assert before.state.decision.award_year == "2026"
    assert after.state.decision.award_year == "2025-2026"
    with office.reading() as ledger:
        of_2025 = award_losses(ledger.connection, "2025", TODAY)
        of_2026 = award_losses(ledger.connection, "2026", TODAY)
    assert [each.accountability for each in of_2025] == [after.number]
    assert [each.accountability for each in of_2026] == [before.number]


@pytest.mark.parametrize("rung", ["15", "16", "18"])
def test_no_other_rung_touches_eligibility(rung: str) -> None:
    bodies = ("personnel",) if rung == "18" else ()
    life = Life().propose(**at_rung(rung)).decide(bodies=bodies)
    assert (life.state.decision.award_year, life.state.decision.award_rests_on) == (None, ())


def test_as_of_a_past_day_the_loss_is_what_it_was_then(office: Office) -> None:
    staff_unit(office)
    held = Held(office).propose(**at_rung("17")).decide()
    held.appeal(APPEALED).accept(APPEALED).settle(SETTLED, REVOKED)
    with office.reading() as ledger:
        found = {
            on: [each.until for each in award_losses(ledger.connection, "2026", on)]
            for on in (DECIDED - DAY, DECIDED, SETTLED - DAY, SETTLED, TODAY)
        }
    assert list(found.values()) == [[], [None], [None], [SETTLED], [SETTLED]]


def test_as_of_a_past_day_the_stage_is_what_it_was_then(office: Office) -> None:
    staff_unit(office)
    held = Held(office).propose(**at_rung("16")).decide().carry_out(date(2026, 3, 12), "14(3)")
    held.review(date(2026, 4, 20))
    with office.reading() as ledger:
        (line,) = accountabilities(ledger.connection)
    stages = [
        ("2026-03-02", AccountStage.PROPOSED),
        ("2026-03-09", AccountStage.PROPOSED),
        ("2026-03-10", AccountStage.DECIDED),
        ("2026-03-11", AccountStage.DECIDED),
        ("2026-03-12", AccountStage.RECTIFYING),
        ("2026-04-10", AccountStage.RECTIFYING),
        ("2026-04-11", AccountStage.UNRECTIFIED),
        ("2026-04-19", AccountStage.UNRECTIFIED),
        ("2026-04-20", AccountStage.RECTIFIED),
    ]
    for on, stage in stages:
        assert line.milestones.stage(date.fromisoformat(on)) is stage
        assert held.state.stage(date.fromisoformat(on)) is stage


# --- Rectification and the next rung (细则 16–18) --------------------------------------------------


def warned_16() -> Life:
    return Life().propose(**at_rung("16")).decide()


@pytest.mark.parametrize(("late", "on"), [(False, RECTIFY_BY), (True, RECTIFY_BY + DAY)])
def test_the_deadline_runs_to_its_end(late: bool, on: date) -> None:
    life = warned_16().report(on).review(on)
    assert life.state.failed_on == (RECTIFY_BY + DAY if late else None)
    assert life.state.stage(on) is AccountStage.RECTIFIED


def test_a_refused_rectification_is_no_failure_while_the_deadline_runs() -> None:
    life = warned_16().report(date(2026, 4, 1)).review(date(2026, 4, 2), accepted=False)
    assert life.state.stage(RECTIFY_BY) is AccountStage.DECIDED
    assert life.state.stage(RECTIFY_BY + DAY) is AccountStage.UNRECTIFIED
    with pytest.raises(InputRefusedError, match="最近一次整改报告或验收"):
        life.review(date(2026, 4, 1))
    life.review(RECTIFY_BY)
    assert life.state.failed_on is None


def test_the_deadline_is_extended_once_and_before_it_has_passed() -> None:
    to = RECTIFY_BY + 10 * DAY
    with pytest.raises(RuleRefusedError, match=f"整改期限 {RECTIFY_BY} 已过"):
        warned_16().extend(RECTIFY_BY + DAY, to)
    with pytest.raises(InputRefusedError, match="不晚于原期限"):
        warned_16().extend(RECTIFY_BY, RECTIFY_BY)
    life = warned_16().extend(RECTIFY_BY, to)
    assert (life.state.rectification.duty.due_on, life.state.failed_on) == (to, to + DAY)
    assert life.state.rectification.duty.started_on == DECIDED
    with pytest.raises(RuleRefusedError, match="已经延长过一次"):
        life.extend(RECTIFY_BY + DAY, to + DAY)
    life.void()
    assert life.state.failed_on == RECTIFY_BY + DAY


def test_from_16_over_17_to_18_without_a_new_situation(office: Office) -> None:
    staff_unit(office)
    first = Held(office).propose(**at_rung("16")).decide(date(2026, 3, 10))
    with pytest.raises(RuleRefusedError, match="没有逾期未完成的整改"):
        Held(office).propose(**follows(first, date(2026, 4, 10)))
    first.review(date(2026, 4, 20))  # accepted, but late: that stays a failure
    second = Held(office).propose(**follows(first, date(2026, 4, 21))).decide(date(2026, 4, 22))
    assert (second.state.entry.rung, second.state.entry.against) == ("17", ())
    assert second.state.entry.after == first.number
    third = Held(office).propose(**follows(second, date(2026, 7, 1)))
    assert third.state.entry.rung == "18"
    third.decide(date(2026, 7, 2), bodies=("discipline",))
    with office.reading() as ledger:
        require_sound(ledger)


def follows(before: Held, on: date, **more: Any) -> dict[str, Any]:
    return {"on": on, "after": before.number, "situations": (), "severity": None} | more


def test_what_was_rectified_in_time_revoked_or_of_another_unit_is_followed_by_nothing(
    office: Office,
) -> None:
    staff_unit(office)
    staff_unit(office, "U02")
    in_time = Held(office).propose(**at_rung("16")).decide().review(RECTIFY_BY)
    revoked = Held(office).propose(**at_rung("16")).decide()
    revoked.appeal(SETTLED).accept(SETTLED).settle(RECTIFY_BY + 5 * DAY, REVOKED)
    for before in (in_time, revoked):
        with pytest.raises(RuleRefusedError, match="不能据以升级"):
            Held(office).propose(**follows(before, TODAY))
    late = Held(office).propose(**at_rung("16")).decide()
    other = {"unit": "U02", "unit_name": "虚构单位U02"}
    with pytest.raises(InputRefusedError, match="追究的是虚构单位U01"):
        Held(office).propose(**follows(late, TODAY, **other))
    with pytest.raises(InputRefusedError, match="ZZ2026-0099"):
        Held(office).propose(**follows(late, TODAY, after="ZZ2026-0099"))


# --- Steps in their order ---------------------------------------------------------------------------


def test_a_proposal_that_came_to_nothing_stays_so() -> None:
    for life in (Life().propose().withdraw(), Life().propose().not_adopt()):
        for step in (life.decide, life.withdraw, life.not_adopt):
            with pytest.raises(RuleRefusedError, match="不再等待决定"):
                step()
        with pytest.raises(RuleRefusedError, match="没有有效的决定"):
            life.appeal(DECIDED)


def matter(on: date) -> Case:
    """A matter registered on a day."""
    return Case(on, entry(), (), ())


def test_nothing_happens_in_the_future_or_before_what_it_follows() -> None:
    with pytest.raises(InputRefusedError, match="晚于今天"):
        Life().propose(on=TODAY + DAY)
    with pytest.raises(InputRefusedError, match="早于行为发生日期"):
        Life().propose(on=PROPOSED, day_in_question=PROPOSED + DAY)
    with pytest.raises(InputRefusedError, match="早于事项 XF2026-0001 的登记日期"):
        Life().propose(matters=[matter(PROPOSED), matter(PROPOSED + DAY)])
    life = Life().propose()
    for on in (PROPOSED - DAY, TODAY + DAY):
        for step in (life.decide, life.withdraw, life.not_adopt, life.hand_over):
            with pytest.raises(InputRefusedError):
                step(on)
    life.decide()
    for on in (DECIDED - DAY, TODAY + DAY):
        for step in (life.report, life.review, life.appeal):
            with pytest.raises(InputRefusedError):
                step(on)


def test_a_measure_is_carried_out_on_each_person_once() -> None:
    life = Life().propose().decide().carry_out(DECIDED, "14(3)", 2)
    assert life.state.stage(DECIDED) is AccountStage.DECIDED
    with pytest.raises(RuleRefusedError, match="没有等待对第 2 人实施的「通报批评」"):
        life.carry_out(DECIDED, "14(3)", 1, 2)
    with pytest.raises(RuleRefusedError, match="没有等待对任何人实施的「诫勉谈话」"):
        life.carry_out(DECIDED, "14(4)")
    life.carry_out(DECIDED + DAY, "14(3)")
    assert life.state.carried_out_on == DECIDED + DAY
    assert life.state.stage(DECIDED + DAY) is AccountStage.RECTIFYING


def test_a_statement_is_owed_by_each_person_until_it_is_handed_in() -> None:
    life = Life().propose(**at_rung("15")).decide()
    keys = [each.key for each in life.state.obligations]
    assert keys == ["explanation/1", "explanation/2", "explanation/3"]
    life.carry_out(DECIDED + 3 * DAY, "14(1)", 1)
    assert [each.discharged_on for each in life.state.obligations] == [
        DECIDED + 3 * DAY,
        None,
        None,
    ]
    assert life.state.obligation("explanation/2").is_late(DECIDED + 8 * DAY)
    assert not life.state.obligation("explanation/2").is_late(DECIDED + 7 * DAY)


@pytest.mark.parametrize("rung", ["15", "18"])
def test_a_time_to_put_things_right_where_the_article_sets_none_needs_a_reason(rung: str) -> None:
    """细则 16 and 17 alone set one (限期整改)."""
    bodies = ("personnel",) if rung == "18" else ()
    limits = {"rectification": RECTIFY_BY}
    if rung == "15":
        limits |= {"explanation": RECTIFY_BY, "self_criticism": RECTIFY_BY}
    given = {"deadlines": limits, "bodies": bodies}
    life = Life().propose(
        **at_rung(rung), nature=Nature.INDIVIDUAL, people=Answerable(staff={STAFF: "科员"})
    )
    with pytest.raises(RuleRefusedError, match=f"细则 {rung} 没有规定限期整改"):
        life.decide(**given)
    decided = life.decide(**given, override="示例理由").state
    assert (decided.decision.against, decided.decision.override) == (
        (f"细则 {rung}",),
        "示例理由",
    )
    assert decided.rectification.duty.due_on == RECTIFY_BY


def test_deadlines_belong_to_what_was_decided() -> None:
    life = Life().propose(**at_rung("15"))
    with pytest.raises(InputRefusedError, match="没有写明说明情况的期限；请加 --explain-by"):
        life.decide(deadlines={})
    with pytest.raises(InputRefusedError, match="不含书面检查，不需要它的期限"):
        life.decide(deadlines={"explanation": TODAY, "self_criticism": TODAY})
    with pytest.raises(InputRefusedError, match="说明情况的期限"):
        life.decide(deadlines={"explanation": DECIDED - DAY})
    life.decide(deadlines={"explanation": DECIDED})


def test_a_suspected_crime_is_handed_over_and_the_measures_go_on_beside_it() -> None:
    life = Life().propose(**at_rung("18")).hand_over(date(2026, 3, 5))
    life.decide(bodies=("discipline",)).hand_over(date(2026, 3, 4))
    assert life.state.handed_over_on == date(2026, 3, 4)
    assert life.state.stage(DECIDED) is AccountStage.DECIDED
    life.void()
    assert life.state.handed_over_on == date(2026, 3, 5)


def test_voiding_goes_back_step_by_step_and_stops_at_the_proposal() -> None:
    life = warned().appeal(APPEALED).accept(APPEALED).settle(SETTLED, REVOKED)
    stages = []
    for _ in range(4):
        stages.append(life.state.stage(TODAY))
        life.void()
    assert stages == [AccountStage.REVOKED, *[AccountStage.UNRECTIFIED] * 3]
    assert life.state.stage(TODAY) is AccountStage.PROPOSED
    assert life.state.obligations == ()
    with pytest.raises(RuleRefusedError, match="撤回"):
        life.void()
    assert len(life.state.as_recorded) == 1 + 4 + 4
    assert len(life.state.history) == 1


def test_a_refused_step_at_the_desk_changes_nothing(office: Office) -> None:
    staff_unit(office)
    held = Held(office).propose(**at_rung("16"))
    head, state = office.head(), held.state
    for refused in (
        lambda: held.decide(deadlines={}),
        lambda: held.review(DECIDED),
        lambda: held.appeal(DECIDED),
        lambda: held.carry_out(DECIDED, "14(3)"),
        lambda: Held(office).propose(cases=("XF2026-0099",)),
        lambda: Held(office).propose(severity=Severity.GRAVE, effect=None),
    ):
        with pytest.raises(XfctlError):
            refused()
        assert office.head() == head
        assert held.state == state


def test_numbers_run_by_the_year_of_the_proposal(office: Office) -> None:
    staff_unit(office)
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2025, 12, 31), date(2026, 1, 2))
    numbers = [Held(office).propose(on=on).number for on in days]
    assert numbers == ["ZZ2025-0001", "ZZ2026-0001", "ZZ2025-0002", "ZZ2026-0002"]


def test_a_unit_that_is_no_more_is_not_proposed_but_was_answerable(office: Office) -> None:
    staff_unit(office)
    staff_unit(office, "U02", posts=())
    with office.desk(today=TODAY) as desk:
        desk.on_unit(
            UNIT,
            lambda record, seen: unit_rules.merge(
                record, desk.units.find("U02"), date(2026, 3, 1), seen
            ),
        )
    with pytest.raises(XfctlError):
        Held(office).propose(on=PROPOSED)
    assert Held(office).propose(on=date(2026, 2, 27)).state.entry.unit == UNIT
