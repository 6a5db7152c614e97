"""Putting the parts of a sentence together, those left out that there are none of."""

from __future__ import annotations


def joined(*parts: str | None) -> str:
    """The parts there are, with ；between them."""
    return "；".join(part for part in parts if part)


def tell(what: str, *details: str | None) -> str:
    """What happened, and after a colon the details there are."""
    told = joined(*details)
    return f"{what}：{told}" if told else what
