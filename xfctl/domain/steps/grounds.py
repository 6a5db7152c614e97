"""Grounds that a person must judge, established with evidence (细则 11(3), (4), (5), (7))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xfctl.domain.case import Case
from xfctl.domain.case_facts import GroundFound
from xfctl.domain.classification import Evasion, Ground
from xfctl.domain.event import Dated
from xfctl.domain.lifecycle import Step
from xfctl.domain.steps.world import Command, World, facts
from xfctl.domain.wording import check_text
from xfctl.errors import InputRefusedError, RuleRefusedError

JUDGED = (Ground.EVASION, Ground.OPINION_EVADES, Ground.NOT_EXECUTED, Ground.OTHER)


@dataclass(frozen=True, kw_only=True)
class FindGround(Command):
    """Establish a ground against a unit."""

    step: ClassVar[Step] = Step.FIND_GROUND
    ground: Ground
    unit: str
    evidence: str
    evasion: Evasion | None = None


def find_ground(command: FindGround, case: Case, world: World) -> list[Dated]:
    """Record a ground; the others are computed from the facts and are not typed in."""
    if command.ground not in JUDGED:
        known = "、".join(each.article for each in JUDGED)
        raise InputRefusedError(
            f"{command.ground.article}由账本中的事实自动得出，不必录入；可以录入：{known}。"
        )
    if (command.ground is Ground.EVASION) != (command.evasion is not None):
        raise InputRefusedError(
            f"细则 11(3) 须写明是{Evasion.labels()}中的哪一种，其他情形不写；请核对 --evasion。"
        )
    if command.ground in (Ground.OPINION_EVADES, Ground.NOT_EXECUTED) and case.opinion is None:
        raise RuleRefusedError(
            f"事项 {case.number} 还没有处理意见，不能认定{command.ground.article}；请先用 xfctl case opinion 记录意见。"
        )
    found = GroundFound(
        ground=command.ground,
        unit=command.unit,
        evidence=check_text(command.evidence, "依据"),
        evasion=command.evasion,
    )
    return facts(command.on, found)
