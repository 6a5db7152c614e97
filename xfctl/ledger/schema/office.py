"""The office's own parameters and calendar."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from xfctl.ledger.schema.columns import STRICT, integer, is_date, is_flag, words


class ParameterRow(SQLModel, table=True):
    """What the office set by itself, in the order in which it was recorded."""

    __tablename__ = "parameter"
    __table_args__ = (*is_date("parameter", "effective"), STRICT)
    position: int = integer(key=True)
    name: str = words()
    value: int = integer()
    effective: str = words()
    reason: str = words()


class CalendarDayRow(SQLModel, table=True):
    """Days set by imported notices and local closures."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint("layer IN ('notice', 'closure')", name="ck_calendar_day_layer"),
        *is_date("calendar_day", "day"),
        *is_flag("calendar_day", "works"),
        STRICT,
    )
    layer: str = words(key=True)
    day: str = words(key=True)
    works: int = integer()
    name: str = words()
    notice: str | None = words()


class CalendarYearRow(SQLModel, table=True):
    """Years whose yearly notice was imported."""

    __tablename__ = "calendar_year"
    __table_args__ = (STRICT,)
    year: int = integer(key=True)
