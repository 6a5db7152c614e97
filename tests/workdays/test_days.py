"""What the packages know of single days, and how the records of an office are laid over it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xfctl.workdays.days import (
    FIRST_YEAR,
    LAST_YEAR,
    Day,
    Decree,
    OfficeDays,
    is_firm,
    ordinary_day,
    package_version,
    package_years,
    special_days,
)

NOTHING = OfficeDays()
FESTIVALS = {
    "元旦",
    "春节",
    "清明节",
    "劳动节",
    "端午节",
    "中秋节",
    "国庆节",
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}
# 《全国年节及纪念日放假办法》 dates from December 1949; the ledger takes dates up to 2099.
UNKNOWN_YEARS = [*range(1950, package_years().start), *range(package_years().stop, 2100)]


def named(year: int, name: str, *, works: bool = False, office: OfficeDays = NOTHING) -> str:
    """The days that bear a name, as 「10-1 10-2」."""
    days = sorted(special_days(year, office).values(), key=lambda each: each.day)
    return " ".join(
        f"{each.day.month}-{each.day.day}"
        for each in days
        if each.name == name and each.works == works
    )


def test_the_package_carries_every_notice_from_2004_and_names_its_version() -> None:
    years = package_years()
    assert years.start == 2004
    assert years.stop > 2026
    assert package_version().startswith("chinese-calendar 1.")


@pytest.mark.parametrize("year", package_years())
def test_a_published_day_has_a_chinese_festival_and_is_firm(year: int) -> None:
    days = special_days(year, NOTHING)
    assert days
    for day, each in days.items():
        assert each.day == day
        assert day.year == year
        assert each.name in FESTIVALS
        assert each.source.startswith("国务院办公厅通知（")
        assert not each.provisional


@pytest.mark.parametrize("year", package_years())
def test_only_weekend_days_are_made_up_for(year: int) -> None:
    made_up = [day for day, each in special_days(year, NOTHING).items() if each.works]
    assert all(day.weekday() >= 5 for day in made_up)


@pytest.mark.parametrize(
    ("year", "festival", "rest", "work"),
    [
        (2025, "国庆节", "10-1 10-2 10-3 10-4 10-5 10-7 10-8", "9-28 10-11"),
        (2025, "中秋节", "10-6", ""),
        (2026, "春节", "2-15 2-16 2-17 2-18 2-19 2-20 2-21 2-22 2-23", "2-14 2-28"),
        (2026, "元旦", "1-1 1-2 1-3", "1-4"),
        (2019, "劳动节", "5-1 5-2 5-3 5-4", "4-28 5-5"),
        (2018, "元旦", "1-1 12-30 12-31", "12-29"),
        (2005, "元旦", "1-1 1-2 1-3", "12-31"),
    ],
)
def test_festivals_of_the_published_years(year: int, festival: str, rest: str, work: str) -> None:
    assert named(year, festival) == rest
    assert named(year, festival, works=True) == work


@pytest.mark.parametrize(
    ("year", "festival", "rest", "why"),
    [
        (2000, "春节", "2-5 2-6 2-7", "1999 年的办法：春节三天"),
        (2000, "春节（补假）", "2-8 2-9", "初一、初二在周末，补假"),
        (2030, "农历除夕", "2-2", "2024 年的办法：除夕也放假"),
        (2030, "春节", "2-3 2-4 2-5", "除夕之外三天"),
        (2030, "劳动节", "5-1 5-2", "2024 年的办法：劳动节两天"),
        (2030, "国庆节", "10-1 10-2 10-3", "三天，没有调休"),
        (1950, "劳动节", "5-1", "1949 年的办法"),
        (1950, "国庆节", "10-1 10-2", "1949 年的办法：国庆两天"),
    ],
)
def test_years_without_a_notice_have_the_days_off_of_their_law(
    year: int, festival: str, rest: str, why: str
) -> None:
    assert named(year, festival) == rest, why


@pytest.mark.parametrize("year", UNKNOWN_YEARS)
def test_every_year_without_a_notice_has_an_answer_marked_provisional(year: int) -> None:
    days = special_days(year, NOTHING)
    assert date(year, 1, 1) in days
    assert date(year, 10, 1) in days
    assert all(each.provisional and not each.works for each in days.values())
    assert all("推定" in each.source for each in days.values())
    assert not [each.name for each in days.values() if "休息日" in each.name], "no moved days"


@pytest.mark.parametrize("year", [FIRST_YEAR, 1949, 2100, LAST_YEAR])
def test_years_no_ledger_reaches_never_fail_either(year: int) -> None:
    assert all(each.provisional for each in special_days(year, NOTHING).values())


def test_an_ordinary_day_follows_the_weekday_in_every_kind_of_year() -> None:
    noticed = OfficeDays(noticed_years=frozenset({2040}))
    monday, saturday = date(2040, 3, 5), date(2040, 3, 10)
    guess = "暂按法定节假日与周末推定（尚无放假通知）"
    assert ordinary_day(monday, NOTHING) == Day(monday, True, "", guess, provisional=True)
    assert ordinary_day(saturday, NOTHING) == Day(saturday, False, "", guess, provisional=True)
    assert ordinary_day(monday, noticed) == Day(monday, True, "", "已导入通知")
    known = date(2026, 3, 9)
    source = f"国务院办公厅通知（{package_version()}）"
    assert ordinary_day(known, NOTHING) == Day(known, True, "", source)


@pytest.mark.parametrize(
    ("year", "imported", "firm"),
    [
        (2003, (), False),
        (2004, (), True),
        (2026, (), True),
        (2040, (), False),
        (2040, (2040,), True),
        (2041, (2040,), False),
        (2003, (2003,), True),
    ],
)
def test_a_year_is_firm_once_a_notice_covers_it(
    year: int, imported: tuple[int, ...], firm: bool
) -> None:
    assert is_firm(year, OfficeDays(noticed_years=frozenset(imported))) is firm


def test_records_touch_only_their_own_year() -> None:
    day = date(2026, 3, 10)
    office = OfficeDays({day: Decree(False, "示例", "通知")}, closures={day: "校庆"})
    for year in (2025, 2027):
        assert special_days(year, office) == special_days(year, NOTHING)
    assert set(special_days(2026, office)) - set(special_days(2026, NOTHING)) == {day}


def test_a_closure_is_as_provisional_as_its_year() -> None:
    for day, provisional in ((date(2026, 3, 10), False), (date(2040, 3, 5), True)):
        closed = OfficeDays(closures={day: "校庆"})
        found = special_days(day.year, closed)[day]
        assert found == Day(day, False, "校庆", "本单位停办记录", provisional)


def test_a_yearly_notice_replaces_what_the_package_says_of_its_year() -> None:
    new_year = date(2026, 1, 1)
    office = OfficeDays({new_year: Decree(False, "元旦", "通知")}, frozenset({2026}))
    assert special_days(2026, office) == {
        new_year: Day(new_year, False, "元旦", "已导入通知：通知"),
    }


def test_days_handed_out_are_the_callers_own() -> None:
    """The packages are read once; nobody who is given their days may change them for others."""
    for year in (2026, 2040):
        mine = special_days(year, NOTHING)
        assert isinstance(mine, dict)
        mine.clear()
        assert special_days(year, NOTHING)


def test_the_range_of_years_is_wider_than_the_ledger_and_the_longest_count() -> None:
    longest = timedelta(days=10 * 366)
    assert date(FIRST_YEAR, 1, 1) + longest < date(1949, 1, 1)
    assert date(2099, 12, 31) + longest < date(LAST_YEAR, 12, 31)
