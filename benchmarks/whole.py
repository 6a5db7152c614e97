"""Everything else that reads much of a ledger, once each: how long it takes and its peak of memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jobs import on_ledger
from processes import ran

MEMORY_LIMIT = 150  # MiB, on 10⁶ events
_FORMATS = ("csv", "json", "markdown", "html", "plain", "xlsx")
_YEAR = "2025"
COMMANDS = (
    "case list",
    "case list --unit C04",
    "case list --overdue --as-known-at 2026-06-30",
    *(f"report {name} {_YEAR}" for name in ("quarter", "trend", "topics", "workload", "units")),
    *(f"report {name} {_YEAR}" for name in ("responders", "supervision", "accountability")),
    "report ageing",
    f"--as-known-at {_YEAR}-12-31 report quarter {_YEAR}",
    "unit score",
    "unit gaps",
    "account due",
    "risk list",
    "doctor",
    "log",
    "log --late",
    *(
        f"export {name} --format {each} --output {name}.{each}"
        for name in ("cases", "obligations")
        for each in _FORMATS
    ),
    "export events --output events.jsonl",
    "export ics --output obligations.ics",
)


def lines(path: Path, folder: Path) -> Iterator[str]:
    """A Markdown table: a row a command; what they write goes into ``folder``."""
    folder.mkdir()
    yield "| 命令 | 用时 | 内存 |"
    yield "|---|---|---|"
    for command in COMMANDS:
        took = ran(on_ledger(path, *command.split()), folder=folder)
        over = "，超过" if took.memory > MEMORY_LIMIT else ""
        yield f"| {command.partition(' --output')[0]} | {took.seconds:.1f} s | {took.memory:.0f} MiB{over} |"
