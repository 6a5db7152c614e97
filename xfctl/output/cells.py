"""One value of a report as text: for people, or for files that programs read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xfctl.reports.table import Table, Value

NONE_MARK = "—"
NO_ROWS = "（无）"


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


def numeric_columns(table: Table) -> list[bool]:
    """Which columns hold numbers."""
    return [any(is_number(row[index]) for row in table.rows) for index in range(len(table.columns))]
