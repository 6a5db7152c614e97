"""One matter, supervision, inspection or the like, from its events."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from msgspec import Struct

from xfctl.errors import InputRefusedError
from xfctl.ledger import events
from xfctl.ledger.projection import SUBJECTS, fold

# For type checkers only: naming a kind of record must not load the rules of every kind.
if TYPE_CHECKING:
    from xfctl.domain.accountability.state import Accountability
    from xfctl.domain.case import Case
    from xfctl.domain.decision import Decision
    from xfctl.domain.inspection import Inspection
    from xfctl.domain.risk import Risk
    from xfctl.domain.supervision import Supervision

S = TypeVar("S")


class Kind(Struct, Generic[S], frozen=True):
    """A kind of record that bears a number: its name in streams and tables; ``S`` is its state.

    New numbers are ``prefix``, the year and a running number, like DB2026-0001; ``noun`` and
    ``lister`` (the command that lists them) are for messages.
    """

    name: str
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
        if state is None:
            raise self.unknown(number)
        # The stream it was folded from bears the kind's name.
        return cast("S", state)


CASES: Kind[Case] = Kind("case", "XF", "事项", "case list")
SUPERVISIONS: Kind[Supervision] = Kind("supervision", "DB", "督办", "supervise list")
ACCOUNTABILITIES: Kind[Accountability] = Kind("accountability", "ZZ", "问责", "account list")
INSPECTIONS: Kind[Inspection] = Kind("inspection", "DC", "督查", "supervise inspections")
RISKS: Kind[Risk] = Kind("risk", "FX", "隐患点或关键点", "risk list")
DECISIONS: Kind[Decision] = Kind("decision", "JC", "决策", "risk decisions")


def load(connection: sqlite3.Connection, kind: Kind[S], number: str) -> S:
    """One of a kind, from its events. Raises InputRefusedError if none bears the number."""
    past = events.stream(connection, kind.stream(number))
    return kind.checked(fold(SUBJECTS[kind.name], past), number)
