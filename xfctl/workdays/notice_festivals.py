"""The statutory festivals a holiday notice arranges: their names, when they can fall, their days.

Source: 《全国年节及纪念日放假办法》 in its versions of 1999 (国务院令第270号), 2007 (第513号, from
2008), 2013 (第644号, same numbers of days) and 2024 (第795号, from 2025).
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

NEW_YEAR, SPRING, NATIONAL = "元旦", "春节", "国庆节"


class Festival(Struct, frozen=True):
    """A festival by its notice name; its first statutory day falls from ``first`` to ``last``.

    ``first`` and ``last`` are (month, day); both are the same for a fixed date.
    """

    name: str
    aliases: str
    first: tuple[int, int]
    last: tuple[int, int]

    def can_begin_in(self, year: int, days: frozenset[date]) -> bool:
        """Whether the festival's day of that year may be among the days."""
        return any(d.year == year and self.first <= (d.month, d.day) <= self.last for d in days)


# 春节 is 正月初一; the bounds of the lunar festivals hold from 1900 to 2100.
FESTIVALS: tuple[Festival, ...] = (
    Festival(NEW_YEAR, "元旦节?|新年", (1, 1), (1, 1)),
    Festival(SPRING, "春节|除夕", (1, 21), (2, 21)),
    Festival("清明节", "清明节?", (4, 4), (4, 6)),
    Festival("劳动节", "(?:五一)?国际劳动节|五一劳动节|劳动节|五一(?!国际|劳动)", (5, 1), (5, 1)),
    Festival("端午节", "端午节?", (5, 27), (6, 26)),
    Festival("中秋节", "中秋节?", (9, 7), (10, 8)),
    Festival(NATIONAL, "国庆节?|十一", (10, 1), (10, 1)),
)
BY_NAME = {festival.name: festival for festival in FESTIVALS}
ANY_FESTIVAL = "(?:" + "|".join(festival.aliases for festival in FESTIVALS) + ")"

_STATUTORY_DAYS: tuple[tuple[int, dict[str, int]], ...] = (
    (2025, dict(zip(BY_NAME, (1, 4, 1, 2, 1, 1, 3), strict=True))),
    (2008, dict(zip(BY_NAME, (1, 3, 1, 1, 1, 1, 3), strict=True))),
    (1999, {NEW_YEAR: 1, SPRING: 3, "劳动节": 3, NATIONAL: 3}),
)


def statutory_days(year: int) -> dict[str, int]:
    """Days off the law grants for each festival it names in a year (from 1999 on)."""
    return next((days for since, days in _STATUTORY_DAYS if year >= since), _STATUTORY_DAYS[-1][1])


def festivals_in(words: str) -> tuple[str, ...]:
    """The festivals mentioned in some words, by notice name, in the order of the year."""
    return tuple(f.name for f in FESTIVALS if re.search(f.aliases, words))
