"""Two packages carry the State Council's notices; where they disagree, the notice decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import package_years

NOTICES = Path(__file__).parent / "notices"
DAY = timedelta(days=1)
Works = Callable[[date], bool]
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]

# day, works by chinese-calendar, works by holidays, works by the notice, file and words of it
DIFFERENCES = [
    # The notice of 2006 makes up for 元旦 in the year before; chinese-calendar begins that year
    # on 1 January. `xfctl.workdays.days` corrects it.
    (date(2005, 12, 31), False, True, True, "2006.txt", "12月31日（星期六）上班"),
]


@cache
def second_source() -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 2))


def works_by_holidays(day: date) -> bool:
    """Without ``is_working_day``, so that make-up days are seen to be known."""
    source = second_source()
    return day in source.weekend_workdays or (day.weekday() < 5 and day not in source)


def differences(one: Works, other: Works) -> list[date]:
    return [day for day in EVERY_DAY if one(day) != other(day)]


def test_the_two_packages_differ_on_the_listed_days_and_no_others() -> None:
    listed = [day for day, *_ in DIFFERENCES]
    assert differences(chinese_calendar.is_workday, works_by_holidays) == listed


@pytest.mark.parametrize(("day", "chinese", "second", "notice", "file", "words"), DIFFERENCES)
def test_on_a_listed_day_our_calendar_follows_the_notice(
    day: date, chinese: bool, second: bool, notice: bool, file: str, words: str
) -> None:
    assert words in (NOTICES / file).read_text(encoding="utf-8")
    assert chinese_calendar.is_workday(day) == chinese
    assert works_by_holidays(day) == second
    assert Calendar().works(day) == notice


def test_our_calendar_agrees_with_the_second_source_on_every_day() -> None:
    assert differences(Calendar().works, works_by_holidays) == []


def test_our_calendar_departs_from_its_package_only_where_the_notice_does() -> None:
    corrected = [day for day, chinese, _, notice, *_ in DIFFERENCES if chinese != notice]
    assert differences(Calendar().works, chinese_calendar.is_workday) == corrected


def test_a_correction_cites_the_number_of_its_notice() -> None:
    day = Calendar().day(date(2005, 12, 31))
    assert (day.works, day.name, day.provisional) == (True, "元旦", False)
    assert day.source == "国务院办公厅通知（国办发明电〔2005〕35号）"
    assert "国办发明电〔2005〕35号" in (NOTICES / "2006.txt").read_text(encoding="utf-8")


def test_the_package_carries_the_years_compared_here() -> None:
    """A newer package with 2027 must be compared too: widen LAST."""
    assert package_years() == range(FIRST.year, LAST.year + 1)
