"""A slow calendar that is obviously right: it looks at one day after the other.

Written apart from ``xfctl.workdays``, whose fast answers are held against it: only the public
``is_workday`` of chinese-calendar for the years that have notices, and for all others weekends
and the statutory days off of ``holidays``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays

from xfctl.workdays.days import OfficeDays

DAY = timedelta(days=1)
Works = Callable[[date], bool]

# 国办发明电〔2005〕35号 put this Saturday to work; chinese-calendar has it as an ordinary Saturday.
MISSED_BY_CHINESE_CALENDAR = date(2005, 12, 31)


@cache
def _statutory(year: int) -> set[date]:
    """Days off by law; those a notice moved (named "Day off …" in English) are not law."""
    found = holidays.country_holidays("CN", years=year, language="en_US")
    return {day for day, name in found.items() if not name.startswith("Day off")}


def _published(day: date) -> bool | None:
    """Whether the day works by a notice; None if its year has none."""
    if day == MISSED_BY_CHINESE_CALENDAR:
        return True
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@cache
def works(day: date) -> bool:
    """Whether an office that has recorded nothing of its own works on the day."""
    published = _published(day)
    if published is not None:
        return published
    return day.weekday() < 5 and day not in _statutory(day.year)


def works_in(office: OfficeDays) -> Works:
    """The same question for an office with records: closures, then notices, then the rest."""

    def answer(day: date) -> bool:
        if day in office.closures:
            return False
        if day in office.decrees:
            return office.decrees[day].works
        if day.year not in office.noticed_years:
            return works(day)
        published = _published(day)
        of_next_year = day.month == 12 and day.year + 1 not in office.noticed_years
        if of_next_year and published is not None:
            return published
        return day.weekday() < 5

    return answer


def add(start: date, count: int, works: Works = works) -> date:
    """The ``count``-th working day after the start."""
    return _walk(start, count, DAY, works)


def subtract(start: date, count: int, works: Works = works) -> date:
    """The ``count``-th working day before the start."""
    return _walk(start, count, -DAY, works)


def between(start: date, end: date, works: Works = works) -> int:
    """How many working days come after the start, up to the end."""
    count = 0
    while start < end:
        start += DAY
        count += works(start)
    return count


def add_days(start: date, count: int, works: Works = works) -> date:
    """The last of ``count`` calendar days, or the first working day after it."""
    end = start + count * DAY
    while not works(end):
        end += DAY
    return end


def subtract_days(start: date, count: int, works: Works = works) -> date:
    """``count`` calendar days before the start, or the last working day before that."""
    end = start - count * DAY
    while not works(end):
        end -= DAY
    return end


def _walk(day: date, count: int, step: timedelta, works: Works) -> date:
    while count:
        day += step
        count -= works(day)
    return day
