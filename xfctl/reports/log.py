"""The events of the ledger, readable."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from xfctl.domain.case import (
    CaseAssigned,
    CaseClosed,
    CaseReceived,
    CaseRegistered,
    DueDateChanged,
    FeedbackGiven,
    IdentityRevealed,
    stream_of,
)
from xfctl.domain.event import Event
from xfctl.domain.obligation import Duty
from xfctl.domain.office import LedgerCreated
from xfctl.domain.office_calendar import ClosureRecorded, ClosureWithdrawn, NoticeImported, describe
from xfctl.domain.unit import UnitAdded
from xfctl.ledger import events
from xfctl.ledger.load import unknown_case
from xfctl.reports.table import Column, Table, Value

_SHANGHAI = timezone(timedelta(hours=8))

_COLUMNS = (
    Column("seq", "序号", whole=True),
    Column("occurred_on", "发生日期", whole=True),
    Column("subject", "对象", whole=True),
    Column("what", "内容"),
    Column("actor", "录入人"),
    Column("recorded_at", "录入时间（北京）"),
)


def log_table(connection: sqlite3.Connection, number: str | None, last: int | None) -> Table:
    """The events of one matter, or all, oldest first; ``last`` keeps the newest ones only.

    Raises InputRefusedError if there is no matter of that number.
    """
    where = "WHERE stream = ?" if number is not None else ""
    values = (stream_of(number),) if number is not None else ()
    limit = f"LIMIT {last}" if last else ""
    newest = events.stored(connection, f"{where} ORDER BY seq DESC {limit}", values)
    rows = [_row(events.event_of(row)) for row in newest][::-1]
    if number is not None and not rows:
        raise unknown_case(number)
    head = events.head(connection)
    return Table("账本事件", _COLUMNS, rows, (f"共 {len(rows)} 条；账本头 {head}。",))


def _row(event: Event) -> tuple[Value, ...]:
    recorded = datetime.fromisoformat(event.recorded_at).astimezone(_SHANGHAI)
    return (
        event.seq,
        event.occurred_on,
        event.stream.partition("/")[2] or _STREAMS.get(event.stream, event.stream),
        _SENTENCES[type(event.fact)](event.fact),
        event.actor,
        f"{recorded:%Y-%m-%d %H:%M:%S}",
    )


_STREAMS = {"ledger": "账本", "calendar": "日历"}


def _registered(fact: CaseRegistered) -> str:
    return f"登记：{fact.summary}（首问责任人 {fact.first_responder}）"


def _assigned(fact: CaseAssigned) -> str:
    due = _due(fact.duty)
    return f"第 {fact.assignment} 次交办，给{fact.unit_name}，期限 {due}（{fact.duty.article}）"


def _received(fact: CaseReceived) -> str:
    return f"第 {fact.assignment} 次交办的单位收件，期限 {_due(fact.duty)}"


def _feedback(fact: FeedbackGiven) -> str:
    content = f"：{fact.content}" if fact.content else ""
    return f"第 {fact.assignment} 次交办的{fact.form.label}反馈{content}"


def _closed(fact: CaseClosed) -> str:
    words = [word for word in (fact.result, fact.reason) if word]
    return "：".join(["办结", "；".join(words)]) if words else "办结"


def _due_changed(fact: DueDateChanged) -> str:
    return f"期限改为 {_due(fact.duty)}：{fact.reason}"


def _due(duty: Duty) -> str:
    return f"{duty.due_on} 暂定" if duty.provisional else f"{duty.due_on}"


# One sentence for every kind of event; a test holds the table complete.
_SENTENCES: dict[type, Callable[[Any], str]] = {
    LedgerCreated: lambda fact: f"建立账本（{fact.program}）",
    UnitAdded: lambda fact: f"添加单位 {fact.name}",
    CaseRegistered: _registered,
    CaseAssigned: _assigned,
    CaseReceived: _received,
    FeedbackGiven: _feedback,
    CaseClosed: _closed,
    DueDateChanged: _due_changed,
    IdentityRevealed: lambda fact: f"查看信访人身份：{fact.reason}",
    NoticeImported: describe,
    ClosureRecorded: describe,
    ClosureWithdrawn: describe,
}
