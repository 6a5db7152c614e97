"""What `export` writes, our own imports read back, and nothing that they carry differs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import PLANTED, Office, leaks, new_office, register

# Derived from facts that a register does not tell, or facts it has no column for.
DO_NOT_COME_BACK = {
    *("状态", "重大紧急", "重复信访", "处理结论", "满意度（信访部门）", "满意度（责任单位）"),
    *("批次", "累计人次"),
}
AWKWARD = (
    *("=1+1", "+86", "-1", "@SUM(A1)", "＝1+1", "'=1", "''", "007", "123456789012345678"),
    *("1/3", "3-1", "2026.3.1", "1E5", "true", '带"引号"', "逗号,分号;\t制表", "甲\n乙", "（1）"),
    *("合计", "—", "、", "#井号", "是", " 前后空格 ", "<b>&amp;", "x" * 5000),
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("demo")
    office = Office(folder / "ledger.db")
    office.must("demo", folder)
    number = register(office, "多单位办理的事项", "--on", "2026-11-02")
    for code, on in (("A15", "2026-11-03"), ("A22", "2026-11-04"), ("C01", "2026-11-04")):
        office.must("case", "assign", number, code, "--on", on)
    office.must("case", "receive", number, "--unit", "A22", "--on", "2026-11-05")
    office.must(
        *("case", "feedback", number, "--unit", "C01", "--form", "书面", "--on", "2026-11-06")
    )
    register(
        office, "上级转来", "--superior", "省信访局", "--document", "示例字〔2026〕1号",
        "--superior-due", "2026-12-31", "--on", "2026-11-02", "--joint", "--leapfrog",
    )  # fmt: skip
    return office


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = new_office(tmp_path_factory.mktemp("awkward"), ("=A1", "@某单位"), ("007", "'某单位"))
    for word in AWKWARD:
        done = office.must(
            "case", "register", f"--category={name(word)}", f"--demand={word}",
            f"--first-responder={name(word)}", f"--note={word}", "--on", "2026-11-02",
            "--", word,
        )  # fmt: skip
        number = done.out.strip()
    office.must("case", "assign", number, "007", "--on", "2026-11-03")
    return office


def name(word: str) -> str:
    """What of a word a name may be: short, on one line."""
    return " ".join(word.split())[:20]


def read(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    heading, *found = openpyxl.load_workbook(path).worksheets[0].values
    return [dict(zip(heading, map(str, row), strict=True)) for row in found]


def carried(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in DO_NOT_COME_BACK} for row in rows]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("which", ["demo", "awkward"])
def test_exports_come_back(
    which: str, form: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    source: Office = request.getfixturevalue(which)
    units, cases = tmp_path / f"单位.{form}", tmp_path / f"事项.{form}"
    source.must("export", "units", "--format", form, "-o", units)
    source.must("export", "cases", "--format", form, "-o", cases)
    fresh = new_office(tmp_path)
    fresh.must("unit", "import", units)
    fresh.must("case", "import", cases)
    units_again, cases_again = tmp_path / f"单位2.{form}", tmp_path / f"事项2.{form}"
    fresh.must("export", "units", "--format", form, "-o", units_again)
    fresh.must("export", "cases", "--format", form, "-o", cases_again)
    assert read(units_again) == read(units)
    assert len(read(cases)) > 20
    assert carried(read(cases_again)) == carried(read(cases))
    head = fresh.head()
    fresh.must("case", "import", cases)
    assert fresh.head() == head


def test_several_units_stand_with_their_dates_in_order(demo: Office) -> None:
    (found,) = [
        each
        for each in demo.must("export", "cases", "--format", "json").json
        if each["summary"] == "多单位办理的事项"
    ]
    assert found["units"] == "后勤保障部、校园卡中心、文学院"
    assert found["assigned_on"] == "2026-11-03、2026-11-04、2026-11-04"
    assert (found["received_on"], found["feedback_on"]) == ("—、2026-11-05、—", "—、—、2026-11-06")


def test_the_new_columns_of_matters(tmp_path: Path) -> None:
    office = new_office(tmp_path, ("A15", "后勤保障部"))
    number = register(
        office, "食堂价格", "--persons", "3", "--superior", "省信访局", "--on", "2026-11-02",
        "--document", "示例字1号", "--superior-due", "2026-11-30",
    )  # fmt: skip
    office.must("case", "visit", number, "--persons", "4", "--on", "2026-11-05")
    office.must("case", "reply", number, "--manner", "电话", "--on", "2026-11-06")
    office.must("case", "rate", number, "责任单位", "不满意", "--on", "2026-11-06")
    office.must("case", "rate", number, "责任单位", "满意", "--on", "2026-11-07")
    office.must("case", "rate", number, "信访部门", "基本满意", "--on", "2026-11-07")
    (found,) = office.must("export", "cases", "--format", "json").json
    told = {key: found[key] for key in ("superior_document", "superior_due_on", "reply_manner")}
    assert told == {
        "superior_document": "示例字1号",
        "superior_due_on": "2026-11-30",
        "reply_manner": "电话",
    }
    counts = [found[key] for key in ("rated_office", "rated_unit", "batches", "person_times")]
    assert counts == ["基本满意", "满意", 2, 7]


def test_supervisions_are_exported(tmp_path: Path) -> None:
    office = new_office(tmp_path, ("A15", "后勤保障部"))
    number = register(office, "食堂价格", "--on", "2026-11-02")
    office.must("case", "assign", number, "A15", "--on", "2026-11-02")
    opening = ("supervise", "open", number, "--unit", "A15", "--ground", "1", "--form", "电话")
    office.must(*opening, "--on", "2026-11-12", "--joint", "保卫处", "--days", "3")
    office.must("supervise", "respond", "DB2026-0001", "--content", "已整改", "--on", "2026-11-18")
    (found,) = office.must("export", "supervision", "--format", "json").json
    assert found | {"tracker": ""} == {
        "number": "DB2026-0001", "opened_on": "2026-11-12", "unit": "A15",
        "unit_name": "后勤保障部", "cases": number, "nth": 1, "grounds": "11(1)", "forms": "电话",
        "tracker": "", "joint": "保卫处", "actions": 0, "due_on": "2026-11-17",
        "responded_on": "2026-11-18", "late": True, "late_by": 1, "closed_on": None,
        "result": None, "scope": None,
    }  # fmt: skip
    heading = office.must("export", "supervision").out.splitlines()[0]
    assert heading.startswith("\ufeff督办编号,立项日期,单位编号,被督办单位,事项,第几次,情形,")


def test_nothing_exported_tells_who_the_petitioner_is(tmp_path: Path) -> None:
    office = new_office(tmp_path, ("A15", "后勤保障部"))
    planted = [word for pair in PLANTED.items() for word in pair]
    number = register(office, "食堂价格", *planted, "--on", "2026-11-02")
    office.must("case", "assign", number, "A15", "--on", "2026-11-02")
    office.must(*("supervise", "open", number, "--unit", "A15", "--ground", "1", "--form", "电话"))
    shown = [
        office.must("export", name).out
        for name in ("cases", "obligations", "supervision", "units", "events", "ics")
    ]
    assert all(shown)
    found = leaks(*shown)
    assert found == []
