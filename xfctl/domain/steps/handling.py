"""Units at work: assigned, received, returned, reporting back, the report reviewed (细则 11(1))."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from xfctl.domain.case import Assignment, Case
from xfctl.domain.case_facts import (
    AssignmentReturned,
    CaseAssigned,
    CaseReceived,
    FeedbackGiven,
    FeedbackReviewed,
)
from xfctl.domain.classification import FeedbackForm, Role
from xfctl.domain.event import Dated
from xfctl.domain.keys import (
    EXECUTION,
    FEEDBACK,
    HANDLING,
    SUPPLEMENT,
    assignment_of,
    feedback_key,
    supplement_key,
)
from xfctl.domain.lifecycle import Step
from xfctl.domain.obligation import OFFICE, Obligation, Opening, named
from xfctl.domain.steps.outcome import reply_owed
from xfctl.domain.wording import check_text
from xfctl.domain.world import Command, World, check_not_before, check_optional, chosen, facts
from xfctl.errors import InputRefusedError, RuleRefusedError


class AssignCase(Command, frozen=True, kw_only=True):
    """Hand the matter to a unit (交办) as lead or co-handling unit.

    ``redacted`` says how an accusation was made fit for the accused to read (细则 13(8)).
    """

    step: ClassVar[Step] = Step.ASSIGN
    unit: str
    unit_name: str
    role: Role | None = None
    redacted: str | None = None


class ReceiveCase(Command, frozen=True, kw_only=True):
    """Record that a unit took its assignment in (收件); ``unit`` may be left out if only one."""

    step: ClassVar[Step] = Step.RECEIVE
    unit: str | None = None


class ReturnAssignment(Command, frozen=True, kw_only=True):
    """Record that a unit gave its assignment back (退回)."""

    step: ClassVar[Step] = Step.RETURN
    reason: str
    unit: str | None = None


class GiveFeedback(Command, frozen=True, kw_only=True):
    """Record a unit's report (反馈)."""

    step: ClassVar[Step] = Step.FEEDBACK
    form: FeedbackForm
    unit: str | None = None
    content: str | None = None


class ReviewFeedback(Command, frozen=True, kw_only=True):
    """Take a written report as it is, or send it back to be completed by ``due_on``."""

    step: ClassVar[Step] = Step.REVIEW_FEEDBACK
    accepted: bool
    reason: str | None = None
    unit: str | None = None
    due_on: date | None = None


def assign(command: AssignCase, case: Case, world: World) -> list[Dated]:
    """Hand over; the clock of 细则 11(1) starts, from this day until receipt is recorded.

    A lead unit takes over the handling period, and the carrying out of an opinion.
    """
    for each in case.active:
        if each.unit == command.unit and case.written_feedback(each.number) is None:
            raise RuleRefusedError(
                f"事项 {case.number} 已于 {each.assigned_on} 交办给{each.unit_name}，"
                "该单位尚未书面反馈，不能重复交办；请先记录反馈或退回。"
            )
    role = _role(command, case)
    number = len(case.assignments) + 1
    opens = [Opening(feedback_key(number), command.unit, world.duty(FEEDBACK, command.on))]
    if role is Role.LEAD:
        opens += _passed(_led(case, command.on), command.unit)
    assigned = CaseAssigned(
        assignment=number,
        unit=command.unit,
        unit_name=command.unit_name,
        role=role,
        opens=tuple(opens),
    )
    return facts(command.on, assigned)


def _role(command: AssignCase, case: Case) -> Role:
    """One lead unit at a time: the first, until it has answered or given the matter back."""
    lead = case.lead
    if lead is None or lead.unit == command.unit:
        return command.role or Role.LEAD
    if command.role is Role.LEAD and case.written_feedback(lead.number) is None:
        raise RuleRefusedError(
            f"事项 {case.number} 由{lead.unit_name}主办，尚未书面反馈；请作为协办交办（--co），或先记录退回。"
        )
    return command.role or Role.CO


def receive(command: ReceiveCase, case: Case, world: World) -> list[Dated]:
    """Record receipt; the clock of 细则 11(1) runs from the day of receipt (本单位规定)."""
    waiting = [each for each in case.active if each.received_on is None]
    # What a unit still owes is meant before what it has answered without a recorded receipt.
    waiting.sort(key=lambda each: case.written_feedback(each.number) is not None)
    assignment = chosen(case, command.unit, waiting, "等待收件的交办")
    check_not_before(command.on, assignment.assigned_on, "收件日期", "交办日期")
    answered = case.written_feedback(assignment.number)
    if answered is not None and answered.given_on < command.on:
        raise InputRefusedError(
            f"收件日期 {command.on} 晚于{assignment.unit_name}的书面反馈日期 "
            f"{answered.given_on}，请核对日期。"
        )
    duty = Opening(
        feedback_key(assignment.number), assignment.unit, world.duty(FEEDBACK, command.on)
    )
    return facts(command.on, CaseReceived(assignment=assignment.number, opens=(duty,)))


