"""A table in GitHub-flavoured Markdown, where user text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xfctl.output.cells import NO_ROWS, numeric_columns, people_text
from xfctl.output.visible import visible
from xfctl.reports.table import Table

_INLINE = re.compile(r"[\\`*_\[\]~|]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# What begins a heading, a list, a rule or a numbered list when a line starts with it.
_LEADING = re.compile(r"^(\d*)([#+=.)-])")


def markdown_text(table: Table) -> str:
    """Title as a heading, the table, each footer line as a paragraph."""
    blocks = [f"### {escape(table.title)}"] if table.title else []
    blocks.append("\n".join(_table_lines(table)))
    if not table.rows:
        blocks.append(NO_ROWS)
    blocks += [escape(line) for line in table.footer]
    return "\n\n".join(blocks) + "\n"


def _table_lines(table: Table) -> Iterator[str]:
    yield _row(_inline(column.heading) for column in table.columns)
    yield _row("---:" if numeric else "---" for numeric in numeric_columns(table))
    for row in table.rows:
        yield _row(_inline(people_text(value)) for value in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


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
