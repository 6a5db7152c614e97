"""A table for pipes, mails and files: one line per record, as long as it needs, no colour.

Drawn without Rich, which would cost half a second a thousand records where nobody sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xfctl.output.cells import NO_ROWS
from xfctl.output.grid import Grid, GridColumn
from xfctl.output.width import pad, text_width

_GAP = "  "


def aligned_pieces(grids: Iterable[Grid], rule: str) -> Iterator[str]:
    """Title, headings over a line of ``rule``, records, footer; no trailing blanks.

    The grids are parts of one table; columns are as wide as the first part needs.
    """
    return (f"{line.rstrip()}\n" for line in _lines(grids, rule))


def _lines(grids: Iterable[Grid], rule: str) -> Iterator[str]:
    columns: tuple[GridColumn, ...] = ()
    widths: list[int] = []
    for grid in grids:
        if not columns:
            columns = grid.columns
            widths = [max(map(text_width, (each.heading, *each.cells))) for each in columns]
            yield from [grid.title] if grid.title else []
            headings = _line([each.heading for each in columns], columns, widths)
            yield headings
            yield rule * text_width(headings)
            yield from [] if grid.rows else [NO_ROWS]
        for row in grid.rows:
            yield _line(row, columns, widths)
        yield from ("", *grid.footer) if grid.footer else ()


def _line(texts: Sequence[str], columns: Sequence[GridColumn], widths: Sequence[int]) -> str:
    cells = zip(texts, columns, widths, strict=True)
    return _GAP.join(_cell(text, width, numeric=column.numeric) for text, column, width in cells)


def _cell(text: str, width: int, *, numeric: bool) -> str:
    return " " * (width - text_width(text)) + text if numeric else pad(text, width)
