"""The ledger as it was known at a moment: the same tables, from the events recorded until then.

Reports need not know: they ask a connection on which temporary tables stand before the real ones.
What nothing was added to since is as it is today; only the other streams are folded again.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import groupby

from xfctl.ledger.chain import canonical_json
from xfctl.ledger.connection import Ledger, connect
from xfctl.ledger.projection import SUBJECTS, columns_of, state_tables, subject_of
from xfctl.ledger.replay import batches, remove, replay, write

# Indexes after their tables.
_OBJECTS = """
    SELECT sql FROM sqlite_master
    WHERE tbl_name IN (SELECT value FROM json_each(?)) AND sql IS NOT NULL
    ORDER BY type DESC
"""
_NAME = re.compile(r"(?<=TABLE |INDEX )")


@contextmanager
def known_at(ledger: Ledger, moment: datetime) -> Iterator[None]:
    """Let the ledger answer, for a while, from the events recorded no later than ``moment``.

    Identities are not history: the present ones stand in.
    """
    live = ledger.connection
    with closing(connect(ledger.path, mode="ro")) as past:
        ledger.connection = past
        try:
            _turn_back(past, moment.astimezone(UTC).isoformat(timespec="microseconds"))
            yield
        finally:
            ledger.connection = live


def _turn_back(connection: sqlite3.Connection, until: str) -> None:
    connection.execute("BEGIN")  # what is recorded from now on is not seen
    rows = connection.execute("SELECT DISTINCT stream FROM event WHERE recorded_at > ?", (until,))
    touched = sorted(stream for (stream,) in rows)
    _copy_state(connection)
    connection.execute(
        f"CREATE TEMP VIEW event AS SELECT * FROM main.event WHERE recorded_at <= '{until}'"
    )
    for kind, streams in groupby(touched, key=lambda each: each.partition("/")[0]):
        if kind in SUBJECTS:
            remove(connection, SUBJECTS[kind], [subject_of(each)[1] for each in streams])
    where = "WHERE stream IN (SELECT value FROM json_each(?))"
    for batch in batches(replay(connection, where, (canonical_json(touched),))):
        write(connection, batch)


def _copy_state(connection: sqlite3.Connection) -> None:
    """The state of today in temporary tables, which SQLite keeps in a file of its own if need be."""
    tables = state_tables()
    for (sql,) in connection.execute(_OBJECTS, (canonical_json(tables),)).fetchall():
        connection.execute(_NAME.sub("temp.", sql, count=1))
    for table in tables:
        rows = f'SELECT {columns_of(table)} FROM main."{table}"'
        found = connection.execute(f"{rows} LIMIT 0").description
        columns = ", ".join(f'"{name}"' for name, *_ in found)
        connection.execute(f'INSERT INTO temp."{table}" ({columns}) {rows}')
