"""The events of the ledger, readable."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from itertools import islice

from xfctl.domain.event import Event
from xfctl.ledger import events
from xfctl.reports.sentences import sentence
from xfctl.reports.table import Column, Rows, Stream, Value
from xfctl.time_zone import SHANGHAI

_COLUMNS = (
    Column("seq", "序号", whole=True),
    Column("occurred_on", "发生日期", whole=True),
    Column("subject", "对象", whole=True),
    Column("what", "内容"),
    Column("actor", "录入人"),
    Column("recorded_at", "录入时间（北京）"),
)


def log_table(
    connection: sqlite3.Connection,
    number: str | None,
    last: int | None,
    late_by: int | None = None,
) -> Stream:
    """The events of one matter, accountability, unit …, or all, oldest first; ``last`` keeps the newest ones only.

    ``late_by`` keeps what was entered that many days, or more, after it happened (补录).

    Raises InputRefusedError if nothing bears that number.
    """
    streams = tuple(events.streams_of(connection, number)) if number is not None else ()
    where = f"WHERE stream IN ({', '.join('?' * len(streams))})" if streams else ""
    # Only what was entered late counts towards the last few.
    limit = f"LIMIT {last}" if last and late_by is None else ""
    order = f"ORDER BY seq {'DESC' if last else 'ASC'} {limit}"
    stored = events.stored(connection, f"{where} {order}", streams)
    kept = (each for each in map(events.event_of, stored) if _is_late(each, late_by))
    wanted = list(islice(kept, last))[::-1] if last else kept
    rows = Rows(map(_row, wanted))

    def footer() -> tuple[str, ...]:
        return (f"共 {rows.count} 条；账本头 {events.head(connection)}。",)

    return Stream("账本事件", _COLUMNS, rows, footer)


def _is_late(event: Event, late_by: int | None) -> bool:
    return late_by is None or _entered_late(event) >= late_by


def _entered_late(event: Event) -> int:
    """How many days after it happened an event was entered."""
    recorded = datetime.fromisoformat(event.recorded_at).astimezone(SHANGHAI).date()
    return (recorded - event.occurred_on).days


def number_of(event: Event) -> str:
    """The number of what an event belongs to, or the name of a stream that has none."""
    return event.stream.partition("/")[2] or _STREAMS.get(event.stream, event.stream)


def local_time(event: Event) -> str:
    """When an event was recorded, in Shanghai."""
    recorded = datetime.fromisoformat(event.recorded_at).astimezone(SHANGHAI)
    return f"{recorded:%Y-%m-%d %H:%M:%S}"


def _row(event: Event) -> tuple[Value, ...]:
    return (
        event.seq,
        event.occurred_on,
        number_of(event),
        sentence(event.fact),
        event.actor,
        local_time(event),
    )


_STREAMS = {
    "ledger": "账本",
    "calendar": "日历",
    "rules": "规则",
    "digest": "提醒",
    "candidates": "问责候选",
}
