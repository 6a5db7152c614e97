"""The list of units, and one unit with what it owes."""

from __future__ import annotations

import sqlite3
from datetime import date

from xfctl.domain.unit import UnitAdded
from xfctl.ledger.supervision_lists import supervisions
from xfctl.reports import grounds, obligations, supervision
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar

_COLUMNS = (
    Column("code", "单位编号", whole=True),
    Column("name", "单位名称"),
    Column("kind", "类别"),
    Column("applies", "适用"),
    Column("former_names", "曾用名"),
    Column("headcount", "教职工人数"),
)


def units_table(units: list[UnitAdded]) -> Table:
    """All units by code, in the columns `unit import` reads."""
    rows: list[tuple[Value, ...]] = [
        (
            unit.code,
            unit.name,
            unit.kind,
            unit.applies.label,
            "、".join(unit.former_names) or None,
            unit.headcount,
        )
        for unit in units
    ]
    return Table("责任单位", _COLUMNS, rows, (f"共 {len(rows)} 个单位。",))


_FIELD_COLUMNS = (Column("field", "项目"), Column("value", "内容"))


def unit_tables(
    connection: sqlite3.Connection, unit: UnitAdded, on: date, calendar: Calendar
) -> list[Table]:
    """One unit: particulars, what it owes, its open supervisions, grounds not supervised."""
    particulars: list[tuple[Value, ...]] = [
        (name, value)
        for name, value in (
            ("编号", unit.code),
            ("名称", unit.name),
            ("类别", unit.kind),
            ("适用", unit.applies.label),
            ("曾用名", "、".join(unit.former_names) or None),
            ("教职工人数", f"{unit.headcount}" if unit.headcount else None),
        )
        if value is not None
    ]
    overdue = obligations.of_unit(obligations.overdue(connection, on, calendar), unit.code)
    open_ones = supervisions(connection, unit=unit.code, open_on=on)
    return [
        Table(f"{unit.code} {unit.name}", _FIELD_COLUMNS, particulars, key="unit"),
        obligations.overdue_table(overdue, on),
        supervision.list_table(open_ones, on, calendar),
        grounds.due_table(grounds.due(connection, on, unit.code), [], on),
    ]
