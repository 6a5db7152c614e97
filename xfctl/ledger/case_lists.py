"""Lists of matters: filtered, sorted, looked up by number; plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from xfctl.domain.classification import COLLECTIVE_FROM, Labelled, Relation
from xfctl.domain.lifecycle import Stage
from xfctl.ledger.queries import day_or_none


class CaseOrder(Labelled):
    """How a list is sorted."""

    DATE = "date", "登记日期"
    NUMBER = "number", "编号"
    UNIT = "unit", "责任单位", "单位"
    STAGE = "stage", "状态"
    FIRST_RESPONDER = "first-responder", "首问责任人", "经办人"


class CaseLine(Struct, frozen=True):
    """A matter as listed; ``units`` are the names it was assigned to, in order."""

    number: str
    registered_on: date
    stage: str
    channel: str | None
    purpose: str | None
    category: str | None
    persons: int
    summary: str
    demand: str | None
    first_responder: str
    units: tuple[str, ...]
    leapfrog: bool
    joint: bool
    anonymous: bool
    major: bool
    superior: str | None
    repeats: str | None
    accepted_on: date | None
    outcome: str | None
    replied_on: date | None
    closed_on: date | None
    result: str | None
    note: str | None


class CaseFilter(Struct, frozen=True):
    """Which matters a list holds; what is None or False does not narrow it.

    ``overdue_on`` keeps those with an obligation that is open now and was due before that day.
    """

    unit: str | None = None
    stage: str | None = None
    channel: str | None = None
    purpose: str | None = None
    category: str | None = None
    first_responder: str | None = None
    first: date | None = None
    last: date | None = None
    overdue_on: date | None = None
    major: bool = False
    leapfrog: bool = False
    collective: bool = False
    from_above: bool = False
    repeat: bool = False

    def conditions(self) -> Iterator[tuple[str, str | int]]:
        """Each SQL condition with its value."""
        held: dict[str, str | int | date | None] = {
            'number IN (SELECT "case" FROM assignment WHERE unit = ?)': self.unit,
            "stage = ?": self.stage,
            "channel = ?": self.channel,
            "purpose = ?": self.purpose,
            "category = ?": self.category,
            "first_responder = ?": self.first_responder,
            "registered_on >= ?": self.first,
            "registered_on <= ?": self.last,
            _OVERDUE: self.overdue_on,
            "major = ?": self.major or None,
            "leapfrog = ?": self.leapfrog or None,
            "persons >= ?": COLLECTIVE_FROM if self.collective else None,
            "(superior IS NOT NULL OR channel = ?)": "superior" if self.from_above else None,
            "(repeats IS NOT NULL) = ?": self.repeat or None,
        }
        for sql, value in held.items():
            if value is not None:
                yield sql, value.isoformat() if isinstance(value, date) else value


_OVERDUE = """c.number IN (SELECT "case" FROM obligation INDEXED BY ix_obligation_open
    WHERE discharged_on IS NULL AND reminder = 0 AND due_on < ?)"""
_UNIT_NAMES = """(SELECT json_group_array(unit_name) FROM
    (SELECT unit_name FROM assignment WHERE "case" = c.number ORDER BY number))"""
_SELECT = f"""
    SELECT number, registered_on, stage, channel, purpose, category, persons, summary, demand,
           first_responder, {_UNIT_NAMES}, leapfrog, joint, anonymous, major, superior, repeats,
           accepted_on, outcome, replied_on, closed_on, result, note
    FROM "case" c
