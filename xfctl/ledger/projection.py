"""From what events add up to, to the rows of the state tables: pure, one function a subject.

Each stream owns its rows: the rows of a matter carry its number, the rows of a unit its code, and
the calendar and the parameters own their tables whole. So a stream's state can be replaced,
compared or rebuilt by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xfctl.domain import case as cases
from xfctl.domain import inspection, office_calendar, parameters, supervision
from xfctl.domain import unit as units
from xfctl.domain.case import Assignment, Case
from xfctl.domain.case_facts import CaseNoted, FeedbackReviewed
from xfctl.domain.event import Event
from xfctl.domain.grounds import grounds_of
from xfctl.domain.inspection import Inspection
from xfctl.domain.lifecycle import stage_of
from xfctl.domain.obligation import Obligation
from xfctl.domain.parameters import Parameters
from xfctl.domain.supervision import Supervision
from xfctl.domain.unit import Unit
from xfctl.errors import IntegrityError
from xfctl.ledger.chain import canonical_json
from xfctl.ledger.history_rows import Row, Rows, history_rows
from xfctl.ledger.search import searchable
from xfctl.workdays.days import OfficeDays

# What evolve raises for a fact of another subject, or of a matter never begun or assigned.
_DOES_NOT_FOLLOW = (
    *(AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError),
)


@dataclass(frozen=True)
class Subject:
    """How one kind of stream is folded and stored.

    ``tables`` maps each table it writes to the condition that picks the rows of one stream, with
    ``?`` for the stream's id, or to "" when the stream owns the table whole. Rows are removed in
    this order, so a table whose condition looks into another comes before it.
    """

    evolve: Callable[..., object]
    rows: Callable[..., Rows]
    tables: dict[str, str]


def case_rows(case: Case) -> Rows:
    """The rows of one matter."""
    return {
        "case_search": [{"rowid": case.id, "words": searchable(" ".join(_texts(case)))}],
        "case": [_case_row(case)],
        "assignment": [_assignment_row(case, each) for each in case.assignments],
        "obligation": [
            _obligation_row(cases.stream_of(case.number), case.number, each)
            for each in case.obligations
        ],
        "ground": [
            {
                "case": case.number,
                "key": each.key,
                "ground": each.ground.value,
                "unit": each.unit,
                "since": each.since.isoformat(),
                "until": _iso(each.until),
                "evidence": each.evidence,
            }
            for each in grounds_of(case)
        ],
        "link": [
            {"case": case.number, "other": each.other, "relation": each.relation.value}
            for each in case.links
        ],
        "attachment": [
            {"case": case.number, "sha256": each.sha256, "name": each.name, "size": each.size}
            for each in case.attachments
        ],
        "involvement": [
            {"case": case.number, "unit": each} for each in dict.fromkeys(case.entry.involved)
        ],
        **history_rows(case),
    }


def _texts(case: Case) -> Iterator[str]:
    """What a search looks through: summary, demand, notes, units; never identities."""
    entry = case.entry
    yield from (entry.number, entry.summary, entry.demand or "", entry.note or "")
    yield from (each.unit_name for each in case.assignments)
    yield from (each.fact.text for each in case.history if isinstance(each.fact, CaseNoted))


def _assignment_row(case: Case, each: Assignment) -> Row:
    return {
        "case": case.number,
        "number": each.number,
        "unit": each.unit,
        "unit_name": each.unit_name,
        "role": each.role.value,
        "assigned_on": each.assigned_on.isoformat(),
        "received_on": _iso(each.received_on),
        "returned_on": _iso(each.returned_on),
        "sent_back": canonical_json(
            [
                event.occurred_on.isoformat()
                for event in case.history
                if isinstance(event.fact, FeedbackReviewed)
                and event.fact.assignment == each.number
                and not event.fact.accepted
            ]
        ),
    }


def _obligation_row(
    stream: str,
    number: str,
    each: Obligation,
    *,
    summary: str | None = None,
    handler: str | None = None,
) -> Row:
    return {
        "stream": stream,
        "key": each.key,
        "case": number,
        "summary": summary,
        "handler": handler,
        "owed_by": each.owed_by,
        "clock": each.duty.clock,
        "article": each.duty.article,
        "started_on": each.duty.started_on.isoformat(),
        "due_on": each.duty.due_on.isoformat(),
        "length": each.duty.length,
        "unit": each.duty.unit.value,
        "calendar": each.duty.calendar,
        "provisional": int(each.duty.provisional),
        "reminder": int(each.duty.reminder),
        "discharged_on": _iso(each.discharged_on),
        "lapsed": int(each.lapsed),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _case_row(case: Case) -> Row:
    entry = case.entry
    return {
        "number": entry.number,
        "id": case.id,
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
        "superior": entry.superior.body if entry.superior else None,
        "repeats": case.repeats,
        "major": int(case.major),
        "leader_told_on": _iso(case.reported_to_leader_on),
        "accepted_on": _iso(case.accepted_on),
        "outcome": case.opinion.outcome.value if case.opinion else None,
        "replied_on": _iso(case.replied_on),
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


def parameter_rows(parameters: Parameters) -> Rows:
    """Every setting, in the order in which it was recorded."""
    rows: list[Row] = [
        {
            "position": position,
            "name": each.name,
            "value": each.value,
            "effective": each.effective.isoformat(),
            "reason": each.reason,
        }
        for position, each in enumerate(parameters.settings, start=1)
    ]
    return {"parameter": rows}


def supervision_rows(state: Supervision) -> Rows:
    """The rows of one supervision."""
    entry = state.entry
    number = {"supervision": entry.number}
    forms = dict.fromkeys((*entry.forms, *(acted.form for _, acted in state.actions)))
    more = f" 等 {len(entry.cases)} 件事项" if len(entry.cases) > 1 else ""
    row: Row = {
        "number": entry.number,
        "opened_on": state.opened_on.isoformat(),
        "unit": entry.unit,
        "unit_name": entry.unit_name,
        "grounds": canonical_json([each.value for each in entry.grounds]),
        "forms": canonical_json([each.value for each in forms]),
        "tracker": entry.tracker,
        "joint": canonical_json(entry.joint),
        "actions": len(state.actions),
        "responded_on": _iso(state.responded_on),
        "closed_on": _iso(state.closed_on),
        "result": state.closing.result if state.closing else None,
        "scope": state.closing.scope if state.closing else None,
    }
    owed = _obligation_row(
        supervision.stream_of(entry.number),
        entry.cases[0],
        state.response,
        summary=f"督办 {entry.number}{more}",
        handler=entry.tracker,
    )
    return {
        "supervision": [row],
        "supervision_case": [{**number, "case": each} for each in entry.cases],
        "obligation": [owed],
    }


def inspection_rows(state: Inspection) -> Rows:
    """The rows of one inspection."""
    entry = state.entry
    row: Row = {
        "number": entry.number,
        "opened_on": state.opened_on.isoformat(),
        "subject": entry.subject.value,
        "title": entry.title,
        "lead": entry.lead,
        "departments": canonical_json(entry.departments),
        "findings": len(state.findings),
        "closed_on": _iso(state.closed_on),
        "result": state.closing.result if state.closing else None,
        "scope": state.closing.scope if state.closing else None,
    }
    summary = f"督查：{entry.title}"
    stream = inspection.stream_of(entry.number)
    owed = [
        _obligation_row(stream, entry.number, each, summary=summary, handler=entry.lead)
        for each in state.obligations
    ]
    return {"inspection": [row], "obligation": owed}


SUBJECTS = {
    "case": Subject(
        cases.evolve,
        case_rows,
        {
            "case_search": 'rowid IN (SELECT id FROM "case" WHERE number = ?)',
            "case": "number = ?",
            "assignment": '"case" = ?',
            "obligation": "stream = 'case/' || ?",
            "ground": '"case" = ?',
            "link": '"case" = ?',
            "attachment": '"case" = ?',
            "involvement": '"case" = ?',
            "milestone": '"case" = ?',
            "visit": '"case" = ?',
            "rating": '"case" = ?',
        },
    ),
    "supervision": Subject(
        supervision.evolve,
        supervision_rows,
        {
            "supervision": "number = ?",
            "supervision_case": "supervision = ?",
            "obligation": "stream = 'supervision/' || ?",
        },
    ),
    "inspection": Subject(
        inspection.evolve,
        inspection_rows,
        {"inspection": "number = ?", "obligation": "stream = 'inspection/' || ?"},
    ),
    "unit": Subject(units.evolve, unit_rows, {"unit": "code = ?"}),
    "calendar": Subject(
        office_calendar.evolve, calendar_rows, {"calendar_day": "", "calendar_year": ""}
    ),
    "rules": Subject(parameters.evolve, parameter_rows, {"parameter": ""}),
}


def state_tables() -> list[str]:
    """Every table that is derived from events."""
    return list(dict.fromkeys(table for subject in SUBJECTS.values() for table in subject.tables))


def columns_of(table: str) -> str:
    """What to select of a state table: all, and the row id where that is a value of ours."""
    return "rowid, *" if table == "case_search" else "*"


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
