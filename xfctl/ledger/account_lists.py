"""Accountabilities, award eligibility and what may call for accountability, as lists; plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from xfctl.domain.accountability.milestones import Milestones
from xfctl.ledger.queries import day_or_none
from xfctl.ledger.standing import COUNTED


class PersonLine(Struct, frozen=True):
    """Someone held to account; ``token`` stands for the name."""

    number: int
    token: str
    post: str
    role: str
    changed: bool


class SanctionLine(Struct, frozen=True):
    """One measure on one person, in force from ``since`` until ``until``."""

    person: int
    measure: str
    body: str
    since: date
    until: date | None
    carried_out_on: date | None


class AppealLine(Struct, frozen=True):
    """One appeal."""

    filed_on: date
    decided_on: date | None
    result: str | None


class AccountLine(Struct, frozen=True):
    """An accountability as listed; ``measures`` are those proposed, by key."""

    number: str
    proposed_on: date
    day_in_question: date
    unit: str
    unit_name: str
    nature: str
    situations: tuple[str, ...]
    severity: str | None
    rung: str
    tracker: str
    after: str | None
    measures: tuple[str, ...]
    document: str | None
    handed_over_on: date | None
    overridden: tuple[str, ...]
    milestones: Milestones
    cases: tuple[str, ...]
    persons: tuple[PersonLine, ...]
    sanctions: tuple[SanctionLine, ...]
    appeals: tuple[AppealLine, ...]

    def appealing(self, on: date) -> bool:
        """Whether an appeal is pending at the end of a day."""
        return any(
            each.filed_on <= on and (each.decided_on is None or each.decided_on > on)
            for each in self.appeals
        )


_ACCOUNTS = """
    SELECT a.number, a.proposed_on, a.day_in_question, a.unit, a.unit_name, a.nature, a.situations,
           a.severity, a.rung, a.tracker, a.after, a.measures, a.document, a.handed_over_on,
           a.overridden, a.withdrawn_on, a.not_adopted_on, a.decided_on, a.carried_out_on,
           a.rectify_by, a.rectified_on, a.failed_on, a.revoked_on,
           (SELECT json_group_array("case") FROM accountability_case
             WHERE accountability = a.number),
           (SELECT json_group_array(json_array(number, token, post, role, changed))
              FROM accountability_person WHERE accountability = a.number),
           (SELECT json_group_array(json_array(person, measure, body, since, until, carried_out_on))
              FROM sanction WHERE accountability = a.number),
           (SELECT json_group_array(json_array(filed_on, decided_on, result))
              FROM appeal WHERE accountability = a.number)
    FROM accountability a
