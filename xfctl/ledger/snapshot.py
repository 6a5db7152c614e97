"""All that the figures of a period need of the ledger, read once: a query a table, none a row.

The rows carry their days, so one snapshot answers for the period, the one before, and the same
one last year, each as of its own last day. What was over before the first of them is not read, so
the cost follows the matters of these periods and not the age of the ledger. Matters registered
twice (与之重复登记) are left out: the petition is counted under its other number.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct

from xfctl.domain.lifecycle import Stage
from xfctl.ledger.queries import day_or_none

_Row = TypeVar("_Row")


class Milestone(Struct, frozen=True):
    """A day on which a matter was declined, dismissed, closed or reopened (``kind``)."""

    kind: str
    day: date


class Visit(Struct, frozen=True):
    """One more coming about the same matter."""

    day: date
    channel: str
    persons: int


class Rating(Struct, frozen=True):
    """What the petitioner thought of the office or the unit (``whom``)."""

    day: date
    whom: str
    rating: str


class Stay(Struct, frozen=True):
    """A matter in the hands of a lead unit, until it was given back."""

    unit: str
    since: date
    until: date | None


class Matter(Struct, frozen=True):
    """A matter with its past; the tuples are in the order in which their facts count.

    ``involved`` are the codes of 涉及单位; ``stays`` the lead units' only.
    """

    number: str
    registered_on: date
    channel: str | None
    purpose: str | None
    category: str | None
    persons: int
    leapfrog: bool
    anonymous: bool
    from_above: bool
    handler: str
    repeats: str | None
    milestones: tuple[Milestone, ...] = ()
    visits: tuple[Visit, ...] = ()
    ratings: tuple[Rating, ...] = ()
    stays: tuple[Stay, ...] = ()
    involved: tuple[str, ...] = ()


class Term(Struct, frozen=True):
    """A deadline of a matter; reminders, which are never overdue, are not among them."""

    case: str
    clock: str
    owed_by: str
    started_on: date
    due_on: date
    discharged_on: date | None
    lapsed: bool


class Snapshot(Struct, frozen=True):
    """Matters, oldest first, their deadlines, and units' names by code.

    It answers for days from ``since`` on; all that was over by then is left out.
    """

    matters: tuple[Matter, ...]
    terms: tuple[Term, ...]
    unit_names: dict[str, str]
    since: date


_ENDED = (Stage.CLOSED, Stage.DECLINED, Stage.DISMISSED)
_RUNNING = ", ".join(f"'{stage}'" for stage in Stage if stage not in _ENDED)
# Whatever may count in a period from a day on: what was registered, ended, came again, or was due
# or done since, and what still runs. Each line has its index, so the past before it costs nothing.
_TOUCHED = f"""
    SELECT number FROM "case" WHERE registered_on >= :since
    UNION SELECT number FROM "case" WHERE stage IN ({_RUNNING})
    UNION SELECT "case" FROM milestone WHERE day >= :since
    UNION SELECT "case" FROM visit WHERE day >= :since
    UNION SELECT "case" FROM obligation WHERE due_on >= :since
    UNION SELECT "case" FROM obligation WHERE discharged_on >= :since
    UNION SELECT "case" FROM obligation WHERE discharged_on IS NULL
"""
_WANTED = "wanted w CROSS JOIN"
_COUNTED = """
    c.registered_on <= :until AND NOT EXISTS
        (SELECT 1 FROM link WHERE "case" = c.number AND relation = 'duplicates')
"""
# The matters that repeat one of these tell that it was not settled at once.
_CHOOSE = (
    "CREATE TEMP TABLE wanted (number TEXT PRIMARY KEY) WITHOUT ROWID",
    f"""INSERT INTO wanted
        SELECT c.number FROM ({_TOUCHED}) t CROSS JOIN "case" c USING (number) WHERE {_COUNTED}""",
    f"""INSERT OR IGNORE INTO wanted
        SELECT c.number FROM {_WANTED} "case" c ON c.repeats = w.number WHERE {_COUNTED}""",
)
_MATTERS = f"""
    SELECT c.number, registered_on, channel, purpose, category, persons, leapfrog, anonymous,
           superior IS NOT NULL OR channel IS 'superior', first_responder, repeats
    FROM {_WANTED} "case" c USING (number) ORDER BY registered_on, c.number
