"""Commands on ledgers of growing size with the same work in hand.

``python benchmarks/run.py --scale 1000,10000,100000`` prints it. Each command is a whole process;
the floor beside it is Python importing what any command needs, and the least work that any program
would have to do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import keeping
import peers
import reading
import whole
from growing import grown
from jobs import Job
from processes import PYTHON, Ran, ran

_FLOOR = (PYTHON, "-c", "import typer, rich.table, sqlite3")


@dataclass(frozen=True)
class Point:
    """A command on one ledger: with how many events, in how long, over bare work in how long."""

    events: int
    ours: Ran
    floor: float
    bare: float

    @property
    def ratio(self) -> float:
        """Ours to the floor and the bare work together."""
        return self.ours.seconds / (self.floor + self.bare)


def lines(folder: Path, sizes: Sequence[int], runs: int) -> Iterator[str]:
    """Markdown: a row a command, for each size its time, memory and ratio, and the growth.

    Then what else reads much of the largest ledger, and what other programs need for the same.
    """
    ledgers = list(grown(folder, sizes))
    heads = (f"{size:,} 条 | 内存 | 比值" for size in sizes)
    yield f"| 命令 | {' | '.join(heads)} | 增长指数 |"
    yield f"|---|{'---|' * (3 * len(sizes) + 1)}"
    for row in zip(*(_jobs(path) for _, path in ledgers), strict=True):
        points = [_point(job, size, runs) for job, size in zip(row, sizes, strict=True)]
        cells = (
            f"{1e3 * each.ours.seconds:.0f} ms | {each.ours.memory:.0f} MiB | {each.ratio:.2f}"
            for each in points
        )
        yield f"| {row[0].name} | {' | '.join(cells)} | {growth(points):z.2f} |"
    yield ""
    yield from whole.lines(ledgers[-1][1], folder / "written")
    yield ""
    for peer in peers.installed(folder / "peers", ledgers[-1][1]):
        took = _peer(peer, runs)
        yield f"- {peer.name}：{1e3 * took.seconds:.0f} ms，{took.memory:.0f} MiB"


def growth(points: Sequence[Point]) -> float:
    """The slope of log time over log events: 0 where size does not matter, 1 where time is linear."""
    if len({each.events for each in points}) < 2:
        return 0.0
    xs = [math.log(each.events) for each in points]
    ys = [math.log(each.ours.seconds) for each in points]
    middle = sum(xs) / len(xs)
    spread = sum((x - middle) ** 2 for x in xs)
    return sum((x - middle) * y for x, y in zip(xs, ys, strict=True)) / spread


def _jobs(path: Path) -> Iterator[Job]:
    yield from reading.jobs(path)
    yield from keeping.jobs(path, path.with_suffix(".copies"))


def _point(job: Job, events: int, runs: int) -> Point:
    """Medians of seconds and the highest memory; the first round only fills caches."""
    rounds = [_round(job) for _ in range(runs + 1)][1:]
    return Point(
        events,
        _typical([ours for ours, _, _ in rounds]),
        median(floor for _, floor, _ in rounds),
        median(bare for _, _, bare in rounds),
    )


def _round(job: Job) -> tuple[Ran, float, float]:
    """The command, the floor and the bare work, one after the other."""
    job.prepare()
    ours = ran(job.command)
    floor = ran(_FLOOR)
    job.prepare()
    began = perf_counter()
    job.bare()
    return ours, floor.seconds, perf_counter() - began


def _peer(peer: peers.Peer, runs: int) -> Ran:
    took = []
    for _ in range(runs + 1):
        peer.prepare()
        took.append(ran(peer.command))
    return _typical(took[1:])


def _typical(took: Sequence[Ran]) -> Ran:
    return Ran(median(each.seconds for each in took), max(each.memory for each in took))
