"""The hash chain: what exactly is hashed, and the head by which a ledger is recognised.

Every event's hash covers all its columns and the hash before it. The head (number of events and
hash of the last) is printed in digests and exports: kept elsewhere, it shows when a tail was cut
or the whole chain was written anew. The chain is tamper-evident, not tamper-proof.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from msgspec import Struct

GENESIS = "0" * 64
SHORT = 16


class StoredEvent(NamedTuple):
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


class Head(NamedTuple):
    """How far a chain reaches: the number of events and the hash of the last."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash[:SHORT]}"

    def starts_with(self, short: Head) -> bool:
        """Whether this is the head that was printed, shortened, as ``short``."""
        return self.seq == short.seq and self.hash.startswith(short.hash)


START = Head(0, GENESIS)


class Walk(Struct, frozen=True):
    """How far rows hang together: the last sound head, the first row that breaks the chain.

    ``met`` tells whether the head that was looked for is among them.
    """

    head: Head
    broken: StoredEvent | None
    met: bool


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: object) -> str:
    """JSON in one form only: sorted keys, no blanks, characters as themselves."""
    return _CANONICAL.encode(value)


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
    """SHA-256, in hexadecimal, over the canonical JSON array of the eight values.

    The array is written out here: a JSON encoder asked for it a million times takes twice as long.
    """
    from hashlib import sha256  # loads OpenSSL, which whoever only asks for the head can do without

    text = (
        f"[{seq},{quoted(stream)},{quoted(kind)},{quoted(occurred_on)},{quoted(recorded_at)},"
        f"{quoted(actor)},{quoted(payload)},{quoted(prev_hash)}]"
    )
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def walk(
    rows: Iterable[StoredEvent], before: Head = START, *, expected: Head | None = None
) -> Walk:
    """Follow the chain from ``before``: each row right behind the last, its hash over its content.

    ``expected`` is a head, perhaps shortened, that must be among the rows.
    """
    seq, last = before.seq, before.hash
    met = expected is None
    for row in rows:
        number, stream, kind, occurred_on, recorded_at, actor, payload, prev_hash, own = row
        if (
            number != seq + 1
            or prev_hash != last
            or own
            != digest(number, stream, kind, occurred_on, recorded_at, actor, payload, prev_hash)
        ):
            return Walk(Head(seq, last), row, met)
        seq, last = number, own
        met = met or (expected is not None and Head(seq, last).starts_with(expected))
    return Walk(Head(seq, last), None, met)


def head(connection: sqlite3.Connection) -> Head:
    """The head of the chain; of an empty one, 0 and the genesis hash."""
    row = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else START
