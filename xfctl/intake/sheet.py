"""One table out of a file that somebody else made: the rows it holds, as texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from xfctl.intake.given_file import refusal

MAX_ROWS = 100_000  # rows with content
MAX_COLUMNS = 256


@dataclass(frozen=True)
class Record:
    """One row with content. ``row`` counts from 1: the spreadsheet row, or the CSV record.

    ``cells`` are texts as written, '' where empty; rows differ in length.
    """

    row: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        """The cell in a column, counted from 0; '' beyond the row's end."""
        return self.cells[at] if at < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A table as read, its blank rows left out; ``encoding`` is worded for the user."""

    name: str
    kind: Literal["csv", "xlsx"]
    encoding: str
    records: list[Record]


def collect(name: str, numbered: Iterable[tuple[int, Sequence[str]]]) -> list[Record]:
    """The rows with content, in order; a table beyond the limits of size is refused."""
    records: list[Record] = []
    for row, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if len(records) == MAX_ROWS or any(cell.strip() for cell in cells[MAX_COLUMNS:]):
            raise refusal(name, f"超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，请拆开再导入")
        records.append(Record(row, tuple(cells[:MAX_COLUMNS])))
    return records
