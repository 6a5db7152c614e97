"""The assessment of units (细则 12): figures counted by hand, scores by hand, and a slow oracle.

The third quarter of 2026, asked about on 8 October; written feedback is due in 7 working days:

    matter  registered  lead                     feedback due  given
    1       07-01 Wed   U01, 6 persons           07-10         07-10 in time
    2       07-06 Mon   U01, leapfrog, repeats 1 07-15         07-16 late
    3       09-28 Mon   U01                      in October    –
    4       07-01       U02, given back 07-03    (ended in time)
    5       06-30 Tue   U02                      07-09         –  late
    6       08-03 Mon   H01                      08-12         –  late
    7       10-01       U01                      after the period
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from assessed import TODAY, appoint, decide, hold_to_account, propose, revoke, supervise
from conftest import Office, add_risk, assign, entry, unit
from msgspec.structs import fields, replace
from test_figures_oracle import UNITS, fill, folded
from test_gaps import plan

from xfctl.domain import risk, supervision, unit_rules
from xfctl.domain.classification import FeedbackForm, Relation, Severity
from xfctl.domain.parameters import Parameters, ParameterSet
from xfctl.domain.post import Post
from xfctl.domain.steps.handling import GiveFeedback, ReturnAssignment
from xfctl.domain.unit import Applies, Unit
from xfctl.errors import XfctlError
from xfctl.ledger.load import ACCOUNTABILITIES, CASES, RISKS, SUPERVISIONS, load
from xfctl.ledger.snapshot import Snapshot
from xfctl.reports.figures import Share
from xfctl.reports.period import Period
from xfctl.reports.review import view_of
from xfctl.reports.unit_score import (
    UnitFigures,
    figures,
    score,
    score_tables,
    weights_of,
    without_reference,
)
from xfctl.reports.view import View
from xfctl.workdays.calendar import Calendar

CALENDAR = Calendar()
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
NONE = Share(0, 0)


def number(serial: int) -> str:
    return f"XF2026-{serial:04d}"


def july(day: int) -> date:
    return date(2026, 7, day)


def seen(office: Office, period: Period = QUARTER, today: date = TODAY) -> dict[str, UnitFigures]:
    with office.reading() as ledger:
        found = figures(ledger.connection, view_of(ledger.connection, period, today, CALENDAR))
    return {each.unit.code: each for each in found}


@pytest.fixture
def worked(office: Office, tmp_path: Path) -> Office:
    with office.desk(today=TODAY) as desk:
        for added in (
            unit("U01", headcount=40),
            unit("U02"),
            unit("H01", applies=Applies.BY_REFERENCE, headcount=3000),
        ):
            desk.add_unit(added, date(2026, 1, 5))
        for serial, on, lead, traits in (
            (5, date(2026, 6, 30), "U02", {}),
            (1, july(1), "U01", {"persons": 6}),
            (2, july(6), "U01", {"leapfrog": True}),
            (3, date(2026, 9, 28), "U01", {}),
            (4, july(1), "U02", {}),
            (6, date(2026, 8, 3), "H01", {}),
            (7, date(2026, 10, 1), "U01", {}),
        ):
            desk.register(on, entry(number(serial), **traits))
            desk.step(assign(number(serial), on, lead))
        for serial, day in ((1, 10), (2, 16)):
            desk.step(GiveFeedback(number=number(serial), on=july(day), form=FeedbackForm.WRITTEN))
        desk.step(ReturnAssignment(number=number(4), on=july(3), reason="虚构理由"))
        desk.link(number(2), number(1), Relation.REPEATS)
    supervise(office, "U01", july(13), number(1), responded_on=july(20))  # due that day
    supervise(office, "U01", date(2026, 9, 30), number(1))  # due in October
    supervise(office, "H01", date(2026, 8, 13), number(6))  # due 08-20, no response
    appoint(office, "U01", "示例主任", date(2026, 1, 5))
    appoint(office, "U02", "示例部长", date(2026, 1, 5))
    hold_to_account(office, "U01", date(2026, 8, 10))
    propose(office, "U02", date(2026, 8, 3))  # nobody decided
    reviewed = add_risk(office, on=date(2026, 3, 2), review_by=july(31))
    with office.desk(today=TODAY) as desk:
        command = risk.ReviewRisk(on=july(31), content="虚构复查", review_by=date(2026, 9, 1))
        desk.on(RISKS, reviewed, lambda state, world: risk.review(state, command, world))
    plan(office, "U01", date(2026, 1, 20), tmp_path)
    return office


def test_the_figures_of_a_quarter_are_those_counted_by_hand(worked: Office) -> None:
    found = seen(worked)
    told = {
        code: tuple(getattr(each, field.name) for field in fields(each) if field.name != "unit")
        for code, each in found.items()
    }
    assert told == {
        "U01": (
            *(3, 1, 1),  # matters 1, 2, 3; one collective, one leapfrog
            *(Share(1, 2), Share(1, 3), Share(1, 3), Share(1, 1)),
            *(1, True, 0, Share(1, 2), "2026-01-20（2026-01-20）"),
        ),
        "U02": (0, 0, 0, Share(0, 1), NONE, NONE, NONE, 0, False, 0, NONE, None),
        "H01": (
            *(1, 0, 0, Share(0, 1), Share(0, 1), Share(1, 1), Share(0, 1)),
            *(0, False, 0, NONE, None),
        ),
    }
    per_hundred = {code: each.per_hundred for code, each in found.items()}
    assert per_hundred == {"U01": Decimal("7.5"), "U02": None, "H01": Decimal("0.0")}


def test_a_period_that_runs_ends_today(worked: Office) -> None:
    """On 9 July: matter 1 is not answered yet, matter 5 may still be; nobody is supervised."""
    found = seen(worked, today=july(9))
    assert (found["U01"].cases, found["U01"].feedback, found["U01"].supervised) == (
        *(2, NONE, Share(0, 2)),
    )
    assert found["U02"].feedback == NONE
    assert seen(worked, today=july(10))["U02"].feedback == Share(0, 1)
    assert not found["U01"].award_lost
    assert found["U01"].accountabilities == 0


def test_what_came_after_a_past_period_has_not_happened_in_it(worked: Office) -> None:
    """At the end of July only the first supervision and the first review are known."""
    month = seen(worked, Period(july(1), july(31)))["U01"]
    assert (month.cases, month.supervised, month.responses, month.reviews) == (
        *(2, Share(1, 2), Share(1, 1), Share(1, 1)),
    )
    assert (month.accountabilities, month.award_lost) == (0, False)
    august = seen(worked, Period(date(2026, 8, 1), date(2026, 8, 31)))["U01"]
    assert (august.accountabilities, august.award_lost, august.reviews) == (1, True, NONE)
    assert seen(worked, Period(date(2026, 3, 1), date(2026, 3, 31)))["U01"].risks == 1


def test_an_appeal_gives_the_award_back_and_wipes_the_decision_out(worked: Office) -> None:
    revoke(worked, "ZZ2026-0001", date(2026, 9, 15))
    after = seen(worked)["U01"]
    assert (after.accountabilities, after.award_lost) == (0, False)
    till = {day: seen(worked, Period(july(1), date(2026, 9, day)))["U01"] for day in (14, 15)}
    assert {day: (each.accountabilities, each.award_lost) for day, each in till.items()} == {
        14: (1, True),
        15: (0, False),
    }


def test_one_of_two_who_appealed_leaves_the_decision_and_its_effect(worked: Office) -> None:
    appoint(worked, "U02", "示例副部长甲", date(2026, 1, 5), post=Post.LEADER, area="后勤")
    from xfctl.domain.accountability.people import Answerable

    both = hold_to_account(
        worked, "U02", date(2026, 8, 10), people=Answerable(in_charge=("示例副部长甲",))
    )
    revoke(worked, both, date(2026, 9, 15), persons=(1,))
    assert (seen(worked)["U02"].accountabilities, seen(worked)["U02"].award_lost) == (1, True)


def test_a_lighter_decision_keeps_the_award(worked: Office) -> None:
    decide(worked, "ZZ2026-0002", date(2026, 8, 12))
    assert (seen(worked)["U02"].accountabilities, seen(worked)["U02"].award_lost) == (1, False)


def test_the_new_year_parts_the_matters(office: Office) -> None:
    office.add_units("U01", on=date(2025, 1, 6))
    with office.desk(today=date(2027, 1, 2)) as desk:
        for serial, on in enumerate(
            (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
        ):
            desk.register(on, entry(number(serial)))
            desk.step(assign(number(serial), on, "U01"))
    cases = {
        year: seen(office, Period(date(year, 1, 1), date(year, 12, 31)), date(2027, 1, 2))[
            "U01"
        ].cases
        for year in (2025, 2026, 2027)
    }
    assert cases == {2025: 1, 2026: 2, 2027: 1}


def test_a_unit_is_listed_until_it_is_merged(worked: Office) -> None:
    with worked.desk(today=TODAY) as desk:
        into = desk.units.find("U01")
        desk.on_unit(
            "H01", lambda record, world: unit_rules.merge(record, into, date(2026, 9, 30), world)
        )
    assert set(seen(worked)) == {"U01", "U02"}
    assert set(seen(worked, Period(july(1), date(2026, 9, 29)))) == {"H01", "U01", "U02"}


def test_a_unit_entered_later_is_listed_where_the_ledger_has_something_of_it(
    office: Office,
) -> None:
    office.add_units("U01", "U02", on=TODAY)
    with office.desk(today=TODAY) as desk:
        desk.register(july(1), entry(number(1)))
        desk.step(assign(number(1), july(1), "U01"))
    assert set(seen(office)) == {"U01"}
    assert set(seen(office, Period(july(1), TODAY))) == {"U01", "U02"}


def test_units_by_reference_can_be_left_out(worked: Office) -> None:
    found = list(seen(worked).values())
    assert [each.unit.code for each in without_reference(found)] == ["U01", "U02"]


# Scores


def judged(code: str = "U01", **details: object) -> UnitFigures:
    """Figures of a unit of which nothing is known but what is given."""
    nothing = UnitFigures(
        unit=Unit(code=code, present_code=code, name=f"虚构单位{code}", added_on=july(1)),
        **dict.fromkeys(("cases", "collective", "leapfrog", "accountabilities", "risks"), 0),
        **dict.fromkeys(("feedback", "repeats", "supervised", "responses", "reviews"), NONE),
        award_lost=False,
        plan=None,
    )
    return replace(nothing, **details)


FULL = judged(
    cases=4,
    feedback=Share(1, 3),  # 33.3
    repeats=Share(1, 4),  # 75.0
    supervised=Share(2, 4),  # 50.0
    accountabilities=1,  # 0
    reviews=Share(2, 3),  # 66.7
)
ONE_EACH = {
    f"weight-{name}": 1 for name in ("feedback", "repeat", "supervision", "accountability", "risk")
}


@pytest.mark.parametrize(
    ("each", "weights", "told"),
    [
        (FULL, {"weight-feedback": 1}, "33.3"),
        (FULL, {"weight-repeat": 7}, "75.0"),
        (FULL, {"weight-supervision": 100}, "50.0"),
        (FULL, {"weight-accountability": 1}, "0.0"),
        (FULL, {"weight-risk": 1}, "66.7"),
        (FULL, {"weight-feedback": 3, "weight-repeat": 1}, "43.7"),  # 174.9 / 4 = 43.725
        (FULL, {"weight-repeat": 1, "weight-risk": 1}, "70.9"),  # 70.85, the half up
        (FULL, ONE_EACH, "45.0"),  # 225.0 / 5
        # what cannot be judged takes its weight with it
        (replace(FULL, reviews=NONE), ONE_EACH, "39.6"),  # 158.3 / 4 = 39.575
        (replace(FULL, feedback=NONE), {"weight-feedback": 90, "weight-repeat": 10}, "75.0"),
        (judged(), ONE_EACH, "100.0"),  # only that nobody was held to account
        (judged(), {"weight-feedback": 5, "weight-risk": 5}, None),
        (FULL, {}, None),
        # the ends of the scale
        (
            judged(feedback=Share(5, 5), repeats=Share(0, 5), supervised=Share(0, 5)),
            {"weight-feedback": 1, "weight-repeat": 1, "weight-supervision": 1},
            "100.0",
        ),
        (
            judged(feedback=Share(0, 5), repeats=Share(5, 5), supervised=Share(5, 5)),
            {"weight-feedback": 1, "weight-repeat": 1, "weight-supervision": 1},
            "0.0",
        ),
        (judged(accountabilities=3), {"weight-accountability": 1}, "0.0"),
    ],
)
def test_a_score_is_the_weighted_mean_of_what_can_be_judged(each, weights, told) -> None:
    assert score(each, weights) == (None if told is None else Decimal(told))


def tables(found: list[UnitFigures], weights: dict[str, int], least: int = 3, **only: str):
    view = View(Snapshot((), (), {}, QUARTER.first), QUARTER, TODAY, CALENDAR)
    return {each.key: each for each in score_tables(found, weights, view, least, **only)}


FIVE = [
    judged("U01", cases=3, feedback=Share(9, 10)),
    judged("U02", cases=9, feedback=Share(10, 10)),
    judged("U03", cases=3, feedback=Share(9, 10)),
    judged("U04", cases=3, feedback=Share(1, 10)),
    judged("U05", cases=2, feedback=Share(95, 100)),
    judged("U06", cases=3),
]
BY_FEEDBACK = {"weight-feedback": 40}


def test_ties_share_a_rank_and_the_next_one_is_skipped() -> None:
    table = tables(FIVE, BY_FEEDBACK)["score"]
    assert [(rank, name[-3:], str(points)) for rank, name, points in table.rows] == [
        (1, "U02", "100.0"),
        (None, "U05", "95.0"),  # too few matters
        (2, "U01", "90.0"),
        (2, "U03", "90.0"),
        (4, "U04", "10.0"),
        (None, "U06", "None"),  # nothing to judge by
    ]
    assert "按期反馈率 × 40" in table.footer[0]
    assert "不足 3 件" in table.footer[0]


@pytest.mark.parametrize(
    ("least", "ranks"),
    [(1, [1, 2, 3, 3, 5, None]), (4, [1, None, None, None, None, None]), (10, [None] * 6)],
)
def test_so_many_matters_are_needed_to_be_ranked(least: int, ranks: list) -> None:
    assert [row[0] for row in tables(FIVE, BY_FEEDBACK, least)["score"].rows] == ranks


def test_one_unit_keeps_its_rank_among_all() -> None:
    shown = tables(FIVE, BY_FEEDBACK, only="U04")
    assert shown["score"].rows == [(4, "虚构单位U04", Decimal("10.0"))]
    assert [len(each.rows) for each in shown.values()] == [1, 1, 1, 1]


def test_without_weights_there_is_no_score_and_the_table_says_so() -> None:
    shown = tables(FIVE, {})
    assert list(shown) == ["matters", "supervision", "risk"]
    assert "权重未设置" in shown["risk"].footer[-1]
    assert not any("权重" in line for line in tables(FIVE, BY_FEEDBACK)["risk"].footer)


def set_to(**values: tuple[int, date]) -> Parameters:
    return Parameters(
        tuple(
            ParameterSet(name=f"weight-{name}", value=value, effective=since, reason="虚构")
            for name, (value, since) in values.items()
        )
    )


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        (Parameters(), {}),
        (set_to(feedback=(0, july(1)), risk=(0, july(1))), {}),  # set to nothing is not set
        (set_to(feedback=(60, july(1)), risk=(0, july(1))), {"weight-feedback": 60}),
        (set_to(feedback=(60, date(2026, 9, 30))), {"weight-feedback": 60}),
        (set_to(feedback=(60, date(2026, 10, 1))), {}),  # only after the period
    ],
)
def test_the_weights_are_those_of_the_last_day(parameters: Parameters, told: dict) -> None:
    view = View(Snapshot((), (), {}, QUARTER.first), QUARTER, TODAY, CALENDAR)
    assert weights_of(parameters, view) == told


def test_matters_that_stand_in_no_row_are_told(worked: Office) -> None:
    """Matter 4 was given back; H01's is left out with H01."""
    with worked.reading() as ledger:
        view = view_of(ledger.connection, QUARTER, TODAY, CALENDAR)
        found = figures(ledger.connection, view)
    footers = [
        score_tables(each, {}, view, 3)[0].footer[1:] for each in (found, without_reference(found))
    ]
    assert [line[0].partition("；")[0] for line in footers] == [
        "期内登记 5 件，表内 4 件",
        "期内登记 5 件，表内 3 件",
    ]
    assert len(score_tables(found, {}, view, 3, only="U01")[0].footer) == 1


