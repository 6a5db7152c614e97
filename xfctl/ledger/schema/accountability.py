"""Accountabilities: persons, measures, appeals, award eligibility, candidates set aside."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from xfctl.ledger.schema.columns import STRICT, integer, is_date, is_flag, words


class AccountabilityRow(SQLModel, table=True):
    """Accountabilities by number; situations, measures and reasons of overriding as JSON arrays.

    ``measures`` are those proposed; what was decided is in ``sanction``.
    """

    __tablename__ = "accountability"
    __table_args__ = (
        *is_date(
            "accountability",
            "proposed_on",
            "day_in_question",
            "withdrawn_on",
            "not_adopted_on",
            "decided_on",
            "carried_out_on",
            "rectify_by",
            "rectified_on",
            "failed_on",
            "handed_over_on",
            "revoked_on",
        ),
        CheckConstraint("nature IN ('collective', 'individual')", name="ck_accountability_nature"),
        Index("ix_accountability_unit", "unit"),
        Index("ix_accountability_after", "after"),
        Index("ix_accountability_failed_on", "failed_on"),
        STRICT,
    )
    number: str = words(key=True)
    proposed_on: str = words()
    day_in_question: str = words()
    unit: str = words()
    unit_name: str = words()
    nature: str = words()
    situations: str = words()
    severity: str | None = words()
    rung: str = words()
    tracker: str = words()
    after: str | None = words()
    measures: str = words()
    withdrawn_on: str | None = words()
    not_adopted_on: str | None = words()
    decided_on: str | None = words()
    document: str | None = words()
    carried_out_on: str | None = words()
    rectify_by: str | None = words()
    rectified_on: str | None = words()
    failed_on: str | None = words()
    handed_over_on: str | None = words()
    revoked_on: str | None = words()
    overridden: str = words()


class AccountabilityCaseRow(SQLModel, table=True):
    """Which matters an accountability is about."""

    __tablename__ = "accountability_case"
    __table_args__ = (Index("ix_accountability_case_case", "case"), STRICT)
    accountability: str = words(key=True)
    case: str = words(key=True)


class AccountabilityPersonRow(SQLModel, table=True):
    """Who is held to account: a token, the post of the day in question, the role of 细则 13."""

    __tablename__ = "accountability_person"
    __table_args__ = (
        *is_flag("accountability_person", "changed"),
        Index("ix_accountability_person_token", "token"),
        STRICT,
    )
    accountability: str = words(key=True)
    number: int = integer(key=True)
    token: str = words()
    post: str = words()
    role: str = words()
    changed: int = integer()


class SanctionRow(SQLModel, table=True):
    """One measure on one person, in force from a day until an appeal ended it."""

    __tablename__ = "sanction"
    __table_args__ = (*is_date("sanction", "since", "until", "carried_out_on"), STRICT)
    accountability: str = words(key=True)
    number: int = integer(key=True)
    person: int = integer()
    measure: str = words()
    body: str = words()
    since: str = words()
    until: str | None = words()
    carried_out_on: str | None = words()
    carried_out_by: str | None = words()


class AppealRow(SQLModel, table=True):
    """Appeals (细则 20)."""

    __tablename__ = "appeal"
    __table_args__ = (
        *is_date("appeal", "filed_on", "accepted_on", "decided_on"),
        CheckConstraint("result IN ('upheld', 'varied', 'revoked')", name="ck_appeal_result"),
        STRICT,
    )
    accountability: str = words(key=True)
    number: int = integer(key=True)
    filed_on: str = words()
    accepted_on: str | None = words()
    decided_on: str | None = words()
    result: str | None = words()


class AwardLossRow(SQLModel, table=True):
    """Units that lost award eligibility for a year (细则 17), and when an appeal gave it back."""

    __tablename__ = "award_loss"
    __table_args__ = (
        *is_date("award_loss", "since", "until"),
        Index("ix_award_loss_year", "year", "unit"),
        STRICT,
    )
    accountability: str = words(key=True)
    unit: str = words()
    year: str = words()
    since: str = words()
    until: str | None = words()


class SetAsideRow(SQLModel, table=True):
    """Candidates for accountability that a person set aside, in the order of recording."""

    __tablename__ = "set_aside"
    __table_args__ = (
        *is_date("set_aside", "on_day"),
        Index("ix_set_aside_candidate", "candidate"),
        STRICT,
    )
    position: int = integer(key=True)
    candidate: str = words()
    on_day: str = words()
    reason: str = words()
