"""What is done to identities as a whole, on record: sealing, changing the key, erasing (细则 7)."""

from __future__ import annotations

from datetime import date

from xfctl.domain import office
from xfctl.domain.case import stream_of
from xfctl.domain.case_facts import IdentityErased
from xfctl.domain.event import Dated
from xfctl.domain.wording import check_text
from xfctl.errors import RuleRefusedError
from xfctl.ledger.key_source import KeySource
from xfctl.ledger.load import CASES
from xfctl.ledger.petitioners import tokens_of
from xfctl.ledger.writer import Writer


def seal(writer: Writer, source: KeySource, by: office.SealedBy, today: date) -> int:
    """Seal the identities of a plain ledger; returns how many there were.

    Raises RuleRefusedError if it is sealed already.
    """
    count = writer.identities.seal(source, by)
    writer.record(office.STREAM, [Dated(today, office.IdentitiesSealed(by=by, identities=count))])
    return count


def change_key(writer: Writer, source: KeySource, by: office.SealedBy, today: date) -> None:
    """Seal the identities under another key or passphrase from now on."""
    writer.identities.change_key(source, by)
    writer.record(office.STREAM, [Dated(today, office.KeyChanged(by=by))])


def erase(writer: Writer, number: str, reason: str, today: date) -> list[str]:
    """Destroy who the petitioners of a matter are, for good; returns their tokens.

    What was erased before stays so, and is not recorded again. Raises RuleRefusedError if the
    matter has none.
    """
    erased = IdentityErased(reason=check_text(reason, "删除理由"))
    stream = stream_of(number)
    tokens = tokens_of(CASES.checked(writer.state(stream), number))
    if not tokens:
        raise RuleRefusedError(f"事项 {number} 没有登记信访人身份，无需删除。")
    if not writer.identities.erased_on(tokens):
        writer.record(stream, [Dated(today, erased)])
        writer.identities.erase(tokens, today)
    return tokens
