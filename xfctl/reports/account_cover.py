"""One accountability whole: particulars, persons, measures, and how it came to this."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from xfctl.domain import case_facts as facts
from xfctl.domain.accountability.facts import Proposed
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.case import Case
from xfctl.domain.keys import APPEAL
from xfctl.domain.post import Post
from xfctl.ledger import supervision_lists
from xfctl.ledger.load import ACCOUNTABILITIES, CASES, load
from xfctl.regulation.clocks import clocks
from xfctl.regulation.grounds import article_of
from xfctl.regulation.ladder import Ladder, ladder
from xfctl.reports import account_words as words
from xfctl.reports.accounts import HIDDEN
from xfctl.reports.sentences import sentence
from xfctl.reports.table import Column, Table, Value

_FIELDS = (Column("field", "项目"), Column("value", "内容"))
_PERSONS = (
    Column("number", "序号"),
    Column("name", "姓名"),
    Column("post", "时任职务"),
    Column("role", "责任"),
)
_SANCTIONS = (
    Column("measure", "追究方式"),
    Column("person", "对谁"),
    Column("body", "决定"),
    Column("since", "自", whole=True),
    Column("until", "至", whole=True),
    Column("carried_out", "实施"),
)
_TIMELINE = (
    Column("on", "日期", whole=True),
    Column("subject", "编号", whole=True),
    Column("what", "经过"),
)

# What of a matter's history a leader needs to see, so as to follow how it came to a measure.
_TELLING = (
    facts.CaseRegistered,
    facts.CaseDeclined,
    facts.CaseAssigned,
    facts.AssignmentReturned,
    facts.FeedbackGiven,
    facts.FeedbackReviewed,
    facts.OpinionDelivered,
    facts.OpinionExecuted,
    facts.CaseReplied,
    facts.MarkedMajor,
    facts.ReportedToLeader,
    facts.PetitionerVisited,
    facts.CaseClosed,
    facts.CaseReopened,
)


def cover_tables(
    connection: sqlite3.Connection,
    state: Accountability,
    names: Mapping[str, str],
    on: date,
) -> list[Table]:
    """The tables of one accountability; ``names`` by token, empty where they are to be hidden."""
    rules = state.rules
    title = f"问责 {state.number}"
    footer = () if names else (HIDDEN,)
    tables = [
        Table(title, _FIELDS, _particulars(state, rules, on), key="accountability"),
        Table("责任人", _PERSONS, list(_persons(state, names, rules)), footer, key="persons"),
    ]
    if state.sanctions:
        tables.append(Table("追究方式", _SANCTIONS, list(_sanctions(state, rules)), key="measures"))
    tables.append(Table("经过", _TIMELINE, _timeline(connection, state, on), key="timeline"))
    return tables


def _particulars(state: Accountability, rules: Ladder, on: date) -> list[tuple[Value, ...]]:
    entry, decision = state.entry, state.decision
    owed = state.rectification
    pairs: list[tuple[str, str | None]] = [
        ("编号", entry.number),
        ("状态", state.stage(on).label),
        ("单位", entry.unit_name),
        ("行为发生日期", f"{entry.day_in_question}"),
        ("依据", words.titled_rung(entry.rung, rules)),
        ("情形", "；".join(words.situation(each, rules) for each in entry.situations) or None),
        ("前一问责", f"{entry.after}（逾期未整改）" if entry.after else None),
        ("情节", entry.severity.label if entry.severity else None),
        ("责任性质", entry.nature.label),
        ("事实依据", entry.basis),
        ("后果", entry.effect),
        ("事项", "、".join(entry.cases) or None),
        ("建议的方式", words.measures(entry.measures, rules)),
        ("责任变动理由", entry.role_reason),
        ("破例（建议）", _override(entry.against, entry.override)),
        ("文号", decision.document if decision else None),
        ("破例（决定）", _override(decision.against, decision.override) if decision else None),
        (
            "整改期限",
            f"{owed.duty.due_on}{'（已延长）' if state.extended else ''}" if owed else None,
        ),
        ("评优资格", _award(state, rules)),
        ("移送", f"{state.handed_over_on}" if state.handed_over_on else None),
        ("申诉", _appeals(state)),
        ("经办人", entry.tracker),
    ]
    return [pair for pair in pairs if pair[1] is not None]


def _override(against: Iterable[str], reason: str | None) -> str | None:
    return f"{'、'.join(against)}：{reason}" if reason else None


def _award(state: Accountability, rules: Ladder) -> str | None:
    if state.decision is None or state.decision.award_year is None:
        return None
    lost = f"{state.decision.award_year} 年度取消（{words.award(rules)}），自 {state.decided_on}"
    return f"{lost}，{state.award_until} 恢复" if state.award_until else lost


def _appeals(state: Accountability) -> str | None:
    told = [
        f"第 {each.fact.appeal} 件（{words.persons(each.fact.persons)}）："
        + (
            each.decision.result.label
            if each.decision
            else f"处理中，不停止执行（{clocks()[APPEAL].in_force(each.filed_on).article}）"
        )
        for each in state.appeals
    ]
    return "；".join(told) or None


def _persons(
    state: Accountability, names: Mapping[str, str], rules: Ladder
) -> Iterator[tuple[Value, ...]]:
    for each in state.entry.persons:
        role = words.role(each.role, rules) + ("（经改动）" if each.changed else "")
        yield each.number, names.get(each.token, "（已隐去）"), each.post, role


def _sanctions(state: Accountability, rules: Ladder) -> Iterator[tuple[Value, ...]]:
    for each in state.sanctions:
        done = f"{each.carried_out_on} {each.carried_out_by}" if each.carried_out_on else "未实施"
        yield (
            words.measure(each.measure, rules),
            f"第 {each.person} 人",
            words.body(each.body, rules),
            each.since,
            each.until,
            done,
        )


def _timeline(
    connection: sqlite3.Connection, state: Accountability, on: date
) -> list[tuple[Value, ...]]:
    """From petition to measure, by day; what concerns other units of the same matter is left out."""
    happened: list[tuple[date, str, str]] = []
    for number in state.entry.cases:
        case = load(connection, CASES, number)
        happened += _of_case(case, state.entry.unit)
        happened += _grounds(connection, number, state.entry.unit, on)
    happened += _supervisions(connection, state)
    for each in (*_before(connection, state), state):
        happened += [
            (event.occurred_on, each.number, sentence(event.fact)) for event in each.history
        ]
    return [*sorted(happened, key=lambda each: each[0])]


def _before(connection: sqlite3.Connection, state: Accountability) -> list[Accountability]:
    """The accountabilities left unrectified that this one follows, the first one first."""
    found: list[Accountability] = []
    while state.entry.after is not None:
        state = load(connection, ACCOUNTABILITIES, state.entry.after)
        found.insert(0, state)
    return found


def _of_case(case: Case, unit: str) -> Iterator[tuple[date, str, str]]:
    units = {each.number: each.unit_name for each in case.assignments if each.unit == unit}
    for event in case.history:
        assignment = getattr(event.fact, "assignment", None)
        if isinstance(event.fact, _TELLING) and assignment in (None, *units):
            yield event.occurred_on, case.number, sentence(event.fact, units)


def _grounds(
    connection: sqlite3.Connection, case: str, unit: str, on: date
) -> Iterator[tuple[date, str, str]]:
    for line in supervision_lists.grounds_of_case(connection, case, on):
        if line.unit in ("", unit):
            yield line.since, case, f"督办情形成立：{article_of(line.ground)}，{line.evidence}"


def _supervisions(
    connection: sqlite3.Connection, state: Accountability
) -> Iterator[tuple[date, str, str]]:
    shown: set[str] = set()
    for case in state.entry.cases:
        for line in supervision_lists.supervisions(connection, unit=state.entry.unit, case=case):
            if line.number in shown:
                continue
            shown.add(line.number)
            yield line.opened_on, line.number, f"对{line.unit_name}立项督办"
            if line.closed_on is not None:
                yield line.closed_on, line.number, f"督办办结：{line.result}"


def proposal_lines(state: Accountability) -> list[str]:
    """What was proposed, in a few lines for whoever typed it; never a name."""
    entry = state.entry
    rules = ladder(entry.day_in_question)
    rung = rules.rungs[entry.rung]
    bodies = dict.fromkeys(
        body for key in entry.measures for body in rules.measures[key].decided_by
    )
    lines = [
        f"已按{rung.article} 提出问责建议：{words.measures(entry.measures, rules)}。",
        f"  报请{'或'.join(words.body(each, rules) for each in bodies)}决定（{words.powers(entry.measures, rules)}）。",
    ]
    lines += [
        f"  第 {each.number} 人：{each.post}，{words.role(each.role, rules)}"
        + ("（经改动）" if each.changed else "")
        for each in entry.persons
    ]
    if vacant := "、".join(_vacant(entry)):
        lines.append(
            f"  注意：该日没有{vacant}的任职记录；如有其人，请用 xfctl unit appoint 补录，"
            "再用 xfctl account withdraw 撤回，重新提出。"
        )
    if rung.rectification:
        lines.append(f"  决定时须写明整改期限（{rung.article}）。")
    if rung.award_lost:
        lines.append(f"  一经决定，{entry.unit_name}当年度不得评优（{rung.article}）。")
    if entry.override:
        lines.append(f"  破例（{'、'.join(entry.against)}）：{entry.override}")
    return lines


def _vacant(entry: Proposed) -> list[str]:
    """Heads of whom nobody was found; not where the officer changed who answers."""
    if entry.role_reason is not None:
        return []
    found = {each.post for each in entry.persons}
    return [head.label for head in (Post.PARTY_HEAD, Post.ADMIN_HEAD) if head.label not in found]


def decision_lines(state: Accountability) -> list[str]:
    """What was decided, in a few lines for whoever typed it; never a name."""
    decision = state.decision
    assert decision is not None
    rules = state.rules
    lines = [f"已记录问责 {state.number} 的决定。"]
    lines += [f"  {words.imposed(each, rules)}" for each in decision.imposed]
    lines += [f"  {each}" for each in _deadlines(state)]
    if decision.award_year:
        award = words.award(rules)
        lines.append(f"  {state.entry.unit_name} {decision.award_year} 年度不得评优（{award}）。")
    if decision.override:
        lines.append(f"  破例（{'、'.join(decision.against)}）：{decision.override}")
    return lines


def _deadlines(state: Accountability) -> list[str]:
    clocks = words.CLOCKS
    told = [
        f"{clocks[each.duty.clock]} {each.duty.due_on}（{each.duty.article}）"
        for each in state.obligations
    ]
    return list(dict.fromkeys(told))
