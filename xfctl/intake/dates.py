"""Dates as people write them: year first and whole. Anything else is refused, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime

from xfctl.domain.wording import quoted
from xfctl.errors import InputRefusedError
from xfctl.intake.text import half_width
from xfctl.time_zone import SHANGHAI

EARLIEST_YEAR = 1949
LATEST_YEAR = 2099

_LONGEST = 40  # characters; no accepted form is longer, blanks included
_NO_SUCH_DAY = "没有这一天"
_LEAP_YEAR = 2000  # has every day that any year has

_TIME = (
    r"(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:\.[0-9]{1,6})?)?"
    r"|[时点](?:(?P<minute2>[0-9]{1,2})分(?:(?P<second2>[0-9]{1,2})秒)?)?)"
)
_DATE = re.compile(
    r"(?:"
    r"(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
    r"|(?P<year2>[0-9]{4})(?P<month2>[0-9]{2})(?P<day2>[0-9]{2})"
    r"|(?P<year3>[0-9]{4})\s*年\s*(?P<month3>[0-9]{1,2})\s*月\s*(?P<day3>[0-9]{1,2})\s*日"
    r")"
    # Only 日 may touch the hour: 2026-03-018:30 would have two readings.
    rf"(?:(?:(?<=日)\s*|\s*T\s*|\s+){_TIME})?"
)
_MONTH_AND_DAY = re.compile(r"([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?!\S)")
_MONTH = re.compile(r"([0-9]{4})\s*(?:年|(?:[-/.年]\s*([0-9]{1,2})|([0-9]{2}))\s*月?)?")
_LIMITS = {"hour": 23, "minute": 59, "second": 59}

# Why a text that is no date is none; the first that matches is told.
_REASONS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"$", "没有填写"),
        (r"[0-9]{1,2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*[0-9]{4}(?![0-9])", "年份没有写在最前"),
        (r"[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}(?![0-9])", "年份只有两位"),
        (r"[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?(?!\S)", "没有年份"),
        (r"[0-9]{1,2}\s*[月日]", "没有年份"),
        (r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*月?$", "没有日"),
        (r"[0-9]{4}\s*年?$", "没有月和日"),
        (r"[0-9]{5}(\.[0-9]+)?$", "是表格的日期序号，请把单元格设成日期格式"),
        (r"[0-9]{4}.*[0-9]\s*(Z|[+-][0-9]{2}:?[0-9]{2})$", "不接受带时区的时刻"),
    )
)


class DateRefusedError(InputRefusedError):
    """The text is no whole date; ``reason`` is the short form used in lists of faults."""

    def __init__(self, text: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"日期{quoted(text)}不能用：{reason}。请写完整的年月日，例如 2026-03-01。")


def parse_date(text: str) -> date:
    """The day that ``text`` names; a time of day after it is checked and dropped.

    Raises ``DateRefusedError`` for anything that is not a whole date, year first.
    """
    plain = half_width(text).strip()
    match = _DATE.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None:
        raise DateRefusedError(text, _why_not(plain))
    parts = match.groupdict()
    year, month, day = (_number(parts, name) for name in ("year", "month", "day"))
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateRefusedError(text, f"年份不在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间")
    if any(_number(parts, name) > limit for name, limit in _LIMITS.items()):
        raise DateRefusedError(text, "没有这个时刻")
    found = _day(year, month, day)
    if found is None:
        raise DateRefusedError(text, _NO_SUCH_DAY)
    return found


def parse_month(text: str) -> tuple[int, range]:
    """A year and one of its months, or all twelve where only the year is written.

    Raises ``InputRefusedError`` for anything else.
    """
    match = _MONTH.fullmatch(half_width(text).strip())
    year, month = (int(match[1]), int(match[2] or match[3] or 0)) if match else (0, 0)
    written = match is not None and (match[2] or match[3])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or (written and not 1 <= month <= 12):
        raise InputRefusedError(f"年月{quoted(text)}不能用；请写成 2026-10，或只写年份 2026。")
    return year, range(month, month + 1) if written else range(1, 13)


def parse_moment(text: str) -> datetime:
    """The end of the day, or of the minute or second, that ``text`` names, in Asia/Shanghai.

    Raises ``DateRefusedError`` for anything that is not a whole date, year first.
    """
    day = parse_date(text)
    match = _DATE.fullmatch(half_width(text).strip())
    parts = match.groupdict() if match else {}
    if not parts.get("hour"):
        return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=SHANGHAI)
    hour, minute = _number(parts, "hour"), _number(parts, "minute")
    told = parts["second"] or parts["second2"]
    second = int(told) if told else 59
    return datetime(day.year, day.month, day.day, hour, minute, second, 999_999, tzinfo=SHANGHAI)


def _number(parts: dict[str, str | None], name: str) -> int:
    """The named part, from whichever written form matched; 0 if it was not written."""
    return int(parts[name] or parts.get(f"{name}2") or parts.get(f"{name}3") or 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _why_not(plain: str) -> str:
    without_year = _MONTH_AND_DAY.match(plain)
    if without_year and _day(_LEAP_YEAR, *map(int, without_year.groups())) is None:
        return _NO_SUCH_DAY
    return next((reason for pattern, reason in _REASONS if pattern.match(plain)), "不是日期")
