"""Accountabilities as lists: all of them, award eligibility, the figures of a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from xfctl.domain.accountability.milestones import in_force
from xfctl.domain.classification import AccountStage, AppealResult, Nature, Severity
from xfctl.ledger.account_lists import AccountLine, AppealLine, AwardLine
from xfctl.regulation.ladder import ladder
from xfctl.reports import account_words as words
from xfctl.reports.grouping import grouped, last_names
from xfctl.reports.period import Period, by
from xfctl.reports.table import Column, Table, Value

HIDDEN = "责任人姓名已隐去；用 --reveal 理由 查看（记入账本）。"

_COLUMNS = (
    Column("number", "问责编号", whole=True),
    Column("proposed_on", "建议", whole=True),
    Column("unit", "单位"),
    Column("rung", "依据"),
    Column("situations", "情形"),
    Column("persons", "责任人"),
    Column("measures", "追究方式"),
    Column("decided_on", "决定", whole=True),
    Column("rectify_by", "整改期限", whole=True),
    Column("stage", "状态"),
    Column("override", "破例"),
)


def list_table(lines: list[AccountLine], names: Mapping[str, str], on: date) -> Table:
    """Accountabilities by number, as of a day; ``names`` by token, empty where they are to be hidden."""
    rows: list[tuple[Value, ...]] = [
        (
            each.number,
            each.proposed_on,
            each.unit_name,
            words.rung(each.rung, ladder(each.day_in_question)),
            _situations(each),
            _persons(each, names),
            _measures(each, on),
            by(each.milestones.decided_on, on),
            _rectify_by(each, on),
            stage_text(each, on),
            "；".join(each.overridden) or None,
        )
        for each in lines
    ]
    footer = [f"共 {len(rows)} 项。"]
    if lines and not names:
        footer.append(HIDDEN)
    return Table("责任追究", _COLUMNS, rows, tuple(footer), key="accountability")


_EXPORT_COLUMNS = (
    Column("number", "问责编号", whole=True),
    Column("proposed_on", "建议日期", whole=True),
    Column("day_in_question", "行为日期", whole=True),
    Column("unit", "单位编号"),
    Column("unit_name", "单位"),
    Column("cases", "事项"),
    Column("after", "前一问责"),
    Column("situations", "情形"),
    Column("nature", "责任性质"),
    Column("severity", "情节"),
    Column("rung", "依据"),
    Column("persons", "责任人"),
    Column("measures", "追究方式"),
    Column("document", "文号"),
    Column("decided_on", "决定日期", whole=True),
    Column("carried_out_on", "实施日期", whole=True),
    Column("rectify_by", "整改期限", whole=True),
    Column("rectified_on", "整改验收", whole=True),
    Column("appeals", "申诉"),
    Column("stage", "状态"),
    Column("override", "破例"),
)


def export_table(lines: list[AccountLine], names: Mapping[str, str], on: date) -> Table:
    """Every accountability as of a day in stable columns, for files."""
    rows: list[tuple[Value, ...]] = [
        (
            each.number,
            each.proposed_on,
            each.day_in_question,
            each.unit,
            each.unit_name,
            "、".join(each.cases) or None,
            each.after,
            _situations(each),
            Nature(each.nature).label,
            Severity(each.severity).label if each.severity else None,
            words.rung(each.rung, ladder(each.day_in_question)),
            _persons(each, names),
            _measures(each, on),
            each.document if by(each.milestones.decided_on, on) else None,
            by(each.milestones.decided_on, on),
            by(each.milestones.carried_out_on, on),
            _rectify_by(each, on),
            by(each.milestones.rectified_on, on),
            _appeals(each, on),
            stage_text(each, on),
            "；".join(each.overridden) or None,
        )
        for each in lines
    ]
    return Table("责任追究", _EXPORT_COLUMNS, rows, key="accountability")


def _rectify_by(each: AccountLine, on: date) -> date | None:
    """The deadline that the decision set, from the day of the decision on."""
    return each.milestones.rectify_by if by(each.milestones.decided_on, on) else None


def _appeals(each: AccountLine, on: date) -> str | None:
    filed = (_appeal(one, on) for one in each.appeals if by(one.filed_on, on))
    return "、".join(filed) or None


def _appeal(appeal: AppealLine, on: date) -> str:
    result = appeal.result if by(appeal.decided_on, on) else None
    return f"{appeal.filed_on} {AppealResult(result).label if result else '未决定'}"


def stage_text(each: AccountLine, on: date) -> str:
    """The stage, and whether an appeal is pending or a crime was handed over."""
    told = [each.milestones.stage(on).label]
    if each.appealing(on):
        told.append("申诉中（不停止执行）")
    if by(each.handed_over_on, on):
        told.append("已移送")
    return "，".join(told)


def _situations(each: AccountLine) -> str:
    rules = ladder(each.day_in_question)
    told = [words.situation(key, rules) for key in each.situations]
    if each.after:
        told.append(f"{each.after} 逾期未整改")
    return "；".join(told)


def _persons(each: AccountLine, names: Mapping[str, str]) -> str:
    rules = ladder(each.day_in_question)
    return "；".join(
        f"{names.get(person.token, f'第 {person.number} 人')}"
        f"（{person.post}，{words.role(person.role, rules)}）"
        for person in each.persons
    )


def _measures(each: AccountLine, on: date) -> str:
    """What was decided and is in force; before a decision, what was proposed."""
    rules = ladder(each.day_in_question)
    decided = [one for one in each.sanctions if one.since <= on]
    if not decided:
        return f"建议：{words.measures(each.measures, rules)}"
    left = {one.measure for one in decided if in_force(one, on)}
    return words.measures(left, rules) if left else "已撤销"


_AWARD_COLUMNS = (
    Column("unit", "单位编号", whole=True),
    Column("unit_name", "单位"),
    Column("year", "年度", whole=True),
    Column("since", "自", whole=True),
    Column("accountability", "依据的决定", whole=True),
    Column("document", "文号"),
    Column("standing", "评优资格"),
)


def awards_table(lines: list[AwardLine], year: str, on: date) -> Table:
    """Units without award eligibility for a year, as it stood at the end of a day (细则 17)."""
    rows: list[tuple[Value, ...]] = [
        (
            each.unit,
            each.unit_name,
            each.year,
            each.since,
            each.accountability,
            each.document,
            f"{each.until} 恢复（申诉）" if each.until else "取消",
        )
        for each in lines
    ]
    lost = len({each.unit for each in lines if each.until is None})
    article = words.award(ladder(on))
    told = f"{article}，" if article else ""
    footer = f"截至 {on}，{year} 年度取消评优资格的单位 {lost} 个（{told}只影响决定所在年度）。"
    return Table(f"{year} 年度评优资格", _AWARD_COLUMNS, rows, (footer,), key="awards")


_REPORT_COLUMNS = (
    Column("group", "分组"),
    Column("name", "名称"),
    Column("proposed", "期内建议"),
    Column("decided", "期内决定"),
    Column("not_adopted", "期内未采纳"),
    Column("carried_out", "期内实施"),
    Column("rectified", "期内整改完成"),
    Column("failed", "期内整改逾期"),
    Column("appealed", "期内申诉"),
    Column("revoked", "期内撤销"),
    Column("persons", "涉及人数"),
)


def report_table(lines: list[AccountLine], asked: Period, today: date) -> Table:
    """Accountabilities that moved in a period, by unit, rung, measure and state at its end.

    Of a period that is not over, the days up to today: a deadline to come is not missed yet.
    """
    period = Period(asked.first, min(asked.last, today))
    within = [each for each in lines if _moved(each, period)]
    groups: list[tuple[str, Callable[[AccountLine], Iterable[str]]]] = [
        ("合计", lambda _: ("全部",)),
        ("单位", lambda each: (each.unit,)),
        ("条款", lambda each: (_rung(each),)),
        ("追究方式", lambda each: _decided_measures(each, period.last)),
        ("期末状态", lambda each: (each.milestones.stage(period.last).label,)),
    ]
    units = last_names((each.unit, each.proposed_on, each.unit_name) for each in within)
    rows: list[tuple[Value, ...]] = []
    for group, keys_of in groups:
        names = units if group == "单位" else {}
        by_key = grouped(within, keys_of)
        rows += [
            (group, names.get(key, key), *_figures(by_key[key], period))
            for key in _order(group, by_key, names)
        ]
    footer = (
        f"{asked.first} 至 {asked.last}；一项问责可有几种方式，按方式的各行相加可以大于合计。",
    )
    return Table("责任追究统计", _REPORT_COLUMNS, rows, footer, key="accountability_figures")


def _order(group: str, keys: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Stages in the order of their course, everything else by name."""
    if group != "期末状态":
        return sorted(keys, key=lambda key: names.get(key, key))
    course = [stage.label for stage in AccountStage]
    return sorted(keys, key=course.index)


