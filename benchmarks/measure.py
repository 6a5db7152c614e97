"""Two pieces of work timed side by side, and what their ratio says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Work:
    """Something to time; ``calls`` is how many operations one run of it does.

    ``prepare`` runs before each run, outside the time; ``peak`` runs it once more, as a process of
    its own, for its highest memory in MiB.
    """

    name: str
    run: Callable[[], object]
    calls: int = 1
    prepare: Callable[[], object] = lambda: None
    peak: Callable[[], float] | None = None


@dataclass(frozen=True)
class Comparison:
    """Ours against a peer; without a ``limit`` the ratio is for information."""

    ours: Work
    peer: Work
    limit: float | None = None


@dataclass(frozen=True)
class Result:
    """Median seconds an operation of both sides, from one interleaved series, and their memory."""

    comparison: Comparison
    ours: float
    peer: float
    our_memory: float | None
    peer_memory: float | None

    @property
    def ratio(self) -> float:
        """Ours to the peer's."""
        return self.ours / self.peer

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its limit."""
        return self.comparison.limit is None or self.ratio <= self.comparison.limit


def measure(comparison: Comparison, runs: int) -> Result:
    """Time A B A B, so that a busy moment of the machine strikes both alike."""
    seconds_of_both: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for work, seconds in zip((comparison.ours, comparison.peer), seconds_of_both, strict=True):
            spent = _seconds(work)
            # The first pair only fills caches.
            if number:
                seconds.append(spent)
    ours, peer = map(median, seconds_of_both)
    our_memory, peer_memory = map(_memory, (comparison.ours, comparison.peer))
    return Result(comparison, ours, peer, our_memory, peer_memory)


def _seconds(work: Work) -> float:
    work.prepare()
    began = perf_counter()
    work.run()
    return (perf_counter() - began) / work.calls


def _memory(work: Work) -> float | None:
    return work.peak() if work.peak else None
