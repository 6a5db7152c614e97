"""From what events add up to, to the rows of the state tables: pure, one function a subject.

Each stream owns its rows: the rows of a matter carry its number, the rows of a unit its code, and
the calendar owns its two tables whole. So a stream's state can be replaced, compared or rebuilt
by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from xfctl.domain import case as cases
from xfctl.domain import office_calendar
from xfctl.domain import unit as units
from xfctl.domain.case import Case
from xfctl.domain.event import Event
from xfctl.domain.lifecycle import stage_of
from xfctl.domain.unit import Unit
from xfctl.errors import IntegrityError
from xfctl.ledger.chain import canonical_json
from xfctl.workdays.days import OfficeDays

# What evolve raises for a fact of another subject, or of a matter never begun or assigned.
_DOES_NOT_FOLLOW = (AssertionError, AttributeError, LookupError, StopIteration, TypeError)

Row = dict[str, str | int | None]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Subject:
    """How one kind of stream is folded and stored.

    ``tables`` maps each table it writes to the column that holds the stream's id, or to None
    when the stream owns the table whole.
    """

    evolve: Callable[..., object]
    rows: Callable[..., Rows]
    tables: dict[str, str | None]


def case_rows(case: Case) -> Rows:
    """The rows of one matter."""
    return {
        "case": [_case_row(case)],
        "assignment": [
            {
                "case": case.number,
                "number": each.number,
                "unit": each.unit,
                "unit_name": each.unit_name,
                "assigned_on": each.assigned_on.isoformat(),
                "received_on": _iso(each.received_on),
            }
            for each in case.assignments
        ],
        "obligation": [
            {
                "case": case.number,
                "key": each.key,
                "owed_by": each.owed_by,
                "clock": each.duty.clock,
                "article": each.duty.article,
                "started_on": each.duty.started_on.isoformat(),
                "due_on": each.duty.due_on.isoformat(),
                "length": each.duty.length,
                "unit": each.duty.unit.value,
                "calendar": each.duty.calendar,
                "provisional": int(each.duty.provisional),
                "discharged_on": _iso(each.discharged_on),
            }
            for each in case.obligations
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _case_row(case: Case) -> Row:
    entry = case.entry
    return {
        "number": entry.number,
        "registered_on": case.registered_on.isoformat(),
        "stage": stage_of(case).value,
        "channel": entry.channel and entry.channel.value,
        "purpose": entry.purpose and entry.purpose.value,
        "category": entry.category,
        "summary": entry.summary,
        "demand": entry.demand,
        "persons": entry.persons,
        "leapfrog": int(entry.leapfrog),
        "joint": int(entry.joint),
        "anonymous": int(entry.anonymous),
        "first_responder": entry.first_responder,
        "petitioner": entry.petitioner,
        "note": entry.note,
        "closed_on": _iso(case.closed_on),
        "result": case.closing.result if case.closing else None,
    }


def unit_rows(unit: Unit) -> Rows:
    """The row of one unit."""
    entry = unit.entry
    row: Row = {
        "code": entry.code,
        "name": entry.name,
        "kind": entry.kind,
        "applies": entry.applies.value,
        "former_names": canonical_json(entry.former_names),
        "headcount": entry.headcount,
        "added_on": unit.added_on.isoformat(),
    }
    return {"unit": [row]}


def calendar_rows(days: OfficeDays) -> Rows:
    """Every recorded day and every year made firm by an imported notice."""
    decrees: list[Row] = [
        {
            "layer": "notice",
            "day": day.isoformat(),
            "works": int(decree.works),
            "name": decree.name,
            "notice": decree.notice,
        }
        for day, decree in days.decrees.items()
    ]
    closures: list[Row] = [
        {"layer": "closure", "day": day.isoformat(), "works": 0, "name": reason, "notice": None}
        for day, reason in days.closures.items()
    ]
    years: list[Row] = [{"year": year} for year in sorted(days.noticed_years)]
    return {"calendar_day": decrees + closures, "calendar_year": years}


SUBJECTS = {
    "case": Subject(
        cases.evolve, case_rows, {"case": "number", "assignment": "case", "obligation": "case"}
    ),
    "unit": Subject(units.evolve, unit_rows, {"unit": "code"}),
    "calendar": Subject(
        office_calendar.evolve, calendar_rows, {"calendar_day": None, "calendar_year": None}
    ),
}


def state_tables() -> list[str]:
    """Every table that is derived from events."""
    return [table for subject in SUBJECTS.values() for table in subject.tables]


def subject_of(stream: str) -> tuple[Subject | None, str]:
    """The subject a stream belongs to, if it has state, and the stream's id within it."""
    kind, _, identifier = stream.partition("/")
    return SUBJECTS.get(kind), identifier


def fold(subject: Subject, events: Iterable[Event]) -> object | None:
    """What a stream's events add up to; None for a stream without events.

    Raises IntegrityError at an event that cannot follow the ones before it.
    """
    state: object | None = None
    for event in events:
        try:
            state = subject.evolve(state, event)
        except _DOES_NOT_FOLLOW as error:
            raise IntegrityError(
                f"账本第 {event.seq} 条事件与 {event.stream} 此前的事件不合；"
                "请运行 xfctl verify，必要时从备份恢复。"
            ) from error
    return state
