"""What an officer asks to be done with a matter, and the rules that answer with facts or refuse.

``register`` begins a matter; ``decide`` answers every later command. Both are pure: they are given
the matter, the command and the ``World`` of the day, and return dated facts. InputRefusedError
speaks of words that cannot be taken, RuleRefusedError of a step that is not legal now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch

from xfctl.domain.case import (
    FEEDBACK_CLOCK,
    Assignment,
    Case,
    CaseAssigned,
    CaseClosed,
    CaseReceived,
    CaseRegistered,
    DueDateChanged,
    FeedbackGiven,
)
from xfctl.domain.classification import FeedbackForm
from xfctl.domain.event import Dated
from xfctl.domain.lifecycle import LEGAL_FROM, Step, stage_of
from xfctl.domain.obligation import Duty, recount, start
from xfctl.domain.wording import LONGEST_NAME, LONGEST_TEXT, check_number, check_text
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.clocks import Clock
from xfctl.workdays.calendar import Calendar

MOST_PERSONS = 1_000_000


@dataclass(frozen=True)
class World:
    """What the rules may know besides the matter itself."""

    today: date
    calendar: Calendar
    clocks: Mapping[str, Clock]


@dataclass(frozen=True)
class AssignCase:
    """Hand the matter to a unit (交办)."""

    number: str
    on: date
    unit: str
    unit_name: str


@dataclass(frozen=True)
class ReceiveCase:
    """Record that a unit took its assignment in (收件); ``unit`` may be left out if only one."""

    number: str
    on: date
    unit: str | None = None


@dataclass(frozen=True)
class GiveFeedback:
    """Record a unit's report (反馈)."""

    number: str
    on: date
    form: FeedbackForm
    unit: str | None = None
    content: str | None = None


@dataclass(frozen=True)
class CloseCase:
    """Close the matter (办结); ``reason`` is needed while written feedback is still owed."""

    number: str
    on: date
    result: str | None = None
    reason: str | None = None


def register(existing: Case | None, entry: CaseRegistered, on: date, world: World) -> list[Dated]:
    """Take a new matter in (细则 6: registration, and a first responder who is named)."""
    if existing is not None:
        raise InputRefusedError(
            f"编号 {entry.number} 已在 {existing.registered_on} 登记过；"
            f"请换一个编号，或用 xfctl case show {entry.number} 查看原事项。"
        )
    _check_not_future(on, "登记日期", world)
    return [Dated(on, _checked(entry))]


@singledispatch
def decide(command: object, case: Case, world: World) -> list[Dated]:
    """What a command makes of a matter: dated facts, or a refusal."""
    raise TypeError(f"not a command for a case: {type(command).__name__}")


@decide.register
def assign(command: AssignCase, case: Case, world: World) -> list[Dated]:
    """Hand the matter to a unit; the clock of 细则 11(1) starts until receipt is recorded."""
    _check_legal(case, Step.ASSIGN)
    _check_dates(case, command.on, "交办日期", world)
    for each in case.assignments:
        if each.unit == command.unit and case.written_feedback(each.number) is None:
            raise RuleRefusedError(
                f"事项 {case.number} 已于 {each.assigned_on} 交办给{each.unit_name}，"
                "该单位尚未书面反馈，不能重复交办。"
            )
    fact = CaseAssigned(
        assignment=len(case.assignments) + 1,
        unit=command.unit,
        unit_name=command.unit_name,
        duty=_feedback_duty(command.on, world),
    )
    return [Dated(command.on, fact)]


@decide.register
def receive(command: ReceiveCase, case: Case, world: World) -> list[Dated]:
    """Record receipt; the clock of 细则 11(1) runs from the day of receipt (本单位规定)."""
    _check_legal(case, Step.RECEIVE)
    waiting = [each for each in case.assignments if each.received_on is None]
    # What a unit still owes is meant before what it has answered without a recorded receipt.
    waiting.sort(key=lambda each: case.written_feedback(each.number) is not None)
    assignment = _chosen(case, command.unit, waiting, "等待收件")
    _check_dates(case, command.on, "收件日期", world, not_before=assignment)
    answered = case.written_feedback(assignment.number)
    if answered is not None and answered.given_on < command.on:
        raise InputRefusedError(
            f"收件日期 {command.on} 晚于{assignment.unit_name}的书面反馈日期 "
            f"{answered.given_on}，请核对。"
        )
    duty = _feedback_duty(command.on, world)
    return [Dated(command.on, CaseReceived(assignment=assignment.number, duty=duty))]