# The tables against the events, told slowly


def disturb(office: Office, numbers: list[str], chance: random.Random) -> None:
    """Supervisions, risk points and decisions on top of the invented lives of matters."""
    for code in UNITS:
        appoint(office, code, f"示例负责人{code}", date(2026, 1, 5))
    for _ in range(10):
        on = date(2026, 4, 1) + timedelta(days=chance.randrange(190))
        later = min(TODAY, on + timedelta(days=chance.choice([3, 5, 9, 40])))
        code = chance.choice(UNITS)
        with suppress(XfctlError):
            case = chance.choice(numbers)
            opened = supervise(
                office, code, on, case, responded_on=chance.choice([later, None, None])
            )
            if chance.random() < 0.4:
                with office.desk(today=TODAY) as desk:
                    desk.on(
                        SUPERVISIONS,
                        opened,
                        lambda state, world, day=later: supervision.close(
                            state, day, "虚构结果", None, world
                        ),
                    )
        with suppress(XfctlError):
            severity = chance.choice([Severity.LIGHT, Severity.GRAVE])
            decided = hold_to_account(office, code, on, severity)
            if chance.random() < 0.5:
                revoke(office, decided, later)
        if chance.random() < 0.5:
            _watch_risk(office, code, min(on, date(2026, 9, 1)), later, chance)


