"""Keep a text cell a text when a spreadsheet opens our CSV, and undo that when we read it back.

A spreadsheet runs some texts as formulas and rewrites others as numbers or dates. Such a text
gets one leading apostrophe. The scheme needs no memory, because whether a text is at risk does
not depend on the apostrophes it already begins with: ``restore`` takes one apostrophe away
exactly where ``neutralise`` would have put it, and leaves ``'quoted'`` words alone.

A whole ISO date (2026-03-01) is left as it is: a spreadsheet shows it differently, but it stays
that date, and date columns are the most read columns of an export.
"""

from __future__ import annotations

import re
import unicodedata

MARK = "'"

# Blanks and invisible characters are skipped, as spreadsheets skip some of them before the sign.
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]*[=+\-@]")
_LINE_START = ("\t", "\r", "\n")

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# What a spreadsheet makes into something else when it opens the file.
_MANGLED = re.compile(
    "|".join(
        (
            r"[0-9]{11,}(?:\.[0-9]*)?",  # phones and ID numbers: shown as 1.39E+10, digits lost
            r"0[0-9]+(?:\.[0-9]*)?",  # leading zeros
            r"[0-9]*\.[0-9]*0|[0-9]+\.|\.[0-9]+",  # 1.10, 1., .5
            r"[0-9]*\.?[0-9]+\.?[ed][+-]?[0-9]+",  # 1E5
            r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?",  # 1,234
            r"\([0-9.,]+\)",  # (1) becomes -1
            r"[0-9]{1,4}[-/][0-9]{1,4}(?:[-/][0-9]{1,4})?(?: .*)?",  # 3-1, 1/3, 2026/3/1 8:30
            r"[0-9]{1,4}\.[0-9]{1,2}\.[0-9]{1,4}",  # 2026.3.1
            r"[0-9]+ [0-9]+/[0-9]+",  # 1 1/2
            r"[0-9]+:[0-9]{1,2}(?::[0-9]{1,2}(?:\.[0-9]*)?)?(?: ?[ap]m?)?",  # 8:30
            r"(?:[0-9]{2,4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?(?: .*)?",  # 3月2日
            r"[0-9]{2,4}年",
            rf"(?:[0-9]{{1,4}}[-/ ]?)?{_MONTH}[-/. ]?[0-9]{{1,4}}",  # MARCH1
            rf"[0-9]{{1,4}}[-/ ]?{_MONTH}(?:[-/. ,]*[0-9]{{1,4}})?",  # 1-Mar
            r"true|false",
        )
    ),
    re.IGNORECASE,
)


def neutralise(text: str) -> str:
    """``text`` as it goes into a CSV text column; use it for texts, not for numbers or dates."""
    return MARK + text if _at_risk(text) else text


def restore(text: str) -> str:
    """The text that ``neutralise`` was given; any other text comes back unchanged."""
    return text[1:] if text.startswith(MARK) and _at_risk(text) else text


def _at_risk(text: str) -> bool:
    """Whether a spreadsheet would not keep ``text``, the apostrophes at its front left aside."""
    bare = text.lstrip(MARK)
    if bare.startswith(_LINE_START):
        return True
    # Compatibility forms (＝, ﹦, full-width digits) are read like the plain ones.
    plain = unicodedata.normalize("NFKC", bare)
    if _FORMULA.match(plain):
        return True
    word = plain.strip()
    return _MANGLED.fullmatch(word) is not None and _ISO_DATE.fullmatch(word) is None
