"""The tables that hold facts: events, and apart from them identities, plain or sealed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from xfctl.ledger.schema.columns import STRICT, integer, is_date, words


class EventRow(SQLModel, table=True):
    """The append-only, hash-chained list of everything that happened."""

    __tablename__ = "event"
    __table_args__ = (
        *is_date("event", "occurred_on"),
        CheckConstraint("length(hash) = 64", name="ck_event_hash"),
        Index("ix_event_stream", "stream", "seq"),
        STRICT,
    )
    seq: int = integer(key=True)
    stream: str = words()
    kind: str = words()
    occurred_on: str = words()
    recorded_at: str = words()
    actor: str = words()
    payload: str = words()
    prev_hash: str = words()
    hash: str = words()


class IdentityRow(SQLModel, table=True):
    """Who petitioners are, where the ledger is not sealed: correctable and erasable."""

    __tablename__ = "identity"
    __table_args__ = (STRICT,)
    token: str = words(key=True)
    name: str | None = words()
    phone: str | None = words()
    id_number: str | None = words()
    address: str | None = words()


class SealedIdentityRow(SQLModel, table=True):
    """Who petitioners are, in a sealed ledger; everything but ``known`` is hexadecimal.

    ``known`` names the fields it has; ``key`` is its data key, wrapped; ``content`` the fields,
    encrypted under it. A mark is a keyed hash by which the same phone is found again.
    """

    __tablename__ = "sealed_identity"
    __table_args__ = (
        Index("ix_sealed_identity_name_mark", "name_mark"),
        Index("ix_sealed_identity_phone_mark", "phone_mark"),
        Index("ix_sealed_identity_id_number_mark", "id_number_mark"),
        STRICT,
    )
    token: str = words(key=True)
    known: str = words()
    key: str = words()
    content: str = words()
    name_mark: str | None = words()
    phone_mark: str | None = words()
    id_number_mark: str | None = words()


class ErasedIdentityRow(SQLModel, table=True):
    """Which identities were erased, so that no older copy of the ledger brings one back."""

    __tablename__ = "erased_identity"
    __table_args__ = (*is_date("erased_identity", "erased_on"), STRICT)
    token: str = words(key=True)
    erased_on: str = words()


class SealRow(SQLModel, table=True):
    """That the ledger is sealed: the one master key, wrapped by the office's key or passphrase."""

    __tablename__ = "seal"
    __table_args__ = (
        CheckConstraint("id = 1", name="ck_seal_id"),
        CheckConstraint("source IN ('file', 'passphrase')", name="ck_seal_source"),
        STRICT,
    )
    id: int = integer(key=True)
    source: str = words()
    salt: str = words()
    master: str = words()
