"""The one shape every report has before it is printed: columns, rows, a footer.

A ``Table`` holds plain values and knows nothing of terminals or files; ``xfctl.output`` turns it
into a rich table, plain text, CSV, JSON, Markdown, HTML or a spreadsheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Value: TypeAlias = str | int | bool | date | None


@dataclass(frozen=True)
class Column:
    """One column: ``key`` names it in JSON, ``heading`` in Chinese everywhere else.

    ``whole`` columns (numbers of cases, dates) are never wrapped or cut.
    """

    key: str
    heading: str
    whole: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of values under columns; ``footer`` lines are for people, not for files."""

    title: str
    columns: tuple[Column, ...]
    rows: list[tuple[Value, ...]]
    footer: tuple[str, ...] = field(default=())
