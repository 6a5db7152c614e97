"""What early warning counts (细则 8(3)): matters of a window, and what is known of open ones."""

from __future__ import annotations

import sqlite3
from datetime import date

from msgspec import Struct

from xfctl.domain.keys import REPLY
from xfctl.ledger.queries import day_or_none
from xfctl.ledger.standing import COUNTED, FOUND_OPEN_ON, REPEATED

# The unit that has a matter in hand as lead: the latest one that had not given it back.
_LEAD = """
    LEFT JOIN assignment a ON a."case" = c.number AND a.number = (SELECT max(number)
        FROM assignment WHERE "case" = c.number AND role = 'lead'
            AND assigned_on <= :on AND (returned_on IS NULL OR returned_on > :on))
    LEFT JOIN unit u ON u.code = a.unit
"""
_UNIT_NAME = "coalesce(u.name, a.unit_name)"


class Tally(Struct, frozen=True):
    """How many matters a unit or a category had before a day and since."""

    name: str | None
    before: int
    since: int


class RecentMatter(Struct, frozen=True):
    """A matter of the window; ``same`` is the number under which the one it repeats counts."""

    number: str
    category: str | None
    summary: str
    unit_name: str | None
    same: str | None


class OpenMatter(Struct, frozen=True):
    """An open matter: the reply it is owed, what its opinion granted, and how many petition.

    ``persons`` is as registered, or the most who came at once since; ``first`` says that it
    repeats no other (初信、初访); it and ``outcome`` are as they stand now.
    """

    number: str
    registered_on: date
    summary: str
    unit_name: str | None
    persons: int
    first: bool
    reply_due_on: date | None
    outcome: str | None


class Voice(Struct, frozen=True):
    """The petitioners came again (``persons``) or rated someone (``rating`` of ``whom``)."""

    case: str
    on: date
    persons: int | None = None
    whom: str | None = None
    rating: str | None = None


def first_day(connection: sqlite3.Connection) -> date | None:
    """The day of the earliest matter in the ledger."""
    (day,) = connection.execute('SELECT min(registered_on) FROM "case"').fetchone()
    return day_or_none(day)


def tallies(
    connection: sqlite3.Connection, by: str, first: date, turn: date, on: date
) -> list[Tally]:
    """Matters registered from ``first`` to ``on``, those since ``turn`` apart.

    ``by`` is "unit" (the lead unit; matters without one are left out) or "category".
    """
    name, key, kept = {
        "unit": (_UNIT_NAME, "a.unit", "a.unit IS NOT NULL"),
        "category": ("c.category", "c.category", "1"),
    }[by]
    sql = f"""
        SELECT {name}, sum(c.registered_on < :turn), sum(c.registered_on >= :turn)
        FROM "case" c {_LEAD if by == "unit" else ""}
        WHERE c.registered_on BETWEEN :first AND :on AND {kept} AND {COUNTED}
        GROUP BY {key} ORDER BY {key}
    """
    values = {"first": first.isoformat(), "turn": turn.isoformat(), "on": on.isoformat()}
    return [Tally(*row) for row in connection.execute(sql, values)]


def matters(connection: sqlite3.Connection, first: date, on: date) -> list[RecentMatter]:
    """Matters registered from ``first`` to ``on``, in the order of registration."""
    sql = f"""
        SELECT c.number, c.category, c.summary, {_UNIT_NAME}, {REPEATED}
        FROM "case" c {_LEAD}
        WHERE c.registered_on BETWEEN :first AND :on AND {COUNTED} ORDER BY c.registered_on, c.number
    """
    values = {"first": first.isoformat(), "on": on.isoformat()}
    return [RecentMatter(*row) for row in connection.execute(sql, values)]


def open_matters(connection: sqlite3.Connection, on: date, said: list[Voice]) -> list[OpenMatter]:
    """Matters open on a day, in the order of registration; ``said`` is what ``voices`` gives."""
    came: dict[str, int] = {}
    for voice in said:
        came[voice.case] = max(came.get(voice.case, 0), voice.persons or 0)
    sql = f"""
        SELECT c.number, c.registered_on, c.summary, {_UNIT_NAME}, c.persons, c.repeats IS NULL,
               (SELECT due_on FROM obligation o WHERE o.stream = 'case/' || c.number
                   AND o.key = :reply AND o.started_on <= :on
                   AND (o.discharged_on IS NULL OR o.discharged_on > :on)),
               c.outcome
        FROM "case" c {_LEAD} WHERE {FOUND_OPEN_ON} AND {COUNTED}
        ORDER BY c.registered_on, c.number
    """
    values = {"on": on.isoformat(), "reply": REPLY}
    return [
        OpenMatter(
            number=row[0],
            registered_on=date.fromisoformat(row[1]),
            summary=row[2],
            unit_name=row[3],
            persons=max(row[4], came.get(row[0], 0)),
            first=bool(row[5]),
            reply_due_on=day_or_none(row[6]),
            outcome=row[7],
        )
        for row in connection.execute(sql, values)
    ]


def voices(connection: sqlite3.Connection, on: date) -> list[Voice]:
    """Visits and ratings by a day on the matters open then, each matter's as they count."""
    sql = f"""
        SELECT v."case", v.day, v.persons, NULL, NULL, v.position
        FROM "case" c JOIN visit v ON v."case" = c.number WHERE {FOUND_OPEN_ON} AND v.day <= :on
        UNION ALL
        SELECT r."case", r.day, NULL, r.whom, r.rating, r.position
        FROM "case" c JOIN rating r ON r."case" = c.number WHERE {FOUND_OPEN_ON} AND r.day <= :on
        ORDER BY 1, 6
    """
    rows = connection.execute(sql, {"on": on.isoformat()})
    return [
        Voice(case, date.fromisoformat(day), persons, whom, rating)
        for case, day, persons, whom, rating, _ in rows
    ]
