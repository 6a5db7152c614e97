"""The formats a report can be asked for, and the way from a name to its renderer."""

from __future__ import annotations

from enum import StrEnum

from msgspec.structs import replace

from xfctl.reports.table import Table


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
    if fmt.for_files or fmt is Format.HTML:
        table = table.without_pictures()
    match fmt:
        case Format.TABLE:
            return _drawn(table)
        case Format.PLAIN:
            from xfctl.output.plain import plain_text as renderer
        case Format.CSV:
            from xfctl.output.csv_file import csv_text as renderer
        case Format.JSON:
            from xfctl.output.json_text import json_text as renderer
        case Format.MARKDOWN:
            from xfctl.output.markdown import markdown_text as renderer
        case Format.HTML:
            return _html_page(table)
        case Format.XLSX:
            raise ValueError("xlsx is not text")
    return renderer(table)


def _drawn(table: Table) -> str:
    from io import StringIO

    from xfctl.output.rich_table import print_table

    out = StringIO()
    print_table(table, file=out)
    return out.getvalue()


def _html_page(table: Table) -> str:
    from xfctl.output.html import page, table_html

    return page(table.title, table_html(replace(table, title="")))
