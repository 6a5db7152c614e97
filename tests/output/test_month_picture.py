"""The picture of a month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xfctl.output.month import month_picture
from xfctl.output.width import text_width


@dataclass(frozen=True)
class Day:
    day: date
    works: bool
    name: str = ""
    provisional: bool = False


def autumn(*, provisional: bool = False) -> list[Day]:
    """20 September to 31 October with an invented holiday across the month's end."""
    first = date(2026, 9, 20)
    return [day_of(first + timedelta(days=n), provisional) for n in range(42)]


def day_of(day: date, provisional: bool) -> Day:
    if date(2026, 9, 30) <= day <= date(2026, 10, 2):
        return Day(day, False, "国庆节", provisional)
    if day == date(2026, 10, 10):
        return Day(day, True, "国庆节", provisional)
    return Day(day, day.weekday() < 5, "", provisional)


def test_golden_month() -> None:
    assert (
        month_picture(2026, 10, autumn(provisional=True))
        == """\
              2026 年 10 月

  一    二    三    四    五    六    日
                     1休   2休   3     4
   5     6     7     8     9    10班  11
  12    13    14    15    16    17    18
  19    20    21    22    23    24    25
  26    27    28    29    30    31

  国庆节：9月30日至10月2日休息，共 3 天
  国庆节：10月10日上班

  暂定：放假通知尚未公布或未导入，日期可能变动。
"""
    )


def test_an_ordinary_firm_month_has_no_notes() -> None:
    days = [Day(date(2026, 6, n), date(2026, 6, n).weekday() < 5) for n in range(1, 31)]
    picture = month_picture(2026, 6, days)
    assert "休" not in picture
    assert "暂定" not in picture
    assert picture.splitlines()[-1].split() == ["29", "30"]


def test_festivals_of_other_months_are_not_named() -> None:
    days = [*autumn(), Day(date(2026, 11, 1), False, "别的节")]
    assert "别的节" not in month_picture(2026, 10, days)


@given(st.integers(1990, 2040), st.integers(1, 12), st.sets(st.integers(1, 31)))
def test_every_day_stands_under_its_weekday(year: int, month: int, odd: set[int]) -> None:
    count = monthrange(year, month)[1]
    days = [date(year, month, n) for n in range(1, count + 1)]
    shown = [
        Day(d, (d.weekday() < 5) != (d.day in odd), "某节" if d.day in odd else "") for d in days
    ]
    lines = month_picture(year, month, shown).splitlines()
    assert all(text_width(line) <= 80 for line in lines)
    head = next(line for line in lines if "一" in line and "日" in line)
    weeks = lines[lines.index(head) + 1 :][: (days[0].weekday() + count + 6) // 7]
    found = [(int(number), weekday) for line in weeks for number, weekday in cells(line)]
    assert found == [(d.day, d.weekday()) for d in days]


def cells(line: str) -> list[tuple[str, int]]:
    """Day number and weekday of each day, read by display cells."""
    by_cell = "".join(char + "\0" * (text_width(char) - 1) for char in line)
    numbers = [by_cell[start + 2 : start + 4].strip() for start in range(0, 42, 6)]
    return [(number, weekday) for weekday, number in enumerate(numbers) if number]
