"""Ledgers of any size with the same work in hand: ``python benchmarks/growing.py 1000000 there``.

The program itself makes a seed (the demo, three times its size). What still runs in the seed, and
all that is no matter (but plans, which are files), goes into every ledger as it is: so the number
of open obligations and open grounds is the same at 10³ and at 10⁶ events. The rest is filled with
copies of the seed's ended matters under new numbers, at an even pace of ``MATTERS_A_YEAR`` back
from the day of the seed: 10⁶ events are ten years. Copies are chained with the project's own
``digest`` and bring the state rows of their originals, moved by the same number of days, so
``xfctl verify`` finds them sound.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xfctl import demo
from xfctl.app import Context
from xfctl.ledger.chain import digest, head
from xfctl.ledger.connection import connect
from xfctl.ledger.create import create_ledger
from xfctl.ledger.projection import SUBJECTS, chosen, columns_of, state_tables
from xfctl.ledger.search import searchable

TODAY = date(2026, 11, 25)
MATTERS_A_YEAR = 12_000
SEED_MATTERS = 1_200
_CASE_TABLES = SUBJECTS["case"].tables
_EVENT = "stream, kind, occurred_on, recorded_at, actor, payload"
_DATE = re.compile(r"(?<![0-9-])(\d{4}-\d\d-\d\d)(?![0-9-])")
_BATCH = 500
# A matter still runs if anything is owed, a ground exists, or it has not been closed; and those
# that other records tell of stay too.
_KEPT = """
    SELECT number FROM "case" WHERE closed_on IS NULL
    UNION SELECT "case" FROM obligation WHERE discharged_on IS NULL
    UNION SELECT "case" FROM ground WHERE until IS NULL
    UNION SELECT "case" FROM consequence UNION SELECT "case" FROM accountability_case
    UNION SELECT "case" FROM supervision_case
"""
Row = list[Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Life:
    """A matter of the seed: its number, and events and state rows as one JSON text."""

    number: str
    petitioner: str | None
    text: str

    @property
    def first(self) -> date:
        """The day of registration."""
        return min(self._days)

    @property
    def length(self) -> timedelta:
        """From registration to the last date that it tells of."""
        return max(self._days) - min(self._days)

    @property
    def _days(self) -> list[date]:
        return [date.fromisoformat(day) for day in _DATE.findall(self.text)]


@dataclass(frozen=True)
class Seed:
    """What every ledger holds before and behind the copies, and what is copied."""

    before: list[Row]
    behind: list[Row]
    rows: Rows
    kept: list[Life]
    ended: list[Life]


def grown(folder: Path, sizes: Iterable[int]) -> Iterator[tuple[int, Path]]:
    """Make ledgers of about so many events (a matter is never cut short) in ``folder``."""
    with TemporaryDirectory() as place:
        seed = _seed(Path(place))
    for events in sizes:
        path = folder / f"{events}.db"
        _grow(path, events, seed)
        yield events, path


def _grow(path: Path, events: int, seed: Seed) -> None:
    created = TODAY - timedelta(days=4000)
    now = datetime(created.year, created.month, created.day, tzinfo=UTC)
    create_ledger(path, actor="bench", now=now, today=created)
    with closing(connect(path, mode="rw")) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        _fill(connection, seed, events)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _seed(folder: Path) -> Seed:
    now = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    demo.CASES = SEED_MATTERS
    demo.COMES_AGAIN = SEED_MATTERS + 1  # copies of a repeat would all come back to one matter
    path = demo.make_demo(folder / "seed", Context(TODAY, now, "bench"))
    with closing(sqlite3.connect(path)) as connection:
        kept = {number for (number,) in connection.execute(_KEPT)}
        lives = list(_lives(connection))
        others = [
            list(row)
            for row in connection.execute(
                f"SELECT {_EVENT} FROM event WHERE seq > 1 AND stream NOT GLOB 'case/*'"
                " AND stream NOT GLOB 'plan/*' ORDER BY seq"
            )
        ]
        rows = {table: _others_rows(connection, table) for table in state_tables()}
    return Seed(
        [row for row in others if row[0].startswith("unit/")],
        [row for row in others if not row[0].startswith("unit/")],
        rows,
        [life for life in lives if life.number in kept],
        [life for life in lives if life.number not in kept],
    )


def _lives(connection: sqlite3.Connection) -> Iterator[Life]:
    for number, token in connection.execute('SELECT number, petitioner FROM "case" ORDER BY id'):
        events = connection.execute(
            f"SELECT {_EVENT} FROM event WHERE stream = ? ORDER BY seq", (f"case/{number}",)
        )
        rows = {
            table: connection.execute(
                *chosen(f'SELECT {columns_of(table)} FROM "{table}"', where, [number])
            ).fetchall()
            for table, where in _CASE_TABLES.items()
        }
        identity = connection.execute("SELECT * FROM identity WHERE token = ?", (token,))
        life = [events.fetchall(), rows | {"identity": identity.fetchall()}]
        yield Life(number, token, json.dumps(life, ensure_ascii=False))


def _others_rows(connection: sqlite3.Connection, table: str) -> list[Row]:
    """The rows of a state table that no matter owns."""
    if table == "plan" or (table in _CASE_TABLES and table != "obligation"):
        return []
    where = "WHERE stream NOT GLOB 'case/*'" if table == "obligation" else ""
    return connection.execute(f'SELECT * FROM "{table}" {where}').fetchall()


class _Chain:
    """Events and state rows, written in batches behind the head of a ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        start = head(connection)
        self.seq, self._hash = start.seq, start.hash
        self._rows: Rows = defaultdict(list)

    def add(self, event: Row) -> None:
        self.seq += 1
        self._rows["event"].append([self.seq, *event, self._hash])
        self._hash = digest(self.seq, *event, self._hash)
        self._rows["event"][-1].append(self._hash)

    def add_life(self, events: list[Row], rows: Rows) -> None:
        """A matter; its rows are known by the place of its first event."""
        rows["case"][0][1] = rows["case_search"][0][0] = self.seq + 1
        for event in events:
            self.add(event)
        self.add_rows(rows)

    def add_rows(self, rows: Rows) -> None:
        for table, added in rows.items():
            self._rows[table] += added

    def flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                columns = "(rowid, words)" if table == "case_search" else ""
                marks = ", ".join("?" * len(rows[0]))
                self._connection.executemany(
                    f'INSERT INTO "{table}" {columns} VALUES ({marks})', rows
                )
        self._rows.clear()


