"""The tables of the ledger, declared once with SQLModel; those of risk in ``schema_risk``.

Alembic's migrations build exactly this (a test compares), and nothing else imports SQLModel: the
read and write paths speak SQL through ``sqlite3``, so no everyday command pays for the import.
Dates are ISO text, flags are 0 or 1. ``event`` and ``identity`` hold facts; every other table is
derived from the events and can be rebuilt.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from xfctl.ledger.schema_parts import STRICT as _STRICT
from xfctl.ledger.schema_parts import integer as _integer
from xfctl.ledger.schema_parts import is_date as _is_date
from xfctl.ledger.schema_parts import is_flag as _is_flag
from xfctl.ledger.schema_parts import words as _text
from xfctl.ledger.schema_risk import ConsequenceRow as ConsequenceRow
from xfctl.ledger.schema_risk import DecisionRow as DecisionRow
from xfctl.ledger.schema_risk import PlanRow as PlanRow
from xfctl.ledger.schema_risk import RiskRow as RiskRow


class EventRow(SQLModel, table=True):
    """The append-only, hash-chained list of everything that happened."""

    __tablename__ = "event"
    __table_args__ = (
        *_is_date("event", "occurred_on"),
        CheckConstraint("length(hash) = 64", name="ck_event_hash"),
        Index("ix_event_stream", "stream", "seq"),
        _STRICT,
    )
    seq: int = _integer(key=True)
    stream: str = _text()
    kind: str = _text()
    occurred_on: str = _text()
    recorded_at: str = _text()
    actor: str = _text()
    payload: str = _text()
    prev_hash: str = _text()
    hash: str = _text()


class IdentityRow(SQLModel, table=True):
    """Who petitioners are: apart from the events, so it can be corrected and erased."""

    __tablename__ = "identity"
    __table_args__ = (_STRICT,)
    token: str = _text(key=True)
    name: str | None = _text()
    phone: str | None = _text()
    id_number: str | None = _text()
    address: str | None = _text()


class UnitRow(SQLModel, table=True):
    """Units by code; former names as a JSON array."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("applies IN ('applies', 'by_reference')", name="ck_unit_applies"),
        *_is_date("unit", "added_on"),
        _STRICT,
    )
    code: str = _text(key=True)
    name: str = _text()
    kind: str | None = _text()
    applies: str = _text()
    former_names: str = _text()
    headcount: int | None = _integer()
    added_on: str = _text()


class CaseRow(SQLModel, table=True):
    """Matters by number."""

    __tablename__ = "case"
    __table_args__ = (
        *_is_date(
            "case", "registered_on", "accepted_on", "replied_on", "leader_told_on", "closed_on"
        ),
        *_is_flag("case", "leapfrog", "joint", "anonymous", "major"),
        CheckConstraint("persons > 0", name="ck_case_persons"),
        Index("ix_case_id", "id", unique=True),
        Index("ix_case_registered_on", "registered_on"),
        Index("ix_case_petitioner", "petitioner"),
        Index("ix_case_repeats", "repeats"),
        _STRICT,
    )
    number: str = _text(key=True)
    id: int = _integer()
    registered_on: str = _text()
    stage: str = _text()
    channel: str | None = _text()
    purpose: str | None = _text()
    category: str | None = _text()
    summary: str = _text()
    demand: str | None = _text()
    persons: int = _integer()
    leapfrog: int = _integer()
    joint: int = _integer()
    anonymous: int = _integer()
    first_responder: str = _text()
    petitioner: str | None = _text()
    superior: str | None = _text()
    repeats: str | None = _text()
    major: int = _integer()
    leader_told_on: str | None = _text()
    accepted_on: str | None = _text()
    outcome: str | None = _text()
    replied_on: str | None = _text()
    note: str | None = _text()
    closed_on: str | None = _text()
    result: str | None = _text()


class AssignmentRow(SQLModel, table=True):
    """Who has a matter in hand, under the name of that day.

    ``sent_back`` holds the days on which its reports were sent back, as a JSON array.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        *_is_date("assignment", "assigned_on", "received_on", "returned_on"),
        CheckConstraint("role IN ('lead', 'co')", name="ck_assignment_role"),
        Index("ix_assignment_unit", "unit"),
        _STRICT,
    )
    case: str = _text(key=True)
    number: int = _integer(key=True)
    unit: str = _text()
    unit_name: str = _text()
    role: str = _text()
    assigned_on: str = _text()
    received_on: str | None = _text()
    returned_on: str | None = _text()
    sent_back: str = _text()


class ObligationRow(SQLModel, table=True):
    """What is or was owed, by whom, by when, under which article.

    ``case`` is the number it is shown under: of the matter, or of the inspection. Obligations of
    other streams bring their own ``summary`` and ``handler``.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        *_is_date("obligation", "started_on", "due_on", "discharged_on"),
        *_is_flag("obligation", "provisional", "reminder", "lapsed"),
        CheckConstraint("length > 0", name="ck_obligation_length"),
        # The open ones by due date: the cost of `overdue` follows their number alone.
        Index("ix_obligation_open", "due_on", sqlite_where=text("discharged_on IS NULL")),
        Index("ix_obligation_case", "case"),
        Index("ix_obligation_discharged_on", "discharged_on", "due_on"),
        _STRICT,
    )
    stream: str = _text(key=True)
    key: str = _text(key=True)
    case: str = _text()
    summary: str | None = _text()
    handler: str | None = _text()
    owed_by: str = _text()
    clock: str = _text()
    article: str = _text()
    started_on: str = _text()
    due_on: str = _text()
    length: int | None = _integer()
    unit: str = _text()
    calendar: str = _text()
    provisional: int = _integer()
    reminder: int = _integer()
    discharged_on: str | None = _text()
    lapsed: int = _integer()