def _watch_risk(office: Office, code: str, on: date, later: date, chance: random.Random) -> None:
    with suppress(XfctlError), office.desk(today=TODAY) as desk:
        from conftest import unit_name

        from xfctl.domain.classification import RiskKind, RiskLevel, RiskTrend

        command = risk.AddRisk(
            on=on,
            kind=RiskKind.HAZARD,
            unit=code,
            unit_name=unit_name(code),
            summary="虚构隐患",
            persons=3,
            level=RiskLevel.HIGH,
            trend=RiskTrend.STEADY,
            leader="示例领导",
            review_by=on + timedelta(days=chance.choice([5, 9, 30])),
        )
        added = desk.begin(RISKS, on, lambda number, world: risk.add(command, number, world))
        end = chance.choice(["review", "resolve", ""])
        if end == "review":
            found = risk.ReviewRisk(on=later, content="虚构复查")
            desk.on(RISKS, added.number, lambda state, world: risk.review(state, found, world))
        elif end == "resolve":
            desk.on(
                RISKS, added.number, lambda state, world: risk.resolve(state, later, "虚构", world)
            )


class Slow:
    """The figures of every unit from whole cases, supervisions, accountabilities, risk points."""

    def __init__(self, connection, numbers: list[str], period: Period) -> None:
        self.period, self.as_of = period, min(period.last, TODAY)
        cases = [load(connection, CASES, each) for each in numbers]
        self.cases = [
            each
            for each in cases
            if each.related(Relation.DUPLICATES) is None and each.registered_on <= self.as_of
        ]
        self.supervisions, self.accounts, self.risks = (
            self._all(connection, kind, stem)
            for kind, stem in ((SUPERVISIONS, "DB"), (ACCOUNTABILITIES, "ZZ"), (RISKS, "FX"))
        )

    @staticmethod
    def _all(connection, kind, stem: str) -> list:
        found = []
        with suppress(XfctlError):
            while True:
                found.append(load(connection, kind, f"{stem}2026-{len(found) + 1:04d}"))
        return found

    def within(self, day: date | None) -> bool:
        return day is not None and self.period.first <= day <= self.as_of

    def shares(self, obligations) -> defaultdict[str, Share]:
        due: defaultdict[str, list[bool]] = defaultdict(list)
        for each in obligations:
            done, last = each.discharged_on, each.duty.due_on
            in_time = done is not None and done <= last
            gone_in_time = each.lapsed and in_time
            if self.within(last) and not gone_in_time and (in_time or last < TODAY):
                due[each.owed_by].append(in_time)
        return defaultdict(
            lambda: NONE, {code: Share(sum(met), len(met)) for code, met in due.items()}
        )

    def figures(self) -> dict[str, tuple]:
        feedback = self.shares(
            o for case in self.cases for o in case.obligations if o.duty.clock == "feedback"
        )
        responses = self.shares(each.response for each in self.supervisions)
        reviews = self.shares(o for each in self.risks for o in each.obligations)
        mine: defaultdict[str, list] = defaultdict(list)
        for case in self.cases:
            lead = folded(case, self.as_of).lead
            if self.within(case.registered_on) and lead is not None:
                mine[lead.unit].append(case)
        pairs = {
            (each.entry.unit, case)
            for each in self.supervisions
            if each.opened_on <= self.as_of
            for case in each.entry.cases
        }
        standing = [
            each
            for each in self.accounts
            if self.within(each.decided_on)
            and not (each.revoked_on and each.revoked_on <= self.as_of)
        ]
        decided = Counter(each.entry.unit for each in standing)
        lost = {
            each.entry.unit
            for each in self.accounts
            if self.within(each.decided_on)
            and each.decision.award_year
            and not (each.award_until and each.award_until <= self.as_of)
        }
        risks = Counter(each.entry.unit for each in self.risks if self.within(each.added_on))
        return {
            code: (
                len(mine[code]),
                sum(each.entry.persons >= 5 for each in mine[code]),
                sum(each.entry.leapfrog for each in mine[code]),
                feedback[code],
                Share(sum(each.repeats is not None for each in mine[code]), len(mine[code])),
                Share(sum((code, each.number) in pairs for each in mine[code]), len(mine[code])),
                responses[code],
                decided[code],
                code in lost,
                risks[code],
                reviews[code],
                None,
            )
            for code in UNITS
        }


