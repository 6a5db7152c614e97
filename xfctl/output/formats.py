"""The formats a report can be asked for, and the way from a name to its renderer."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from xfctl.output.screen import Screen
from xfctl.reports.table import Stream, Table


class Format(StrEnum):
    """What ``--format`` takes."""

    TABLE = "table"
    PLAIN = "plain"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    XLSX = "xlsx"

    @property
    def for_files(self) -> bool:
        """Whether programs read it: plain values in columns of their own, nothing for the eye."""
        return self in (Format.PLAIN, Format.CSV, Format.JSON, Format.XLSX)

    @property
    def exact(self) -> bool:
        """Whether another program reads the bytes: UTF-8 and line ends must not be touched."""
        return self in (Format.CSV, Format.JSON, Format.HTML)


def render(table: Table, fmt: Format) -> str:
    """``table`` as text; ``Format.TABLE`` is the table as a file would get it, without colour.

    Raises:
        ValueError: for ``Format.XLSX``, which is not text; see ``xlsx_file.write_xlsx``.

    """
    return "".join(pieces(table, fmt))


def pieces(table: Table | Stream, fmt: Format) -> Iterator[str]:
    """The text of ``render`` piece by piece, each made of no more rows than it must."""
    match fmt:
        case Format.TABLE:
            from xfctl.output.rich_table import table_pieces

            return table_pieces(table, Screen())
        case Format.PLAIN:
            from xfctl.output.plain import plain_pieces as renderer
        case Format.CSV:
            from xfctl.output.csv_file import csv_pieces as renderer
        case Format.JSON:
            from xfctl.output.json_text import json_pieces as renderer
        case Format.MARKDOWN:
            from xfctl.output.markdown import markdown_pieces as renderer
        case Format.HTML:
            from xfctl.output.html import page_pieces as renderer
        case Format.XLSX:
            raise ValueError("xlsx is not text")
    if isinstance(table, Table):
        table = (table if fmt is Format.MARKDOWN else table.without_pictures()).stream()
    return renderer(table)
