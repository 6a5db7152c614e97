"""Questions to the state tables: plain SQL, and nothing imported that the question can do without."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from xfctl.domain.obligation import DEBTOR_NAMES
from xfctl.workdays.days import Decree, OfficeDays

if TYPE_CHECKING:
    from xfctl.domain.parameters import Parameters
    from xfctl.domain.unit import Unit


class ObligationLine(Struct, frozen=True):
    """An obligation with what a reader needs to know of its matter and its debtor.

    ``handler`` sees to it: the first responder of a matter, the tracker of a supervision, the
    leader who answers for a risk point. ``of_unit`` says that a unit owes it. ``stream`` and
    ``key`` name it for good, wherever its dates move.
    """

    case: str
    summary: str
    handler: str
    owed_by: str
    owed_by_name: str
    clock: str
    article: str
    started_on: date
    due_on: date
    unit: str
    provisional: bool
    reminder: bool
    discharged_on: date | None
    stream: str
    key: str
    of_unit: bool

    @property
    def of_matter(self) -> bool:
        """Whether ``case`` is the number of a matter, and not of a risk point or the like."""
        return self.stream.startswith(("case/", "supervision/"))


def name_of_day(line: str, unit: str, day: str) -> str:
    """SQL for the name that a unit, joined as ``u``, bore when it was given a matter, else on a day.

    ``line`` is the table that tells of the matter, ``unit`` and ``day`` are columns of it.
    """
    return f"""coalesce(
        (SELECT unit_name FROM assignment WHERE "case" = {line}."case" AND unit = {line}.{unit}
         ORDER BY number DESC LIMIT 1),
        (SELECT json_extract(value, '$[1]') FROM json_each(u.renames)
         WHERE json_extract(value, '$[0]') > {line}.{day} ORDER BY key LIMIT 1),
        u.name)"""


_OBLIGATION_COLUMNS = f"""
    SELECT o."case", coalesce(o.summary, c.summary), coalesce(o.handler, c.first_responder),
           o.owed_by, {name_of_day("o", "owed_by", "started_on")}, o.clock, o.article,
           o.started_on, o.due_on, o.unit, o.provisional, o.reminder, o.discharged_on,
           o.stream, o.key, u.code IS NOT NULL
"""
_OF_MATTERS = 'LEFT JOIN "case" c ON c.number = o."case" LEFT JOIN unit u ON u.code = o.owed_by'

# Two indexed halves: what is still open, and what was discharged only after the day asked about.
# The indexes are named, because by due date alone SQLite would go through all that ever was due.
_OPEN_ON = f"""
    {_OBLIGATION_COLUMNS} FROM obligation o INDEXED BY ix_obligation_open {_OF_MATTERS}
    WHERE o.discharged_on IS NULL AND o.due_on <= :due AND o.started_on <= :on
    UNION ALL
    {_OBLIGATION_COLUMNS} FROM obligation o INDEXED BY ix_obligation_discharged_on {_OF_MATTERS}
    WHERE o.discharged_on > :on AND o.due_on <= :due AND o.started_on <= :on
