"""Inspections: the list, and one of them whole (细则 10)."""

from __future__ import annotations

from xfctl.domain.classification import InspectionSubject
from xfctl.domain.inspection import Inspection
from xfctl.ledger.supervision_lists import InspectionLine
from xfctl.reports.table import Column, Table, Value

_LIST_COLUMNS = (
    Column("number", "督查编号", whole=True),
    Column("opened_on", "开始", whole=True),
    Column("subject", "重点"),
    Column("title", "事由"),
    Column("lead", "牵头人"),
    Column("departments", "会同部门"),
    Column("findings", "发现"),
    Column("open_findings", "待落实"),
    Column("closed_on", "办结", whole=True),
)


def list_table(lines: list[InspectionLine]) -> Table:
    """All inspections by number."""
    rows: list[tuple[Value, ...]] = [
        (
            each.number,
            each.opened_on,
            InspectionSubject(each.subject).label,
            each.title,
            each.lead,
            "、".join(each.departments) or None,
            each.findings,
            each.open_findings,
            each.closed_on,
        )
        for each in lines
    ]
    return Table("督查", _LIST_COLUMNS, rows, (f"共 {len(rows)} 次。",))


_COVER_COLUMNS = (Column("field", "项目"), Column("value", "内容"))
_FINDING_COLUMNS = (
    Column("finding", "序号"),
    Column("found_on", "日期", whole=True),
    Column("unit", "单位"),
    Column("content", "发现"),
    Column("due_on", "落实期限", whole=True),
    Column("followed_up_on", "落实日期", whole=True),
    Column("follow_up", "落实情况"),
)


def cover_tables(state: Inspection) -> list[Table]:
    """One inspection whole: particulars and findings."""
    entry = state.entry
    pairs: list[tuple[str, str | None]] = [
        ("编号", entry.number),
        ("状态", f"{state.closed_on} 办结" if state.closed_on else "进行中"),
        ("重点", entry.subject.label),
        ("事由", entry.title),
        ("开始", f"{state.opened_on}"),
        ("牵头人", entry.lead),
        ("会同部门", "、".join(entry.departments) or None),
        ("结果", state.closing.result if state.closing else None),
        ("通报范围", state.closing.scope if state.closing else None),
    ]
    rows: list[tuple[Value, ...]] = [pair for pair in pairs if pair[1] is not None]
    findings: list[tuple[Value, ...]] = [
        (
            each.fact.finding,
            each.found_on,
            each.fact.unit_name,
            each.fact.content,
            each.fact.opens.duty.due_on if each.fact.opens else None,
            each.followed_up_on,
            each.follow_up,
        )
        for each in state.findings
    ]
    return [
        Table(f"督查 {entry.number}", _COVER_COLUMNS, rows, key="inspection"),
        Table("督查发现", _FINDING_COLUMNS, findings, key="findings"),
    ]
