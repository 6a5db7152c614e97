"""The rules of the list of units: adding, changing and merging them."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from xfctl.domain.event import Dated
from xfctl.domain.obligation import DEBTOR_NAMES
from xfctl.domain.unit import Unit, UnitAdded, UnitChanged, UnitMerged, UnitRecord
from xfctl.domain.unit_directory import UnitDirectory
from xfctl.domain.wording import LONGEST_NAME, check_number, check_text
from xfctl.domain.world import World, check_not_before, check_not_future
from xfctl.errors import InputRefusedError, RuleRefusedError

MOST_STAFF = 1_000_000


def add(entry: UnitAdded, on: date, directory: UnitDirectory) -> list[Dated]:
    """Add a unit whose code and name are not taken. Raises InputRefusedError otherwise."""
    entry = replace(
        entry,
        code=_checked_code(entry.code),
        name=check_text(entry.name, "单位名称", LONGEST_NAME),
        kind=_checked(entry.kind, "单位类别"),
        former_names=tuple(check_text(each, "曾用名", LONGEST_NAME) for each in entry.former_names),
    )
    _check_headcount(entry.headcount)
    _check_free(entry.code, entry.name, directory)
    return [Dated(on, entry)]


def change(
    record: UnitRecord, change: UnitChanged, on: date, directory: UnitDirectory, world: World
) -> list[Dated]:
    """Change particulars from a day on; a change that changes nothing is refused."""
    unit = record.unit
    _check_day(record, on, world)
    wanted = replace(
        change,
        name=_checked(change.name, "单位名称"),
        kind=_checked(change.kind, "单位类别"),
    )
    fresh = _without_same(unit, wanted)
    if fresh == UnitChanged():
        raise InputRefusedError(
            f"{unit.name}没有要改的：没有写新的内容，或与现在的相同；请用 xfctl unit show {unit.present_code} 核对。"
        )
    if fresh.code is not None:
        _checked_code(fresh.code)
    _check_headcount(fresh.headcount)
    _check_free(fresh.code, fresh.name, directory, but=unit)
    if fresh.parent is not None:
        _check_above(unit, directory.by_code(fresh.parent), on, directory)
    return [Dated(on, fresh)]


def merge(record: UnitRecord, into: Unit, on: date, world: World) -> list[Dated]:
    """Merge a unit into another; its cases, posts and debts stay its own."""
    _check_day(record, on, world)
    if into.code == record.unit.code:
        raise InputRefusedError("单位不能并入自己；请核对 --into。")
    if into.merged_on is not None:
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


def _check_above(unit: Unit, parent: Unit, on: date, directory: UnitDirectory) -> None:
    """A parent must still be a unit of its own, and not stand below the unit itself."""
    directory.acting(parent.code, on)
    above: Unit | None = parent
    while above is not None:
        if above.code == unit.code:
            raise InputRefusedError(
                "单位不能是自己的上级单位，也不能归自己的下级单位管；请核对上级单位。"
            )
        above = directory.by_code(above.parent) if above.parent else None


def _checked_code(code: str) -> str:
    """A code that is none of the words by which a deadline says that no unit owes it."""
    if code in DEBTOR_NAMES:
        raise InputRefusedError(
            f"单位编号「{code}」是程序自用的，表示{DEBTOR_NAMES[code]}；请换一个编号。"
        )
    return check_number(code, "单位编号")


def _checked(text: str | None, what: str) -> str | None:
    return None if text is None else check_text(text, what, LONGEST_NAME)


def _check_headcount(headcount: int | None) -> None:
    if headcount is not None and not 1 <= headcount <= MOST_STAFF:
        raise InputRefusedError(f"教职工人数 {headcount} 不对；请填写 1 至 {MOST_STAFF} 的整数。")


def _if_other(wanted: str | None, present: str | None) -> str | None:
    return None if wanted == present else wanted


def _check_day(record: UnitRecord, on: date, world: World) -> None:
    unit = record.unit
    check_not_future(on, world)
    if unit.merged_on is not None:
        raise RuleRefusedError(
            f"{unit.name}已于 {unit.merged_on} 并入其他单位，不能再改；请改并入后的单位。"
        )
    latest = max((each.on for each in unit.renames), default=None)
    check_not_before(on, latest, "日期", "最近一次更名的日期")


def _check_free(
    code: str | None, name: str | None, directory: UnitDirectory, but: Unit | None = None
) -> None:
    """A code or a name nobody else has, nor had as a code."""
    for word, what in ((code, "编号"), (name, "名称")):
        holder = directory.owner(word) if word is not None else None
        if holder is not None and (but is None or holder.code != but.code):
            raise InputRefusedError(
                f"单位{what}「{word}」已被 {holder.present_code} {holder.name} 使用；"
                "请换一个，或用 xfctl unit list 核对。"
            )
