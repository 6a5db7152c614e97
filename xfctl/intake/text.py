"""Small helpers for text that people typed: width of characters, blanks, safe quoting."""

from __future__ import annotations

# Full-width ASCII and the ideographic blank, and nothing else: NFKC would also turn ² or ① into
# digits, and a date read from those would be a guess.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SHOWN = 30


def half_width(text: str) -> str:
    """``text`` with full-width letters, digits, signs and blanks made half-width."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def quoted(text: str) -> str:
    """``text`` shortened to one printable line, in Chinese quotation marks, for a message."""
    line = "".join(char if char.isprintable() else " " for char in text[: _SHOWN + 1])
    return f"「{line[:_SHOWN]}…」" if len(line) > _SHOWN else f"「{line}」"
