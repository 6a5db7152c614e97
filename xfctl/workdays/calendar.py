"""Adding, subtracting, counting and explaining working days and calendar days.

The counting rules are those of 民法典 201 and 203: the start day is not counted; the first working
day after it is day 1, make-up Saturdays and Sundays included; a period of calendar days that ends
on a rest day ends on the next working day. One sorted list of working days and ``bisect`` answer
every question; the list grows year by year as it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from xfctl.workdays.days import (
    FIRST_YEAR,
    LAST_YEAR,
    SATURDAY,
    Day,
    OfficeDays,
    is_firm,
    ordinary_day,
    package_version,
    package_years,
    special_days,
)

_ONE_DAY = timedelta(days=1)


class OutOfRangeError(ValueError):
    """A count would leave the years the ledger knows; carries no user text."""


class CountedDay(Struct, frozen=True):
    """One line of an explanation: the day, and the number it bears if it counts."""

    day: Day
    number: int | None
    remark: str


class Calendar:
    """The working days of one office; build a new one when its records change."""

    def __init__(self, office: OfficeDays | None = None) -> None:
        self.office = office or OfficeDays()
        self._years = range(0)
        self._ordinals: list[int] = []
        self._from = self._until = 0
        self._special: dict[int, Mapping[date, Day]] = {}

    def day(self, day: date) -> Day:
        """What kind of day this is, why, and on whose word."""
        return self._special_days(day.year).get(day) or ordinary_day(day, self.office)

    def works(self, day: date) -> bool:
        """Whether the office works on the day."""
        ordinal = day.toordinal()
        self._cover(ordinal)
        index = bisect_left(self._ordinals, ordinal)
        return index < len(self._ordinals) and self._ordinals[index] == ordinal

    def add_working_days(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start`` (count ≥ 1); the start never counts.

        Raises OutOfRangeError beyond the years the ledger knows.
        """
        ordinal = start.toordinal()
        if not self._from <= ordinal < self._until:
            self._cover(ordinal)
        index = bisect_right(self._ordinals, ordinal) + count - 1
        while index >= len(self._ordinals):
            self._cover(self._until)
        return date.fromordinal(self._ordinals[index])

    def subtract_working_days(self, start: date, count: int) -> date:
        """The ``count``-th working day before ``start`` (count ≥ 1); the start never counts."""
        ordinal = start.toordinal()
        self._cover(ordinal)
        while (index := bisect_left(self._ordinals, ordinal) - count) < 0:
            self._cover(self._from - 1)
        return date.fromordinal(self._ordinals[index])

    def add_days(self, start: date, count: int) -> date:
        """The end of ``count`` calendar days after ``start``, moved on to a working day."""
        return self._working_day_from(self._shift(start, count), _ONE_DAY)

    def subtract_days(self, start: date, count: int) -> date:
        """``count`` calendar days before ``start``, moved back to a working day.

        Moving back, not on: a period that must lie before ``start`` may not grow shorter.
        """
        return self._working_day_from(self._shift(start, -count), -_ONE_DAY)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` up to and including ``end``; 0 if none."""
        self._cover(start.toordinal())
        self._cover(end.toordinal())
        first = bisect_right(self._ordinals, start.toordinal())
        return max(0, bisect_right(self._ordinals, end.toordinal()) - first)

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether any day counted from ``start`` to ``end`` lies in a year without a notice yet."""
        first, last = _counted(start, end)
        return any(not is_firm(year, self.office) for year in range(first.year, last.year + 1))

    def basis(self, start: date, end: date) -> str:
        """The sources the days counted from ``start`` to ``end`` rest on, as one Chinese phrase."""
        first, last = _counted(start, end)
        phrases = [self._basis_of_year(year) for year in range(first.year, last.year + 1)]
        if any(first <= day <= last for day in self.office.closures):
            phrases.append("本单位停办记录")
        return "；".join(dict.fromkeys(phrases))

    def explain(
        self, start: date, end: date, *, working: bool = True, length: int | None = None
    ) -> list[CountedDay]:
        """Every day from ``start`` to ``end`` with the number it bears; backwards if end < start.

        ``working`` counts working days; otherwise calendar days, all of which bear a number up to
        ``length``: the days after it are those the end was moved over.
        """
        return list(self._count(start, end, working=working, length=length))

    def _count(
        self, start: date, end: date, *, working: bool, length: int | None
    ) -> Iterator[CountedDay]:
        yield CountedDay(self.day(start), None, "起算日，不计入")
        number = 0
        step = _ONE_DAY if end >= start else -_ONE_DAY
        for offset in range(1, abs((end - start).days) + 1):
            day = self.day(start + offset * step)
            if number == length:
                yield CountedDay(day, None, f"{_remark(day, counts=False)}，期限顺延")
                continue
            counts = day.works or not working
            number += counts
            yield CountedDay(day, number if counts else None, _remark(day, counts=counts))

    def _basis_of_year(self, year: int) -> str:
        if year in self.office.noticed_years:
            return f"已导入{year}年放假通知"
        if year in package_years():
            return package_version()
        return f"{year}年暂定"

    @staticmethod
    def _shift(start: date, days: int) -> date:
        try:
            return start + timedelta(days=days)
        except OverflowError as error:
            raise OutOfRangeError from error

    def _working_day_from(self, day: date, step: timedelta) -> date:
        while not self.works(day):
            day += step
        return day

    def _cover(self, ordinal: int) -> None:
        """Make the list reach the ordinal, whole years at a time, without a gap."""
        if self._from <= ordinal < self._until:
            return
        year = date.fromordinal(ordinal).year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise OutOfRangeError
        if not self._ordinals:
            self._years = range(year, year + 1)
            self._ordinals = self._working_ordinals(self._years)
        elif year >= self._years.stop:
            self._ordinals += self._working_ordinals(range(self._years.stop, year + 1))
        else:
            self._ordinals = self._working_ordinals(range(year, self._years.start)) + self._ordinals
        known = (*self._years, year)
        self._years = range(min(known), max(known) + 1)
        self._from = date(self._years.start, 1, 1).toordinal()
        self._until = date(self._years.stop, 1, 1).toordinal()

    def _working_ordinals(self, years: range) -> list[int]:
        special = {
            day.toordinal(): each.works
            for year in years
            for day, each in self._special_days(year).items()
        }
        first = date(years.start, 1, 1).toordinal()
        last = date(years.stop, 1, 1).toordinal()
        # Ordinal 1 was a Monday.
        return [each for each in range(first, last) if special.get(each, (each - 1) % 7 < SATURDAY)]

    def _special_days(self, year: int) -> Mapping[date, Day]:
        if year not in self._special:
            self._special[year] = special_days(year, self.office)
        return self._special[year]


def _counted(start: date, end: date) -> tuple[date, date]:
    """The first and last of the days counted from ``start`` to ``end``, in calendar order."""
    return (start + _ONE_DAY, end) if end >= start else (end, start - _ONE_DAY)


def _remark(day: Day, *, counts: bool) -> str:
    if day.name:
        return f"{day.name}调休上班" if day.works else day.name
    if day.works:
        return "工作日"
    return "周末，照算" if counts else "周末"
