"""Putting a report where it was asked for: standard output or a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from xfctl.errors import InputRefusedError
from xfctl.output.files import write_pieces
from xfctl.output.formats import Format, pieces
from xfctl.output.streams import pipe_guard, write_stdout_pieces, write_stdout_texts
from xfctl.reports.table import Stream, Table

NOT_ON_SCREEN = "xlsx 不能显示在屏幕上；请用 --output 指定文件名后重试。"


def show(table: Table | Stream, fmt: Format) -> None:
    """Print ``table`` on standard output.

    Raises:
        InputRefusedError: for xlsx, which a screen cannot show.

    """
    if fmt is Format.XLSX:
        raise InputRefusedError(NOT_ON_SCREEN)
    if fmt is Format.TABLE:
        from xfctl.output.rich_table import print_table

        with pipe_guard():
            print_table(table, file=sys.stdout)
    elif fmt.exact:
        write_stdout_pieces(_encoded(pieces(table, fmt)))
    else:
        write_stdout_texts(pieces(table, fmt))


def save(table: Table | Stream, fmt: Format, path: Path) -> None:
    """Write ``table`` to ``path`` in one step.

    Raises:
        InputRefusedError: ``path`` cannot be written; nothing has changed.

    """
    if fmt is Format.XLSX:
        from xfctl.output.xlsx_file import write_xlsx

        write_xlsx([table], path)
    else:
        write_pieces(path, _encoded(pieces(table, fmt)))


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    """UTF-8; a lone surrogate, which UTF-8 lacks, is spelled out."""
    return (text.encode("utf-8", "backslashreplace") for text in texts)
