"""Supervision (督办, 细则 10–11): the legal order of its steps and its response deadline.

All of March 2026 is ordinary: working days are Monday to Friday.
"""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Office, entry, unit_name
from msgspec.structs import replace

from xfctl.app.office import change_calendar
from xfctl.app.supervisions import supervise
from xfctl.domain import inspection  # noqa: F401 - its facts are sampled too
from xfctl.domain import supervision as rules
from xfctl.domain.case import Case, evolve
from xfctl.domain.classification import SupervisionForm
from xfctl.domain.event import Event
from xfctl.domain.office_calendar import ClosureRecorded
from xfctl.domain.parameters import Parameters, ParameterSet
from xfctl.domain.steps.registration import register
from xfctl.domain.supervision import OpenSupervision, Supervision
from xfctl.domain.world import World
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.ledger.load import SUPERVISIONS
from xfctl.ledger.verify import verify
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays


def march(day: int) -> date:
    return date(2026, 3, day)


WORLD = World(march(31), Calendar(), clocks())
PHONE = SupervisionForm.PHONE
CLOSURE = ClosureRecorded(first=march(16), last=march(17), reason="停办")


def matter(number: str = "XF0001", day: int = 2) -> Case:
    (dated,) = register(None, entry(number), march(day), WORLD)
    return evolve(None, Event(1, "", dated.occurred_on, "", "", dated.fact))


def wanted(day: int = 12, **details) -> OpenSupervision:
    usual = {
        "on": march(day),
        "cases": ("XF0001",),
        "unit": "U01",
        "unit_name": unit_name("U01"),
        "grounds": ("1",),
        "forms": (PHONE,),
        "tracker": "首办人甲",
        "days": 5,
    }
    return OpenSupervision(**usual | details)


def taken(state: Supervision | None, facts) -> Supervision:
    for each in facts:
        state = rules.evolve(state, Event(1, "", each.occurred_on, "", "", each.fact))
    assert state is not None
    return state


def opened(day: int = 12, matters: tuple[Case, ...] = (), world: World = WORLD, **details):
    """Opened on a Thursday; the response is due five working days later, on Thursday 19 March."""
    found = rules.open_supervision(
        wanted(day, **details), "DB2026-0001", matters or (matter(),), world
    )
    return taken(None, found)


def acted(state: Supervision, day: int, form: SupervisionForm = PHONE) -> Supervision:
    return taken(state, rules.act(state, march(day), form, "催办", WORLD))


def responded(state: Supervision, day: int, content: str = "已整改") -> Supervision:
    return taken(state, rules.respond(state, march(day), content, WORLD))


def closed(state: Supervision, day: int, scope: str | None = None) -> Supervision:
    return taken(state, rules.close(state, march(day), "已整改", scope, WORLD))


# Opening


def test_whoever_handled_the_first_matter_first_tracks_unless_another_is_named() -> None:
    matters = (matter("XF0002"), matter("XF0001"))
    first = matters[0].entry.first_responder
    assert opened(matters=matters, tracker=None).entry.tracker == first
    assert opened(matters=matters, tracker="示例跟踪人").entry.tracker == "示例跟踪人"


def test_the_days_are_those_named_else_the_length_in_force() -> None:
    setting = ParameterSet(
        name="supervision-response", value=2, effective=march(12), reason="示例理由"
    )
    world = replace(WORLD, parameters=Parameters((setting,)))
    assert opened(days=None).response.duty.due_on == march(19)
    assert opened(days=None, world=world).response.duty.due_on == march(16)
    assert opened(days=3, world=world).response.duty.due_on == march(17)
    assert opened(11, days=None, world=world).response.duty.due_on == march(18)


def test_the_response_is_an_obligation_of_the_unit() -> None:
    owed = opened().response
    assert (owed.key, owed.owed_by) == ("supervision_response/DB2026-0001", "U01")
    assert (owed.duty.article, owed.duty.started_on, owed.duty.due_on) == (
        "细则 10",
        march(12),
        march(19),
    )
    assert not owed.is_late(march(19))
    assert owed.is_late(march(20))


@pytest.mark.parametrize(("days", "due"), [(1, 13), (2, 16), (3, 17), (10, 26)])
def test_the_office_says_how_many_working_days(days: int, due: int) -> None:
    assert opened(days=days).response.duty.due_on == march(due)


def test_the_parameter_in_force_that_day_says_it_if_nobody_does() -> None:
    setting = ParameterSet(
        name="supervision-response", value=3, effective=march(12), reason="示例规定"
    )
    world = replace(WORLD, parameters=Parameters((setting,)))
    assert world.parameters.value("supervision-response", march(11)) == 5
    assert world.duty(rules.RESPONSE, march(11)).due_on == march(18)
    assert world.duty(rules.RESPONSE, march(12)).due_on == march(17)


