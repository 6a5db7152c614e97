"""The figures from the tables against the same figures told slowly from every matter's events.

A ledger of invented lives (closed and reopened, given back, corrected, come again, rated twice)
is asked about several periods. The oracle folds each matter anew with the facts that had happened
by the last day and counts by hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from weakref import WeakValueDictionary

import pytest
from conftest import Office, assign, entry

from xfctl.app import Desk
from xfctl.domain.case import Case, evolve
from xfctl.domain.case_facts import (
    CaseClosed,
    CaseRated,
    CaseReopened,
    FactCorrected,
    PetitionerVisited,
)
from xfctl.domain.classification import (
    Channel,
    FeedbackForm,
    Outcome,
    Purpose,
    Rated,
    Rating,
    Relation,
)
from xfctl.domain.identity import Identity
from xfctl.domain.steps.acceptance import AcceptCase, DeclineCase, DismissCase
from xfctl.domain.steps.closing import CloseCase, ReopenCase
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.handling import GiveFeedback, ReceiveCase, ReturnAssignment, ReviewFeedback
from xfctl.domain.steps.outcome import DeliverOpinion, RateCase, ReplyToPetitioner
from xfctl.domain.steps.relations import RecordVisit
from xfctl.errors import XfctlError
from xfctl.ledger.load import CASES, load
from xfctl.ledger.snapshot import Snapshot
from xfctl.reports.figures import COUNTS, RATES, Share, ratio
from xfctl.reports.period import Period
from xfctl.reports.review import Review, first_compared, view_of
from xfctl.workdays.calendar import Calendar

TODAY = date(2026, 10, 8)
CALENDAR = Calendar()
PERIODS = (
    Period(date(2026, 7, 1), date(2026, 9, 30)),
    Period(date(2026, 4, 1), date(2026, 6, 30)),
    Period(date(2026, 10, 1), date(2026, 12, 31)),
    Period(date(2026, 8, 3), date(2026, 8, 21)),
)
UNITS = ("U01", "U02", "U03")


def fill(office: Office, chance: random.Random) -> list[str]:
    office.add_units(*UNITS, on=date(2026, 1, 5))
    numbers: list[str] = []
    for _ in range(14):
        with office.desk(today=TODAY) as desk:
            on = date(2026, 3, 20) + timedelta(days=chance.randrange(195))
            number = f"XF2026-{len(numbers) + 1:04d}"
            anonymous = chance.random() < 0.2
            matter = entry(
                number,
                channel=chance.choice([*Channel, None]),
                purpose=chance.choice([Purpose.APPEAL, Purpose.APPEAL, Purpose.SUGGESTION]),
                category=chance.choice(["学籍", "基建", None]),
                persons=chance.choice([1, 1, 3, 5, 20]),
                leapfrog=chance.random() < 0.2,
                anonymous=anonymous,
                involved=tuple(chance.sample(UNITS, chance.randrange(3))),
            )
            identity = None if anonymous else Identity(name="虚构人甲", phone="000-0000")
            desk.register(on, matter, identity)
            numbers.append(number)
            usual = range(chance.randrange(len(USUAL) + 1)) if chance.random() < 0.6 else ()
            for which in [*usual, *[None] * chance.randrange(12)]:
                on = min(TODAY, on + timedelta(days=chance.choice([0, 1, 2, 5, 9, 25, 70])))
                with suppress(XfctlError):
                    step(desk, number, on, chance, which)
            if len(numbers) > 1 and chance.random() < 0.4:
                relation = chance.choice([Relation.REPEATS, Relation.REPEATS, Relation.DUPLICATES])
                with suppress(XfctlError):
                    desk.link(number, chance.choice(numbers[:-1]), relation)
    return numbers


# The places of the steps of an ordinary life in the list below; the other steps come in any order.
USUAL = (0, 1, 3, 6, 7, 9, 13, 10, 11)


def step(desk: Desk, number: str, on: date, chance: random.Random, which: int | None) -> None:
    at = {"number": number, "on": on}
    channel = chance.choice(list(Channel))
    last = desk.case(number).as_recorded[-1]
    commands: list[Callable[[], object]] = [
        lambda: AcceptCase(**at, notified_on=chance.choice([on, None])),
        lambda: assign(number, on, chance.choice(UNITS)),
        lambda: assign(number, on, chance.choice(UNITS)),
        lambda: ReceiveCase(**at),
        lambda: ReturnAssignment(**at, reason="虚构理由"),
        lambda: GiveFeedback(**at, form=chance.choice(list(FeedbackForm))),
        lambda: GiveFeedback(**at, form=FeedbackForm.WRITTEN),
        lambda: ReviewFeedback(**at, accepted=True),
        lambda: DeliverOpinion(**at, outcome=Outcome.SUPPORTED, content="虚构意见"),
        lambda: ReplyToPetitioner(**at, manner="电话"),
        lambda: RateCase(**at, whom=chance.choice(list(Rated)), rating=chance.choice(list(Rating))),
        lambda: RateCase(**at, whom=chance.choice(list(Rated)), rating=chance.choice(list(Rating))),
        lambda: RecordVisit(**at, channel=channel, persons=chance.choice([1, 6])),
        lambda: CloseCase(**at, reason="虚构理由"),
        lambda: CloseCase(**at, reason="虚构理由"),
        lambda: ReopenCase(**at, reason="虚构理由"),
        lambda: DeclineCase(**at, reason="虚构理由", path="虚构途径"),
        lambda: DismissCase(**at, reason="虚构理由"),
        lambda: CorrectFact(
            **at,
            seq=last.seq,
            reason="虚构更正",
            right_date=last.occurred_on - timedelta(days=chance.choice([0, 1, 3])),
        ),
    ]
    chosen = chance.choice(commands) if which is None else commands[USUAL[which]]
    desk.step(chosen())


def folded(case: Case, until: date) -> Case:
    """The matter with only the facts that had happened, corrections applied, in their order."""
    state = None
    for event in case.history:
        if event.occurred_on <= until or state is None:
            state = evolve(state, event)
    return state


class Slow:
    """Counts over whole matters."""

    def __init__(self, cases: list[Case], period: Period) -> None:
        self.period = period
        self.as_of = min(period.last, TODAY)
        self.doubles = {each.number: each.related(Relation.DUPLICATES) for each in cases}
        counted = [each for each in cases if each.related(Relation.DUPLICATES) is None]
        self.whole = [each for each in counted if each.registered_on <= self.as_of]
        self.then = {each.number: folded(each, self.as_of) for each in self.whole}

    def within(self, day: date | None) -> bool:
        return day is not None and self.period.first <= day <= self.as_of

    def registered(self) -> list[Case]:
        return [each for each in self.whole if self.within(each.registered_on)]

    def persons(self) -> list[int]:
        found = [each.entry.persons for each in self.registered()]
        for each in self.whole:
            found += [
                event.fact.persons
                for event in each.history
                if isinstance(event.fact, PetitionerVisited) and self.within(event.occurred_on)
            ]
        return found

    def closed(self) -> list[Case]:
        return [each for each in self.then.values() if self.within(each.closed_on)]

    def open(self) -> list[Case]:
        return [
            each
            for each in self.then.values()
            if not (each.closed_on or each.declined_on or each.dismissed_on)
        ]

    def days(self) -> list[int]:
        return [
            CALENDAR.working_days_between(each.registered_on, each.closed_on)
            for each in self.closed()
        ]

    def overdue(self) -> int:
        return sum(
            each.duty.started_on <= self.as_of
            and each.is_open(self.as_of)
            and each.is_late(self.as_of)
            for case in self.whole
            for each in case.obligations
        )

    def due(self, clock: str, *, late_too: bool = False) -> Share:
        met = whole = 0
        for case in self.whole:
            for each in case.obligations:
                done, due = each.discharged_on, each.duty.due_on
                if each.duty.clock != clock or not self.within(due):
                    continue
                gone = each.lapsed and done <= due
                performed = done is not None and not each.lapsed and done <= self.as_of
                if gone or (due == TODAY and not performed):
                    continue
                whole += 1
                met += performed and (late_too or done <= due)
        return Share(met, whole)

    def ratings(self, case: Case) -> dict[Rated, Rating]:
        return {e.fact.whom: e.fact.rating for e in case.history if isinstance(e.fact, CaseRated)}

    def content(self, whom: Rated) -> Share:
        given = [self.ratings(each).get(whom) for each in self.named()]
        given = [each for each in given if each]
        return Share(sum(each is not Rating.DISSATISFIED for each in given), len(given))

    def named(self) -> list[Case]:
        return [each for each in self.closed() if not each.entry.anonymous]

    def at_once(self) -> Share:
        first = [each for each in self.closed() if not self.repeats(each)]
        repeated = {self.counted(self.repeats(each)) for each in self.whole}
        good = [
            each
            for each in first
            if each.number not in repeated
            and not any(isinstance(event.fact, CaseReopened) for event in each.history)
            and not any(
                isinstance(event.fact, PetitionerVisited) and event.occurred_on > each.closed_on
                for event in each.history
            )
        ]
        return Share(len(good), len(first))

    def counted(self, number: str | None) -> str | None:
        """The number under which a matter counts that was registered twice, or thrice."""
        while self.doubles.get(number) is not None:
            number = self.doubles[number]
        return number

    def repeats(self, case: Case) -> str | None:
        return next(each.repeats for each in self.whole if each.number == case.number)

    def figures(self) -> dict[str, object]:
        registered, closed, days = self.registered(), self.closed(), self.days()
        repeated = sum(each.repeats is not None for each in registered)
        handled = [
            each for each in self.whole if any(o.duty.clock == "handling" for o in each.obligations)
        ]
        numbers = {each.number for each in handled}
        return {
            "petitions": len(registered),
            "batches": len(self.persons()),
            "persons": sum(self.persons()),
            "collective": sum(each.entry.persons >= 5 for each in registered),
            "leapfrog": sum(each.entry.leapfrog for each in registered),
            "from_above": sum(each.entry.channel is Channel.SUPERIOR for each in registered),
            "closed": len(closed),
            "closed_without_term": sum(each.number not in numbers for each in closed),
            "open": len(self.open()),
            "overdue": self.overdue(),
            "average_days": ratio(sum(days), len(days)),
            "longest_days": max(days, default=None),
            "accepted_in_time": self.due("acceptance_notice"),
            "feedback_in_time": self.due("feedback"),
            "handled_in_time": self.due("handling"),
            "answered": self.due("petitioner_reply", late_too=True),
            "answered_in_time": self.due("petitioner_reply"),
            "rated": Share(sum(bool(self.ratings(c)) for c in self.named()), len(self.named())),
            "content_with_office": self.content(Rated.OFFICE),
            "content_with_unit": self.content(Rated.UNIT),
            "repeated": Share(repeated, len(registered)),
            "settled_at_once": self.at_once(),
        }


@pytest.mark.parametrize("seed", range(12))
def test_tables_and_events_tell_the_same(office, seed):
    numbers = fill(office, random.Random(seed))
    with office.reading() as ledger:
        cases = [load(ledger.connection, CASES, each) for each in numbers]
        for period in PERIODS:
            view = view_of(ledger.connection, period, TODAY, CALENDAR)
            told = {each.key: each.measure(view) for each in (*COUNTS, *RATES)}
            assert told == Slow(cases, period).figures(), period.label


@pytest.mark.parametrize("seed", range(4))
def test_periods_long_past_are_told_as_if_asked_about_then(office, seed):
    """The trend of a review more than a year later reads these matters by a snapshot of their own."""
    numbers = fill(office, random.Random(seed))
    asked, later = Period(date(2027, 7, 1), date(2027, 9, 30)), date(2027, 10, 8)
    first = first_compared(asked, later)
    with office.reading() as ledger:
        cases = [load(ledger.connection, CASES, each) for each in numbers]
        now = view_of(ledger.connection, asked, later, CALENDAR, first)
        recent = list(Review(ledger.connection, now, least=1).recent)
    own = [each for each in recent if each.snapshot is not now.snapshot]
    assert [each.period.first for each in own] == [
        *(date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
    ]
    for view in own:
        told = {each.key: each.measure(view) for each in (*COUNTS, *RATES)}
        assert told == Slow(cases, view.period).figures(), view.period.label
    assert own[-1].registered


def test_a_trend_holds_one_period_at_a_time(office):
    fill(office, random.Random(1))
    asked, later = Period(date(2027, 1, 1), date(2027, 12, 31)), date(2028, 1, 8)
    with office.reading() as ledger:
        now = view_of(ledger.connection, asked, later, CALENDAR, first_compared(asked, later))
        read: WeakValueDictionary[date, Snapshot] = WeakValueDictionary()
        for view in Review(ledger.connection, now, least=1).recent:
            read[view.snapshot.since] = view.snapshot
            assert len(read) <= 3, "this one, the one before it, and the one they are compared with"


def test_the_invented_lives_reach_every_figure(office):
    """An oracle over empty ledgers would agree with anything."""
    sums: dict[str, Share] = {}
    facts: set[type] = set()
    for seed in range(12):
        path = office.path.with_name(f"lives-{seed}.db")
        path.write_bytes(office.path.read_bytes())
        lives = Office(path)
        numbers = fill(lives, random.Random(seed))
        with lives.reading() as ledger:
            cases = [load(ledger.connection, CASES, each) for each in numbers]
        facts |= {type(event.fact) for case in cases for event in case.history}
        for period in PERIODS:
            for key, value in Slow(cases, period).figures().items():
                before = sums.get(key, Share(0, 0))
                now = value if isinstance(value, Share) else Share(bool(value), 2)
                sums[key] = Share(before.part + now.part, before.whole + now.whole)
    assert [key for key, each in sums.items() if not 0 < each.part < each.whole] == []
    assert {CaseClosed, CaseReopened, CaseRated, PetitionerVisited, FactCorrected} <= facts
