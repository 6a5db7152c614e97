"""Accepting, declining, no longer accepting, telling the petitioner, passing on (细则 9(3)，条例 22–23)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from xfctl.domain.case import Case
from xfctl.domain.case_facts import (
    CaseAccepted,
    CaseDeclined,
    CaseDismissed,
    CaseReferred,
    PetitionerNotified,
)
from xfctl.domain.classification import Purpose
from xfctl.domain.event import Dated
from xfctl.domain.keys import HANDLING, NOTICE
from xfctl.domain.lifecycle import Step
from xfctl.domain.obligation import OFFICE, Opening
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import (
    Command,
    World,
    check_not_before,
    check_not_before_reopening,
    check_not_future,
    check_optional,
    facts,
)
from xfctl.errors import RuleRefusedError


class AcceptCase(Command, frozen=True, kw_only=True):
    """Accept (受理); ``by_opinion`` None lets the purpose decide whether 条例 34 applies."""

    step: ClassVar[Step] = Step.ACCEPT
    notified_on: date | None = None
    by_opinion: bool | None = None


class DeclineCase(Command, frozen=True, kw_only=True):
    """Decline (不予受理) and point to the statutory path."""

    step: ClassVar[Step] = Step.DECLINE
    reason: str
    path: str
    notified_on: date | None = None


class DismissCase(Command, frozen=True, kw_only=True):
    """No longer accept (不再受理)."""

    step: ClassVar[Step] = Step.DISMISS
    reason: str
    notified_on: date | None = None


class NotifyPetitioner(Command, frozen=True, kw_only=True):
    """Tell the petitioner whether the matter was accepted (告知)."""

    step: ClassVar[Step] = Step.NOTIFY


class ReferCase(Command, frozen=True, kw_only=True):
    """Pass the matter on (转送) without a deadline or a report; ``redacted`` as in AssignCase."""

    step: ClassVar[Step] = Step.REFER
    to: str
    reason: str | None = None
    redacted: str | None = None


def accept(command: AcceptCase, case: Case, world: World) -> list[Dated]:
    """Accept; the 60 days of 条例 34 start where the matter is handled by 处理意见书."""
    if case.accepted_on is not None:
        raise RuleRefusedError(
            f"事项 {case.number} 已于 {case.accepted_on} 受理；日期有误请用 xfctl case correct 更正。"
        )
    by_opinion = case.entry.purpose is Purpose.APPEAL
    if command.by_opinion is not None:
        by_opinion = command.by_opinion
    opens = handling_owed(case, command.on, world) if by_opinion else ()
    return facts(command.on, CaseAccepted(opens=opens)) + _told(command, case, world)


def handling_owed(case: Case, on: date, world: World) -> tuple[Opening, ...]:
    """The 60 days of 条例 34 from acceptance: none before the ordinance or after the opinion."""
    if case.opinion is not None or not world.clocks[HANDLING].holds(on):
        return ()
    debtor = case.lead.unit if case.lead else OFFICE
    return (Opening(HANDLING, debtor, world.duty(HANDLING, on)),)


def decline(command: DeclineCase, case: Case, world: World) -> list[Dated]:
    """Decline, with the reason and the path the petitioner is pointed to."""
    if case.accepted_on is not None:
        raise RuleRefusedError(
            f"事项 {case.number} 已于 {case.accepted_on} 受理，不能再不予受理；"
            "请继续办理，或用 xfctl case dismiss 不再受理。"
        )
    check_not_before_reopening(command.on, case, "不予受理日期")
    declined = CaseDeclined(
        reason=check_text(command.reason, "理由"),
        path=check_text(command.path, "法定途径", LONGEST_NAME),
    )
    return facts(command.on, declined) + _told(command, case, world)


def dismiss(command: DismissCase, case: Case, world: World) -> list[Dated]:
    """No longer accept a matter that has been through its course.

    The 60 days of 条例 34 lapse where they run: no opinion will be given. What else is owed stays.
    """
    check_not_before(command.on, case.accepted_on, "不再受理日期", "受理日期")
    check_not_before_reopening(command.on, case, "不再受理日期")
    dismissed = CaseDismissed(
        reason=check_text(command.reason, "理由"),
        lapses=(HANDLING,) if case.owes(HANDLING) else (),
    )
    return facts(command.on, dismissed) + _told(command, case, world)


def notify(command: NotifyPetitioner, case: Case, world: World) -> list[Dated]:
    """Record the notice that was still owed, once there is a decision to tell (条例 22–23)."""
    if not case.owes(NOTICE):
        raise RuleRefusedError(
            f"事项 {case.number} 没有未履行的告知义务（匿名或无联系方式的不负告知义务）；无需记录。"
        )
    if case.decided_on is None:
        raise RuleRefusedError(
            f"事项 {case.number} 还没有决定是否受理；请先用 xfctl case accept 或 decline 记录决定。"
        )
    check_not_before(command.on, case.decided_on, "告知日期", "决定日期")
    return facts(command.on, PetitionerNotified(ends=(NOTICE,)))


def refer(command: ReferCase, case: Case, world: World) -> list[Dated]:
    """Pass on; no obligation comes of it."""
    to = check_text(command.to, "转送单位", LONGEST_NAME)
    return facts(command.on, CaseReferred(to=to, reason=check_optional(command.reason, "理由")))


def _told(command: AcceptCase | DeclineCase | DismissCase, case: Case, world: World) -> list[Dated]:
    """The notice given with the decision or after it, if one was."""
    if command.notified_on is None:
        return []
    check_not_future(command.notified_on, world, "告知日期")
    check_not_before(command.notified_on, command.on, "告知日期", "决定日期")
    ends = (NOTICE,) if case.owes(NOTICE) else ()
    return facts(command.notified_on, PetitionerNotified(ends=ends))
