"""What a clock's length is counted in."""

from __future__ import annotations

from enum import StrEnum


class LengthUnit(StrEnum):
    """The unit of a length; NAMED_DATE clocks end on a date that a document names."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    NAMED_DATE = "named_date"

    @property
    def label(self) -> str:
        """The unit as officers read it."""
        return {"working_days": "个工作日", "days": "日", "named_date": "（指定日期）"}[self]
