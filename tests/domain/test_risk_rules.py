"""Risk points (细则 5, 8(3), 9(1)): their steps, and that at most one review is owed at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import Office, add_risk, entry, unit_name
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xfctl.domain import consequence
from xfctl.domain import risk as rules
from xfctl.domain.case import Case
from xfctl.domain.case import evolve as evolve_case
from xfctl.domain.classification import RiskKind, RiskLevel, RiskTrend
from xfctl.domain.event import Dated, Event
from xfctl.domain.risk import AddRisk, ReviewRisk, Risk
from xfctl.domain.steps.registration import register
from xfctl.domain.world import World
from xfctl.errors import InputRefusedError, RuleRefusedError, XfctlError
from xfctl.ledger import queries
from xfctl.ledger.load import RISKS, load
from xfctl.ledger.verify import verify
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar


def march(day: int) -> date:
    return date(2026, 3, day)


WORLD = World(march(31), Calendar(), clocks())


def taken(state: Risk | None, facts: list[Dated]) -> Risk:
    for each in facts:
        state = rules.evolve(state, Event(1, "", each.occurred_on, "", "", each.fact))
    assert state is not None
    return state


def added(day: int = 2, **details: Any) -> Risk:
    usual = {
        "on": march(day),
        "kind": RiskKind.KEY,
        "unit": "U01",
        "unit_name": unit_name("U01"),
        "summary": "虚构隐患",
        "persons": 10,
        "level": RiskLevel.HIGH,
        "trend": RiskTrend.RISING,
        "leader": "领导甲",
        "review_by": march(20),
    }
    return taken(None, rules.add(AddRisk(**usual | details), "FX2026-0001", WORLD))


def reviewed(state: Risk, day: int, **details: Any) -> Risk:
    command = ReviewRisk(**{"on": march(day), "content": "已复查"} | details)
    return taken(state, rules.review(state, command, WORLD))


def resolved(state: Risk, day: int) -> Risk:
    return taken(state, rules.resolve(state, march(day), "已化解", WORLD))


def matter(day: int = 3) -> Case:
    (dated,) = register(None, entry("XF0001"), march(day), WORLD)
    return evolve_case(None, Event(1, "", dated.occurred_on, "", "", dated.fact))


def test_the_first_review_is_owed_by_the_unit_by_the_day_that_was_named() -> None:
    (owed,) = added().obligations
    assert (owed.key, owed.owed_by) == ("risk_review", "U01")
    assert (owed.duty.article, owed.duty.started_on, owed.duty.due_on) == (
        "细则 8(3)、9(1)",
        march(2),
        march(20),
    )
    assert not owed.is_late(march(20))
    assert owed.is_late(march(21))


def test_a_review_discharges_and_may_name_the_next_under_a_new_key() -> None:
    state = reviewed(reviewed(added(), 10, review_by=march(25)), 26, review_by=march(30))
    assert [(each.key, each.discharged_on, each.lapsed) for each in state.obligations] == [
        ("risk_review", march(10), False),
        ("risk_review/2", march(26), False),
        ("risk_review/3", None, False),
    ]
    assert state.obligations[1].is_late(march(31)), "it came the day after"
    assert state.owed == state.obligations[2]


def test_a_review_without_a_next_day_leaves_nothing_owed_and_a_later_one_may_name_it() -> None:
    state = reviewed(added(), 10)
    assert state.owed is None
    state = reviewed(state, 12, review_by=march(20))
    assert [each.key for each in state.obligations] == ["risk_review", "risk_review/2"]
    assert state.obligations[0].discharged_on == march(10)


def test_a_review_changes_what_it_names_and_nothing_else() -> None:
    state = reviewed(added(measures="公示"), 10, level=RiskLevel.LOW, persons=4)
    assert (state.level, state.persons) == (RiskLevel.LOW, 4)
    assert (state.trend, state.measures) == (RiskTrend.RISING, "公示")
    state = reviewed(state, 11, trend=RiskTrend.FALLING, measures="约谈")
    assert (state.level, state.trend, state.measures) == (RiskLevel.LOW, RiskTrend.FALLING, "约谈")


def test_the_end_lets_an_owed_review_lapse_and_keeps_its_lateness() -> None:
    (owed,) = resolved(added(), 25).obligations
    assert (owed.discharged_on, owed.lapsed) == (march(25), True)
    assert owed.is_late(march(31))


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"day": 31, "review_by": march(31)}, "须晚于"),
        ({"on": date(2026, 4, 1), "review_by": date(2026, 5, 1)}, "晚于今天"),
        ({"persons": 0}, "涉及人数 0"),
        ({"summary": " "}, "隐患不能为空"),
        ({"leader": ""}, "责任领导不能为空"),
        ({"measures": "  "}, "措施不能为空"),
    ],
)
def test_what_cannot_be_reported(details: dict[str, Any], said: str) -> None:
    with pytest.raises(InputRefusedError, match=said):
        added(**details)


def test_steps_go_forward_in_time() -> None:
    for early in (lambda: reviewed(added(5), 4), lambda: resolved(added(5), 4)):
        with pytest.raises(InputRefusedError, match="早于排查日期"):
            early()
    state = reviewed(added(5), 12)
    for early in (lambda: reviewed(state, 11), lambda: resolved(state, 11)):
        with pytest.raises(InputRefusedError, match="早于上次复查日期"):
            early()
    assert resolved(state, 12).resolved_on == march(12), "on the same day is in order"


def test_what_is_resolved_is_not_reviewed_or_resolved_again() -> None:
    gone = resolved(added(), 10)
    for again in (lambda: reviewed(gone, 12), lambda: resolved(gone, 12)):
        with pytest.raises(RuleRefusedError, match="已于 2026-03-10 化解"):
            again()


def test_matters_are_linked_once_and_unlinked_with_a_reason() -> None:
    state = resolved(added(), 10)
    state = taken(state, consequence.link(state.source, matter(), march(11), WORLD))
    assert [(each.case, each.linked_on) for each in state.consequences] == [("XF0001", march(11))]
    with pytest.raises(RuleRefusedError, match="已经关联事项 XF0001"):
        consequence.link(state.source, matter(), march(12), WORLD)
    with pytest.raises(InputRefusedError, match="早于关联日期"):
        consequence.unlink(state.source, "XF0001", "误记", march(10), WORLD)
    with pytest.raises(InputRefusedError, match="理由不能为空"):
        consequence.unlink(state.source, "XF0001", " ", march(12), WORLD)
    state = taken(state, consequence.unlink(state.source, "XF0001", "误记", march(12), WORLD))
    assert state.consequences == ()
    with pytest.raises(RuleRefusedError, match="没有关联事项 XF0001"):
        consequence.unlink(state.source, "XF0001", "误记", march(12), WORLD)


@pytest.mark.parametrize(
    ("began", "registered", "said"),
    [(6, 3, "登记日期 2026-03-06"), (2, 7, "事项 XF0001 的登记日期")],
)
def test_a_link_is_not_older_than_what_it_links(began: int, registered: int, said: str) -> None:
    with pytest.raises(InputRefusedError, match=said):
        consequence.link(added(began).source, matter(registered), march(5), WORLD)


# A machine without a machine: any steps in any order, the refused ones left out.

days = st.integers(0, 40)
steps = st.one_of(
    st.tuples(st.just("review"), days, st.none() | days),
    st.tuples(st.just("resolve"), days, st.none()),
)


def attempt(state: Risk, step: tuple[str, int, int | None]) -> list[Dated]:
    what, day, ahead = step
    on = march(1) + timedelta(days=day)
    if what == "resolve":
        return rules.resolve(state, on, "已化解", WORLD)
    review_by = None if ahead is None else on + timedelta(days=ahead)
    return rules.review(state, ReviewRisk(on=on, content="复查", review_by=review_by), WORLD)


def run(path: list[tuple[str, int, int | None]]) -> list[list[Dated]]:
    """The facts of every step that the rules allow, after the one that begins."""
    state, taken_steps = added(), []
    for step in path:
        try:
            facts = attempt(state, step)
        except XfctlError:
            continue
        state = taken(state, facts)
        taken_steps.append(facts)
    return taken_steps


@given(st.lists(steps, max_size=12))
def test_at_most_one_review_is_owed_and_every_other_ended_in_order(path) -> None:
    state = added()
    for facts in run(path):
        before, state = state, taken(state, facts)
        open_ones = [each for each in state.obligations if each.discharged_on is None]
        assert len(open_ones) <= 1
        assert state.resolved_on is None or not open_ones
        assert [each.key for each in state.obligations] == [
            "risk_review" if nth == 1 else f"risk_review/{nth}"
            for nth in range(1, len(state.obligations) + 1)
        ]
        for held, now in zip(before.obligations, state.obligations, strict=False):
            assert now.duty == held.duty
            assert held.discharged_on in (None, now.discharged_on), "an end is never moved"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=8))
def test_what_the_ledger_holds_is_what_its_events_add_up_to(office: Office, path) -> None:
    with office.reading() as ledger:
        known = {each.code for each in queries.units(ledger.connection)}
    if "U01" not in known:
        office.add_units("U01")
    number = add_risk(office, on=march(2), review_by=march(20))
    expected = added()
    for facts in run(path):
        expected = taken(expected, facts)
        with office.desk(today=march(31)) as desk:
            desk.on(RISKS, number, lambda state, world, facts=facts: facts)
    with office.reading() as ledger:
        assert all(check.holds for check in verify(ledger))
        state = load(ledger.connection, RISKS, number)
        sql = "SELECT key, discharged_on, lapsed FROM obligation WHERE stream = ? ORDER BY rowid"
        rows = ledger.connection.execute(sql, (f"risk/{number}",)).fetchall()
    assert (state.obligations, state.reviews) == (expected.obligations, expected.reviews)
    assert rows == [
        (each.key, each.discharged_on and each.discharged_on.isoformat(), int(each.lapsed))
        for each in expected.obligations
    ]
