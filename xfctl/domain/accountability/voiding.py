"""Taking back what was recorded by mistake: the latest record first, never the proposal itself."""

from __future__ import annotations

from xfctl.domain.accountability.facts import (
    DueDateChanged,
    PersonsRevealed,
    Proposed,
    RecordVoided,
)
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.event import Dated, Event
from xfctl.domain.wording import check_text
from xfctl.domain.world import World
from xfctl.errors import RuleRefusedError

# What the program recorded beside the officer's own steps.
_NOT_MADE = (PersonsRevealed, DueDateChanged)


def void_latest(state: Accountability, reason: str, world: World) -> list[Dated]:
    """Void the latest record that counts; what it changed is as it was before.

    Raises RuleRefusedError where only the proposal is left: that one is withdrawn.
    """
    latest = next(each for each in reversed(state.history) if not isinstance(each.fact, _NOT_MADE))
    if isinstance(latest.fact, Proposed):
        raise RuleRefusedError(
            f"问责 {state.number} 只有建议这一条记录；建议有误请用 xfctl account withdraw 撤回。"
        )
    voided = RecordVoided(seq=latest.seq, reason=check_text(reason, "作废理由"))
    return [Dated(world.today, voided)]


def latest_voided(state: Accountability) -> Event:
    """The record that was voided last."""
    voided = [each.fact.seq for each in state.as_recorded if isinstance(each.fact, RecordVoided)]
    return next(each for each in state.as_recorded if each.seq == voided[-1])
