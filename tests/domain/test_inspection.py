"""Inspections (督查, 细则 10): three subjects, findings, and what units must follow up by a date."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Office
from msgspec.structs import replace

from xfctl.app.office import change_calendar
from xfctl.domain import inspection as rules
from xfctl.domain.classification import InspectionSubject
from xfctl.domain.event import Event
from xfctl.domain.inspection import Inspection, InspectionOpened
from xfctl.domain.office_calendar import ClosureRecorded
from xfctl.domain.world import World
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.ledger import supervision_lists
from xfctl.ledger.load import INSPECTIONS
from xfctl.ledger.verify import verify
from xfctl.regulation.clocks import clocks
from xfctl.reports import obligations
from xfctl.workdays.calendar import Calendar


def march(day: int) -> date:
    return date(2026, 3, day)


WORLD = World(march(31), Calendar(), clocks())
UNIT = ("U01", "虚构单位U01")


def entry(**details) -> InspectionOpened:
    usual = {
        "number": "DC2026-0001",
        "subject": InspectionSubject.BACKLOG,
        "title": "历年积案清理",
        "lead": "牵头人甲",
    }
    return InspectionOpened(**usual | details)


def taken(state: Inspection | None, facts) -> Inspection:
    for each in facts:
        state = rules.evolve(state, Event(1, "", each.occurred_on, "", "", each.fact))
    assert state is not None
    return state


def opened(day: int = 2, **details) -> Inspection:
    return taken(None, rules.open_inspection(entry(**details), march(day), WORLD))


def found(state: Inspection, day: int = 4, due: int | None = None) -> Inspection:
    limit = march(due) if due else None
    return taken(state, rules.find(state, march(day), UNIT, "台账不全", limit, WORLD))


def followed_up(state: Inspection, day: int, finding: int = 1) -> Inspection:
    return taken(state, rules.follow_up(state, march(day), finding, "已补齐", WORLD))


def closed(state: Inspection, day: int) -> Inspection:
    return taken(state, rules.close(state, march(day), "清理 12 件", "各中层单位", WORLD))


@pytest.mark.parametrize("subject", InspectionSubject)
def test_policy_backlog_and_important_matters_are_inspected(subject: InspectionSubject) -> None:
    state = opened(subject=subject, departments=("学校办公室", "后勤保障部"))
    assert (state.entry.subject, state.entry.departments) == (subject, ("学校办公室", "后勤保障部"))
    assert (state.opened_on, state.number) == (march(2), "DC2026-0001")


@pytest.mark.parametrize(
    ("details", "said"),
    [({"title": " "}, "督查事由"), ({"lead": ""}, "牵头人"), ({"departments": ("",)}, "会同部门")],
)
def test_what_cannot_be_opened(details: dict, said: str) -> None:
    with pytest.raises(InputRefusedError, match=said):
        opened(**details)


def test_an_inspection_does_not_begin_tomorrow() -> None:
    with pytest.raises(InputRefusedError, match="晚于今天"):
        rules.open_inspection(entry(), date(2026, 4, 1), WORLD)


def test_findings_are_numbered_and_owe_a_follow_up_where_a_date_is_named() -> None:
    state = found(found(opened(), due=20), 5)
    assert [each.fact.finding for each in state.findings] == [1, 2]
    (owed,) = state.obligations
    assert (owed.key, owed.owed_by, owed.duty.due_on) == (
        "inspection_follow_up/1",
        "U01",
        march(20),
    )
    assert (owed.duty.article, owed.duty.length) == ("细则 10", None)
    assert [owed.is_late(march(day)) for day in (20, 21)] == [False, True]


def test_a_date_named_may_be_the_day_of_the_finding_but_not_earlier() -> None:
    assert found(opened(), 4, due=4)
    with pytest.raises(InputRefusedError, match="整改落实期限 2026-03-03 早于督查发现日期"):
        found(opened(), 4, due=3)


@pytest.mark.parametrize(("day", "late"), [(20, False), (21, True)])
def test_a_follow_up_ends_what_is_owed(day: int, late: bool) -> None:
    state = followed_up(found(opened(), due=20), day)
    (owed,) = state.obligations
    assert (owed.discharged_on, owed.is_late(march(31))) == (march(day), late)
    assert (state.findings[0].followed_up_on, state.findings[0].follow_up) == (march(day), "已补齐")


def test_a_follow_up_touches_only_its_own_finding() -> None:
    state = followed_up(found(found(opened(), due=20), due=20), 10, finding=2)
    assert [each.discharged_on for each in state.obligations] == [None, march(10)]
    assert [each.followed_up_on for each in state.findings] == [None, march(10)]


def test_a_finding_without_a_date_can_be_followed_up_too() -> None:
    assert followed_up(found(opened()), 10).findings[0].followed_up_on == march(10)


def test_closing_leaves_owed_what_is_owed_and_takes_what_comes_late() -> None:
    state = closed(found(opened(), due=20), 10)
    assert state.obligations[0].discharged_on is None
    late = followed_up(state, 25)
    assert (late.obligations[0].discharged_on, late.obligations[0].is_late(march(31))) == (
        march(25),
        True,
    )
    assert (late.closed_on, late.closing.result, late.closing.scope) == (
        march(10),
        "清理 12 件",
        "各中层单位",
    )


def test_after_closing_nothing_is_found_and_it_is_not_closed_again() -> None:
    state = closed(opened(), 10)
    for step in (found, closed):
        with pytest.raises(RuleRefusedError, match="已于 2026-03-10 办结"):
            step(state, 11)


def test_a_finding_there_is_not_and_one_already_done_are_refused() -> None:
    state = followed_up(found(opened()), 10)
    with pytest.raises(InputRefusedError, match="没有第 2 条发现"):
        followed_up(state, 10, finding=2)
    with pytest.raises(RuleRefusedError, match="已于 2026-03-10 落实"):
        followed_up(state, 11)


def test_dates_follow_the_order_of_things() -> None:
    with pytest.raises(InputRefusedError, match="早于督查开始日期"):
        found(opened(3), 2)
    with pytest.raises(InputRefusedError, match="早于督查发现日期"):
        followed_up(found(opened(), 5), 4)
    with pytest.raises(InputRefusedError, match="早于最近一条督查发现的日期 2026-03-05"):
        closed(found(opened(), 5), 4)
    tomorrow = replace(WORLD, today=march(4))
    with pytest.raises(InputRefusedError, match="晚于今天"):
        rules.follow_up(found(opened()), march(5), 1, "已补齐", tomorrow)


def test_an_inspection_begins_with_its_opening_and_has_no_facts_of_others() -> None:
    (dated,) = rules.close(opened(), march(3), "示例", None, WORLD)
    with pytest.raises(AssertionError):
        rules.evolve(None, Event(1, "", march(3), "", "", dated.fact))
    fact = ClosureRecorded(first=march(16), last=march(17), reason="停办")
    with pytest.raises(TypeError, match="ClosureRecorded"):
        rules.evolve(opened(), Event(1, "", march(3), "", "", fact))


# In the ledger


def inspected(office: Office) -> None:
    """One inspection with two findings owed by 20 March, one of them followed up."""
    office.add_units("U01")
    with office.desk(today=march(31)) as desk:
        number = desk.begin(
            INSPECTIONS,
            march(2),
            lambda number, world: rules.open_inspection(entry(number=number), march(2), world),
        ).number
        for _ in range(2):
            desk.on(
                INSPECTIONS,
                number,
                lambda state, world: rules.find(
                    state, march(4), UNIT, "台账不全", march(20), world
                ),
            )
        desk.on(
            INSPECTIONS,
            number,
            lambda state, world: rules.follow_up(state, march(19), 2, "已补齐", world),
        )


def test_a_follow_up_becomes_overdue_under_the_number_of_the_inspection(office: Office) -> None:
    inspected(office)
    with office.reading() as ledger:
        on_time = obligations.overdue(ledger.connection, march(20), Calendar())
        (late,) = obligations.overdue(ledger.connection, march(23), Calendar())
        assert all(each.holds for each in verify(ledger))
    assert on_time == []
    assert (late.line.case, late.line.summary, late.line.handler) == (
        "DC2026-0001",
        "督查：历年积案清理",
        "牵头人甲",
    )
    assert (late.line.owed_by, late.line.article, late.late_by) == ("U01", "细则 10", 3)


def test_the_list_counts_findings_and_those_still_open(office: Office) -> None:
    inspected(office)
    with office.reading() as ledger:
        (line,) = supervision_lists.inspections(ledger.connection)
    assert (line.number, line.findings, line.open_findings) == ("DC2026-0001", 2, 1)


def test_a_named_date_is_not_moved_by_the_calendar(office: Office) -> None:
    inspected(office)
    with office.desk(today=march(31)) as desk:
        fact = ClosureRecorded(first=march(16), last=march(17), reason="停办")
        assert change_calendar(desk, fact) == []
