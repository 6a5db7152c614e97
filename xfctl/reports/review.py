"""A period under review beside the two it is compared with, and the parts a review is made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xfctl.ledger.snapshot import snapshot
from xfctl.reports.chart import Chart
from xfctl.reports.period import Period, month_after
from xfctl.reports.table import Table
from xfctl.reports.view import View
from xfctl.workdays.calendar import Calendar

_PERIODS_SHOWN = 8


@dataclass(frozen=True)
class Review:
    """What the sections of a review look at.

    ``least`` is the number of matters a unit or a topic needs to be ranked.
    """

    connection: sqlite3.Connection
    now: View
    least: int

    @cached_property
    def before(self) -> View:
        """The period before (环比)."""
        return self.now.of(self.now.period.previous())

    @cached_property
    def year_before(self) -> View:
        """The same period of the year before (同比)."""
        return self.now.of(self.now.period.year_before())

    @property
    def recent(self) -> Iterator[View]:
        """The last eight periods of this length, the oldest first, each read when it is asked for.

        One that is let go before the next leaves its memory to it.
        """
        at_hand = {each.period: each for each in (self.now, self.before, self.year_before)}
        for period in _recent(self.now.period):
            yield at_hand.get(period) or self._at(period)

    def _at(self, period: Period) -> View:
        now = self.now
        if now.snapshot.since <= period.first:
            return now.of(period)
        return view_of(self.connection, period, now.today, now.calendar)

    @cached_property
    def months(self) -> list[View]:
        """The twelve months up to the end of the period, each as of its own end."""
        return [self.now.of(each) for each in _months(self.now.as_of)]


@dataclass(frozen=True)
class Section:
    """A part of a review: its tables, and the charts that show them."""

    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()


Part = Callable[[Review], Section]


def view_of(
    connection: sqlite3.Connection,
    period: Period,
    today: date,
    calendar: Calendar,
    since: date | None = None,
) -> View:
    """The ledger through one period; what is compared with it must not begin before ``since``."""
    until = min(period.last, today)
    first = min(since or period.first, until)
    return View(snapshot(connection, first, until), period, today, calendar)


def first_compared(period: Period, today: date) -> date:
    """The earliest day of all the periods that a review of this one holds beside each other."""
    months = _months(min(period.last, today))
    compared = (period.previous(), period.year_before(), months[0])
    return min(each.first for each in compared)


def _recent(period: Period) -> list[Period]:
    periods = [period]
    while len(periods) < _PERIODS_SHOWN:
        periods.append(periods[-1].previous())
    return periods[::-1]


def _months(last: date) -> list[Period]:
    return list(Period(month_after(last, -11).first, last).months())
