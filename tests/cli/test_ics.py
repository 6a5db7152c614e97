"""Deadlines as a calendar: read back by the library, stable, and free of the matter's content."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from command_line import PLANTED, Office, four_units, leaks, register
from icalendar import Calendar

NUMBER = "XF2026-0001"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = four_units(tmp_path)
    planted = [word for pair in PLANTED.items() for word in pair]
    register(office, "食堂价格，反映人秘而不宣", *planted, "--on", "2026-11-16")
    office.must("case", "assign", NUMBER, "A15", "--on", "2026-11-16")
    return office


def entries(office: Office, *options: str, today: str = "") -> dict[str, Any]:
    text = office.must("export", "ics", *options, today=today).out
    calendar = Calendar.from_ical(text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found = {str(each["UID"]).partition("@")[0]: each for each in calendar.walk("VEVENT")}
    assert all(each.errors == [] for each in found.values())
    return found


def test_an_open_deadline_is_an_all_day_entry_with_an_alarm_the_working_day_before(
    office: Office,
) -> None:
    found = entries(office)
    assert list(found) == [f"case/{NUMBER}/acceptance_notice", f"case/{NUMBER}/feedback/1"]
    feedback = found[f"case/{NUMBER}/feedback/1"]
    assert str(feedback["SUMMARY"]) == f"{NUMBER} 书面反馈 后勤保障部"
    assert feedback["DTSTART"].dt == date(2026, 11, 25)
    assert feedback["DTEND"].dt == date(2026, 11, 26)
    assert str(feedback["STATUS"]) == "CONFIRMED"
    (alarm,) = feedback.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-1, hours=9)
    # 15 days from a Monday end on a Tuesday; due on a Monday, the alarm is on the Friday before.
    monday = entries(office, "--all")[f"case/{NUMBER}/acceptance_notice"]["DTSTART"].dt
    assert monday == date(2026, 12, 1)


def test_an_alarm_passes_over_rest_days(office: Office) -> None:
    office.must("case", "receive", NUMBER, "--on", "2026-11-19")  # due on Monday, 30 November
    (alarm,) = entries(office)[f"case/{NUMBER}/feedback/1"].walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-3, hours=9)


def test_an_entry_keeps_its_name_when_its_date_moves(office: Office) -> None:
    before = entries(office)[f"case/{NUMBER}/feedback/1"]
    office.must("case", "receive", NUMBER, "--on", "2026-11-17")
    after = entries(office)[f"case/{NUMBER}/feedback/1"]
    assert before["UID"] == after["UID"]
    assert after["DTSTART"].dt == date(2026, 11, 26)


def test_what_is_discharged_is_left_out_or_taken_off(office: Office) -> None:
    office.must("case", "feedback", NUMBER, "--form", "书面", "--on", "2026-11-20")
    key = f"case/{NUMBER}/feedback/1"
    assert key not in entries(office)
    assert str(entries(office, "--all")[key]["STATUS"]) == "CANCELLED"


def test_a_provisional_deadline_is_tentative(office: Office) -> None:
    office.must("case", "assign", NUMBER, "A22", "--on", "2026-12-28", today="2026-12-28")
    found = entries(office, today="2026-12-28")[f"case/{NUMBER}/feedback/2"]
    assert str(found["STATUS"]) == "TENTATIVE"
    assert str(found["SUMMARY"]) == f"{NUMBER} 书面反馈（暂定） 校园卡中心"


def test_one_unit_alone(office: Office) -> None:
    assert list(entries(office, "--unit", "后勤保障部")) == [f"case/{NUMBER}/feedback/1"]


def test_the_same_day_gives_the_same_bytes_and_nothing_of_the_matter(
    office: Office, tmp_path: Path
) -> None:
    office.must("export", "ics", "-o", tmp_path / "一.ics")
    again = office.must("export", "ics").out
    assert (tmp_path / "一.ics").read_bytes() == again.encode()
    assert "食堂" not in again.replace("\r\n ", "")
    found = leaks(again)
    assert found == []


def test_a_supervision_is_named_by_its_own_number(office: Office) -> None:
    opening = ("supervise", "open", NUMBER, "--unit", "A15", "--ground", "7", "--form", "电话")
    office.must(*opening, "--reason", "示例")
    found = entries(office)["supervision/DB2026-0001/supervision_response/DB2026-0001"]
    assert str(found["SUMMARY"]).startswith("DB2026-0001 ")


def test_before_the_ledger_began_there_is_nothing(office: Office) -> None:
    assert entries(office, "--as-known-at", "2020-01-01") == {}
