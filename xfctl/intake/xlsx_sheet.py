"""xlsx read as texts: the first visible sheet with content, as an officer sees it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from xfctl.errors import InputRefusedError
from xfctl.intake.given_file import refusal
from xfctl.intake.sheet import Record, Sheet, collect
from xfctl.neutral import restore

MAX_UNPACKED = 256 * 1024 * 1024  # bytes, over all parts of the package
_MAX_PARTS = 10_000
_MAX_MERGED = 2_000_000  # cells
_LAST_ROW = 1_048_576  # of any spreadsheet

_EXACT_DIGITS = 10**15  # a spreadsheet keeps 15 digits of a number; what follows is lost
# Built-in formats that are dates or times in Chinese Excel; openpyxl takes them for plain numbers.
_CHINESE_DATE_FORMATS = frozenset((*range(27, 37), *range(50, 59)))

_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)

# Other packages that are zip files, told by a part that each of them has.
_FOREIGN = (
    ("word/document.xml", "是 Word 文档，请把其中的表格另存为 xlsx 再导入"),
    ("ppt/presentation.xml", "是演示文稿，不是表格，请改选 xlsx 或 CSV 文件"),
    ("xl/workbook.bin", "是 xlsb 格式，请另存为 xlsx 再导入"),
    ("content.xml", "是 ODF 格式，请另存为 xlsx 再导入"),
)


def read_xlsx(name: str, data: bytes) -> Sheet:
    """The records of an xlsx file.

    A cell merged over several rows of one column counts for each of these rows that has content
    of its own; merged titles are left alone. Numbers of more than 15 digits come in scientific
    notation, since the digits after those are already lost.
    """
    _check_package(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which are not read
            records = _first_with_content(name, data)
    except InputRefusedError:
        raise
    except Exception as error:  # openpyxl answers damage with whatever breaks first
        raise refusal(name, "已损坏，请用表格软件打开、另存后再导入") from error
    if not records:
        raise refusal(name, "里没有内容，请检查是否选对了文件，或表格是否被隐藏")
    return Sheet(name, "xlsx", "xlsx", records)


def _check_package(name: str, data: bytes) -> None:
    """Refuse what is no xlsx and what would unpack to an unreasonable size."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception as error:  # a damaged directory breaks zipfile in many ways
        raise refusal(name, "不完整或已损坏，请重新取得文件") from error
    if len(parts) > _MAX_PARTS:
        raise refusal(
            name,
            f"里有 {len(parts)} 个部件，超过 {_MAX_PARTS} 个，不像是台账，请检查是否选对了文件",
        )
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise refusal(
            name, f"解开后超过 {MAX_UNPACKED // 1024 // 1024} MB，不像是台账，请检查是否选对了文件"
        )
    names = {part.filename for part in parts}
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return
    known = (reason for part, reason in _FOREIGN if part in names)
    raise refusal(name, next(known, "是压缩包，请解压后导入里面的表格"))


def _first_with_content(name: str, data: bytes) -> list[Record]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    styles = enumerate(book._cell_styles)
    book._date_formats |= {at for at, style in styles if style.numFmtId in _CHINESE_DATE_FORMATS}
    visible = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    for sheet in visible:
        records = collect(name, _numbered(sheet))
        if records:
            return _fill_merged(name, records, _merges(data, sheet, records[-1].row))
    return []


def _numbered(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # the size a file states is often wrong, and cuts columns off
    rows = sheet.iter_rows(values_only=True)
    for row, values in enumerate(islice(rows, _LAST_ROW), start=1):
        yield row, [_text(value) for value in values]


def _text(value: object) -> str:
    """A cell's value as the text one would type for it."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return "" if value is None else str(value)


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT_DIGITS:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else f"{value:.15g}"


def _moment_text(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="seconds")


# The first type that fits decides: a bool is an int too, a datetime a date too.
_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, lambda value: restore(value.replace("_x000D_", "\r"))),  # how the format writes CR
    (bool, lambda value: "TRUE" if value else "FALSE"),
    (int, _number_text),
    (float, _number_text),
    (datetime, _moment_text),
    (date, date.isoformat),
    (time, time.isoformat),
)


def _merges(data: bytes, sheet: Any, last: int) -> list[tuple[int, range]]:
    """(column from 0, the rows below the top one, down to ``last``) of cells merged downwards."""
    from openpyxl.utils import column_index_from_string

    # The read-only mode does not tell merged ranges; within XML text no tag can be written.
    part = zipfile.ZipFile(io.BytesIO(data)).read(sheet._worksheet_path.lstrip("/"))
    return [
        (
            column_index_from_string(left.decode()) - 1,
            range(int(top) + 1, min(int(bottom), last) + 1),
        )
        for left, top, right, bottom in _MERGE.findall(part)
        if left == right
    ]


def _fill_merged(name: str, records: list[Record], merges: list[tuple[int, range]]) -> list[Record]:
    if sum(len(rows) for _, rows in merges) > _MAX_MERGED:
        raise refusal(name, "里合并的单元格太多，请取消合并后再导入")
    by_row = {record.row: list(record.cells) for record in records}
    for column, rows in merges:
        top = by_row.get(rows.start - 1, [])
        value = top[column] if column < len(top) else ""
        for row in rows:
            if value and row in by_row:
                _put(by_row[row], column, value)
    return [Record(row, tuple(cells)) for row, cells in by_row.items()]


def _put(cells: list[str], column: int, value: str) -> None:
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = value
