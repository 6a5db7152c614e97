"""Obligations (期限义务): who owes what by when, under which article, and how late it is.

A clock of the regulation, started by a recorded event, gives a ``Duty``: the promise as it was
told to the unit, kept in that event. The duty lives on as an ``Obligation`` until it is
discharged. Overdue starts the day after the due date, whatever day of the week; the number of
days is only its measure, and may be 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from xfctl.regulation.units import LengthUnit

if TYPE_CHECKING:
    from xfctl.regulation.clocks import Clock
    from xfctl.workdays.calendar import Calendar


@dataclass(frozen=True)
class Duty:
    """A deadline as it was fixed: a fact, changed only by a recorded event.

    ``length`` counts ``unit``; ``calendar`` names the sources the count rests on; a
    ``provisional`` due date crosses a year whose holidays are not announced yet (暂定).
    """

    clock: str
    article: str
    started_on: date
    due_on: date
    length: int
    unit: LengthUnit
    calendar: str
    provisional: bool = False


@dataclass(frozen=True)
class Obligation:
    """A duty with its debtor. ``key`` is unique within its case; None until discharged."""

    key: str
    owed_by: str
    duty: Duty
    discharged_on: date | None = None

    def is_open(self, on: date) -> bool:
        """Whether it still runs at the end of a day."""
        return self.discharged_on is None or self.discharged_on > on

    def is_late(self, on: date) -> bool:
        """Whether it was discharged, or at the end of the day is still open, after its due date."""
        return is_late(self.duty.due_on, min(self.discharged_on or on, on))

    def discharge(self, on: date) -> Obligation:
        """The obligation with its discharge; an earlier discharge recorded later prevails."""
        earliest = on if self.discharged_on is None else min(on, self.discharged_on)
        return replace(self, discharged_on=earliest)


@dataclass(frozen=True)
class DueDateMove:
    """An obligation of a matter before and after its due date was counted anew."""

    case: str
    before: Obligation
    after: Obligation


def start(clock: Clock, on: date, calendar: Calendar) -> Duty:
    """Start a clock of fixed length on a day (民法典 201, 203; the version in force that day).

    Raises workdays.OutOfRangeError when the due date would lie beyond the known years.
    """
    version = clock.in_force(on)
    if version.length is None:
        raise ValueError(f"{clock.name} ends on a named date")
    due_on = _due(calendar, on, version.length, version.unit)
    return Duty(
        clock=clock.name,
        article=version.article,
        started_on=on,
        due_on=due_on,
        length=version.length,
        unit=version.unit,
        calendar=calendar.basis(on, due_on),
        provisional=calendar.is_provisional(on, due_on),
    )


def recount(duty: Duty, calendar: Calendar) -> Duty:
    """The same duty counted on another calendar: same start, same length."""
    due_on = _due(calendar, duty.started_on, duty.length, duty.unit)
    return replace(
        duty,
        due_on=due_on,
        calendar=calendar.basis(duty.started_on, due_on),
        provisional=calendar.is_provisional(duty.started_on, due_on),
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
