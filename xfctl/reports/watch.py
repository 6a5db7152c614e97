"""Early warning (细则 8(3)): units and categories whose matters rise against their own past."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from msgspec import Struct

from xfctl.ledger.watch_lists import Tally, first_day, tallies
from xfctl.reports.breakdown import UNSORTED
from xfctl.reports.chance import at_least, holm
from xfctl.reports.table import Column, Table, Value

LONGEST_PAST = 360  # days


class Thresholds(Struct, frozen=True):
    """What is shown and marked: display parameters of the office, none of them from an article.

    ``days`` is the window; ``least`` matters in it make a rise; ``percent`` is the chance below
    which it is marked; ``near`` persons approach a collective petition; ``cluster`` similar
    matters make a cluster.
    """

    days: int = 30
    least: int = 3
    percent: int = 5
    near: int = 3
    cluster: int = 3

    def first(self, on: date) -> date:
        """The first day of the window that ends with a day."""
        return on - timedelta(days=self.days - 1)


class Past(Struct, frozen=True):
    """The days a window is compared with: from ``first``, ``days`` of them, perhaps none."""

    first: date
    days: int


class Rise(Struct, frozen=True):
    """A unit or category with its counts, the chance of so many, and that chance corrected."""

    kind: str
    tally: Tally
    chance: float
    corrected: float


class Rises(Struct, frozen=True):
    """Everything compared, the least likely first."""

    past: Past
    found: list[Rise]


def rises(connection: sqlite3.Connection, on: date, limits: Thresholds) -> Rises:
    """Compare the window with the days before it, unit by unit and category by category."""
    past = _past(connection, on, limits)
    found: list[Rise] = []
    for by, kind in (("unit", "单位"), ("category", "类别")):
        counted = tallies(connection, by, past.first, limits.first(on), on) if past.days else []
        chances = [at_least(each.since, each.before, limits.days, past.days) for each in counted]
        found += map(Rise, [kind] * len(counted), counted, chances, holm(chances))
    return Rises(past, sorted(found, key=lambda each: each.chance))


def _past(connection: sqlite3.Connection, on: date, limits: Thresholds) -> Past:
    """Up to 360 days before the window, fewer where the ledger is younger."""
    turn = limits.first(on)
    earliest = first_day(connection) or turn
    first = min(max(turn - timedelta(days=LONGEST_PAST), earliest), turn)
    return Past(first, (turn - first).days)


_COLUMNS = (
    Column("kind", "分组"),
    Column("name", "名称"),
    Column("since", "近期件数"),
    Column("expected", "预期件数"),
    Column("before", "此前件数"),
    Column("chance", "偶然概率"),
    Column("corrected", "校正概率"),
    Column("verdict", "提示"),
)


def rises_table(compared: Rises, on: date, limits: Thresholds) -> Table:
    """Those with enough recent matters; every figure that the hint rests on is shown."""
    past = compared.past
    rows: list[tuple[Value, ...]] = [
        (
            each.kind,
            each.tally.name or UNSORTED,
            each.tally.since,
            f"{each.tally.before * limits.days / past.days:.1f}",
            each.tally.before,
            _shown(each.chance),
            _shown(each.corrected),
            _verdict(each, limits),
        )
        for each in compared.found
        if each.tally.since >= limits.least
    ]
    title = f"近 {limits.days} 日上升的单位和类别"
    return Table(title, _COLUMNS, rows, _footer(compared, on, limits), key="rises")


def _footer(compared: Rises, on: date, limits: Thresholds) -> tuple[str, ...]:
    past, turn = compared.past, limits.first(on)
    if not past.days:
        return (f"账本里没有 {turn} 以前登记的事项，无从比较。",)
    young = f"，账本不足 {LONGEST_PAST} 日" if past.days < LONGEST_PAST else ""
    units = sum(each.kind == "单位" for each in compared.found)
    return (
        f"近期 {turn} 至 {on}（{limits.days} 日），此前 {past.first} 至 {turn - timedelta(days=1)}"
        f"（{past.days} 日{young}）；预期件数＝此前件数×{limits.days}÷{past.days}。",
        "偶然概率：假如快慢没有变，近期仍有这么多件或更多的概率（两个泊松率的条件精确检验，二项分布）。",
        f"同时比较 {units} 个单位、{len(compared.found) - units} 个类别，比较越多，偶然偏高的越多；"
        "校正概率（Holm 法）＝从小到大第 i 个概率×（本组比较数－i＋1），且不小于前一个。",
        f"显示参数（本单位规定，不是条款）：近期至少 {limits.least} 件；偶然概率低于 {limits.percent}% 提示"
        "「留意」，校正后仍低于的提示「上升」。尚无主办单位的事项不计入单位。",
    )


def _verdict(each: Rise, limits: Thresholds) -> str | None:
    if each.corrected * 100 < limits.percent:
        return "上升"
    return "留意" if each.chance * 100 < limits.percent else None


def _shown(chance: float) -> str:
    return f"{chance:.4f}" if chance >= 0.0001 else "<0.0001"
