"""One matter, supervision, inspection or the like, from its events."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Generic, TypeVar

from xfctl.domain.accountability.state import Accountability
from xfctl.domain.case import Case
from xfctl.domain.decision import Decision
from xfctl.domain.inspection import Inspection
from xfctl.domain.risk import Risk
from xfctl.domain.supervision import Supervision
from xfctl.errors import InputRefusedError
from xfctl.ledger import events
from xfctl.ledger.projection import SUBJECTS, fold

S = TypeVar("S")


@dataclass(frozen=True)
class Kind(Generic[S]):
    """A kind of record that bears a number: its name in streams and tables, and what it adds up to.

    New numbers are ``prefix``, the year and a running number, like DB2026-0001; ``noun`` and
    ``lister`` (the command that lists them) are for messages.
    """

    name: str
    state: type[S]
    prefix: str
    noun: str
    lister: str

    def stream(self, number: str) -> str:
        """The event stream of one of them."""
        return f"{self.name}/{number}"

    def unknown(self, number: str) -> InputRefusedError:
        """The refusal of a number that none of them bears."""
        return InputRefusedError(
            f"没有编号为「{number}」的{self.noun}；请用 xfctl {self.lister} 核对编号。"
        )

    def checked(self, state: object | None, number: str) -> S:
        """The state found under a number. Raises InputRefusedError if there is none."""
        if not isinstance(state, self.state):
            raise self.unknown(number)
        return state


CASES = Kind("case", Case, "XF", "事项", "case list")
SUPERVISIONS = Kind("supervision", Supervision, "DB", "督办", "supervise list")
ACCOUNTABILITIES = Kind("accountability", Accountability, "ZZ", "问责", "account list")
INSPECTIONS = Kind("inspection", Inspection, "DC", "督查", "supervise inspections")
RISKS = Kind("risk", Risk, "FX", "隐患点或关键点", "risk list")
DECISIONS = Kind("decision", Decision, "JC", "决策", "risk decisions")


def load(connection: sqlite3.Connection, kind: Kind[S], number: str) -> S:
    """One of a kind, from its events. Raises InputRefusedError if none bears the number."""
    past = events.stream(connection, kind.stream(number))
    return kind.checked(fold(SUBJECTS[kind.name], past), number)
