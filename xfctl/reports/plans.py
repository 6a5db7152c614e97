"""Contingency plans in force: the overall one and every unit's (细则 8(3), 9(1))."""

from __future__ import annotations

from datetime import date

from xfctl.domain.plan import OVERALL, OVERALL_NAME
from xfctl.domain.unit import Unit
from xfctl.ledger.risk_lists import PlanLine
from xfctl.reports.table import Column, Table, Value

_COLUMNS = (
    Column("code", "单位编号", whole=True),
    Column("unit", "单位"),
    Column("applies", "适用"),
    Column("version", "版本"),
    Column("dated_on", "日期", whole=True),
    Column("file", "文件"),
    Column("sha256", "SHA-256"),
)
_SHOWN = 12  # characters of a hash


def plans_table(units: list[Unit], plans: list[PlanLine], on: date) -> Table:
    """The latest version of each plan; a unit without one has empty cells."""
    by_unit = {each.unit: each for each in plans}
    acting = [each for each in units if not each.ceased(on)]
    rows: list[tuple[Value, ...]] = [
        (None, OVERALL_NAME, None, *_version(by_unit.get(OVERALL))),
        *(
            (each.present_code, each.name, each.applies.label, *_version(by_unit.get(each.code)))
            for each in acting
        ),
    ]
    without = sum(each.code not in by_unit for each in acting)
    footer = f"截至 {on}：{len(acting)} 个单位，没有预案的 {without} 个（细则 9(1)）。"
    return Table("预案", _COLUMNS, rows, (footer,), key="plans")


def _version(plan: PlanLine | None) -> tuple[Value, ...]:
    if plan is None:
        return ("无", None, None, None)
    return (plan.version, plan.dated_on, plan.name, plan.sha256[:_SHOWN])
