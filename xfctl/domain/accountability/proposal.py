"""Proposing accountability, taking the proposal back, and its not being adopted (细则 8(6), 14–18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from xfctl.domain.accountability.checks import (
    check_known,
    check_own,
    check_reach,
    check_rung,
    overridden,
)
from xfctl.domain.accountability.facts import NotAdopted, Person, Proposed, Withdrawn
from xfctl.domain.accountability.people import Answerable
from xfctl.domain.accountability.recommendation import Opened, measures_for, open_rungs
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.case import Case
from xfctl.domain.classification import AccountStage, Nature, Severity
from xfctl.domain.event import Dated
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_before, check_not_future, check_optional
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.ladder import Ladder, Rung, ladder


class Propose(Struct, frozen=True, kw_only=True):
    """What an officer proposes; what is empty or None is filled in from the ladder.

    ``day_in_question`` is the day of the misconduct; ``after`` the number of the accountability
    whose rectification failed.
    """

    on: date
    unit: str
    unit_name: str
    day_in_question: date
    nature: Nature
    basis: str
    tracker: str
    people: Answerable
    situations: tuple[str, ...] = ()
    severity: Severity | None = None
    effect: str | None = None
    cases: tuple[str, ...] = ()
    after: str | None = None
    rung: str | None = None
    measures: tuple[str, ...] = ()
    override: str | None = None


def propose(
    command: Propose,
    number: str,
    persons: Sequence[Person],
    before: Accountability | None,
    matters: Sequence[Case],
    world: World,
) -> list[Dated]:
    """Propose accountability over matters, under the rules of the day in question (细则 22).

    ``before`` is the accountability named by ``after``.

    Raises InputRefusedError where something is missing, RuleRefusedError for what an article
    forbids without a reason to override it.
    """
    check_not_future(command.on, world, "建议日期")
    check_not_before(command.on, command.day_in_question, "建议日期", "行为发生日期")
    for each in matters:
        bound = f"事项 {each.number} 的登记日期"
        check_not_before(command.on, each.registered_on, "建议日期", bound)
    rules = ladder(command.day_in_question)
    _check_told(command, rules)
    unrectified = _unrectified(before, command)
    found = open_rungs(rules, command.situations, command.severity, unrectified)
    opened = [each.rung for each in found]
    rung = _rung(command, opened, rules)
    _check_effect(command, rung, found)
    measures = command.measures or tuple(measures_for(rung, persons)) or rung.measures
    against, override = overridden(
        [
            *check_rung(rung, opened),
            *check_reach(rung, measures, rules),
            *check_own(rung, measures, rules),
        ],
        command.override,
    )
    proposed = Proposed(
        number=number,
        unit=command.unit,
        unit_name=command.unit_name,
        day_in_question=command.day_in_question,
        nature=command.nature,
        rung=rung.key,
        basis=check_text(command.basis, "事实依据"),
        persons=tuple(persons),
        measures=tuple(sorted(set(measures))),
        tracker=check_text(command.tracker, "经办人", LONGEST_NAME),
        situations=tuple(sorted(set(command.situations))),
        severity=command.severity,
        effect=check_optional(command.effect, "后果"),
        cases=tuple(dict.fromkeys(command.cases)),
        after=command.after,
        role_reason=check_optional(command.people.reason, "责任变动理由"),
        against=against,
        override=override,
    )
    return [Dated(command.on, proposed)]


def withdraw(state: Accountability, on: date, reason: str, world: World) -> list[Dated]:
    """Take a proposal back before anyone decided. Raises as ``check_pending`` does."""
    check_pending(state, on, world, "撤回日期")
    return [Dated(on, Withdrawn(reason=check_text(reason, "撤回理由")))]


def not_adopt(
    state: Accountability, on: date, body: str | None, reason: str, world: World
) -> list[Dated]:
    """Record that a body with the power over the measures did not adopt the proposal (细则 14).

    Without a body named it is the only one there is. Raises RuleRefusedError for another body,
    InputRefusedError where one of several must be named, and as ``check_pending`` does.
    """
    check_pending(state, on, world, "决定日期")
    rules = state.rules
    powers = list(
        dict.fromkeys(
            each for key in state.entry.measures for each in rules.measures[key].decided_by
        )
    )
    labels = "或".join(rules.bodies[each].label for each in powers)
    if body is None and len(powers) > 1:
        raise InputRefusedError(f"建议的方式由{labels}决定；请用 --by 写明是哪一个。")
    if body is not None and body not in powers:
        article = "、".join(
            dict.fromkeys(rules.measures[each].powers for each in state.entry.measures)
        )
        raise RuleRefusedError(
            f"建议的方式由{labels}决定，不由{rules.bodies[body].label}决定（{article}）；请核对 --by。"
        )
    refused = NotAdopted(body=body or powers[0], reason=check_text(reason, "不采纳理由"))
    return [Dated(on, refused)]


def check_pending(state: Accountability, on: date, world: World, what: str) -> None:
    """Refuse a step that only a proposal still waiting for its decision may take.

    Raises RuleRefusedError, or InputRefusedError for a date out of order.
    """
    stage = state.stage(world.today)
    if stage is not AccountStage.PROPOSED:
        raise RuleRefusedError(
            f"问责 {state.number} 现在是「{stage.label}」，不再等待决定；"
            f"请用 xfctl account show {state.number} 核对。"
        )
    check_not_future(on, world, what)
    check_not_before(on, state.proposed_on, what, "建议日期")


def _check_told(command: Propose, rules: Ladder) -> None:
    check_known(command.situations, rules.situations, "追究情形")
    check_known(command.measures, rules.measures, "追究方式")
    groups = {rules.situations[each].group for each in command.situations}
    if not command.situations and command.after is None:
        known = "、".join(dict.fromkeys(each.whole_article for each in rules.situations.values()))
        raise InputRefusedError(
            f"没有写明追究情形；请用 --situation 写明是哪一种情形（{known}），"
            "或用 --after 写明未按期整改的问责编号。"
        )
    needing = {
        entry.situations
        for rung in rules.rungs.values()
        for entry in rung.entries
        if entry.situations and entry.severity
    }
    if groups & needing and command.severity is None:
        raise InputRefusedError(
            f"没有写明情节轻重；请用 --severity 写明：{Severity.labels()}（由人判断，依据写在 --effect）。"
        )


def _check_effect(command: Propose, rung: Rung, opened: Sequence[Opened]) -> None:
    """What is grave must be told: by a person's judgement, or where the article itself says so.

    An entry without a severity speaks of situations that are grave as such (细则 15: 严重不良影响).
    """
    if command.effect:
        return
    if command.severity and command.severity is not Severity.LIGHT:
        raise InputRefusedError(f"情节「{command.severity.label}」须写明后果；请加 --effect。")
    met = [entry for each in opened if each.rung == rung for entry in each.entries]
    if any(entry.situations and not entry.severity for entry in met):
        raise InputRefusedError(f"按{rung.article} 追究须写明后果；请加 --effect。")


def _unrectified(before: Accountability | None, command: Propose) -> str | None:
    """The rung whose rectification failed, which alone lets the next one follow it."""
    if before is None:
        return None
    if before.entry.unit != command.unit:
        raise InputRefusedError(
            f"问责 {before.number} 追究的是{before.entry.unit_name}；请核对单位或 --after 的编号。"
        )
    failed = before.failed_on
    if before.stage(command.on) is AccountStage.REVOKED or failed is None or failed > command.on:
        raise RuleRefusedError(
            f"问责 {before.number} 没有逾期未完成的整改，不能据以升级；"
            f"请用 xfctl account show {before.number} 核对。"
        )
    return before.entry.rung


def _rung(command: Propose, opened: Sequence[Rung], rules: Ladder) -> Rung:
    if command.rung is None:
        if not opened:
            rungs = list(rules.rungs.values())
            raise RuleRefusedError(
                f"所写的情形和严重程度不符合{'、'.join(each.article for each in rungs)} "
                f"任何一条的条件；请用 xfctl rule show {rungs[0].key} 等核对条件。"
            )
        return opened[-1]
    if command.rung not in rules.rungs:
        known = "、".join(rules.rungs)
        raise InputRefusedError(f"没有第 {command.rung} 条这一级追究；可以写：{known}。")
    return rules.rungs[command.rung]
