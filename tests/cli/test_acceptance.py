"""Real input it must get right: 1,400 public messages, and a register kept by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import DATA, Done, run

MESSAGES = "message-board-times.csv"
MAPPING = (
    *("--map", "编号=留言编号", "--map", "登记时间=留言时间", "--map", "书面反馈时间=答复时间"),
    *("--unit", "U01"),
)
KEYS = [
    *("case", "unit", "clock", "article", "started_on", "due_on", "discharged_on"),
    *("late", "late_by", "late_unit", "provisional"),
]


def as_published(target: Path) -> Path:
    target.write_bytes((DATA / MESSAGES).read_bytes())
    return target


def as_gb18030(target: Path) -> Path:
    target.write_bytes((DATA / MESSAGES).read_text(encoding="utf-8-sig").encode("gb18030"))
    return target


def as_workbook(target: Path) -> Path:
    with (DATA / MESSAGES).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(target := target.with_suffix(".xlsx"))
    return target


@pytest.mark.parametrize("prepared", [as_published, as_gb18030, as_workbook])
def test_message_board(tmp_path: Path, prepared: Callable[[Path], Path]) -> None:
    file = prepared(tmp_path / MESSAGES)

    def xfctl(*arguments: str | Path) -> Done:
        done = run("--ledger", "L", *arguments, cwd=tmp_path)
        assert done.code == 0, done.err
        return done

    xfctl("init")
    xfctl("unit", "add", "U01", "某单位")
    xfctl("case", "import", file.name, *MAPPING)
    log = xfctl("log", "--last", "1").out
    check_obligations(xfctl("export", "obligations", "--format", "json").json)

    again = xfctl("case", "import", file.name, *MAPPING)
    assert "新登记 0 件，记录 0 步" in again.err
    assert xfctl("log", "--last", "1").out == log


def check_obligations(obligations: list[dict[str, Any]]) -> None:
    late = [each for each in obligations if each["late"]]
    on_time = [each for each in obligations if not each["late"]]
    assert (len(obligations), len(on_time), len(late)) == (1400, 688, 712)
    assert all(list(each) == KEYS for each in obligations)
    assert sum(each["late_by"] for each in late) == 12_356
    assert [each["late_by"] for each in late].count(0) == 1
    assert {each["late_by"] for each in on_time} == {None}
    assert {(each["clock"], each["unit"], each["late_unit"]) for each in obligations} == {
        ("feedback", "U01", "working_days")
    }
    assert {each["article"] for each in obligations} == {"细则 11(1)"}
    assert not any(each["provisional"] for each in obligations)


def test_late_by_no_working_day_is_late_all_the_same(tmp_path: Path) -> None:
    """Due on Saturday 11 October 2025, a make-up day; answered on the Sunday after it."""
    (tmp_path / "a.csv").write_text(
        "编号,登记时间,书面反馈时间\n1,2025-09-25,2025-10-11\n2,2025-09-25,2025-10-12\n"
    )
    here = ("--ledger", tmp_path / "L")
    run(*here, "init")
    run(*here, "unit", "add", "U01", "某单位")
    run(*here, "case", "import", tmp_path / "a.csv", "--unit", "U01")
    on_time, late = run(*here, "export", "obligations", "--format", "json").json
    assert (on_time["due_on"], on_time["late"], on_time["late_by"]) == ("2025-10-11", False, None)
    assert (late["due_on"], late["late"], late["late_by"]) == ("2025-10-11", True, 0)


# The register of an invented office, 48 rows, with eight faults on purpose: what is wrong, in
# which row and column of either format, and what makes it right.
REGISTERS = ("register-sample.xlsx", "register-sample-gb18030.csv")
MENDED = {
    (12, "登记日期"): "2026-02-22",
    (19, "交办日期"): "2026-03-26",
    (24, "承办单位"): "文学院",
    (29, "反馈日期"): "2026-05-20",
    (35, "人数"): "3",
    (39, "登记编号"): "2026-034",
    (43, "联系电话"): "13900000038",
    (46, "信访形式"): "网上",
}


def office_with_units(folder: Path) -> tuple[str, Path]:
    here = ("--ledger", folder / "L")
    run(*here, "init")
    assert "新添加 63 个" in run(*here, "unit", "import", DATA / "units.csv").err
    return here


def known_faults(column_of_rows: str) -> list[tuple[str, str]]:
    with (DATA / "register-sample-faults.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row[column_of_rows], row["列"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("name", "column_of_rows"), list(zip(REGISTERS, ("xlsx 行号", "csv 记录号"), strict=True))
)
def test_every_fault_of_a_register_is_listed(
    tmp_path: Path, name: str, column_of_rows: str
) -> None:
    here = office_with_units(tmp_path)
    before = run(*here, "log").out
    done = run(*here, "case", "import", DATA / name)
    told = [line for line in done.err.splitlines() if line.startswith("  第 ")]
    places = [line.split("列：")[0] for line in told]
    assert places == [f"  第 {row} 行「{column}」" for row, column in known_faults(column_of_rows)]
    assert (done.code, done.out) == (3, "")
    assert f"文件「{name}」有 8 处错误，账本未作任何改动" in done.err
    assert run(*here, "log").out == before


def mended_workbook(target: Path) -> Path:
    book = openpyxl.load_workbook(DATA / REGISTERS[0])
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[3]}
    for (row, column), value in MENDED.items():
        sheet.cell(row, columns[column]).value = value
    book.save(target)
    return target


def mended_csv(target: Path) -> Path:
    with (DATA / REGISTERS[1]).open(encoding="gb18030", newline="") as file:
        rows = list(csv.reader(file))
    for (row, column), value in MENDED.items():
        rows[row - 1][rows[2].index(column)] = value
    with target.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return target


def test_a_mended_register_is_taken_the_same_from_both_formats(tmp_path: Path) -> None:
    exports = []
    for folder, file in [
        (tmp_path / "xlsx", mended_workbook(tmp_path / "mended.xlsx")),
        (tmp_path / "csv", mended_csv(tmp_path / "mended.csv")),
    ]:
        folder.mkdir()
        here = office_with_units(folder)
        first = run(*here, "case", "import", file)
        assert (first.code, "新登记 48 件" in first.err) == (0, True)
        log = run(*here, "log").out
        assert "新登记 0 件，记录 0 步" in run(*here, "case", "import", file).err
        assert run(*here, "log").out == log
        exports.append([run(*here, "export", what).out for what in ("cases", "obligations")])
    assert exports[0] == exports[1]
    cases, obligations = exports[0]
    assert (cases.count("\r\n"), obligations.count("\r\n")) == (49, 49)
