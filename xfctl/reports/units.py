"""The list of units."""

from __future__ import annotations

from xfctl.domain.unit import UnitAdded
from xfctl.reports.table import Column, Table, Value

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
