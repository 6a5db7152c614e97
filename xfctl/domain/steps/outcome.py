"""Opinion, extension, reply, execution, rating (细则 8(5), 11(5); 条例 34)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.case_facts import (
    CaseRated,
    CaseReplied,
    HandlingExtended,
    OpinionDelivered,
    OpinionExecuted,
)
from xfctl.domain.classification import Outcome, Rated, Rating
from xfctl.domain.event import Dated
from xfctl.domain.keys import EXECUTION, HANDLING, REPLY, REVIEW_REQUEST
from xfctl.domain.lifecycle import Step, only_referred
from xfctl.domain.obligation import OFFICE, PETITIONER, Opening, named, recount
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import (
    Command,
    World,
    check_not_before,
    check_not_future,
    facts,
)
from xfctl.errors import RuleRefusedError


class DeliverOpinion(Command, frozen=True, kw_only=True):
    """Give the opinion (处理意见): outcome, content, execution date if any."""

    step: ClassVar[Step] = Step.OPINION
    outcome: Outcome
    content: str
    execute_by: date | None = None


class ExtendHandling(Command, frozen=True, kw_only=True):
    """Extend the handling period, once (条例 34)."""

    step: ClassVar[Step] = Step.EXTEND
    days: int
    approver: str
    reason: str
    notified_on: date | None = None


class ReplyToPetitioner(Command, frozen=True, kw_only=True):
    """Feed the result back to the petitioner (答复)."""

    step: ClassVar[Step] = Step.REPLY
    manner: str
    written: bool = False
    delivered_on: date | None = None


class ExecuteOpinion(Command, frozen=True, kw_only=True):
    """Record that the opinion was carried out, or a reason accepted for not doing so."""

    step: ClassVar[Step] = Step.EXECUTE
    content: str
    excused: bool = False


class RateCase(Command, frozen=True, kw_only=True):
    """Record the petitioner's rating."""

    step: ClassVar[Step] = Step.RATE
    whom: Rated
    rating: Rating


def deliver_opinion(command: DeliverOpinion, case: Case, world: World) -> list[Dated]:
    """Give the opinion (细则 9(4)); it ends the handling period, starts execution and reply."""
    if case.opinion is not None:
        raise RuleRefusedError(
            f"事项 {case.number} 已有处理意见；有误请用 xfctl case correct 更正。"
        )
    if only_referred(case):
        raise RuleRefusedError(
            f"事项 {case.number} 已转送而没有受理，不能出具意见；请先用 xfctl case accept 受理。"
        )
    check_not_before(command.on, case.accepted_on, "意见日期", "受理日期")
    opens = reply_owed(case, command.on, world)
    if command.execute_by is not None:
        check_not_before(command.execute_by, command.on, "执行期限", "意见日期")
        debtor = case.lead.unit if case.lead else OFFICE
        duty = named(world.clocks[EXECUTION], command.on, command.execute_by)
        opens += (Opening(EXECUTION, debtor, duty),)
    opinion = OpinionDelivered(
        outcome=command.outcome,
        content=check_text(command.content, "处理意见"),
        execute_by=command.execute_by,
        opens=opens,
        ends=(HANDLING,) if case.owes(HANDLING) else (),
    )
    return facts(command.on, opinion)


def extend(command: ExtendHandling, case: Case, world: World) -> list[Dated]:
    """Extend the 60 days of 条例 34: once, by at most 30, approved, before they have run out."""
    handling = case.obligation(HANDLING)
    if handling is None or not case.owes(HANDLING):
        raise RuleRefusedError(
            f"事项 {case.number} 没有正在计算的办理期限，不能延期；只有按处理意见书办理的才有（条例 34）。"
        )
    most = world.clocks[HANDLING].in_force(handling.duty.started_on).extension or 0
    if case.extension is not None:
        raise RuleRefusedError(f"事项 {case.number} 的办理期限已延长过一次，不能再延（条例 34）。")
    if not 1 <= command.days <= most:
        raise RuleRefusedError(
            f"延长 {command.days} 日不合规定，须在 1 至 {most} 日之间（条例 34）。"
        )
    check_not_before(command.on, handling.duty.started_on, "延期日期", "受理日期")
    if command.on > handling.duty.due_on:
        raise RuleRefusedError(
            f"办理期限已于 {handling.duty.due_on} 届满，届满后不能再延（条例 34）。"
        )
    if command.notified_on is not None:
        check_not_future(command.notified_on, world, "告知日期")
    duty = replace(handling.duty, length=(handling.duty.length or 0) + command.days)
    extended = HandlingExtended(
        days=command.days,
        approver=check_text(command.approver, "批准人", LONGEST_NAME),
        reason=check_text(command.reason, "延期理由"),
        notified_on=command.notified_on,
        opens=(Opening(HANDLING, handling.owed_by, recount(duty, world.calendar)),),
    )
    return facts(command.on, extended)


def reply(command: ReplyToPetitioner, case: Case, world: World) -> list[Dated]:
    """Record the reply; a written one to an opinion starts the 30 days for review (条例 35).

    One dated before the opinion is no answer to it.
    """
    if command.delivered_on is not None:
        check_not_before(command.delivered_on, command.on, "送达日期", "答复日期")
        check_not_future(command.delivered_on, world, "送达日期")
    opens: tuple[Opening, ...] = ()
    received = command.delivered_on or command.on
    answers_opinion = case.opinion_on is not None and case.opinion_on <= command.on
    if command.written and answers_opinion and world.clocks[REVIEW_REQUEST].holds(received):
        opens = (Opening(REVIEW_REQUEST, PETITIONER, world.duty(REVIEW_REQUEST, received)),)
    replied = CaseReplied(
        manner=check_text(command.manner, "答复方式", LONGEST_NAME),
        written=command.written,
        delivered_on=command.delivered_on,
        opens=opens,
        ends=(REPLY,) if case.obligation(REPLY) else (),
    )
    return facts(command.on, replied)


def execute(command: ExecuteOpinion, case: Case, world: World) -> list[Dated]:
    """Record execution; an accepted reason lets the duty lapse (细则 11(5): 无适当理由)."""
    held = case.obligation(EXECUTION)
    if held is None or not case.owes(EXECUTION):
        raise RuleRefusedError(f"事项 {case.number} 没有等待执行的处理意见；无需记录。")
    check_not_before(command.on, held.duty.started_on, "执行日期", "意见日期")
    keys = (EXECUTION,)
    executed = OpinionExecuted(
        content=check_text(command.content, "执行情况"),
        excused=command.excused,
        ends=() if command.excused else keys,
        lapses=keys if command.excused else (),
    )
    return facts(command.on, executed)


def rate(command: RateCase, case: Case, world: World) -> list[Dated]:
    """Record a rating of the office or of the unit; the latest of each counts."""
    check_not_before(command.on, case.replied_on, "评价日期", "答复日期")
    return facts(command.on, CaseRated(whom=command.whom, rating=command.rating))


def reply_owed(case: Case, on: date, world: World) -> tuple[Opening, ...]:
    """The reply to the petitioner (细则 8(5)), once, and only where there is someone to reply to.

    A reply that was entered before what it answers is not owed a second time.
    """
    reachable = case.entry.contactable and not case.entry.anonymous
    if not reachable or case.replied_on is not None or case.obligation(REPLY) is not None:
        return ()
    return (Opening(REPLY, OFFICE, world.duty(REPLY, on)),)
