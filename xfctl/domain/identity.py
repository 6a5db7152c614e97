"""Who a petitioner is: confidential, kept outside the events, masked wherever shown (细则 7)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


def masked_name(name: str) -> str:
    """A name of which only the first character is shown."""
    return f"{name[0]}**"


def plain_name(name: str) -> str:
    """A name in one form only: without blanks, full-width letters as plain ones."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@dataclass(frozen=True)
class Identity:
    """Name, phone, identity-card number and address of a petitioner, as far as known."""

    name: str | None = None
    phone: str | None = None
    id_number: str | None = None
    address: str | None = None

    def __bool__(self) -> bool:
        return any((self.name, self.phone, self.id_number, self.address))

    def __repr__(self) -> str:
        """Never the content: identities must not reach a log or a test report."""
        return "Identity(…)"

    def masked(self) -> Identity:
        """The identity as anyone may see it: a first character, and that the rest is known."""
        known = "（已登记）"
        return Identity(
            name=masked_name(self.name) if self.name else None,
            phone=known if self.phone else None,
            id_number=known if self.id_number else None,
            address=known if self.address else None,
        )
