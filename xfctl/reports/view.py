"""The ledger seen through a period: what counts in it, as of its last day.

What happened after the last day has not happened yet: a matter closed later is open, a report
given later is missing. While the period still runs, the last day is today. How matters are
sorted (category, link, number of persons) counts as it is known now.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TypeVar

from msgspec import Struct

from xfctl.ledger.snapshot import Matter, Milestone, Rating, Snapshot, Term, Visit
from xfctl.reports.period import Period
from xfctl.workdays.calendar import Calendar

T = TypeVar("T")


class Coming(Struct, frozen=True, gc=False):
    """Someone came, wrote or called about a matter: one 批次 of ``persons`` 人次."""

    matter: Matter
    channel: str | None
    persons: int
    first: bool


@dataclass(frozen=True)
class View:
    """One period over one snapshot; everything asked of it is found once."""

    snapshot: Snapshot
    period: Period
    today: date
    calendar: Calendar

    @cached_property
    def as_of(self) -> date:
        """The day to the end of which things count."""
        return min(self.period.last, self.today)

    def of(self, period: Period) -> View:
        """The same ledger through another period, no earlier than its snapshot goes back."""
        assert self.snapshot.since <= period.first, "the snapshot begins later than the period"
        return View(self.snapshot, period, self.today, self.calendar)

    def counts(self, day: date | None) -> bool:
        """Whether the day lies in the period and not after the day that counts."""
        return self.period.holds(day) and day is not None and day <= self.as_of

    @cached_property
    def known(self) -> list[Matter]:
        """Every matter registered by the last day."""
        matters = self.snapshot.matters
        return list(matters[: bisect_right(matters, self.as_of, key=_registered_on)])

    @cached_property
    def registered(self) -> list[Matter]:
        """The matters registered in the period (件次)."""
        return list(_between(self.snapshot.matters, self.period.first, self.as_of, _registered_on))

    @cached_property
    def comings(self) -> list[Coming]:
        """Registrations and further comings in the period (批次)."""
        first = (Coming(each, each.channel, each.persons, True) for each in self.registered)
        visits = _between(self.snapshot.visits, self.period.first, self.as_of, _visited_on)
        further = (
            Coming(matter, visit.channel, visit.persons, False)
            for matter, visit in visits
            if matter.registered_on <= self.as_of
        )
        return [*first, *further]

    def _end(self, matter: Matter) -> Milestone | None:
        """What had ended a matter by the last day, None where it was open (again)."""
        past = [each for each in matter.milestones if each.day <= self.as_of]
        return past[-1] if past and past[-1].kind != "reopened" else None

    @cached_property
    def open(self) -> list[Matter]:
        """The matters open at the end of the last day."""
        on = self.as_of
        known = zip(self.known, self.snapshot.over_from, strict=False)
        return [each for each, over in known if over > on and self._end(each) is None]

    @cached_property
    def closed(self) -> list[tuple[Matter, date]]:
        """The matters closed in the period and still closed on the last day, with the day."""
        closings = _between(self.snapshot.closings, self.period.first, self.as_of, itemgetter(0))
        matters = [self.snapshot.matters[place] for place in sorted({each[1] for each in closings})]
        ends = ((each, self._end(each)) for each in matters if each.registered_on <= self.as_of)
        return [
            (each, end.day)
            for each, end in ends
            if end and end.kind == "closed" and self.counts(end.day)
        ]

    def handling_days(self, matter: Matter, closed_on: date) -> int:
        """Working days from registration to closing."""
        return self.calendar.working_days_between(matter.registered_on, closed_on)

    @cached_property
    def days_to_close(self) -> list[int]:
        """The working days that each of the closed matters took."""
        return [self.handling_days(each, day) for each, day in self.closed]

    @cached_property
    def settled_at_once(self) -> list[Matter]:
        """The first petitions closed in the period and neither reopened nor come with again since."""
        repeating = self.snapshot.repeating
        repeated = {each.repeats for each in repeating if each.registered_on <= self.as_of}
        return [
            each
            for each, on in self.closed
            if each.repeats is None
            and each.number not in repeated
            and not self._reopened(each)
            and not any(on < visit.day <= self.as_of for visit in each.visits)
        ]

    def _reopened(self, matter: Matter) -> bool:
        return any(each.kind == "reopened" and each.day <= self.as_of for each in matter.milestones)

    def ratings(self, matter: Matter) -> dict[str, Rating]:
        """The latest rating of the office and of the unit by the last day."""
        return {each.whom: each for each in matter.ratings if each.day <= self.as_of}

    def terms(self, clock: str) -> list[Term]:
        """The deadlines of a clock that fell due in the period.

        Not those that ended unperformed before they were late (a matter given back in time), nor
        those that may still be met today.
        """
        return self._due.get(clock, [])

    @cached_property
    def _due(self) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        due = _between(self.snapshot.due, self.period.first, self.as_of, attrgetter("due_on"))
        for each in due:
            if self._is_decided(each):
                found.setdefault(each.clock, []).append(each)
        return found

    def _is_decided(self, term: Term) -> bool:
        if term.lapsed and term.discharged_on is not None and term.discharged_on <= term.due_on:
            return False
        return term.due_on < self.today or self.is_met(term)

    def is_met(self, term: Term) -> bool:
        """Whether it was performed by the last day, late or not."""
        done = term.discharged_on
        return not term.lapsed and done is not None and done <= self.as_of

    def is_in_time(self, term: Term) -> bool:
        """Whether it was performed by its due date."""
        done = term.discharged_on
        return not term.lapsed and done is not None and done <= min(term.due_on, self.as_of)

    @cached_property
    def overdue(self) -> list[Term]:
        """The deadlines that were past and still open at the end of the last day."""
        on = self.as_of
        return [
            each
            for each in self.snapshot.ever_late
            if each.due_on < on
            and (each.discharged_on is None or each.discharged_on > on)
            and each.started_on <= on
        ]

    def lead(self, matter: Matter) -> str | None:
        """The code of the unit that led on the last day, None where no unit had it."""
        stays = [
            each.unit
            for each in matter.stays
            if each.since <= self.as_of and (each.until is None or each.until > self.as_of)
        ]
        return stays[-1] if stays else None

    def complained_of(self, matter: Matter) -> tuple[str, ...]:
        """The codes of the units a matter is about: 涉及单位, else the unit that leads."""
        lead = self.lead(matter)
        return matter.involved or ((lead,) if lead else ())

    def unit_name(self, code: str | None) -> str:
        """A unit's name of today."""
        return self.snapshot.unit_names.get(code, code) if code else "未交办"


_registered_on: Callable[[Matter], date] = attrgetter("registered_on")


def _visited_on(pair: tuple[Matter, Visit]) -> date:
    return pair[1].day


def _between(
    found: Sequence[T], first: date, last: date, day_of: Callable[[T], date]
) -> Sequence[T]:
    """Those from ``first`` to ``last``, both included, of what is in order of its days."""
    return found[bisect_left(found, first, key=day_of) : bisect_right(found, last, key=day_of)]
