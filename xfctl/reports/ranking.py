"""Which units and which topics are complained of most, from a stated number of matters on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from xfctl.ledger.snapshot import Matter
from xfctl.reports.breakdown import UNSORTED, category_of
from xfctl.reports.chart import Chart, Series, Shape
from xfctl.reports.figures import change, ratio
from xfctl.reports.grouping import grouped
from xfctl.reports.picture import bar
from xfctl.reports.review import Review, Section
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

_CHARTED = 10
_NUMBERS = (
    Column("petitions", "件次"),
    Column("share", "占比(%)"),
    Column("persons", "人数"),
    Column("repeated", "其中重复"),
    Column("previous", "上期件次"),
    Column("change", "环比(%)"),
    Column("bar", "图", whole=True, picture=True),
)
_UNIT_COLUMNS = (Column("rank", "名次"), Column("unit", "单位"), *_NUMBERS)
_TOPIC_COLUMNS = (Column("rank", "名次"), Column("topic", "问题类别"), *_NUMBERS)
_Grouped = dict[str, list[Matter]]


def most_complained_units(review: Review) -> Section:
    """Units by the number of matters registered about them."""
    now, before = (
        grouped(each.registered, _units_of(each)) for each in (review.now, review.before)
    )
    footer = "按涉及单位计，没有写明涉及单位的按期末主办单位计；一件涉及几个单位的各计一件。"
    return _section("投诉较多的单位", _UNIT_COLUMNS, now, before, review, footer, "ranked_units")


def topics(review: Review) -> Section:
    """Topics by the number of matters registered."""
    now, before = (grouped(each.registered, _topic_of) for each in (review.now, review.before))
    footer = "按问题类别计，未填类别的不排名。"
    return _section("投诉较多的问题", _TOPIC_COLUMNS, now, before, review, footer, "topics")


def _units_of(view: View) -> Callable[[Matter], Iterable[str]]:
    return lambda matter: map(view.unit_name, view.complained_of(matter))


def _topic_of(matter: Matter) -> Iterable[str]:
    topic = category_of(matter)
    return () if topic == UNSORTED else (topic,)


def _section(
    title: str,
    columns: tuple[Column, ...],
    now: _Grouped,
    before: _Grouped,
    review: Review,
    footer: str,
    key: str,
) -> Section:
    ranked = [(name, each) for name, each in now.items() if len(each) >= review.least]
    ranked.sort(key=lambda item: (-len(item[1]), item[0]))
    few = [len(each) for each in now.values() if len(each) < review.least]
    total, most = len(review.now.registered), len(ranked[0][1]) if ranked else 0
    rows: list[tuple[Value, ...]] = []
    for name, matters in ranked:
        count, previous = len(matters), len(before.get(name, ()))
        rank = 1 + sum(len(other) > count for _, other in ranked)
        repeated = sum(each.repeats is not None for each in matters)
        persons = sum(each.persons for each in matters)
        rows.append(
            (
                *(rank, name, count, ratio(100 * count, total), persons, repeated),
                *(previous, change(count, previous), bar(count, most)),
            )
        )
    lines = (
        f"{footer}至少 {review.least} 件才排名，另有 {len(few)} 个不足（共 {sum(few)} 件）。"
        "件数相同的名次相同。",
    )
    table = Table(title, columns, rows, lines, key=key)
    shown = ranked[:_CHARTED]
    series = (Series("本期", tuple(len(each) for _, each in shown)),)
    labels = tuple(name for name, _ in shown)
    return Section((table,), (Chart(f"{title}（件）", Shape.BARS, labels, series),))
