"""Streams folded again, and their state rows by the batch.

Replaying goes from stream to stream in the order of the index and holds one batch of streams at a
time, so its memory does not grow with the ledger; the state tables are asked, emptied and filled
once a batch and table, not once a stream.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from msgspec import Struct

from xfctl.ledger import events
from xfctl.ledger.projection import SUBJECTS, Subject, chosen, fold, subject_of
from xfctl.ledger.rows.shape import Row, Rows

BATCH = 250  # streams; rows of more than that are never held at once

Replayed = tuple[str, object]


class Batch(Struct, frozen=True):
    """Streams of one kind with their states, and the rows the state tables should hold of them."""

    subject: Subject
    states: list[Replayed]
    rows: Rows

    @property
    def ids(self) -> list[str]:
        """The ids of the streams within their kind."""
        return [subject_of(stream)[1] for stream, _ in self.states]

    def singly(self) -> Iterator[Batch]:
        """Each stream as a batch of its own."""
        return (_batch(self.subject, [each]) for each in self.states)


def replay(
    connection: sqlite3.Connection, where: str = "", values: tuple[object, ...] = ()
) -> Iterator[Replayed]:
    """Each stream with what its events add up to, in the order of their names.

    Streams without state are read as well. Raises IntegrityError at an event that cannot be read
    or cannot follow the ones before it.
    """
    rows = events.stored(connection, f"{where} ORDER BY stream, seq", values)
    for stream, own in groupby(rows, key=itemgetter(1)):
        subject, _ = subject_of(stream)
        history = map(events.event_of, own)
        if subject is None:
            for _ in history:
                pass
        else:
            yield stream, fold(subject, history)


def batches(states: Iterable[Replayed]) -> Iterator[Batch]:
    """The rows of streams that come kind by kind."""
    for kind, group in groupby(states, key=lambda each: each[0].partition("/")[0]):
        while part := list(islice(group, BATCH)):
            yield _batch(SUBJECTS[kind], part)


def _batch(subject: Subject, states: list[Replayed]) -> Batch:
    rows: Rows = {table: [] for table in subject.tables}
    for _, state in states:
        for table, found in subject.rows(state).items():
            rows[table] += found
    return Batch(subject, states, rows)


def write(connection: sqlite3.Connection, batch: Batch) -> None:
    """Put the rows of a batch into the state tables, where none of them are."""
    for table, rows in batch.rows.items():
        _insert(connection, table, rows)


def remove(connection: sqlite3.Connection, subject: Subject, ids: list[str]) -> None:
    """Take the rows of some streams out of the state tables."""
    for table, condition in subject.tables.items():
        connection.execute(*chosen(f'DELETE FROM "{table}"', condition, ids))


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    columns = ", ".join(f'"{column}"' for column in rows[0])
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',
        (tuple(row.values()) for row in rows),
    )