"""


def accountabilities(
    connection: sqlite3.Connection,
    *,
    number: str | None = None,
    unit: str | None = None,
    case: str | None = None,
    proposed_by: date | None = None,
    tokens: tuple[str, ...] | None = None,
) -> list[AccountLine]:
    """Accountabilities in order: one, those of a unit, over a matter, begun by a day, or of some persons."""
    conditions = {
        "a.number = :number": number,
        "a.unit = :unit": unit,
        'a.number IN (SELECT accountability FROM accountability_case WHERE "case" = :case)': case,
        "a.proposed_on <= :by": proposed_by,
        "a.number IN (SELECT accountability FROM accountability_person"
        " WHERE token IN (SELECT value FROM json_each(:tokens)))": tokens,
    }
    where = " AND ".join(sql for sql, value in conditions.items() if value is not None) or "1"
    values = {
        "number": number,
        "unit": unit,
        "case": case,
        "by": proposed_by and proposed_by.isoformat(),
        "tokens": json.dumps(tokens),
    }
    sql = f"{_ACCOUNTS} WHERE {where} ORDER BY a.proposed_on, a.number"
    return [_account(row) for row in connection.execute(sql, values)]


class AwardLine(Struct, frozen=True):
    """A unit without award eligibility for a year: since when, under which decision."""

    unit: str
    unit_name: str
    year: str
    since: date
    until: date | None
    accountability: str
    document: str | None


def award_losses(connection: sqlite3.Connection, year: str | None, on: date) -> list[AwardLine]:
    """Losses of eligibility decided by a day, of one year (its label or first year) or of all."""
    sql = """
        SELECT l.unit, coalesce(u.name, a.unit_name), l.year, l.since,
               CASE WHEN l.until <= :on THEN l.until END, l.accountability, a.document
        FROM award_loss l JOIN accountability a ON a.number = l.accountability
        LEFT JOIN unit u ON u.code = l.unit
        WHERE (:year IS NULL OR l.year = :year OR l.year LIKE :year || '-%') AND l.since <= :on
        ORDER BY l.unit, l.since
    """
    return [
        AwardLine(
            unit=row[0],
            unit_name=row[1],
            year=row[2],
            since=date.fromisoformat(row[3]),
            until=day_or_none(row[4]),
            accountability=row[5],
            document=row[6],
        )
        for row in connection.execute(sql, {"year": year, "on": on.isoformat()})
    ]


def set_aside(connection: sqlite3.Connection, on: date) -> dict[str, date]:
    """Candidates set aside by a day, each with the last day on which it was."""
    sql = "SELECT candidate, max(on_day) FROM set_aside WHERE on_day <= ? GROUP BY candidate"
    found = connection.execute(sql, (on.isoformat(),))
    return {candidate: date.fromisoformat(day) for candidate, day in found}


class MajorLine(Struct, frozen=True):
    """A major or urgent matter, and when a leader was told of it (细则 8(4))."""

    case: str
    summary: str
    marked_on: date
    told_on: date | None


def majors(connection: sqlite3.Connection, on: date) -> Iterator[MajorLine]:
    """Every matter marked as major or urgent by a day."""
    sql = """
        SELECT number, summary, major_on, CASE WHEN leader_told_on <= :on THEN leader_told_on END
        FROM "case" WHERE major_on <= :on ORDER BY number
    """
    for number, summary, marked, told in connection.execute(sql, {"on": on.isoformat()}):
        yield MajorLine(number, summary, date.fromisoformat(marked), day_or_none(told))


class PetitionLine(Struct, frozen=True):
    """A collective or leapfrog petition that a unit answers for, registered within a period."""

    unit: str
    unit_name: str
    case: str
    registered_on: date
    persons: int
    collective: bool
    leapfrog: bool
    repeated: bool


def petitions(
    connection: sqlite3.Connection, first: date, last: date, collective_from: int
) -> list[PetitionLine]:
    """Collective (``collective_from`` persons or more) and leapfrog petitions of a period.

    A unit answers for a matter whose lead it is, having not returned it by the last day.
    """
    sql = f"""
        SELECT s.unit, coalesce(u.name, s.unit_name), c.number, c.registered_on, c.persons,
               c.persons >= :size, c.leapfrog, c.repeats IS NOT NULL
        FROM "case" c
        JOIN assignment s ON s."case" = c.number AND s.role = 'lead' AND s.assigned_on <= :last
             AND (s.returned_on IS NULL OR s.returned_on > :last)
        LEFT JOIN unit u ON u.code = s.unit
        WHERE c.registered_on BETWEEN :first AND :last AND (c.persons >= :size OR c.leapfrog)
          AND {COUNTED}
        ORDER BY s.unit, c.number
    """
    values = {"first": first.isoformat(), "last": last.isoformat(), "size": collective_from}
    return [
        PetitionLine(
            unit=row[0],
            unit_name=row[1],
            case=row[2],
            registered_on=date.fromisoformat(row[3]),
            persons=row[4],
            collective=bool(row[5]),
            leapfrog=bool(row[6]),
            repeated=bool(row[7]),
        )
        for row in connection.execute(sql, values)
    ]


class AssignedCount(Struct, frozen=True):
    """Matters that a unit was given: how many, how many of them collective, and so on.

    ``largest`` is the number of persons of the largest collective petition, 0 if there is none.
    """

    count: int
    collective: int
    largest: int
    leapfrog: int
    repeated: int


def assigned(
    connection: sqlite3.Connection, unit: str, first: date, last: date, collective_from: int
) -> AssignedCount:
    """Count the matters registered in a period that a unit was given by its last day."""
    sql = f"""
        SELECT count(*), coalesce(sum(c.persons >= :size), 0),
               coalesce(max(c.persons) FILTER (WHERE c.persons >= :size), 0),
               coalesce(sum(c.leapfrog), 0), coalesce(sum(c.repeats IS NOT NULL), 0)
        FROM "case" c WHERE c.registered_on BETWEEN :first AND :last AND {COUNTED}
          AND EXISTS (SELECT 1 FROM assignment s
               WHERE s."case" = c.number AND s.unit = :unit AND s.assigned_on <= :last)
    """
    values = {
        "unit": unit,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "size": collective_from,
    }
    return AssignedCount(*connection.execute(sql, values).fetchone())


def _account(row: tuple[str, ...]) -> AccountLine:
    days = [day_or_none(text) for text in row[15:23]]
    sanctions = tuple(
        SanctionLine(
            person, measure, body, date.fromisoformat(since), day_or_none(until), day_or_none(done)
        )
        for person, measure, body, since, until, done in json.loads(row[25])
    )
    return AccountLine(
        number=row[0],
        proposed_on=date.fromisoformat(row[1]),
        day_in_question=date.fromisoformat(row[2]),
        unit=row[3],
        unit_name=row[4],
        nature=row[5],
        situations=tuple(json.loads(row[6])),
        severity=row[7],
        rung=row[8],
        tracker=row[9],
        after=row[10],
        measures=tuple(json.loads(row[11])),
        document=row[12],
        handed_over_on=day_or_none(row[13]),
        overridden=tuple(json.loads(row[14])),
        milestones=Milestones(sanctions, *days),
        cases=tuple(json.loads(row[23])),
        persons=tuple(
            PersonLine(number, token, post, role, bool(changed))
            for number, token, post, role, changed in json.loads(row[24])
        ),
        sanctions=sanctions,
        appeals=tuple(
            AppealLine(date.fromisoformat(filed), day_or_none(decided), result)
            for filed, decided, result in json.loads(row[26])
        ),
    )
