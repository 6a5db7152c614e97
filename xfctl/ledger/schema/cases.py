"""Matters and what belongs to them, and what is owed anywhere."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from xfctl.ledger.schema.columns import STRICT, integer, is_date, is_flag, words


class CaseRow(SQLModel, table=True):
    """Matters by number."""

    __tablename__ = "case"
    __table_args__ = (
        *is_date(
            "case",
            "registered_on",
            "accepted_on",
            "replied_on",
            "major_on",
            "leader_told_on",
            "closed_on",
        ),
        *is_flag("case", "leapfrog", "joint", "anonymous", "major"),
        CheckConstraint("persons > 0", name="ck_case_persons"),
        Index("ix_case_id", "id", unique=True),
        Index("ix_case_registered_on", "registered_on"),
        Index("ix_case_petitioner", "petitioner"),
        Index("ix_case_repeats", "repeats"),
        Index(
            "ix_case_untold",
            *("registered_on", "number"),
            sqlite_where=text("major = 1 AND leader_told_on IS NULL"),
        ),
        # What still runs, for reports; and lists by stage.
        Index("ix_case_stage", "stage", "registered_on"),
        STRICT,
    )
    number: str = words(key=True)
    id: int = integer()
    registered_on: str = words()
    stage: str = words()
    channel: str | None = words()
    purpose: str | None = words()
    category: str | None = words()
    summary: str = words()
    demand: str | None = words()
    persons: int = integer()
    leapfrog: int = integer()
    joint: int = integer()
    anonymous: int = integer()
    first_responder: str = words()
    petitioner: str | None = words()
    superior: str | None = words()
    repeats: str | None = words()
    major: int = integer()
    major_on: str | None = words()
    leader_told_on: str | None = words()
    accepted_on: str | None = words()
    outcome: str | None = words()
    replied_on: str | None = words()
    note: str | None = words()
    closed_on: str | None = words()
    result: str | None = words()


class AssignmentRow(SQLModel, table=True):
    """Who has a matter in hand, under the name of that day.

    ``sent_back`` holds the days on which its reports were sent back, as a JSON array.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        *is_date("assignment", "assigned_on", "received_on", "returned_on"),
        CheckConstraint("role IN ('lead', 'co')", name="ck_assignment_role"),
        Index("ix_assignment_unit", "unit"),
        STRICT,
    )
    case: str = words(key=True)
    number: int = integer(key=True)
    unit: str = words()
    unit_name: str = words()
    role: str = words()
    assigned_on: str = words()
    received_on: str | None = words()
    returned_on: str | None = words()
    sent_back: str = words()


class ObligationRow(SQLModel, table=True):
    """What is or was owed, by whom, by when, under which article.

    ``case`` is the number it is shown under: of the matter, or of the inspection. Obligations of
    other streams bring their own ``summary`` and ``handler``.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        *is_date("obligation", "started_on", "due_on", "discharged_on"),
        *is_flag("obligation", "provisional", "reminder", "lapsed"),
        CheckConstraint("length > 0", name="ck_obligation_length"),
        # The open ones by due date: the cost of `overdue` follows their number alone.
        Index("ix_obligation_open", "due_on", sqlite_where=text("discharged_on IS NULL")),
        Index("ix_obligation_case", "case"),
        Index("ix_obligation_discharged_on", "discharged_on", "due_on"),
        Index("ix_obligation_due_on", "due_on", "case"),
        STRICT,
    )
    stream: str = words(key=True)
    key: str = words(key=True)
    case: str = words()
    summary: str | None = words()
    handler: str | None = words()
    owed_by: str = words()
    clock: str = words()
    article: str = words()
    started_on: str = words()
    due_on: str = words()
    length: int | None = integer()
    unit: str = words()
    calendar: str = words()
    provisional: int = integer()
    reminder: int = integer()
    discharged_on: str | None = words()
    lapsed: int = integer()


class GroundRow(SQLModel, table=True):
    """Grounds for supervision that the facts of a matter establish (细则 11), with their dates."""

    __tablename__ = "ground"
    __table_args__ = (
        *is_date("ground", "since", "until"),
        CheckConstraint("length(ground) BETWEEN 1 AND 8", name="ck_ground_ground"),
        # Those that have not ended, or not by a day: what `supervise due` looks through.
        Index("ix_ground_until", "until", "since"),
        STRICT,
    )
    case: str = words(key=True)
    key: str = words(key=True)
    ground: str = words()
    unit: str = words()
    since: str = words()
    until: str | None = words()
    evidence: str = words()


class LinkRow(SQLModel, table=True):
    """How matters belong together; the one in ``case`` holds the link."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint(
            "relation IN ('repeats', 'split_from', 'duplicates')", name="ck_link_relation"
        ),
        Index("ix_link_other", "other"),
        STRICT,
    )
    case: str = words(key=True)
    other: str = words(key=True)
    relation: str = words(key=True)


class AttachmentRow(SQLModel, table=True):
    """Files put with matters; the content lies beside the ledger under its SHA-256."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("size >= 0", name="ck_attachment_size"),
        CheckConstraint("length(sha256) = 64", name="ck_attachment_sha256"),
        STRICT,
    )
    case: str = words(key=True)
    sha256: str = words(key=True)
    name: str = words()
    size: int = integer()


class MilestoneRow(SQLModel, table=True):
    """The days on which a matter ended or was opened again, in the order in which they count.

    ``position`` is the place of the fact in the matter's history; reports of an earlier day read
    these, because the row of the matter tells only how it stands now.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        *is_date("milestone", "day"),
        CheckConstraint(
            "kind IN ('declined', 'dismissed', 'closed', 'reopened')", name="ck_milestone_kind"
        ),
        Index("ix_milestone_day", "day"),
        STRICT,
    )
    case: str = words(key=True)
    position: int = integer(key=True)
    day: str = words()
    kind: str = words()


class VisitRow(SQLModel, table=True):
    """Further comings about the same matter: each one more 批次, ``persons`` 人次."""

    __tablename__ = "visit"
    __table_args__ = (
        *is_date("visit", "day"),
        CheckConstraint("persons > 0", name="ck_visit_persons"),
        Index("ix_visit_day", "day"),
        STRICT,
    )
    case: str = words(key=True)
    position: int = integer(key=True)
    day: str = words()
    channel: str = words()
    persons: int = integer()


class RatingRow(SQLModel, table=True):
    """How petitioners rated the office or the unit; the latest of each counts."""

    __tablename__ = "rating"
    __table_args__ = (
        *is_date("rating", "day"),
        CheckConstraint("whom IN ('office', 'unit')", name="ck_rating_whom"),
        CheckConstraint(
            "rating IN ('satisfied', 'mostly', 'dissatisfied')", name="ck_rating_rating"
        ),
        STRICT,
    )
    case: str = words(key=True)
    position: int = integer(key=True)
    day: str = words()
    whom: str = words()
    rating: str = words()


class InvolvementRow(SQLModel, table=True):
    """The units a matter is about (涉及单位)."""

    __tablename__ = "involvement"
    __table_args__ = (STRICT,)
    case: str = words(key=True)
    unit: str = words(key=True)
