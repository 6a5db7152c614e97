"""The office's own beginning: the first events of a ledger, and the rules it is judged under."""

from __future__ import annotations

from xfctl.domain.classification import Labelled
from xfctl.domain.event import Stored, fact

STREAM = "ledger"


class SealedBy(Labelled):
    """What opens the sealed identities of a ledger."""

    FILE = "file", "密钥文件"
    PASSPHRASE = "passphrase", "口令"


@fact("ledger.created")
class LedgerCreated(Stored, frozen=True, kw_only=True):
    """A ledger was begun. ``ledger_id`` is random, so no two chains start alike."""

    ledger_id: str
    program: str


@fact("ledger.identities_sealed")
class IdentitiesSealed(Stored, frozen=True, kw_only=True):
    """The identities that lay in the ledger plain were sealed; ``by`` what opens them now."""

    by: SealedBy
    identities: int


@fact("ledger.key_changed")
class KeyChanged(Stored, frozen=True, kw_only=True):
    """The identities are sealed under another key or passphrase from now on."""

    by: SealedBy


class RuleFile(Stored, frozen=True):
    """A file of a rule set: its path inside the folder, and its text."""

    path: str
    text: str


@fact("ledger.rules_adopted")
class RulesAdopted(Stored, frozen=True, kw_only=True):
    """The ledger is judged under another institution's rules, kept here whole."""

    name: str
    files: tuple[RuleFile, ...]
