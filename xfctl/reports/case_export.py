"""Matters with every column that docs/reference.md promises, without identities.

The columns that ``case import`` knows come back: dates of several assignments stand in the order
of the units, separated as these are, so that a register written here reads as the same matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseRated, CaseReplied, PetitionerVisited
from xfctl.domain.classification import Rated
from xfctl.domain.lifecycle import stage_of
from xfctl.reports.table import Column, Rows, Stream, Value

NONE = "—"

# In the order of the file; columns are only ever added at the end.
_COLUMNS: tuple[tuple[Column, Callable[[Case], Value]], ...] = (
    (Column("number", "编号", whole=True), lambda case: case.number),
    (Column("registered_on", "登记日期", whole=True), lambda case: case.registered_on),
    (Column("channel", "信访形式"), lambda case: case.entry.channel and case.entry.channel.label),
    (Column("persons", "人数"), lambda case: case.entry.persons),
    (Column("summary", "事项"), lambda case: case.entry.summary),
    (Column("units", "责任单位"), lambda case: _listed(_unit_names(case))),
    (Column("stage", "状态"), lambda case: stage_of(case).label),
    (Column("first_responder", "首问责任人"), lambda case: case.entry.first_responder),
    (Column("closed_on", "办结日期", whole=True), lambda case: case.closed_on),
    (Column("purpose", "信访目的"), lambda case: case.entry.purpose and case.entry.purpose.label),
    (Column("category", "问题类别"), lambda case: case.entry.category),
    (Column("demand", "诉求"), lambda case: case.entry.demand),
    (Column("leapfrog", "越级"), lambda case: case.entry.leapfrog),
    (Column("joint", "联名"), lambda case: case.entry.joint),
    (Column("anonymous", "匿名"), lambda case: case.entry.anonymous),
    (Column("major", "重大紧急"), lambda case: case.major),
    (Column("superior", "上级单位"), lambda case: _above(case, "body")),
    (Column("repeats", "重复信访"), lambda case: case.repeats),
    (Column("accepted_on", "受理日期", whole=True), lambda case: case.accepted_on),
    (
        Column("outcome", "处理结论"),
        lambda case: case.opinion.outcome.label if case.opinion else None,
    ),
    (Column("replied_on", "答复信访人日期", whole=True), lambda case: case.replied_on),
    (Column("result", "办理结果"), lambda case: case.closing.result if case.closing else None),
    (Column("note", "备注"), lambda case: case.entry.note),
    (
        Column("superior_document", "来文号"),
        lambda case: _above(case, "document"),
    ),
    (
        Column("superior_due_on", "上级期限", whole=True),
        lambda case: _above(case, "due_on"),
    ),
    (
        Column("assigned_on", "交办日期", whole=True),
        lambda case: _dates([each.assigned_on for each in case.assignments]),
    ),
    (
        Column("received_on", "收件日期", whole=True),
        lambda case: _dates([each.received_on for each in case.assignments]),
    ),
    (
        Column("feedback_on", "书面反馈日期", whole=True),
        lambda case: _dates([_fed_back_on(case, each.number) for each in case.assignments]),
    ),
    (Column("reply_manner", "答复信访人方式"), lambda case: _reply_manner(case)),
    (Column("rated_office", "满意度（信访部门）"), lambda case: _rating(case, Rated.OFFICE)),
    (Column("rated_unit", "满意度（责任单位）"), lambda case: _rating(case, Rated.UNIT)),
    (Column("batches", "批次"), lambda case: 1 + len(_visits(case))),
    (
        Column("person_times", "累计人次"),
        lambda case: case.entry.persons + sum(each.persons for each in _visits(case)),
    ),
)


def export_table(cases: Iterable[Case]) -> Stream:
    """One row a matter."""
    columns = tuple(column for column, _ in _COLUMNS)
    rows = Rows(tuple(value(case) for _, value in _COLUMNS) for case in cases)
    return Stream("信访事项", columns, rows, lambda: (f"共 {rows.count} 件。",))


def _above(case: Case, field: str) -> Value:
    """What is known of the superior body that the matter came from."""
    found: Value = getattr(case.entry.superior, field, None)
    return found


def _unit_names(case: Case) -> list[str]:
    return [each.unit_name for each in case.assignments]


def _listed(names: list[str]) -> str | None:
    return "、".join(names) or None


def _dates(days: list[date | None]) -> Value:
    """One date as a date; several in the order of the units; nothing where none is known."""
    if not any(days):
        return None
    if len(days) == 1:
        return days[0]
    return "、".join(day.isoformat() if day else NONE for day in days)


def _fed_back_on(case: Case, assignment: int) -> date | None:
    found = case.written_feedback(assignment)
    return found.given_on if found else None


def _reply_manner(case: Case) -> str | None:
    manners = [each.fact.manner for each in case.history if isinstance(each.fact, CaseReplied)]
    return manners[-1] if manners else None


def _rating(case: Case, whom: Rated) -> str | None:
    """The latest rating of the office or of the unit."""
    ratings = [
        each.fact.rating.label
        for each in case.history
        if isinstance(each.fact, CaseRated) and each.fact.whom is whom
    ]
    return ratings[-1] if ratings else None


def _visits(case: Case) -> list[PetitionerVisited]:
    return [each.fact for each in case.history if isinstance(each.fact, PetitionerVisited)]
