r"""Tables as an Excel workbook, one sheet each; the only module that loads openpyxl.

Text cells keep the exact text and are marked as text, so that ``=1+1`` is never run and an
18-digit number keeps its digits. What the file format itself cannot hold is spelled out:
control characters as ``\x1b``; every line end becomes a line feed, as Excel writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from xfctl.errors import InputRefusedError
from xfctl.neutral import neutralise, restore
from xfctl.output.cells import file_text, looked_ahead
from xfctl.output.files import write_through
from xfctl.output.visible import code_point, visible
from xfctl.output.width import text_width
from xfctl.reports.table import Column, Row, Stream, Table, Value

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Excel's own limits.
_NAME_LIMIT = 31
_CELL_LIMIT = 32_767
_ROW_LIMIT = 1_048_576
_WIDEST = 60

_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_XML_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_XML_OTHER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def write_xlsx(tables: Sequence[Table | Stream], path: Path) -> None:
    """Write one sheet per table to ``path``, in one step and readable by its owner only.

    Raises:
        InputRefusedError: a text is longer than a cell can hold, a table longer than a sheet, or
            ``path`` cannot be written.

    """
    write_through(path, lambda file: put_xlsx(tables, file))


def put_xlsx(tables: Sequence[Table | Stream], file: BinaryIO) -> None:
    """Write the workbook into an open file; see ``write_xlsx``."""
    from openpyxl import Workbook

    # Rows go to the file as they come; openpyxl keeps none of them.
    book = Workbook(write_only=True)
    for table, name in zip(tables, sheet_names([table.title for table in tables]), strict=True):
        stream = table.without_pictures().stream() if isinstance(table, Table) else table
        # Closed even where a row cannot be read, or its writer complains when it is collected.
        with closing(book.create_sheet(name)) as sheet:
            _fill(sheet, stream)
    book.save(file)


def sheet_names(titles: Sequence[str]) -> list[str]:
    """A legal name for each sheet, unique without regard to case, close to its title."""
    names: list[str] = []
    taken: set[str] = set()
    for title in titles:
        name = _unique(_clean(_NAME_FORBIDDEN.sub("_", title)).strip("' ") or "表", taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _unique(wanted: str, taken: set[str]) -> str:
    name, number = _cut(wanted, _NAME_LIMIT), 1
    while name.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        name = _cut(wanted, _NAME_LIMIT - len(suffix)) + suffix
    return name


def _cut(name: str, limit: int) -> str:
    """At most ``limit`` UTF-16 units, which is what Excel counts."""
    while len(name.encode("utf-16-le")) // 2 > limit:
        name = name[:-1]
    return name.rstrip("' ")


def _fill(sheet: WriteOnlyWorksheet, table: Stream) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    first, rows = looked_ahead(table.rows)
    letters = [get_column_letter(index + 1) for index in range(len(table.columns))]
    sheet.freeze_panes = "A2"
    _set_widths(sheet, table.columns, letters, first)
    headings = [_text_cell(sheet, column.heading) for column in table.columns]
    for heading in headings:
        heading.font = Font(bold=True)
    sheet.append(headings)
    last = 1
    for last, row in enumerate(rows, start=2):
        if last > _ROW_LIMIT:
            raise InputRefusedError(f"行数超过 Excel 上限 {_ROW_LIMIT} 行；请改用 CSV 导出。")
        places = (f"{letter}{last}" for letter in letters)
        sheet.append([_cell(sheet, value, at) for value, at in zip(row, places, strict=True)])
    sheet.auto_filter.ref = f"A1:{letters[-1]}{last}"


def _cell(sheet: WriteOnlyWorksheet, value: Value, place: str) -> Cell | Value:
    """A cell, or the bare value where there is nothing to say of it."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str | bool):
        return _text_cell(sheet, _checked(place, _kept(_clean(file_text(value)))))
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "yyyy-mm-dd"
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    _put_text(cell, text)
    return cell


def _put_text(cell: Cell, text: str) -> None:
    from openpyxl.styles import Alignment

    cell.value = text
    # openpyxl takes "=…" for a formula and "#N/A" for an error; "@" keeps a cell text when edited.
    cell.data_type = "s"
    cell.number_format = "@"
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _kept(text: str) -> str:
    """The text itself, unless reading it back would take its apostrophe for one of ours."""
    return text if restore(text) == text else neutralise(text)


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    spelled = _NOT_XML_CONTROL.sub(lambda found: visible(found[0]), lines)
    return _NOT_XML_OTHER.sub(lambda found: code_point(found[0]), spelled)


def _checked(coordinate: str, text: str) -> str:
    if len(text.encode("utf-16-le")) // 2 > _CELL_LIMIT:
        raise InputRefusedError(
            f"单元格 {coordinate} 的文字超过 Excel 上限 {_CELL_LIMIT} 字；请改用 CSV 导出。"
        )
    return text


def _set_widths(
    sheet: WriteOnlyWorksheet, columns: Sequence[Column], letters: Sequence[str], rows: list[Row]
) -> None:
    for index, (column, letter) in enumerate(zip(columns, letters, strict=True)):
        texts = [column.heading, *(file_text(row[index]) for row in rows)]
        widest = max(text_width(line) for text in texts for line in text.split("\n"))
        # Two cells of air, as Excel's own fitting leaves.
        sheet.column_dimensions[letter].width = min(widest, _WIDEST) + 2
