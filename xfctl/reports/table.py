"""The one shape every report has before it is printed: columns, rows, a footer.

A ``Table`` holds plain values and knows nothing of terminals or files; ``xfctl.output`` turns it
into a rich table, plain text, CSV, JSON, Markdown, HTML or a spreadsheet. A ``Stream`` is a table
whose rows are read while they are written, so that a list of any length takes no more memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

Value: TypeAlias = str | int | bool | Decimal | date | None
Row: TypeAlias = tuple[Value, ...]


class Column(Struct, frozen=True):
    """One column: ``key`` names it in JSON, ``heading`` in Chinese everywhere else.

    ``whole`` columns (numbers of cases, dates) are never wrapped or cut. A ``picture`` draws the
    numbers beside it in block characters, for the eye alone: files never hold it.
    """

    key: str
    heading: str
    whole: bool = False
    picture: bool = False


class Table(Struct, frozen=True):
    """Rows of values under columns; ``footer`` lines are for people, not for files.

    ``key`` names it where several tables go into one file.
    """

    title: str
    columns: tuple[Column, ...]
    rows: list[Row]
    footer: tuple[str, ...] = ()
    key: str = ""

    def without_pictures(self) -> Table:
        """The same table with nothing that only the eye reads."""
        kept = [index for index, column in enumerate(self.columns) if not column.picture]
        if len(kept) == len(self.columns):
            return self
        return replace(
            self,
            columns=tuple(self.columns[index] for index in kept),
            rows=[tuple(row[index] for index in kept) for row in self.rows],
        )

    def stream(self) -> Stream:
        """The same table as what can be read while it is written."""
        return Stream(self.title, self.columns, Rows(self.rows), lambda: self.footer)


class Rows:
    """Rows that are handed on as they are read, once; ``count`` is how many have been."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


class Stream(Struct, frozen=True):
    """A table of any length; ``footer`` is asked for after the last row has been read."""

    title: str
    columns: tuple[Column, ...]
    rows: Rows
    footer: Callable[[], tuple[str, ...]]

    def parts(self, size: int) -> Iterator[Table]:
        """Tables of so many rows, the title over the first and the footer under the last."""
        rows, title = iter(self.rows), self.title
        ahead = list(islice(rows, 1))
        while True:
            part = [*ahead, *islice(rows, size - len(ahead))]
            ahead = list(islice(rows, 1))
            yield Table(title, self.columns, part, () if ahead else self.footer())
            if not ahead:
                return
            title = ""
