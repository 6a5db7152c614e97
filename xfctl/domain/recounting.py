"""What is owed in whatever a stream adds up to, and counting it anew on another calendar."""

from __future__ import annotations

from datetime import date

from xfctl.domain.accountability import appeal
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.case import Case
from xfctl.domain.event import Dated
from xfctl.domain.inspection import Inspection
from xfctl.domain.obligation import Obligation
from xfctl.domain.risk import Risk
from xfctl.domain.steps.recount import recount_open
from xfctl.domain.supervision import Supervision, recount_response
from xfctl.workdays.calendar import Calendar


def owed(state: object) -> tuple[Obligation, ...]:
    """The obligations of whatever a stream adds up to."""
    match state:
        case Case() | Inspection() | Accountability() | Risk():
            return state.obligations
        case Supervision():
            return (state.response,)
    return ()


def recounted(state: object, calendar: Calendar, reason: str, on: date) -> list[Dated]:
    """The open obligations counted on another calendar, where that differs."""
    match state:
        case Case():
            return recount_open(state, calendar, reason, on)
        case Supervision():
            return recount_response(state, calendar, reason, on)
        case Accountability():
            return appeal.recount_open(state, calendar, reason, on)
    return []
