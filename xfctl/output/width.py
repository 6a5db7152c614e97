"""How wide text stands on a screen: Chinese takes two cells a character, Latin one.

Cells follow Unicode's East Asian Width; "ambiguous" characters (quotes, dashes, box lines) count
as one cell, as they do in UTF-8 terminals. Pure standard library, so that plain-text pictures
and spreadsheets need not load Rich.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NO_CELLS = frozenset({"Mn", "Me", "Cf", "Cc"})


@lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """Cells of one character: 0 (combining or invisible), 1 or 2."""
    if unicodedata.category(char) in _NO_CELLS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Cells of a line of text."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(char_width, text))


def pad(text: str, width: int) -> str:
    """``text`` followed by blanks up to ``width`` cells; longer text is left whole."""
    return text + " " * (width - text_width(text))


def centre(text: str, width: int) -> str:
    """``text`` in the middle of ``width`` cells, without trailing blanks."""
    return " " * ((width - text_width(text)) // 2) + text
