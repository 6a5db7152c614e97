"""How petitions grow and shrink: by month, and by unit and month."""

from __future__ import annotations

from collections import Counter

from xfctl.domain import keys
from xfctl.reports.chart import Chart, Series, Shape
from xfctl.reports.figures import Share, change
from xfctl.reports.period import Period
from xfctl.reports.picture import bar, sparkline
from xfctl.reports.review import Section
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

_MONTH_COLUMNS = (
    Column("month", "月份", whole=True),
    Column("petitions", "件次"),
    Column("batches", "批次"),
    Column("persons", "人次"),
    Column("year_before", "去年同期"),
    Column("year_change", "同比(%)"),
    Column("closed", "办结"),
    Column("open", "在办"),
    Column("due", "应反馈"),
    Column("in_time", "按期"),
    Column("percent", "按期率(%)"),
    Column("bar", "图", whole=True, picture=True),
)
_BAR_WIDTH = 5
_CHARTED = 10


def by_month(view: View) -> Section:
    """A row for each month of the period, each as of its own last day."""
    months = _months(view)
    most = max((len(each.registered) for each in months), default=0)
    table = Table(
        f"各月走势（{view.period.label}）",
        _MONTH_COLUMNS,
        [_month_row(each, most) for each in months],
        (_month_footer(months),),
        key="months",
    )
    series = (
        Series("登记", tuple(len(each.registered) for each in months)),
        Series("办结", tuple(len(each.closed) for each in months)),
    )
    labels = tuple(_name(each.period) for each in months)
    return Section((table,), (Chart("登记与办结（件）", Shape.COLUMNS, labels, series),))


def _month_footer(months: list[View]) -> str:
    running = any(each.as_of < each.period.last for each in months)
    return (
        "各月的数截至当月最后一天终了，应反馈是书面反馈期限在当月届满的；首尾不满一月的按所含的日子计；同比为件次与上年同月相比"
        f"{'；未结束的月份截至今天，同比相比的是完整的月份' if running else ''}。"
    )


def _months(view: View) -> list[View]:
    """The months of the period that have begun."""
    return [view.of(each) for each in view.period.months() if each.first <= view.as_of]


def _name(month: Period) -> str:
    return f"{month.first:%Y-%m}"


def _heading(month: Period, whole: Period) -> str:
    """As short as it can be without doubt, so that twelve months stand side by side."""
    one_year = whole.first.year == whole.last.year
    return f"{month.first.month}月" if one_year else _name(month)


def _month_row(month: View, most: int) -> tuple[Value, ...]:
    now = len(month.registered)
    earlier = len(month.of(month.period.year_before()).registered)
    terms = month.terms(keys.FEEDBACK)
    share = Share(sum(map(month.is_in_time, terms)), len(terms))
    return (
        *(_name(month.period), now, len(month.comings), sum(c.persons for c in month.comings)),
        *(earlier, change(now, earlier), len(month.closed), len(month.open)),
        *(share.whole, share.part, share.percent, bar(now, most, _BAR_WIDTH)),
    )


def by_unit(view: View) -> Section:
    """A row for each unit, a column for each month: matters registered, by their lead unit."""
    months = _months(view)
    counts = [Counter(view.lead(each) for each in month.registered) for month in months]
    total = sum(counts, Counter[str | None]())
    columns = (
        Column("unit", "单位"),
        *(Column(_name(each.period), _heading(each.period, view.period)) for each in months),
        Column("total", "合计"),
        Column("trend", "走势", whole=True, picture=True),
    )
    codes = sorted(total, key=lambda code: (code is None, -total[code], code or ""))
    rows: list[tuple[Value, ...]] = []
    for code in codes:
        row = [each[code] for each in counts]
        rows.append((view.unit_name(code), *row, total[code], sparkline(row)))
    footer = ("件次按登记的月份计，归于期末的主办单位；尚无主办单位的计入「未交办」。",)
    table = Table(
        f"各单位各月件次（{view.period.label}）", columns, rows, footer, key="unit_months"
    )
    shown = [code for code in codes if code is not None][:_CHARTED]
    series = (Series("件次", tuple(total[code] for code in shown)),)
    labels = tuple(view.unit_name(code) for code in shown)
    return Section((table,), (Chart("件次最多的单位（件）", Shape.BARS, labels, series),))
