"""Matters as lists."""

from __future__ import annotations

from collections.abc import Iterable

from xfctl.domain.classification import Channel
from xfctl.domain.lifecycle import Stage
from xfctl.ledger.case_lists import CaseLine
from xfctl.reports.table import Column, Rows, Stream, Value

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


def list_table(lines: Iterable[CaseLine]) -> Stream:
    """The matters as lists show them."""
    rows = Rows(map(_list_row, lines))
    return Stream("信访事项", _LIST_COLUMNS, rows, lambda: (f"共 {rows.count} 件。",))


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
