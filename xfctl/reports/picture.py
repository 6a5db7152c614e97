"""Numbers drawn in block characters: a bar in a row, a line of small columns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

BAR_WIDTH = 8
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_COLUMNS = "▁▂▃▄▅▆▇█"


def bar(value: int | Decimal | None, most: int | Decimal, width: int = BAR_WIDTH) -> str:
    """A bar as long as ``value`` is of ``most``; what is not zero shows at least a sliver."""
    if not value or not most:
        return ""
    eighths = max(1, min(8 * width, int(8 * width * value / most)))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def sparkline(values: Sequence[int]) -> str:
    """One small column a value, the highest being the greatest; none of it where all are zero."""
    most = max(values, default=0)
    if most == 0:
        return ""
    return "".join(_COLUMNS[value * (len(_COLUMNS) - 1) // most] for value in values)
