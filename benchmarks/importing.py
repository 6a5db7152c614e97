"""Taking in registers, against inserting what they leave in the ledger bare."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from measure import Comparison, Work
from processes import XFCTL, piped

from xfctl.app import Context
from xfctl.intake.importer import import_register
from xfctl.intake.register import read_register
from xfctl.ledger.chain import head
from xfctl.ledger.connection import connect, open_ledger
from xfctl.ledger.projection import SUBJECTS, chosen, columns_of

BOARD = Path(__file__).parent.parent / "tests" / "data" / "message-board-times.csv"
LIMIT = 8
_COLUMNS = {"编号": "留言编号", "登记时间": "留言时间", "书面反馈时间": "答复时间"}
_UNIT = "U01"
_FIRST_DAY, _DAYS = date(2016, 1, 4), 3500

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class _Register:
    """A register and an empty ledger to take it into, afresh each time."""

    path: Path
    columns: Mapping[str, str]
    rows: int
    empty: Path
    ledger: Path

    def fresh(self) -> None:
        shutil.copyfile(self.empty, self.ledger)

    def take_in(self) -> None:
        now = datetime.now(UTC)
        register = read_register(self.path, self.columns)
        with open_ledger(self.ledger, writable=True) as ledger:
            import_register(ledger, register, Context(now.date(), now, "bench"), unit=_UNIT)


def comparisons(folder: Path) -> list[Comparison]:
    """Imports into a ledger with one unit and no matters, against both kinds of bare inserts."""
    folder.mkdir()
    empty, made = folder / "empty.db", folder / "made.csv"
    piped([XFCTL, "--ledger", str(empty), "init"])
    piped([XFCTL, "--ledger", str(empty), "unit", "add", _UNIT, "某单位"])
    write_register(made, 10_000)
    board = _Register(BOARD, _COLUMNS, 1_400, empty, folder / "ledger.db")
    return [*_compared(board), *_compared(_Register(made, {}, 10_000, empty, folder / "l.db"))]


def _compared(register: _Register) -> list[Comparison]:
    register.fresh()
    with closing(sqlite3.connect(register.ledger)) as connection:
        since = head(connection).seq
    register.take_in()
    added = added_rows(register.ledger, since)
    ours = Work(f"导入 {register.rows:,} 行登记表", register.take_in, prepare=register.fresh)
    events = {"event": added["event"]}
    return [
        Comparison(ours, _inserting("全部行", register, added), LIMIT),
        Comparison(ours, _inserting("仅事件", register, events)),
    ]


def _inserting(what: str, register: _Register, rows: Mapping[str, Rows]) -> Work:
    count = sum(map(len, rows.values()))
    run = partial(insert, register.ledger, rows)
    return Work(f"executemany {what} {count:,} 行", run, prepare=register.fresh)


def added_rows(path: Path, since: int) -> dict[str, Rows]:
    """The events behind ``since`` and every state row of the matters that they tell of."""
    with closing(sqlite3.connect(path)) as connection:
        events = list(connection.execute("SELECT * FROM event WHERE seq > ?", (since,)))
        numbers = sorted({str(stream).partition("/")[2] for _, stream, *_ in events})
        rows = {
            table: list(
                connection.execute(
                    *chosen(f'SELECT {columns_of(table)} FROM "{table}"', condition, numbers)
                )
            )
            for table, condition in SUBJECTS["case"].tables.items()
        }
    return {"event": events, **{table: found for table, found in rows.items() if found}}


def insert(path: Path, rows: Mapping[str, Rows]) -> None:
    """Put rows into a ledger bare, in one durable transaction."""
    with closing(connect(path, mode="rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            columns = "(rowid, words)" if table == "case_search" else ""
            marks = ", ".join("?" for _ in found[0])
            connection.executemany(f'INSERT INTO "{table}" {columns} VALUES ({marks})', found)
        connection.execute("COMMIT")


def write_register(path: Path, rows: int) -> None:
    """A register of invented matters as offices keep it: handed over, reported on, closed."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "登记时间", "事项", "书面反馈时间", "办结时间"])
        for number in range(rows):
            on = _FIRST_DAY + timedelta(days=number % _DAYS)
            reported = on + timedelta(days=3 + number % 20)
            writer.writerow(
                [
                    f"BX-{number:07}",
                    on,
                    f"第 {number} 号虚构事项：宿舍热水供应时段与公示不符，请求核实并调整",
                    reported if number % 9 else "",
                    reported + timedelta(days=2) if number % 9 and number % 3 else "",
                ]
            )
