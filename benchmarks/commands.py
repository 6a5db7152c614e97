"""Cold starts: what an officer, cron or the shell waits for at every command."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import which

import peers
from measure import Comparison, Work
from processes import PYTHON, XFCTL, importing, piped, process, xfctl, xfctl_on_screen

START_LIMIT, REPORT_LIMIT = 1.5, 1.6
_COMPLETE = {
    "_XFCTL_COMPLETE": "complete_bash",
    "COMP_WORDS": "xfctl ca",
    "COMP_CWORD": "1",
}


def comparisons(folder: Path) -> list[Comparison]:
    """Every command worth waiting for, on the demo ledger made in ``folder``."""
    ledger = _demo(folder)
    here = ["--ledger", str(ledger)]
    start, table = importing("typer"), importing("typer, rich.table")
    report = importing("typer, rich.table, sqlite3")
    show = [*here, "case", "show", _first_number(ledger)]
    due = [*here, "calendar", "due", "2026-02-12", "7"]
    register = xfctl("case register", [*here, "case", "register", "宿舍热水供应时段与公示不符"])
    overdue = xfctl("overdue，管道", [*here, "overdue"])
    version = xfctl("--version", ["--version"])
    return [
        Comparison(version, start, START_LIMIT),
        Comparison(version, process("python -c pass", [PYTHON, "-c", "pass"])),
        Comparison(xfctl("bash 补全 xfctl ca", [], _COMPLETE), start, START_LIMIT),
        Comparison(xfctl("calendar due", due), table, START_LIMIT),
        Comparison(overdue, report, REPORT_LIMIT),
        Comparison(xfctl_on_screen("overdue，终端", [*here, "overdue"]), report),
        Comparison(xfctl("digest", [*here, "digest"]), report, REPORT_LIMIT),
        Comparison(xfctl("case show", show), report, REPORT_LIMIT),
        Comparison(register, report),
        Comparison(register, importing("sqlmodel")),
        Comparison(xfctl("--help", ["--help"]), table),
        *_against_taskwarrior(overdue, folder, ledger),
    ]


def _against_taskwarrior(overdue: Work, folder: Path, ledger: Path) -> list[Comparison]:
    if which("task") is None:
        return []
    peer = peers.task_overdue(folder, ledger)
    return [Comparison(overdue, process(peer.name, peer.command))]


def _demo(folder: Path) -> Path:
    piped([XFCTL, "demo", str(folder)])
    return folder / "ledger.db"


def _first_number(ledger: Path) -> str:
    with closing(sqlite3.connect(ledger)) as connection:
        (number,) = connection.execute('SELECT min(number) FROM "case"').fetchone()
    return str(number)
