"""Reading periods as officers write them: 2026Q3, 2026H1, 2026, 2026-07, or two dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from xfctl.domain.wording import quoted
from xfctl.errors import InputRefusedError
from xfctl.intake.dates import EARLIEST_YEAR, LATEST_YEAR
from xfctl.intake.text import half_width
from xfctl.reports.period import Period, month_of

_EXAMPLES = "2026Q3、2026H1、2026、2026-07"
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}


def read_period(
    word: str | None, first: date | None, last: date | None, today: date, default: Period
) -> Period:
    """The period a word names, or the two days, or the default where neither is given.

    Without ``last`` the period runs until today; without ``first`` from the beginning of that
    year. Raises InputRefusedError for both at once, an unknown word, two days in the wrong order,
    or a period that has not begun.
    """
    if word is None and first is None and last is None:
        return default
    if word is None:
        last = last or today
        period = Period(first or date(last.year, 1, 1), last)
    elif first is None and last is None:
        period = _named(word)
    else:
        raise InputRefusedError(f"时期{quoted(word)}和 --from、--to 不能同时给出；请只用一种。")
    if period.last < period.first:
        raise InputRefusedError(
            f"--to {period.last} 早于 --from {period.first}；请把两个日期对调。"
        )
    if period.first > today:
        raise InputRefusedError(
            f"时期「{period.label}」还没有开始（今天是 {today}）；请改用已经开始的时期。"
        )
    return period


def _named(word: str) -> Period:
    plain = "".join(half_width(word).split()).upper()
    for pattern, part_of in _FORMS:
        found = pattern.fullmatch(plain)
        if found and EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR:
            part = found[found.re.groups]
            return part_of(int(found[1]), _DIGITS.get(part) or int(part))
    raise InputRefusedError(
        f"看不懂时期{quoted(word)}；请写成 {_EXAMPLES}，或用 --from 和 --to 写明两个日期。"
    )


def _year(year: int, _: int) -> Period:
    return _months(12)(year, 1)


def _months(count: int) -> Callable[[int, int], Period]:
    """The ``number``-th part of a year that is cut into parts of ``count`` months."""

    def part(year: int, number: int) -> Period:
        first = month_of(date(year, (number - 1) * count + 1, 1))
        last = month_of(date(year, number * count, 1))
        return Period(first.first, last.last)

    return part


# A year, then the number of the part of it, if any, as the last group.
_FORMS = tuple(
    (re.compile(pattern), part_of)
    for pattern, part_of in (
        (r"([0-9]{4})年?", _year),
        (r"([0-9]{4})H([12])", _months(6)),
        (r"([0-9]{4})年?([上下])半年", _months(6)),
        (r"([0-9]{4})-?Q([1-4])", _months(3)),
        (r"([0-9]{4})年?第?([1-4一二三四])季度", _months(3)),
        (r"([0-9]{4})[-/.年](0?[1-9]|1[0-2])月?", _months(1)),
    )
)
