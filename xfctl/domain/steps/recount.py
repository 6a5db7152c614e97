"""Counting open obligations anew after the calendar changed."""

from __future__ import annotations

from datetime import date

from xfctl.domain.case import Case
from xfctl.domain.case_facts import DueDateChanged
from xfctl.domain.event import Dated
from xfctl.domain.obligation import recounted
from xfctl.domain.world import facts
from xfctl.workdays.calendar import Calendar


def recount_open(case: Case, calendar: Calendar, reason: str, on: date) -> list[Dated]:
    """The open obligations whose due date, or its being provisional, the calendar changed."""
    moved = recounted(case.obligations, calendar)
    return facts(on, DueDateChanged(reason=reason, opens=moved)) if moved else []
