"""Periods of days, and the periods they are compared with (环比, 同比)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

_ONE_DAY = timedelta(days=1)
_QUARTERS = "一二三四"


class Period(Struct, frozen=True):
    """A period of days, both ends included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last

    @property
    def label(self) -> str:
        """How it is called: 2026年第三季度, 2026年上半年, 2026年, 2026年7月, else its two days."""
        first, months = self.first, self._whole_months()
        if months == 12 and first.month == 1:
            return f"{first.year}年"
        if months == 6 and first.month in (1, 7):
            return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
        if months == 3 and first.month % 3 == 1:
            return f"{first.year}年第{_QUARTERS[first.month // 3]}季度"
        if months == 1:
            return f"{first.year}年{first.month}月"
        return f"{first} 至 {self.last}"

    def previous(self) -> Period:
        """The period of the same length that ends the day before this one (环比).

        Whole months are moved by months, other periods by their days.
        """
        if months := self._whole_months():
            return self._moved(-months)
        length = self.last - self.first
        return Period(self.first - _ONE_DAY - length, self.first - _ONE_DAY)

    def year_before(self) -> Period:
        """The same period of the year before (同比); 29 February becomes the 28th."""
        if self._whole_months():
            return self._moved(-12)
        return Period(_a_year_before(self.first), _a_year_before(self.last))

    def months(self) -> Iterator[Period]:
        """The calendar months it touches, cut off at its own first and last day."""
        month = month_of(self.first)
        while month.first <= self.last:
            yield Period(max(month.first, self.first), min(month.last, self.last))
            month = month_of(month.last + _ONE_DAY)

    def _whole_months(self) -> int:
        """How many calendar months it is made of; 0 if it cuts one."""
        if self.first.day != 1 or month_of(self.last).last != self.last:
            return 0
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    def _moved(self, months: int) -> Period:
        return Period(month_after(self.first, months).first, month_after(self.last, months).last)


def by(day: date | None, on: date) -> date | None:
    """The day on which something happened, if that is no later than another."""
    return day if day is not None and day <= on else None


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    last = monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def month_after(day: date, months: int) -> Period:
    """The calendar month that comes so many months after that of a day; before it if negative."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return month_of(date(year, month + 1, 1))


def _a_year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
