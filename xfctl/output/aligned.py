"""A table for pipes, mails and files: one line per record, as long as it needs, no colour.

Drawn without Rich, which would cost half a second a thousand records where nobody sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xfctl.output.cells import NO_ROWS
from xfctl.output.grid import Grid, GridColumn
from xfctl.output.width import pad, text_width

_GAP = "  "


def aligned_text(grid: Grid, rule: str) -> str:
    """Title, headings over a line of ``rule``, records, footer; no trailing blanks."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(grid, rule))


def _lines(grid: Grid, rule: str) -> Iterator[str]:
    if grid.title:
        yield grid.title
    columns = [_aligned(column) for column in grid.columns]
    headings, *rows = (_GAP.join(line) for line in zip(*columns, strict=True))
    yield headings
    yield rule * text_width(headings)
    yield from rows or [NO_ROWS]
    if grid.footer:
        yield ""
        yield from grid.footer


def _aligned(column: GridColumn) -> Sequence[str]:
    """Heading and cells, all of one width."""
    texts = (column.heading, *column.cells)
    widths = [text_width(text) for text in texts]
    widest = max(widths)
    if column.numeric:
        return [" " * (widest - width) + text for text, width in zip(texts, widths, strict=True)]
    return [pad(text, widest) for text in texts]
