"""Lists by every condition, search, the office's parameters, what was entered late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import Office, four_units, register, rows
from matters import FIRST, PERSON, SECOND, five_matters


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return four_units(tmp_path)


@pytest.fixture
def varied(office: Office) -> Office:
    return five_matters(office)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("--unit 后勤保障部", [1]),
        ("--stage 交办中", [1, 4]),
        ("--stage closed", [5]),
        ("--channel 来信", [1]),
        ("--purpose 申诉求决", [1]),
        ("--category 学籍", [2]),
        ("--first-responder 经办丙", [4]),
        ("--from 2026-11-16 --to 2026-11-18", [2, 3, 4]),
        ("--from 2026-11-19", [5]),
        ("--overdue", [1]),
        ("--major", [4]),
        ("--leapfrog", [2]),
        ("--collective", [1]),
        ("--from-above", [3]),
        ("--repeat", [4]),
        ("--major --unit 后勤保障部", []),
        ("--stage 交办中 --collective --channel 来信", [1]),
        ("--sort 编号", [1, 2, 3, 4, 5]),
        ("--sort unit", [1, 4, 2, 3, 5]),
        ("--sort 状态", [2, 3, 1, 4, 5]),
        ("--sort first-responder", [2, 3, 5, 4, 1]),
    ],
)
def test_matters_are_listed_by_every_condition(
    varied: Office, filters: str, found: list[int]
) -> None:
    actor = ("--actor", "aaa")
    listed = rows(varied.must(*actor, "case", "list", *filters.split(), "--format", "plain"))
    assert [row[0] for row in listed] == [f"XF2026-000{number}" for number in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("热水", [4, 1]),
        ("热水 宿舍", [1]),
        ("热水宿舍", []),
        ("公示", [2, 1]),
        ("水", [4, 1]),
        ("校园卡", [4]),
        ("示例信访人", []),
    ],
)
def test_any_word_is_found_and_nobody_by_name(varied: Office, words: str, found: list[int]) -> None:
    listed = rows(varied.must("search", *words.split(), "--format", "plain"))
    assert sorted(row[0] for row in listed) == sorted(f"XF2026-000{number}" for number in found)


def test_notes_and_demands_are_searched_and_a_limit_is_told(varied: Office) -> None:
    varied.must("case", "note", SECOND, "已电话沟通锅炉检修安排")
    assert [row[0] for row in rows(varied.must("search", "锅炉", "--format", "plain"))] == [SECOND]
    done = varied.must("search", "热水", "--limit", "1", "--format", "plain")
    assert (len(rows(done)), "只列出最相关的 1 件" in done.err) == (1, True)


def test_a_parameter_holds_from_its_day_and_changes_nothing_that_runs(office: Office) -> None:
    def reply_due(number: str, on: str) -> tuple[str, str]:
        office.must("case", "accept", number, "--on", on, "--opinion")
        office.must(
            *("case", "opinion", number, "--outcome", "支持", "--content", "按规定", "--on", on)
        )
        (mine,) = [
            each
            for each in office.must("export", "obligations", "--format", "json").json
            if (each["case"], each["clock"]) == (number, "petitioner_reply")
        ]
        return mine["started_on"], mine["due_on"]

    register(office, "先办的事项", *PERSON, "--on", "2026-11-16")
    register(office, "另一件事情", *PERSON, "--on", "2026-11-16")
    before = reply_due(FIRST, "2026-11-16")
    done = office.must(
        "rule", "set", "reply", "3", "--from", "2026-11-20", "--reason", "办公会决定"
    )
    assert done.err == "自 2026-11-20 起，答复信访人的期限为 3 个工作日；已经在计算的期限不变。\n"
    assert before == ("2026-11-16", "2026-11-23")
    assert reply_due(SECOND, "2026-11-20") == ("2026-11-20", "2026-11-25")
    due = {
        each["case"]: each["due_on"]
        for each in office.must("export", "obligations", "--format", "json").json
        if each["clock"] == "petitioner_reply"
    }
    assert due == {FIRST: "2026-11-23", SECOND: "2026-11-25"}
    listed = {row[0]: row[2:4] for row in rows(office.must("rule", "list", "--format", "plain"))}
    assert listed["reply"] == ["3 个工作日", "本单位规定"]
    assert listed["feedback"] == ["7 个工作日", "细则 11(1)"]
    assert listed["handling"] == ["60 日，可延长 30", "条例 34"]
    assert listed["delay-suggestion"] == ["未设置", "本单位规定"]
    then = rows(office.must("rule", "list", "--format", "plain", today="2026-11-19"))
    assert {row[0]: row[2] for row in then}["reply"] == "5 个工作日"


def test_what_was_entered_late_is_listed(tmp_path: Path) -> None:
    """The day of entry is the real one."""
    today = datetime.now(UTC) + timedelta(hours=8)
    office = Office(tmp_path / "ledger.db", today=f"{today:%Y-%m-%d}")
    office.must("init")
    register(office, "当天录入的事项")
    register(office, "补录的事项", "--on", f"{today - timedelta(days=2):%Y-%m-%d}")
    (late,) = rows(office.must("log", "--late", "--format", "plain"))
    assert "补录的事项" in late[3]
    register(office, "后来的事项")
    assert rows(office.must("log", "--late", "--last", "1", "--format", "plain")) == [late]
    office.must("rule", "set", "late-entry", "3", "--reason", "办公会决定")
    assert rows(office.must("log", "--late", "--format", "plain")) == []
