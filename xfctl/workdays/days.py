"""Which days count as working days, why, and on whose word.

Four sources answer, the first that knows a day wins: a local closure recorded by the office, an
imported State Council notice, the notices carried by the ``chinese-calendar`` package, and for
years without any notice the statutory days off (《全国年节及纪念日放假办法》, through the
``holidays`` package) together with weekends. Days of the last kind are provisional (暂定).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType

SATURDAY = 5

# Wider than any date the ledger takes (1949 to 2099) with the longest count on top.
FIRST_YEAR, LAST_YEAR = 1930, 2120


@dataclass(frozen=True)
class Day:
    """One calendar day as the office must treat it.

    ``name`` is the festival, the reason of a closure, or "" for an ordinary day; ``source`` says
    in Chinese on whose word; ``provisional`` is True while no notice covers the day's year.
    """

    day: date
    works: bool
    name: str
    source: str
    provisional: bool = False


@dataclass(frozen=True)
class Decree:
    """One day set by an imported notice: at work or not, for which festival, by which notice."""

    works: bool
    name: str
    notice: str


@dataclass(frozen=True)
class OfficeDays:
    """What this office has recorded on top of the published data.

    ``decrees`` come from imported notices, ``noticed_years`` are the years whose yearly notice
    was imported, ``closures`` map a day to the reason the office was closed.
    """

    decrees: Mapping[date, Decree] = field(default_factory=dict)
    noticed_years: frozenset[int] = frozenset()
    closures: Mapping[date, str] = field(default_factory=dict)


@cache
def package_years() -> range:
    """Years whose notices the installed chinese-calendar package carries."""
    from chinese_calendar import constants

    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


@cache
def package_version() -> str:
    """Name and version of the package that carries the published notices."""
    from importlib.metadata import version

    return f"chinese-calendar {version('chinese-calendar')}"


@cache
def _package_days() -> tuple[Mapping[date, str], Mapping[date, str]]:
    """Rest days and make-up working days of the package, each with the festival in Chinese."""
    from chinese_calendar import constants

    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    full = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}

    def named(days: Mapping[date, str]) -> Mapping[date, str]:
        return MappingProxyType(
            {day: full.get(chinese[name], chinese[name]) for day, name in days.items()}
        )

    return named(constants.holidays), named(constants.workdays)


@cache
def _statutory_days(year: int) -> Mapping[date, str]:
    """Days off that 《全国年节及纪念日放假办法》 itself grants in a year, weekends made good.

    Days off moved by a notice are left out: this answers for years that have none.
    """
    import holidays

    days = holidays.country_holidays("CN", years=year, language="zh_CN")
    return {day: name for day, name in days.items() if not name.startswith("休息日")}


def is_firm(year: int, office: OfficeDays) -> bool:
    """Whether a published notice covers the year, so that its days are no guess."""
    return year in office.noticed_years or year in package_years()


def day_of(day: date, office: OfficeDays) -> Day:
    """Decide one day by the order of sources; never fails for want of a notice."""
    provisional = not is_firm(day.year, office)
    if day in office.closures:
        return Day(day, False, office.closures[day], "本单位停办记录", provisional)
    if day in office.decrees:
        decree = office.decrees[day]
        return Day(day, decree.works, decree.name, f"已导入通知：{decree.notice}")
    if day.year in office.noticed_years:
        return _ordinary(day, "已导入通知")
    if day.year in package_years():
        return _by_package(day)
    return _by_statute(day)


def _ordinary(day: date, source: str, *, provisional: bool = False) -> Day:
    return Day(day, day.weekday() < SATURDAY, "", source, provisional)


def _by_package(day: date) -> Day:
    rest, work = _package_days()
    source = f"国务院办公厅通知（{package_version()}）"
    if day in rest:
        return Day(day, False, rest[day], source)
    if day in work:
        return Day(day, True, f"{work[day]}调休上班", source)
    return _ordinary(day, source)


def _by_statute(day: date) -> Day:
    source = "暂按法定节假日与周末推定（尚无放假通知）"
    statutory = _statutory_days(day.year)
    if day in statutory:
        return Day(day, False, statutory[day], source, provisional=True)
    return _ordinary(day, source, provisional=True)
