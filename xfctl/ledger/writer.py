"""Appending: facts become chained events and state rows in one transaction, or nothing does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from xfctl.domain.event import Dated, Event, encode_json, kind_of
from xfctl.errors import IntegrityError
from xfctl.ledger import events
from xfctl.ledger.chain import Head, StoredEvent, digest, walk
from xfctl.ledger.connection import Ledger, transaction
from xfctl.ledger.identities import Identities
from xfctl.ledger.journal import mend_journal
from xfctl.ledger.key_source import KeySource
from xfctl.ledger.projection import fold, subject_of
from xfctl.ledger.replay import Replayed, batches, remove, write

HELD = 2_000  # events; an import of any length holds no more before it writes them down


class Writer:
    """One write transaction: loads streams, takes facts, and stores all of it before it ends.

    State folded so far is kept, so a command may build on the facts of the one before it. Facts are
    written down when the transaction ends or HELD of them wait, and are then folded anew if needed.
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
        self._changed: set[str] = set()
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
            self._changed.add(stream)
        if len(self._pending) >= HELD:
            self._store()
        return taken

    def flush(self) -> None:
        """Write what still waits, then read all that was written back and check its chain."""
        self._store()
        self._check_written()

    def _store(self) -> None:
        """Write waiting events and the state rows they change, and forget both."""
        self.connection.executemany(
            f"INSERT INTO event ({events.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._pending,
        )
        for batch in batches(self._changed_states()):
            known = [subject_of(name)[1] for name, _ in batch.states if name not in self._new]
            if known:
                remove(self.connection, batch.subject, known)
            write(self.connection, batch)
        for held in (self._pending, self._states, self._changed, self._new):
            held.clear()

    def _changed_states(self) -> Iterator[Replayed]:
        for stream in sorted(self._changed):
            state = self._states[stream]
            if state is not None:
                yield stream, state

    def _chain(self, stream: str, dated: Dated) -> Event:
        seq = self._head.seq + 1
        kind, payload = kind_of(dated.fact), encode_json(dated.fact)
        occurred_on = dated.occurred_on.isoformat()
        values = (seq, stream, kind, occurred_on, self._recorded_at, self._actor, payload)
        row = StoredEvent(*values, self._head.hash, digest(*values, self._head.hash))
        self._pending.append(row)
        self._head = Head(row.seq, row.hash)
        return Event(seq, stream, dated.occurred_on, self._recorded_at, self._actor, dated.fact)

    def _check_written(self) -> None:
        written = events.stored(self.connection, "WHERE seq > ? ORDER BY seq", (self._start.seq,))
        found = walk(written, self._start)
        if found.broken is not None:
            raise IntegrityError(
                f"写入第 {found.broken.seq} 条事件后核对不符，本次操作已撤销；请运行 xfctl verify 检查账本。"
            )
        if found.head != self._head:
            raise IntegrityError(
                f"只写入到第 {found.head.seq} 条事件，本次操作已撤销；请运行 xfctl verify 检查账本。"
            )


@contextmanager
def writing(ledger: Ledger, actor: str, now: datetime) -> Iterator[Writer]:
    """A write transaction on the ledger; everything recorded in it is stored, or nothing."""
    mend_journal(ledger.connection, ledger.path)
    with transaction(ledger.connection):
        ledger.check_in_place()
        writer = Writer(ledger.connection, actor, now, ledger.key)
        yield writer
        writer.flush()