class GroundRow(SQLModel, table=True):
    """Grounds for supervision that the facts of a matter establish (细则 11), with their dates."""

    __tablename__ = "ground"
    __table_args__ = (
        *_is_date("ground", "since", "until"),
        CheckConstraint("ground IN ('1', '2', '3', '4', '5', '6', '7')", name="ck_ground_ground"),
        # Those that have not ended, or not by a day: what `supervise due` looks through.
        Index("ix_ground_until", "until", "since"),
        _STRICT,
    )
    case: str = _text(key=True)
    key: str = _text(key=True)
    ground: str = _text()
    unit: str = _text()
    since: str = _text()
    until: str | None = _text()
    evidence: str = _text()


class SupervisionRow(SQLModel, table=True):
    """Supervisions by number; grounds, forms used and joint departments as JSON arrays."""

    __tablename__ = "supervision"
    __table_args__ = (
        *_is_date("supervision", "opened_on", "responded_on", "closed_on"),
        Index("ix_supervision_unit", "unit"),
        _STRICT,
    )
    number: str = _text(key=True)
    opened_on: str = _text()
    unit: str = _text()
    unit_name: str = _text()
    grounds: str = _text()
    forms: str = _text()
    tracker: str = _text()
    joint: str = _text()
    actions: int = _integer()
    responded_on: str | None = _text()
    closed_on: str | None = _text()
    result: str | None = _text()
    scope: str | None = _text()


class SupervisionCaseRow(SQLModel, table=True):
    """Which matters a supervision is about."""

    __tablename__ = "supervision_case"
    __table_args__ = (Index("ix_supervision_case_case", "case"), _STRICT)
    supervision: str = _text(key=True)
    case: str = _text(key=True)


class InspectionRow(SQLModel, table=True):
    """Inspections by number; departments as a JSON array."""

    __tablename__ = "inspection"
    __table_args__ = (*_is_date("inspection", "opened_on", "closed_on"), _STRICT)
    number: str = _text(key=True)
    opened_on: str = _text()
    subject: str = _text()
    title: str = _text()
    lead: str = _text()
    departments: str = _text()
    findings: int = _integer()
    closed_on: str | None = _text()
    result: str | None = _text()
    scope: str | None = _text()


class LinkRow(SQLModel, table=True):
    """How matters belong together; the one in ``case`` holds the link."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint(
            "relation IN ('repeats', 'split_from', 'duplicates')", name="ck_link_relation"
        ),
        Index("ix_link_other", "other"),
        _STRICT,
    )
    case: str = _text(key=True)
    other: str = _text(key=True)
    relation: str = _text(key=True)


class AttachmentRow(SQLModel, table=True):
    """Files put with matters; the content lies beside the ledger under its SHA-256."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("size >= 0", name="ck_attachment_size"),
        CheckConstraint("length(sha256) = 64", name="ck_attachment_sha256"),
        _STRICT,
    )
    case: str = _text(key=True)
    sha256: str = _text(key=True)
    name: str = _text()
    size: int = _integer()


class ParameterRow(SQLModel, table=True):
    """What the office set by itself, in the order in which it was recorded."""

    __tablename__ = "parameter"
    __table_args__ = (*_is_date("parameter", "effective"), _STRICT)
    position: int = _integer(key=True)
    name: str = _text()
    value: int = _integer()
    effective: str = _text()
    reason: str = _text()


class CalendarDayRow(SQLModel, table=True):
    """Days set by imported notices and local closures."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint("layer IN ('notice', 'closure')", name="ck_calendar_day_layer"),
        *_is_date("calendar_day", "day"),
        *_is_flag("calendar_day", "works"),
        _STRICT,
    )
    layer: str = _text(key=True)
    day: str = _text(key=True)
    works: int = _integer()
    name: str = _text()
    notice: str | None = _text()


class CalendarYearRow(SQLModel, table=True):
    """Years whose yearly notice was imported."""

    __tablename__ = "calendar_year"
    __table_args__ = (_STRICT,)
    year: int = _integer(key=True)
