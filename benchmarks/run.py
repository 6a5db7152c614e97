"""Measure xfctl against named peers and print the ratios: ``python benchmarks/run.py``.

Both sides of a ratio run in turn on the same machine, so the ratio survives a busy one; the
milliseconds beside it do not. Only ``--check`` turns a ratio above its limit into a failure.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import checking
import commands
import counting
import importing
import scale
from measure import Comparison, Result, measure

from xfctl.output.width import pad, text_width

MILLISECOND, HALF = 1e-3, 0.5
HEADINGS = ("工作", "中位", "对照", "中位", "比值", "上限", "结论")


def main() -> int:
    """Measure everything and print the table; the exit code."""
    options = _options()
    if options.scale:
        return _print_scale(options.scale, options.runs)
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(each, options.runs) for each in _comparisons(Path(folder))]
    print(f"{date.today()}，{_machine()}，每项 {options.runs} 次取中位数")  # noqa: DTZ011
    print("\n".join(_table(results)))
    return int(options.check and not all(result.holds for result in results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="xfctl 与同类工作的耗时之比")
    parser.add_argument("--runs", type=int, default=21, help="每项测几次，取中位数（默认 21）")
    parser.add_argument("--check", action="store_true", help="有比值超过上限就以 1 结束")
    parser.add_argument(
        "--scale",
        type=lambda text: [int(size) for size in text.split(",")],
        metavar="事件数",
        help="只量规模：现做这么多条事件的账本，如 1000,10000,100000（到 1000000 要十几分钟）",
    )
    return parser.parse_args()


def _print_scale(sizes: list[int], runs: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        for line in scale.lines(Path(folder), sizes, runs):
            print(line, flush=True)
    return 0


def _comparisons(folder: Path) -> Iterator[Comparison]:
    yield from commands.comparisons(folder / "demo")
    yield from counting.comparisons()
    yield from importing.comparisons(folder / "import")
    yield from checking.comparisons(folder / "check")


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}，Python {platform.python_version()}"


def _table(results: Iterable[Result]) -> list[str]:
    """A table that reads well on a screen and in a Markdown file."""
    rows = [HEADINGS, *map(_row, results)]
    widths = [max(map(text_width, column)) for column in zip(*rows, strict=True)]
    rule = "|".join("-" * (width + 2) for width in widths)
    head, *body = [_line(row, widths) for row in rows]
    return [head, f"|{rule}|", *body]


def _row(result: Result) -> tuple[str, ...]:
    limit = result.comparison.limit
    return (
        result.comparison.ours.name,
        _spent(result.ours, result.our_memory),
        result.comparison.peer.name,
        _spent(result.peer, result.peer_memory),
        _ratio(result.ratio),
        _ratio(limit) if limit else "",
        ("达到" if result.holds else "超过") if limit else "仅供参考",
    )


def _line(row: Iterable[str], widths: list[int]) -> str:
    return "| " + " | ".join(map(pad, row, widths)) + " |"


def _spent(seconds: float, memory: float | None) -> str:
    time = f"{seconds * 1e3:.1f} ms" if seconds >= MILLISECOND else f"{seconds * 1e6:.2f} µs"
    return time if memory is None else f"{time}，{memory:.0f} MiB"


def _ratio(ratio: float) -> str:
    """Small ratios as a fraction: 1/200 says more than 0.01."""
    return f"{ratio:.2f}" if ratio >= HALF else f"1/{1 / ratio:.3g}"


if __name__ == "__main__":
    sys.exit(main())
