"""Reading commands on a ledger of any size, and the SQL that each must at least ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from growing import TODAY
from jobs import Job, on_ledger

_PERIOD = "BETWEEN '2026-07-01' AND '2026-09-30'"
_EIGHT_QUARTERS = "BETWEEN '2024-10-01' AND '2026-09-30'"  # those of its trend
_OPEN = f"SELECT * FROM obligation WHERE discharged_on IS NULL AND due_on <= '{TODAY}'"
_GROUNDS = "SELECT * FROM ground WHERE until IS NULL"
# What a command prints, asked for with nothing around it.
_SQL = {
    "overdue": (_OPEN,),
    "digest": (_OPEN, _GROUNDS),
    "supervise due": (_GROUNDS,),
    "case show NUMBER": ("SELECT * FROM event WHERE stream = 'case/NUMBER' ORDER BY seq",),
    "case list --overdue": (
        f'SELECT * FROM "case" WHERE number IN (SELECT "case" FROM ({_OPEN}))',
    ),
    "case list --channel 来访 --from 2026-10-01": (
        "SELECT * FROM \"case\" WHERE channel = 'visit' AND registered_on >= '2026-10-01'",
    ),
    "search 热水供应": (
        'SELECT c.* FROM case_search s JOIN "case" c ON c.id = s.rowid'
        " WHERE case_search MATCH '\"热水 水供 供应\"' ORDER BY rank LIMIT 20",
    ),
    "report quarter 2026Q3": (
        f'SELECT * FROM "case" WHERE registered_on {_EIGHT_QUARTERS}',
        f"SELECT * FROM obligation WHERE due_on {_EIGHT_QUARTERS}",
        f"SELECT * FROM milestone WHERE day {_EIGHT_QUARTERS}",
    ),
    "report workload 2026Q3": (f'SELECT * FROM "case" WHERE registered_on {_PERIOD}',),
    "risk watch": (f"SELECT * FROM \"case\" WHERE registered_on >= '{TODAY.year - 1}-11-01'",),
    "log --last 20": ("SELECT * FROM event ORDER BY seq DESC LIMIT 20",),
    "overdue --as-known-at 2026-09-30 --as-of 2026-09-30": (
        "SELECT DISTINCT stream FROM event WHERE recorded_at > '2026-09-30T16:00'",
    ),
}


def jobs(path: Path) -> Iterator[Job]:
    """Every command of ``_SQL`` on one ledger, NUMBER being a matter that still runs."""
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute(
            'SELECT max(number) FROM "case" WHERE closed_on IS NULL'
        ).fetchone()
    for name, statements in _SQL.items():
        words = name.replace("NUMBER", number).split()
        asked = [sql.replace("NUMBER", number) for sql in statements]
        yield Job(name, on_ledger(path, *words), partial(_ask, path, asked))


def _ask(path: Path, statements: Sequence[str]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for sql in statements:
            connection.execute(sql).fetchall()
