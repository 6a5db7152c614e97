"""Whether two matters look like the same one: a hint for the officer, never a decision."""

from __future__ import annotations

from difflib import SequenceMatcher

# Share of characters in common from which two summaries are shown as alike.
ALIKE = 0.5


def likeness(one: str, other: str) -> float:
    """How much two summaries have in common, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
