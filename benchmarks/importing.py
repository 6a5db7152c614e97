"""Taking in the message board of 1,400 items, against inserting the same events bare."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from measure import Comparison, Work
from processes import XFCTL, piped

from xfctl.app import Context
from xfctl.intake.importer import import_register
from xfctl.intake.register import read_register
from xfctl.ledger.connection import connect, open_ledger

BOARD = Path(__file__).parent.parent / "tests" / "data" / "message-board-times.csv"
_COLUMNS = {"编号": "留言编号", "登记时间": "留言时间", "书面反馈时间": "答复时间"}
_UNIT = "U01"


def comparisons(folder: Path) -> list[Comparison]:
    """One import, both sides into a copy of the same ledger with one unit and no matters."""
    empty, ledger = folder / "empty.db", folder / "ledger.db"
    folder.mkdir()
    piped([XFCTL, "--ledger", str(empty), "init"])
    piped([XFCTL, "--ledger", str(empty), "unit", "add", _UNIT, "某单位"])
    fresh = partial(shutil.copyfile, empty, ledger)
    fresh()
    _import(ledger)
    events = _events(ledger)
    return [
        Comparison(
            Work("导入 1,400 行登记表", partial(_import, ledger), prepare=fresh),
            Work(f"executemany {len(events):,} 条事件", partial(_insert, ledger, events), 1, fresh),
        )
    ]


def _import(path: Path) -> None:
    now = datetime.now(UTC)
    register = read_register(BOARD, _COLUMNS)
    with open_ledger(path, writable=True) as ledger:
        import_register(ledger, register, Context(now.date(), now, "bench"), unit=_UNIT)


def _events(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute("SELECT * FROM event WHERE stream LIKE 'case/%'"))


def _insert(path: Path, events: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" for _ in events[0])
    with closing(connect(path, mode="rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO event VALUES ({marks})", events)
        connection.execute("COMMIT")
