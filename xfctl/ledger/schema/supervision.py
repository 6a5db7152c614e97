"""Supervisions and inspections."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from xfctl.ledger.schema.columns import STRICT, integer, is_date, words


class SupervisionRow(SQLModel, table=True):
    """Supervisions by number; grounds, forms used and joint departments as JSON arrays."""

    __tablename__ = "supervision"
    __table_args__ = (
        *is_date("supervision", "opened_on", "responded_on", "closed_on"),
        Index("ix_supervision_unit", "unit"),
        STRICT,
    )
    number: str = words(key=True)
    opened_on: str = words()
    unit: str = words()
    unit_name: str = words()
    grounds: str = words()
    forms: str = words()
    tracker: str = words()
    joint: str = words()
    actions: int = integer()
    responded_on: str | None = words()
    closed_on: str | None = words()
    result: str | None = words()
    scope: str | None = words()


class SupervisionCaseRow(SQLModel, table=True):
    """Which matters a supervision is about."""

    __tablename__ = "supervision_case"
    __table_args__ = (Index("ix_supervision_case_case", "case"), STRICT)
    supervision: str = words(key=True)
    case: str = words(key=True)


class InspectionRow(SQLModel, table=True):
    """Inspections by number; departments as a JSON array."""

    __tablename__ = "inspection"
    __table_args__ = (*is_date("inspection", "opened_on", "closed_on"), STRICT)
    number: str = words(key=True)
    opened_on: str = words()
    subject: str = words()
    title: str = words()
    lead: str = words()
    departments: str = words()
    findings: int = integer()
    closed_on: str | None = words()
    result: str | None = words()
    scope: str | None = words()
