from __future__ import annotations

from datetime import date

import pytest

from xfctl.errors import InputRefusedError
from xfctl.intake.periods import read_period
from xfctl.reports.period import Period

TODAY = date(2026, 11, 25)
DEFAULT = Period(date(2026, 1, 1), TODAY)


def read(word: str | None, first: str | None = None, last: str | None = None) -> Period:
    days = (date.fromisoformat(each) if each else None for each in (first, last))
    return read_period(word, *days, TODAY, DEFAULT)


@pytest.mark.parametrize(
    ("word", "first", "last", "label"),
    [
        ("2026Q3", "2026-07-01", "2026-09-30", "2026年第三季度"),
        ("2026q1", "2026-01-01", "2026-03-31", "2026年第一季度"),
        ("２０２６Ｑ４", "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2026年第二季度", "2026-04-01", "2026-06-30", "2026年第二季度"),
        ("2026年3季度", "2026-07-01", "2026-09-30", "2026年第三季度"),
        ("2026H1", "2026-01-01", "2026-06-30", "2026年上半年"),
        ("2025年下半年", "2025-07-01", "2025-12-31", "2025年下半年"),
        ("2026", "2026-01-01", "2026-12-31", "2026年"),
        (" 2025 年 ", "2025-01-01", "2025-12-31", "2025年"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026年7月", "2026-07-01", "2026-07-31", "2026年7月"),
    ],
)
def test_a_period_is_read_as_officers_write_it(word, first, last, label):
    period = read(word)
    assert (period.first.isoformat(), period.last.isoformat(), period.label) == (first, last, label)


@pytest.mark.parametrize(
    "word",
    ["", "2026Q5", "2026Q0", "26Q3", "2026-13", "2026H3", "Q3", "2026-07-01", "1948", "上季度"],
)
def test_any_other_word_is_refused_in_one_sentence(word):
    with pytest.raises(InputRefusedError, match=r"^看不懂时期「.*」；请写成 2026Q3、.*。$"):
        read(word)


def test_two_dates_make_a_period_too():
    assert read(None, "2026-07-05", "2026-08-01").label == "2026-07-05 至 2026-08-01"
    assert read(None, "2026-07-05") == Period(date(2026, 7, 5), TODAY)
    assert read(None, None, "2025-03-31") == Period(date(2025, 1, 1), date(2025, 3, 31))
    assert read(None) == DEFAULT


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("2027Q1",), "还没有开始"),
        ((None, "2026-11-26"), "早于"),
        ((None, "2026-12-01", "2026-12-31"), "还没有开始"),
        ((None, "2026-09-30", "2026-07-01"), "请把两个日期对调"),
        (("2026Q3", "2026-07-01"), "不能同时给出"),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments, told):
    with pytest.raises(InputRefusedError, match=told):
        read(*arguments)


def test_a_period_that_still_runs_is_taken():
    assert read("2026Q4").last == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("word", "previous", "year_before"),
    [
        ("2026Q1", "2025-10-01 2025-12-31", "2025-01-01 2025-03-31"),
        ("2026Q3", "2026-04-01 2026-06-30", "2025-07-01 2025-09-30"),
        ("2026H1", "2025-07-01 2025-12-31", "2025-01-01 2025-06-30"),
        ("2026", "2025-01-01 2025-12-31", "2025-01-01 2025-12-31"),
        ("2024-03", "2024-02-01 2024-02-29", "2023-03-01 2023-03-31"),
        ("2025-02", "2025-01-01 2025-01-31", "2024-02-01 2024-02-29"),
    ],
)
def test_whole_months_are_compared_with_whole_months(word, previous, year_before):
    period = read(word)
    assert _days(period.previous()) == previous
    assert _days(period.year_before()) == year_before


def test_other_periods_are_compared_by_days():
    period = Period(date(2024, 2, 29), date(2024, 3, 9))
    assert _days(period.previous()) == "2024-02-19 2024-02-28"
    assert _days(period.year_before()) == "2023-02-28 2023-03-09"


def test_months_are_cut_off_at_the_ends():
    period = Period(date(2025, 12, 15), date(2026, 2, 3))
    assert [_days(each) for each in period.months()] == [
        "2025-12-15 2025-12-31",
        "2026-01-01 2026-01-31",
        "2026-02-01 2026-02-03",
    ]


def _days(period: Period) -> str:
    return f"{period.first} {period.last}"
