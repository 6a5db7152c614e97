"""A report of several tables, and its charts, in one piece: on the screen or in one file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from xfctl.errors import InputRefusedError
from xfctl.output.files import write_file
from xfctl.output.formats import Format, render
from xfctl.output.show import NOT_ON_SCREEN
from xfctl.output.streams import pipe_guard, write_stdout, write_stdout_exact
from xfctl.reports.chart import Chart
from xfctl.reports.table import Table


class Block(Struct, frozen=True):
    """Tables that belong together, and the charts that show them."""

    tables: Sequence[Table]
    charts: Sequence[Chart] = ()


class Document(Struct, frozen=True):
    """A report under a title, as blocks; charts are drawn in HTML alone."""

    title: str
    blocks: Sequence[Block]

    @property
    def tables(self) -> list[Table]:
        """Every table in order."""
        return [table for block in self.blocks for table in block.tables]


def show_document(document: Document, fmt: Format) -> None:
    """Print every table on standard output. Raises InputRefusedError for xlsx."""
    if fmt is Format.XLSX:
        raise InputRefusedError(NOT_ON_SCREEN)
    if fmt is Format.TABLE:
        from xfctl.output.rich_table import print_table

        with pipe_guard():
            for number, table in enumerate(document.tables):
                sys.stdout.write("\n" if number else "")
                print_table(table, file=sys.stdout)
    elif fmt.exact:
        write_stdout_exact(_text(document, fmt))
    else:
        write_stdout(_text(document, fmt))


def save_document(document: Document, fmt: Format, path: Path) -> None:
    """Write every table to one file: one sheet each in xlsx. Raises InputRefusedError."""
    if fmt is Format.XLSX:
        from xfctl.output.xlsx_file import write_xlsx

        write_xlsx(document.tables, path)
    else:
        write_file(path, _text(document, fmt).encode("utf-8", "backslashreplace"))


def _text(document: Document, fmt: Format) -> str:
    if fmt is Format.HTML:
        return _page(document)
    if fmt.for_files and fmt is not Format.PLAIN:
        tables = [each.without_pictures() for each in document.tables]
        if fmt is Format.CSV:
            from xfctl.output.csv_file import csv_of_several

            return csv_of_several(tables)
        from xfctl.output.json_text import json_of_several

        return json_of_several(dict(zip(_keys(tables), tables, strict=True)))
    heading = (
        f"# {document.title}\n\n" if fmt is Format.MARKDOWN and len(document.blocks) > 1 else ""
    )
    return heading + "\n".join(render(each, fmt) for each in document.tables)


def _keys(tables: Sequence[Table]) -> list[str]:
    """Each table's key, else its title, and a number behind a name that was used before."""
    keys: list[str] = []
    for table in tables:
        wanted = key = table.key or table.title
        number = 1
        while key in keys:
            number += 1
            key = f"{wanted} ({number})"
        keys.append(key)
    return keys


def _page(document: Document) -> str:
    from xfctl.output.html import page, table_html

    parts: list[str] = []
    style = ""
    for block in document.blocks:
        parts += [table_html(table.without_pictures()) for table in block.tables]
        for chart in block.charts:
            if not chart.empty:
                from xfctl.output import charts

                style = charts.STYLE
                parts.append(charts.figure(chart))
    return page(document.title, "\n".join(parts), style)
