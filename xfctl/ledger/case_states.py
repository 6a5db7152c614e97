"""Every matter as its events add up: for exports, which tell more than the state tables hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby

from xfctl.domain.case import Case
from xfctl.ledger import events
from xfctl.ledger.load import CASES
from xfctl.ledger.projection import SUBJECTS, fold


def all_cases(connection: sqlite3.Connection) -> Iterator[Case]:
    """Every matter, in one pass over the events, in the order of registration date and number."""
    order = f"""
        JOIN "case" c ON event.stream = '{CASES.stream("")}' || c.number
        ORDER BY c.registered_on, c.number, seq
    """
    subject = SUBJECTS[CASES.name]
    for stream, rows in groupby(events.stored(connection, order), key=lambda row: row.stream):
        number = stream.removeprefix(CASES.stream(""))
        yield CASES.checked(fold(subject, map(events.event_of, rows)), number)
