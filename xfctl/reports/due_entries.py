"""Obligations as entries of a calendar: what is owed, by whom, until when; nothing of the matter.

Summaries and demands are free texts that may tell who the petitioner is, and calendars are kept on
telephones and servers of others: an entry names the number, the kind of deadline and the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from xfctl.domain.obligation import PETITIONER
from xfctl.ledger.queries import ObligationLine
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar


class DueEntry(Struct, frozen=True):
    """One all-day entry on the due date.

    ``remind`` is the time from the beginning of that day back to 9:00 on the working day before.
    """

    uid: str
    due_on: date
    summary: str
    description: str
    provisional: bool
    discharged: bool
    remind: timedelta


def due_entries(
    lines: Iterable[ObligationLine], ledger_id: str, on: date, calendar: Calendar
) -> Iterator[DueEntry]:
    """The entries of what the office and the units owe; rights of petitioners are not owed."""
    for line in lines:
        if line.owed_by != PETITIONER:
            yield _entry(line, ledger_id, on, calendar)


def _entry(line: ObligationLine, ledger_id: str, on: date, calendar: Calendar) -> DueEntry:
    number = line.stream.partition("/")[2]
    title = clocks()[line.clock].title
    mark = "（暂定）" if line.provisional else ""
    before = calendar.subtract_working_days(line.due_on, 1)
    return DueEntry(
        uid=f"{line.stream}/{line.key}@{ledger_id}.xfctl",
        due_on=line.due_on,
        summary=f"{number} {title}{mark} {line.owed_by_name}",
        description=f"依据 {line.article}，{line.started_on} 起算。",
        provisional=line.provisional,
        discharged=line.discharged_on is not None and line.discharged_on <= on,
        remind=before - line.due_on + timedelta(hours=9),
    )
