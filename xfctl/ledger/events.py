"""Reading the event table: rows as stored, and the facts in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from xfctl.domain.event import Event, UnknownKindError, decode_json
from xfctl.errors import InputRefusedError, IntegrityError
from xfctl.ledger.chain import StoredEvent

# Asked for beside the events; it lies with the chain, where asking it loads no rules.
from xfctl.ledger.chain import head as head
from xfctl.ledger.projection import SUBJECTS

COLUMNS = "seq, stream, kind, occurred_on, recorded_at, actor, payload, prev_hash, hash"


def stored(
    connection: sqlite3.Connection, where: str = "", values: tuple[object, ...] = ()
) -> Iterator[StoredEvent]:
    """Rows as stored, in the order of the ledger; ``where`` may narrow and order them."""
    sql = f"SELECT {COLUMNS} FROM event {where or 'ORDER BY seq'}"
    return map(StoredEvent._make, connection.execute(sql, values))


def stream(connection: sqlite3.Connection, name: str) -> list[Event]:
    """All events of one stream, oldest first."""
    rows = stored(connection, "WHERE stream = ? ORDER BY seq", (name,))
    return [event_of(row) for row in rows]


def streams_of(connection: sqlite3.Connection, number: str) -> list[str]:
    """The streams of what bears a number: a matter, a supervision, a unit by its code, and so on.

    Raises InputRefusedError if nothing does.
    """
    named = [f"{kind}/{number}" for kind in SUBJECTS]
    listed = ", ".join("?" * len(named))
    rows = connection.execute(
        f"SELECT DISTINCT stream FROM event WHERE stream IN ({listed})", named
    )
    found = [stream for (stream,) in rows]
    if not found:
        raise InputRefusedError(
            f"账本里没有编号「{number}」；请核对事项、督办、问责等的编号，单位请写单位编号。"
        )
    return found


def recorded(connection: sqlite3.Connection, kinds: Sequence[str]) -> set[tuple[str, str]]:
    """The stream and the moment of recording of every event of some kinds."""
    sql = f"SELECT stream, recorded_at FROM event WHERE kind IN ({', '.join('?' * len(kinds))})"
    return set(connection.execute(sql, tuple(kinds)))


def event_of(row: StoredEvent) -> Event:
    """The event in a row. Raises IntegrityError if this program cannot read it."""
    try:
        fact = decode_json(row.kind, row.payload)
        occurred_on = date.fromisoformat(row.occurred_on)
    except (ValueError, AttributeError, RecursionError) as error:
        what = "种类未知或内容无法读取" if isinstance(error, UnknownKindError) else "内容无法读取"
        raise IntegrityError(
            f"账本第 {row.seq} 条事件（{row.kind}）{what}；请运行 xfctl verify，必要时从备份恢复。"
        ) from error
    return Event(row.seq, row.stream, occurred_on, row.recorded_at, row.actor, fact)
