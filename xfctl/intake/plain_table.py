"""Tables of one line an entry (units, posts): every row tried, all faults told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from xfctl.errors import Fault, FaultyFileError, XfctlError
from xfctl.intake import cells
from xfctl.intake.columns import Header, find_header
from xfctl.intake.fields import Field
from xfctl.intake.sheet import Record
from xfctl.intake.sheet_file import read_sheet

T = TypeVar("T")


class CellFaultError(Exception):
    """One cell cannot be taken; ``key`` is its field."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        super().__init__(reason)


@dataclass(frozen=True)
class TableRow:
    """One row: its number as a spreadsheet shows it, and its cells by field, "" where empty."""

    row: int
    texts: Mapping[str, str]

    def need(self, key: str) -> str:
        """A cell that must not be empty."""
        if not self.texts[key]:
            raise CellFaultError(key, "没有填写")
        return self.texts[key]

    def needed(self, key: str, read: Callable[[str], T]) -> T:
        """What a cell means that must not be empty."""
        try:
            return read(self.need(key))
        except cells.CellRefusedError as error:
            raise CellFaultError(key, str(error)) from error

    def get(self, key: str, read: Callable[[str], T]) -> T | None:
        """What a cell means, None where it is empty or has no column."""
        text = self.texts.get(key, "")
        try:
            return read(text) if text else None
        except cells.CellRefusedError as error:
            raise CellFaultError(key, str(error)) from error


def take_rows(
    path: Path,
    mapping: Mapping[str, str],
    fields: Sequence[Field],
    required: Sequence[str],
    *takes: Callable[[TableRow], None],
) -> int:
    """Hand every row of a CSV or xlsx file to each of ``takes`` in turn; returns how many rows.

    The next begins when the one before has had them all, without a fault. ``mapping`` (field ->
    column name) as for ``find_header``. Raises FaultyFileError with every fault: a cell's under
    its column, any other refusal under the first required one.
    """
    sheet = read_sheet(path)
    header = find_header(sheet.records, mapping, fields, required)
    records = header.below(sheet.records)
    for take in takes:
        tried = (_try(record, header, required[0], take) for record in records)
        if faults := [fault for fault in tried if fault is not None]:
            raise FaultyFileError(sheet.name, faults)
    return len(records)


def _try(
    record: Record, header: Header, first: str, take: Callable[[TableRow], None]
) -> Fault | None:
    """Hand over one row; what it is refused for, if it is."""
    try:
        take(_row(record, header))
    except CellFaultError as fault:
        return Fault(record.row, header.name_of(fault.key), str(fault))
    except XfctlError as error:
        return Fault(record.row, header.name_of(first), str(error).removesuffix("。"))
    return None


def _row(record: Record, header: Header) -> TableRow:
    return TableRow(record.row, {key: _text(record, header, key) for key in header.columns})


def _text(record: Record, header: Header, key: str) -> str:
    try:
        return cells.one_line(cells.checked(record.cell(header.columns[key])))
    except cells.CellRefusedError as error:
        raise CellFaultError(key, str(error)) from error
