"""Questions to the state tables: plain SQL, and nothing imported that the question can do without."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xfctl.workdays.days import Decree, OfficeDays

if TYPE_CHECKING:
    from xfctl.domain.identity import Identity
    from xfctl.domain.unit import UnitAdded


@dataclass(frozen=True)
class CaseLine:
    """A matter as listed; ``units`` are the names it was assigned to, in order."""

    number: str
    registered_on: date
    stage: str
    channel: str | None
    purpose: str | None
    category: str | None
    persons: int
    summary: str
    first_responder: str
    units: tuple[str, ...]
    closed_on: date | None
    note: str | None


@dataclass(frozen=True)
class ObligationLine:
    """An obligation with what a reader needs to know of its matter and its debtor."""

    case: str
    summary: str
    first_responder: str
    owed_by: str
    owed_by_name: str
    clock: str
    article: str
    started_on: date
    due_on: date
    unit: str
    provisional: bool
    discharged_on: date | None


_OBLIGATIONS = """
    SELECT o."case", c.summary, c.first_responder, o.owed_by, coalesce(u.name, o.owed_by),
           o.clock, o.article, o.started_on, o.due_on, o.unit, o.provisional, o.discharged_on
    FROM obligation o JOIN "case" c ON c.number = o."case" LEFT JOIN unit u ON u.code = o.owed_by
"""

# Two indexed halves: what is still open, and what was discharged only after the day asked about.
_OPEN_ON = f"""
    {_OBLIGATIONS} WHERE o.discharged_on IS NULL AND o.due_on <= :due AND o.started_on <= :on
    UNION ALL
    {_OBLIGATIONS} WHERE o.discharged_on > :on AND o.due_on <= :due AND o.started_on <= :on
"""


def open_obligations(
    connection: sqlite3.Connection, *, on: date, due_until: date
) -> list[ObligationLine]:
    """Obligations open at the end of the day ``on`` and due by ``due_until``."""
    values = {"on": on.isoformat(), "due": due_until.isoformat()}
    return [_obligation(row) for row in connection.execute(_OPEN_ON, values)]


def all_obligations(connection: sqlite3.Connection) -> Iterator[ObligationLine]:
    """Every obligation, discharged or not, in the order of case numbers."""
    cursor = connection.execute(f'{_OBLIGATIONS} ORDER BY o."case", o.key')
    return map(_obligation, cursor)


def numbers_with_open_obligations(connection: sqlite3.Connection) -> list[str]:
    """The numbers of the matters with anything still owed."""
    sql = 'SELECT DISTINCT "case" FROM obligation WHERE discharged_on IS NULL ORDER BY "case"'
    return [number for (number,) in connection.execute(sql)]


def units(connection: sqlite3.Connection) -> list[UnitAdded]:
    """All units by code."""
    import json

    from xfctl.domain.unit import Applies, UnitAdded

    sql = "SELECT code, name, kind, applies, former_names, headcount FROM unit ORDER BY code"
    return [
        UnitAdded(
            code=code,
            name=name,
            kind=kind,
            applies=Applies(applies),
            former_names=tuple(json.loads(former)),
            headcount=headcount,
        )
        for code, name, kind, applies, former, headcount in connection.execute(sql)
    ]


def cases(
    connection: sqlite3.Connection,
    *,
    unit: str | None = None,
    stage: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[CaseLine]:
    """Matters by date of registration; the filters narrow them."""
    wanted = {
        'EXISTS (SELECT 1 FROM assignment a WHERE a."case" = c.number AND a.unit = ?)': unit,
        "stage = ?": stage,
        "registered_on >= ?": first and first.isoformat(),
        "registered_on <= ?": last and last.isoformat(),
    }
    given = {sql: value for sql, value in wanted.items() if value is not None}
    where = " AND ".join(given) or "1"
    sql = f"""
        SELECT number, registered_on, stage, channel, purpose, category, persons, summary,
               first_responder, closed_on, note,
               (SELECT json_group_array(unit_name) FROM
                 (SELECT unit_name FROM assignment WHERE "case" = c.number ORDER BY number))
        FROM "case" c WHERE {where} ORDER BY registered_on, number
    """
    return map(_case, connection.execute(sql, tuple(given.values())))


def case_numbers(connection: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Numbers that begin with ``prefix``, for completion."""
    sql = 'SELECT number FROM "case" WHERE substr(number, 1, ?) = ? ORDER BY number LIMIT ?'
    return [number for (number,) in connection.execute(sql, (len(prefix), prefix, limit))]


def last_number(connection: sqlite3.Connection, prefix: str) -> int:
    """The highest running number in use behind a prefix such as ``XF2026-``; 0 if none."""
    sql = """
        SELECT coalesce(max(CAST(substr(number, :length + 1) AS INTEGER)), 0) FROM "case"
        WHERE number >= :prefix AND number < :prefix || '~'
          AND substr(number, :length + 1) NOT GLOB '*[^0-9]*'
    """
    values = {"prefix": prefix, "length": len(prefix)}
    (number,) = connection.execute(sql, values).fetchone()
    return int(number)


def office_days(connection: sqlite3.Connection) -> OfficeDays:
    """What the office recorded about the calendar."""
    rows: Iterable[tuple[str, str, int, str, str | None]] = connection.execute(
        "SELECT layer, day, works, name, notice FROM calendar_day"
    )
    decrees: dict[date, Decree] = {}
    closures: dict[date, str] = {}
    for layer, day, works, name, notice in rows:
        if layer == "notice":
            decrees[date.fromisoformat(day)] = Decree(bool(works), name, notice or "")
        else:
            closures[date.fromisoformat(day)] = name
    years = frozenset(year for (year,) in connection.execute("SELECT year FROM calendar_year"))
    return OfficeDays(decrees, years, closures)


def identity(connection: sqlite3.Connection, token: str) -> Identity:
    """The identity behind a token; empty if it was erased."""
    from xfctl.domain.identity import Identity

    sql = "SELECT name, phone, id_number, address FROM identity WHERE token = ?"
    row = connection.execute(sql, (token,)).fetchone()
    return Identity(*row) if row else Identity()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _obligation(row: tuple[str, ...]) -> ObligationLine:
    return ObligationLine(
        case=row[0],
        summary=row[1],
        first_responder=row[2],
        owed_by=row[3],
        owed_by_name=row[4],
        clock=row[5],
        article=row[6],
        started_on=date.fromisoformat(row[7]),
        due_on=date.fromisoformat(row[8]),
        unit=row[9],
        provisional=bool(row[10]),
        discharged_on=_day(row[11]),
    )


def _case(row: tuple[str, ...]) -> CaseLine:
    import json

    (number, registered_on, stage, channel, purpose, category, persons, summary) = row[:8]
    first_responder, closed_on, note, unit_names = row[8:]
    return CaseLine(
        number=number,
        registered_on=date.fromisoformat(registered_on),
        stage=stage,
        channel=channel,
        purpose=purpose,
        category=category,
        persons=int(persons),
        summary=summary,
        first_responder=first_responder,
        units=tuple(json.loads(unit_names)),
        closed_on=_day(closed_on),
        note=note,
    )
