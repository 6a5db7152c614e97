"""Small helper for text that people typed: the width of characters and blanks."""

from __future__ import annotations

# Full-width ASCII and the ideographic blank, and nothing else: NFKC would also turn ² or ① into
# digits, and a date read from those would be a guess.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """``text`` with full-width letters, digits, signs and blanks made half-width."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)
