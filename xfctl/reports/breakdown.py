"""The petitions of a period by channel, purpose, category, first or repeated, size and origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xfctl.domain.classification import COLLECTIVE_FROM, Channel, Purpose, petition_kind
from xfctl.ledger.snapshot import Matter
from xfctl.reports.chart import Chart, Series, Shape
from xfctl.reports.figures import change, ratio
from xfctl.reports.picture import bar
from xfctl.reports.review import Review, Section
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import Coming, View

UNSORTED = "未填"
_COLUMNS = (
    Column("group", "分类", whole=True),
    Column("name", "名称"),
    Column("petitions", "件次"),
    Column("share", "占比(%)"),
    Column("batches", "批次"),
    Column("persons", "人次"),
    Column("previous", "上期件次"),
    Column("change", "环比(%)"),
    Column("year_before", "去年同期"),
    Column("year_change", "同比(%)"),
    Column("bar", "图", whole=True, picture=True),
)
_BAR_WIDTH = 5


@dataclass
class _Tally:
    petitions: int = 0
    batches: int = 0
    persons: int = 0


def breakdown(review: Review) -> Section:
    """件次, 批次 and 人次 in every group; a further coming counts under its own channel."""
    rows = [row for title, sort in _GROUPS.items() for row in _rows(title, sort, review)]
    footer = ("件次按登记计；再次来访的批次、人次按其本次的形式计。",)
    table = Table("分类", _COLUMNS, rows, footer, key="breakdown")
    return Section((table,), (_chart("信访形式", rows), _chart("问题类别", rows)))


def _rows(title: str, sort: Callable[[Coming], str], review: Review) -> list[tuple[Value, ...]]:
    now, before, earlier = (
        _tallies(each, sort) for each in (review.now, review.before, review.year_before)
    )
    names = sorted(
        {*now, *before, *earlier},
        key=lambda name: (name == UNSORTED, -_of(now, name).petitions, name),
    )
    total = len(review.now.registered)
    rows: list[tuple[Value, ...]] = []
    for name in names:
        mine = _of(now, name)
        previous, last_year = _of(before, name).petitions, _of(earlier, name).petitions
        rows.append(
            (
                *(title, name, mine.petitions, ratio(100 * mine.petitions, total)),
                *(mine.batches, mine.persons),
                *(previous, change(mine.petitions, previous)),
                *(last_year, change(mine.petitions, last_year)),
                bar(mine.petitions, total, _BAR_WIDTH),
            )
        )
    return rows


def _tallies(view: View, sort: Callable[[Coming], str]) -> dict[str, _Tally]:
    found: dict[str, _Tally] = {}
    for each in view.comings:
        tally = found.setdefault(sort(each), _Tally())
        tally.petitions += each.first
        tally.batches += 1
        tally.persons += each.persons
    return found


def _of(tallies: dict[str, _Tally], name: str) -> _Tally:
    return tallies.get(name, _Tally())


def _channel(coming: Coming) -> str:
    return Channel(coming.channel).label if coming.channel else UNSORTED


def _purpose(coming: Coming) -> str:
    purpose = coming.matter.purpose
    return Purpose(purpose).label if purpose else UNSORTED


def category_of(matter: Matter) -> str:
    """The category of a matter, or that it has none."""
    return matter.category or UNSORTED


def _first_or_repeat(coming: Coming) -> str:
    """初信, 重信, 初访, 重访; a further coming about the same matter is a repeated one."""
    repeat = coming.matter.repeats is not None or not coming.first
    channel = Channel(coming.channel) if coming.channel else None
    return petition_kind(channel, repeat=repeat) or ("重复" if repeat else "初次")


_GROUPS: dict[str, Callable[[Coming], str]] = {
    "信访形式": _channel,
    "信访目的": _purpose,
    "问题类别": lambda coming: category_of(coming.matter),
    "初次重复": _first_or_repeat,
    "人数": lambda coming: "集体" if coming.persons >= COLLECTIVE_FROM else "个人",
    "越级": lambda coming: "越级" if coming.matter.leapfrog else "非越级",
    "上级转来": lambda coming: "上级转来" if coming.matter.from_above else "直接提出",
}


def _chart(title: str, rows: list[tuple[Value, ...]]) -> Chart:
    """The present and the previous number of every name in one group."""
    mine = [row for row in rows if row[0] == title]
    keys = [column.key for column in _COLUMNS]
    now, before = keys.index("petitions"), keys.index("previous")
    return Chart(
        f"{title}（件）",
        Shape.BARS,
        tuple(str(row[1]) for row in mine),
        (
            Series("本期", tuple(_number(row[now]) for row in mine)),
            Series("上期", tuple(_number(row[before]) for row in mine)),
        ),
    )


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value
