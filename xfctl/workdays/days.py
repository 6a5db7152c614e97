"""Which days count as working days, why, and on whose word.

Four sources answer, the first that knows a day wins: a local closure recorded by the office, an
imported State Council notice, the notices carried by the ``chinese-calendar`` package, and for
years without any notice the statutory days off (《全国年节及纪念日放假办法》, through the
``holidays`` package). Days that no source names follow the weekday. Days of the last source are
provisional (暂定).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from msgspec import Struct, field

SATURDAY, DECEMBER = 5, 12

# Wider than any date the ledger takes (1949 to 2099) with the longest count on top.
FIRST_YEAR, LAST_YEAR = 1930, 2120


class Day(Struct, frozen=True):
    """One calendar day as the office must treat it.

    ``name`` is the festival (of a make-up day, the one it makes up for), the reason of a closure,
    or "" for an ordinary day; ``source`` says in Chinese on whose word; ``provisional`` is True
    while no notice covers the day's year.
    """

    day: date
    works: bool
    name: str
    source: str
    provisional: bool = False


class Decree(Struct, frozen=True):
    """One day set by an imported notice: at work or not, for which festival, by which notice."""

    works: bool
    name: str
    notice: str


class OfficeDays(Struct, frozen=True):
    """What this office has recorded on top of the published data.

    ``decrees`` come from imported notices, ``noticed_years`` are the years whose yearly notice
    was imported, ``closures`` map a day to the reason the office was closed.
    """

    decrees: Mapping[date, Decree] = field(default_factory=dict)
    noticed_years: frozenset[int] = frozenset()
    closures: Mapping[date, str] = field(default_factory=dict)


_STATUTE = "暂按法定节假日与周末推定（尚无放假通知）"

# Days on which the package strays from the notice; the notice is the law.
_CORRECTIONS = {
    date(2005, 12, 31): Decree(works=True, name="元旦", notice="国办发明电〔2005〕35号"),
}


@cache
def package_years() -> range:
    """Years whose notices the installed chinese-calendar package carries."""
    from chinese_calendar import constants

    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


@cache
def package_version() -> str:
    """Name and version of the package that carries the published notices."""
    from chinese_calendar import __version__

    return f"chinese-calendar {__version__}"


def is_firm(year: int, office: OfficeDays) -> bool:
    """Whether a published notice covers the year, so that its days are no guess."""
    return year in office.noticed_years or year in package_years()


def special_days(year: int, office: OfficeDays) -> Mapping[date, Day]:
    """The days of a year that a source names, the stronger source laid over the weaker.

    Never fails for want of a notice; all days left out are ``ordinary_day``.
    """
    days = _published_days(year, office)
    for day, decree in office.decrees.items():
        if day.year == year:
            days[day] = Day(day, decree.works, decree.name, f"已导入通知：{decree.notice}")
    for day, reason in office.closures.items():
        if day.year == year:
            days[day] = Day(day, False, reason, "本单位停办记录", not is_firm(year, office))
    return days


def ordinary_day(day: date, office: OfficeDays) -> Day:
    """A day that no source names: at work from Monday to Friday."""
    works = day.weekday() < SATURDAY
    if day.year in office.noticed_years:
        return Day(day, works, "", "已导入通知")
    if day.year in package_years():
        return Day(day, works, "", _package_source())
    return Day(day, works, "", _STATUTE, provisional=True)


def _published_days(year: int, office: OfficeDays) -> dict[date, Day]:
    """What the packages name, as far as no imported notice settles the year instead."""
    if year not in package_years():
        return {} if year in office.noticed_years else dict(_by_statute(year))
    days = _by_package(year)
    if year not in office.noticed_years:
        return dict(days)
    if year + 1 in office.noticed_years:
        return {}
    # 元旦 may begin in December: those days are set by the next year's notice, not by this one.
    return {day: each for day, each in days.items() if day.month == DECEMBER}


def _package_source() -> str:
    return f"国务院办公厅通知（{package_version()}）"


@cache
def _by_package(year: int) -> Mapping[date, Day]:
    """Rest days and make-up working days the package has for a year, festivals in Chinese."""
    from chinese_calendar import constants

    full = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
    chinese = {each.value: full.get(each.chinese, each.chinese) for each in constants.Holiday}
    source = _package_source()
    days = {
        day: Day(day, works, chinese[name], source)
        for published, works in [(constants.holidays, False), (constants.workdays, True)]
        for day, name in published.items()
        if day.year == year
    }
    for day, decree in _CORRECTIONS.items():
        if day.year == year:
            cited = f"国务院办公厅通知（{decree.notice}）"
            days[day] = Day(day, decree.works, decree.name, cited)
    return days


@cache
def _by_statute(year: int) -> Mapping[date, Day]:
    """Days off that 《全国年节及纪念日放假办法》 itself grants in a year, weekends made good.

    Days off moved by a notice are left out: this answers for years that have none.
    """
    import holidays

    days = holidays.country_holidays("CN", years=year, language="zh_CN")
    return {
        day: Day(day, False, name, _STATUTE, provisional=True)
        for day, name in days.items()
        if not name.startswith("休息日")
    }