def _fill(connection: sqlite3.Connection, seed: Seed, events: int) -> None:
    chain = _Chain(connection)
    for event in seed.before:
        chain.add(event)
    chain.add_rows(seed.rows)
    kept = [json.loads(life.text) for life in seed.kept]
    room = events - chain.seq - len(seed.behind) - sum(len(each) for each, _ in kept)
    for done, (life, days, number) in enumerate(_plan(seed.ended, room), start=1):
        chain.add_life(*_moved(life, days, number))
        if done % _BATCH == 0:
            chain.flush()
    for life in kept:
        chain.add_life(*life)
    for event in seed.behind:
        chain.add(event)
    chain.flush()


def _plan(ended: list[Life], room: int) -> list[tuple[Life, int, str]]:
    """Which life is lived when (moved by how many days) under which number, oldest first."""
    lives = [(life, life.first, life.length, len(json.loads(life.text)[0])) for life in ended]
    planned: list[tuple[date, Life, date]] = []
    for place in count():
        life, first, length, events = lives[place % len(lives)]
        if room < events:
            break
        room -= events
        back = timedelta(days=place * 365 // MATTERS_A_YEAR)
        planned.append((min(TODAY - back, TODAY - length), life, first))
    planned.sort(key=lambda each: each[0])
    serials: dict[int, Iterator[int]] = defaultdict(lambda: count(10_001))
    return [
        (life, (on - first).days, f"XF{on.year}-{next(serials[on.year])}")
        for on, life, first in planned
    ]


def _moved(life: Life, days: int, number: str) -> tuple[list[Row], Rows]:
    """A life under another number, of another petitioner, so many days later."""
    token = hashlib.md5(number.encode(), usedforsecurity=False).hexdigest()
    text = _DATE.sub(lambda found: _shifted(found[0], days), life.text)
    text = text.replace(searchable(life.number), searchable(number))
    text = text.replace(life.number, number)
    if life.petitioner:
        text = text.replace(life.petitioner, token)
    events, rows = json.loads(text)
    for event in events:
        event[3] = f"{event[2]}T08:00:00.000000+00:00"
    return events, rows


@cache
def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


if __name__ == "__main__":
    for _, made in grown(Path(sys.argv[2]), map(int, sys.argv[1].split(","))):
        print(made)