def _days(each: AccountLine) -> dict[str, date | None]:
    days = each.milestones
    return {
        "proposed": each.proposed_on,
        "decided": days.decided_on,
        "not_adopted": days.not_adopted_on,
        "carried_out": days.carried_out_on,
        "rectified": days.rectified_on,
        "failed": days.failed_on,
        "revoked": days.revoked_on,
    }


_UNDER_WAY = frozenset(
    {
        AccountStage.PROPOSED,
        AccountStage.DECIDED,
        AccountStage.RECTIFYING,
        AccountStage.UNRECTIFIED,
    }
)


def _moved(each: AccountLine, period: Period) -> bool:
    """Whether anything happened to it in the period, or it was under way at its end."""
    if each.proposed_on > period.last:
        return False
    days = [*_days(each).values(), *(one.filed_on for one in each.appeals)]
    return any(map(period.holds, days)) or each.milestones.stage(period.last) in _UNDER_WAY


def _figures(lines: list[AccountLine], period: Period) -> tuple[Value, ...]:
    days = [_days(each) for each in lines]
    counts = {key: sum(period.holds(each[key]) for each in days) for key in _days(lines[0])}
    appeals = sum(period.holds(one.filed_on) for each in lines for one in each.appeals)
    return (
        counts["proposed"],
        counts["decided"],
        counts["not_adopted"],
        counts["carried_out"],
        counts["rectified"],
        counts["failed"],
        appeals,
        counts["revoked"],
        sum(len(each.persons) for each in lines),
    )


def _rung(each: AccountLine) -> str:
    return words.titled_rung(each.rung, ladder(each.day_in_question))


def _decided_measures(each: AccountLine, on: date) -> list[str]:
    rules = ladder(each.day_in_question)
    decided = {one.measure for one in each.sanctions if one.since <= on}
    return [words.measure(key, rules) for key in sorted(decided)]
