"""Other programs that do part of the same: taskwarrior and hledger, as Debian packages them."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from shutil import which


def task_overdue(folder: Path, ledger: Path) -> list[str] | None:
    """Taskwarrior listing what is overdue among the same open obligations; None if not installed."""
    if which("task") is None:
        return None
    with closing(sqlite3.connect(ledger)) as connection:
        rows = connection.execute(
            'SELECT "case", due_on FROM obligation WHERE discharged_on IS NULL'
        )
        tasks = ", ".join(
            f'{{"description": "{case}", "due": "{due.replace("-", "")}T000000Z"}}'
            for case, due in rows
        )
    settings = folder / "taskrc"
    settings.write_text(f"data.location={folder / 'tasks'}\nconfirmation=off\n", encoding="utf-8")
    command = ["task", f"rc:{settings}"]
    subprocess.run(
        [*command, "import", "-"], input=f"[{tasks}]".encode(), check=True, capture_output=True
    )
    return [*command, "overdue"]


def hledger_balance(folder: Path, ledger: Path) -> list[str] | None:
    """Hledger adding up one entry a matter by category; None if not installed."""
    if which("hledger") is None:
        return None
    journal = folder / "matters.journal"
    with (
        closing(sqlite3.connect(ledger)) as connection,
        journal.open("w", encoding="utf-8") as file,
    ):
        for day, number, category in connection.execute(
            'SELECT registered_on, number, category FROM "case" ORDER BY 1'
        ):
            file.write(f"{day} {number}\n    类别:{category}  1\n    事项\n\n")
    return ["hledger", "-f", str(journal), "balance", "类别"]
