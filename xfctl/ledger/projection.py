"""What each kind of stream adds up to, and which state tables hold it.

Each stream owns its rows: the rows of a matter carry its number, the rows of a unit its code, and
the calendar and the parameters own their tables whole. So a stream's state can be replaced,
compared or rebuilt by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from xfctl.domain.event import Event
from xfctl.errors import IntegrityError
from xfctl.ledger.chain import canonical_json

if TYPE_CHECKING:
    from xfctl.ledger.rows.shape import Rows

# What evolve raises for a fact of another subject, or of a matter never begun or assigned.
_DOES_NOT_FOLLOW = (
    *(AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError),
)


@dataclass(frozen=True)
class Subject:
    """How one kind of stream is folded and stored, imported when such a stream is met.

    ``domain`` is the module whose ``evolve`` folds its events, ``rows_in`` the module and function
    that make its rows. ``tables`` maps each table it writes to the condition that picks the rows of
    some streams, whose ids are in the table ``ids`` of one column ``id`` (see ``chosen``), or to ""
    when the only stream of the kind owns the table whole. Rows are removed in this order, so a table
    whose condition looks into another comes before it.
    """

    domain: str
    rows_in: tuple[str, str]
    tables: dict[str, str]

    @cached_property
    def evolve(self) -> Callable[[Any, Event], object]:
        """From the state so far and one more event to the state after it."""
        function: Callable[[Any, Event], object] = _imported("domain", self.domain, "evolve")
        return function

    @cached_property
    def rows(self) -> Callable[[object], Rows]:
        """From a state to the rows that hold it, by table."""
        module, name = self.rows_in
        function: Callable[[object], Rows] = _imported("ledger.rows", module, name)
        return function


def _imported(room: str, module: str, name: str) -> Any:
    return getattr(import_module(f"xfctl.{room}.{module}"), name)


SUBJECTS = {
    "case": Subject(
        "case",
        ("case", "case_rows"),
        {
            "case_search": 'rowid IN (SELECT id FROM "case" WHERE number IN ids)',
            "case": "number IN ids",
            "assignment": '"case" IN ids',
            "obligation": "stream IN (SELECT 'case/' || id FROM ids)",
            "ground": '"case" IN ids',
            "link": '"case" IN ids',
            "attachment": '"case" IN ids',
            "involvement": '"case" IN ids',
            "milestone": '"case" IN ids',
            "visit": '"case" IN ids',
            "rating": '"case" IN ids',
        },
    ),
    "supervision": Subject(
        "supervision",
        ("supervision", "supervision_rows"),
        {
            "supervision": "number IN ids",
            "supervision_case": "supervision IN ids",
            "obligation": "stream IN (SELECT 'supervision/' || id FROM ids)",
        },
    ),
    "inspection": Subject(
        "inspection",
        ("supervision", "inspection_rows"),
        {
            "inspection": "number IN ids",
            "obligation": "stream IN (SELECT 'inspection/' || id FROM ids)",
        },
    ),
    "accountability": Subject(
        "accountability.state",
        ("accountability", "accountability_rows"),
        {
            "accountability": "number IN ids",
            "accountability_case": "accountability IN ids",
            "accountability_person": "accountability IN ids",
            "sanction": "accountability IN ids",
            "appeal": "accountability IN ids",
            "award_loss": "accountability IN ids",
            "obligation": "stream IN (SELECT 'accountability/' || id FROM ids)",
        },
    ),
    "candidates": Subject("candidate", ("accountability", "judgement_rows"), {"set_aside": ""}),
    "risk": Subject(
        "risk",
        ("risk", "risk_rows"),
        {
            "risk": "number IN ids",
            "consequence": "source IN ids",
            "obligation": "stream IN (SELECT 'risk/' || id FROM ids)",
        },
    ),
    "decision": Subject(
        "decision",
        ("risk", "decision_rows"),
        {"decision": "number IN ids", "consequence": "source IN ids"},
    ),
    "plan": Subject("plan", ("risk", "plan_rows"), {"plan": "unit IN ids"}),
    "unit": Subject(
        "unit", ("unit", "unit_rows"), {"unit": "code IN ids", "appointment": "unit IN ids"}
    ),
    "calendar": Subject(
        "office_calendar", ("office", "calendar_rows"), {"calendar_day": "", "calendar_year": ""}
    ),
    "rules": Subject("parameters", ("office", "parameter_rows"), {"parameter": ""}),
}


def state_tables() -> list[str]:
    """Every table that is derived from events."""
    return list(dict.fromkeys(table for subject in SUBJECTS.values() for table in subject.tables))


def chosen(statement: str, condition: str, ids: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """A statement over the rows of some streams, and its values."""
    if not condition:
        return statement, ()
    listed = "WITH ids(id) AS (SELECT value FROM json_each(?))"
    return f"{listed} {statement} WHERE {condition}", (canonical_json(ids),)


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
