"""Contingency plans (预案): each unit's own (细则 9(1)) and the university's (总体预案, 细则 8(3))."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from xfctl.domain.event import Dated, Event, Stored, fact
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_before, check_not_future
from xfctl.errors import InputRefusedError, RuleRefusedError

OVERALL = "overall"
OVERALL_NAME = "学校总体"


@fact("plan.adopted")
class PlanAdopted(Stored, frozen=True, kw_only=True):
    """A version of a plan, dated the day it bears; its file lies with the ledger's attachments.

    ``unit`` is a code, or OVERALL; ``size`` in bytes, ``sha256`` in hexadecimal.
    """

    unit: str
    unit_name: str
    version: str
    name: str
    size: int
    sha256: str


class Plan(Struct, frozen=True):
    """The versions of one plan, in the order of their dates."""

    versions: tuple[tuple[date, PlanAdopted], ...]


def stream_of(unit: str) -> str:
    """The event stream of a unit's plan, or of the overall one."""
    return f"plan/{unit}"


def evolve(state: Plan | None, event: Event) -> Plan:
    """Fold one event into the state of a plan."""
    assert isinstance(event.fact, PlanAdopted), type(event.fact).__name__
    before = state.versions if state else ()
    return Plan((*before, (event.occurred_on, event.fact)))


def adopt(state: Plan | None, entry: PlanAdopted, on: date, world: World) -> list[Dated]:
    """Record a version; versions differ in name and follow each other in date."""
    if entry.unit == OVERALL and entry.unit_name != OVERALL_NAME:
        raise InputRefusedError(f"编号「{OVERALL}」留给学校总体预案；请给这个单位换一个编号。")
    check_not_future(on, world, "预案日期")
    version = check_text(entry.version, "版本", LONGEST_NAME)
    versions = state.versions if state else ()
    if any(each.version == version for _, each in versions):
        raise RuleRefusedError(
            f"{entry.unit_name}的预案已有版本「{version}」；请改写版本，或用 xfctl risk plans 核对。"
        )
    check_not_before(on, versions[-1][0] if versions else None, "预案日期", "上一版日期")
    adopted = PlanAdopted(
        unit=entry.unit,
        unit_name=entry.unit_name,
        version=version,
        name=check_text(entry.name, "文件名", LONGEST_NAME * 2),
        size=entry.size,
        sha256=entry.sha256,
    )
    return [Dated(on, adopted)]
