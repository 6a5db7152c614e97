"""Dates as notices write them: year and month left out, ranges, weekdays and lunar remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from xfctl.workdays.notice_text import refusal

_REMARK = r"\([^()]*\)"
DAY = rf"(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日(?:{_REMARK})?"
_DASH = "(?:至|到|[-‐‒–—―─−~〜]+)"
SPAN = rf"{DAY}(?:{_DASH}{DAY})?"
DAYS = rf"{SPAN}(?:[、和及]{SPAN})*"

_ONE_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}})年)?(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日(?P<remark>{_REMARK})?"
)
_SPAN = re.compile(rf"(?P<first>{DAY})(?:{_DASH}(?P<last>{DAY}))?")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_LUNAR = re.compile(
    r"即?(?:农历|大年|正月|腊月|除夕|初)[^\d星期周]*|[^\d星期周]*(?:节|当日)|新年|元旦"
)
_WEEKDAYS = "一二三四五六日"

# The longest holiday decreed so far ran ten days (春节 2020); a slipped month gives 28 or more.
LONGEST = timedelta(days=15)


@dataclass
class Reader:
    """Reads the dates of one item in order; a date without month means that of the one before.

    ``december_before``: December without a year is the year before (元旦 reaching back).
    """

    year: int
    december_before: bool
    last: date | None = None

    def days(self, words: str) -> tuple[date, ...]:
        """Every day of a list of days and ranges, in the order written.

        Raises InputRefusedError for a date that does not exist, a weekday not that date's, a
        remark that is not understood, or a range that runs backwards or far too long.
        """
        found: list[date] = []
        for span in _SPAN.finditer(words):
            first = self._day(span.group("first"))
            last = self._day(span.group("last")) if span.group("last") else first
            if not timedelta(0) <= last - first <= LONGEST:
                raise refusal("放假的起止日期前后颠倒或相隔太久", span.group(), "请对照原文核对")
            found += [first + timedelta(n) for n in range((last - first).days + 1)]
        return tuple(found)

    def _day(self, words: str) -> date:
        match = _ONE_DAY.fullmatch(words)
        assert match is not None, words  # every caller passes text matched by DAY
        month = int(match.group("month") or 0) or (self.last.month if self.last else 0)
        if not month:
            raise refusal("日期缺少月份", words, "请对照原文补上")
        year = self._year_for(match, month)
        try:
            day = date(year, month, int(match.group("day")))
        except ValueError:
            raise refusal(
                f"没有{year}年{month}月{match.group('day')}日这一天", words, "请对照原文核对"
            ) from None
        self._check_year(day, words)
        _check_remark(day, match.group("remark") or "", words)
        self.last = day
        return day

    def _year_for(self, match: re.Match[str], month: int) -> int:
        if match.group("year"):
            return int(match.group("year"))
        if not match.group("month") and self.last:
            return self.last.year
        return self.year - (self.december_before and month == 12)

    def _check_year(self, day: date, words: str) -> None:
        reaches_back = self.december_before and (day.year, day.month) == (self.year - 1, 12)
        if day.year != self.year and not reaches_back:
            raise refusal(f"日期不在通知安排的{self.year}年之内", words, "请对照原文核对年份")


def _check_remark(day: date, remark: str, words: str) -> None:
    """Compare each weekday in a bracket with the date; let lunar remarks and names pass."""
    for piece in re.split("[、,]", remark.strip("()")) if remark else ():
        if weekday := _WEEKDAY.fullmatch(piece):
            actual = _WEEKDAYS[day.weekday()]
            if weekday.group(1).replace("天", "日") != actual:
                raise refusal(
                    f"{day.month}月{day.day}日是星期{actual}，与所注星期不符", words, "请核对"
                )
        elif not _LUNAR.fullmatch(piece):
            raise refusal("日期后的括号注释看不懂", words, "请对照原文核对")
