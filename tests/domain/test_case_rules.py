"""What may be done with a matter, when, and what it leaves owed. All of March 2026 is ordinary:
working days are Monday to Friday, and every seven of them end before the next holiday."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import assign as assigned
from conftest import entry
from lives import fold as taken
from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.case_facts import Superior
from xfctl.domain.classification import FeedbackForm
from xfctl.domain.lifecycle import Stage, stage_of
from xfctl.domain.steps import decide
from xfctl.domain.steps.closing import CloseCase
from xfctl.domain.steps.handling import GiveFeedback, ReceiveCase
from xfctl.domain.steps.recount import recount_open
from xfctl.domain.steps.registration import register
from xfctl.domain.world import Command, World
from xfctl.errors import InputRefusedError, RuleRefusedError, XfctlError
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays

NUMBER = "XF2026-0001"
WRITTEN, ORAL, PHONE = FeedbackForm.WRITTEN, FeedbackForm.ORAL, FeedbackForm.PHONE


def march(day: int) -> date:
    return date(2026, 3, day)


TODAY, REGISTERED = march(20), march(2)
WORLD = World(TODAY, Calendar(OfficeDays()), clocks())


def assign(day: int, unit: str = "U01") -> Command:
    return assigned(NUMBER, march(day), unit)


def receive(day: int, unit: str | None = None) -> ReceiveCase:
    return ReceiveCase(number=NUMBER, on=march(day), unit=unit)


def feedback(day: int, form: FeedbackForm = WRITTEN, unit: str | None = None) -> GiveFeedback:
    return GiveFeedback(number=NUMBER, on=march(day), form=form, unit=unit)


def close(day: int, reason: str | None = None) -> CloseCase:
    return CloseCase(number=NUMBER, on=march(day), reason=reason)


def registered() -> Case:
    return taken(None, register(None, entry(NUMBER), REGISTERED, WORLD))


def after(*commands, case: Case | None = None) -> Case:
    """The matter, registered on 2 March, after these steps."""
    case = case or registered()
    for command in commands:
        case = taken(case, decide(command, case, WORLD))
    return case


def discharged(case: Case) -> list[int | None]:
    """The day of March on which each obligation was discharged."""
    return [each.discharged_on and each.discharged_on.day for each in case.obligations]


def due(case: Case) -> list[int]:
    return [each.duty.due_on.day for each in case.obligations]


# Registration


def test_a_number_is_registered_once():
    with pytest.raises(InputRefusedError, match="已在 2026-03-02 登记过"):
        register(registered(), entry(NUMBER), REGISTERED, WORLD)


def test_a_matter_is_not_registered_tomorrow():
    with pytest.raises(InputRefusedError, match="晚于今天"):
        register(None, entry(NUMBER), march(21), WORLD)
    assert register(None, entry(NUMBER), TODAY, WORLD)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("number", "有 空格"),
        ("number", "长" * 41),
        ("summary", ""),
        ("summary", "  "),
        ("summary", "控\x00制"),
        ("summary", "半个\ud800"),
        ("summary", "长" * 10_001),
        ("first_responder", ""),
        ("first_responder", "长" * 101),
        ("persons", 0),
        ("persons", -1),
        ("note", "\x1b[31m"),
        ("demand", "长" * 10_001),
        ("category", "长" * 101),
        ("superior", Superior("")),
        ("superior", Superior("长" * 101)),
        ("superior", Superior("虚构上级", "长" * 101)),
    ],
)
def test_words_that_no_one_can_mean_are_refused(field, value):
    with pytest.raises(InputRefusedError):
        register(None, replace(entry(NUMBER), **{field: value}), REGISTERED, WORLD)


def test_blanks_around_words_are_dropped():
    given = entry(NUMBER, summary=" 虚构事项　", first_responder="\t首问员甲 ")
    (dated,) = register(None, given, REGISTERED, WORLD)
    assert (dated.fact.summary, dated.fact.first_responder) == ("虚构事项", "首问员甲")


# Dates


@pytest.mark.parametrize(
    ("before", "command", "words"),
    [
        ([], assign(1), "早于事项"),
        ([], assign(21), "晚于今天"),
        ([], close(1), "早于事项"),
        ([], close(21), "晚于今天"),
        ([assign(5)], receive(4), "早于交办日期"),
        ([assign(5)], receive(21), "晚于今天"),
        ([assign(5)], feedback(4), "早于虚构单位U01的交办日期"),
        ([assign(5)], feedback(21), "晚于今天"),
        ([assign(5)], close(4, "虚构理由"), "早于虚构单位U01的交办日期"),
        ([assign(5), receive(6)], feedback(5), "早于虚构单位U01的收件日期"),
        ([assign(5), feedback(9)], receive(10), "晚于虚构单位U01的书面反馈日期"),
    ],
)
def test_days_out_of_order_are_refused(before, command, words):
    with pytest.raises(InputRefusedError, match=words):
        after(*before, command)


@pytest.mark.parametrize(
    "commands",
    [
        [assign(2), receive(2), feedback(2), close(2)],
        [assign(20), receive(20), feedback(20), close(20)],
        [assign(5), feedback(9), receive(9)],
        [assign(5), feedback(9), receive(5)],
        [assign(9, "U01"), assign(3, "U02"), receive(3, "U02"), feedback(3, unit="U02")],
    ],
    ids=["all on one day", "all today", "receipt later", "receipt before", "earlier assignment"],
)
def test_facts_may_be_recorded_late_and_on_the_same_day(commands):
    assert after(*commands)


# Assignments


def test_a_unit_that_still_owes_is_not_assigned_again():
    for case in [after(assign(3)), after(assign(3), feedback(5, ORAL))]:
        with pytest.raises(RuleRefusedError, match="不能重复交办"):
            after(assign(9), case=case)


def test_a_unit_that_has_answered_may_be_assigned_again_and_owes_anew():
    case = after(assign(3), feedback(5), assign(9))
    assert [each.number for each in case.assignments] == [1, 2]
    assert discharged(case) == [5, None]
    assert stage_of(case) is Stage.IN_HAND


def test_several_units_owe_each_for_itself():
    case = after(assign(3, "U01"), assign(4, "U02"), feedback(9, unit="U02"))
    assert [each.owed_by for each in case.obligations] == ["U01", "U02"]
    assert discharged(case) == [None, 9]
    assert stage_of(case) is Stage.IN_HAND
    case = after(feedback(10), case=case)
    assert discharged(case) == [10, 9]
    assert stage_of(case) is Stage.FED_BACK


@pytest.mark.parametrize("command", [receive(9), feedback(9)])
def test_with_several_units_the_unit_must_be_named(command):
    with pytest.raises(InputRefusedError, match="--unit"):
        after(assign(3, "U01"), assign(3, "U02"), command)


@pytest.mark.parametrize("command", [receive(9, "U03"), feedback(9, unit="U03")])
def test_a_unit_that_was_not_assigned_has_nothing_to_record(command):
    with pytest.raises(RuleRefusedError, match="U03"):
        after(assign(3, "U01"), command)


def test_receipt_is_recorded_once():
    with pytest.raises(RuleRefusedError, match="等待收件"):
        after(assign(3), receive(3), receive(4))


def test_a_second_assignment_can_be_received_although_the_first_never_was():
    case = after(assign(3), feedback(5), assign(9), receive(10))
    assert [each.received_on for each in case.assignments] == [None, march(10)]


def test_a_unit_that_has_answered_may_add_to_its_report_while_another_still_owes():
    case = after(assign(3, "U01"), assign(3, "U02"), feedback(5, unit="U01"))
    assert discharged(after(feedback(9, unit="U01"), case=case)) == [5, None]


# The clock of 细则 11(1): seven working days from receipt, until then from assignment.


@pytest.mark.parametrize(
    ("commands", "last_day"),
    [
        ([assign(2)], 11),
        ([assign(6)], 17),
        ([assign(7)], 17),
        ([assign(8)], 17),
        ([assign(2), receive(4)], 13),
        ([assign(2), receive(2)], 11),
        ([assign(2), receive(8)], 17),
    ],
)
def test_the_due_date_runs_from_receipt_else_from_assignment(commands, last_day):
    assert due(after(*commands)) == [last_day]


@pytest.mark.parametrize("form", [ORAL, PHONE])
def test_oral_reports_are_kept_and_the_clock_runs_on(form):
    case = after(assign(3), feedback(5, form))
    assert discharged(case) == [None]
    assert [(each.form, each.given_on) for each in case.feedbacks] == [(form, march(5))]
    assert stage_of(case) is Stage.IN_HAND


def test_a_late_report_closes_the_obligation_and_stays_late():
    (obligation,) = after(assign(2), feedback(12)).obligations
    assert not obligation.is_open(march(12))
    assert obligation.is_open(march(11))
    assert [obligation.is_late(march(day)) for day in (11, 12, 20)] == [False, True, True]


def test_a_report_on_the_last_day_is_in_time():
    (obligation,) = after(assign(2), feedback(11)).obligations
    assert not obligation.is_late(TODAY)


@pytest.mark.parametrize("days", [[9, 12], [12, 9], [12, 9, 10], [9, 9]])
def test_the_earliest_written_report_discharges_whenever_it_was_recorded(days):
    case = after(assign(3), *(feedback(day) for day in days))
    assert discharged(case) == [9]
    assert case.written_feedback(1).given_on == march(9)
    assert len(case.feedbacks) == len(days)


def test_a_receipt_recorded_after_the_report_still_moves_the_due_date():
    case = after(assign(2), feedback(9), receive(4))
    assert (due(case), discharged(case)) == ([13], [9])


def test_a_changed_calendar_moves_open_obligations_only():
    case = after(assign(2, "U01"), assign(2, "U02"), feedback(5, unit="U01"))
    closed = Calendar(OfficeDays(closures={march(5): "虚构停办", march(6): "虚构停办"}))
    moved = recount_open(case, closed, "虚构停办", TODAY)
    assert [opening.key for each in moved for opening in each.fact.opens] == ["feedback/2"]
    assert due(taken(case, moved)) == [11, 13]
    assert recount_open(taken(case, moved), closed, "虚构停办", TODAY) == []


# Closing


def test_a_matter_never_assigned_is_closed_without_a_reason():
    case = after(close(2))
    assert stage_of(case) is Stage.CLOSED
    assert case.closing.reason is None


@pytest.mark.parametrize("reason", [None, ""])
def test_closing_while_a_unit_owes_needs_a_reason(reason):
    case = after(assign(3, "U01"), assign(3, "U02"), feedback(5, unit="U01"))
    with pytest.raises(RuleRefusedError, match=r"虚构单位U02（书面反馈，细则 11\(1\)）"):
        decide(close(9, reason), case, WORLD)


def test_a_reason_of_blanks_is_no_reason():
    with pytest.raises(XfctlError):
        after(assign(3), close(9, "  "))


def test_closing_over_a_duty_leaves_it_running_and_the_report_still_finds_its_place():
    case = after(assign(3), close(9, "虚构理由"))
    assert case.closing.reason == "虚构理由"
    assert discharged(case) == [None]
    case = after(feedback(16), case=case)
    assert discharged(case) == [16]
    assert stage_of(case) is Stage.CLOSED
    assert case.closed_on == march(9)


def test_a_reason_that_was_not_needed_is_not_kept():
    assert after(assign(3), feedback(5), close(9, "虚构理由")).closing.reason is None
