"""One matter, from its events."""

from __future__ import annotations

import sqlite3

from xfctl.domain import case as cases
from xfctl.domain.case import Case
from xfctl.errors import InputRefusedError
from xfctl.ledger import events
from xfctl.ledger.projection import SUBJECTS, fold


def unknown_case(number: str) -> InputRefusedError:
    """The refusal for a number nobody registered."""
    return InputRefusedError(f"没有编号为「{number}」的事项；请用 xfctl case list 核对编号。")


def load_case(connection: sqlite3.Connection, number: str) -> Case:
    """A matter, from its events. Raises InputRefusedError if there is none of that number."""
    case = fold(SUBJECTS["case"], events.stream(connection, cases.stream_of(number)))
    if not isinstance(case, Case):
        raise unknown_case(number)
    return case
