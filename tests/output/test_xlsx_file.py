"""The workbook read back through openpyxl."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from output_samples import NASTY, OVERDUE, SMALL, one_text

from xfctl.errors import InputRefusedError
from xfctl.output.xlsx_file import put_xlsx, sheet_names, write_xlsx
from xfctl.reports.table import Column, Table


def read(*tables: Table) -> Workbook:
    file = BytesIO()
    put_xlsx(tables, file)
    return load_workbook(file)


def test_a_sheet_looks_as_meant(tmp_path: Path) -> None:
    path = tmp_path / "逾期.xlsx"
    write_xlsx([OVERDUE, SMALL], path)
    book = load_workbook(path)
    assert book.sheetnames == ["逾期未反馈", "小表"]
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [column.heading for column in OVERDUE.columns]
    assert sheet["E2"].value == datetime(2026, 3, 2)  # noqa: DTZ001 (a spreadsheet's date)
    assert sheet["E2"].number_format == "yyyy-mm-dd"
    assert (sheet["G2"].value, sheet["G2"].data_type) == (12, "n")
    assert sheet["H3"].value is None
    assert sheet.column_dimensions["A"].width == len("XF2026-0001") + 2


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@某", "#N/A", "110101190001010000", "007"])
def test_text_stays_text(text: str) -> None:
    cell = read(one_text(text)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_reads_back(text: str) -> None:
    cell = read(one_text(text)).worksheets[0]["A2"]
    expected = text.replace("\r\n", "\n").replace("\x1b", r"\x1b")
    assert (cell.value or "") == expected


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")))
def test_text_round_trip(text: str) -> None:
    assert (read(one_text(text)).worksheets[0]["A2"].value or "") == text


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    read(Table(text, (Column("a", "文"),), [(text,)]))


def test_booleans_are_words_and_dates_are_dates() -> None:
    columns = (Column("a", "甲"), Column("b", "乙"))
    sheet = read(Table("x", columns, [(True, date(1900, 1, 1))])).worksheets[0]
    assert sheet["A2"].value == "是"


def test_a_text_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "长.xlsx"
    with pytest.raises(InputRefusedError, match="A2 的文字超过"):
        write_xlsx([one_text("长" * 32_768)], path)
    assert not path.exists()


def test_sheet_names_are_legal_and_unique() -> None:
    names = sheet_names(["a/b:c", "A/B:C", "", "'引'", "长" * 40, "长" * 40, "😀" * 20])
    assert names[:4] == ["a_b_c", "A_B_C (2)", "表", "引"]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
