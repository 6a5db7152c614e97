"""Putting things right by a date (限期整改, 细则 16–17): report, review, one extension."""

from __future__ import annotations

from datetime import date

from xfctl.domain.accountability.decision import check_decided
from xfctl.domain.accountability.facts import (
    RectificationExtended,
    RectificationReported,
    RectificationReviewed,
)
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.event import Dated
from xfctl.domain.keys import RECTIFICATION
from xfctl.domain.obligation import Obligation, Opening, named
from xfctl.domain.wording import check_text
from xfctl.domain.world import World, check_not_before, check_optional
from xfctl.errors import InputRefusedError, RuleRefusedError


def report(state: Accountability, on: date, content: str, world: World) -> list[Dated]:
    """Record the unit's report; only its acceptance discharges the deadline.

    Raises RuleRefusedError where nothing is to be put right any more, InputRefusedError for a date
    out of order or missing words.
    """
    _check(state, on, world, "报告日期")
    return [Dated(on, RectificationReported(content=check_text(content, "整改报告")))]


def review(
    state: Accountability, on: date, accepted: bool, reason: str | None, world: World
) -> list[Dated]:
    """Record whether it was accepted; a refusal needs a reason. Raises as ``report`` does."""
    _check(state, on, world, "验收日期")
    latest = max(
        (
            event.occurred_on
            for event in state.history
            if isinstance(event.fact, RectificationReported | RectificationReviewed)
        ),
        default=None,
    )
    check_not_before(on, latest, "验收日期", "最近一次整改报告或验收的日期")
    if not accepted and not reason:
        raise InputRefusedError("整改不予认可须写明理由；请加 --reason。")
    reviewed = RectificationReviewed(accepted=accepted, reason=check_optional(reason, "理由"))
    return [Dated(on, reviewed)]


def extend(state: Accountability, on: date, due_on: date, reason: str, world: World) -> list[Dated]:
    """Extend the deadline, once, before it has passed.

    Raises RuleRefusedError for a second time or too late, InputRefusedError for a date not later than
    the one before, and as ``report`` does.
    """
    owed = _check(state, on, world, "延期日期")
    if state.extended:
        raise RuleRefusedError(
            f"问责 {state.number} 的整改期限已经延长过一次，不能再延长（本单位规定）；"
            "请按期验收，逾期未完成的会列入 xfctl account due。"
        )
    if on > owed.duty.due_on:
        raise RuleRefusedError(
            f"问责 {state.number} 的整改期限 {owed.duty.due_on} 已过，不能再延长；"
            "请用 xfctl account rectify-review 验收，未完成的会列入 xfctl account due。"
        )
    if due_on <= owed.duty.due_on:
        raise InputRefusedError(f"新的期限 {due_on} 不晚于原期限 {owed.duty.due_on}，请核对日期。")
    duty = named(world.clocks[RECTIFICATION], owed.duty.started_on, due_on)
    opens = Opening(RECTIFICATION, owed.owed_by, duty)
    return [Dated(on, RectificationExtended(opens=opens, reason=check_text(reason, "延期理由")))]


def _check(state: Accountability, on: date, world: World, what: str) -> Obligation:
    check_decided(state, on, world, what)
    owed = state.rectification
    if owed is None:
        raise RuleRefusedError(f"问责 {state.number} 的决定没有要求限期整改；请核对编号。")
    if state.rectified_on is not None:
        raise RuleRefusedError(
            f"问责 {state.number} 的整改已于 {state.rectified_on} 通过验收；"
            f"请用 xfctl account show {state.number} 核对。"
        )
    return owed
