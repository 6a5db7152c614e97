"""Matters as lists: for the terminal, and with every column for export."""

from __future__ import annotations

from collections.abc import Iterable

from xfctl.domain.classification import Channel, Outcome, Purpose
from xfctl.domain.lifecycle import Stage
from xfctl.ledger.case_lists import CaseLine
from xfctl.reports.table import Column, Table, Value

_LIST_COLUMNS = (
    Column("number", "编号", whole=True),
    Column("registered_on", "登记日期", whole=True),
    Column("channel", "信访形式"),
    Column("persons", "人数"),
    Column("summary", "事项"),
    Column("units", "责任单位"),
    Column("stage", "状态"),
    Column("first_responder", "首问责任人"),
    Column("closed_on", "办结日期", whole=True),
)
_EXPORT_ONLY = (
    Column("purpose", "信访目的"),
    Column("category", "问题类别"),
    Column("demand", "诉求"),
    Column("leapfrog", "越级"),
    Column("joint", "联名"),
    Column("anonymous", "匿名"),
    Column("major", "重大紧急"),
    Column("superior", "上级单位"),
    Column("repeats", "重复信访"),
    Column("accepted_on", "受理日期", whole=True),
    Column("outcome", "处理结论"),
    Column("replied_on", "答复信访人日期", whole=True),
    Column("result", "办理结果"),
    Column("note", "备注"),
)


def list_table(lines: Iterable[CaseLine]) -> Table:
    """The matters for the terminal."""
    rows = [_list_row(line) for line in lines]
    return Table("信访事项", _LIST_COLUMNS, rows, (f"共 {len(rows)} 件。",))


def export_table(lines: Iterable[CaseLine]) -> Table:
    """The matters with every column docs/reference.md promises; without identities."""
    rows = [_list_row(line) + _export_row(line) for line in lines]
    return Table("信访事项", _LIST_COLUMNS + _EXPORT_ONLY, rows, (f"共 {len(rows)} 件。",))


def _export_row(line: CaseLine) -> tuple[Value, ...]:
    return (
        Purpose(line.purpose).label if line.purpose else None,
        line.category,
        line.demand,
        line.leapfrog,
        line.joint,
        line.anonymous,
        line.major,
        line.superior,
        line.repeats,
        line.accepted_on,
        Outcome(line.outcome).label if line.outcome else None,
        line.replied_on,
        line.result,
        line.note,
    )


def _list_row(line: CaseLine) -> tuple[Value, ...]:
    return (
        line.number,
        line.registered_on,
        Channel(line.channel).label if line.channel else None,
        line.persons,
        line.summary,
        "、".join(line.units) or None,
        Stage(line.stage).label,
        line.first_responder,
        line.closed_on,
    )
