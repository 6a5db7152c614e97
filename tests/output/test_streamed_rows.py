"""Exports hold a handful of rows at a time, however many there are: rows go out as they are read."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from weakref import WeakValueDictionary

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from output_samples import DUE

from xfctl.errors import InputRefusedError
from xfctl.output import xlsx_file
from xfctl.output.formats import Format, pieces, render
from xfctl.output.ics_file import ics_pieces
from xfctl.output.rich_table import table_pieces
from xfctl.output.screen import Screen
from xfctl.output.show import save
from xfctl.reports.due_entries import DueEntry
from xfctl.reports.table import Column, Row, Rows, Stream, Table

ROWS = 4000
COLUMNS = (Column("a", "文"), Column("n", "数"))
# What is looked at before the first row goes out, to know numbers' columns and how wide columns
# are; a table for people is laid out part by part, the next part while the last is still held.
AHEAD = {Format.CSV: 0, Format.JSON: 0, Format.PLAIN: 0, Format.TABLE: 2001}


class Text(str):
    """A cell whose life can be watched."""


class Watched:
    """Rows made one after another, and the most that were ever alive together."""

    def __init__(self) -> None:
        self.most = 0
        self.alive: WeakValueDictionary[int, Text] = WeakValueDictionary()

    def rows(self) -> Iterator[Row]:
        for number in range(ROWS):
            cell = Text(f"=第 {number} 行")
            self.alive[number] = cell
            self.most = max(self.most, len(self.alive))
            yield (cell, number)

    def stream(self) -> Stream:
        rows = Rows(self.rows())
        return Stream("长表", COLUMNS, rows, lambda: (f"共 {rows.count} 行。",))


@pytest.mark.parametrize("fmt", list(Format))
def test_a_long_table_never_stands_in_memory(tmp_path: Path, fmt: Format) -> None:
    gc.collect()
    watched = Watched()
    stream = watched.stream()
    save(stream, fmt, tmp_path / "长表")
    assert stream.rows.count == ROWS
    assert watched.most <= AHEAD.get(fmt, 1000) + 3


@pytest.mark.parametrize("fmt", [each for each in Format if each is not Format.XLSX])
def test_a_stream_reads_as_the_table_of_the_same_rows(fmt: Format) -> None:
    rows = list(Watched().rows())
    table = Table("长表", COLUMNS, rows, (f"共 {ROWS} 行。",))
    assert "".join(pieces(Watched().stream(), fmt)) == render(table, fmt)
    people = fmt in (Format.TABLE, Format.MARKDOWN, Format.HTML)
    assert (f"共 {ROWS} 行。" in render(table, fmt)) == people


def test_a_stream_of_nothing_is_an_empty_table() -> None:
    for fmt in (Format.CSV, Format.JSON, Format.PLAIN, Format.MARKDOWN, Format.HTML, Format.TABLE):
        empty = Stream("空", COLUMNS, Rows([]), lambda: ("共 0 行。",))
        assert "".join(pieces(empty, fmt)) == render(Table("空", COLUMNS, [], ("共 0 行。",)), fmt)


def test_a_sheet_holds_every_row_and_filters_them(tmp_path: Path) -> None:
    path = tmp_path / "长.xlsx"
    save(Watched().stream(), Format.XLSX, path)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.auto_filter.ref == f"A1:B{ROWS + 1}"
    assert [sheet.cell(ROWS + 1, column).value for column in (1, 2)] == ["=第 3999 行", 3999]


@pytest.mark.parametrize("fmt", list(Format))
def test_a_fault_in_the_middle_leaves_the_old_file(tmp_path: Path, fmt: Format) -> None:
    path = tmp_path / "旧文件"
    path.write_bytes(b"old")
    with pytest.raises(InputRefusedError, match="第 2000 行"):
        save(Stream("坏", COLUMNS, Rows(_broken(Watched().rows)), tuple), fmt, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def _broken(rows: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    for number, row in enumerate(rows()):
        if number == 2000:
            raise InputRefusedError("第 2000 行读不出来。")
        yield row


def test_a_calendar_is_written_entry_by_entry() -> None:
    def entries() -> Iterator[DueEntry]:
        for number in range(3):
            read.append(number)
            yield DueEntry(
                f"{number}@虚构", DUE, "甲", "乙", False, number == 1, timedelta(hours=-15)
            )

    read: list[int] = []
    written = ics_pieces(entries(), "期限", DUE)
    assert next(written).startswith(b"BEGIN:VCALENDAR\r\n")
    assert read == []
    assert next(written).startswith(b"BEGIN:VEVENT\r\n")
    assert read == [0]
    calendar = Calendar.from_ical(b"".join(ics_pieces(entries(), "期限", DUE)))
    assert [str(each["STATUS"]) for each in calendar.walk("VEVENT")] == [
        *("CONFIRMED", "CANCELLED", "CONFIRMED")
    ]


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "_ROW_LIMIT", ROWS)
    with pytest.raises(InputRefusedError, match=f"行数超过 Excel 上限 {ROWS} 行；请改用 CSV 导出"):
        save(Watched().stream(), Format.XLSX, tmp_path / "长.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_long_list_has_one_heading_in_a_pipe_and_one_a_part_on_a_terminal() -> None:
    pipe = "".join(table_pieces(Watched().stream(), Screen())).splitlines()
    assert pipe[:2] == ["长表", "文           数"]
    assert len(pipe) == ROWS + 5
    assert pipe[3:5] == ["=第 0 行      0", "=第 1 行      1"]
    assert pipe[-1] == f"共 {ROWS} 行。"
    drawn = "".join(table_pieces(Watched().stream(), Screen(80))).splitlines()
    assert sum("文" in line for line in drawn) == ROWS / 1000
    assert drawn[-1] == f"共 {ROWS} 行。"
