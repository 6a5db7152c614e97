"""What a stream can show: how wide, in which encoding, with colour or not."""

from __future__ import annotations

import os
from typing import TextIO

from msgspec import Struct

_USUAL_WIDTH = 80


class Screen(Struct, frozen=True):
    """``width`` in cells, or ``None`` where lines may be as long as they need (not a terminal)."""

    width: int | None = None
    encoding: str = "utf-8"
    colour: bool = False

    @property
    def heavy_rule(self) -> str:
        """The line under headings."""
        return "━" if self.draws else "="

    @property
    def light_rule(self) -> str:
        """The line between records."""
        return "─" if self.draws else "-"

    @property
    def draws(self) -> bool:
        """Whether lines and blocks come out as drawn, one cell each."""
        # GBK has these lines too, but its consoles often give them two cells.
        return self.encoding.lower().startswith("utf")


def screen_of(file: TextIO) -> Screen:
    """Look at a stream; NO_COLOR, TERM=dumb and COLUMNS are honoured.

    FORCE_COLOR is not: colour codes in a file or a pipe are text nobody wrote.
    """
    encoding = getattr(file, "encoding", None) or "utf-8"
    if not file.isatty():
        return Screen(encoding=encoding)
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "unknown")
    return Screen(_width(file), encoding, colour=not plain)


def _width(file: TextIO) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(file.fileno()).columns or _USUAL_WIDTH
    except (OSError, ValueError):
        return _USUAL_WIDTH