def test_several_matters_of_one_unit_are_supervised_at_once_and_each_only_once() -> None:
    first, second = matter("XF0001"), matter("XF0002")
    state = opened(matters=(first, second, first))
    assert state.entry.cases == ("XF0001", "XF0002")


def test_grounds_are_sorted_forms_keep_their_order_and_neither_is_told_twice() -> None:
    grounds = ("6", "1", "6")
    forms = (SupervisionForm.SITE, PHONE, SupervisionForm.SITE)
    entry = opened(grounds=grounds, forms=forms).entry
    assert entry.grounds == ("1", "6")
    assert entry.forms == (SupervisionForm.SITE, PHONE)


def test_departments_take_part_in_a_joint_supervision() -> None:
    assert opened(joint=("学校办公室", "纪检监察机构")).entry.joint == (
        "学校办公室",
        "纪检监察机构",
    )


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"grounds": ()}, "没有写明督办情形"),
        ({"forms": ()}, "没有写明督办形式"),
        ({"grounds": ("7",)}, "须写明理由"),
        ({"grounds": ("7",), "reason": ""}, "须写明理由"),
        ({"grounds": ("7",), "reason": "  "}, "理由"),
        ({"tracker": " "}, "跟踪督办人"),
        ({"joint": ("",)}, "会同部门"),
        ({"joint": ("长" * 101,)}, "会同部门"),
        ({"on": date(2026, 4, 1)}, "晚于今天"),
    ],
)
def test_what_cannot_be_opened(details: dict, said: str) -> None:
    with pytest.raises(InputRefusedError, match=said):
        opened(**details)


def test_ground_7_is_opened_with_its_reason() -> None:
    assert opened(grounds=("7",), reason="校领导要求").entry.reason == "校领导要求"


def test_no_matter_is_supervised_before_all_of_them_were_registered() -> None:
    matters = (matter("XF0001", 2), matter("XF0002", 13))
    with pytest.raises(InputRefusedError, match="早于事项 XF0002 的登记日期 2026-03-13"):
        opened(12, matters)
    assert opened(13, matters)


# Steps


def test_actions_are_dated_and_kept_in_order() -> None:
    state = acted(acted(opened(), 16), 13, SupervisionForm.SITE)
    assert [(on.day, each.form) for on, each in state.actions] == [
        (16, PHONE),
        (13, SupervisionForm.SITE),
    ]
    assert state.response.discharged_on is None


def test_a_response_on_the_due_date_is_in_time_and_a_day_later_late() -> None:
    in_time, late = (responded(opened(), day).response for day in (19, 20))
    assert (in_time.discharged_on, in_time.is_late(march(31))) == (march(19), False)
    assert (late.discharged_on, late.is_late(march(31))) == (march(20), True)


def test_every_response_is_kept_and_the_earliest_counts() -> None:
    state = responded(responded(opened(), 20, "补充说明"), 18, "初步答复")
    assert state.responded_on == march(18)
    assert state.response.discharged_on == march(18)
    assert [(on.day, each.content) for on, each in state.responses] == [
        (20, "补充说明"),
        (18, "初步答复"),
    ]


def test_it_closes_with_result_and_scope() -> None:
    state = closed(responded(opened(), 17), 18, "各中层单位")
    assert state.closing is not None
    assert (state.closed_on, state.closing.result, state.closing.scope) == (
        march(18),
        "已整改",
        "各中层单位",
    )


def test_closing_lets_an_open_response_lapse_and_keeps_its_lateness() -> None:
    early, late = (closed(opened(), day).response for day in (18, 23))
    assert (early.discharged_on, early.lapsed, early.is_late(march(31))) == (march(18), True, False)
    assert (late.discharged_on, late.lapsed, late.is_late(march(31))) == (march(23), True, True)


def test_closing_does_not_touch_a_response_that_was_given() -> None:
    response = closed(responded(opened(), 17), 23).response
    assert (response.discharged_on, response.lapsed) == (march(17), False)


@pytest.mark.parametrize(
    "step",
    [
        lambda state: acted(state, 20),
        lambda state: responded(state, 20),
        lambda state: closed(state, 20),
    ],
)
def test_nothing_more_happens_to_a_closed_supervision(step) -> None:
    with pytest.raises(RuleRefusedError, match="已于 2026-03-18 办结"):
        step(closed(opened(), 18))


