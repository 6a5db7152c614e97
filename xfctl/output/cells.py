"""One value of a report as text: for people, or for files that programs read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice

from xfctl.reports.table import Row, Rows, Value

NONE_MARK = "—"
NO_ROWS = "（无）"
# As many rows tell which columns hold numbers and how wide columns are.
ROWS_LAID_OUT = 1000


def people_text(value: Value) -> str:
    """``value`` for reading: 是/否, ISO dates, ``—`` for nothing. Not escaped."""
    return NONE_MARK if value is None else file_text(value)


def file_text(value: Value) -> str:
    """``value`` for a file: 是/否, ISO dates, empty for nothing. Not escaped."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def is_number(value: Value) -> bool:
    """Whether the value is a number (shown at the right), which a bool is not."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def looked_ahead(rows: Rows) -> tuple[list[Row], Iterator[Row]]:
    """The first rows, by which columns are laid out, and all the rows, these among them."""
    reading = iter(rows)
    first = list(islice(reading, ROWS_LAID_OUT))
    return first, chain(first, reading)


def numeric_columns(rows: Sequence[Row], columns: int) -> list[bool]:
    """Which of the columns hold numbers."""
    return [any(is_number(row[index]) for row in rows) for index in range(columns)]
