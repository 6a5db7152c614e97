"""Major decisions: the list, those that led to petitions unprepared, one of them whole (细则 9(2))."""

from __future__ import annotations

from datetime import date

from xfctl.domain.classification import DecisionOutcome, RiskLevel
from xfctl.domain.consequence import ConsequenceLinked
from xfctl.domain.decision import Decision
from xfctl.ledger.risk_lists import DecisionLine
from xfctl.reports.sentences import sentence
from xfctl.reports.table import Column, Table, Value

_LIST_COLUMNS = (
    Column("number", "编号", whole=True),
    Column("unit", "单位"),
    Column("title", "决策事项"),
    Column("recorded_on", "提出", whole=True),
    Column("consulted", "征求职工意见"),
    Column("assessed", "风险评估"),
    Column("opinion", "信访办意见"),
    Column("outcome", "决定"),
    Column("cases", "引发的事项"),
)


def list_table(lines: list[DecisionLine], on: date) -> Table:
    """Decisions by number."""
    footer = (
        f"截至 {on}：共 {len(lines)} 项，引发信访的 {sum(bool(each.cases) for each in lines)} 项。"
    )
    return Table("重大事项决策", _LIST_COLUMNS, [*map(_row, lines)], (footer,), key="decisions")


def unprepared_table(lines: list[DecisionLine]) -> Table:
    """Decisions that caused petitions without assessment or consultation beforehand."""
    footer = (
        f"共 {len(lines)} 项。重大事项决策应事先征求职工意见并评估信访风险（细则 9(2)）；"
        "是否决策失误、是否造成严重后果，须由人认定（细则 13(1)）。",
    )
    return Table(
        "引发信访而未事先评估或征求意见的决策",
        _LIST_COLUMNS,
        [*map(_row, lines)],
        footer,
        key="unprepared",
    )


def _row(each: DecisionLine) -> tuple[Value, ...]:
    return (
        each.number,
        each.unit_name,
        each.title,
        each.recorded_on,
        _prepared(each.consulted_on, each.consulted_before),
        _assessed(each),
        _opinion(each),
        _outcome(each),
        "、".join(each.cases) or None,
    )


def _prepared(on: date | None, before: bool) -> str:
    if on is None:
        return "未记录"
    return f"{on}" if before else f"{on}（决定之后）"


def _assessed(each: DecisionLine) -> str:
    told = _prepared(each.assessed_on, each.assessed_before)
    return f"{told} {RiskLevel(each.level).label}" if each.level else told


def _opinion(each: DecisionLine) -> str | None:
    if each.asked_on is None:
        return None
    if each.opinion_on is None or each.opinion_on < each.asked_on:
        return f"{each.asked_on} 征求，未答复"
    return f"{each.opinion_on} 答复"


def _outcome(each: DecisionLine) -> str:
    if each.outcome is None:
        return "未决定"
    discussed = "" if each.discussion else "，未记录集体讨论"
    return f"{each.settled_on} {DecisionOutcome(each.outcome).label}{discussed}"


_COVER_COLUMNS = (Column("field", "项目"), Column("value", "内容"))
_EVENT_COLUMNS = (Column("on", "日期", whole=True), Column("what", "经过"))


def cover_tables(state: Decision) -> list[Table]:
    """One decision whole: particulars, what was done about it, what it led to."""
    entry, settled = state.entry, state.settled
    pairs: list[tuple[str, str | None]] = [
        ("编号", entry.number),
        ("单位", entry.unit_name),
        ("决策事项", entry.title),
        ("预测风险", state.level.label if state.level else "未评估"),
        ("决定", f"{settled[0]} {settled[1].outcome.label}" if settled else "未决定"),
        ("集体讨论", settled[1].discussion or "未记录" if settled else None),
        ("引发的事项", "、".join(each.case for each in state.consequences) or None),
    ]
    rows: list[tuple[Value, ...]] = [pair for pair in pairs if pair[1] is not None]
    happened: list[tuple[date, object]] = [(state.recorded_on, entry), *state.steps]
    happened += [(each.linked_on, ConsequenceLinked(case=each.case)) for each in state.consequences]
    happened.sort(key=lambda each: each[0])
    return [
        Table(f"决策 {entry.number}", _COVER_COLUMNS, rows, key="decision"),
        Table(
            "经过", _EVENT_COLUMNS, [(on, sentence(fact)) for on, fact in happened], key="timeline"
        ),
    ]
