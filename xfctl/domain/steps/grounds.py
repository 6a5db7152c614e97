"""Grounds that a person must judge, established with evidence (细则 11(3), (4), (5), (7))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.domain.case import Case
from xfctl.domain.case_facts import GroundFound
from xfctl.domain.event import Dated
from xfctl.domain.lifecycle import Step
from xfctl.domain.wording import check_text, plain, quoted
from xfctl.domain.world import Command, World, check_not_before, facts
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.grounds import Ground, Manner


class FindGround(Command, frozen=True, kw_only=True):
    """Establish a ground against a unit; ``ground`` and ``evasion`` are words that name them."""

    step: ClassVar[Step] = Step.FIND_GROUND
    ground: str
    unit: str
    evidence: str
    evasion: str | None = None


def ground_named(text: str, known: Mapping[str, Ground]) -> Ground:
    """The ground a number, an article or a title names. Raises InputRefusedError."""
    wanted = plain(text)
    for each in known.values():
        if wanted in map(plain, (each.key, each.title, each.article, each.cited)):
            return each
    titles = "、".join(f"{each.key} {each.title}" for each in known.values())
    raise InputRefusedError(f"不认识督办情形{quoted(text)}；可以用：{titles}。")


def find_ground(command: FindGround, case: Case, world: World) -> list[Dated]:
    """Record a ground; the others are computed from the facts and are not typed in."""
    ground = ground_named(command.ground, world.grounds)
    if "recorded" not in ground.ways:
        judged = (each.article for each in world.grounds.values() if "recorded" in each.ways)
        raise InputRefusedError(
            f"{ground.article}由账本中的事实自动得出，不必录入；可以录入：{'、'.join(judged)}。"
        )
    manner = _manner(command, ground, world.grounds)
    _check_day(command, ground)
    if ground.after_opinion:
        _check_opinion(command, ground, case)
    found = GroundFound(
        ground=ground.key,
        unit=command.unit,
        evidence=check_text(command.evidence, "依据"),
        evasion=manner.key if manner else None,
    )
    return facts(command.on, found)


def _manner(command: FindGround, ground: Ground, known: Mapping[str, Ground]) -> Manner | None:
    """Which of the ground's manners is meant; one must be named where there are any."""
    if command.evasion is None and not ground.manners:
        return None
    if command.evasion is None or not ground.manners:
        told = "；".join(
            f"{each.article} 须写明是{_labels(each)}中的哪一种"
            for each in known.values()
            if each.manners
        )
        raise InputRefusedError(f"{told}，其他情形不写；请核对 --evasion。")
    wanted = plain(command.evasion)
    for each in ground.manners:
        if wanted in map(plain, (each.key, each.label)):
            return each
    raise InputRefusedError(f"不认识情形{quoted(command.evasion)}；可以用：{_labels(ground)}。")


def _labels(ground: Ground) -> str:
    return "、".join(each.label for each in ground.manners)


def _check_day(command: FindGround, ground: Ground) -> None:
    """Nobody may record a ground that was not yet, or no longer, the law of the day (细则 22)."""
    if not ground.in_force(command.on):
        raise RuleRefusedError(
            f"{ground.article}「{ground.title}」在 {command.on} 不是有效的督办情形；"
            "请核对日期，或用 xfctl rule show 查看施行日期。"
        )


def _check_opinion(command: FindGround, ground: Ground, case: Case) -> None:
    """Grounds (4) and (5) speak of an opinion given before; (5) of one not yet carried out."""
    if case.opinion_on is None:
        raise RuleRefusedError(
            f"事项 {case.number} 还没有处理意见，不能认定{ground.article}；请先用 xfctl case opinion 记录意见。"
        )
    check_not_before(command.on, case.opinion_on, "认定日期", "处理意见日期")
    owed = case.obligation(ground.overdue.clock) if ground.overdue else None
    if owed and not owed.is_open(command.on):
        how = "认可不执行的理由" if owed.lapsed else "执行处理意见"
        raise RuleRefusedError(
            f"事项 {case.number} 已于 {owed.discharged_on} {how}，"
            f"不能再认定{ground.article}；请用 xfctl case show {case.number} 核对。"
        )
