"""Corrections: a wrong fact is superseded, with a reason; obligations follow, history keeps both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from msgspec import field
from msgspec.structs import replace

from xfctl.domain.case import Case, evolve
from xfctl.domain.case_facts import (
    CaseFact,
    CaseReceived,
    CaseRegistered,
    DueDateChanged,
    FactCorrected,
)
from xfctl.domain.event import Dated, Event, encode, kind_of
from xfctl.domain.lifecycle import Step
from xfctl.domain.steps.followed import followed, moved
from xfctl.domain.steps.registration import checked
from xfctl.domain.wording import check_text
from xfctl.domain.world import Command, World, check_not_before, check_not_future, facts
from xfctl.errors import InputRefusedError, RuleRefusedError


class CorrectFact(Command, frozen=True, kw_only=True):
    """Correct the event ``seq`` of the matter: its date, its unit, or fields of its fact.

    ``on`` is the day of the correction; ``changes`` maps field names to right values.
    """

    step: ClassVar[Step] = Step.CORRECT
    seq: int
    reason: str
    right_date: date | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


# What holds a matter together: by which it is found, and what the rules themselves have fixed.
_FIXED = frozenset(
    {
        *("number", "petitioner", "signatories", "accused", "assignment"),
        *("opens", "ends", "lapses"),
    }
)

# What the officer calls the fields that a correction may change.
_NAMES = {
    "summary": "事项",
    "channel": "信访形式",
    "purpose": "信访目的",
    "category": "问题类别",
    "persons": "人数",
    "content": "内容",
    "unit": "责任单位",
    "unit_name": "责任单位",
    "involved": "涉及单位",
}


def correct(command: CorrectFact, case: Case, world: World) -> list[Dated]:
    """Supersede a fact where it stood, and count anew the clocks that it had started."""
    wrong = _event(case, command.seq)
    on = command.right_date or wrong.occurred_on
    _check_order(case, wrong, on, world)
    right = _right_fact(wrong, on, command.changes, world)
    if right == wrong.fact and on == wrong.occurred_on:
        raise InputRefusedError(
            f"第 {command.seq} 条事件没有要更正的内容；请写明正确的日期或内容。"
        )
    correction = FactCorrected(
        seq=command.seq,
        kind=kind_of(right),
        on=on,
        payload=json.dumps(encode(right), ensure_ascii=False, sort_keys=True),
        reason=check_text(command.reason, "更正理由"),
    )
    after = evolve(case, Event(0, "", command.on, "", "", correction))
    _check_steps_in_order(case, after)
    return facts(command.on, correction, *followed(case, after, world))


def _event(case: Case, seq: int) -> Event:
    for event in case.history:
        if event.seq == seq:
            if isinstance(event.fact, FactCorrected | DueDateChanged):
                break
            return event
    raise InputRefusedError(
        f"事项 {case.number} 没有可以更正的第 {seq} 条事件；请用 xfctl log {case.number} 核对序号。"
    )


def _check_order(case: Case, wrong: Event, on: date, world: World) -> None:
    """A right date may not lie in the future, nor turn the order of the matter around."""
    check_not_future(on, world)
    if isinstance(wrong.fact, CaseRegistered):
        later = [each for each in case.history[1:] if each.occurred_on < on]
        if later:
            raise RuleRefusedError(
                f"登记日期 {on} 晚于后来的步骤（{later[0].occurred_on}）；请先更正那一步。"
            )
        return
    check_not_before(on, case.registered_on, "日期", "登记日期")
    if isinstance(wrong.fact, CaseReceived):
        assigned = case.assignment(wrong.fact.assignment).assigned_on
        check_not_before(on, assigned, "收件日期", "交办日期")


def _check_steps_in_order(before: Case, after: Case) -> None:
    """Assigned, received, reported or returned; accepted, then the opinion: in that order still."""
    known = set(_pairs(before))
    for pair in _pairs(after):
        first, earlier, then, later = pair
        if pair not in known and earlier and later and later < earlier:
            raise RuleRefusedError(
                f"更正后{then}日期 {later} 早于{first}日期 {earlier}；请先更正那一步，或核对日期。"
            )


def _pairs(case: Case) -> Iterator[tuple[str, date | None, str, date | None]]:
    for each in case.assignments:
        yield "交办", each.assigned_on, "收件", each.received_on
        taken = ("收件", each.received_on) if each.received_on else ("交办", each.assigned_on)
        yield *taken, "退回", each.returned_on
        for report in case.feedbacks:
            if report.assignment == each.number:
                yield *taken, "反馈", report.given_on
    yield "受理", case.accepted_on, "意见", case.opinion_on


def _right_fact(wrong: Event, on: date, changes: Mapping[str, Any], world: World) -> CaseFact:
    assert isinstance(wrong.fact, CaseFact)
    unknown = [
        name for name in changes if name in _FIXED or name not in wrong.fact.__struct_fields__
    ]
    if unknown:
        names = "、".join(dict.fromkeys(_NAMES.get(each, each) for each in unknown))
        raise InputRefusedError(f"第 {wrong.seq} 条事件没有「{names}」可以更正；请核对序号。")
    right = replace(wrong.fact, **changes)
    if isinstance(right, CaseRegistered):
        right = checked(right)
    return replace(
        right,
        opens=tuple(moved(right, each, wrong.occurred_on, on, world) for each in right.opens),
    )
