"""One command on one ledger, and the least that any program would have to do for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from growing import TODAY
from processes import XFCTL


@dataclass(frozen=True)
class Job:
    """A command as a whole process, and its bare work inside this one.

    ``prepare`` runs before each of them, outside the time.
    """

    name: str
    command: Sequence[str]
    bare: Callable[[], object]
    prepare: Callable[[], object] = lambda: None


def on_ledger(path: Path, *words: str) -> list[str]:
    """A command of xfctl on the ledger at ``path``, on the day it was made for."""
    return [XFCTL, "--ledger", str(path), "--today", TODAY.isoformat(), *words]