"""


def open_obligations(
    connection: sqlite3.Connection, *, on: date, due_until: date
) -> list[ObligationLine]:
    """Obligations open at the end of the day ``on`` and due by ``due_until``."""
    values = {"on": on.isoformat(), "due": due_until.isoformat()}
    return [_obligation(row) for row in connection.execute(_OPEN_ON, values)]


def all_obligations(connection: sqlite3.Connection) -> Iterator[ObligationLine]:
    """Every obligation, discharged or not, in the order of case numbers."""
    sql = f'{_OBLIGATION_COLUMNS} FROM obligation o {_OF_MATTERS} ORDER BY o."case", o.key'
    return map(_obligation, connection.execute(sql))


def punctuality(
    connection: sqlite3.Connection, clock: str, first: date, last: date, today: date
) -> dict[str, tuple[int, int]]:
    """By debtor: of the deadlines of a clock that fell due in a period, how many were met in time.

    In time, and all of them. Not counted are those that ended unperformed before they were late,
    and those that may still be met today. ``View.terms`` and ``View.is_in_time`` count the
    deadlines of matters by the same rule.
    """
    sql = """
        SELECT owed_by, sum(NOT lapsed AND coalesce(discharged_on, '9') <= due_on), count(*)
        FROM obligation
        WHERE clock = :clock AND due_on BETWEEN :first AND :last
          AND NOT (lapsed AND discharged_on <= due_on)
          AND (due_on < :today OR discharged_on <= due_on)
        GROUP BY owed_by
    """
    values = {
        "clock": clock,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "today": today.isoformat(),
    }
    return {debtor: (in_time, due) for debtor, in_time, due in connection.execute(sql, values)}


def streams_with_open_obligations(connection: sqlite3.Connection) -> list[str]:
    """The streams of which anything is still owed."""
    sql = "SELECT DISTINCT stream FROM obligation WHERE discharged_on IS NULL ORDER BY stream"
    return [stream for (stream,) in connection.execute(sql)]


def units(connection: sqlite3.Connection) -> list[Unit]:
    """All units by present code, those merged into others too."""
    import json

    from xfctl.domain.unit import Applies, Rename, Unit

    sql = """
        SELECT code, present_code, name, added_on, kind, applies, parent, headcount, former_names,
               former_codes, renames, merged_on, merged_into
        FROM unit ORDER BY present_code
    """
    return [
        Unit(
            code=row[0],
            present_code=row[1],
            name=row[2],
            added_on=date.fromisoformat(row[3]),
            kind=row[4],
            applies=Applies(row[5]),
            parent=row[6],
            headcount=row[7],
            former_names=tuple(json.loads(row[8])),
            former_codes=tuple(json.loads(row[9])),
            renames=tuple(
                Rename(date.fromisoformat(on), before) for on, before in json.loads(row[10])
            ),
            merged_on=day_or_none(row[11]),
            merged_into=row[12],
        )
        for row in connection.execute(sql)
    ]


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


def ledger_id(connection: sqlite3.Connection) -> str:
    """The random name that the ledger was given when it was begun; "" if its first event tells none."""
    sql = "SELECT json_extract(payload, '$.ledger_id') FROM event WHERE seq = 1"
    row = connection.execute(sql).fetchone()
    return str(row[0] or "") if row else ""


def has_notice(connection: sqlite3.Connection, digest: str) -> bool:
    """Whether a notice whose text has this SHA-256 was imported."""
    sql = """
        SELECT EXISTS (SELECT 1 FROM event WHERE stream = 'calendar'
            AND kind = 'calendar.notice_imported' AND json_extract(payload, '$.digest') = ?)
    """
    (found,) = connection.execute(sql, (digest,)).fetchone()
    return bool(found)


def unit_named(connection: sqlite3.Connection, text: str) -> Unit:
    """The unit of that code, name or former name. Raises InputRefusedError if there is not one."""
    from xfctl.domain.unit_directory import UnitDirectory

    return UnitDirectory(units(connection)).find(text)


def parameters(connection: sqlite3.Connection) -> Parameters:
    """What the office set, in the order in which it was recorded."""
    from xfctl.domain.parameters import Parameters, ParameterSet

    sql = "SELECT name, value, effective, reason FROM parameter ORDER BY position"
    settings = (
        ParameterSet(name=name, value=value, effective=date.fromisoformat(effective), reason=reason)
        for name, value, effective, reason in connection.execute(sql)
    )
    return Parameters(tuple(settings))


def day_or_none(text: str | None) -> date | None:
    """A date as the tables hold it."""
    return date.fromisoformat(text) if text else None


def _obligation(row: tuple[str, ...]) -> ObligationLine:
    return ObligationLine(
        case=row[0],
        summary=row[1],
        handler=row[2],
        owed_by=row[3],
        owed_by_name=row[4] or DEBTOR_NAMES.get(row[3], row[3]),
        clock=row[5],
        article=row[6],
        started_on=date.fromisoformat(row[7]),
        due_on=date.fromisoformat(row[8]),
        unit=row[9],
        provisional=bool(row[10]),
        reminder=bool(row[11]),
        discharged_on=day_or_none(row[12]),
        stream=row[13],
        key=row[14],
        of_unit=bool(row[15]),
    )