"""
# Stages sort as a matter runs through them.
_STAGES = f" {' '.join(Stage)} "
_ORDERS = {
    "date": "registered_on, number",
    "number": "number",
    "unit": f"{_UNIT_NAMES}, registered_on, number",
    "stage": f"instr('{_STAGES}', ' ' || stage || ' '), registered_on, number",
    "first-responder": "first_responder, registered_on, number",
}
ALL = CaseFilter()


def cases(
    connection: sqlite3.Connection, wanted: CaseFilter = ALL, order: str = "date"
) -> Iterator[CaseLine]:
    """The matters a filter keeps; ``order`` is date, number, unit, stage or first-responder."""
    conditions = dict(wanted.conditions())
    where = " AND ".join(conditions) or "1"
    sql = f"{_SELECT} WHERE {where} ORDER BY {_ORDERS[order]}"
    return map(_case, connection.execute(sql, tuple(conditions.values())))


def cases_by_number(connection: sqlite3.Connection, numbers: Sequence[str]) -> Iterator[CaseLine]:
    """The matters of the numbers given, in their order."""
    for number in numbers:
        row = connection.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone()
        if row is not None:
            yield _case(row)


def major_unreported(connection: sqlite3.Connection) -> list[CaseLine]:
    """Major matters of which no leader has been told, as it stands now (细则 8(4))."""
    sql = f"{_SELECT} WHERE major = 1 AND leader_told_on IS NULL ORDER BY registered_on, number"
    return list(map(_case, connection.execute(sql)))


# The chain a matter stands in: back to the first petition, then everything that repeats any of it.
_CHAIN = """
    WITH RECURSIVE back(number) AS (
        SELECT :number UNION SELECT c.repeats FROM "case" c JOIN back b ON c.number = b.number
        WHERE c.repeats IS NOT NULL
    ), chain(number) AS (
        SELECT number FROM back UNION
        SELECT c.number FROM "case" c JOIN chain k ON c.repeats = k.number
    )
    SELECT number FROM chain JOIN "case" USING (number)
    WHERE number <> :number ORDER BY registered_on, number
"""


def repeat_chain(connection: sqlite3.Connection, number: str) -> list[str]:
    """The other matters of the chain of repeats that a matter stands in, the earliest first."""
    return [other for (other,) in connection.execute(_CHAIN, {"number": number})]


def linked_to(connection: sqlite3.Connection, number: str, relation: Relation) -> list[str]:
    """The matters that hold a link to one."""
    sql = 'SELECT "case" FROM link WHERE other = ? AND relation = ? ORDER BY "case"'
    return [case for (case,) in connection.execute(sql, (number, relation.value))]


def numbers(connection: sqlite3.Connection, table: str, prefix: str, limit: int) -> list[str]:
    """Numbers of a table that begin with ``prefix``, for completion."""
    sql = f'SELECT number FROM "{table}" WHERE substr(number, 1, ?) = ? ORDER BY number LIMIT ?'
    return [number for (number,) in connection.execute(sql, (len(prefix), prefix, limit))]


def last_number(connection: sqlite3.Connection, table: str, prefix: str) -> int:
    """The highest running number of a table behind a prefix such as ``XF2026-``; 0 if none."""
    sql = f"""
        SELECT coalesce(max(CAST(substr(number, :length + 1) AS INTEGER)), 0) FROM "{table}"
        WHERE number >= :prefix AND number < :prefix || '~'
          AND substr(number, :length + 1) NOT GLOB '*[^0-9]*'
    """
    values = {"prefix": prefix, "length": len(prefix)}
    (number,) = connection.execute(sql, values).fetchone()
    return int(number)


def _case(row: Sequence[str]) -> CaseLine:
    return CaseLine(
        number=row[0],
        registered_on=date.fromisoformat(row[1]),
        stage=row[2],
        channel=row[3],
        purpose=row[4],
        category=row[5],
        persons=int(row[6]),
        summary=row[7],
        demand=row[8],
        first_responder=row[9],
        units=tuple(json.loads(row[10])),
        leapfrog=bool(row[11]),
        joint=bool(row[12]),
        anonymous=bool(row[13]),
        major=bool(row[14]),
        superior=row[15],
        repeats=row[16],
        accepted_on=day_or_none(row[17]),
        outcome=row[18],
        replied_on=day_or_none(row[19]),
        closed_on=day_or_none(row[20]),
        result=row[21],
        note=row[22],
    )
