"""A table in GitHub-flavoured Markdown, where user text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xfctl.output.cells import NO_ROWS, looked_ahead, numeric_columns, people_text
from xfctl.output.visible import visible
from xfctl.reports.table import Stream, Table

_INLINE = re.compile(r"[\\`*_\[\]~|]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# What begins a heading, a list, a rule or a numbered list when a line starts with it.
_LEADING = re.compile(r"^(\d*)([#+=.)-])")


def markdown_text(table: Table) -> str:
    """All of a table; see ``markdown_pieces``."""
    return "".join(markdown_pieces(table.stream()))


def markdown_pieces(table: Stream) -> Iterator[str]:
    """Title as a heading, the table, each footer line as a paragraph."""
    if table.title:
        yield f"### {escape(table.title)}\n\n"
    first, rows = looked_ahead(table.rows)
    yield _row(_inline(column.heading) for column in table.columns)
    numeric = numeric_columns(first, len(table.columns))
    yield _row("---:" if each else "---" for each in numeric)
    for row in rows:
        yield _row(_inline(people_text(value)) for value in row)
    if not first:
        yield f"\n{NO_ROWS}\n"
    for line in table.footer():
        yield f"\n{escape(line)}\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def escape(text: str) -> str:
    """``text`` as one paragraph of Markdown that reads as itself.

    Line breaks become ``<br>``, the only markup; acting characters are spelled out.
    """
    return _LEADING.sub(r"\1\\\2", _inline(text).lstrip())


def _inline(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    return "<br>".join(
        _INLINE.sub(r"\\\g<0>", visible(line).translate(_ENTITIES)) for line in lines
    )
