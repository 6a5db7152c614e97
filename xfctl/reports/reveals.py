"""Who was shown whose identity, when and why (细则 7)."""

from __future__ import annotations

import sqlite3

from xfctl.domain.event import Event
from xfctl.domain.post import LeaderRevealed
from xfctl.ledger import events
from xfctl.reports.log import local_time, number_of
from xfctl.reports.table import Column, Table, Value

_SHOWN = {
    "case.identity_revealed": "信访人身份",
    "accountability.persons_revealed": "责任人姓名",
    "unit.leader_revealed": "履职记录",
}
_LETTERS = ("case.letter_sent", "accountability.letter_sent")
_COLUMNS = (
    Column("recorded_at", "查看时间（北京）"),
    Column("actor", "查看人"),
    Column("subject", "对象", whole=True),
    Column("what", "看到"),
    Column("reason", "理由"),
    Column("seq", "事件", whole=True),
)


def reveals_table(connection: sqlite3.Connection, number: str | None, last: int | None) -> Table:
    """Every reveal, oldest first, of one number or of all; ``last`` keeps the newest only.

    A reveal for a letter was stored in one transaction with it, and says so. Raises
    InputRefusedError if nothing bears the number.
    """
    kinds = f"({', '.join('?' * len(_SHOWN))})"
    stored = events.stored(connection, f"WHERE kind IN {kinds} ORDER BY seq", tuple(_SHOWN))
    found = [(row.kind, events.event_of(row)) for row in stored]
    if number is not None:
        streams = events.streams_of(connection, number)
        found = [(kind, each) for kind, each in found if each.stream in streams]
    letters = events.recorded(connection, _LETTERS)
    rows = [_row(kind, each, letters) for kind, each in found[-last if last else 0 :]]
    head = events.head(connection)
    return Table("身份查看记录（细则 7）", _COLUMNS, rows, (f"共 {len(rows)} 次；账本头 {head}。",))


def _row(kind: str, event: Event, letters: set[tuple[str, str]]) -> tuple[Value, ...]:
    fact = event.fact
    what = _SHOWN[kind]
    if isinstance(fact, LeaderRevealed):
        what += f"（第 {fact.appointment} 项任职）"
    if (event.stream, event.recorded_at) in letters:
        what += "（写入文书）"
    reason = getattr(fact, "reason", "")
    return (local_time(event), event.actor, number_of(event), what, reason, event.seq)
