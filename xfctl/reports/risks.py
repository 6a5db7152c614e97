"""Risk points: the ranked list, the units that reported none, one of them whole (细则 8(3), 9(1))."""

from __future__ import annotations

from datetime import date

from xfctl.domain.classification import RiskKind, RiskLevel, RiskTrend
from xfctl.domain.consequence import ConsequenceLinked
from xfctl.domain.risk import Risk, RiskResolved
from xfctl.domain.unit import Applies
from xfctl.ledger.risk_lists import RiskLine, SilentUnit
from xfctl.reports.period import Period
from xfctl.reports.sentences import sentence
from xfctl.reports.table import Column, Table, Value

_LIST_COLUMNS = (
    Column("number", "编号", whole=True),
    Column("kind", "类别"),
    Column("unit", "单位"),
    Column("summary", "隐患"),
    Column("level", "级别"),
    Column("trend", "趋势"),
    Column("persons", "人数"),
    Column("added_on", "排查日期", whole=True),
    Column("leader", "责任领导"),
    Column("measures", "措施"),
    Column("review_by", "复查期限", whole=True),
    Column("standing", "情况"),
    Column("cases", "引发的事项"),
)


def list_table(lines: list[RiskLine], on: date) -> Table:
    """Risk points in the order of their rank."""
    rows: list[tuple[Value, ...]] = [
        (
            each.number,
            RiskKind(each.kind).label,
            each.unit_name,
            each.summary,
            RiskLevel(each.level).label,
            RiskTrend(each.trend).label,
            each.persons,
            each.added_on,
            each.leader,
            each.measures,
            each.review_by,
            _standing(each, on),
            "、".join(each.cases) or None,
        )
        for each in lines
    ]
    late = sum(each.review_by is not None and on > each.review_by for each in lines)
    footer = (
        f"截至 {on}：共 {len(rows)} 个，复查逾期 {late} 个。",
        "排序：级别（高、中、低），趋势（上升、平稳、下降），涉及人数（多在前），排查日期（早在前）。",
    )
    return Table("隐患点和关键点", _LIST_COLUMNS, rows, footer, key="risks")


_FIGURE_COLUMNS = (
    Column("level", "级别"),
    Column("reported", "期内新报"),
    Column("resolved", "期内化解"),
    Column("open", "期末在管"),
    Column("late", "期末复查逾期"),
    Column("persons", "期末涉及人数"),
    Column("cases", "引发事项"),
)


def figures_table(lines: list[RiskLine], period: Period) -> Table:
    """Risk points of a period by level; ``lines`` are all there were by its last day."""
    rows: list[tuple[Value, ...]] = []
    for level in RiskLevel:
        mine = [each for each in lines if each.level == level.value]
        still_open = [each for each in mine if each.resolved_on is None]
        rows.append(
            (
                level.label,
                sum(period.holds(each.added_on) for each in mine),
                sum(period.holds(each.resolved_on) for each in mine),
                len(still_open),
                sum(each.review_by is not None and period.last > each.review_by for each in mine),
                sum(each.persons for each in still_open),
                sum(len(each.cases) for each in mine),
            )
        )
    footer = (f"{period.first} 至 {period.last}；级别按最近一次复查（细则 8(3)、9(1)）。",)
    return Table("隐患点和关键点统计", _FIGURE_COLUMNS, rows, footer, key="risk_figures")


def _standing(each: RiskLine, on: date) -> str:
    if each.resolved_on is not None:
        return f"{each.resolved_on} 化解"
    if each.review_by is None:
        return "未定复查"
    if on > each.review_by:
        return f"复查逾期 {(on - each.review_by).days} 日"
    return "在管"


_SILENT_COLUMNS = (
    Column("code", "单位编号", whole=True),
    Column("unit", "单位"),
    Column("applies", "适用"),
    Column("last_on", "最近一次", whole=True),
)


def silent_table(lines: list[SilentUnit], on: date) -> Table:
    """Units that reported nothing this year; the two hospitals follow by reference (细则 2)."""
    rows: list[tuple[Value, ...]] = [
        (each.code, each.name, Applies(each.applies).label, each.last_on) for each in lines
    ]
    by_reference = sum(each.applies == Applies.BY_REFERENCE for each in lines)
    marked = f"，其中参照执行 {by_reference} 个" if by_reference else ""
    footer = (
        f"{on.year} 年 1 月 1 日至 {on} 既未报也未复查隐患点、关键点的单位 {len(rows)} 个{marked}"
        "（细则 9(1)）。",
    )
    return Table(f"{on.year} 年未报隐患点的单位", _SILENT_COLUMNS, rows, footer, key="silent_units")


_COVER_COLUMNS = (Column("field", "项目"), Column("value", "内容"))
_EVENT_COLUMNS = (Column("on", "日期", whole=True), Column("what", "经过"))


def cover_tables(state: Risk) -> list[Table]:
    """One risk point whole: how it stands, and what happened."""
    entry, owed = state.entry, state.owed
    pairs: list[tuple[str, str | None]] = [
        ("编号", entry.number),
        ("状态", f"{state.resolved_on} 化解" if state.resolved_on else "在管"),
        ("类别", entry.kind.label),
        ("单位", entry.unit_name),
        ("隐患", entry.summary),
        ("涉及人数", f"{state.persons}"),
        ("级别", state.level.label),
        ("趋势", state.trend.label),
        ("责任领导", entry.leader),
        ("措施", state.measures),
        ("复查期限", f"{owed.duty.due_on}（{owed.duty.article}）" if owed else None),
        ("引发的事项", "、".join(each.case for each in state.consequences) or None),
        ("化解结果", state.result),
    ]
    rows: list[tuple[Value, ...]] = [pair for pair in pairs if pair[1] is not None]
    happened: list[tuple[date, object]] = [(state.added_on, entry), *state.reviews]
    happened += [(each.linked_on, ConsequenceLinked(case=each.case)) for each in state.consequences]
    if state.resolved_on and state.result:
        happened.append((state.resolved_on, RiskResolved(result=state.result)))
    happened.sort(key=lambda each: each[0])
    return [
        Table(f"{entry.kind.label} {entry.number}", _COVER_COLUMNS, rows, key="risk"),
        Table(
            "经过", _EVENT_COLUMNS, [(on, sentence(fact)) for on, fact in happened], key="timeline"
        ),
    ]
