"""Matters from above and major matters: objection, report back, leaders told (细则 8(4), 8(7))."""

from __future__ import annotations

import re
from typing import ClassVar

from xfctl.domain.case import Case
from xfctl.domain.case_facts import MarkedMajor, ObjectionMade, ReportedToLeader, ReportedUp
from xfctl.domain.classification import Channel
from xfctl.domain.event import Dated
from xfctl.domain.keys import OBJECTION, SUPERIOR_REPORT
from xfctl.domain.lifecycle import Step
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import Command, World, check_optional, facts
from xfctl.errors import InputRefusedError, RuleRefusedError

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class ObjectToReferral(Command, frozen=True, kw_only=True):
    """Object that a matter from above was sent to the wrong place."""

    step: ClassVar[Step] = Step.OBJECT
    reason: str


class ReportUp(Command, frozen=True, kw_only=True):
    """Report back to the superior body."""

    step: ClassVar[Step] = Step.REPORT_UP
    document: str | None = None


class MarkMajor(Command, frozen=True, kw_only=True):
    """Mark a matter as major or urgent."""

    step: ClassVar[Step] = Step.MAJOR
    reason: str


class ReportToLeader(Command, frozen=True, kw_only=True):
    """Record that a leader was told of a major matter; ``at`` is HH:MM."""

    step: ClassVar[Step] = Step.MAJOR
    leader: str
    at: str | None = None


def object_to_referral(command: ObjectToReferral, case: Case, world: World) -> list[Dated]:
    """Record an objection within the 5 working days of 条例 23."""
    held = case.obligation(OBJECTION)
    if held is None:
        if case.entry.superior is None:
            raise _no_superior(case, "不能提出异议")
        raise RuleRefusedError(
            f"事项 {case.number} 登记时还没有提出异议的期限（条例 23）；无需记录。"
        )
    if held.discharged_on is not None:
        raise RuleRefusedError(
            f"事项 {case.number} 已于 {held.discharged_on} 提出过异议；"
            f"请用 xfctl case show {case.number} 核对。"
        )
    if command.on > held.duty.due_on:
        raise RuleRefusedError(
            f"提出异议的期限已于 {held.duty.due_on} 届满（{held.duty.article}），不能再记录。"
        )
    return facts(
        command.on, ObjectionMade(reason=check_text(command.reason, "理由"), ends=(OBJECTION,))
    )


def report_up(command: ReportUp, case: Case, world: World) -> list[Dated]:
    """Record the report; it discharges the deadline the superior named, if it named one."""
    if case.entry.superior is None:
        raise _no_superior(case, "没有要报告的上级")
    ends = (SUPERIOR_REPORT,) if case.obligation(SUPERIOR_REPORT) else ()
    return facts(
        command.on,
        ReportedUp(document=check_optional(command.document, "文号", LONGEST_NAME), ends=ends),
    )


def _no_superior(case: Case, so: str) -> RuleRefusedError:
    """Why nothing can be said to a superior; ``so`` says what therefore cannot be."""
    if case.entry.channel is Channel.SUPERIOR:
        return RuleRefusedError(
            f"事项 {case.number} 由上级转来，但没有登记上级单位（--superior），{so}；"
            "办理情况可以用 xfctl case note 记录。"
        )
    return RuleRefusedError(f"事项 {case.number} 不是上级转来的，{so}；请核对编号。")


def mark_major(command: MarkMajor, case: Case, world: World) -> list[Dated]:
    """Mark as major; until a leader was told, every digest shows it on top."""
    if case.major:
        raise RuleRefusedError(f"事项 {case.number} 已标为重大紧急事项；请直接记录向领导报告。")
    return facts(command.on, MarkedMajor(reason=check_text(command.reason, "理由")))


def report_to_leader(command: ReportToLeader, case: Case, world: World) -> list[Dated]:
    """Record when a leader was told."""
    if not case.major:
        raise RuleRefusedError(
            f"事项 {case.number} 还没有标为重大紧急事项；请先用 --reason 写明理由标记。"
        )
    if command.at is not None and not _TIME.fullmatch(command.at):
        raise InputRefusedError(f"时刻「{command.at}」写法不对；请写成 09:30。")
    leader = check_text(command.leader, "领导", LONGEST_NAME)
    return facts(command.on, ReportedToLeader(leader=leader, at=command.at))
