"""Obligations (期限义务): who owes what by when, under which article, and how late it is.

A clock of the regulation, started by a recorded event, gives a ``Duty``: the promise as it was
told to the unit, kept in that event. The duty lives on as an ``Obligation`` until it is
discharged. Overdue starts the day after the due date, whatever day of the week; the number of
days is only its measure, and may be 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.event import Stored
from xfctl.regulation.units import LengthUnit

if TYPE_CHECKING:
    from xfctl.regulation.clocks import Clock
    from xfctl.workdays.calendar import Calendar


OFFICE = "office"
PETITIONER = "petitioner"
DEBTOR_NAMES = {OFFICE: "信访办", PETITIONER: "信访人"}


class Duty(Stored, frozen=True):
    """A deadline as it was fixed: a fact, changed only by a recorded event.

    ``length`` counts ``unit`` and is None where a document named the date; ``calendar`` names the
    sources the count rests on; a ``provisional`` due date crosses a year whose holidays are not
    announced yet (暂定); a ``reminder`` is a right or an optional act and is never overdue.
    """

    clock: str
    article: str
    started_on: date
    due_on: date
    unit: LengthUnit
    length: int | None = None
    calendar: str = ""
    provisional: bool = False
    reminder: bool = False


class Opening(Stored, frozen=True):
    """The start, or restart under the same key, of an obligation of a debtor.

    ``owed_by`` is a unit's code (also where a person of it owes), OFFICE, PETITIONER, or the name of
    the body that took an appeal in.
    """

    key: str
    owed_by: str
    duty: Duty

    def begun(self) -> Obligation:
        """The obligation as it begins."""
        return Obligation(self.key, self.owed_by, self.duty)


class Obligation(Struct, frozen=True):
    """A duty with its debtor, open until discharged, or lapsed without being performed.

    ``key`` is unique within its matter: the clock, and a number where there may be several.
    """

    key: str
    owed_by: str
    duty: Duty
    discharged_on: date | None = None
    lapsed: bool = False

    def is_open(self, on: date) -> bool:
        """Whether it still runs at the end of a day."""
        return self.discharged_on is None or self.discharged_on > on

    def is_late(self, on: date) -> bool:
        """Whether it ended, or at the end of the day is still open, after its due date."""
        until = min(self.discharged_on or on, on)
        return not self.duty.reminder and is_late(self.duty.due_on, until)

    def end(self, on: date, *, lapsed: bool = False) -> Obligation:
        """The obligation at its end; an earlier discharge recorded later prevails."""
        if self.discharged_on is None or (on < self.discharged_on and not lapsed):
            return replace(self, discharged_on=on, lapsed=lapsed)
        return self


def changed(
    before: tuple[Obligation, ...],
    on: date,
    *,
    opens: tuple[Opening, ...],
    ends: tuple[str, ...],
    lapses: tuple[str, ...],
    reviving: bool = False,
) -> tuple[Obligation, ...]:
    """What a fact of a day makes of obligations: restarts keep a discharge, openings come last.

    ``ends`` and ``lapses`` name existing keys; ``reviving`` begins anew what had lapsed.
    """
    known = {each.key: each for each in before}
    for opening in opens:
        held = known.get(opening.key)
        if held is None or (reviving and held.lapsed):
            known[opening.key] = opening.begun()
        else:
            known[opening.key] = replace(held, owed_by=opening.owed_by, duty=opening.duty)
    for key in ends:
        known[key] = known[key].end(on)
    for key in lapses:
        known[key] = known[key].end(on, lapsed=True)
    return tuple(known.values())


class DueDateMove(Struct, frozen=True):
    """An obligation of a matter before and after its due date was counted anew."""

    case: str
    before: Obligation
    after: Obligation


def start(clock: Clock, on: date, calendar: Calendar, *, length: int | None = None) -> Duty:
    """Start a clock of fixed length on a day (民法典 201, 203; the version in force that day).

    ``length`` replaces the version's own where the office set a parameter.
    """
    version = clock.in_force(on)
    count = length or version.length
    if count is None:
        raise ValueError(f"{clock.name} ends on a named date")
    duty = Duty(
        clock=clock.name,
        article=version.article,
        started_on=on,
        due_on=on,
        length=count,
        unit=version.unit,
        reminder=version.reminder_only,
    )
    return recount(duty, calendar)


def named(clock: Clock, on: date, due_on: date) -> Duty:
    """A duty whose date a document names."""
    version = clock.in_force(on)
    return Duty(
        clock=clock.name,
        article=version.article,
        started_on=on,
        due_on=due_on,
        unit=version.unit,
        calendar=version.source,
        reminder=version.reminder_only,
    )


def recount(duty: Duty, calendar: Calendar) -> Duty:
    """The same duty counted on another calendar: same start, same length."""
    if duty.length is None:
        return duty
    due_on = _due(calendar, duty.started_on, duty.length, duty.unit)
    return replace(
        duty,
        due_on=due_on,
        calendar=calendar.basis(duty.started_on, due_on),
        provisional=calendar.is_provisional(duty.started_on, due_on),
    )


def differs(old: Duty, new: Duty) -> bool:
    """Whether a recount changed the due date, or whether it is provisional."""
    return (old.due_on, old.provisional) != (new.due_on, new.provisional)


def recounted(obligations: Iterable[Obligation], calendar: Calendar) -> tuple[Opening, ...]:
    """The open obligations whose due date, or its being provisional, another calendar changes."""
    return tuple(
        Opening(each.key, each.owed_by, fresh)
        for each in obligations
        if each.discharged_on is None and differs(each.duty, fresh := recount(each.duty, calendar))
    )


def is_late(due_on: date, until: date) -> bool:
    """Whether ``until`` lies after the due date, whatever day of the week (民法典 203)."""
    return until > due_on


def late_by(due_on: date, until: date, unit: LengthUnit, calendar: Calendar) -> int:
    """Lateness from the due date to ``until``: working days, or days for calendar-day clocks."""
    if unit is LengthUnit.WORKING_DAYS:
        return calendar.working_days_between(due_on, until)
    return max(0, (until - due_on).days)


def _due(calendar: Calendar, on: date, length: int, unit: LengthUnit) -> date:
    if unit is LengthUnit.WORKING_DAYS:
        return calendar.add_working_days(on, length)
    return calendar.add_days(on, length)
