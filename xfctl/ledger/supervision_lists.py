"""Grounds and supervisions as lists; plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from xfctl.ledger.queries import day_or_none, name_of_day
from xfctl.ledger.standing import OPEN_ON
from xfctl.regulation.grounds import grounds, order

if TYPE_CHECKING:
    from xfctl.domain.supervision import Supervision


class GroundLine(Struct, frozen=True):
    """A ground on a matter on a day, with every supervision that was opened over it by then.

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


class SupervisionLine(Struct, frozen=True):
    """A supervision as listed.

    ``forms`` are all that were used; ``nth`` counts the supervisions so far of the matter asked
    about, else of its first one.
    """

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

    def is_open(self, on: date) -> bool:
        """Whether it still runs at the end of a day."""
        return self.closed_on is None or self.closed_on > on


class InspectionLine(Struct, frozen=True):
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


# Which supervisions there are of the same matter, and of the unit if a ground names one.
_OVER = """
    FROM supervision_case sc JOIN supervision s ON s.number = sc.supervision
    WHERE sc."case" = g."case" AND g.unit IN ('', s.unit) AND s.opened_on <= :on
"""
# Of these, the ones a ground was meant by: at the same time, or afterwards by name.
_NAMED = "EXISTS (SELECT 1 FROM json_each(s.grounds) WHERE value = g.ground)"
_MEANT = f"""
    (s.closed_on IS NULL OR s.closed_on > g.since OR s.opened_on >= g.since)
    AND (g.until IS NULL OR s.opened_on <= g.until OR {_NAMED})
"""
_GROUNDS = f"""
    SELECT g."case", c.summary, c.first_responder, g.ground, g.unit,
           {name_of_day("g", "unit", "since")}, g.since,
           CASE WHEN g.until <= :on THEN g.until END, g.evidence,
           (SELECT json_group_array(number) FROM (SELECT s.number {_OVER} AND {_MEANT} ORDER BY 1))
    FROM ground g JOIN "case" c ON c.number = g."case" LEFT JOIN unit u ON u.code = g.unit
"""
# Grounds that are a state (a duty still unperformed) are due again after a supervision that did
# not end them; those that are a single event, all that an officer found among them, are done with
# once a supervision that named them was closed.
_UNSUPERVISED = f"""
    g.since <= :on
    AND NOT EXISTS (SELECT 1 {_OVER} AND (s.closed_on IS NULL OR s.closed_on > :on))
    AND NOT ((g.ground NOT IN (SELECT value FROM json_each(:recurring)) OR g.key LIKE '%/found/%')
        AND EXISTS (SELECT 1 {_OVER} AND s.closed_on <= :on AND s.opened_on >= g.since AND {_NAMED}))
"""
# Two indexed halves, as for open obligations.
_DUE = f"""
    {_GROUNDS} WHERE g.until IS NULL AND {_UNSUPERVISED}
    UNION ALL
    {_GROUNDS} WHERE g.until > :on AND {_UNSUPERVISED}
"""
_HISTORY = f'{_GROUNDS} WHERE g.since <= :on ORDER BY g."case", g.since, g.ground'


def grounds_due(connection: sqlite3.Connection, on: date) -> list[GroundLine]:
    """Grounds that exist on a day with no supervision open over them, by ground, since, case."""
    recurring = [each.key for each in grounds().values() if each.due_again]
    values = {"on": on.isoformat(), "recurring": json.dumps(recurring)}
    found = [_ground(row) for row in connection.execute(_DUE, values)]
    return sorted(found, key=lambda each: (order(each.ground), each.since, each.case))


def grounds_ever(connection: sqlite3.Connection, on: date) -> list[GroundLine]:
    """Every ground that had begun by a day, ended ones too."""
    return [_ground(row) for row in connection.execute(_HISTORY, {"on": on.isoformat()})]


def grounds_of_case(connection: sqlite3.Connection, case: str, on: date) -> list[GroundLine]:
    """Every ground on one matter that had begun by a day."""
    sql = f'{_GROUNDS} WHERE g."case" = :case AND g.since <= :on ORDER BY g.since, g.ground'
    values = {"case": case, "on": on.isoformat()}
    return [_ground(row) for row in connection.execute(sql, values)]


def assigned_name(connection: sqlite3.Connection, case: str, unit: str) -> str:
    """The name a unit bore when it was last given a matter; its code if it never was."""
    sql = """
        SELECT unit_name FROM assignment WHERE "case" = ? AND unit = ?
        ORDER BY number DESC LIMIT 1
    """
    found = connection.execute(sql, (case, unit)).fetchone()
    return str(found[0]) if found else unit


