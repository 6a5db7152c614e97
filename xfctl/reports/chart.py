"""What a chart shows, before it is drawn: labels, and a number for each in every series."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Shape(StrEnum):
    """How the numbers stand: columns over time, or bars beside their names."""

    COLUMNS = "columns"
    BARS = "bars"


class Series(Struct, frozen=True):
    """One number for each label; None where there is none."""

    name: str
    values: tuple[int | Decimal | None, ...]


class Chart(Struct, frozen=True):
    """A chart under its title; ``most`` fixes the end of the scale, as 100 does for rates."""

    title: str
    shape: Shape
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    most: int | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for each in self.series for value in each.values)
