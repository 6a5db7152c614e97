"""The ledger file seen from outside xfctl: plain SQLite connections and child processes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from xfctl.ledger import events
from xfctl.ledger.chain import Head, StoredEvent, digest
from xfctl.ledger.projection import columns_of

Tables = dict[str, list[tuple[Any, ...]]]


@contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection with SQLite's defaults, none of this program's settings."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def contents(path: Path) -> Tables:
    """Every row of every table; how the full-text index stores its own is SQLite's affair."""
    with plain(path) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case_search_%'"
        ).fetchall()
        return {
            name: sorted(connection.execute(f'SELECT {columns_of(name)} FROM "{name}"'), key=repr)
            for (name,) in names
        }


def stored_events(path: Path) -> list[StoredEvent]:
    """All rows of the event table in order."""
    with plain(path) as connection:
        return list(events.stored(connection))


@contextmanager
def without_triggers(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that may change events: the triggers are dropped and put back afterwards."""
    with plain(path) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection
        for _, sql in triggers:
            connection.execute(sql)


def write_events(connection: sqlite3.Connection, rows: list[StoredEvent]) -> None:
    """Make these the only rows of the event table."""
    connection.execute("DELETE FROM event")
    connection.executemany(
        f"INSERT INTO event ({events.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def rechained(rows: list[StoredEvent], before: Head) -> list[StoredEvent]:
    """The rows as a forger would write them: numbered and hashed anew behind ``before``."""
    chained = []
    for row in rows:
        row = row._replace(seq=before.seq + 1, prev_hash=before.hash)
        row = row._replace(hash=digest(*row[:-1]))
        before = Head(row.seq, row.hash)
        chained.append(row)
    return chained


def start_child(program: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Start a Python program in a process of its own, with pipes to talk to it."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def run_child(program: str, *arguments: object, **options: Any) -> str:
    """Run a Python program to its end; returns what it printed, fails if it failed."""
    with start_child(program, *arguments, **options) as child:
        out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    return out


# Adds units PREFIX-0, PREFIX-1, … in a transaction each, and says after each that it is stored.
WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from xfctl.app import Context, at_desk
from xfctl.domain.unit import UnitAdded
from xfctl.ledger.connection import open_ledger

path, prefix, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
today = date(2026, 3, 20)
for number in range(count):
    code = f"{prefix}-{number}"
    context = Context(today, datetime.now(UTC), prefix)
    with open_ledger(path, writable=True) as ledger, at_desk(ledger, context) as desk:
        desk.add_unit(UnitAdded(code=code, name=f"虚构单位{code}"), today)
    print(code, flush=True)
"""
# Opens the file, does what it is told in SQL, says so, and keeps it open until its input ends.
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for sql in sys.argv[2:]:
    connection.execute(sql).fetchall()
print("holding", flush=True)
sys.stdin.read()
connection.close()
"""


@contextmanager
def held_by_another(path: Path, *statements: str) -> Iterator[None]:
    """Another process has the file open, having run the statements."""
    with start_child(HOLDER, path, *statements) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "holding\n"
        yield
        child.communicate(timeout=60)


def assert_one_sentence(error: BaseException) -> None:
    """The message is one Chinese sentence."""
    message = str(error)
    assert "\n" not in message
    assert message.endswith("。")
    assert message.count("。") == 1
