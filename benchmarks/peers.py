"""Other programs that do part of the same: taskwarrior and hledger, as Debian packages them.

Taskwarrior has the open obligations as tasks, hledger an entry a matter. Nothing is measured of one
that is not installed.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import which

IMPORTED = 10_000


@dataclass(frozen=True)
class Peer:
    """A command of another program; ``prepare`` runs before each run, outside the time."""

    name: str
    command: list[str]
    prepare: Callable[[], object] = lambda: None


def installed(folder: Path, ledger: Path) -> Iterator[Peer]:
    """What the others can do of the same ledger, in a new folder."""
    folder.mkdir()
    if which("task"):
        yield from _taskwarrior(folder, ledger)
    if which("hledger"):
        yield from _hledger(folder, ledger)


def task_overdue(folder: Path, ledger: Path) -> Peer:
    """Taskwarrior listing what is overdue among the same open obligations."""
    with closing(sqlite3.connect(ledger)) as connection:
        rows = connection.execute(
            'SELECT "case", due_on FROM obligation WHERE discharged_on IS NULL'
        )
        tasks = [_task(str(case), due) for case, due in rows]
    command = _task_command(folder, "held")
    listed = json.dumps(tasks).encode()
    subprocess.run([*command, "import", "-"], input=listed, check=True, capture_output=True)
    return Peer("task overdue，同样的未履行期限", [*command, "overdue"])


def _taskwarrior(folder: Path, ledger: Path) -> Iterator[Peer]:
    overdue = task_overdue(folder, ledger)
    yield overdue
    yield Peer("task add", [*overdue.command[:-1], "add", "虚构的备注"])
    file, command = folder / "imported.json", _task_command(folder, "imported")
    tasks = [_task(f"BX-{number:07}", "2026-12-01") for number in range(IMPORTED)]
    file.write_text(json.dumps(tasks), encoding="utf-8")

    def empty() -> None:
        shutil.rmtree(folder / "imported", ignore_errors=True)

    yield Peer(f"task import，{IMPORTED:,} 条", [*command, "import", str(file)], empty)


def _task(name: str, due: str) -> dict[str, str]:
    return {"description": name, "due": f"{due.replace('-', '')}T000000Z"}


def _task_command(folder: Path, name: str) -> list[str]:
    settings = folder / f"{name}.rc"
    settings.write_text(f"data.location={folder / name}\nconfirmation=off\n", encoding="utf-8")
    return ["task", f"rc:{settings}"]


def _hledger(folder: Path, ledger: Path) -> Iterator[Peer]:
    journal = folder / "matters.journal"
    with (
        closing(sqlite3.connect(ledger)) as connection,
        journal.open("w", encoding="utf-8") as file,
    ):
        for day, number, category in connection.execute(
            'SELECT registered_on, number, category FROM "case" ORDER BY 1'
        ):
            file.write(f"{day} {number}\n    类别:{category}  1\n    事项\n\n")
    command = ["hledger", "-f", str(journal)]
    yield Peer("hledger balance，2026 年第三季度", [*command, "balance", "类别", "-p", "2026q3"])
    yield Peer(
        "hledger register，2026-10-01 起", [*command, "register", "类别", "-b", "2026-10-01"]
    )
    yield Peer("hledger check，每件事项一笔", [*command, "check"])
