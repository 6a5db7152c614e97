"""The rules of the list of units: adding, changing and merging them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from xfctl.domain.event import Dated
from xfctl.domain.steps.world import World, check_not_before, check_not_future
from xfctl.domain.unit import Unit, UnitAdded, UnitChanged, UnitMerged, UnitRecord
from xfctl.domain.unit_directory import UnitDirectory
from xfctl.domain.wording import LONGEST_NAME, check_number, check_text
from xfctl.errors import InputRefusedError, RuleRefusedError


def add(entry: UnitAdded, on: date, directory: UnitDirectory) -> list[Dated]:
    """Add a unit whose code and name are not taken. Raises InputRefusedError otherwise."""
    entry = replace(
        entry,
        code=check_number(entry.code, "单位编号"),
        name=check_text(entry.name, "单位名称", LONGEST_NAME),
    )
    _check_free(entry.code, entry.name, directory)
    return [Dated(on, entry)]


def change(
    record: UnitRecord, change: UnitChanged, on: date, directory: UnitDirectory, world: World
) -> list[Dated]:
    """Change particulars from a day on; a change that changes nothing is refused."""
    unit = record.unit
    _check_day(record, on, world)
    fresh = _without_same(unit, change)
    if fresh == UnitChanged():
        raise InputRefusedError(
            f"{unit.name}的这些内容本来就是这样，没有要改的；请用 xfctl unit show {unit.present_code} 核对。"
        )
    if fresh.name is not None:
        fresh = replace(fresh, name=check_text(fresh.name, "单位名称", LONGEST_NAME))
    if fresh.code is not None:
        check_number(fresh.code, "单位编号")
    _check_free(fresh.code, fresh.name, directory, but=unit)
    if fresh.parent == unit.code:
        raise InputRefusedError("单位不能是自己的上级单位；请核对 --parent。")
    return [Dated(on, fresh)]


def merge(record: UnitRecord, into: Unit, on: date, world: World) -> list[Dated]:
    """Merge a unit into another; its cases, posts and debts stay its own."""
    _check_day(record, on, world)
    if into.code == record.unit.code:
        raise InputRefusedError("单位不能并入自己；请核对 --into。")
    if into.ceased(on):
        raise RuleRefusedError(
            f"{into.name}自己已于 {into.merged_on} 并入其他单位；请写最后并入的单位。"
        )
    return [Dated(on, UnitMerged(into=into.code))]


def _without_same(unit: Unit, change: UnitChanged) -> UnitChanged:
    """The change without what is as it says already."""
    return UnitChanged(
        name=_if_other(change.name, unit.name),
        code=_if_other(change.code, unit.present_code),
        kind=_if_other(change.kind, unit.kind),
        parent=_if_other(change.parent, unit.parent),
        applies=None if change.applies is unit.applies else change.applies,
        headcount=None if change.headcount == unit.headcount else change.headcount,
    )


def _if_other(wanted: str | None, present: str | None) -> str | None:
    return None if wanted == present else wanted


def _check_day(record: UnitRecord, on: date, world: World) -> None:
    unit = record.unit
    check_not_future(on, world)
    if unit.merged_on is not None:
        raise RuleRefusedError(f"{unit.name}已于 {unit.merged_on} 并入其他单位，不能再改。")
    latest = max((each.on for each in unit.renames), default=None)
    check_not_before(on, latest, "日期", "最近一次更名的日期")


def _check_free(
    code: str | None, name: str | None, directory: UnitDirectory, but: Unit | None = None
) -> None:
    """A code nobody else has or had, and a name nobody else has."""
    found: list[tuple[str | None, str, Callable[[str], Unit | None]]] = [
        (code, "编号", directory.owner_of_code),
        (name, "名称", directory.holder),
    ]
    for word, what, look in found:
        holder = look(word) if word is not None else None
        if holder is not None and (but is None or holder.code != but.code):
            raise InputRefusedError(
                f"单位{what}「{word}」已被 {holder.present_code} {holder.name} 使用；"
                "请换一个，或用 xfctl unit list 核对。"
            )
