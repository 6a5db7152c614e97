"""All that the figures of a period need of the ledger, read once: a query a table, none a row.

The rows carry their days, so one snapshot answers for the period, the one before, and the same
one last year, each as of its own last day. What was over before the first of them is not read, so
the cost follows the matters of these periods and not the age of the ledger. Equal days and words
are one object, and what a view asks by day is in order by day once for all views. Matters registered
twice (与之重复登记) are left out: the petition is counted under its other number, and so is what
repeats it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import Any, TypeVar

from msgspec import Struct

from xfctl.domain import keys
from xfctl.ledger.standing import COUNTED, REPEATED, RUNNING

_Row = TypeVar("_Row")


class Milestone(Struct, frozen=True, gc=False):
    """A day on which a matter was declined, dismissed, closed or reopened (``kind``)."""

    kind: str
    day: date


class Visit(Struct, frozen=True, gc=False):
    """One more coming about the same matter."""

    day: date
    channel: str
    persons: int


class Rating(Struct, frozen=True, gc=False):
    """What the petitioner thought of the office or the unit (``whom``)."""

    day: date
    whom: str
    rating: str


class Stay(Struct, frozen=True, gc=False):
    """A matter in the hands of a lead unit, until it was given back."""

    unit: str
    since: date
    until: date | None


class Matter(Struct, frozen=True, gc=False):
    """A matter with its past; the tuples are in the order in which their facts count.

    ``repeats`` is the number under which the earlier matter counts; ``involved`` are the codes of
    涉及单位; ``stays`` the lead units' only.
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
    first_responder: str
    repeats: str | None
    milestones: tuple[Milestone, ...] = ()
    visits: tuple[Visit, ...] = ()
    ratings: tuple[Rating, ...] = ()
    stays: tuple[Stay, ...] = ()
    involved: tuple[str, ...] = ()


class Term(Struct, frozen=True, gc=False):
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
    """Matters, oldest first, their deadlines, and units' names by code.

    It answers for days from ``since`` on; all that was over by then is left out.
    """

    matters: tuple[Matter, ...]
    terms: tuple[Term, ...]
    unit_names: dict[str, str]
    since: date

    @cached_property
    def over_from(self) -> list[date]:
        """Beside each matter the day from which it is over for good, ``date.max`` if it never is."""
        return [_over_from(each) for each in self.matters]

    @cached_property
    def closings(self) -> list[tuple[date, int]]:
        """Every day on which a matter was closed, with the matter's place, in order."""
        return sorted(
            (step.day, place)
            for place, matter in enumerate(self.matters)
            for step in matter.milestones
            if step.kind == "closed"
        )

    @cached_property
    def visits(self) -> list[tuple[Matter, Visit]]:
        """Every further coming with its matter, in order of the days."""
        visits = ((matter, each) for matter in self.matters for each in matter.visits)
        return sorted(visits, key=lambda pair: pair[1].day)

    @cached_property
    def due(self) -> list[Term]:
        """The deadlines in order of their due dates."""
        return sorted(self.terms, key=lambda each: each.due_on)

    @cached_property
    def ever_late(self) -> list[Term]:
        """The deadlines that were, or may yet be, open after their due date."""
        return [
            each
            for each in self.terms
            if each.discharged_on is None or each.discharged_on > each.due_on
        ]

    @cached_property
    def repeating(self) -> list[Matter]:
        """The matters that repeat an earlier one."""
        return [each for each in self.matters if each.repeats is not None]

    @cached_property
    def with_handling(self) -> frozenset[str]:
        """The numbers of the matters with a deadline for handling (条例 34)."""
        return frozenset(each.case for each in self.terms if each.clock == keys.HANDLING)


def _over_from(matter: Matter) -> date:
    steps = matter.milestones
    if not steps or steps[-1].kind == "reopened":
        return date.max
    return max(each.day for each in steps)


