"""Identities: who a petitioner is, and which other matters the same one raised."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xfctl.domain.identity import Identity

if TYPE_CHECKING:
    from xfctl.domain.case import Case


@dataclass(frozen=True)
class Earlier:
    """A matter that the same petitioner raised before."""

    number: str
    registered_on: date
    summary: str
    category: str | None
    stage: str


def identity(connection: sqlite3.Connection, token: str) -> Identity:
    """The identity behind a token; empty if it was erased."""
    sql = "SELECT name, phone, id_number, address FROM identity WHERE token = ?"
    row = connection.execute(sql, (token,)).fetchone()
    return Identity(*row) if row else Identity()


def earlier_matters(connection: sqlite3.Connection, who: Identity) -> list[Earlier]:
    """Matters of the same petitioner, newest first.

    The same phone or identity-card number tells; a name alone does, only where neither is known.
    """
    if not (who.name or who.phone or who.id_number):
        return []
    by_name = who.name if not (who.phone or who.id_number) else None
    sql = """
        SELECT c.number, c.registered_on, c.summary, c.category, c.stage
        FROM identity i JOIN "case" c ON c.petitioner = i.token
        WHERE i.phone = :phone OR i.id_number = :id_number OR i.name = :name
        ORDER BY c.registered_on DESC, c.number DESC
    """
    values = {"phone": who.phone, "id_number": who.id_number, "name": by_name}
    return [
        Earlier(number, date.fromisoformat(on), summary, category, stage)
        for number, on, summary, category, stage in connection.execute(sql, values)
    ]


def of_case(connection: sqlite3.Connection, case: Case) -> list[Identity]:
    """The petitioner of a matter and whoever else signed, in order."""
    tokens = (case.entry.petitioner, *case.entry.signatories)
    return [identity(connection, token) for token in tokens if token]
