"""Taking a matter in (登记), and what is owed from that day on."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseRegistered, Superior
from xfctl.domain.event import Dated
from xfctl.domain.keys import NOTICE, OBJECTION, SUPERIOR_REPORT
from xfctl.domain.obligation import OFFICE, Opening, named
from xfctl.domain.wording import LONGEST_NAME, check_number, check_text
from xfctl.domain.world import World, check_not_future, check_optional, check_persons, facts
from xfctl.errors import InputRefusedError


def register(
    existing: Case | None, entry: CaseRegistered, on: date, world: World, *, tracked: bool = True
) -> list[Dated]:
    """Take a new matter in (细则 6: registration, and a first responder who is named).

    ``tracked`` is False for registers that do not tell of acceptance: no notice is then owed.
    """
    if existing is not None:
        raise InputRefusedError(
            f"编号 {entry.number} 已在 {existing.registered_on} 登记过；"
            f"请换一个编号，或用 xfctl case show {entry.number} 查看原事项。"
        )
    check_not_future(on, world, "登记日期")
    entry = checked(entry)
    return facts(on, replace(entry, opens=_owed(entry, on, world, tracked=tracked)))


def checked(entry: CaseRegistered) -> CaseRegistered:
    """The entry with its words checked and trimmed; the first responder is never empty (细则 6)."""
    check_number(entry.number)
    check_persons(entry.persons)
    return replace(
        entry,
        summary=check_text(entry.summary, "事项"),
        first_responder=check_text(entry.first_responder, "首问责任人", LONGEST_NAME),
        category=check_optional(entry.category, "问题类别", LONGEST_NAME),
        demand=check_optional(entry.demand, "诉求"),
        superior=_checked_superior(entry.superior),
        note=check_optional(entry.note, "备注"),
    )


def _checked_superior(superior: Superior | None) -> Superior | None:
    if superior is None:
        return None
    return Superior(
        check_text(superior.body, "上级单位", LONGEST_NAME),
        check_optional(superior.document, "来文号", LONGEST_NAME),
        superior.due_on,
    )


def _owed(entry: CaseRegistered, on: date, world: World, *, tracked: bool) -> tuple[Opening, ...]:
    """The notice of 条例 22–23 unless nobody can be told; report and objection to a superior."""
    owed = []
    if tracked and entry.contactable and not entry.anonymous and world.clocks[NOTICE].holds(on):
        owed.append(Opening(NOTICE, OFFICE, world.duty(NOTICE, on)))
    if entry.superior is not None:
        if world.clocks[OBJECTION].holds(on):
            owed.append(Opening(OBJECTION, OFFICE, world.duty(OBJECTION, on)))
        if entry.superior.due_on is not None:
            report = named(world.clocks[SUPERIOR_REPORT], on, entry.superior.due_on)
            owed.append(Opening(SUPERIOR_REPORT, OFFICE, report))
    return tuple(owed)
