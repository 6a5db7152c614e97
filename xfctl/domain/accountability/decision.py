"""Deciding measures, carrying them out, handing a suspected crime over (细则 14–18)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from xfctl.domain.accountability.checks import (
    Violation,
    check_own,
    check_persons,
    check_powers,
    check_reach,
    overridden,
)
from xfctl.domain.accountability.facts import CarriedOut, Decided, HandedOver, Imposed
from xfctl.domain.accountability.proposal import check_pending
from xfctl.domain.accountability.recommendation import may_have
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.event import Dated
from xfctl.domain.keys import EXPLANATION, RECTIFICATION, SELF_CRITICISM, statement_key
from xfctl.domain.obligation import Opening, named
from xfctl.domain.parameters import award_year
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_before, check_not_future, check_optional
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.ladder import Ladder, Rung


class Decide(Struct, frozen=True, kw_only=True):
    """What was decided: measures (with the persons, if not all), bodies, document, deadlines.

    ``deadlines`` maps a clock to its date: rectification, explanation, self_criticism.
    """

    on: date
    measures: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    document: str | None = None
    deadlines: Mapping[str, date] = field(default_factory=dict)
    override: str | None = None


def decide(state: Accountability, command: Decide, world: World) -> list[Dated]:
    """Record the decision on a proposal; measures and bodies default to the ladder's.

    Raises InputRefusedError where something is missing, RuleRefusedError for what an article
    forbids without a reason to override it.
    """
    check_pending(state, command.on, world, "决定日期")
    rules = state.rules
    rung = rules.rungs[state.entry.rung]
    imposed = _imposed(state, command)
    measures = [each.measure for each in imposed]
    found = [
        *check_reach(rung, measures, rules),
        *check_own(rung, measures, rules),
        *check_powers(imposed, rules),
        *check_persons(rung, imposed, state.entry.persons, rules),
        *_check_rectification(rung, command),
    ]
    against, override = overridden(found, command.override)
    loses = rung.award_lost
    decided = Decided(
        imposed=imposed,
        document=check_optional(command.document, "文号", LONGEST_NAME),
        opens=tuple(openings(state, command.on, command.deadlines, imposed, world)),
        award_year=award_year(world.parameters, command.on) if loses else None,
        award_rests_on=_resting_on(rung, measures) if loses else (),
        against=against,
        override=override,
    )
    return [Dated(command.on, decided)]


def carry_out(
    state: Accountability,
    on: date,
    measure: str,
    persons: tuple[int, ...],
    by: str,
    content: str | None,
    world: World,
) -> list[Dated]:
    """Record that a measure was carried out; without ``persons``, on all who have it.

    For a statement or a self-criticism that means it was handed in and accepted. Raises
    RuleRefusedError where nobody waits for it, InputRefusedError for a date out of order.
    """
    check_decided(state, on, world, "实施日期")
    running = [
        each
        for each in state.sanctions
        if each.measure == measure and each.until is None and each.carried_out_on is None
    ]
    waiting = [each.person for each in running]
    wanted = persons or tuple(waiting)
    wrong = [each for each in wanted if each not in waiting]
    carried = state.rules.measures[measure]
    if wrong or not wanted:
        whom = "、".join(f"第 {each} 人" for each in wrong) or "任何人"
        raise RuleRefusedError(
            f"问责 {state.number} 没有等待对{whom}实施的「{carried.label}」；"
            f"请用 xfctl account show {state.number} 核对。"
        )
    begun = max(each.since for each in running if each.person in wanted)
    check_not_before(on, begun, "实施日期", "决定日期")
    clock = carried.clock
    done = CarriedOut(
        measure=measure,
        by=check_text(by, "实施人", LONGEST_NAME),
        persons=wanted,
        content=check_optional(content, "实施情况"),
        ends=tuple(
            held[-1].key for each in wanted if clock and (held := state.statements(clock, each))
        ),
    )
    return [Dated(on, done)]


def hand_over(state: Accountability, on: date, to: str, content: str, world: World) -> list[Dated]:
    """Record that a suspected crime was handed over (细则 14); measures go on beside it.

    Raises InputRefusedError for a date out of order or missing words.
    """
    check_not_future(on, world, "移送日期")
    check_not_before(on, state.proposed_on, "移送日期", "建议日期")
    handed = HandedOver(
        to=check_text(to, "移送机关", LONGEST_NAME), content=check_text(content, "移送情况")
    )
    return [Dated(on, handed)]


def check_decided(state: Accountability, on: date, world: World, what: str) -> date:
    """The day of the decision. Raises RuleRefusedError if there is none, or nothing is left."""
    if state.decided_on is None or state.revoked_on is not None:
        stage = state.stage(world.today)
        raise RuleRefusedError(
            f"问责 {state.number} 现在是「{stage.label}」，没有有效的决定；"
            f"请用 xfctl account show {state.number} 核对。"
        )
    check_not_future(on, world, what)
    check_not_before(on, state.decided_on, what, "决定日期")
    return state.decided_on


def check_numbers(state: Accountability, numbers: Sequence[int]) -> None:
    """Refuse numbers of persons there are not. Raises InputRefusedError."""
    known = {each.number for each in state.entry.persons}
    for each in numbers:
        if each not in known:
            raise InputRefusedError(
                f"问责 {state.number} 没有第 {each} 人，共 {len(known)} 人；"
                f"请用 xfctl account show {state.number} 核对。"
            )


def impose(
    state: Accountability,
    measures: Mapping[str, tuple[int, ...]],
    bodies: Sequence[str],
) -> tuple[Imposed, ...]:
    """Each measure with its body (of those named, one with the power) and its persons.

    Without numbers a measure is for everyone whom the rung's article lets have it. Raises
    InputRefusedError for a number there is not, or where one of several bodies must be named.
    """
    rules = state.rules
    rung = rules.rungs[state.entry.rung]
    found: list[Imposed] = []
    for measure, numbers in sorted(measures.items()):
        check_numbers(state, numbers)
        fitting = tuple(
            each.number for each in state.entry.persons if may_have(rung, measure, each)
        )
        everyone = tuple(each.number for each in state.entry.persons)
        persons = tuple(sorted(set(numbers))) or fitting or everyone
        # Of several bodies with the power, one that has nothing to decide yet.
        idle = [each for each in bodies if each not in {one.body for one in found}]
        body = _body(measure, [*idle, *bodies], rules)
        found.append(Imposed(measure, body, persons))
    return tuple(found)


def _imposed(state: Accountability, command: Decide) -> tuple[Imposed, ...]:
    measures = command.measures or dict.fromkeys(state.entry.measures, ())
    imposed = impose(state, measures, command.bodies)
    idle = [each for each in command.bodies if each not in {one.body for one in imposed}]
    if idle:
        labels = "、".join(state.rules.bodies[each].label for each in idle)
        raise InputRefusedError(f"所写的方式没有一项由{labels}决定；请核对 --by 和 --measure。")
    return imposed


def _resting_on(rung: Rung, measures: Sequence[str]) -> tuple[str, ...]:
    """The rung's own measures among those decided; all of them where a person overrode that."""
    return tuple(each for each in measures if each in rung.measures) or tuple(measures)


