"""Who holds which post; plain SQL."""

from __future__ import annotations

import sqlite3
from datetime import date

from msgspec import Struct

from xfctl.ledger.queries import day_or_none


class AppointmentLine(Struct, frozen=True):
    """One appointment: ``unit`` is a code, ``post`` an identifier.

    ``until`` is the first day on which the post is not held any more, None while it is.
    """

    unit: str
    number: int
    post: str
    name: str
    area: str | None
    since: date
    until: date | None


def appointments(
    connection: sqlite3.Connection,
    *,
    unit: str | None = None,
    name: str | None = None,
    on: date | None = None,
) -> list[AppointmentLine]:
    """Appointments of a unit or a person, or those in force on a day, the earliest first."""
    conditions = {
        "unit = :unit": unit,
        "name = :name": name,
        "since <= :on AND (until IS NULL OR until > :on)": on,
    }
    where = " AND ".join(sql for sql, value in conditions.items() if value is not None) or "1"
    sql = f"""
        SELECT unit, number, post, name, area, since, until FROM appointment
        WHERE {where} ORDER BY since, unit, number
    """
    values = {"unit": unit, "name": name, "on": on.isoformat() if on else None}
    return [
        AppointmentLine(
            unit, number, post, name, area, date.fromisoformat(since), day_or_none(until)
        )
        for unit, number, post, name, area, since, until in connection.execute(sql, values)
    ]