@pytest.mark.parametrize("step", [acted, responded, closed])
def test_no_step_lies_before_the_opening_or_in_the_future(step) -> None:
    with pytest.raises(InputRefusedError, match="早于督办开始日期 2026-03-12"):
        step(opened(), 11)
    tomorrow = replace(WORLD, today=march(12))
    with pytest.raises(InputRefusedError, match="晚于今天"):
        rules.act(opened(), march(13), PHONE, "催办", tomorrow)


@pytest.mark.parametrize("step", [acted, responded])
def test_it_is_not_closed_before_the_last_thing_that_happened(step) -> None:
    state = step(opened(), 17)
    with pytest.raises(InputRefusedError, match="早于最近一次督办行动或回复的日期 2026-03-17"):
        closed(state, 16)
    assert closed(state, 17)


@pytest.mark.parametrize("text", ["", "  ", "控\x00制", "长" * 10_001])
def test_every_step_says_something(text: str) -> None:
    state = opened()
    with pytest.raises(InputRefusedError):
        rules.act(state, march(13), PHONE, text, WORLD)
    with pytest.raises(InputRefusedError):
        rules.respond(state, march(13), text, WORLD)
    with pytest.raises(InputRefusedError):
        rules.close(state, march(13), text, None, WORLD)


# The calendar changes


def closure(*days: int) -> Calendar:
    return Calendar(OfficeDays(closures={march(day): "示例停办" for day in days}))


def test_an_open_response_is_counted_anew_by_a_recorded_fact() -> None:
    state = opened()
    (dated,) = rules.recount_response(state, closure(16, 17), "停办", march(13))
    assert dated.fact.reason == "停办"
    moved = taken(state, [dated])
    assert (moved.response.duty.started_on, moved.response.duty.due_on) == (march(12), march(23))
    assert rules.recount_response(moved, closure(16, 17), "再算一次", march(13)) == []


@pytest.mark.parametrize("step", [responded, closed])
def test_a_response_that_ended_is_never_counted_anew(step) -> None:
    state = step(opened(), 13)
    assert rules.recount_response(state, closure(16, 17), "停办", march(13)) == []


def test_a_closure_outside_the_days_counted_changes_nothing() -> None:
    assert rules.recount_response(opened(), closure(20), "停办", march(13)) == []


def test_a_closure_moves_the_response_in_the_ledger_and_is_listed(office: Office) -> None:
    office.add_units("U01")
    office.register("XF0001", assigned_to="U01")
    with office.desk(today=march(13)) as desk:
        supervise(desk, wanted())
    with office.desk(today=march(13)) as desk:
        moves = change_calendar(desk, CLOSURE)
    told = [(each.case, each.before.duty.due_on, each.after.duty.due_on) for each in moves]
    assert told == [("DB2026-0001", march(19), march(23))]
    with office.reading() as ledger:
        (kind,) = ledger.connection.execute(
            "SELECT kind FROM event ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        assert kind == "supervision.due_date_changed"
        assert all(each.holds for each in verify(ledger))


# Folding


def test_a_supervision_begins_with_its_opening() -> None:
    (dated,) = rules.act(opened(), march(13), PHONE, "催办", WORLD)
    with pytest.raises(AssertionError):
        rules.evolve(None, Event(1, "", march(13), "", "", dated.fact))


def test_a_fact_of_another_subject_is_no_fact_of_a_supervision() -> None:
    event = Event(1, "", march(13), "", "", CLOSURE)
    with pytest.raises(TypeError, match="ClosureRecorded"):
        rules.evolve(opened(), event)


def test_numbers_run_on_within_a_year_and_begin_anew_with_the_next(office: Office) -> None:
    office.add_units("U01")
    office.register("XF0001", assigned_to="U01")
    with office.desk(today=date(2027, 1, 4)) as desk:
        numbers = [
            supervise(desk, wanted(on=on)).number
            for on in (march(12), march(13), date(2027, 1, 4), march(16))
        ]
    assert numbers == ["DB2026-0001", "DB2026-0002", "DB2027-0001", "DB2026-0003"]


def test_unknown_units_matters_and_supervisions_are_refused(office: Office) -> None:
    with pytest.raises(InputRefusedError, match="没有单位「U01」"), office.desk() as desk:
        supervise(desk, wanted(cases=("XF0009",)))
    office.add_units("U01")
    with pytest.raises(InputRefusedError, match="XF0009"), office.desk() as desk:
        supervise(desk, wanted(cases=("XF0009",)))
    with pytest.raises(InputRefusedError, match="DB2026-0009"), office.desk() as desk:
        desk.get(SUPERVISIONS, "DB2026-0009")