PERIODS = (
    QUARTER,
    Period(date(2026, 4, 1), date(2026, 6, 30)),
    Period(date(2026, 1, 1), date(2026, 12, 31)),
    Period(date(2026, 8, 3), date(2026, 8, 21)),
)


@pytest.mark.parametrize("seed", range(6))
def test_tables_and_events_tell_the_same(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    numbers = fill(office, chance)
    disturb(office, numbers, chance)
    with office.reading() as ledger:
        for period in PERIODS:
            view = view_of(ledger.connection, period, TODAY, CALENDAR)
            told = {
                each.unit.code: tuple(getattr(each, f.name) for f in fields(each)[1:])
                for each in figures(ledger.connection, view)
            }
            assert told == Slow(ledger.connection, numbers, period).figures(), period.label


def test_the_invented_units_reach_every_figure(office: Office) -> None:
    """An oracle over quiet units would agree with anything."""
    reached: Counter[str] = Counter()
    names = [field.name for field in fields(UnitFigures)][1:-1]
    for seed in range(6):
        path = office.path.with_name(f"units-{seed}.db")
        path.write_bytes(office.path.read_bytes())
        lives, chance = Office(path), random.Random(seed)
        numbers = fill(lives, chance)
        disturb(lives, numbers, chance)
        with lives.reading() as ledger:
            for figures_of_unit in Slow(ledger.connection, numbers, QUARTER).figures().values():
                for name, value in zip(names, figures_of_unit, strict=False):
                    share = value if isinstance(value, Share) else Share(int(bool(value)), 2)
                    reached[name] += share.part > 0
                    reached[f"{name} not"] += share.part < share.whole
    assert [name for name in (*names, *(f"{n} not" for n in names)) if not reached[name]] == []
