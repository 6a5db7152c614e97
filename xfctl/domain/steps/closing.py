"""Closing and reopening a matter; neither discharges anything."""

from __future__ import annotations

from typing import ClassVar

from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseClosed, CaseDismissed, CaseReopened
from xfctl.domain.event import Dated
from xfctl.domain.keys import HANDLING
from xfctl.domain.lifecycle import Step
from xfctl.domain.obligation import Opening, recount
from xfctl.domain.wording import check_text
from xfctl.domain.world import (
    Command,
    World,
    check_not_before,
    check_not_before_reopening,
    check_optional,
    facts,
)
from xfctl.errors import RuleRefusedError


class CloseCase(Command, frozen=True, kw_only=True):
    """Close the matter (办结); ``reason`` is needed while a unit still owes something."""

    step: ClassVar[Step] = Step.CLOSE
    result: str | None = None
    reason: str | None = None


class ReopenCase(Command, frozen=True, kw_only=True):
    """Open the matter again (重启)."""

    step: ClassVar[Step] = Step.REOPEN
    reason: str


def close(command: CloseCase, case: Case, world: World) -> list[Dated]:
    """Close; what is still owed survives, so closing over it needs a reason."""
    for each in case.active:
        check_not_before(command.on, each.assigned_on, "办结日期", f"{each.unit_name}的交办日期")
    check_not_before_reopening(command.on, case, "办结日期")
    owed = [
        f"{case.debtor_name(each)}（{world.clocks[each.duty.clock].title}，{each.duty.article}）"
        for each in case.obligations
        if each.discharged_on is None and not each.duty.reminder
    ]
    if owed and not command.reason:
        raise RuleRefusedError(
            f"事项 {case.number} 还有未履行的义务：{'、'.join(owed)}，不能直接办结；"
            "确需先办结的，用 --reason 写明理由，期限仍继续计算。"
        )
    closed = CaseClosed(
        result=check_optional(command.result, "办理结果"),
        reason=check_optional(command.reason, "理由") if owed else None,
    )
    return facts(command.on, closed)


def reopen(command: ReopenCase, case: Case, world: World) -> list[Dated]:
    """Open again; lateness and history stay, and the 60 days that a dismissal ended run on."""
    ended = case.closed_on or case.declined_on or case.dismissed_on
    check_not_before(command.on, ended, "重启日期", "终结日期")
    reason = check_text(command.reason, "重启理由")
    return facts(command.on, CaseReopened(reason=reason, opens=_running_again(case, world)))


def _running_again(case: Case, world: World) -> tuple[Opening, ...]:
    """The 60 days of 条例 34 from acceptance, where the dismissal now undone let them lapse.

    Counted on the calendar of today: one that changed meanwhile moved only what was open.
    """
    held = case.obligation(HANDLING)
    lapsed = any(
        isinstance(each.fact, CaseDismissed) and HANDLING in each.fact.lapses
        for each in case.history
    )
    if held is None or not held.lapsed or not lapsed or case.dismissed_on is None:
        return ()
    return (Opening(HANDLING, held.owed_by, recount(held.duty, world.calendar)),)
