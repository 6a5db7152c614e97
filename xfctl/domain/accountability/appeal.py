"""Appeals (申诉, 细则 20): in writing, taken in, decided; the measure stays in force meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from xfctl.domain.accountability.checks import (
    check_persons,
    check_powers,
    check_reach,
    overridden,
)
from xfctl.domain.accountability.decision import check_decided, check_numbers, impose, openings
from xfctl.domain.accountability.facts import (
    AppealAccepted,
    AppealDecided,
    Appealed,
    DueDateChanged,
    Imposed,
)
from xfctl.domain.accountability.state import Accountability, Appeal
from xfctl.domain.classification import AppealResult
from xfctl.domain.event import Dated
from xfctl.domain.keys import APPEAL, RECTIFICATION, person_of
from xfctl.domain.obligation import Opening, named, recounted
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_before, check_not_future, check_optional
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.workdays.calendar import Calendar


def file_appeal(
    state: Accountability, on: date, persons: Sequence[int], content: str, world: World
) -> list[Dated]:
    """Record a written appeal of persons with a measure in force; all of them by default.

    Raises RuleRefusedError for a person without a measure in force or with an appeal still running,
    InputRefusedError for a number there is not or a date out of order.
    """
    check_decided(state, on, world, "申诉日期")
    check_numbers(state, persons)
    bound = sorted({each.person for each in state.sanctions if each.until is None})
    wanted = tuple(sorted(set(persons))) or tuple(bound)
    running = {
        person for each in state.appeals if each.decided_on is None for person in each.fact.persons
    }
    for person in wanted:
        if person not in bound:
            raise RuleRefusedError(
                f"问责 {state.number} 的第 {person} 人没有有效的追究方式，不能申诉；"
                f"请用 xfctl account show {state.number} 核对。"
            )
        if person in running:
            raise RuleRefusedError(
                f"问责 {state.number} 的第 {person} 人已有一件申诉还没有决定；"
                "请先用 xfctl account appeal-decide 记录其决定。"
            )
    begun = max(
        each.since for each in state.sanctions if each.until is None and each.person in wanted
    )
    check_not_before(on, begun, "申诉日期", "所申诉的决定的日期")
    number = len(state.appeals) + 1
    filed = Appealed(appeal=number, persons=wanted, content=check_text(content, "申诉理由"))
    return [Dated(on, filed)]


def accept_appeal(
    state: Accountability,
    on: date,
    appeal: int | None,
    body: str,
    due_on: date | None,
    world: World,
) -> list[Dated]:
    """Record that a body took an appeal in, and by when it is to decide.

    Without a date of its own the deadline is the office's parameter: 细则 20 names none. Raises
    RuleRefusedError where none waits, InputRefusedError where several do or a date is out of order.
    """
    found = _the_appeal(state, appeal, taken_in=False)
    check_not_future(on, world, "受理日期")
    check_not_before(on, found.filed_on, "受理日期", "申诉日期")
    if due_on is not None:
        check_not_before(due_on, on, "申诉处理期限", "受理日期")
        duty = named(world.clocks[APPEAL], on, due_on)
    else:
        duty = world.duty(APPEAL, on)
    number, taken_by = found.fact.appeal, check_text(body, "受理部门", LONGEST_NAME)
    accepted = AppealAccepted(
        appeal=number,
        body=taken_by,
        opens=Opening(f"{APPEAL}/{number}", taken_by, duty),
    )
    return [Dated(on, accepted)]


class DecideAppeal(Struct, frozen=True, kw_only=True):
    """What came of an appeal; ``measures`` replace the appellants' where it was varied."""

    on: date
    result: AppealResult
    reason: str
    appeal: int | None = None
    document: str | None = None
    measures: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    deadlines: Mapping[str, date] = field(default_factory=dict)
    override: str | None = None


