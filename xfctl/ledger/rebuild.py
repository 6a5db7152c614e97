"""Writing the state tables anew from the events."""

from __future__ import annotations

import sqlite3

from xfctl.errors import IntegrityError
from xfctl.ledger import events
from xfctl.ledger.adopted import rules_in
from xfctl.ledger.chain import walk
from xfctl.ledger.connection import Ledger, transaction
from xfctl.ledger.projection import state_tables
from xfctl.ledger.replay import batches, replay, write
from xfctl.ledger.search import empty_index
from xfctl.regulation.source import judged_under


def rebuild(ledger: Ledger) -> int:
    """Replace every state row by what the events say; returns the number of events read.

    Raises IntegrityError, with nothing changed, if the chain is broken: a rebuild must not make
    a damaged ledger look sound.
    """
    with transaction(ledger.connection):
        ledger.check_in_place()
        found = walk(events.stored(ledger.connection))
        if found.broken is not None:
            raise IntegrityError(
                f"账本「{ledger.path}」第 {found.head.seq + 1} 条事件与事件链不符，没有重建；"
                "请用 xfctl restore 恢复备份。"
            )
        rebuild_state(ledger.connection)
        return found.head.seq


def rebuild_state(connection: sqlite3.Connection) -> None:
    """Do the work of ``rebuild`` inside a transaction the caller has begun."""
    empty_index(connection)
    with judged_under(lambda: rules_in(connection)):
        for table in state_tables():
            connection.execute(f'DELETE FROM "{table}"')
        for batch in batches(replay(connection)):
            write(connection, batch)
