"""Grounds and supervisions as lists; plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GroundLine:
    """A ground on a matter, with every supervision that was opened over it.

    ``unit`` is "" where the matter as a whole is meant; ``supervised`` lists numbers in order.
    """

    case: str
    summary: str
    first_responder: str
    ground: str
    unit: str
    unit_name: str
    since: date
    until: date | None
    evidence: str
    supervised: tuple[str, ...]


@dataclass(frozen=True)
class SupervisionLine:
    """A supervision as listed; ``nth`` counts the supervisions of its first matter so far."""

    number: str
    opened_on: date
    unit: str
    unit_name: str
    cases: tuple[str, ...]
    grounds: tuple[str, ...]
    forms: tuple[str, ...]
    tracker: str
    joint: tuple[str, ...]
    actions: int
    due_on: date
    responded_on: date | None
    closed_on: date | None
    result: str | None
    scope: str | None
    nth: int


@dataclass(frozen=True)
class InspectionLine:
    """An inspection as listed; ``open_findings`` still await their follow-up."""

    number: str
    opened_on: date
    subject: str
    title: str
    lead: str
    departments: tuple[str, ...]
    findings: int
    open_findings: int
    closed_on: date | None
    result: str | None


# Which supervisions there are over a ground: of the same matter, and of the unit if one is named.
_OVER = """
    FROM supervision_case sc JOIN supervision s ON s.number = sc.supervision
    WHERE sc."case" = g."case" AND g.unit IN ('', s.unit) AND s.opened_on <= :on
"""
_GROUNDS = f"""
    SELECT g."case", c.summary, c.first_responder, g.ground, g.unit, u.name, g.since, g.until,
           g.evidence,
           (SELECT json_group_array(number) FROM (SELECT s.number {_OVER} ORDER BY s.number))
    FROM ground g JOIN "case" c ON c.number = g."case" LEFT JOIN unit u ON u.code = g.unit
"""
# Grounds that are a state are due again after a supervision that did not end them; those that are
# a single event are done with once a supervision that named them was closed.
_DUE = f"""
    {_GROUNDS} WHERE g.since <= :on AND (g.until IS NULL OR g.until > :on)
    AND NOT EXISTS (SELECT 1 {_OVER} AND (s.closed_on IS NULL OR s.closed_on > :on))
    AND NOT (g.ground NOT IN ('1', '5') AND EXISTS (
        SELECT 1 {_OVER} AND s.closed_on <= :on AND s.opened_on >= g.since
        AND EXISTS (SELECT 1 FROM json_each(s.grounds) WHERE value = g.ground)))
    ORDER BY g.ground, g.since, g."case"
"""
_HISTORY = f'{_GROUNDS} WHERE g.since <= :on ORDER BY g."case", g.since, g.ground'


def grounds_due(connection: sqlite3.Connection, on: date) -> list[GroundLine]:
    """Grounds that exist on a day with no supervision open over them."""
    return [_ground(row) for row in connection.execute(_DUE, {"on": on.isoformat()})]


def grounds_ever(connection: sqlite3.Connection, on: date) -> list[GroundLine]:
    """Every ground that had begun by a day, ended ones too."""
    return [_ground(row) for row in connection.execute(_HISTORY, {"on": on.isoformat()})]


def grounds_of_case(connection: sqlite3.Connection, case: str, on: date) -> list[GroundLine]:
    """Every ground on one matter that had begun by a day."""
    sql = f'{_GROUNDS} WHERE g."case" = :case AND g.since <= :on ORDER BY g.since, g.ground'
    values = {"case": case, "on": on.isoformat()}
    return [_ground(row) for row in connection.execute(sql, values)]


def returns(
    connection: sqlite3.Connection, on: date, least: int
) -> list[tuple[str, str, int, date]]:
    """Open matters that a unit gave back ``least`` times or more: number, unit, times, last day."""
    sql = """
        SELECT a."case", a.unit, count(*), max(a.returned_on)
        FROM assignment a JOIN "case" c ON c.number = a."case"
        WHERE a.returned_on <= ? AND c.closed_on IS NULL
        GROUP BY a."case", a.unit HAVING count(*) >= ? ORDER BY a."case", a.unit
    """
    rows = connection.execute(sql, (on.isoformat(), least))
    return [(case, unit, times, date.fromisoformat(last)) for case, unit, times, last in rows]


def rejections(connection: sqlite3.Connection, least: int) -> list[tuple[str, str, int]]:
    """Open matters on which a unit's reports were sent back: number, unit, how often."""
    sql = """
        SELECT a."case", a.unit, sum(a.sent_back)
        FROM assignment a JOIN "case" c ON c.number = a."case" WHERE c.closed_on IS NULL
        GROUP BY a."case", a.unit HAVING sum(a.sent_back) >= ? ORDER BY a."case", a.unit
    """
    return connection.execute(sql, (least,)).fetchall()


