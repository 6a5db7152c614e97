"""Grounds that a person must judge, established with evidence (细则 11(3), (4), (5), (7))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xfctl.domain.case import Case
from xfctl.domain.case_facts import GroundFound, OpinionDelivered
from xfctl.domain.classification import Evasion, Ground
from xfctl.domain.event import Dated
from xfctl.domain.keys import EXECUTION
from xfctl.domain.lifecycle import Step
from xfctl.domain.wording import check_text
from xfctl.domain.world import Command, World, check_not_before, facts
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
    if command.ground in (Ground.OPINION_EVADES, Ground.NOT_EXECUTED):
        _check_opinion(command, case)
    found = GroundFound(
        ground=command.ground,
        unit=command.unit,
        evidence=check_text(command.evidence, "依据"),
        evasion=command.evasion,
    )
    return facts(command.on, found)


def _check_opinion(command: FindGround, case: Case) -> None:
    """Grounds (4) and (5) speak of an opinion given before; (5) of one not yet carried out."""
    given = [e.occurred_on for e in case.history if isinstance(e.fact, OpinionDelivered)]
    if not given:
        raise RuleRefusedError(
            f"事项 {case.number} 还没有处理意见，不能认定{command.ground.article}；请先用 xfctl case opinion 记录意见。"
        )
    check_not_before(command.on, given[-1], "认定日期", "处理意见日期")
    owed = case.obligation(EXECUTION)
    if command.ground is Ground.NOT_EXECUTED and owed and not owed.is_open(command.on):
        how = "认可不执行的理由" if owed.lapsed else "执行处理意见"
        raise RuleRefusedError(
            f"事项 {case.number} 已于 {owed.discharged_on} {how}，"
            f"不能再认定{command.ground.article}；请用 xfctl case show {case.number} 核对。"
        )