@decide.register
def give_feedback(command: GiveFeedback, case: Case, world: World) -> list[Dated]:
    """Record a unit's report; oral reports are kept, and the clock of 细则 11(1) runs on."""
    _check_legal(case, Step.FEEDBACK)
    owing = [
        each
        for each in case.assignments
        if case.written_feedback(each.number) is None and command.unit in (None, each.unit)
    ]
    # A unit that owes nothing more adds to its latest report.
    candidates = owing or list(reversed(case.assignments))
    assignment = _chosen(case, command.unit, candidates, "交办记录")
    _check_dates(case, command.on, "反馈日期", world, not_before=assignment)
    content = _optional(command.content, "反馈内容")
    fact = FeedbackGiven(assignment=assignment.number, form=command.form, content=content)
    return [Dated(command.on, fact)]


@decide.register
def close(command: CloseCase, case: Case, world: World) -> list[Dated]:
    """Close the matter; an open duty to report survives, so closing over it needs a reason."""
    _check_legal(case, Step.CLOSE)
    latest = max(case.assignments, key=lambda each: each.assigned_on, default=None)
    _check_dates(case, command.on, "办结日期", world, not_before=latest)
    owing = [
        each.unit_name
        for each in case.assignments
        if case.obligation_of(each.number).discharged_on is None
    ]
    if owing and not command.reason:
        raise RuleRefusedError(
            f"事项 {case.number} 的{'、'.join(owing)}尚未书面反馈（细则 11(1)），不能直接办结；"
            "确需先办结的，用 --reason 写明理由，反馈期限仍继续计算。"
        )
    closing = CaseClosed(
        result=_optional(command.result, "办理结果"),
        reason=_optional(command.reason, "理由") if owing else None,
    )
    return [Dated(command.on, closing)]


def _checked(entry: CaseRegistered) -> CaseRegistered:
    """The entry with its words checked and trimmed; the first responder is never empty (细则 6)."""
    check_number(entry.number)
    if not 1 <= entry.persons <= MOST_PERSONS:
        raise InputRefusedError(f"人数 {entry.persons} 不对；请填写 1 至 {MOST_PERSONS} 的整数。")
    return replace(
        entry,
        summary=check_text(entry.summary, "事项"),
        first_responder=check_text(entry.first_responder, "首问责任人", LONGEST_NAME),
        category=_optional(entry.category, "问题类别", LONGEST_NAME),
        demand=_optional(entry.demand, "诉求"),
        note=_optional(entry.note, "备注"),
    )


def _optional(text: str | None, name: str, longest: int = LONGEST_TEXT) -> str | None:
    return check_text(text, name, longest) if text else None


def recount_open(case: Case, calendar: Calendar, reason: str, on: date) -> list[Dated]:
    """Count the open obligations anew after the calendar changed; only differences are facts."""
    return [
        Dated(on, DueDateChanged(obligation=each.key, duty=fresh, reason=reason))
        for each in case.obligations
        if each.discharged_on is None and _differs(each.duty, fresh := recount(each.duty, calendar))
    ]


def _differs(old: Duty, new: Duty) -> bool:
    return (old.due_on, old.provisional) != (new.due_on, new.provisional)


def _feedback_duty(on: date, world: World) -> Duty:
    return start(world.clocks[FEEDBACK_CLOCK], on, world.calendar)


def _check_legal(case: Case, step: Step) -> None:
    stage = stage_of(case)
    if stage in LEGAL_FROM[step]:
        return
    allowed = "、".join(each.label for each, stages in LEGAL_FROM.items() if stage in stages)
    raise RuleRefusedError(
        f"事项 {case.number} 现在是「{stage.label}」，不能{step.label}；"
        + (f"下一步可以：{allowed}。" if allowed else "没有可办的下一步。")
    )


def _check_not_future(on: date, name: str, world: World) -> None:
    if on > world.today:
        raise InputRefusedError(f"{name} {on} 晚于今天（{world.today}），请核对日期。")


def _check_dates(
    case: Case, on: date, name: str, world: World, *, not_before: Assignment | None = None
) -> None:
    _check_not_future(on, name, world)
    if on < case.registered_on:
        raise InputRefusedError(
            f"{name} {on} 早于事项 {case.number} 的登记日期 {case.registered_on}，请核对日期。"
        )
    if not_before is None:
        return
    received = not_before.received_on if name == "反馈日期" else None
    bound, what = (received, "收件") if received else (not_before.assigned_on, "交办")
    if on < bound:
        raise InputRefusedError(
            f"{name} {on} 早于{not_before.unit_name}的{what}日期 {bound}，请核对日期。"
        )


def _chosen(case: Case, unit: str | None, candidates: list[Assignment], what: str) -> Assignment:
    """The assignment meant: by unit if named, else the only candidate."""
    matching = [each for each in candidates if unit in (None, each.unit)]
    if not matching:
        whom = f"单位 {unit} 的" if unit else ""
        raise RuleRefusedError(f"事项 {case.number} 没有{whom}{what}；请先交办，或核对单位。")
    units = list(dict.fromkeys(each.unit for each in matching))
    if len(units) > 1:
        raise InputRefusedError(
            f"事项 {case.number} 交办给了多个单位（{'、'.join(units)}），请用 --unit 指明是哪一个。"
        )
    return matching[0]
