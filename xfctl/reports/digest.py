"""The daily digest: what the office must know this morning, before anyone opens a ledger."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from xfctl.ledger import events
from xfctl.reports import obligations
from xfctl.reports.calendar import calendar_warnings
from xfctl.reports.obligations import Standing
from xfctl.reports.table import Table
from xfctl.workdays.calendar import Calendar

SOON_DAYS = 3


@dataclass(frozen=True)
class Digest:
    """The digest of one day; ``head`` anchors the ledger's chain outside the ledger."""

    on: date
    overdue: list[Standing]
    today: list[Standing]
    soon: list[Standing]
    provisional: list[Standing]
    warnings: tuple[str, ...]
    head: str


def digest(connection: sqlite3.Connection, on: date, calendar: Calendar) -> Digest:
    """Gather the digest of a day."""
    soon = obligations.due_within(connection, on, calendar, SOON_DAYS)
    return Digest(
        on=on,
        overdue=obligations.overdue(connection, on, calendar),
        today=[each for each in soon if each.line.due_on == on],
        soon=[each for each in soon if each.line.due_on != on],
        provisional=obligations.provisional(connection, on, calendar),
        warnings=calendar_warnings(calendar, on),
        head=str(events.head(connection)),
    )


def tables(digest: Digest) -> list[Table]:
    """The sections as tables, for formats that have tables."""
    return [
        obligations.overdue_table(digest.overdue, digest.on),
        obligations.soon_table(digest.today, "今日到期"),
        obligations.soon_table(digest.soon, f"{SOON_DAYS} 个工作日内到期"),
        obligations.soon_table(digest.provisional, "暂定期限"),
    ]
