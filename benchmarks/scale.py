"""Reading ledgers of growing size with the same work in hand, against the SQL it must at least do.

``python benchmarks/run.py --scale 1000,10000,100000`` prints it. Each command is a whole process;
the floor beside it is Python importing what any command needs, and the bare SQL run in it.
"""

from __future__ import annotations

import math
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import peers
from growing import TODAY, grown
from processes import ENVIRONMENT, PYTHON, XFCTL

_FLOOR = "import typer, rich.table, sqlite3"
_MEBI = 1024
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
}
COMMANDS = tuple(_SQL)


@dataclass(frozen=True)
class Ran:
    """What one process took: seconds, and its highest memory in MiB."""

    seconds: float
    memory: float


@dataclass(frozen=True)
class Point:
    """A command on one ledger: with how many events, in how long, over bare SQL in how long."""

    events: int
    ours: Ran
    floor: float
    sql: float

    @property
    def ratio(self) -> float:
        """Ours to the floor and the bare SQL together."""
        return self.ours.seconds / (self.floor + self.sql)


def lines(folder: Path, sizes: Sequence[int], runs: int) -> Iterator[str]:
    """A Markdown table: a row a command, for each size its time, memory and ratio; the growth."""
    ledgers = list(grown(folder, sizes))
    heads = (f"{size:,} 条 | 内存 | 比值" for size in sizes)
    yield f"| 命令 | {' | '.join(heads)} | 增长指数 |"
    yield f"|---|{'---|' * (3 * len(sizes) + 1)}"
    for command in COMMANDS:
        points = [_point(command, events, path, runs) for events, path in ledgers]
        cells = (
            f"{1e3 * each.ours.seconds:.0f} ms | {each.ours.memory:.0f} MiB | {each.ratio:.2f}"
            for each in points
        )
        yield f"| {command} | {' | '.join(cells)} | {growth(points):.2f} |"
    for name, command in _peers(folder, ledgers[-1][1]).items():
        if command is None:
            yield f"\n{name}：未安装"
        else:
            ran = _medians(partial(_process, command), runs)
            yield f"\n{name}：{1e3 * ran.seconds:.0f} ms，{ran.memory:.0f} MiB"


def growth(points: Sequence[Point]) -> float:
    """The slope of log time over log events: 0 where size does not matter, 1 where time is linear."""
    if len({each.events for each in points}) < 2:
        return 0.0
    xs = [math.log(each.events) for each in points]
    ys = [math.log(each.ours.seconds) for each in points]
    middle = sum(xs) / len(xs)
    spread = sum((x - middle) ** 2 for x in xs)
    return sum((x - middle) * y for x, y in zip(xs, ys, strict=True)) / spread


def _point(command: str, events: int, path: Path, runs: int) -> Point:
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute(
            'SELECT max(number) FROM "case" WHERE closed_on IS NULL'
        ).fetchone()
        sql = [_seconds(connection, command, number) for _ in range(runs + 1)][1:]
    words = command.replace("NUMBER", number).split()
    ours = [XFCTL, "--ledger", str(path), "--today", TODAY.isoformat(), *words]
    ran = _medians(partial(_process, ours), runs)
    floor = _medians(partial(_process, [PYTHON, "-c", _FLOOR]), runs)
    return Point(events, ran, floor.seconds, median(sql))


def _seconds(connection: sqlite3.Connection, command: str, number: str) -> float:
    began = perf_counter()
    for sql in _SQL[command]:
        connection.execute(sql.replace("NUMBER", number)).fetchall()
    return perf_counter() - began


def _medians(run: partial[Ran], runs: int) -> Ran:
    ran = [run() for _ in range(runs + 1)][1:]
    return Ran(median(each.seconds for each in ran), max(each.memory for each in ran))


# Linux counts the memory of whoever starts a process into the peak of that process, so a small one
# starts it and tells seconds, the peak in KiB, and the exit code.
_STARTED = """
import resource, subprocess, sys, time
nothing = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
began = time.perf_counter()
code = subprocess.run(sys.argv[1:], **nothing).returncode
took = time.perf_counter() - began
print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)
"""


def _process(command: Sequence[str]) -> Ran:
    """Run a command to its end; 1 as exit code is an answer (something is overdue)."""
    start = [PYTHON, "-c", _STARTED, *command]
    told = subprocess.run(start, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    seconds, peak, code = told.stdout.split()
    if code not in ("0", "1"):
        raise subprocess.CalledProcessError(int(code), command)
    return Ran(float(seconds), float(peak) / _MEBI)


def _peers(folder: Path, ledger: Path) -> dict[str, list[str] | None]:
    """What others need for the same open tasks, and to add up as many entries; None if missing."""
    return {
        "task overdue，同样的未履行期限": peers.task_overdue(folder, ledger),
        "hledger balance，每件事项一笔": peers.hledger_balance(folder, ledger),
    }
