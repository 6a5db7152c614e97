"""Putting the parts of a sentence together, those left out that there are none of."""

from __future__ import annotations

from typing import Any


def joined(*parts: str | None) -> str:
    """The parts there are, with ；between them."""
    return "；".join(part for part in parts if part)


def tell(what: str, *details: str | None) -> str:
    """What happened, and after a colon the details there are."""
    told = joined(*details)
    return f"{what}：{told}" if told else what


def letter_sentence(fact: Any) -> str:
    """Which letter went to whom, under which number, and how its file is recognised."""
    file = f"{fact.size} 字节，SHA-256 {fact.sha256[:12]}…"
    return tell(f"{fact.letter.label}致{fact.recipient}", fact.document, file)
