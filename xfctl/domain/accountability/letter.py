"""The letter that tells a unit of a decision (细则 14–17); names only as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from xfctl.domain.accountability.decision import check_decided
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.classification import LetterKind
from xfctl.domain.keys import EXPLANATION, RECTIFICATION, SELF_CRITICISM
from xfctl.domain.letters import (
    Letter,
    Wanted,
    check_letter_day,
    common_fields,
    document_of,
    written_day,
)
from xfctl.domain.world import World
from xfctl.regulation.ladder import Rung

_DEADLINES = {
    RECTIFICATION: "请于 {day}（含当日）以前完成整改",
    EXPLANATION: "请有关人员于 {day}（含当日）以前说明情况",
    SELF_CRITICISM: "请有关人员于 {day}（含当日）以前提交书面检查",
}


def account_letter(
    state: Accountability, names: Mapping[int, str], wanted: Wanted, world: World
) -> Letter:
    """To the unit, after the decision; ``names`` by the person's number, as they may be shown.

    Raises RuleRefusedError where nothing was decided, or nothing of it is left.
    """
    decided_on = check_decided(state, wanted.on, world, "文书日期")
    check_letter_day(wanted, decided_on, "决定日期", world)
    entry, decision = state.entry, state.decision
    assert decision is not None
    document = document_of(wanted) or decision.document
    rung = state.rules.rungs[entry.rung]
    fields = {
        "问责编号": state.number,
        "决定日期": written_day(decided_on),
        "单位": entry.unit_name,
        "事实": entry.basis,
        "依据": "、".join([rung.article, *_situations(state)]),
        "方式": _measures(state, names),
        "期限": "；".join(_deadlines(state)),
        "评优": _award(state, rung),
    }
    signed = replace(wanted, document=document)
    common = common_fields(signed, entry.unit_name)
    return Letter(LetterKind.ACCOUNT, wanted.on, document, entry.unit_name, common | fields)


def _situations(state: Accountability) -> list[str]:
    known = state.rules.situations
    return list(dict.fromkeys(known[each].article for each in state.entry.situations))


def _measures(state: Accountability, names: Mapping[int, str]) -> str:
    """Each person with post and measures in force, by number."""
    known = state.rules.measures
    told = []
    for person in state.entry.persons:
        held = [
            known[each.measure].label
            for each in state.sanctions
            if each.person == person.number and each.until is None
        ]
        if held:
            told.append(f"{names[person.number]}（{person.post}）{'、'.join(held)}")
    return "；".join(told)


def _deadlines(state: Accountability) -> list[str]:
    told = (
        _DEADLINES[each.duty.clock].format(day=written_day(each.duty.due_on))
        for each in state.obligations
        if each.duty.clock in _DEADLINES and each.discharged_on is None
    )
    return list(dict.fromkeys(told))


def _award(state: Accountability, rung: Rung) -> str:
    decision = state.decision
    if decision is None or decision.award_year is None or state.award_until is not None:
        return ""
    return f"你单位 {decision.award_year} 年度不参加评优（{rung.article}）"
