"""The totals and the rates of a period beside those of the periods it is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from xfctl.reports.chart import Chart, Series, Shape
from xfctl.reports.figures import CONVENTIONS, COUNTS, RATES, Count, Rate, change
from xfctl.reports.picture import bar, sparkline
from xfctl.reports.review import Review, Section
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

_COUNT_COLUMNS = (
    Column("figure", "指标", whole=True),
    Column("unit", "单位", whole=True),
    Column("now", "本期"),
    Column("previous", "上期"),
    Column("change", "环比(%)"),
    Column("year_before", "去年同期"),
    Column("year_change", "同比(%)"),
    Column("trend", "近八期", whole=True, picture=True),
)
_RATE_COLUMNS = (
    Column("figure", "指标", whole=True),
    Column("period", "时期", whole=True),
    Column("part", "分子"),
    Column("whole", "分母"),
    Column("percent", "率(%)"),
    Column("difference", "本期相差(百分点)"),
    Column("bar", "图", whole=True, picture=True),
)
_PERIOD_NAMES = ("本期", "上期", "去年同期")


def totals(review: Review) -> Section:
    """件次, 批次, 人次 and what became of the matters, with 环比 and 同比."""
    recent = [[int(each.measure(view) or 0) for each in COUNTS] for view in review.recent]
    trends = zip(*recent, strict=True)
    rows = [_count_row(*each, review) for each in zip(COUNTS, trends, strict=True)]
    table = Table("总量", _COUNT_COLUMNS, rows, _standing(review), key="totals")
    return Section((table,), (_monthly(review),))


def _count_row(count: Count, recent: Sequence[int], review: Review) -> tuple[Value, ...]:
    now, before, earlier = (count.measure(each) for each in _compared(review))
    changes = (before, change(now, before), earlier, change(now, earlier))
    return (count.title, count.unit, now, *changes, sparkline(recent))


def _compared(review: Review) -> tuple[View, View, View]:
    return review.now, review.before, review.year_before


def _standing(review: Review) -> tuple[str, ...]:
    """Which days the figures stand for."""
    now, before, earlier = _compared(review)
    running = "（时期未结束，环比、同比相比的是完整的时期）" if now.as_of < now.period.last else ""
    return (
        f"本期 {now.period.first} 至 {now.period.last}，截至 {now.as_of} 终了{running}。",
        f"上期 {before.period.first} 至 {before.period.last}，"
        f"去年同期 {earlier.period.first} 至 {earlier.period.last}，各截至其最后一天。",
    )


def _monthly(review: Review) -> Chart:
    labels = tuple(f"{each.period.first:%Y-%m}" for each in review.months)
    return Chart(
        "近十二个月登记与办结（件）",
        Shape.COLUMNS,
        labels,
        (
            Series("登记", tuple(len(each.registered) for each in review.months)),
            Series("办结", tuple(len(each.closed) for each in review.months)),
        ),
    )


def rates(review: Review) -> Section:
    """The shares of section 6, each with numerator and denominator, three periods one under another."""
    rows = [row for each in RATES for row in _rate_rows(each, review)]
    table = Table("比率", _RATE_COLUMNS, rows, CONVENTIONS[1:], key="rates")
    return Section((table,), (_rate_chart(review),))


def _rate_rows(rate: Rate, review: Review) -> list[tuple[Value, ...]]:
    shares = [rate.measure(each) for each in _compared(review)]
    percents = [each.percent for each in shares]
    now = percents[0]
    rows: list[tuple[Value, ...]] = []
    for name, share, percent in zip(_PERIOD_NAMES, shares, percents, strict=True):
        apart = now - percent if now is not None and percent is not None else None
        difference = None if name == _PERIOD_NAMES[0] else apart
        numbers = (share.part, share.whole, percent, difference)
        rows.append((rate.title, name, *numbers, bar(percent, 100)))
    return rows


def _rate_chart(review: Review) -> Chart:
    series = (
        Series(name, tuple(each.measure(view).percent for each in RATES))
        for name, view in zip(_PERIOD_NAMES, _compared(review), strict=True)
    )
    labels = tuple(each.title for each in RATES)
    return Chart("比率（%）", Shape.BARS, labels, tuple(series), most=100)
