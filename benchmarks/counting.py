"""Adding working days, against the libraries an office's programmer would reach for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import chinese_calendar
import holidays
import numpy as np
from chinese_calendar import constants
from measure import Comparison, Work

from xfctl.workdays.calendar import Calendar

NUMPY_LIMIT, PACKAGE_LIMIT = 1 / 3, 1 / 200
LENGTH = 7
# As far as all of them know the holidays.
_FIRST, _LAST = date(2005, 1, 1), date(2025, 12, 1)
_DAYS = [_FIRST + timedelta(days=each) for each in range((_LAST - _FIRST).days)]
# The packages go day by day: a sample will do.
_SAMPLE = _DAYS[::50]


def comparisons() -> list[Comparison]:
    """Scalar additions of seven working days, one start day after the other."""
    ours = Work(f"加 {LENGTH} 个工作日", _over(_DAYS, _ours(Calendar())), len(_DAYS))
    numpy = Work("numpy.busday_offset", _over(_DAYS, _numpy()), len(_DAYS))
    package = Work("chinese_calendar.find_workday", _over(_SAMPLE, _package), len(_SAMPLE))
    china = Work("holidays.get_nth_working_day", _over(_SAMPLE, _holidays()), len(_SAMPLE))
    return [
        Comparison(ours, numpy, NUMPY_LIMIT),
        Comparison(ours, package, PACKAGE_LIMIT),
        Comparison(ours, china),
    ]


def _over(days: list[date], add: Callable[[date], object]) -> Callable[[], None]:
    def run() -> None:
        for day in days:
            add(day)

    return run


def _ours(calendar: Calendar) -> Callable[[date], date]:
    add = calendar.add_working_days
    return lambda day: add(day, LENGTH)


def _numpy() -> Callable[[date], np.datetime64]:
    """What numpy needs to do the same; it knows no make-up days."""
    holidays = np.busdaycalendar(holidays=sorted(constants.holidays))
    offset = partial(np.busday_offset, roll="backward", busdaycal=holidays)
    return lambda day: offset(day, LENGTH)


def _package(day: date) -> date:
    return chinese_calendar.find_workday(LENGTH, day)


def _holidays() -> Callable[[date], date]:
    china = holidays.country_holidays("CN", years=range(_FIRST.year, _LAST.year + 1))
    return lambda day: china.get_nth_working_day(day, LENGTH)
