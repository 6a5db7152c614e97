"""Writing the state tables anew from the events."""

from __future__ import annotations

import sqlite3
from itertools import groupby

from xfctl.errors import IntegrityError
from xfctl.ledger import events
from xfctl.ledger.adopted import rules_in
from xfctl.ledger.chain import GENESIS, Head, follows
from xfctl.ledger.connection import Ledger, transaction, translated
from xfctl.ledger.projection import fold, state_tables, subject_of
from xfctl.ledger.writer import write_state
from xfctl.regulation.source import judged_under


def rebuild(ledger: Ledger) -> int:
    """Replace every state row by what the events say; returns the number of events read.

    Raises IntegrityError, with nothing changed, if the chain is broken: a rebuild must not make
    a damaged ledger look sound.
    """
    with translated(ledger.path), transaction(ledger.connection):
        ledger.check_in_place()
        _require_chain(ledger)
        return rebuild_state(ledger.connection)


def rebuild_state(connection: sqlite3.Connection) -> int:
    """Do the work of ``rebuild`` inside a transaction the caller has begun."""
    with judged_under(lambda: rules_in(connection)):
        return _rebuild(connection)


def _rebuild(connection: sqlite3.Connection) -> int:
    for table in state_tables():
        connection.execute(f'DELETE FROM "{table}"')
    ordered = events.stored(connection, "ORDER BY stream, seq")
    count = 0
    for stream, rows in groupby(ordered, key=lambda row: row.stream):
        history = [events.event_of(row) for row in rows]
        count += len(history)
        subject, _ = subject_of(stream)
        if subject is not None:
            write_state(connection, stream, fold(subject, history), fresh=True)
    return count


def _require_chain(ledger: Ledger) -> None:
    before = Head(0, GENESIS)
    for row in events.stored(ledger.connection):
        if not follows(row, before):
            raise IntegrityError(
                f"账本「{ledger.path}」第 {before.seq + 1} 条事件与事件链不符，没有重建；请用 xfctl restore 恢复备份。"
            )
        before = Head(row.seq, row.hash)
