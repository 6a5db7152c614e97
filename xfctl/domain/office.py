"""The office's own beginning: the first event of every ledger."""

from __future__ import annotations

from xfctl.domain.event import fact

STREAM = "ledger"


@fact("ledger.created")
class LedgerCreated:
    """A ledger was begun. ``ledger_id`` is random, so no two chains start alike."""

    ledger_id: str
    program: str