"""
_TERMS = f"""
    SELECT w.number, o.clock, o.owed_by, o.started_on, o.due_on, o.discharged_on, o.lapsed
    FROM {_WANTED} obligation o ON o.stream = 'case/' || w.number
    WHERE o.reminder = 0 ORDER BY w.number, o.key
"""


def snapshot(connection: sqlite3.Connection, since: date, until: date) -> Snapshot:
    """The matters registered by ``until`` of which anything may count on days from ``since`` on."""
    values = {"since": since.isoformat(), "until": until.isoformat()}
    for sql in _CHOOSE:
        connection.execute(sql, values)
    try:
        return Snapshot(
            _matters(connection), _terms(connection), _unit_names(connection), since=since
        )
    finally:
        connection.execute("DROP TABLE temp.wanted")


def _matters(connection: sqlite3.Connection) -> tuple[Matter, ...]:
    milestones = _by_case(
        (case, Milestone(kind, date.fromisoformat(day)))
        for case, kind, day in _history(connection, "milestone", "kind, day")
    )
    visits = _by_case(
        (case, Visit(date.fromisoformat(day), channel, persons))
        for case, day, channel, persons in _history(connection, "visit", "day, channel, persons")
    )
    ratings = _by_case(
        (case, Rating(date.fromisoformat(day), whom, rating))
        for case, day, whom, rating in _history(connection, "rating", "day, whom, rating")
    )
    stays = _by_case(
        (case, Stay(unit, date.fromisoformat(since), day_or_none(until)))
        for case, unit, since, until, role in _history(
            connection, "assignment", "unit, assigned_on, returned_on, role", "r.number"
        )
        if role == "lead"
    )
    involved = _by_case(_history(connection, "involvement", "unit", "unit"))
    return tuple(
        Matter(
            number=row[0],
            registered_on=date.fromisoformat(row[1]),
            channel=row[2],
            purpose=row[3],
            category=row[4],
            persons=row[5],
            leapfrog=bool(row[6]),
            anonymous=bool(row[7]),
            from_above=bool(row[8]),
            handler=row[9],
            repeats=row[10],
            milestones=tuple(milestones.get(row[0], ())),
            visits=tuple(visits.get(row[0], ())),
            ratings=tuple(ratings.get(row[0], ())),
            stays=tuple(stays.get(row[0], ())),
            involved=tuple(involved.get(row[0], ())),
        )
        for row in connection.execute(_MATTERS)
    )


def _terms(connection: sqlite3.Connection) -> tuple[Term, ...]:
    return tuple(
        Term(
            case=row[0],
            clock=row[1],
            owed_by=row[2],
            started_on=date.fromisoformat(row[3]),
            due_on=date.fromisoformat(row[4]),
            discharged_on=day_or_none(row[5]),
            lapsed=bool(row[6]),
        )
        for row in connection.execute(_TERMS)
    )


def _unit_names(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT code, name FROM unit"))


def _history(
    connection: sqlite3.Connection, table: str, columns: str, order: str = "position"
) -> Iterator[Any]:
    """The rows that the wanted matters have in a table, by matter and in order."""
    return connection.execute(f"""
        SELECT w.number, {columns} FROM {_WANTED} {table} r ON r."case" = w.number
        ORDER BY w.number, {order}
    """)


def _by_case(rows: Iterable[tuple[str, _Row]]) -> dict[str, list[_Row]]:
    grouped: defaultdict[str, list[_Row]] = defaultdict(list)
    for case, row in rows:
        grouped[case].append(row)
    return grouped
