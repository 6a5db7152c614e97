r"""Characters that act instead of showing, made visible.

A name may carry an ANSI escape that recolours the terminal, or a bidi override that shows a
number backwards. People's formats print ``\x1b`` and ``<U+202E>`` in their place, in ASCII, so
that every console can show them.
"""

from __future__ import annotations

import unicodedata

# Controls, formats (bidi, zero width), line and paragraph separators, lone surrogates.
_ACTING = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def acts(char: str) -> bool:
    """Whether the character does something to the screen instead of showing itself."""
    return not char.isprintable() and unicodedata.category(char) in _ACTING


def visible(text: str, *, keep: str = "") -> str:
    """``text`` with every acting character spelled out, except those in ``keep``."""
    if text.isprintable():
        return text
    return "".join(_spell(char) if acts(char) and char not in keep else char for char in text)


def _spell(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if unicodedata.category(char) == "Cc":
        return f"\\x{ord(char):02x}"
    return code_point(char)


def code_point(char: str) -> str:
    """``<U+202E>``: the character's number, for screens that cannot show it."""
    return f"<U+{ord(char):04X}>"


def can_encode(text: str, encoding: str) -> bool:
    """Whether a stream of this encoding can carry all of ``text``."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def encodable(text: str, encoding: str) -> str:
    """``text`` with characters the encoding lacks written as ``<U+1F600>``, before measuring."""
    if can_encode(text, encoding):
        return text
    return "".join(char if can_encode(char, encoding) else code_point(char) for char in text)
