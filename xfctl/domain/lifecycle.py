"""Which steps are legal from which stage: one table, read by the rules, `case show` and the docs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from xfctl.domain import keys
from xfctl.domain.classification import Labelled

if TYPE_CHECKING:
    from xfctl.domain.case import Case


class Stage(Labelled):
    """How far a matter has come; derived from its facts, never stored by itself."""

    REGISTERED = "registered", "已登记"
    ACCEPTED = "accepted", "已受理"
    REFERRED = "referred", "已转送"
    IN_HAND = "in_hand", "交办中"
    FED_BACK = "fed_back", "已反馈"
    OPINED = "opined", "已出意见"
    REPLIED = "replied", "已答复"
    DECLINED = "declined", "不予受理"
    DISMISSED = "dismissed", "不再受理"
    CLOSED = "closed", "已办结"


class Step(Labelled):
    """What an officer may do with a matter, named as the command is."""

    ACCEPT = "accept", "受理"
    DECLINE = "decline", "不予受理"
    DISMISS = "dismiss", "不再受理"
    NOTIFY = "notify", "告知"
    REFER = "refer", "转送"
    ASSIGN = "assign", "交办"
    RECEIVE = "receive", "收件"
    RETURN = "return", "退回"
    FEEDBACK = "feedback", "反馈"
    REVIEW_FEEDBACK = "review-feedback", "审核反馈"
    OPINION = "opinion", "出具意见"
    EXTEND = "extend", "延期"
    REPLY = "reply", "答复"
    EXECUTE = "execute", "执行意见"
    RATE = "rate", "评价"
    REVIEW = "review", "复查复核"
    OBJECT = "object", "提出异议"
    REPORT_UP = "report-up", "报告上级"
    MAJOR = "major", "重大紧急"
    VISIT = "visit", "再次来访"
    LINK = "link", "关联"
    UNLINK = "unlink", "撤销关联"
    ATTACH = "attach", "附件"
    NOTE = "note", "备注"
    ACCUSED = "accused", "登记被反映人"
    FIND_GROUND = "supervise find", "认定督办情形"
    CORRECT = "correct", "更正"
    CLOSE = "close", "办结"
    REOPEN = "reopen", "重启"


_ALL = frozenset(Stage)
ENDED = frozenset({Stage.DECLINED, Stage.DISMISSED, Stage.CLOSED})
_RUNNING = _ALL - ENDED
_BEGUN = frozenset({Stage.REGISTERED, Stage.ACCEPTED, Stage.REFERRED})
_ASSIGNED = frozenset({Stage.IN_HAND, Stage.FED_BACK, Stage.OPINED, Stage.REPLIED})

# What is still owed stays legal after the end, the reply and reviews too: an end discharges
# nothing, and what comes late must still find its place. Only an opinion needs an open matter: a
# dismissal lets its period lapse, a closed matter is opened again for it.
LEGAL_FROM: Mapping[Step, frozenset[Stage]] = MappingProxyType(
    {
        Step.ACCEPT: _RUNNING,
        Step.DECLINE: _BEGUN,
        Step.DISMISS: _RUNNING,
        Step.NOTIFY: _ALL,
        Step.REFER: _BEGUN,
        Step.ASSIGN: _RUNNING,
        Step.RECEIVE: _ASSIGNED,
        Step.RETURN: frozenset({Stage.IN_HAND}),
        Step.FEEDBACK: _ASSIGNED | {Stage.CLOSED, Stage.DISMISSED},
        Step.REVIEW_FEEDBACK: _ASSIGNED | {Stage.CLOSED, Stage.DISMISSED},
        Step.OPINION: _ASSIGNED | {Stage.ACCEPTED, Stage.REFERRED},
        Step.EXTEND: _RUNNING,
        Step.REPLY: _RUNNING | {Stage.CLOSED, Stage.DISMISSED},
        Step.EXECUTE: frozenset({Stage.IN_HAND, Stage.OPINED, Stage.REPLIED})
        | {Stage.CLOSED, Stage.DISMISSED},
        Step.RATE: frozenset({Stage.REPLIED, Stage.CLOSED}),
        Step.REVIEW: frozenset({Stage.IN_HAND, Stage.REPLIED}) | {Stage.CLOSED, Stage.DISMISSED},
        Step.OBJECT: _ALL,
        Step.REPORT_UP: _ALL,
        Step.MAJOR: _ALL,
        Step.VISIT: _ALL,
        Step.LINK: _ALL,
        Step.UNLINK: _ALL,
        Step.ATTACH: _ALL,
        Step.NOTE: _ALL,
        Step.ACCUSED: _ALL,
        Step.FIND_GROUND: _ALL,
        Step.CORRECT: _ALL,
        Step.CLOSE: _ALL - {Stage.CLOSED},
        Step.REOPEN: ENDED,
    }
)


# What ended a matter comes before the furthest thing that happened.
_REACHED: tuple[tuple[Stage, Callable[[Case], bool]], ...] = (
    (Stage.CLOSED, lambda case: case.closed_on is not None),
    (Stage.DECLINED, lambda case: case.declined_on is not None),
    (Stage.DISMISSED, lambda case: case.dismissed_on is not None),
    (Stage.IN_HAND, lambda case: any(not case.written_feedback(n.number) for n in case.active)),
    (Stage.REPLIED, lambda case: case.replied_on is not None),
    (Stage.OPINED, lambda case: case.opinion is not None),
    (Stage.FED_BACK, lambda case: bool(case.active)),
    (Stage.REFERRED, lambda case: case.referred_on is not None),
    (Stage.ACCEPTED, lambda case: case.accepted_on is not None),
    (Stage.REGISTERED, lambda case: True),
)


def stage_of(case: Case) -> Stage:
    """How far the matter has come."""
    return next(stage for stage, reached in _REACHED if reached(case))


def only_referred(case: Case) -> bool:
    """Whether it was passed on and never accepted: no opinion is this office's to record."""
    return stage_of(case) is Stage.REFERRED and case.accepted_on is None


def next_steps(case: Case, on: date) -> tuple[Step, ...]:
    """The steps that are legal on a day and have something to act on, in the order of the table."""
    stage = stage_of(case)

    def may(key: str) -> bool:
        """Whether what is only possible until a last day still is."""
        held = case.obligation(key)
        return held is not None and held.discharged_on is None and on <= held.duty.due_on

    pointless = {
        Step.ACCEPT: case.accepted_on is not None,
        Step.DECLINE: case.accepted_on is not None,
        Step.NOTIFY: case.decided_on is None or not case.owes(keys.NOTICE),
        Step.RECEIVE: all(each.received_on for each in case.active),
        Step.FEEDBACK: not case.active,
        Step.REVIEW_FEEDBACK: not case.unreviewed,
        Step.OPINION: case.opinion is not None or only_referred(case),
        Step.EXTEND: case.extension is not None or not may(keys.HANDLING),
        Step.EXECUTE: not case.owes(keys.EXECUTION),
        Step.REVIEW: not any(map(case.owes, keys.REVIEW_DECISIONS))
        and not any(map(may, keys.REVIEW_REQUESTS)),
        Step.OBJECT: not may(keys.OBJECTION),
        Step.REPORT_UP: case.entry.superior is None,
        Step.UNLINK: not case.links,
        Step.ACCUSED: not case.accusation,
    }
    return tuple(
        step
        for step, stages in LEGAL_FROM.items()
        if stage in stages and not pointless.get(step, False)
    )
