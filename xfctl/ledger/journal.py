"""A ledger's database beside its journal: copied live, and which kind of journal it keeps."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from xfctl.ledger import files
from xfctl.ledger.connection import connect


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Copy a live database with SQLite's own online copy; the result has no sidecars."""
    with closing(connect(target, mode="rw")) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def choose_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Use WAL where the file system allows it; never on network file systems."""
    mode = "DELETE" if files.on_network(path) else "WAL"
    connection.execute(f"PRAGMA journal_mode = {mode}")


def mend_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Go back to WAL after a restore or upgrade that was killed while it held the ledger."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "delete":
        # Someone else at work with it is no reason to refuse: the next writer will try again.
        with suppress(sqlite3.OperationalError):
            choose_journal(connection, path)
