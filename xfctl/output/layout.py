"""How wide each column of a table stands on a terminal, or that it cannot stand at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from msgspec import Struct

from xfctl.output.width import text_width
from xfctl.output.wrap import Measure

# Below four Chinese characters a column reads like a stack of syllables.
NARROWEST = 8


class ColumnWidths(Struct, frozen=True):
    """What one column asks for, in cells: the least it can bear and all it could use."""

    least: int
    natural: int


class Plan(Struct, frozen=True):
    """Cells of each column, and the blanks between two columns."""

    widths: tuple[int, ...]
    gap: int


def ask(
    heading: str, cells: Sequence[str], *, whole: bool, measure: Measure = text_width
) -> ColumnWidths:
    """Measure one column; a ``whole`` column bears no less than its widest cell.

    Headings may wrap even over whole columns: 逾期(工作日) stands over two digits.
    """
    content = max((measure(line) for cell in cells for line in cell.split("\n")), default=1)
    natural = max(content, measure(heading))
    if whole:
        part = max(map(measure, heading_parts(heading)))
        return ColumnWidths(max(content, min(part, NARROWEST)), natural)
    return ColumnWidths(min(natural, NARROWEST), natural)


def heading_parts(heading: str) -> list[str]:
    """A heading's natural lines: the remark in brackets may stand under the word."""
    return re.split(r"(?<=.)(?=[（(])", heading)


def plan(columns: Sequence[ColumnWidths], width: int) -> Plan | None:
    """Share ``width`` cells among the columns; ``None`` when their least does not fit."""
    gaps = len(columns) - 1
    natural = sum(column.natural for column in columns)
    if natural + 2 * gaps <= width:
        return Plan(tuple(column.natural for column in columns), 2)
    if sum(column.least for column in columns) + gaps > width:
        return None
    return Plan(_share(columns, width - gaps), 1)


def _share(columns: Sequence[ColumnWidths], cells: int) -> tuple[int, ...]:
    """Widths that keep the tallest cell low, then fill up the columns that lack least."""
    widths = _for_height(columns, cells)
    spare = cells - sum(widths)
    lacking = [column.natural - width for column, width in zip(columns, widths, strict=True)]
    for index in sorted(range(len(columns)), key=lacking.__getitem__):
        extra = min(lacking[index], spare)
        widths[index] += extra
        spare -= extra
    return tuple(widths)


def _for_height(columns: Sequence[ColumnWidths], cells: int) -> list[int]:
    """The narrowest widths at which no cell is taller than need be in ``cells`` cells."""
    widths: list[int] = []
    for height in count(1):
        widths = [_for_lines(column, height) for column in columns]
        if sum(widths) <= cells:
            break
    return widths


def _for_lines(column: ColumnWidths, lines: int) -> int:
    """Cells for a text of so many lines, in whole Chinese characters: an odd cell is lost."""
    share = -(-column.natural // lines)
    return column.least if share <= column.least else min(column.natural, share + share % 2)
