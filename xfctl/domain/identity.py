"""Who someone is: confidential, kept outside the events, masked unless revealed for a reason (细则 7).

Petitioners, whom an accusation is about, and who is held to account.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from xfctl.domain.wording import LONGEST_NAME, LONGEST_TEXT, check_text

KNOWN = "（已登记）"


def masked_name(name: str) -> str:
    """A name of which only the first character is shown."""
    return f"{name[0]}**"


def plain_name(name: str) -> str:
    """A name in one form only: without blanks, full-width letters as plain ones."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class Identity(Struct, frozen=True):
    """Name, phone, identity-card number and address of a person, as far as known."""

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
        """The identity as anyone may see it: which of the fields are known."""
        return Identity(
            name=KNOWN if self.name else None,
            phone=KNOWN if self.phone else None,
            id_number=KNOWN if self.id_number else None,
            address=KNOWN if self.address else None,
        )

    def named_in(self, texts: Iterable[str | None]) -> bool:
        """Whether a text tells the name, phone or identity-card number."""
        known = [plain_name(each) for each in (self.name, self.phone, self.id_number) if each]
        told = [plain_name(text) for text in texts if text]
        return any(each in text for each in known if len(each) > 1 for text in told)

    def checked(self) -> Identity:
        """The identity without blanks around its parts. Raises InputRefusedError, naming a field."""
        return Identity(
            name=check_text(self.name, "姓名", LONGEST_NAME) if self.name else None,
            phone=check_text(self.phone, "电话", LONGEST_NAME) if self.phone else None,
            id_number=check_text(self.id_number, "身份证号", LONGEST_NAME)
            if self.id_number
            else None,
            address=check_text(self.address, "住址", LONGEST_TEXT) if self.address else None,
        )
