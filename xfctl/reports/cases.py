"""Matters: the list, and one matter as a file cover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xfctl.domain.case import Case
from xfctl.domain.classification import Channel, Purpose
from xfctl.domain.identity import Identity
from xfctl.domain.lifecycle import Stage, next_steps, stage_of
from xfctl.domain.obligation import Obligation, late_by
from xfctl.ledger.queries import CaseLine
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar

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
    Column("note", "备注"),
)


def list_table(lines: Iterable[CaseLine]) -> Table:
    """The matters for the terminal."""
    rows = [_list_row(line) for line in lines]
    return Table("信访事项", _LIST_COLUMNS, rows, (f"共 {len(rows)} 件。",))


def export_table(lines: Iterable[CaseLine]) -> Table:
    """The matters with every column docs/reference.md promises; without identities."""
    rows = [
        (
            *_list_row(line),
            Purpose(line.purpose).label if line.purpose else None,
            line.category,
            line.note,
        )
        for line in lines
    ]
    return Table("信访事项", _LIST_COLUMNS + _EXPORT_ONLY, rows, (f"共 {len(rows)} 件。",))


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


_COVER_COLUMNS = (Column("field", "项目"), Column("value", "内容"))
_DUTY_COLUMNS = (
    Column("unit", "责任单位"),
    Column("article", "依据"),
    Column("started_on", "起算", whole=True),
    Column("due_on", "期限", whole=True),
    Column("discharged_on", "履行日期", whole=True),
    Column("standing", "情况"),
)
_TIMELINE_COLUMNS = (
    Column("on", "日期", whole=True),
    Column("what", "经过"),
)


def cover_tables(case: Case, identity: Identity, on: date, calendar: Calendar) -> list[Table]:
    """One matter as a file cover: particulars, obligations, what happened."""
    return [
        _particulars(case, identity),
        duties_table(case, on, calendar),
        Table("经过", _TIMELINE_COLUMNS, timeline(case)),
    ]


def _particulars(case: Case, identity: Identity) -> Table:
    entry = case.entry
    flags = [
        name
        for name, holds in [
            ("集体", entry.persons >= 5),
            ("越级", entry.leapfrog),
            ("联名", entry.joint),
            ("匿名", entry.anonymous),
        ]
        if holds
    ]
    pairs: list[tuple[str, str | None]] = [
        ("编号", case.number),
        ("状态", stage_of(case).label),
        ("登记日期", f"{case.registered_on}"),
        ("事项", entry.summary),
        ("诉求", entry.demand),
        ("信访形式", entry.channel and entry.channel.label),
        ("信访目的", entry.purpose and entry.purpose.label),
        ("问题类别", entry.category),
        ("人数", f"{entry.persons}"),
        ("标记", "、".join(flags) or None),
        ("信访人", identity.name),
        ("联系电话", identity.phone),
        ("身份证号", identity.id_number),
        ("住址", identity.address),
        ("首问责任人", entry.first_responder),
        ("备注", entry.note),
        ("下一步可以", "、".join(step.label for step in next_steps(case)) or None),
    ]
    rows: list[tuple[Value, ...]] = [pair for pair in pairs if pair[1] is not None]
    return Table(f"信访事项 {case.number}", _COVER_COLUMNS, rows)


def duties_table(case: Case, on: date, calendar: Calendar) -> Table:
    """What is or was owed on the matter, and how it stands at the end of a day."""
    rows: list[tuple[Value, ...]] = [
        (
            case.debtor_name(each),
            each.duty.article,
            each.duty.started_on,
            f"{each.duty.due_on} 暂定" if each.duty.provisional else each.duty.due_on,
            each.discharged_on,
            standing_text(each, on, calendar),
        )
        for each in case.obligations
    ]
    return Table("期限义务", _DUTY_COLUMNS, rows)


def standing_text(each: Obligation, on: date, calendar: Calendar) -> str:
    """One phrase: discharged in time or late, open or overdue, and by how much."""
    until = min(each.discharged_on or on, on)
    if not each.is_late(on):
        return "按期" if not each.is_open(on) else "未到期"
    days = late_by(each.duty.due_on, until, each.duty.unit, calendar)
    measure = f"{days} {each.duty.unit.label}"
    return f"逾期 {measure}" if each.is_open(on) else f"已履行，逾期 {measure}"


def timeline(case: Case) -> list[tuple[Value, ...]]:
    """What happened, by date."""
    happened: list[tuple[date, str]] = [(case.registered_on, "登记")]
    for each in case.assignments:
        happened.append((each.assigned_on, f"交办给{each.unit_name}"))
        if each.received_on:
            happened.append((each.received_on, f"{each.unit_name}收件"))
    for feedback in case.feedbacks:
        unit = case.assignment(feedback.assignment).unit_name
        content = f"：{feedback.content}" if feedback.content else ""
        happened.append((feedback.given_on, f"{unit}{feedback.form.label}反馈{content}"))
    if case.closed_on and case.closing:
        words = [word for word in (case.closing.result, case.closing.reason) if word]
        happened.append(
            (case.closed_on, "：".join(["办结", "；".join(words)]) if words else "办结")
        )
    return [(on, what) for on, what in sorted(happened, key=lambda item: item[0])]