def give_back(command: ReturnAssignment, case: Case, world: World) -> list[Dated]:
    """Record a return; its duty lapses on that day, and lateness until then stays on record.

    What it owed as lead unit falls back to the office.
    """
    unanswered = [each for each in case.active if not case.written_feedback(each.number)]
    assignment = chosen(case, command.unit, unanswered, "可以退回的交办")
    first, named_so = _taken_in(assignment)
    check_not_before(command.on, first, "退回日期", named_so)
    owed = [each for each in _led(case, command.on) if each.owed_by == assignment.unit]
    opens = tuple(_passed(owed, OFFICE))
    returned = AssignmentReturned(
        assignment=assignment.number,
        reason=check_text(command.reason, "退回理由"),
        opens=opens,
        lapses=(feedback_key(assignment.number),),
    )
    return facts(command.on, returned)


def _taken_in(assignment: Assignment) -> tuple[date, str]:
    """The day since when a unit has had the matter, and what that day is called."""
    if assignment.received_on is not None:
        return assignment.received_on, "收件日期"
    return assignment.assigned_on, "交办日期"


def _led(case: Case, on: date) -> list[Obligation]:
    """What is owed by whoever leads, as it stands: the 60 days, and the opinion's execution.

    An execution that is late stays with whoever was late with it: passing a matter on never passes
    on lateness, which is a ground against that unit (细则 11(5)).
    """
    return [
        each
        for each in case.obligations
        if each.discharged_on is None
        and (each.key == HANDLING or (each.key == EXECUTION and not each.is_late(on)))
    ]


def _passed(owed: list[Obligation], to: str) -> list[Opening]:
    """The same obligations as another debtor's."""
    return [Opening(each.key, to, each.duty) for each in owed]


def give_feedback(command: GiveFeedback, case: Case, world: World) -> list[Dated]:
    """Record a report; oral ones are kept, and the clock of 细则 11(1) runs on."""
    owing = [
        each
        for each in case.active
        if case.written_feedback(each.number) is None and command.unit in (None, each.unit)
    ]
    # A unit that owes nothing more adds to its latest report.
    candidates = owing or list(reversed(case.active))
    assignment = chosen(case, command.unit, candidates, "在办的交办")
    first, named_so = _taken_in(assignment)
    check_not_before(command.on, first, "反馈日期", f"{assignment.unit_name}的{named_so}")
    ends: tuple[str, ...] = ()
    if command.form is FeedbackForm.WRITTEN:
        ends = (feedback_key(assignment.number), *_supplemented(case, assignment, command.on))
    given = FeedbackGiven(
        assignment=assignment.number,
        form=command.form,
        content=check_optional(command.content, "反馈内容"),
        ends=ends,
    )
    return facts(command.on, given)


def review_feedback(command: ReviewFeedback, case: Case, world: World) -> list[Dated]:
    """Take or send back a report; taking it starts the reply to the petitioner (细则 8(5)).

    Sending back does not revive the discharged duty of 细则 11(1); the office may name a date for
    the supplement.
    """
    assignment = chosen(case, command.unit, list(case.unreviewed), "待审核的书面反馈")
    given_on = max(
        each.given_on
        for each in case.feedbacks
        if each.assignment == assignment.number and each.form is FeedbackForm.WRITTEN
    )
    check_not_before(command.on, given_on, "审核日期", "反馈日期")
    opens: tuple[Opening, ...] = ()
    if command.accepted:
        opens = reply_owed(case, command.on, world)
    elif command.due_on is not None:
        check_not_before(command.due_on, command.on, "补充反馈日期", "审核日期")
        duty = named(world.clocks[SUPPLEMENT], command.on, command.due_on)
        time = 1 + len(_supplements(case, assignment))
        opens = (Opening(supplement_key(assignment.number, time), assignment.unit, duty),)
    reason = check_optional(command.reason, "理由")
    if not command.accepted and reason is None:
        raise InputRefusedError("退回反馈须写明理由；请加 --reason。")
    reviewed = FeedbackReviewed(
        assignment=assignment.number, accepted=command.accepted, reason=reason, opens=opens
    )
    return facts(command.on, reviewed)


def _supplements(case: Case, assignment: Assignment) -> list[Obligation]:
    """The supplements that were asked for on an assignment, discharged or not."""
    return [
        each
        for each in case.obligations
        if each.duty.clock == SUPPLEMENT and assignment_of(each.key) == assignment.number
    ]


def _supplemented(case: Case, assignment: Assignment, on: date) -> list[str]:
    """The open supplements that a report of a day discharges: not those asked for after it."""
    return [
        each.key
        for each in _supplements(case, assignment)
        if case.owes(each.key) and each.duty.started_on <= on
    ]
