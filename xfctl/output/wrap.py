"""Breaking Chinese and Latin text into lines by display width; nothing is cut.

Chinese breaks between any two characters, except that closing punctuation never starts a line
and opening punctuation never ends one; Latin breaks at blanks. A word wider than the line is
broken where the line ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from xfctl.output.width import text_width

Measure = Callable[[str], int]

_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
_WIDE += "\uff00-\uff60\uffe0-\uffe6\U0001f000-\U0003ffff"
_OPEN = "（【「『《〈“‘〔［｛(\\[{"
_CLOSE = "）】」』》〉”’〕］｝)\\]}，。、；：？！…％%,.;:?!"
_MARKS = "\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"

_BLANKS = "[ \u3000]+"
_LATIN = f"[^ \u3000{_WIDE}{_OPEN}{_CLOSE}]+"
_LATIN_RUN = f"[%,.;:?!]*{_LATIN}(?:[%,.;:?!)\\]}}]+{_LATIN})*"
_PIECE = (
    f"{_BLANKS}|[{_OPEN}]*(?:[{_WIDE}][{_MARKS}]*|{_LATIN_RUN})[{_CLOSE}]*|[{_OPEN}]+|[{_CLOSE}]+"
)
# A character and the marks that sit on it: the smallest thing that can be moved to a new line.
_CLUSTER = f".[{_MARKS}]*"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a line is first broken: most output fits, and compiling takes a while."""
    return re.compile(pattern, re.DOTALL)


def wrap(text: str, width: int, measure: Measure = text_width) -> list[str]:
    """Lines of at most ``width`` cells (one character per line if even that is too wide).

    Line feeds in ``text`` end a line; blanks at a break are dropped. Always at least one line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += [paragraph] if measure(paragraph) <= width else _fill(paragraph, width, measure)
    return lines


def _fill(paragraph: str, width: int, measure: Measure) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(paragraph, width, measure):
        cells = measure(piece)
        if used + cells > width:
            lines.append(line.rstrip(" \u3000"))
            line, used = "", 0
            if piece.isspace():
                continue
        line, used = line + piece, used + cells
    lines.append(line.rstrip(" \u3000"))
    return [kept for kept in lines if kept] or [""]


def _pieces(paragraph: str, width: int, measure: Measure) -> Iterator[str]:
    for piece in _compiled(_PIECE).findall(paragraph):
        if measure(piece) > width:
            yield from _compiled(_CLUSTER).findall(piece)
        else:
            yield piece
