"""Risk points by rank, units that reported none, unprepared decisions, plans (细则 8(3), 9)."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from conftest import TODAY, Office, add_risk, unit, unit_name

from xfctl.app.office import adopt_plan
from xfctl.domain import consequence, decision, risk
from xfctl.domain.classification import DecisionOutcome, RiskLevel, RiskTrend
from xfctl.domain.plan import OVERALL, OVERALL_NAME, PlanAdopted
from xfctl.domain.unit import Applies
from xfctl.ledger import risk_lists
from xfctl.ledger.load import DECISIONS, RISKS

LAST_YEAR = date(2025, 12, 31)
NEXT = date(2026, 12, 1)


@pytest.fixture
def office(office: Office) -> Office:
    office.add_units("U01", "U02", on=date(2025, 1, 1))
    return office


def ranked(office: Office, on: date = TODAY, **how) -> list[str]:
    with office.reading() as ledger:
        return [each.number for each in risk_lists.risks(ledger.connection, on, **how)]


def review(office: Office, number: str, on: date) -> None:
    with office.desk() as desk:
        command = risk.ReviewRisk(on=on, content="复查")
        desk.on(RISKS, number, lambda state, world: risk.review(state, command, world))


# Risk points


def test_rank_is_level_then_trend_then_persons_then_age(office: Office) -> None:
    days = (date(2026, 3, 2), date(2026, 3, 3))
    keys = list(product(RiskLevel, RiskTrend, (20, 5), days))
    added = {
        add_risk(office, level=level, trend=trend, persons=persons, on=on): place
        for place, (level, trend, persons, on) in reversed(list(enumerate(keys)))
    }
    assert [added[number] for number in ranked(office)] == list(range(len(keys)))


def test_of_a_unit_of_a_day_and_with_the_resolved(office: Office) -> None:
    first = add_risk(office, on=date(2026, 3, 2))
    second = add_risk(office, "U02", on=date(2026, 3, 5))
    with office.desk() as desk:
        desk.on(RISKS, first, lambda state, world: risk.resolve(state, TODAY, "化解", world))
    assert ranked(office) == [second]
    assert ranked(office, everything=True) == [first, second]
    assert ranked(office, on=date(2026, 3, 4)) == [first]
    assert ranked(office, on=date(2026, 3, 19)) == [first, second]
    assert ranked(office, unit="U02") == [second]


def test_the_review_still_owed_on_a_day_and_the_matters_by_then(office: Office) -> None:
    number = add_risk(office, on=date(2026, 3, 2), review_by=NEXT)
    office.register("XF2026-0001")
    with office.desk() as desk:
        matter = desk.case("XF2026-0001")
        desk.on(
            RISKS, number, lambda state, world: consequence.link(state.source, matter, TODAY, world)
        )
    review(office, number, TODAY)

    def line(on: date) -> risk_lists.RiskLine:
        with office.reading() as ledger:
            (found,) = risk_lists.risks(ledger.connection, on)
        return found

    assert (line(date(2026, 3, 19)).review_by, line(date(2026, 3, 19)).cases) == (NEXT, ())
    assert (line(TODAY).review_by, line(TODAY).cases) == (None, ("XF2026-0001",))


def silent(office: Office, on: date = TODAY) -> list[tuple[str, date | None]]:
    with office.reading() as ledger:
        return [
            (each.code, each.last_on) for each in risk_lists.silent_units(ledger.connection, on)
        ]


def test_units_that_neither_reported_nor_reviewed_this_year(office: Office) -> None:
    number = add_risk(office, on=LAST_YEAR)
    assert silent(office) == [("U01", LAST_YEAR), ("U02", None)]
    assert silent(office, on=LAST_YEAR) == [("U02", None)]
    review(office, number, TODAY)
    add_risk(office, "U02", on=TODAY)
    assert silent(office) == []
    assert silent(office, on=date(2026, 3, 19)) == [("U01", LAST_YEAR), ("U02", None)]


def test_hospitals_come_last_marked_and_units_of_later_days_not_yet(office: Office) -> None:
    with office.desk() as desk:
        desk.add_unit(unit("A00", applies=Applies.BY_REFERENCE), date(2026, 1, 5))
        desk.add_unit(unit("A01"), TODAY)
    with office.reading() as ledger:
        lines = risk_lists.silent_units(ledger.connection, TODAY)
    assert [(each.code, each.applies) for each in lines][-1] == ("A00", "by_reference")
    assert [code for code, _ in silent(office, on=date(2026, 3, 19))] == ["U01", "U02", "A00"]


# Decisions

PUT_FORWARD, SETTLED, AFTER = date(2026, 3, 3), date(2026, 3, 6), date(2026, 3, 9)


def decided(office: Office, consulted: date | None, assessed: date | None, linked: bool) -> str:
    unit_of_it = ("U01", unit_name("U01"))
    with office.desk() as desk:
        number = desk.begin(
            DECISIONS,
            PUT_FORWARD,
            lambda number, world: decision.record(
                number, unit_of_it, "虚构决策", PUT_FORWARD, world
            ),
        ).number

        def take(rule, *arguments) -> None:
            desk.on(DECISIONS, number, lambda state, world: rule(state, *arguments, world))

        take(decision.settle, SETTLED, DecisionOutcome.ADOPTED, None)
        if consulted:
            take(decision.consult, consulted, "座谈")
        if assessed:
            take(decision.assess, assessed, RiskLevel.LOW, "研判")
        if linked:
            matter = desk.case("XF2026-0001")
            desk.on(
                DECISIONS,
                number,
                lambda state, world: consequence.link(state.source, matter, TODAY, world),
            )
    return number


@pytest.mark.parametrize(
    ("consulted", "assessed", "listed"),
    [
        (None, None, True),
        (PUT_FORWARD, None, True),
        (None, PUT_FORWARD, True),
        (PUT_FORWARD, PUT_FORWARD, False),
        (SETTLED, SETTLED, False),
        (AFTER, PUT_FORWARD, True),
        (PUT_FORWARD, AFTER, True),
    ],
)
def test_only_what_came_before_the_decision_counts(
    office: Office, consulted: date | None, assessed: date | None, listed: bool
) -> None:
    office.register("XF2026-0001")
    number = decided(office, consulted, assessed, linked=True)
    decided(office, consulted, assessed, linked=False)
    with office.reading() as ledger:
        found = risk_lists.unprepared(ledger.connection, TODAY)
        before = risk_lists.unprepared(ledger.connection, date(2026, 3, 19))
        everything = risk_lists.decisions(ledger.connection, TODAY, unit="U01")
        assert risk_lists.decisions(ledger.connection, TODAY, unit="U02") == []
    assert [each.number for each in found] == ([number] if listed else [])
    assert before == []
    assert [bool(each.cases) for each in everything] == [True, False]


# Plans


def test_the_plan_in_force_on_a_day(office: Office) -> None:
    versions = [
        ("U01", unit_name("U01"), "九", LAST_YEAR),
        ("U01", unit_name("U01"), "十", TODAY),
        ("U01", unit_name("U01"), "八", TODAY),
        (OVERALL, OVERALL_NAME, "一", TODAY),
    ]
    with office.desk() as desk:
        for code, name, version, on in versions:
            file = {"name": "预案.txt", "size": 0, "sha256": "0" * 64}
            adopt_plan(desk, on, PlanAdopted(unit=code, unit_name=name, version=version, **file))
    with office.reading() as ledger:
        now = risk_lists.plans(ledger.connection, TODAY)
        then = risk_lists.plans(ledger.connection, date(2026, 3, 19))
    assert [(each.unit, each.version, each.dated_on) for each in now] == [
        ("U01", "八", TODAY),
        (OVERALL, "一", TODAY),
    ]
    assert [(each.unit, each.version, each.dated_on) for each in then] == [("U01", "九", LAST_YEAR)]
