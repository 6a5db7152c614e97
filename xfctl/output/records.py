"""One field per line, for screens too narrow for a table."""

from __future__ import annotations

from collections.abc import Iterator

from xfctl.output.grid import Grid, GridColumn
from xfctl.output.width import text_width
from xfctl.output.wrap import Measure, wrap

_ROOM = 12
_INDENT = "  "


def record_lines(grid: Grid, width: int, measure: Measure = text_width) -> Iterator[str]:
    """``编号：…`` line after line, a blank line between records.

    Whole values keep to one line even when the screen is narrower still.
    """
    for number, cells in enumerate(grid.rows):
        if number:
            yield ""
        for column, cell in zip(grid.columns, cells, strict=True):
            yield from _field(column, cell, width, measure)


def _field(column: GridColumn, cell: str, width: int, measure: Measure) -> Iterator[str]:
    label = f"{column.heading}："
    taken = measure(label)
    needed = measure(cell) if column.whole else min(measure(cell), _ROOM)
    if taken + needed > width:
        yield from wrap(label, width, measure)
        label, taken = _INDENT, len(_INDENT)
    lines = [cell] if column.whole else wrap(cell, max(width - taken, 2), measure)
    yield f"{label}{lines[0]}"
    for line in lines[1:]:
        yield " " * taken + line
