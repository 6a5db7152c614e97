"""One matter, supervision or inspection, from its events."""

from __future__ import annotations

import sqlite3

from xfctl.domain import case as cases
from xfctl.domain import inspection, supervision
from xfctl.domain.case import Case
from xfctl.domain.inspection import Inspection
from xfctl.domain.supervision import Supervision
from xfctl.errors import InputRefusedError
from xfctl.ledger import events
from xfctl.ledger.projection import SUBJECTS, fold


def unknown_case(number: str) -> InputRefusedError:
    """The refusal for a number nobody registered."""
    return InputRefusedError(f"没有编号为「{number}」的事项；请用 xfctl case list 核对编号。")


def unknown_supervision(number: str) -> InputRefusedError:
    """The refusal for a supervision there is not."""
    return InputRefusedError(f"没有编号为「{number}」的督办；请用 xfctl supervise list 核对编号。")


def unknown_inspection(number: str) -> InputRefusedError:
    """The refusal for an inspection there is not."""
    return InputRefusedError(
        f"没有编号为「{number}」的督查；请用 xfctl supervise inspections 核对编号。"
    )


def load_case(connection: sqlite3.Connection, number: str) -> Case:
    """A matter, from its events. Raises InputRefusedError if there is none of that number."""
    case = fold(SUBJECTS["case"], events.stream(connection, cases.stream_of(number)))
    if not isinstance(case, Case):
        raise unknown_case(number)
    return case


def load_supervision(connection: sqlite3.Connection, number: str) -> Supervision:
    """A supervision, from its events. Raises InputRefusedError if there is none."""
    past = events.stream(connection, supervision.stream_of(number))
    state = fold(SUBJECTS["supervision"], past)
    if not isinstance(state, Supervision):
        raise unknown_supervision(number)
    return state


def load_inspection(connection: sqlite3.Connection, number: str) -> Inspection:
    """An inspection, from its events. Raises InputRefusedError if there is none."""
    past = events.stream(connection, inspection.stream_of(number))
    state = fold(SUBJECTS["inspection"], past)
    if not isinstance(state, Inspection):
        raise unknown_inspection(number)
    return state
