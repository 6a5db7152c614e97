"""Why a deadline is what it is: counted day by day, with the source of every day."""

from __future__ import annotations

from datetime import date

from xfctl.domain.case import Case
from xfctl.domain.classification import FeedbackForm
from xfctl.domain.obligation import Obligation
from xfctl.regulation.units import LengthUnit
from xfctl.reports.cases import standing_text
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar, CountedDay

WEEKDAYS = "一二三四五六日"

_DAY_COLUMNS = (
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
    return Table(title, _DAY_COLUMNS, rows, footer)


def explanation_tables(case: Case, on: date, calendar: Calendar) -> list[Table]:
    """For each obligation: who owes what under which article, counted day by day."""
    return [_explanation(case, each, on, calendar) for each in case.obligations]


def _explanation(case: Case, each: Obligation, on: date, calendar: Calendar) -> Table:
    duty = each.duty
    working = duty.unit is LengthUnit.WORKING_DAYS
    days = calendar.explain(duty.started_on, duty.due_on, working=working)
    footer = [
        f"{duty.article}：自 {duty.started_on} 起 {duty.length} {duty.unit.label}，"
        f"起算日不计入，期限为 {duty.due_on}（当日终了前）{'，暂定' if duty.provisional else ''}。",
        f"计算依据：{duty.calendar}。",
        _verdict(each, on, calendar),
    ]
    if case.feedbacks and any(f.form is not FeedbackForm.WRITTEN for f in case.feedbacks):
        footer.append("口头、电话反馈已记录，但只有书面反馈才履行此项义务（细则 11(1)）。")
    counted = [line.number for line in days if line.number]
    if counted and counted[-1] != duty.length and working:
        footer.append("现行日历与确定期限时不同；期限是当时告知单位的，只能由记录在案的事件改变。")
    return Table(
        f"{case.number}　{case.debtor_name(each)}",
        _DAY_COLUMNS,
        days_table(days, "").rows,
        tuple(footer),
    )


def _verdict(each: Obligation, on: date, calendar: Calendar) -> str:
    if each.discharged_on is not None and not each.is_open(on):
        return f"{each.discharged_on} 书面反馈：{standing_text(each, on, calendar)}。"
    return f"截至 {on} 尚未书面反馈：{standing_text(each, on, calendar)}。"