def _body(measure: str, named_bodies: Sequence[str], rules: Ladder) -> str:
    powers = rules.measures[measure].decided_by
    able = [each for each in named_bodies if each in powers]
    if able:
        return able[0]
    if named_bodies:
        return named_bodies[0]
    if len(powers) > 1:
        labels = "或".join(rules.bodies[each].label for each in powers)
        raise InputRefusedError(
            f"「{rules.measures[measure].label}」由{labels}决定；请用 --by 写明是哪一个。"
        )
    return powers[0]


def _check_rectification(rung: Rung, command: Decide) -> Iterator[Violation]:
    """细则 16 and 17 set a time to put things right; the other articles of the ladder set none."""
    given = RECTIFICATION in command.deadlines
    if rung.rectification and not given:
        yield Violation(rung.article, f"{rung.article}须限期整改，没有写明期限（--rectify-by）")
    if given and not rung.rectification:
        yield Violation(
            rung.article, f"{rung.article} 没有规定限期整改，不写整改期限（--rectify-by）"
        )


def openings(
    state: Accountability,
    on: date,
    deadlines: Mapping[str, date],
    imposed: Sequence[Imposed],
    world: World,
) -> Iterator[Opening]:
    """What the unit and the persons now owe, by the dates that a decision of a day names.

    ``deadlines`` maps a clock to its date; what a person owes already needs no new one. What is
    asked for again is a new obligation, beside the one that it replaces. Raises InputRefusedError for
    a date that is missing, needless or before the decision.
    """
    owed: dict[str, list[str]] = {}
    if RECTIFICATION in deadlines:
        owed[RECTIFICATION] = [RECTIFICATION]
    measures = state.rules.measures
    for each in imposed:
        clock = measures[each.measure].clock
        if clock is None:
            continue
        running = all(state.owes_statement(clock, person) for person in each.persons)
        if clock not in deadlines and not running:
            title = world.clocks[clock].title
            raise InputRefusedError(f"没有写明{title}的期限；请加 {_OPTIONS[clock]}。")
        owed.setdefault(clock, []).extend(
            statement_key(clock, person, 1 + len(state.statements(clock, person)))
            for person in each.persons
        )
    for clock, due_on in deadlines.items():
        title = world.clocks[clock].title
        if clock not in owed:
            raise InputRefusedError(
                f"所写的方式不含{title}，不需要它的期限；请去掉 {_OPTIONS[clock]}。"
            )
        check_not_before(due_on, on, f"{title}的期限", "决定日期")
        for key in owed[clock]:
            yield Opening(key, state.entry.unit, named(world.clocks[clock], on, due_on))


_OPTIONS = {
    EXPLANATION: "--explain-by",
    SELF_CRITICISM: "--criticise-by",
    RECTIFICATION: "--rectify-by",
}
