"""The ledger as it was known at a moment: the same tables, from the events recorded until then.

Reports need not know: they ask an in-memory ledger that ends at that moment.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from xfctl.ledger import events
from xfctl.ledger.connection import Ledger
from xfctl.ledger.identities import TABLES
from xfctl.ledger.rebuild import rebuild_state

_OBJECTS = """
    SELECT sql FROM sqlite_master
    WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
      AND name NOT LIKE 'case_search_%'
    ORDER BY type DESC
"""


@contextmanager
def known_at(ledger: Ledger, moment: datetime) -> Iterator[None]:
    """Let the ledger answer, for a while, from the events recorded no later than ``moment``."""
    live = ledger.connection
    with closing(_past(ledger, moment)) as past:
        ledger.connection = past
        try:
            yield
        finally:
            ledger.connection = live


def _past(ledger: Ledger, moment: datetime) -> sqlite3.Connection:
    past = sqlite3.connect(":memory:", isolation_level=None)
    for (sql,) in ledger.connection.execute(_OBJECTS):
        past.execute(sql)
    until = moment.astimezone(UTC).isoformat(timespec="microseconds")
    rows = events.stored(ledger.connection, "WHERE recorded_at <= ? ORDER BY seq", (until,))
    past.executemany(
        f"INSERT INTO event ({events.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    for table in TABLES:
        _copy(table, ledger.connection, past)
    rebuild_state(past)
    return past


def _copy(table: str, source: sqlite3.Connection, past: sqlite3.Connection) -> None:
    """Identities are not history: the present ones stand in."""
    rows = source.execute(f"SELECT * FROM {table}")
    marks = ", ".join("?" for _ in rows.description)
    past.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
