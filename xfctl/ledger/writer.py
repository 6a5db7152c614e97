"""Appending: facts become chained events and state rows in one transaction, or nothing does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from xfctl.domain.event import Dated, Event, encode, kind_of
from xfctl.errors import IntegrityError
from xfctl.ledger import events
from xfctl.ledger.chain import Head, StoredEvent, canonical_json, digest, follows
from xfctl.ledger.connection import Ledger, transaction, translated
from xfctl.ledger.files import mend_journal
from xfctl.ledger.identities import Identities
from xfctl.ledger.key_source import KeySource
from xfctl.ledger.projection import Subject, fold, subject_of
from xfctl.ledger.rows.shape import Row


class Writer:
    """One write transaction: loads streams, takes facts, and stores all of it at the end.

    State folded so far is kept, so a command may build on the facts of the one before it.
    ``key`` is where the key of sealed identities is.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        actor: str,
        now: datetime,
        key: KeySource | None = None,
    ) -> None:
        self.connection = connection
        self.identities = Identities(connection, key)
        self._actor = actor
        self._recorded_at = now.astimezone(UTC).isoformat(timespec="microseconds")
        self._start = self._head = events.head(connection)
        self._pending: list[StoredEvent] = []
        self._states: dict[str, object | None] = {}
        self._changed: dict[str, None] = {}
        self._new: set[str] = set()

    def state(self, stream: str) -> object | None:
        """What the stream's events add up to, those of this transaction included."""
        if stream not in self._states:
            subject, _ = subject_of(stream)
            past = events.stream(self.connection, stream)
            self._states[stream] = fold(subject, past) if subject else None
            if not past:
                self._new.add(stream)
        return self._states[stream]

    def record(self, stream: str, facts: Iterable[Dated]) -> list[Event]:
        """Take facts of one stream; they are stored when the transaction ends."""
        state = self.state(stream)
        subject, _ = subject_of(stream)
        taken = [self._chain(stream, dated) for dated in facts]
        for event in taken:
            state = subject.evolve(state, event) if subject else None
        self._states[stream] = state
        if taken:
            self._changed[stream] = None
        return taken

    def flush(self) -> None:
        """Write events and state rows, then read the events back and check their chain."""
        self.connection.executemany(
            f"INSERT INTO event ({events.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (tuple(vars(row).values()) for row in self._pending),
        )
        for stream in self._changed:
            if self._states[stream] is not None:
                write_state(
                    self.connection, stream, self._states[stream], fresh=stream in self._new
                )
        self._check_written()

    def _chain(self, stream: str, dated: Dated) -> Event:
        seq = self._head.seq + 1
        kind, payload = kind_of(dated.fact), canonical_json(encode(dated.fact))
        occurred_on = dated.occurred_on.isoformat()
        values = (seq, stream, kind, occurred_on, self._recorded_at, self._actor, payload)
        row = StoredEvent(*values, self._head.hash, digest(*values, self._head.hash))
        self._pending.append(row)
        self._head = Head(row.seq, row.hash)
        return Event(seq, stream, dated.occurred_on, self._recorded_at, self._actor, dated.fact)

    def _check_written(self) -> None:
        written = events.stored(self.connection, "WHERE seq > ? ORDER BY seq", (self._start.seq,))
        before = self._start
        for row in written:
            if not follows(row, before):
                raise IntegrityError(
                    f"写入第 {row.seq} 条事件后核对不符，本次操作已撤销；请运行 xfctl verify 检查账本。"
                )
            before = Head(row.seq, row.hash)
        if before != self._head:
            raise IntegrityError(
                f"只写入到第 {before.seq} 条事件，本次操作已撤销；请运行 xfctl verify 检查账本。"
            )


@contextmanager
def writing(ledger: Ledger, actor: str, now: datetime) -> Iterator[Writer]:
    """A write transaction on the ledger; everything recorded in it is stored, or nothing."""
    with translated(ledger.path):
        mend_journal(ledger.connection, ledger.path)
        with transaction(ledger.connection):
            ledger.check_in_place()
            writer = Writer(ledger.connection, actor, now, ledger.key)
            yield writer
            writer.flush()


def write_state(
    connection: sqlite3.Connection, stream: str, state: object, *, fresh: bool = False
) -> None:
    """Replace the state rows of one stream; a ``fresh`` stream has none to replace."""
    subject, identifier = subject_of(stream)
    if subject is None:
        return
    rows = subject.rows(state)
    if not fresh:
        _remove(connection, subject, identifier)
    for table in subject.tables:
        _insert(connection, table, rows[table])


def _remove(connection: sqlite3.Connection, subject: Subject, identifier: str) -> None:
    for table, condition in subject.tables.items():
        where, values = (f" WHERE {condition}", (identifier,)) if condition else ("", ())
        connection.execute(f'DELETE FROM "{table}"{where}', values)


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    columns = ", ".join(f'"{column}"' for column in rows[0])
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',
        (tuple(row.values()) for row in rows),
    )