_SUPERVISIONS = """
    SELECT s.number, s.opened_on, s.unit, coalesce(u.name, s.unit_name), s.grounds, s.forms,
           s.tracker, s.joint, s.actions, o.due_on, s.responded_on, s.closed_on, s.result, s.scope,
           (SELECT json_group_array("case") FROM supervision_case WHERE supervision = s.number),
           (SELECT count(*) FROM supervision_case x JOIN supervision e ON e.number = x.supervision
             WHERE x."case" = o."case" AND (e.opened_on, e.number) <= (s.opened_on, s.number))
    FROM supervision s JOIN obligation o ON o.stream = 'supervision/' || s.number
    LEFT JOIN unit u ON u.code = s.unit
"""


def supervisions(
    connection: sqlite3.Connection,
    *,
    unit: str | None = None,
    case: str | None = None,
    open_on: date | None = None,
) -> list[SupervisionLine]:
    """Supervisions by number; of a unit, over a matter, or open at the end of a day."""
    day = open_on and open_on.isoformat()
    conditions = {
        "s.unit = :unit": unit,
        's.number IN (SELECT supervision FROM supervision_case WHERE "case" = :case)': case,
        "s.opened_on <= :day AND (s.closed_on IS NULL OR s.closed_on > :day)": day,
    }
    where = " AND ".join(sql for sql, value in conditions.items() if value is not None) or "1"
    values = {"unit": unit, "case": case, "day": day}
    sql = f"{_SUPERVISIONS} WHERE {where} ORDER BY s.number"
    return [_supervision(row) for row in connection.execute(sql, values)]


def inspections(connection: sqlite3.Connection) -> list[InspectionLine]:
    """All inspections by number."""
    sql = """
        SELECT i.number, i.opened_on, i.subject, i.title, i.lead, i.departments, i.findings,
               (SELECT count(*) FROM obligation o
                 WHERE o.stream = 'inspection/' || i.number AND o.discharged_on IS NULL),
               i.closed_on, i.result
        FROM inspection i ORDER BY i.number
    """
    return [
        InspectionLine(
            number=row[0],
            opened_on=date.fromisoformat(row[1]),
            subject=row[2],
            title=row[3],
            lead=row[4],
            departments=tuple(json.loads(row[5])),
            findings=row[6],
            open_findings=row[7],
            closed_on=_day(row[8]),
            result=row[9],
        )
        for row in connection.execute(sql)
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ground(row: Sequence[str]) -> GroundLine:
    return GroundLine(
        case=row[0],
        summary=row[1],
        first_responder=row[2],
        ground=row[3],
        unit=row[4],
        unit_name=row[5] or row[4],
        since=date.fromisoformat(row[6]),
        until=_day(row[7]),
        evidence=row[8],
        supervised=tuple(json.loads(row[9])),
    )


def _supervision(row: Sequence[str]) -> SupervisionLine:
    return SupervisionLine(
        number=row[0],
        opened_on=date.fromisoformat(row[1]),
        unit=row[2],
        unit_name=row[3],
        grounds=tuple(json.loads(row[4])),
        forms=tuple(json.loads(row[5])),
        tracker=row[6],
        joint=tuple(json.loads(row[7])),
        actions=int(row[8]),
        due_on=date.fromisoformat(row[9]),
        responded_on=_day(row[10]),
        closed_on=_day(row[11]),
        result=row[12],
        scope=row[13],
        cases=tuple(json.loads(row[14])),
        nth=int(row[15]),
    )
