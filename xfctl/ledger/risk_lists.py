"""Risk points, decisions and plans as lists; plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from xfctl.ledger.queries import day_or_none


class RiskLine(Struct, frozen=True):
    """A risk point as listed; ``review_by`` is the review still owed, ``cases`` came of it."""

    number: str
    added_on: date
    kind: str
    unit: str
    unit_name: str
    summary: str
    persons: int
    level: str
    trend: str
    leader: str
    measures: str | None
    review_by: date | None
    resolved_on: date | None
    cases: tuple[str, ...]


class SilentUnit(Struct, frozen=True):
    """A unit that reported no risk point; ``last_on`` is the day of its latest report ever."""

    code: str
    name: str
    applies: str
    last_on: date | None


class DecisionLine(Struct, frozen=True):
    """A decision as listed; ``cases`` are the matters it caused."""

    number: str
    recorded_on: date
    unit_name: str
    title: str
    consulted_on: date | None
    assessed_on: date | None
    level: str | None
    asked_on: date | None
    opinion_on: date | None
    settled_on: date | None
    outcome: str | None
    discussion: str | None
    cases: tuple[str, ...]

    @property
    def consulted_before(self) -> bool:
        """Whether the staff were asked before the decision fell (细则 9(2): 事先)."""
        return _before(self.consulted_on, self.settled_on)

    @property
    def assessed_before(self) -> bool:
        """Whether the risk was assessed before the decision fell."""
        return _before(self.assessed_on, self.settled_on)


class PlanLine(Struct, frozen=True):
    """The plan of a unit in its latest version; ``unit`` is a code, or ``plan.OVERALL``."""

    unit: str
    version: str
    dated_on: date
    name: str
    sha256: str


_CASES = """(SELECT json_group_array("case") FROM (SELECT "case" FROM consequence
    WHERE source = {number} AND linked_on <= :on ORDER BY 1))"""
# The rank of the list: level, trend, persons, then the oldest first.
_RISKS = f"""
    SELECT r.number, r.added_on, r.kind, r.unit, coalesce(u.name, r.unit_name), r.summary, r.persons,
           r.level, r.trend, r.leader, r.measures,
           (SELECT due_on FROM obligation
             WHERE stream = 'risk/' || r.number AND started_on <= :on
               AND (discharged_on IS NULL OR discharged_on > :on)),
           CASE WHEN r.resolved_on <= :on THEN r.resolved_on END, {_CASES.format(number="r.number")}
    FROM risk r LEFT JOIN unit u ON u.code = r.unit
    WHERE r.added_on <= :on AND r.unit = coalesce(:unit, r.unit)
      AND (:all OR r.resolved_on IS NULL OR r.resolved_on > :on)
    ORDER BY instr('high middle low', r.level), instr('rising steady falling', r.trend),
             r.persons DESC, r.added_on, r.number
"""


def risks(
    connection: sqlite3.Connection, on: date, *, unit: str | None = None, everything: bool = False
) -> list[RiskLine]:
    """Risk points of a day by rank, of all units or one; ``everything`` with the resolved ones."""
    values = {"on": on.isoformat(), "unit": unit, "all": everything}
    return [_risk(row) for row in connection.execute(_RISKS, values)]


_REPORTS = """
    SELECT unit, added_on AS day FROM risk UNION ALL SELECT unit, value FROM risk, json_each(reviews)
"""
_SILENT = f"""
    SELECT u.present_code, u.name, u.applies, max(r.day)
    FROM unit u LEFT JOIN ({_REPORTS}) r ON r.unit = u.code AND r.day <= :on
    WHERE u.added_on <= :on AND (u.merged_on IS NULL OR u.merged_on > :on)
    GROUP BY u.code HAVING coalesce(max(r.day), '') < :first ORDER BY u.applies, u.code
"""


def silent_units(connection: sqlite3.Connection, on: date) -> list[SilentUnit]:
    """Units that by a day had neither reported nor reviewed a risk point in its year (细则 9(1))."""
    values = {"on": on.isoformat(), "first": date(on.year, 1, 1).isoformat()}
    return [
        SilentUnit(code, name, applies, day_or_none(last))
        for code, name, applies, last in connection.execute(_SILENT, values)
    ]


_DECISIONS = f"""
    SELECT d.number, d.recorded_on, coalesce(u.name, d.unit_name), d.title, d.consulted_on,
           d.assessed_on, d.level, d.asked_on, d.opinion_on, d.settled_on, d.outcome, d.discussion,
           {_CASES.format(number="d.number")}
    FROM decision d LEFT JOIN unit u ON u.code = d.unit
    WHERE d.recorded_on <= :on AND d.unit = coalesce(:unit, d.unit) ORDER BY d.number
"""


def decisions(
    connection: sqlite3.Connection, on: date, *, unit: str | None = None
) -> list[DecisionLine]:
    """Decisions recorded by a day, by number, of all units or one (细则 9(2))."""
    values = {"on": on.isoformat(), "unit": unit}
    return [_decision(row) for row in connection.execute(_DECISIONS, values)]


def unprepared(connection: sqlite3.Connection, on: date) -> list[DecisionLine]:
    """Decisions that caused petitions and were not assessed, or the staff not asked, beforehand."""
    return [
        each
        for each in decisions(connection, on)
        if each.cases and not (each.assessed_before and each.consulted_before)
    ]


def plans(connection: sqlite3.Connection, on: date) -> list[PlanLine]:
    """The version in force on a day of every plan there is, by unit code."""
    sql = """
        SELECT unit, version, dated_on, name, sha256, max(position)
        FROM plan WHERE dated_on <= ? GROUP BY unit ORDER BY unit
    """
    return [
        PlanLine(unit, version, date.fromisoformat(dated_on), name, sha256)
        for unit, version, dated_on, name, sha256, _ in connection.execute(sql, (on.isoformat(),))
    ]


def _before(prepared: date | None, settled: date | None) -> bool:
    return prepared is not None and (settled is None or prepared <= settled)


def _risk(row: Sequence[str]) -> RiskLine:
    return RiskLine(
        number=row[0],
        added_on=date.fromisoformat(row[1]),
        kind=row[2],
        unit=row[3],
        unit_name=row[4],
        summary=row[5],
        persons=int(row[6]),
        level=row[7],
        trend=row[8],
        leader=row[9],
        measures=row[10],
        review_by=day_or_none(row[11]),
        resolved_on=day_or_none(row[12]),
        cases=tuple(json.loads(row[13])),
    )


def _decision(row: Sequence[str]) -> DecisionLine:
    return DecisionLine(
        number=row[0],
        recorded_on=date.fromisoformat(row[1]),
        unit_name=row[2],
        title=row[3],
        consulted_on=day_or_none(row[4]),
        assessed_on=day_or_none(row[5]),
        level=row[6],
        asked_on=day_or_none(row[7]),
        opinion_on=day_or_none(row[8]),
        settled_on=day_or_none(row[9]),
        outcome=row[10],
        discussion=row[11],
        cases=tuple(json.loads(row[12])),
    )
