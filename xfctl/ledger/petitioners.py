"""Petitioners: who a matter's are, and which other matters the same one raised."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from xfctl.domain.identity import Identity
from xfctl.errors import RuleRefusedError
from xfctl.ledger.identities import Identities

if TYPE_CHECKING:
    from xfctl.domain.case import Case


class Earlier(Struct, frozen=True):
    """A matter that the same petitioner raised before."""

    number: str
    registered_on: date
    summary: str
    category: str | None
    stage: str


def earlier_matters(identities: Identities, who: Identity) -> list[Earlier]:
    """Matters of the same petitioner, newest first.

    The same phone or identity-card number tells; a name alone does, only where neither is known.
    """
    told = ("phone", "id_number") if who.phone or who.id_number else ("name",)
    sql = """
        SELECT number, registered_on, summary, category, stage FROM "case"
        WHERE petitioner IN (SELECT value FROM json_each(?))
        ORDER BY registered_on DESC, number DESC
    """
    tokens = json.dumps(identities.matching(who, told))
    return [
        Earlier(number, date.fromisoformat(on), summary, category, stage)
        for number, on, summary, category, stage in identities.connection.execute(sql, (tokens,))
    ]


def revealed(identities: Identities, case: Case) -> list[Identity]:
    """The petitioner of a matter and whoever else signed, in order. Needs the key.

    Raises RuleRefusedError if they were erased.
    """
    tokens = tokens_of(case)
    if erased := identities.erased_on(tokens):
        raise RuleRefusedError(
            f"事项 {case.number} 的信访人身份已于 {erased} 删除，不能再查看；"
            f"可以用 xfctl log {case.number} 看经过。"
        )
    found = identities.revealed(tokens)
    return [found.get(token, Identity()) for token in tokens]


def tokens_of(case: Case) -> list[str]:
    """The tokens of the petitioner of a matter and of whoever else signed, in order."""
    return [each for each in (case.entry.petitioner, *case.entry.signatories) if each]
