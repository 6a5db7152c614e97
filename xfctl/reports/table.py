"""The one shape every report has before it is printed: columns, rows, a footer.

A ``Table`` holds plain values and knows nothing of terminals or files; ``xfctl.output`` turns it
into a rich table, plain text, CSV, JSON, Markdown, HTML or a spreadsheet.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

Value: TypeAlias = str | int | bool | Decimal | date | None


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
    rows: list[tuple[Value, ...]]
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
