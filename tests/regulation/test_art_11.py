"""细则 11(1): written feedback within seven working days; the cases are in ``art_11.toml``."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from lives import CALENDAR, day, fold, lived

from xfctl.domain.case import Case
from xfctl.domain.keys import feedback_key
from xfctl.domain.obligation import late_by
from xfctl.domain.steps.recount import recount_open
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import Decree, OfficeDays

CASES = tomllib.loads((Path(__file__).parent / "art_11.toml").read_text(encoding="utf-8"))["case"]
KEYS = {"why", "history", "asked", "due", "late", "late_by", "open", "provisional"}
DAY = timedelta(days=1)


def lateness(case: Case, on: date, assignment: int = 1) -> int | None:
    """Working days late as seen on a day; None if not late."""
    owed = case.obligation(feedback_key(assignment))
    if not owed.is_late(on):
        return None
    return late_by(owed.duty.due_on, min(owed.discharged_on or on, on), owed.duty.unit, CALENDAR)


@pytest.mark.parametrize("each", CASES, ids=[each["why"] for each in CASES])
def test_case(each: dict[str, Any]) -> None:
    assert each.keys() <= KEYS
    case, asked = lived(each["history"]), day(each["asked"])
    owed = case.obligation(feedback_key(1))
    assert owed.duty.due_on == day(each["due"])
    assert owed.is_late(asked) is each["late"]
    assert lateness(case, asked) == each.get("late_by")
    assert owed.is_open(asked) is each.get("open", False)
    assert owed.duty.provisional is each.get("provisional", False)
    assert (owed.duty.article, owed.duty.length) == ("细则 11(1)", 7)


def test_no_case_is_told_twice() -> None:
    assert len({each["why"] for each in CASES}) == len(CASES)
    assert len({(tuple(each["history"]), each["asked"]) for each in CASES}) == len(CASES)


def test_for_every_day_of_receipt_the_due_date_is_the_last_day_that_is_not_late() -> None:
    for n in range(366 + 365):
        received = date(2024, 1, 1) + n * DAY
        weekday = "一二三四五六日"[received.weekday()]
        case = lived([f"交办 {received} 周{weekday}", f"收件 {received} 周{weekday}"])
        owed = case.obligation(feedback_key(1))
        assert owed.duty.started_on == received
        assert not owed.is_late(owed.duty.due_on)
        assert owed.is_late(owed.duty.due_on + DAY)
        assert lateness(case, CALENDAR.add_working_days(owed.duty.due_on, 1)) == 1


def test_each_unit_owes_its_own_seven_days_and_inherits_no_lateness() -> None:
    case = lived(
        [
            "交办 2026-03-02 周一 U01",
            "收件 2026-03-02 周一 U01",
            "交办 2026-03-16 周一 U02",
            "收件 2026-03-17 周二 U02",
            "书面反馈 2026-03-26 周四 U02",
        ]
    )
    asked = day("2026-03-26 周四")
    first, second = case.obligations
    assert [first.owed_by, second.owed_by] == ["U01", "U02"]
    assert [first.duty.due_on, second.duty.due_on] == [date(2026, 3, 11), date(2026, 3, 26)]
    assert lateness(case, asked, assignment=1) == 11
    assert lateness(case, asked, assignment=2) is None
    assert first.is_open(asked)
    assert not second.is_open(asked)


def test_the_unit_assigned_again_starts_anew_and_keeps_its_old_lateness() -> None:
    case = lived(
        [
            "交办 2026-03-02 周一 U01",
            "书面反馈 2026-03-13 周五 U01",
            "交办 2026-03-16 周一 U01",
            "书面反馈 2026-03-25 周三 U01",
        ]
    )
    asked = day("2026-03-31 周二")
    assert [lateness(case, asked, n) for n in (1, 2)] == [2, None]


def test_a_due_date_told_to_a_unit_changes_only_by_a_recorded_event() -> None:
    """A notice for the unknown year: the promise stays until the office records the new count."""
    history = ["交办 2039-12-26 周一", "收件 2039-12-26 周一"]
    case = lived(history)
    told = case.obligation(feedback_key(1)).duty
    assert (told.due_on, told.provisional) == (date(2040, 1, 5), True)
    assert told.calendar == "2039年暂定；2040年暂定"

    title = "示例通知"
    decrees = {date(2040, 1, n): Decree(False, "元旦", title) for n in (1, 2, 3)}
    after = Calendar(OfficeDays(decrees, frozenset({2039, 2040})))
    assert case.obligation(feedback_key(1)).duty == told
    moved = fold(case, recount_open(case, after, f"导入放假通知：{title}", date(2039, 12, 28)))
    counted_anew = moved.obligation(feedback_key(1)).duty
    assert (counted_anew.due_on, counted_anew.provisional) == (date(2040, 1, 6), False)
    assert counted_anew.calendar == "已导入2039年放假通知；已导入2040年放假通知"
    assert counted_anew.started_on == told.started_on
    assert recount_open(moved, after, "再算一次", date(2039, 12, 29)) == []


def test_a_discharged_duty_is_never_counted_anew() -> None:
    case = lived(["交办 2039-12-26 周一", "书面反馈 2039-12-30 周五"])
    closed = Calendar(OfficeDays(closures={date(2040, 1, 3): "示例停办"}))
    assert recount_open(case, closed, "本单位停办", date(2039, 12, 31)) == []


def test_a_closure_recorded_on_purpose_stops_the_clock() -> None:
    days = {date(2026, 3, n): "示例停办" for n in (4, 5, 6, 7, 8)}
    case = lived(["交办 2026-03-02 周一"], calendar=Calendar(OfficeDays(closures=days)))
    duty = case.obligation(feedback_key(1)).duty
    assert duty.due_on == date(2026, 3, 16)
    assert duty.calendar.endswith("；本单位停办记录")
