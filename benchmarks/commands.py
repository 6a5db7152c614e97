"""Cold starts: what an officer, cron or the shell waits for at every command."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from measure import Comparison
from processes import XFCTL, importing, piped, xfctl, xfctl_on_screen

START_LIMIT, REPORT_LIMIT = 1.6, 2.0
_COMPLETE = {
    "_XFCTL_COMPLETE": "complete_bash",
    "COMP_WORDS": "xfctl ca",
    "COMP_CWORD": "1",
}


def comparisons(folder: Path) -> list[Comparison]:
    """Every command worth waiting for, on the demo ledger made in ``folder``."""
    ledger = _demo(folder)
    here = ["--ledger", str(ledger)]
    start, report = importing("typer"), importing("typer, rich.table, sqlite3")
    show = [*here, "case", "show", _first_number(ledger)]
    due = [*here, "calendar", "due", "2026-02-12", "7"]
    register = [*here, "case", "register", "宿舍热水供应时段与公示不符"]
    return [
        Comparison(xfctl("--version", ["--version"]), start, START_LIMIT),
        Comparison(xfctl("bash 补全 xfctl ca", [], _COMPLETE), start, START_LIMIT),
        Comparison(xfctl("overdue，管道", [*here, "overdue"]), report, REPORT_LIMIT),
        Comparison(xfctl_on_screen("overdue，终端", [*here, "overdue"]), report, REPORT_LIMIT),
        Comparison(xfctl("digest", [*here, "digest"]), report),
        Comparison(xfctl("case show", show), report),
        Comparison(xfctl("calendar due", due), report),
        Comparison(xfctl("case register", register), report),
        Comparison(xfctl("--help", ["--help"]), report),
    ]


def _demo(folder: Path) -> Path:
    piped([XFCTL, "demo", str(folder)])
    return folder / "ledger.db"


def _first_number(ledger: Path) -> str:
    with closing(sqlite3.connect(ledger)) as connection:
        (number,) = connection.execute('SELECT min(number) FROM "case"').fetchone()
    return str(number)
