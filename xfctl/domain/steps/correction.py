"""Corrections: a wrong fact is superseded, with a reason; obligations follow, history keeps both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from xfctl.domain.case import Case, evolve
from xfctl.domain.case_facts import (
    CaseFact,
    CaseReceived,
    CaseRegistered,
    DueDateChanged,
    FactCorrected,
)
from xfctl.domain.event import Dated, Event, encode, kind_of
from xfctl.domain.keys import HANDLING, NOTICE, REPLY, feedback_key
from xfctl.domain.lifecycle import Step
from xfctl.domain.obligation import Opening, recount
from xfctl.domain.steps.registration import checked
from xfctl.domain.steps.world import Command, World, check_not_before, check_not_future, facts
from xfctl.domain.wording import check_text
from xfctl.errors import InputRefusedError, RuleRefusedError


@dataclass(frozen=True, kw_only=True)
class CorrectFact(Command):
    """Correct the event ``seq`` of the matter: its date, its unit, or fields of its fact.

    ``on`` is the day of the correction; ``changes`` maps field names to right values.
    """

    step: ClassVar[Step] = Step.CORRECT
    seq: int
    reason: str
    right_date: date | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


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
    return facts(command.on, correction, *_followed(case, correction, command.on, world))


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


def _right_fact(wrong: Event, on: date, changes: Mapping[str, Any], world: World) -> CaseFact:
    assert isinstance(wrong.fact, CaseFact)
    unknown = changes.keys() - vars(wrong.fact).keys()
    if unknown:
        raise InputRefusedError(
            f"这条事件没有「{'、'.join(sorted(unknown))}」可以更正；请核对序号。"
        )
    right = replace(wrong.fact, **changes)
    if isinstance(right, CaseRegistered):
        right = checked(right)
    return replace(
        right, opens=tuple(_moved(each, wrong.occurred_on, on, world) for each in right.opens)
    )


def _moved(opening: Opening, wrong: date, right: date, world: World) -> Opening:
    """A clock that the fact had started on its own day, started on the right day instead."""
    if opening.duty.started_on != wrong:
        return opening
    duty = replace(opening.duty, started_on=right)
    return replace(opening, duty=recount(duty, world.calendar))


def _followed(case: Case, correction: FactCorrected, on: date, world: World) -> list[CaseFact]:
    """What later facts had built on the wrong one: extended periods, debtors, notices."""
    after = evolve(case, Event(0, "", on, "", "", correction))
    opens = (*_debtors(after), *_extended(after, world))
    unreachable = (NOTICE, REPLY) if after.entry.anonymous else ()
    lapses = tuple(key for key in unreachable if after.owes(key))
    if not opens and not lapses:
        return []
    return [DueDateChanged(reason="随更正改变", opens=opens, lapses=lapses)]


def _debtors(case: Case) -> Iterator[Opening]:
    """Feedback owed by the unit that the assignment now names."""
    for each in case.assignments:
        held = case.obligation(feedback_key(each.number))
        if held is not None and held.owed_by != each.unit:
            yield Opening(held.key, each.unit, held.duty)


def _extended(case: Case, world: World) -> Iterator[Opening]:
    """An extended handling period counted from the right day of acceptance."""
    held = case.obligation(HANDLING)
    if held is not None and case.accepted_on not in (None, held.duty.started_on):
        assert case.accepted_on is not None
        duty = replace(held.duty, started_on=case.accepted_on)
        yield Opening(HANDLING, held.owed_by, recount(duty, world.calendar))
