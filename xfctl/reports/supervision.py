"""Supervisions: the list, one of them whole, and the figures of a period (细则 10–11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from xfctl.domain.classification import SupervisionForm
from xfctl.domain.obligation import is_late
from xfctl.domain.supervision import Supervision
from xfctl.ledger.supervision_lists import SupervisionLine
from xfctl.regulation import grounds
from xfctl.reports.grouping import grouped, last_names
from xfctl.reports.period import Period, by
from xfctl.reports.phrases import letter_sentence
from xfctl.reports.table import Column, Rows, Stream, Table, Value
from xfctl.workdays.calendar import Calendar

_LIST_COLUMNS = (
    Column("number", "督办编号", whole=True),
    Column("opened_on", "立项", whole=True),
    Column("unit", "被督办单位"),
    Column("cases", "事项"),
    Column("nth", "第几次"),
    Column("grounds", "情形"),
    Column("forms", "形式"),
    Column("tracker", "跟踪人"),
    Column("due_on", "回复期限", whole=True),
    Column("standing", "情况"),
)


def list_table(lines: list[SupervisionLine], on: date, calendar: Calendar) -> Table:
    """Supervisions by number."""
    rows: list[tuple[Value, ...]] = [
        (
            each.number,
            each.opened_on,
            each.unit_name,
            "、".join(each.cases),
            each.nth,
            grounds_text(each.grounds),
            _forms(each.forms),
            each.tracker,
            each.due_on,
            _standing(each, on, calendar),
        )
        for each in lines
    ]
    open_ones = sum(each.is_open(on) for each in lines)
    return Table(
        "督办",
        _LIST_COLUMNS,
        rows,
        (f"共 {len(rows)} 项，在办 {open_ones} 项。",),
        key="supervisions",
    )


_EXPORT_COLUMNS = (
    Column("number", "督办编号", whole=True),
    Column("opened_on", "立项日期", whole=True),
    Column("unit", "单位编号", whole=True),
    Column("unit_name", "被督办单位"),
    Column("cases", "事项"),
    Column("nth", "第几次"),
    Column("grounds", "情形"),
    Column("forms", "形式"),
    Column("tracker", "跟踪人"),
    Column("joint", "会同部门"),
    Column("actions", "行动次数"),
    Column("due_on", "回复期限", whole=True),
    Column("responded_on", "回复日期", whole=True),
    Column("late", "逾期"),
    Column("late_by", "逾期工作日"),
    Column("closed_on", "办结日期", whole=True),
    Column("result", "结果"),
    Column("scope", "通报范围"),
)


def export_table(lines: Iterable[SupervisionLine], on: date, calendar: Calendar) -> Stream:
    """Every supervision as of a day, with the columns docs/reference.md promises."""
    rows = Rows(_export_row(each, on, calendar) for each in lines)
    return Stream("督办", _EXPORT_COLUMNS, rows, lambda: (f"共 {rows.count} 项。",))


def _export_row(each: SupervisionLine, on: date, calendar: Calendar) -> tuple[Value, ...]:
    responded, closed = by(each.responded_on, on), by(each.closed_on, on)
    until = responded or closed or on
    late = is_late(each.due_on, until)
    return (
        each.number,
        each.opened_on,
        each.unit,
        each.unit_name,
        "、".join(each.cases),
        each.nth,
        grounds_text(each.grounds),
        _forms(each.forms),
        each.tracker,
        "、".join(each.joint) or None,
        each.actions,
        each.due_on,
        responded,
        late,
        calendar.working_days_between(each.due_on, until) if late else None,
        closed,
        *((each.result, each.scope) if closed else (None, None)),
    )


def grounds_text(values: Iterable[str]) -> str:
    """Grounds by the item of their article alone, as 11(1)."""
    return "、".join(grounds.article_of(each).partition(" ")[2] for each in values)


def _forms(values: Iterable[str]) -> str:
    return "、".join(SupervisionForm(each).label.removesuffix("督办") for each in values)


def _standing(each: SupervisionLine, on: date, calendar: Calendar) -> str:
    if by(each.closed_on, on):
        return f"{each.closed_on} 办结：{each.result}"
    if by(each.responded_on, on):
        return f"{each.responded_on} 已回复"
    if on > each.due_on:
        return f"回复逾期 {calendar.working_days_between(each.due_on, on)} 个工作日"
    return "等待回复"


_COVER_COLUMNS = (Column("field", "项目"), Column("value", "内容"))
_ACTION_COLUMNS = (Column("on", "日期", whole=True), Column("what", "经过"))


def cover_tables(state: Supervision, nth: int) -> list[Table]:
    """One supervision whole: particulars, and what happened."""
    entry, duty = state.entry, state.response.duty
    pairs: list[tuple[str, str | None]] = [
        ("编号", entry.number),
        ("状态", f"{state.closed_on} 办结" if state.closed_on else "在办"),
        ("事项", "、".join(entry.cases)),
        ("第几次督办", f"{nth}"),
        ("被督办单位", entry.unit_name),
        ("情形", "、".join(map(grounds.cited, entry.grounds))),
        ("理由", entry.reason),
        ("形式", "、".join(each.label for each in entry.forms)),
        ("跟踪督办人", entry.tracker),
        ("会同部门", "、".join(entry.joint) or None),
        ("回复期限", f"{duty.due_on}{'（暂定）' if duty.provisional else ''}"),
        ("结果", state.closing.result if state.closing else None),
        ("通报范围", state.closing.scope if state.closing else None),
    ]
    rows: list[tuple[Value, ...]] = [pair for pair in pairs if pair[1] is not None]
    happened: list[tuple[date, str]] = [(state.opened_on, "立项督办")]
    happened += [(on, f"{each.form.label}：{each.content}") for on, each in state.actions]
    happened += [(on, letter_sentence(each)) for on, each in state.letters]
    happened += [(on, f"{entry.unit_name}回复：{each.content}") for on, each in state.responses]
    if state.closed_on and state.closing:
        happened.append((state.closed_on, f"办结：{state.closing.result}"))
    return [
        Table(f"督办 {entry.number}", _COVER_COLUMNS, rows, key="supervision"),
        Table("经过", _ACTION_COLUMNS, [*sorted(happened, key=_by_day)], key="actions"),
    ]


def _by_day(happened: tuple[date, str]) -> date:
    return happened[0]


_REPORT_COLUMNS = (
    Column("group", "分组"),
    Column("name", "名称"),
    Column("opened", "期内立项"),
    Column("closed", "期内办结"),
    Column("open", "期末在办"),
    Column("overdue", "期末逾期未回复"),
    Column("average_age", "平均天数(工作日)"),
    Column("longest_age", "最长天数(工作日)"),
    Column("forms", "形式"),
    Column("results", "办结结果"),
)


def report_table(lines: list[SupervisionLine], period: Period, calendar: Calendar) -> Table:
    """Supervisions of a period by unit, by ground and by form, with a total.

    Ages run from the opening to the closing, or to the last day of the period while open.
    """
    within = [each for each in lines if _touches(each, period)]
    groups: list[tuple[str, Callable[[SupervisionLine], Iterable[str]]]] = [
        ("合计", lambda _: ("全部",)),
        ("单位", lambda each: (each.unit,)),
        ("情形", lambda each: map(grounds.cited, each.grounds)),
        ("形式", lambda each: (SupervisionForm(form).label for form in each.forms)),
    ]
    units = last_names((each.unit, each.opened_on, each.unit_name) for each in within)
    rows: list[tuple[Value, ...]] = []
    for group, keys_of in groups:
        names = units if group == "单位" else {}
        figures = [
            (names.get(key, key), *_figures(those, period, calendar))
            for key, those in grouped(within, keys_of).items()
        ]
        rows += [(group, *each) for each in sorted(figures, key=_by_name)]
    footer = (
        f"{period.first} 至 {period.last}；一项督办可有几种情形、几种形式，这些行相加可以大于合计。",
    )
    return Table("督办统计", _REPORT_COLUMNS, rows, footer, key="supervision_figures")


def _by_name(figures: tuple[Value, ...]) -> str:
    return str(figures[0])


def _touches(each: SupervisionLine, period: Period) -> bool:
    ended_before = each.closed_on is not None and each.closed_on < period.first
    return each.opened_on <= period.last and not ended_before


def _figures(lines: list[SupervisionLine], period: Period, calendar: Calendar) -> tuple[Value, ...]:
    ages = [
        calendar.working_days_between(each.opened_on, _until(each, period.last)) for each in lines
    ]
    open_ones = [each for each in lines if each.is_open(period.last)]
    forms = Counter(form for each in lines for form in each.forms)
    results = [each.result for each in lines if period.holds(each.closed_on) and each.result]
    return (
        sum(period.holds(each.opened_on) for each in lines),
        sum(period.holds(each.closed_on) for each in lines),
        len(open_ones),
        sum(_unanswered(each, period.last) for each in open_ones),
        (2 * sum(ages) + len(ages)) // (2 * len(ages)),  # halves round up
        max(ages),
        "、".join(f"{_forms([form])} {count}" for form, count in sorted(forms.items())),
        "；".join(dict.fromkeys(results)) or None,
    )


def _until(each: SupervisionLine, last: date) -> date:
    return min(each.closed_on or last, last)


def _unanswered(each: SupervisionLine, on: date) -> bool:
    return by(each.responded_on, on) is None and on > each.due_on
