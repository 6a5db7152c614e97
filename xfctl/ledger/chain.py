"""The hash chain: what exactly is hashed, and the head by which a ledger is recognised.

Every event's hash covers all its columns and the hash before it. The head (number of events and
hash of the last) is printed in digests and exports: kept elsewhere, it shows when a tail was cut
or the whole chain was written anew. The chain is tamper-evident, not tamper-proof.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass

GENESIS = "0" * 64
SHORT = 16


@dataclass(frozen=True)
class StoredEvent:
    """One row of the event table, exactly as stored; ``payload`` is canonical JSON text."""

    seq: int
    stream: str
    kind: str
    occurred_on: str
    recorded_at: str
    actor: str
    payload: str
    prev_hash: str
    hash: str


@dataclass(frozen=True)
class Head:
    """How far a chain reaches: the number of events and the hash of the last."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash[:SHORT]}"

    def starts_with(self, short: Head) -> bool:
        """Whether this is the head that was printed, shortened, as ``short``."""
        return self.seq == short.seq and self.hash.startswith(short.hash)


def canonical_json(value: object) -> str:
    """JSON in one form only: sorted keys, no blanks, characters as themselves."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(
    seq: int,
    stream: str,
    kind: str,
    occurred_on: str,
    recorded_at: str,
    actor: str,
    payload: str,
    prev_hash: str,
) -> str:
    """SHA-256, in hexadecimal, over the canonical JSON array of the eight values."""
    row = [seq, stream, kind, occurred_on, recorded_at, actor, payload, prev_hash]
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def follows(event: StoredEvent, before: Head) -> bool:
    """Whether the row stands right behind ``before`` and its hash covers its content."""
    return (
        event.seq == before.seq + 1
        and event.prev_hash == before.hash
        and event.hash
        == digest(
            event.seq,
            event.stream,
            event.kind,
            event.occurred_on,
            event.recorded_at,
            event.actor,
            event.payload,
            event.prev_hash,
        )
    )


def head(connection: sqlite3.Connection) -> Head:
    """The head of the chain; of an empty one, 0 and the genesis hash."""
    row = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head(0, GENESIS)
