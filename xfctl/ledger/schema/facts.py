"""The two tables that hold facts: events, and identities apart from them."""

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
    """Who petitioners are: apart from the events, so it can be corrected and erased."""

    __tablename__ = "identity"
    __table_args__ = (STRICT,)
    token: str = words(key=True)
    name: str | None = words()
    phone: str | None = words()
    id_number: str | None = words()
    address: str | None = words()
