"""The office's own beginning: the first events of a ledger, and the rules it is judged under."""

from __future__ import annotations

from dataclasses import dataclass

from xfctl.domain.event import fact

STREAM = "ledger"


@fact("ledger.created")
class LedgerCreated:
    """A ledger was begun. ``ledger_id`` is random, so no two chains start alike."""

    ledger_id: str
    program: str


@dataclass(frozen=True)
class RuleFile:
    """A file of a rule set: its path inside the folder, and its text."""

    path: str
    text: str


@fact("ledger.rules_adopted")
class RulesAdopted:
    """The ledger is judged under another institution's rules, kept here whole."""

    name: str
    files: tuple[RuleFile, ...]
