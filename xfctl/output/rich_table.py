"""A table on a terminal, drawn by Rich; the only module (besides help) that loads it.

User text reaches Rich as ``Text`` objects, never as markup. Lines are broken here and not by
Rich, because Rich breaks only at blanks and cuts what it cannot fit; widths are measured by
Rich's own table, because borders tear when two tables disagree about one character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from xfctl.output.aligned import aligned_pieces
from xfctl.output.cells import NO_ROWS, ROWS_LAID_OUT
from xfctl.output.grid import Grid, GridColumn, grid_of
from xfctl.output.layout import Plan, ask, heading_parts, plan
from xfctl.output.records import record_lines
from xfctl.output.screen import Screen, screen_of
from xfctl.output.wrap import wrap
from xfctl.reports.table import Stream, Table

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console, JustifyMethod
    from rich.table import Table as RichTable

# No edges; a rule under the headings and, when texts wrap, a lighter one between records.
_BOX = "    \n    \n {0}{0} \n    \n {1}{1} \n    \n    \n    \n"


def print_table(table: Table | Stream, *, file: TextIO) -> None:
    """Write title, rows and footer to ``file``.

    On a terminal text wraps within its width, and a terminal too narrow for the columns gets one
    field per line. Elsewhere each record is one line, as long as it needs, without colour.
    """
    file.writelines(table_pieces(table, screen_of(file)))


def table_pieces(table: Table | Stream, screen: Screen) -> Iterator[str]:
    """What ``print_table`` writes, piece by piece: a long table is laid out part by part.

    On a terminal every part has its headings; elsewhere only the first.
    """
    stream = table.stream() if isinstance(table, Table) else table
    grids = (grid_of(each, screen) for each in stream.parts(ROWS_LAID_OUT))
    if screen.width is None:
        return aligned_pieces(grids, screen.heavy_rule)
    width = screen.width
    return (_drawn(grid, screen, width) for grid in grids)


def _drawn(grid: Grid, screen: Screen, width: int) -> str:
    console = _console(screen, width)
    layout = _plan(grid, width)
    with console.capture() as drawn:
        _print_lines(console, [grid.title] if grid.title else [], style="bold")
        if layout is None:
            _print_records(console, grid)
        else:
            console.print(_rich_table(grid, layout, screen))
        _print_lines(console, [] if grid.rows else [NO_ROWS])
        _print_lines(console, ["", *grid.footer] if grid.footer else [])
    return "".join(f"{line.rstrip()}\n" for line in drawn.get().splitlines())


def _plan(grid: Grid, width: int) -> Plan | None:
    from rich.cells import cell_len

    wishes = [ask(c.heading, c.cells, whole=c.whole, measure=cell_len) for c in grid.columns]
    return plan(wishes, width)


def _console(screen: Screen, width: int) -> Console:
    """A console that writes nowhere by itself and guesses nothing from the environment."""
    from io import StringIO

    from rich.console import Console

    return Console(
        file=StringIO(),
        width=width,
        height=25,  # Without a height Rich forgets the width when TERM=dumb.
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _print_lines(console: Console, texts: Sequence[str], style: str = "") -> None:
    from rich.cells import cell_len
    from rich.text import Text

    for text in texts:
        for line in wrap(text, console.width, cell_len):
            console.print(Text(line, style), soft_wrap=True)


def _print_records(console: Console, grid: Grid) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    for line in record_lines(grid, console.width, cell_len):
        console.print(Text(line), soft_wrap=True)


def _rich_table(grid: Grid, layout: Plan, screen: Screen) -> RichTable:
    from rich.table import Table as RichTable
    from rich.text import Text

    columns = list(zip(grid.columns, layout.widths, strict=True))
    broken = [_broken(column, width) for column, width in columns]
    drawn = RichTable(
        box=_box(screen),
        show_edge=False,
        pad_edge=False,
        padding=(0, layout.gap - 1, 0, 0),
        show_lines=any("\n" in cell for cells in broken for cell in cells),
        border_style="dim",
    )
    for column, width in columns:
        justify: JustifyMethod = "right" if column.numeric else "left"
        drawn.add_column(
            Text(_heading(column, width)), justify=justify, width=width, overflow="fold"
        )
    for cells in zip(*broken, strict=True):
        drawn.add_row(*map(Text, cells))
    return drawn


def _heading(column: GridColumn, width: int) -> str:
    from rich.cells import cell_len

    if cell_len(column.heading) <= width:
        return column.heading
    parts = heading_parts(column.heading)
    return "\n".join(line for part in parts for line in wrap(part, width, cell_len))


def _broken(column: GridColumn, width: int) -> list[str]:
    """The column's cells with line breaks where the width makes them necessary."""
    from rich.cells import cell_len

    if column.whole:
        return list(column.cells)
    return ["\n".join(wrap(cell, width, cell_len)) for cell in column.cells]


def _box(screen: Screen) -> Box:
    from rich.box import Box

    # "ascii" tells Rich not to swap the box for its own: the screen has been asked already.
    return Box(_BOX.format(screen.heavy_rule, screen.light_rule), ascii=True)
