"""A count of days, line by line; apart from matters, because the digest needs the calendar alone."""

from __future__ import annotations

from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import CountedDay

WEEKDAYS = "一二三四五六日"

DAY_COLUMNS = (
    Column("day", "日期", whole=True),
    Column("weekday", "星期", whole=True),
    Column("number", "计数", whole=True),
    Column("why", "原因"),
    Column("source", "来源"),
)


def days_table(days: list[CountedDay], title: str, footer: tuple[str, ...] = ()) -> Table:
    """A count day by day: which days bear a number, and on whose word."""
    rows: list[tuple[Value, ...]] = [
        (
            each.day.day,
            f"周{WEEKDAYS[each.day.day.weekday()]}",
            f"第 {each.number} 日" if each.number else "不计",
            each.remark,
            each.day.source,
        )
        for each in days
    ]
    return Table(title, DAY_COLUMNS, rows, footer)
