"""Which steps are legal from which stage: one table, read by the rules, `case show` and the docs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from xfctl.domain.case import Case


class Stage(StrEnum):
    """How far a matter has come; derived from its facts, never stored by itself."""

    REGISTERED = "registered"
    IN_HAND = "in_hand"
    FED_BACK = "fed_back"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage as officers read it."""
        return _STAGE_LABELS[self]


class Step(StrEnum):
    """What an officer may do with a matter, named as the command is."""

    ASSIGN = "assign"
    RECEIVE = "receive"
    FEEDBACK = "feedback"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """The step as officers read it."""
        return _STEP_LABELS[self]


_STAGE_LABELS = {
    Stage.REGISTERED: "已登记",
    Stage.IN_HAND: "交办中",
    Stage.FED_BACK: "已反馈",
    Stage.CLOSED: "已办结",
}
_STEP_LABELS = {
    Step.ASSIGN: "交办",
    Step.RECEIVE: "收件",
    Step.FEEDBACK: "反馈",
    Step.CLOSE: "办结",
}

# Feedback stays legal after closing: closing a matter does not discharge the duty to report
# (细则 11(1)), and the late report must still find its place.
LEGAL_FROM: Mapping[Step, frozenset[Stage]] = MappingProxyType(
    {
        Step.ASSIGN: frozenset({Stage.REGISTERED, Stage.IN_HAND, Stage.FED_BACK}),
        Step.RECEIVE: frozenset({Stage.IN_HAND, Stage.FED_BACK}),
        Step.FEEDBACK: frozenset({Stage.IN_HAND, Stage.FED_BACK, Stage.CLOSED}),
        Step.CLOSE: frozenset({Stage.REGISTERED, Stage.IN_HAND, Stage.FED_BACK}),
    }
)


def stage_of(case: Case) -> Stage:
    """How far the matter has come."""
    if case.closed_on is not None:
        return Stage.CLOSED
    if not case.assignments:
        return Stage.REGISTERED
    answered = all(case.written_feedback(each.number) for each in case.assignments)
    return Stage.FED_BACK if answered else Stage.IN_HAND


def next_steps(case: Case) -> tuple[Step, ...]:
    """The steps that are legal now, in the order of the table.

    Receipt is left out once every assignment has one, feedback where nothing was assigned.
    """
    steps = [step for step, stages in LEGAL_FROM.items() if stage_of(case) in stages]
    if all(each.received_on for each in case.assignments) and Step.RECEIVE in steps:
        steps.remove(Step.RECEIVE)
    if not case.assignments and Step.FEEDBACK in steps:
        steps.remove(Step.FEEDBACK)
    return tuple(steps)
