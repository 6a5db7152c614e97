"""What one row of a register tells of each unit that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xfctl.domain.unit import Unit
from xfctl.intake.register import Days, RegisterRow


@dataclass(frozen=True)
class Share:
    """One unit's part in a matter; ``unit`` is None where the row names none."""

    unit: Unit | None
    assigned_on: date | None
    received_on: date | None
    feedback_on: date | None


class UnevenDatesError(ValueError):
    """A cell holds several dates, but not one for each unit; ``field`` says which cell."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__("日期的个数与责任单位的个数不同")


def shares(row: RegisterRow, units: Sequence[Unit]) -> list[Share]:
    """The parts in the order of the units; of a unit named twice, the last.

    A single date is every unit's. Raises UnevenDatesError.
    """
    if not units:
        return [_share(row, None, 0, 1)]
    found = [_share(row, unit, at, len(units)) for at, unit in enumerate(units)]
    return list({each.unit: each for each in found}.values())


def _share(row: RegisterRow, unit: Unit | None, at: int, count: int) -> Share:
    days = {
        field: _day_of(getattr(row, field), field, at, count)
        for field in ("assigned_on", "received_on", "feedback_on")
    }
    return Share(unit, **days)


def _day_of(days: Days, field: str, at: int, count: int) -> date | None:
    if not isinstance(days, tuple):
        return days
    if len(days) != count:
        raise UnevenDatesError(field)
    return days[at]