def decide_appeal(state: Accountability, command: DecideAppeal, world: World) -> list[Dated]:
    """Record the decision on an appeal; ``measures`` replace the appellants' where varied.

    Raises InputRefusedError where something is missing, out of order or not the appellants' own,
    RuleRefusedError where none waits, or for what an article forbids without a reason to override it.
    """
    found = _the_appeal(state, command.appeal, taken_in=True)
    check_not_future(command.on, world, "决定日期")
    check_not_before(command.on, found.accepted_on, "决定日期", "受理日期")
    if (command.result is AppealResult.VARIED) != bool(command.measures):
        raise InputRefusedError(
            "变更决定须用 --measure 写明变更后的方式；维持和撤销不写 --measure。"
        )
    rules = state.rules
    rung = rules.rungs[state.entry.rung]
    whole = {each: numbers or found.fact.persons for each, numbers in command.measures.items()}
    imposed = impose(state, whole, command.bodies)
    _check_appellants(imposed, found)
    against, override = overridden(
        [
            *check_reach(rung, list(command.measures), rules),
            *check_powers(imposed, rules),
            *check_persons(rung, imposed, state.entry.persons, rules),
        ],
        command.override,
    )
    left = _left_in_force(state, found, command.result, imposed)
    opens = tuple(openings(state, command.on, command.deadlines, imposed, world))
    rests_on = state.decision.award_rests_on if state.decision else ()
    losing = state.decision is not None and state.decision.award_year is not None
    decided = AppealDecided(
        appeal=found.fact.appeal,
        body=_body_of(state, found),
        result=command.result,
        reason=check_text(command.reason, "申诉决定理由"),
        document=check_optional(command.document, "文号", LONGEST_NAME),
        imposed=imposed,
        opens=opens,
        ends_award=losing
        and state.award_until is None
        and not any(measure in rests_on for measure, _ in left),
        lapses=_lapsing(state, left, opens),
        against=against,
        override=override,
    )
    return [Dated(command.on, decided)]


def recount_open(state: Accountability, calendar: Calendar, reason: str, on: date) -> list[Dated]:
    """The open deadlines counted on another calendar, where that differs."""
    moved = recounted(state.obligations, calendar)
    return [Dated(on, DueDateChanged(opens=moved, reason=reason))] if moved else []


def _body_of(state: Accountability, appeal: Appeal) -> str:
    """The body that took the appeal in."""
    return next(
        event.fact.body
        for event in state.history
        if isinstance(event.fact, AppealAccepted) and event.fact.appeal == appeal.fact.appeal
    )


def _the_appeal(state: Accountability, number: int | None, *, taken_in: bool) -> Appeal:
    """The appeal meant: of that number, or the only one waiting for the step."""
    waiting = [
        each
        for each in state.appeals
        if each.decided_on is None
        and (each.accepted_on is not None) == taken_in
        and number in (None, each.fact.appeal)
    ]
    if not waiting:
        what = "等待决定" if taken_in else "等待受理"
        raise RuleRefusedError(
            f"问责 {state.number} 没有{what}的申诉；请用 xfctl account show {state.number} 核对。"
        )
    if len(waiting) > 1:
        raise InputRefusedError(f"问责 {state.number} 有几件申诉；请用 --appeal 写明是第几件。")
    return waiting[0]


def _check_appellants(imposed: Sequence[Imposed], appeal: Appeal) -> None:
    for each in imposed:
        others = [number for number in each.persons if number not in appeal.fact.persons]
        if others:
            raise InputRefusedError(
                f"第 {others[0]} 人没有提出这件申诉，不能变更其追究方式；请核对 --measure 的序号。"
            )


def _left_in_force(
    state: Accountability, appeal: Appeal, result: AppealResult, imposed: Sequence[Imposed]
) -> set[tuple[str, int]]:
    """Which measures are in force on whom after the decision."""
    before = {(each.measure, each.person) for each in state.sanctions if each.until is None}
    if result is AppealResult.UPHELD:
        return before
    kept = {pair for pair in before if pair[1] not in appeal.fact.persons}
    return kept | {(each.measure, person) for each in imposed for person in each.persons}


def _lapsing(
    state: Accountability, left: set[tuple[str, int]], opens: Sequence[Opening]
) -> tuple[str, ...]:
    """What is open and owed for a measure that is gone or asked for again, or for nothing left."""
    measures = state.rules.measures
    still: set[tuple[str | None, int | None]] = {
        (measures[measure].clock, person) for measure, person in left
    }
    still -= {(each.duty.clock, person_of(each.key)) for each in opens}
    if left:
        still.add((RECTIFICATION, None))
    return tuple(
        each.key
        for each in state.obligations
        if each.discharged_on is None
        and each.duty.clock != APPEAL
        and (each.duty.clock, person_of(each.key)) not in still
    )
