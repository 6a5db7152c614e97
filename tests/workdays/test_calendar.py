"""Counting days by 民法典 201 and 203: the values that were checked by hand, and every rule."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest

from xfctl.workdays.calendar import Calendar, OutOfRangeError
from xfctl.workdays.days import Decree, OfficeDays, package_version, package_years

MESSAGES = Path(__file__).parent.parent / "data" / "message-board-times.csv"
DAY = timedelta(days=1)
LAST_KNOWN = package_years()[-1]
FROM_PACKAGE = f"国务院办公厅通知（{package_version()}）"
FROM_STATUTE = "暂按法定节假日与周末推定（尚无放假通知）"


def day(text: str) -> date:
    """Read 「2025-10-11 六」; the weekday must be right, so that no table holds a slip."""
    iso, _, weekday = text.partition(" ")
    found = date.fromisoformat(iso)
    assert weekday in ("", "一二三四五六日"[found.weekday()]), f"{iso} is not 周{weekday}"
    return found


def every_day(first: str, last: str) -> list[date]:
    start, end = day(first), day(last)
    return [start + n * DAY for n in range((end - start).days + 1)]


def office(
    closed: dict[str, str] | None = None,
    rest: str = "",
    work: str = "",
    noticed: tuple[int, ...] = (),
) -> OfficeDays:
    """Records of an office: closures with reasons, days decreed 休 or 班 by an invented notice."""
    decrees = {day(each): Decree(False, "国庆节", "示例通知") for each in rest.split()}
    decrees |= {day(each): Decree(True, "国庆节", "示例通知") for each in work.split()}
    closures = {day(each): reason for each, reason in (closed or {}).items()}
    return OfficeDays(decrees, frozenset(noticed), closures)


# --- Working days ---------------------------------------------------------------------------

WORKING_DAYS = [
    # received, working days, due, why
    ("2025-09-25 四", 7, "2025-10-11 六", "国庆中秋放假八天，9月28日、10月11日调休上班都计入"),
    ("2025-09-26 五", 7, "2025-10-13 一", "晚一天收件，越过调休的周六、不调休的周日"),
    ("2025-10-01 三", 7, "2025-10-16 四", "假日收件，节后第一天 10月9日是第 1 日"),
    ("2026-02-12 四", 7, "2026-02-28 六", "春节放假九天，2月14日、28日两个周六调休上班"),
    ("2026-03-02 一", 7, "2026-03-11 三", "没有节假日，只隔一个周末"),
    ("2024-09-28 六", 5, "2024-10-10 四", "普通周六收件，9月29日周日上班是第 1 日"),
    ("2024-09-27 五", 5, "2024-10-10 四", "前一天收件，期限相同"),
    ("2019-04-26 五", 3, "2019-04-30 二", "4月28日周日上班（调整劳动节假期的第二次通知）"),
    (
        "2020-01-20 一",
        5,
        "2020-02-04 二",
        "春节假期延长至 2月2日，2月1日周六不再上班（第二次通知）",
    ),
]


@pytest.mark.parametrize(("received", "length", "due", "why"), WORKING_DAYS)
def test_working_days_checked_by_hand(received: str, length: int, due: str, why: str) -> None:
    assert Calendar().add_working_days(day(received), length) == day(due), why


# 2026 春节: 12 and 13 February, then 14 (make-up Saturday), the holiday 15–23, 24–28, 2 March.
AROUND_A_LIMIT = [
    ("2026-02-11 三", 7, "2026-02-27 五", "早一天收件"),
    ("2026-02-12 四", 6, "2026-02-27 五", "少一日"),
    ("2026-02-12 四", 7, "2026-02-28 六", "期限落在调休上班的周六，不顺延"),
    ("2026-02-12 四", 8, "2026-03-02 一", "多一日"),
    ("2026-02-13 五", 7, "2026-03-02 一", "晚一天收件"),
    ("2026-02-14 六", 7, "2026-03-03 二", "在调休上班的周六收件，当日不计入"),
]


@pytest.mark.parametrize(("received", "length", "due", "why"), AROUND_A_LIMIT)
def test_before_on_and_after_a_make_up_day(received: str, length: int, due: str, why: str) -> None:
    assert Calendar().add_working_days(day(received), length) == day(due), why


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2025-09-30 二", "2025-10-16 四"),
        *((f"2025-10-0{n}", "2025-10-16 四") for n in range(1, 9)),
        ("2025-10-09 四", "2025-10-17 五"),
    ],
)
def test_every_rest_day_counts_from_the_next_working_day(received: str, due: str) -> None:
    assert Calendar().add_working_days(day(received), 7) == day(due)


def test_a_rest_day_and_the_day_before_it_always_have_the_same_due_date() -> None:
    calendar = Calendar()
    for start in every_day("2004-01-02", "2026-12-31"):
        if not calendar.works(start):
            due = calendar.add_working_days(start, 7)
            assert due == calendar.add_working_days(start - DAY, 7), start


# --- The trap of chinese_calendar.find_workday ------------------------------------------------


def test_find_workday_is_one_working_day_late_on_rest_days_and_ours_is_not() -> None:
    calendar = Calendar()
    for start in every_day("2025-01-01", "2025-12-01"):
        ours, theirs = calendar.add_working_days(start, 7), chinese_calendar.find_workday(7, start)
        late = calendar.working_days_between(ours, theirs)
        assert late == (0 if calendar.works(start) else 1), start
        assert calendar.working_days_between(start, ours) == 7


def test_the_trap_would_have_spoilt_242_of_1400_real_messages() -> None:
    with MESSAGES.open(encoding="utf-8-sig", newline="") as file:
        dates = [row["留言时间"].split()[0].split("/") for row in csv.DictReader(file)]
    received = [date(*map(int, parts)) for parts in dates]
    calendar = Calendar()
    spoilt = [
        start
        for start in received
        if calendar.add_working_days(start, 7) != chinese_calendar.find_workday(7, start)
    ]
    assert (len(received), len(spoilt)) == (1400, 242)
    assert not any(map(calendar.works, spoilt))


# --- Calendar days ----------------------------------------------------------------------------

CALENDAR_DAYS = [
    ("2025-09-18 四", 15, "2025-10-09 四", "末日 10月3日在国庆假期中，顺延到节后第一天"),
    ("2025-08-04 一", 60, "2025-10-09 四", "末日 10月3日在国庆假期中，顺延到节后第一天"),
    ("2026-03-02 一", 3, "2026-03-05 四", "末日是工作日"),
    ("2026-03-02 一", 4, "2026-03-06 五", "末日是周五"),
    ("2026-03-02 一", 5, "2026-03-09 一", "末日是周六，顺延到周一"),
    ("2026-03-02 一", 6, "2026-03-09 一", "末日是周日，顺延到周一"),
    ("2026-03-02 一", 7, "2026-03-09 一", "末日就是周一"),
    ("2025-09-26 五", 2, "2025-09-28 日", "末日是调休上班的周日，不顺延"),
    ("2025-09-26 五", 15, "2025-10-11 六", "末日是调休上班的周六，不顺延"),
    ("2025-12-30 二", 2, "2026-01-04 日", "元旦放假，1月4日周日调休上班"),
]


@pytest.mark.parametrize(("start", "length", "due", "why"), CALENDAR_DAYS)
def test_calendar_days_roll_to_the_next_working_day(
    start: str, length: int, due: str, why: str
) -> None:
    assert Calendar().add_days(day(start), length) == day(due), why


# --- Backwards and between --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "length", "found", "why"),
    [
        ("2025-10-11 六", 7, "2025-09-25 四", "从期限往前数，回到收件日"),
        ("2025-10-16 四", 5, "2025-10-10 五", "10月11日周六调休上班，计入其中"),
        ("2025-10-01 三", 1, "2025-09-30 二", "从假日往前数"),
        ("2025-10-05 日", 1, "2025-09-30 二", "假期当中也一样"),
        ("2025-10-09 四", 1, "2025-09-30 二", "节后第一天的前一个工作日"),
        ("2004-01-02 五", 2, "2003-12-30 二", "元旦放假，越过没有通知的年份"),
    ],
)
def test_subtracting_working_days(start: str, length: int, found: str, why: str) -> None:
    assert Calendar().subtract_working_days(day(start), length) == day(found), why


@pytest.mark.parametrize(
    ("start", "length", "found", "why"),
    [
        ("2026-03-12 四", 3, "2026-03-09 一", "落在工作日"),
        ("2026-03-12 四", 4, "2026-03-06 五", "落在周日，往前移，期间不缩短"),
        ("2025-10-18 六", 15, "2025-09-30 二", "落在国庆假期，移到节前"),
        ("2025-10-13 一", 2, "2025-10-11 六", "落在调休上班的周六，不移"),
    ],
)
def test_subtracting_calendar_days(start: str, length: int, found: str, why: str) -> None:
    assert Calendar().subtract_days(day(start), length) == day(found), why


@pytest.mark.parametrize(
    ("start", "end", "count", "why"),
    [
        ("2025-09-25 四", "2025-10-11 六", 7, "起日不计、止日计入"),
        ("2025-10-11 六", "2025-10-11 六", 0, "同一天"),
        ("2025-10-11 六", "2025-10-12 日", 0, "调休的周六到周日，没有工作日"),
        ("2025-10-11 六", "2025-10-13 一", 1, "到周一"),
        ("2025-10-01 三", "2025-10-08 三", 0, "整个假期"),
        ("2025-10-13 一", "2025-10-11 六", 0, "止日在前，没有"),
        ("2024-12-31 二", "2025-12-31 三", 248, "2025 年共 248 个工作日"),
    ],
)
def test_counting_working_days(start: str, end: str, count: int, why: str) -> None:
    assert Calendar().working_days_between(day(start), day(end)) == count, why


# --- Explanations -----------------------------------------------------------------------------


def explained(start: str, end: str, records: OfficeDays | None = None, **kind: Any) -> str:
    lines = Calendar(records).explain(day(start), day(end), **kind)
    return "\n".join(
        f"{line.day.day:%m-%d} {'一二三四五六日'[line.day.day.weekday()]}"
        f" {line.number or '—'} {line.remark}"
        for line in lines
    )


def test_an_explanation_numbers_the_days_that_count_and_says_why_the_others_do_not() -> None:
    assert explained("2025-09-26", "2025-10-11") == (
        "09-26 五 — 起算日，不计入\n"
        "09-27 六 — 周末\n"
        "09-28 日 1 国庆节调休上班\n"
        "09-29 一 2 工作日\n"
        "09-30 二 3 工作日\n"
        "10-01 三 — 国庆节\n"
        "10-02 四 — 国庆节\n"
        "10-03 五 — 国庆节\n"
        "10-04 六 — 国庆节\n"
        "10-05 日 — 国庆节\n"
        "10-06 一 — 中秋节\n"
        "10-07 二 — 国庆节\n"
        "10-08 三 — 国庆节\n"
        "10-09 四 4 工作日\n"
        "10-10 五 5 工作日\n"
        "10-11 六 6 国庆节调休上班"
    )


def test_an_explanation_runs_backwards_too() -> None:
    assert explained("2025-10-13", "2025-10-10") == (
        "10-13 一 — 起算日，不计入\n"  # keep one day a line
        "10-12 日 — 周末\n"
        "10-11 六 1 国庆节调休上班\n"
        "10-10 五 2 工作日"
    )


def test_calendar_days_are_all_numbered() -> None:
    assert explained("2025-09-30", "2025-10-04", working=False) == (
        "09-30 二 — 起算日，不计入\n"
        "10-01 三 1 国庆节\n"
        "10-02 四 2 国庆节\n"
        "10-03 五 3 国庆节\n"
        "10-04 六 4 国庆节"
    )
    assert explained("2026-03-06", "2026-03-09", working=False) == (
        "03-06 五 — 起算日，不计入\n03-07 六 1 周末，照算\n03-08 日 2 周末，照算\n03-09 一 3 工作日"
    )


def test_days_over_which_a_period_is_postponed_say_what_they_are() -> None:
    assert explained("2026-03-05", "2026-03-09", working=False, length=2) == (
        "03-05 四 — 起算日，不计入\n"
        "03-06 五 1 工作日\n"
        "03-07 六 2 周末，照算\n"
        "03-08 日 — 周末，期限顺延\n"
        "03-09 一 — 工作日，期限顺延"
    )
    assert explained("2025-09-25", "2025-09-28", working=False, length=2).endswith(
        "09-28 日 — 国庆节调休上班，期限顺延"
    )


def test_a_closure_and_an_imported_make_up_day_are_explained_by_their_names() -> None:
    records = office(closed={"2026-03-10": "停水停电"}, work="2026-03-14")
    assert explained("2026-03-09", "2026-03-15", records) == (
        "03-09 一 — 起算日，不计入\n"
        "03-10 二 — 停水停电\n"
        "03-11 三 1 工作日\n"
        "03-12 四 2 工作日\n"
        "03-13 五 3 工作日\n"
        "03-14 六 4 国庆节调休上班\n"
        "03-15 日 — 周末"
    )


def test_every_line_names_its_source() -> None:
    records = office(closed={"2040-01-03": "搬迁"}, rest="2040-01-04")
    days = [line.day for line in Calendar(records).explain(day("2040-01-01"), day("2040-01-06"))]
    assert [each.source for each in days] == [
        FROM_STATUTE,
        FROM_STATUTE,
        "本单位停办记录",
        "已导入通知：示例通知",
        FROM_STATUTE,
        FROM_STATUTE,
    ]
    assert [each.name for each in days] == ["元旦", "元旦（补假）", "搬迁", "国庆节", "", ""]
    assert Calendar().day(day("2025-10-01")).source == FROM_PACKAGE
    assert Calendar().day(day("2025-10-09")).source == FROM_PACKAGE


# --- Provisional dates (暂定) and what a date rests on ------------------------------------------

PROVISIONAL = [
    # first counted after, up to, provisional, what it rests on
    ("2003-12-30", "2003-12-31", True, "2003年暂定"),
    ("2003-12-30", "2004-01-05", True, f"2003年暂定；{package_version()}"),
    ("2003-12-31", "2004-01-05", False, package_version()),
    ("2025-09-25", "2025-10-11", False, package_version()),
    ("2025-12-25", "2026-01-06", False, package_version()),
    (f"{LAST_KNOWN}-12-21", f"{LAST_KNOWN}-12-31", False, package_version()),
    (
        f"{LAST_KNOWN}-12-25",
        f"{LAST_KNOWN + 1}-01-06",
        True,
        f"{package_version()}；{LAST_KNOWN + 1}年暂定",
    ),
    (f"{LAST_KNOWN}-12-31", f"{LAST_KNOWN + 1}-01-06", True, f"{LAST_KNOWN + 1}年暂定"),
    ("2040-03-01", "2040-03-12", True, "2040年暂定"),
    ("2039-12-25", "2041-01-06", True, "2039年暂定；2040年暂定；2041年暂定"),
]


@pytest.mark.parametrize(("start", "end", "provisional", "basis"), PROVISIONAL)
def test_a_count_is_provisional_if_any_counted_day_lies_in_a_year_without_a_notice(
    start: str, end: str, provisional: bool, basis: str
) -> None:
    calendar = Calendar()
    assert calendar.is_provisional(day(start), day(end)) is provisional
    assert calendar.basis(day(start), day(end)) == basis


@pytest.mark.parametrize(
    ("start", "end", "provisional", "basis"),
    [
        ("2004-01-02", "2003-12-31", True, f"2003年暂定；{package_version()}"),
        ("2004-01-01", "2003-12-31", True, "2003年暂定"),
        ("2004-01-05", "2004-01-02", False, package_version()),
        (f"{LAST_KNOWN + 1}-01-01", f"{LAST_KNOWN}-12-30", False, package_version()),
    ],
)
def test_counting_backwards_the_start_is_left_out_too(
    start: str, end: str, provisional: bool, basis: str
) -> None:
    calendar = Calendar()
    assert calendar.is_provisional(day(start), day(end)) is provisional
    assert calendar.basis(day(start), day(end)) == basis


@pytest.mark.parametrize("start", ["2025-12-31", "2003-12-31", f"{LAST_KNOWN}-12-31"])
def test_counting_no_day_at_all_is_never_provisional(start: str) -> None:
    assert not Calendar().is_provisional(day(start), day(start))


def test_every_day_of_a_year_without_a_notice_is_provisional_and_no_other() -> None:
    calendar = Calendar()
    for each in every_day("2002-01-01", "2006-12-31") + every_day("2025-01-01", "2029-12-31"):
        assert calendar.day(each).provisional == (each.year not in package_years()), each


def test_a_closure_in_the_stretch_is_part_of_what_a_date_rests_on() -> None:
    calendar = Calendar(office(closed={"2026-03-10": "停水停电"}))
    with_closure = f"{package_version()}；本单位停办记录"
    assert calendar.basis(day("2026-03-09"), day("2026-03-10")) == with_closure
    assert calendar.basis(day("2026-03-06"), day("2026-03-09")) == package_version()
    assert calendar.basis(day("2026-03-10"), day("2026-03-12")) == package_version()


# --- Whose word counts: closure > imported notice > package > statute ---------------------------

CLOSED = {"2025-09-28": "校庆", "2040-10-01": "校庆"}
PRECEDENCE = [
    # day, records of the office, works, source
    ("2025-09-28 日", office(), True, FROM_PACKAGE),
    ("2025-09-28 日", office(noticed=(2025,)), False, "已导入通知"),
    ("2025-09-28 日", office(rest="2025-09-28"), False, "已导入通知：示例通知"),
    ("2025-09-28 日", office(work="2025-09-28"), True, "已导入通知：示例通知"),
    ("2025-09-28 日", office(closed=CLOSED), False, "本单位停办记录"),
    ("2025-09-28 日", office(closed=CLOSED, work="2025-09-28"), False, "本单位停办记录"),
    ("2040-10-01 一", office(), False, FROM_STATUTE),
    ("2040-10-01 一", office(noticed=(2040,)), True, "已导入通知"),
    ("2040-10-01 一", office(work="2040-10-01"), True, "已导入通知：示例通知"),
    ("2040-10-01 一", office(closed=CLOSED, work="2040-10-01"), False, "本单位停办记录"),
    ("2040-10-01 一", office(closed=CLOSED, noticed=(2040,)), False, "本单位停办记录"),
    ("2040-11-01 四", office(), True, FROM_STATUTE),
]


@pytest.mark.parametrize(("on", "records", "works", "source"), PRECEDENCE)
def test_the_first_source_that_knows_a_day_wins(
    on: str, records: OfficeDays, works: bool, source: str
) -> None:
    calendar = Calendar(records)
    assert (calendar.day(day(on)).works, calendar.day(day(on)).source) == (works, source)
    assert calendar.works(day(on)) == works


def test_a_closure_moves_every_deadline_across_it_by_its_working_days() -> None:
    plain = Calendar()
    closed = Calendar(office(closed={"2026-03-06": "校庆", "2026-03-07": "校庆"}))
    start = day("2026-03-02")
    assert plain.add_working_days(start, 7) == day("2026-03-11 三")
    assert closed.add_working_days(start, 7) == day("2026-03-12 四")  # the Saturday adds nothing
    assert closed.add_days(start, 4) == day("2026-03-09 一")


def test_a_supplementary_decree_changes_its_day_and_nothing_else() -> None:
    before, after = Calendar(), Calendar(office(rest="2026-09-03"))
    changed = [
        each
        for each in every_day("2026-01-01", "2026-12-31")
        if before.day(each) != after.day(each)
    ]
    assert changed == [day("2026-09-03 四")]


def test_a_supplementary_decree_does_not_make_its_year_firm() -> None:
    calendar = Calendar(office(rest="2040-09-03"))
    assert calendar.is_provisional(day("2040-09-01"), day("2040-09-10"))
    assert calendar.basis(day("2040-09-01"), day("2040-09-10")) == "2040年暂定"


def test_a_yearly_notice_makes_its_year_firm_and_names_itself() -> None:
    calendar = Calendar(office(rest="2040-10-01 2040-10-02", work="2040-10-06", noticed=(2040,)))
    stretch = day("2040-09-28"), day("2040-10-09")
    assert not calendar.is_provisional(*stretch)
    assert calendar.basis(*stretch) == "已导入2040年放假通知"
    assert calendar.is_provisional(day("2039-12-30"), day("2040-01-04"))
    assert not calendar.day(day("2040-05-07")).provisional
    # Only what the notice grants is free: the statutory guess (10-03 and a day made good) is gone.
    assert calendar.works(day("2040-10-03 三"))
    assert calendar.works(day("2040-10-06 六"))


# --- A notice reaches into the December before it ------------------------------------------------


def test_next_years_notice_may_settle_days_of_this_december() -> None:
    """As in 2006, 2007, 2018 and 2022; here the invented one of the first unknown year."""
    new_year = LAST_KNOWN + 1
    eve = f"{LAST_KNOWN}-12-31"
    calendar = Calendar(office(rest=f"{eve} {new_year}-01-01", noticed=(new_year,)))
    assert Calendar().works(day(eve))
    assert not calendar.works(day(eve))
    assert calendar.day(day(eve)).source == "已导入通知：示例通知"
    assert not calendar.is_provisional(day(eve) - 9 * DAY, day(eve) + 9 * DAY)


@pytest.mark.parametrize(
    ("december", "works", "why"),
    [
        ("2018-12-29 六", True, "2019 年通知：周六上班"),
        ("2018-12-31 一", False, "2019 年通知：元旦假期"),
        ("2022-12-30 五", True, "平常的周五"),
        ("2006-12-31 日", True, "2007 年通知：周日上班"),
        ("2005-12-31 六", True, "2006 年通知：周六上班"),
    ],
)
def test_importing_this_years_notice_keeps_what_next_years_says_of_december(
    december: str, works: bool, why: str
) -> None:
    year = day(december).year
    this_year = Calendar(office(noticed=(year,)))
    assert this_year.works(day(december)) == works, why
    both = Calendar(office(noticed=(year, year + 1)))
    assert both.works(day(december)) == (day(december).weekday() < 5), (
        "两年的通知都已导入，以其为准"
    )


# --- The edges ------------------------------------------------------------------------------------


def test_one_calendar_never_leaks_its_records_into_another() -> None:
    before = Calendar().day(day("2026-03-10"))
    Calendar(office(closed={"2026-03-10": "停水停电"}, work="2026-03-14")).works(day("2026-03-10"))
    assert Calendar().day(day("2026-03-10")) == before
    assert not Calendar().works(day("2026-03-14"))


@pytest.mark.parametrize("start", ["1949-01-01", "2099-12-31"])
def test_the_first_and_last_date_of_the_ledger_can_be_counted_from(start: str) -> None:
    calendar = Calendar()
    assert calendar.works(calendar.add_working_days(day(start), 500))
    assert calendar.works(calendar.subtract_working_days(day(start), 500))
    assert calendar.works(calendar.add_days(day(start), 500))
    assert calendar.works(calendar.subtract_days(day(start), 500))


@pytest.mark.parametrize(
    "count", ["add_working_days", "subtract_working_days", "add_days", "subtract_days"]
)
@pytest.mark.parametrize("length", [100_000, 10_000_000, 10_000_000_000])
def test_a_count_that_leaves_the_known_years_is_refused(count: str, length: int) -> None:
    with pytest.raises(OutOfRangeError):
        getattr(Calendar(), count)(day("2026-03-02"), length)
