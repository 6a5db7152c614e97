"""Why a deadline is what it is: counted day by day, with the source of every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.classification import FeedbackForm
from xfctl.domain.keys import feedback_key
from xfctl.domain.obligation import Duty, Obligation, recount
from xfctl.regulation.clocks import clocks
from xfctl.regulation.units import LengthUnit
from xfctl.reports.case_cover import standing_text
from xfctl.reports.counted_days import DAY_COLUMNS, WEEKDAYS, days_table
from xfctl.reports.table import Table, Value
from xfctl.workdays.calendar import Calendar


def explanation_tables(
    case: Case, on: date, calendar: Calendar, *, everything: bool = False
) -> list[Table]:
    """Who owes what under which article, counted day by day.

    What was done in time and what is only a reminder is left out, unless ``everything`` is asked
    for or there is nothing else.
    """
    pressing = [each for each in case.obligations if _is_pressing(each, on)]
    shown = list(case.obligations) if everything else pressing or list(case.obligations)
    tables = [_explanation(case, each, on, calendar) for each in shown]
    left_out = len(case.obligations) - len(shown)
    if left_out:
        more = f"另有 {left_out} 项已履行、终止或只作提醒；加 --all 一并说明。"
        tables[-1] = replace(tables[-1], footer=(*tables[-1].footer, more))
    return tables


def _is_pressing(each: Obligation, on: date) -> bool:
    return not each.duty.reminder and (each.is_open(on) or each.is_late(on))


def _explanation(case: Case, each: Obligation, on: date, calendar: Calendar) -> Table:
    title = f"{case.number}　{case.debtor_name(each)}　{clocks()[each.duty.clock].title}"
    footer = (*_basis(each.duty), *_verdict(case, each, on, calendar))
    if each.duty.length is None:
        return Table(title, DAY_COLUMNS, _named_days(each.duty), footer)
    working = each.duty.unit is LengthUnit.WORKING_DAYS
    days = calendar.explain(
        each.duty.started_on, each.duty.due_on, working=working, length=each.duty.length
    )
    return days_table(days, title, footer)


def _named_days(duty: Duty) -> list[tuple[Value, ...]]:
    """The two days of a date that a document names: nothing is counted between them."""
    return [
        (day, f"周{WEEKDAYS[day.weekday()]}", None, what, duty.calendar)
        for day, what in ((duty.started_on, "提出之日"), (duty.due_on, "指定的期限"))
    ]


def _basis(duty: Duty) -> Iterator[str]:
    """Under which article the date holds, how it was counted, and on whose word."""
    mark = "，暂定" if duty.provisional else ""
    if duty.length is None:
        yield f"{duty.article}：期限为 {duty.due_on}，{duty.calendar}。"
        return
    yield (
        f"{duty.article}：自 {duty.started_on} 起 {duty.length} {duty.unit.label}，"
        f"起算日不计入，期限为 {duty.due_on}（当日终了前）{mark}。"
    )
    yield f"计算依据：{duty.calendar}。"


def _verdict(case: Case, each: Obligation, on: date, calendar: Calendar) -> Iterator[str]:
    """Whether it is late and why; what did not discharge it; whether the calendar has changed."""
    standing = standing_text(each, on, calendar)
    if each.duty.reminder:
        yield f"截至 {on}：{standing}；只作提醒，不计逾期。"
    elif each.is_open(on):
        yield f"截至 {on} 尚未履行：{standing}。"
    else:
        yield f"{each.discharged_on} {'终止' if each.lapsed else '履行'}：{standing}。"
    spoken = {fed.assignment for fed in case.feedbacks if fed.form is not FeedbackForm.WRITTEN}
    if each.key in map(feedback_key, spoken):
        yield "口头、电话反馈已记录，但只有书面反馈才履行此项义务（细则 11(1)）。"
    if recount(each.duty, calendar).due_on != each.duty.due_on:
        yield "现行日历与确定期限时不同；期限是当时告知的，只能由记录在案的事件改变。"
