"""Units and who holds their posts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from xfctl.ledger.schema.columns import STRICT, integer, is_date, words


class UnitRow(SQLModel, table=True):
    """Units by the code they entered under; former names, codes and renamings as JSON arrays."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("applies IN ('applies', 'by_reference')", name="ck_unit_applies"),
        *is_date("unit", "added_on", "merged_on"),
        STRICT,
    )
    code: str = words(key=True)
    present_code: str = words()
    name: str = words()
    kind: str | None = words()
    applies: str = words()
    parent: str | None = words()
    former_names: str = words()
    former_codes: str = words()
    renames: str = words()
    headcount: int | None = integer()
    added_on: str = words()
    merged_on: str | None = words()
    merged_into: str | None = words()


class AppointmentRow(SQLModel, table=True):
    """Who held which post of a unit, from a day until the day of leaving, that one left out."""

    __tablename__ = "appointment"
    __table_args__ = (
        *is_date("appointment", "since", "until"),
        CheckConstraint(
            "post IN ('party_head', 'admin_head', 'leader', 'liaison')", name="ck_appointment_post"
        ),
        CheckConstraint("until > since", name="ck_appointment_term"),
        Index("ix_appointment_name", "name"),
        STRICT,
    )
    unit: str = words(key=True)
    number: int = integer(key=True)
    post: str = words()
    name: str = words()
    area: str | None = words()
    since: str = words()
    until: str | None = words()
