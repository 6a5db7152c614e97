"""A table turned into the texts that people will read, safe for the screen it goes to."""

from __future__ import annotations

from msgspec import Struct

from xfctl.output.cells import is_number, people_text
from xfctl.output.screen import Screen
from xfctl.output.visible import encodable, visible
from xfctl.reports.table import Table, Value


class GridColumn(Struct, frozen=True):
    """One column of shown texts; ``whole`` ones never wrap, ``numeric`` ones stand right."""

    heading: str
    cells: tuple[str, ...]
    whole: bool
    numeric: bool


class Grid(Struct, frozen=True):
    """All that is printed of a table, with nothing left that could act on the screen."""

    title: str
    columns: tuple[GridColumn, ...]
    footer: tuple[str, ...]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The cells of each record."""
        return list(zip(*(column.cells for column in self.columns), strict=True))


def grid_of(table: Table, screen: Screen) -> Grid:
    """The texts of ``table`` as ``screen`` can show them; pictures only where it draws."""
    if not screen.draws:
        table = table.without_pictures()
    return Grid(
        title=_shown(table.title, screen),
        columns=tuple(_column(table, index, screen) for index in range(len(table.columns))),
        footer=tuple(_shown(line, screen) for line in table.footer),
    )


def _column(table: Table, index: int, screen: Screen) -> GridColumn:
    values = [row[index] for row in table.rows]
    whole = table.columns[index].whole or not any(isinstance(value, str) for value in values)
    # A line break stays a break where text wraps; where a record is one line it is spelled out.
    keep = "\n" if screen.width is not None and not whole else ""
    return GridColumn(
        heading=_shown(table.columns[index].heading, screen),
        cells=tuple(_shown(_text(value), screen, keep) for value in values),
        whole=whole,
        numeric=any(map(is_number, values)),
    )


def _text(value: Value) -> str:
    return people_text(value).replace("\r\n", "\n")


def _shown(text: str, screen: Screen, keep: str = "") -> str:
    return encodable(visible(text, keep=keep), screen.encoding)
