r"""Tables as an Excel workbook, one sheet each; the only module that loads openpyxl.

Text cells keep the exact text and are marked as text, so that ``=1+1`` is never run and an
18-digit number keeps its digits. What the file format itself cannot hold is spelled out:
control characters as ``\x1b``; every line end becomes a line feed, as Excel writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from xfctl.errors import InputRefusedError
from xfctl.neutral import neutralise, restore
from xfctl.output.cells import file_text
from xfctl.output.files import write_file
from xfctl.output.visible import code_point, visible
from xfctl.output.width import text_width
from xfctl.reports.table import Table, Value

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# Excel's own limits.
_NAME_LIMIT = 31
_CELL_LIMIT = 32_767
_WIDEST = 60

_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_XML_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_XML_OTHER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def write_xlsx(tables: Sequence[Table], path: Path) -> None:
    """Write one sheet per table to ``path``, in one step and readable by its owner only.

    Raises:
        InputRefusedError: a text is longer than a cell can hold, or ``path`` cannot be written.

    """
    write_file(path, xlsx_bytes(tables))


def xlsx_bytes(tables: Sequence[Table]) -> bytes:
    """The workbook's bytes; see ``write_xlsx``."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table, name in zip(tables, sheet_names([table.title for table in tables]), strict=True):
        _fill(book.create_sheet(name), table.without_pictures())
    out = BytesIO()
    book.save(out)
    return out.getvalue()


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


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Font

    for index, column in enumerate(table.columns, start=1):
        _put(sheet.cell(1, index), column.heading)
        sheet.cell(1, index).font = Font(bold=True)
    for number, row in enumerate(table.rows, start=2):
        for index, value in enumerate(row, start=1):
            _put(sheet.cell(number, index), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _set_widths(sheet, table)


def _put(cell: Cell, value: Value) -> None:
    if value is None:
        return
    if isinstance(value, str | bool):
        _put_text(cell, _checked(cell.coordinate, _kept(_clean(file_text(value)))))
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


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


def _set_widths(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for index, column in enumerate(table.columns):
        texts = [column.heading, *(file_text(row[index]) for row in table.rows)]
        widest = max(text_width(line) for text in texts for line in text.split("\n"))
        # Two cells of air, as Excel's own fitting leaves.
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(widest, _WIDEST) + 2