# Whatever may count in a period from a day on: what was registered, ended, came again, or was due
# or done since, and what still runs. Each line has its index, so the past before it costs nothing.
_TOUCHED = f"""
    SELECT number FROM "case" WHERE registered_on BETWEEN :since AND :until
    UNION SELECT number FROM "case" WHERE stage IN ({RUNNING})
    UNION SELECT "case" FROM milestone WHERE day >= :since
    UNION SELECT "case" FROM visit WHERE day BETWEEN :since AND :until
    UNION SELECT "case" FROM obligation WHERE due_on BETWEEN :since AND :until
    UNION SELECT "case" FROM obligation WHERE discharged_on >= :since
    UNION SELECT "case" FROM obligation WHERE discharged_on IS NULL
"""
_WANTED = "wanted w CROSS JOIN"
_COUNTED = f"c.registered_on <= :until AND {COUNTED}"
# The matters that repeat one of these, or a double of it, tell that it was not settled at once.
_CHOOSE = (
    "CREATE TEMP TABLE wanted (number TEXT PRIMARY KEY) WITHOUT ROWID",
    f"""INSERT INTO wanted
        SELECT c.number FROM ({_TOUCHED}) t CROSS JOIN "case" c USING (number) WHERE {_COUNTED}""",
    f"""INSERT OR IGNORE INTO wanted
        WITH RECURSIVE same(number) AS (
            SELECT number FROM wanted UNION
            SELECT l."case" FROM same s CROSS JOIN link l
                ON l.other = s.number AND relation = 'duplicates')
        SELECT c.number FROM same s CROSS JOIN "case" c ON c.repeats = s.number WHERE {_COUNTED}""",
)
_MATTERS = f"""
    SELECT c.number, registered_on, channel, purpose, category, persons, leapfrog, anonymous,
           superior IS NOT NULL OR channel IS 'superior', first_responder, {REPEATED}
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


_day = cache(date.fromisoformat)
_milestone = cache(lambda kind, day: Milestone(kind, _day(day)))
_rating = cache(lambda day, whom, rating: Rating(_day(day), whom, rating))


def _day_or_none(text: str | None) -> date | None:
    return _day(text) if text else None


def _word(text: str | None) -> str | None:
    return intern(text) if text else None


def _matters(connection: sqlite3.Connection) -> tuple[Matter, ...]:
    milestones = _by_case(_history(connection, "milestone", "kind, day"), _milestone)
    visits = _by_case(
        _history(connection, "visit", "day, channel, persons"),
        lambda day, channel, persons: Visit(_day(day), channel, persons),
    )
    ratings = _by_case(_history(connection, "rating", "day, whom, rating"), _rating)
    stays = _by_case(
        _history(
            *(connection, "assignment", "unit, assigned_on, returned_on", "r.number"),
            only="WHERE r.role = 'lead'",
        ),
        lambda unit, since, until: Stay(intern(unit), _day(since), _day_or_none(until)),
    )
    involved = _by_case(_history(connection, "involvement", "unit", "unit"), intern)
    return tuple(
        Matter(
            number=(number := row[0]),
            registered_on=_day(row[1]),
            channel=_word(row[2]),
            purpose=_word(row[3]),
            category=_word(row[4]),
            persons=row[5],
            leapfrog=bool(row[6]),
            anonymous=bool(row[7]),
            from_above=bool(row[8]),
            first_responder=intern(row[9]),
            repeats=row[10],
            milestones=milestones.get(number, ()),
            visits=visits.get(number, ()),
            ratings=ratings.get(number, ()),
            stays=stays.get(number, ()),
            involved=involved.get(number, ()),
        )
        for row in connection.execute(_MATTERS)
    )


def _terms(connection: sqlite3.Connection) -> tuple[Term, ...]:
    return tuple(
        Term(
            *(intern(case), intern(clock), intern(owed_by), _day(started_on), _day(due_on)),
            _day_or_none(done),
            bool(lapsed),
        )
        for case, clock, owed_by, started_on, due_on, done, lapsed in connection.execute(_TERMS)
    )


def _unit_names(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT code, name FROM unit"))


def _history(
    connection: sqlite3.Connection,
    table: str,
    columns: str,
    order: str = "position",
    only: str = "",
) -> Iterator[tuple[Any, ...]]:
    """The rows that the wanted matters have in a table, by matter and in order."""
    return connection.execute(f"""
        SELECT w.number, {columns} FROM {_WANTED} {table} r ON r."case" = w.number
        {only} ORDER BY w.number, {order}
    """)


def _by_case(
    rows: Iterable[tuple[Any, ...]], made: Callable[..., _Row]
) -> dict[str, tuple[_Row, ...]]:
    """What is made of the rows of each matter, by its number; the rows come matter by matter."""
    return {
        number: tuple(made(*row[1:]) for row in group)
        for number, group in groupby(rows, key=itemgetter(0))
    }
