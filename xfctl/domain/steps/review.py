"""Review and re-review of an opinion (复查、复核; 条例 35–36)."""

from __future__ import annotations

from typing import ClassVar

from xfctl.domain import keys
from xfctl.domain.case import Case
from xfctl.domain.case_facts import ReviewDecided, ReviewRequested
from xfctl.domain.classification import ReviewLevel
from xfctl.domain.event import Dated
from xfctl.domain.lifecycle import Step
from xfctl.domain.obligation import OFFICE, PETITIONER, Opening
from xfctl.domain.wording import check_text
from xfctl.domain.world import Command, World, check_not_before, facts
from xfctl.errors import RuleRefusedError

_REQUEST = {ReviewLevel.REVIEW: keys.REVIEW_REQUEST, ReviewLevel.REREVIEW: keys.REREVIEW_REQUEST}
_DECISION = {ReviewLevel.REVIEW: keys.REVIEW_DECISION, ReviewLevel.REREVIEW: keys.REREVIEW_DECISION}


class RequestReview(Command, frozen=True, kw_only=True):
    """The petitioner asks for a review."""

    step: ClassVar[Step] = Step.REVIEW
    level: ReviewLevel


class DecideReview(Command, frozen=True, kw_only=True):
    """The review is decided."""

    step: ClassVar[Step] = Step.REVIEW
    level: ReviewLevel
    result: str


def request_review(command: RequestReview, case: Case, world: World) -> list[Dated]:
    """Record a request within its 30 days; the decision is owed 30 days from it."""
    right = _REQUEST[command.level]
    held = case.obligation(right)
    if held is None or not case.owes(right):
        before = "书面答复" if command.level is ReviewLevel.REVIEW else "复查决定"
        raise RuleRefusedError(
            f"事项 {case.number} 没有可以申请{command.level.label}的{before}（条例 35–36）；请先记录{before}。"
        )
    if command.on > held.duty.due_on:
        raise RuleRefusedError(
            f"申请{command.level.label}的期限已于 {held.duty.due_on} 届满（{held.duty.article}），不能再记录申请。"
        )
    check_not_before(command.on, held.duty.started_on, "申请日期", "答复或复查决定的日期")
    key = _DECISION[command.level]
    opens = (Opening(key, OFFICE, world.duty(key, command.on)),)
    return facts(command.on, ReviewRequested(level=command.level, opens=opens, ends=(right,)))


def decide_review(command: DecideReview, case: Case, world: World) -> list[Dated]:
    """Record a decision; that of a review opens the 30 days for a re-review."""
    key = _DECISION[command.level]
    held = case.obligation(key)
    if held is None or not case.owes(key):
        raise RuleRefusedError(
            f"事项 {case.number} 没有等待决定的{command.level.label}；请先记录{command.level.label}申请。"
        )
    check_not_before(command.on, held.duty.started_on, "决定日期", "申请日期")
    opens: tuple[Opening, ...] = ()
    if command.level is ReviewLevel.REVIEW:
        right = _REQUEST[ReviewLevel.REREVIEW]
        opens = (Opening(right, PETITIONER, world.duty(right, command.on)),)
    decided = ReviewDecided(
        level=command.level,
        result=check_text(command.result, f"{command.level.label}结果"),
        opens=opens,
        ends=(key,),
    )
    return facts(command.on, decided)