# The days on which something happened again and again between a matter and a unit, numbered.
_RETURNS = 'SELECT "case", unit, returned_on AS day FROM assignment WHERE returned_on <= :on'
_REJECTIONS = """
    SELECT "case", unit, value AS day FROM assignment, json_each(sent_back) WHERE value <= :on
"""
_REPEATED = """
    SELECT d."case", d.unit, count(*), max(d.day) FILTER (WHERE d.nth = :least)
    FROM (SELECT *, row_number() OVER (PARTITION BY "case", unit ORDER BY day) AS nth
          FROM ({days})) d
    JOIN "case" c ON c.number = d."case" WHERE {open_on}
    GROUP BY d."case", d.unit HAVING count(*) >= :least ORDER BY d."case", d.unit
"""


def returns(
    connection: sqlite3.Connection, on: date, least: int
) -> list[tuple[str, str, int, date]]:
    """Matters open on a day that a unit had given back ``least`` times or more.

    Number, unit, how often by then, and the day on which it became ``least``.
    """
    return _repeated(connection, _RETURNS, on, least)


def rejections(
    connection: sqlite3.Connection, on: date, least: int
) -> list[tuple[str, str, int, date]]:
    """Matters open on a day on which a unit's reports had been sent back, as for ``returns``."""
    return _repeated(connection, _REJECTIONS, on, least)


def _repeated(
    connection: sqlite3.Connection, days: str, on: date, least: int
) -> list[tuple[str, str, int, date]]:
    values = {"on": on.isoformat(), "least": least}
    rows = connection.execute(_REPEATED.format(days=days, open_on=OPEN_ON), values)
    return [(case, unit, times, date.fromisoformat(day)) for case, unit, times, day in rows]


_SUPERVISIONS = """
    SELECT s.number, s.opened_on, s.unit, s.unit_name, s.grounds, s.forms,
           s.tracker, s.joint, s.actions, o.due_on, s.responded_on, s.closed_on, s.result, s.scope,
           (SELECT json_group_array("case") FROM supervision_case WHERE supervision = s.number),
           (SELECT count(*) FROM supervision_case x JOIN supervision e ON e.number = x.supervision
             WHERE x."case" = coalesce(:case, o."case") AND (e.opened_on, e.number) <= (s.opened_on, s.number))
    FROM supervision s JOIN obligation o ON o.stream = 'supervision/' || s.number
"""


def supervisions(
    connection: sqlite3.Connection,
    *,
    unit: str | None = None,
    case: str | None = None,
    begun_by: date | None = None,
    open_on: date | None = None,
) -> list[SupervisionLine]:
    """Supervisions by number; of a unit, over a matter, begun by a day, or open at its end."""
    day = open_on and open_on.isoformat()
    begun = begun_by and begun_by.isoformat()
    conditions = {
        "s.unit = :unit": unit,
        's.number IN (SELECT supervision FROM supervision_case WHERE "case" = :case)': case,
        "s.opened_on <= :begun": begun,
        "s.opened_on <= :day AND (s.closed_on IS NULL OR s.closed_on > :day)": day,
    }
    where = " AND ".join(sql for sql, value in conditions.items() if value is not None) or "1"
    values = {"unit": unit, "case": case, "begun": begun, "day": day}
    sql = f"{_SUPERVISIONS} WHERE {where} ORDER BY s.number"
    return [_supervision(row) for row in connection.execute(sql, values)]


def times_supervised(connection: sqlite3.Connection, state: Supervision) -> int:
    """Which supervision of its first matter this is."""
    lines = supervisions(connection, case=state.entry.cases[0])
    return next(each.nth for each in lines if each.number == state.number)


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
            closed_on=day_or_none(row[8]),
            result=row[9],
        )
        for row in connection.execute(sql)
    ]


def _ground(row: Sequence[str]) -> GroundLine:
    return GroundLine(
        case=row[0],
        summary=row[1],
        first_responder=row[2],
        ground=row[3],
        unit=row[4],
        unit_name=row[5] or row[4],
        since=date.fromisoformat(row[6]),
        until=day_or_none(row[7]),
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
        responded_on=day_or_none(row[10]),
        closed_on=day_or_none(row[11]),
        result=row[12],
        scope=row[13],
        cases=tuple(json.loads(row[14])),
        nth=int(row[15]),
    )
