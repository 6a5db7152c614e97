"""Every article answered for: where it is implemented, where to see it, what tries it, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import xfctl
from xfctl.regulation.catalogue import Item, catalogue
from xfctl.regulation.source import SHIPPED, judged_under
from xfctl.reports.articles import where
from xfctl.reports.citations import cases_in, cited_in
from xfctl.reports.table import Column, Table, Value

PACKAGE = Path(xfctl.__file__).parent
_COLUMNS = (
    Column("article", "条款", whole=True),
    Column("summary", "内容"),
    Column("places", "在哪里实现"),
    Column("shown", "在哪里看"),
    Column("cases", "用例"),
)
_SHOWN = 6


def checkout_tests() -> Path | None:
    """The tests, which only a checkout has; an installed program has none."""
    folder = PACKAGE.parent / "tests"
    return folder if (folder / "regulation").is_dir() else None


def coverage_table(*, most: int | None = _SHOWN) -> Table:
    """One row for every article and item of the shipped rule set; ``most`` places are named."""
    places, tests = cited_in(PACKAGE), checkout_tests()
    cases = cases_in(tests) if tests else None
    with judged_under(lambda: SHIPPED):
        rows = [_row(each, places, cases, most) for each in catalogue().values()]
        answered = sum(bool(each.shown) for each in catalogue().values())
    footers = [f"共 {len(rows)} 条款，{answered} 条款有命令，其余写明不涉及的理由。"]
    if tests is None:
        footers.append("用例只在源码目录里有，安装的程序不计。")
    return Table("条文对照", _COLUMNS, rows, tuple(footers), key="coverage")


def implementing(item: Item, places: Mapping[str, list[str]]) -> list[str]:
    """Where an item is implemented: what cites it; an article, also what cites its items."""
    keys = [key for key in places if key == item.key or key.partition("(")[0] == item.key]
    return sorted({place for key in keys for place in places[key]})


def tried(item: Item, cases: Mapping[str, int]) -> int:
    """How many cases try an item; an article, also those of its items."""
    return sum(n for key, n in cases.items() if item.key in (key, key.partition("(")[0]))


def _row(
    item: Item, places: Mapping[str, list[str]], cases: Mapping[str, int] | None, most: int | None
) -> tuple[Value, ...]:
    if item.nothing:
        return (item.key, item.summary, None, where(item), None)
    found = implementing(item, places)
    more = f" 等 {len(found)} 处" if most is not None and len(found) > most else ""
    told = "、".join(found[:most]) + more
    return (item.key, item.summary, told, where(item), tried(item, cases) if cases else None)
