"""All that the figures of a period need of the ledger, read once: a query a table, none a row.

The rows carry their days, so one snapshot answers for the period, the one before, and the same
one last year, each as of its own last day. Matters registered twice (与之重复登记) are left out:
the petition is counted under its other number.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from xfctl.ledger.queries import day_or_none

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Milestone:
    """A day on which a matter was declined, dismissed, closed or reopened (``kind``)."""

    kind: str
    day: date


@dataclass(frozen=True)
class Visit:
    """One more coming about the same matter."""

    day: date
    channel: str
    persons: int


@dataclass(frozen=True)
class Rating:
    """What the petitioner thought of the office or the unit (``whom``)."""

    day: date
    whom: str
    rating: str


@dataclass(frozen=True)
class Stay:
    """A matter in the hands of a lead unit, until it was given back."""

    unit: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Matter:
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


@dataclass(frozen=True)
class Term:
    """A deadline of a matter; reminders, which are never overdue, are not among them."""

    case: str
    clock: str
    owed_by: str
    started_on: date
    due_on: date
    discharged_on: date | None
    lapsed: bool


@dataclass(frozen=True)
class Snapshot:
    """The matters registered by a day, oldest first, their deadlines, and units' names by code."""

    matters: tuple[Matter, ...]
    terms: tuple[Term, ...]
    unit_names: dict[str, str]


_COUNTED = """
    c.registered_on <= :until AND c.number NOT IN
        (SELECT "case" FROM link WHERE relation = 'duplicates')
"""
_MATTERS = f"""
    SELECT number, registered_on, channel, purpose, category, persons, leapfrog, anonymous,
           superior IS NOT NULL OR channel IS 'superior', first_responder, repeats
    FROM "case" c WHERE {_COUNTED} ORDER BY registered_on, number
"""
_TERMS = f"""
    SELECT o."case", o.clock, o.owed_by, o.started_on, o.due_on, o.discharged_on, o.lapsed
    FROM obligation o JOIN "case" c ON o.stream = 'case/' || c.number
    WHERE o.reminder = 0 AND {_COUNTED} ORDER BY o."case", o.key
"""
_STAYS = """
    SELECT "case", unit, assigned_on, returned_on FROM assignment
    WHERE role = 'lead' ORDER BY "case", number
"""


def snapshot(connection: sqlite3.Connection, until: date) -> Snapshot:
    """What happened to the matters registered by a day, the day included."""
    values = {"until": until.isoformat()}
    milestones = _by_case(
        (case, Milestone(kind, date.fromisoformat(day)))
        for case, kind, day in connection.execute(_history("milestone", "kind, day"))
    )
    visits = _by_case(
        (case, Visit(date.fromisoformat(day), channel, persons))
        for case, day, channel, persons in connection.execute(
            _history("visit", "day, channel, persons")
        )
    )
    ratings = _by_case(
        (case, Rating(date.fromisoformat(day), whom, rating))
        for case, day, whom, rating in connection.execute(_history("rating", "day, whom, rating"))
    )
    stays = _by_case(
        (case, Stay(unit, date.fromisoformat(since), day_or_none(until)))
        for case, unit, since, until in connection.execute(_STAYS)
    )
    involved = _by_case(
        connection.execute('SELECT "case", unit FROM involvement ORDER BY "case", unit')
    )
    matters = tuple(
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
            milestones=tuple(milestones[row[0]]),
            visits=tuple(visits[row[0]]),
            ratings=tuple(ratings[row[0]]),
            stays=tuple(stays[row[0]]),
            involved=tuple(involved[row[0]]),
        )
        for row in connection.execute(_MATTERS, values)
    )
    terms = tuple(
        Term(
            case=row[0],
            clock=row[1],
            owed_by=row[2],
            started_on=date.fromisoformat(row[3]),
            due_on=date.fromisoformat(row[4]),
            discharged_on=day_or_none(row[5]),
            lapsed=bool(row[6]),
        )
        for row in connection.execute(_TERMS, values)
    )
    names: dict[str, str] = dict(connection.execute("SELECT code, name FROM unit"))
    return Snapshot(matters, terms, names)


def _history(table: str, columns: str) -> str:
    return f'SELECT "case", {columns} FROM {table} ORDER BY "case", position'


def _by_case(rows: Iterable[tuple[str, _Row]]) -> defaultdict[str, list[_Row]]:
    grouped: defaultdict[str, list[_Row]] = defaultdict(list)
    for case, row in rows:
        grouped[case].append(row)
    return grouped
