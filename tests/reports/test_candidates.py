"""What may call for accountability: each kind of candidate, when it appears and when it is gone.

Nothing is proposed by itself: a candidate stands until someone proposed since, or set it aside.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from account_lives import DAY, TODAY, UNIT, Held, at_rung, staff_unit
from conftest import Office, assign, entry

from xfctl.app import accounts
from xfctl.app.office import set_parameter as record_parameter
from xfctl.domain.accountability.people import Answerable
from xfctl.domain.classification import AppealResult, Nature, Relation
from xfctl.domain.parameters import Parameters, ParameterSet
from xfctl.domain.steps.above import MarkMajor, ReportToLeader
from xfctl.domain.steps.grounds import FindGround
from xfctl.domain.steps.handling import ReturnAssignment
from xfctl.errors import InputRefusedError
from xfctl.ledger import queries
from xfctl.regulation.ladder import ladder
from xfctl.reports.candidates import (
    Candidate,
    due,
    due_table,
    petition_figures,
    petition_table,
)
from xfctl.workdays.calendar import Calendar

CASE, OTHER = "XF2026-0001", "XF2026-0002"
ON = date(2026, 3, 2)
FOUND_ON = date(2026, 3, 9)
REGISTERED = date(2026, 3, 2)


@pytest.fixture
def staffed(office: Office) -> Office:
    staff_unit(office)
    staff_unit(office, "U02")
    office.register(CASE, on=REGISTERED, assigned_to=UNIT)
    return office


def candidates(office: Office, on: date = TODAY) -> list[Candidate]:
    with office.reading() as ledger:
        parameters = queries.parameters(ledger.connection)
        days = queries.office_days(ledger.connection)
        return due(ledger.connection, on, parameters, Calendar(days))


def keys(office: Office, on: date = TODAY) -> list[str]:
    return [each.key for each in candidates(office, on)]


def find(
    office: Office,
    ground: str,
    on: date = FOUND_ON,
    *,
    case: str = CASE,
    unit: str = UNIT,
    evidence: str = "示例依据",
) -> None:
    evasion = "shirking" if ground == "3" else None
    with office.desk(today=TODAY) as desk:
        desk.step(
            FindGround(
                number=case, on=on, ground=ground, unit=unit, evidence=evidence, evasion=evasion
            )
        )


def register(office: Office, number: str, on: date, unit: str = UNIT, **details: Any) -> None:
    with office.desk(today=TODAY) as desk:
        desk.register(on, entry(number, **details))
        desk.step(assign(number, on, unit))


def set_parameter(office: Office, name: str, value: int, effective: date = ON) -> None:
    setting = ParameterSet(name=name, value=value, effective=effective, reason="示例规定")
    with office.desk(today=TODAY) as desk:
        record_parameter(desk, setting)


def set_aside(office: Office, key: str, today: date = TODAY) -> None:
    with office.desk(today=today) as desk:
        accounts.set_aside(desk, key, "示例：已当面说明")


def propose(office: Office, on: date, **more: Any) -> Held:
    usual = {"cases": (CASE,), "people": Answerable()}
    return Held(office).propose(on=on, **(usual | more))


def test_an_office_without_anything_has_no_candidates(staffed: Office) -> None:
    assert candidates(staffed, REGISTERED) == []


# --- Grounds of 细则 11 that point to 13(2) and 13(3) -----------------------------------------------


def test_a_ground_points_to_its_situation_with_its_evidence(staffed: Office) -> None:
    find(staffed, "3", evidence="两次互相推诿")
    assert candidates(staffed, FOUND_ON - DAY) == []
    (found,) = candidates(staffed, FOUND_ON)
    assert (found.key, found.unit, found.unit_name) == (f"{CASE}:13.3:{UNIT}", UNIT, "虚构单位U01")
    assert (found.subject, found.articles, found.since) == (CASE, "细则 13(3)", FOUND_ON)
    assert found.evidence.startswith("细则 11(3)：")
    assert "两次互相推诿" in found.evidence


def test_late_feedback_alone_points_nowhere(staffed: Office) -> None:
    """细则 11(1) is for supervision; whether it is 推诿 or 拖延 a person says."""
    assert candidates(staffed, date(2026, 4, 1)) == []


def test_other_grounds_point_nowhere(staffed: Office) -> None:
    find(staffed, "7")
    assert candidates(staffed) == []


def test_which_grounds_point_where() -> None:
    pointing = {
        ground: each.key for each in ladder(ON).situations.values() for ground in each.grounds
    }
    assert pointing == {"2": "13(2)", "5": "13(2)", "3": "13(3)", "4": "13(3)"}


def give_back(office: Office) -> None:
    """The unit gives a first demand back that turns out to be its to handle."""
    with office.desk(today=TODAY) as desk:
        desk.step(ReturnAssignment(number=CASE, on=FOUND_ON, unit=UNIT, reason="示例"))
        desk.step(assign(CASE, FOUND_ON + DAY, UNIT))


def test_a_first_demand_that_was_not_accepted_points_to_13_2(staffed: Office) -> None:
    give_back(staffed)
    (found,) = candidates(staffed)
    assert (found.key, found.articles) == (f"{CASE}:13.2:{UNIT}", "细则 13(2)")
    assert found.evidence.startswith("细则 11(2)：")


def test_grounds_of_two_situations_are_two_candidates(staffed: Office) -> None:
    find(staffed, "3")
    give_back(staffed)
    assert keys(staffed) == [f"{CASE}:13.2:{UNIT}", f"{CASE}:13.3:{UNIT}"]


def test_several_grounds_of_one_matter_and_unit_are_one_candidate(staffed: Office) -> None:
    find(staffed, "3", FOUND_ON, evidence="示例依据一")
    find(staffed, "3", FOUND_ON + DAY, evidence="示例依据二")
    (found,) = candidates(staffed)
    assert found.since == FOUND_ON
    assert found.evidence.index("示例依据一") < found.evidence.index("示例依据二")


def test_another_unit_or_matter_is_a_candidate_of_its_own(staffed: Office) -> None:
    register(staffed, OTHER, REGISTERED, "U02")
    find(staffed, "3")
    find(staffed, "3", case=OTHER, unit="U02")
    assert keys(staffed) == [f"{CASE}:13.3:{UNIT}", f"{OTHER}:13.3:U02"]


def test_a_proposal_over_the_matter_since_then_answers_it(staffed: Office) -> None:
    find(staffed, "3")
    propose(staffed, FOUND_ON - DAY)
    assert len(keys(staffed)) == 1, "one of the day before knew nothing of it"
    held = propose(staffed, FOUND_ON)
    assert keys(staffed) == []
    held.withdraw(FOUND_ON + 2 * DAY)
    assert keys(staffed, FOUND_ON + DAY) == [], "as of the day before it stood"
    assert len(keys(staffed)) == 1


def test_a_proposal_that_was_not_adopted_answers_it_all_the_same(staffed: Office) -> None:
    find(staffed, "3")
    propose(staffed, FOUND_ON).not_adopt(FOUND_ON + DAY)
    assert keys(staffed) == []


def test_a_proposal_against_another_unit_or_over_another_matter_answers_nothing(
    staffed: Office,
) -> None:
    register(staffed, OTHER, REGISTERED, UNIT)
    find(staffed, "3")
    propose(staffed, FOUND_ON, unit="U02", unit_name="虚构单位U02")
    propose(staffed, FOUND_ON, cases=(OTHER,))
    assert len(keys(staffed)) == 1


def test_what_was_set_aside_stays_so_until_something_new_is_found(staffed: Office) -> None:
    find(staffed, "3", evidence="示例依据一")
    (key,) = keys(staffed)
    set_aside(staffed, key, FOUND_ON + DAY)
    assert keys(staffed, FOUND_ON) == [key], "as of the day before it stood"
    assert keys(staffed) == []
    find(staffed, "3", FOUND_ON + 30 * DAY, evidence="示例依据二")
    (again,) = candidates(staffed)
    assert (again.key, again.since) == (key, FOUND_ON + 30 * DAY)
    assert "示例依据一" not in again.evidence
    set_aside(staffed, key)
    assert keys(staffed) == []


def test_keys_are_the_same_on_every_day(staffed: Office) -> None:
    find(staffed, "3")
    with staffed.desk(today=TODAY) as desk:
        desk.step(MarkMajor(number=CASE, on=ON, reason="示例理由"))
    found = {tuple(keys(staffed, FOUND_ON + n * DAY)) for n in range(20)}
    assert found == {(f"{CASE}:13.3:{UNIT}", f"{CASE}:13.7")}


# --- 17, 18: not rectified in time -------------------------------------------------------------------


def failed_on(held: Held) -> date:
    found = held.state.failed_on
    assert found is not None
    return found


@pytest.mark.parametrize(("rung", "next_article"), [("16", "细则 17"), ("17", "细则 18")])
def test_a_missed_rectification_points_to_the_next_article(
    staffed: Office, rung: str, next_article: str
) -> None:
    held = propose(staffed, ON, **at_rung(rung)).decide()
    failed = failed_on(held)
    assert candidates(staffed, failed - DAY) == []
    (found,) = candidates(staffed, failed)
    assert (found.key, found.subject, found.articles) == (held.number, held.number, next_article)
    assert (found.unit, found.since) == (UNIT, failed)
    assert found.evidence == f"整改期限 {failed - DAY}，至今未通过验收"


def test_late_acceptance_leaves_it_and_acceptance_in_time_does_not(staffed: Office) -> None:
    late, in_time = (propose(staffed, ON).decide() for _ in range(2))
    failed = failed_on(late)
    in_time.review(failed - DAY)
    late.review(failed)
    (found,) = candidates(staffed)
    assert found.key == late.number
    assert found.evidence.endswith(f"{failed} 才通过验收")


@pytest.mark.parametrize("rung", ["15", "18"])
def test_other_rungs_lead_no_higher(staffed: Office, rung: str) -> None:
    deadlines = {"rectification": date(2026, 4, 10)}
    deadlines |= {"explanation": date(2026, 4, 10)} if rung == "15" else {}
    bodies = ("discipline",) if rung == "18" else ()
    propose(staffed, ON, **at_rung(rung)).decide(
        deadlines=deadlines, bodies=bodies, override="示例理由"
    )
    assert candidates(staffed) == []


def test_revocation_in_time_leaves_nothing_and_revocation_later_ends_it(staffed: Office) -> None:
    held = propose(staffed, ON).decide()
    failed = failed_on(held)
    revoked = failed + 10 * DAY
    held.appeal(failed).accept(failed).settle(revoked, AppealResult.REVOKED)
    assert keys(staffed, revoked - DAY) == [held.number]
    assert keys(staffed, revoked) == []


def test_the_next_proposal_answers_it_until_it_is_withdrawn(staffed: Office) -> None:
    held = propose(staffed, ON).decide()
    failed = failed_on(held)
    following = {"after": held.number, "situations": (), "severity": None}
    after = propose(staffed, failed, **following)
    assert after.state.entry.rung == "17"
    assert keys(staffed) == []
    after.withdraw(failed + 3 * DAY)
    assert keys(staffed, failed + 2 * DAY) == []
    assert keys(staffed) == [held.number]
    set_aside(staffed, held.number)
    assert keys(staffed) == []


def test_voiding_the_decision_takes_the_candidate_away(staffed: Office) -> None:
    held = propose(staffed, ON).decide()
    assert keys(staffed) == [held.number]
    held.void()
    assert keys(staffed) == []


# --- 13(7): a major matter that no leader was told of in time ---------------------------------------

# Marked on Friday 6 March 2026; one working day is Monday 9.
MARKED, LIMIT = date(2026, 3, 6), date(2026, 3, 9)


def mark(office: Office, told: date | None = None) -> None:
    with office.desk(today=TODAY) as desk:
        desk.step(MarkMajor(number=CASE, on=MARKED, reason="示例理由"))
        if told is not None:
            desk.step(ReportToLeader(number=CASE, on=told, leader="示例校领导"))


@pytest.mark.parametrize("told", [MARKED, LIMIT])
def test_told_in_time(staffed: Office, told: date) -> None:
    mark(staffed, told)
    assert candidates(staffed) == []


def test_told_late(staffed: Office) -> None:
    mark(staffed, LIMIT + DAY)
    assert candidates(staffed, LIMIT) == []
    (found,) = candidates(staffed)
    assert (found.key, found.unit, found.unit_name) == (f"{CASE}:13.7", "", "信访办")
    assert (found.articles, found.since) == ("细则 13(7)", LIMIT + DAY)
    assert found.evidence == (
        f"{MARKED} 标为重大紧急，{LIMIT + DAY} 才报告（本单位规定：1 个工作日内）"
    )


def test_never_told(staffed: Office) -> None:
    mark(staffed)
    assert candidates(staffed, LIMIT) == []
    for on in (LIMIT + DAY, LIMIT + 2 * DAY, TODAY):
        (found,) = candidates(staffed, on)
        assert found.since == LIMIT + DAY
        assert "至今未记录报告" in found.evidence


def test_as_of_a_day_before_the_late_report_it_was_not_told(staffed: Office) -> None:
    mark(staffed, LIMIT + 5 * DAY)
    (found,) = candidates(staffed, LIMIT + 4 * DAY)
    assert "至今未记录报告" in found.evidence


@pytest.mark.parametrize("on", ["2026-03-14", "2026-03-15", "2026-03-16", "2026-06-01"])
def test_it_holds_from_the_day_after_the_limit_be_that_a_rest_day(staffed: Office, on: str) -> None:
    """Five working days from Friday 6 are Friday 13; on Saturday 14 it is late."""
    set_parameter(staffed, "major-report", 5)
    mark(staffed)
    assert candidates(staffed, date(2026, 3, 13)) == []
    (found,) = candidates(staffed, date.fromisoformat(on))
    assert found.since == date(2026, 3, 14)


def test_a_proposal_over_another_situation_does_not_answer_what_was_kept_from_leaders(
    staffed: Office,
) -> None:
    mark(staffed)
    propose(staffed, LIMIT + DAY, situations=("13(3)",))
    assert keys(staffed) == [f"{CASE}:13.7"]


def test_a_proposal_or_a_judgement_answers_it(staffed: Office) -> None:
    mark(staffed)
    held = propose(staffed, LIMIT + DAY, situations=("13(7)",))
    assert candidates(staffed) == []
    held.withdraw(LIMIT + 2 * DAY)
    (key,) = keys(staffed)
    set_aside(staffed, key)
    assert candidates(staffed) == []


# --- 15: collective, leapfrog and repeated petitions -------------------------------------------------


def petitions(office: Office) -> None:
    """Three of 30, 8 and 4 persons, the second repeating the first, two of them leapfrog."""
    for number, on, persons, leapfrog in (
        ("XF2026-0011", date(2026, 2, 2), 30, True),
        ("XF2026-0012", date(2026, 5, 6), 8, False),
        ("XF2026-0013", date(2026, 6, 8), 4, True),
    ):
        register(office, number, on, persons=persons, leapfrog=leapfrog)
    with office.desk(today=TODAY) as desk:
        desk.link("XF2026-0012", "XF2026-0011", Relation.REPEATS)


def test_without_thresholds_there_are_counts_and_no_suggestion(staffed: Office) -> None:
    petitions(staffed)
    assert candidates(staffed) == []
    with staffed.reading() as ledger:
        figures = petition_figures(ledger.connection, TODAY)
    table = petition_table(figures, Parameters(), TODAY)
    assert table.rows == [("虚构单位U01", 2, 30, 2, 1)]
    assert table.footer[0].split("：")[1] == (
        "提示「较大规模集体上访」的人数（collective-size）未设置，"
        "提示「越级上访」的件数（leapfrog-count）未设置，"
        "提示「重复集体上访」的件数（repeated-collective-count）未设置；未设置的只列数字，不作提示。"
    )


@pytest.mark.parametrize(
    ("name", "value", "key", "cases"),
    [
        ("collective-size", 30, "U01:15.collective:2026-02-02", ["XF2026-0011"]),
        ("collective-size", 8, "U01:15.collective:2026-05-06", ["XF2026-0011", "XF2026-0012"]),
        ("collective-size", 31, None, []),
        ("leapfrog-count", 2, "U01:15.leapfrog:2026-06-08", ["XF2026-0011", "XF2026-0013"]),
        ("leapfrog-count", 3, None, []),
        ("repeated-collective-count", 1, "U01:15.repeated:2026-05-06", ["XF2026-0012"]),
        ("repeated-collective-count", 2, None, []),
    ],
)
def test_at_the_offices_threshold_there_is_a_suggestion(
    staffed: Office, name: str, value: int, key: str | None, cases: list[str]
) -> None:
    petitions(staffed)
    set_parameter(staffed, name, value)
    found = candidates(staffed)
    assert [each.key for each in found] == ([key] if key else [])
    for each in found:
        assert (each.articles, each.unit) == ("细则 15", UNIT)
        assert "、".join(cases) in each.evidence
        assert f"本单位提示标准 {value}" in each.evidence
        assert each.since == date.fromisoformat(key[-10:])


def test_a_threshold_holds_from_its_day_on(staffed: Office) -> None:
    petitions(staffed)
    set_parameter(staffed, "leapfrog-count", 2, effective=date(2026, 9, 1))
    assert candidates(staffed, date(2026, 8, 31)) == []
    assert len(candidates(staffed, date(2026, 9, 1))) == 1


def test_a_petition_of_another_year_does_not_count(staffed: Office) -> None:
    set_parameter(staffed, "leapfrog-count", 1, effective=date(2025, 1, 1))
    register(staffed, "XF2025-0001", date(2025, 12, 31), "U02", leapfrog=True)
    assert keys(staffed, date(2025, 12, 31)) == ["U02:15.leapfrog:2025-12-31"]
    assert keys(staffed, date(2026, 1, 1)) == []


def test_a_unit_that_returned_the_matter_does_not_answer_for_it(staffed: Office) -> None:
    petitions(staffed)
    set_parameter(staffed, "leapfrog-count", 2)
    with staffed.desk(today=TODAY) as desk:
        desk.step(
            ReturnAssignment(number="XF2026-0013", on=date(2026, 6, 10), unit=UNIT, reason="示例")
        )
        desk.step(assign("XF2026-0013", date(2026, 6, 11), "U02"))
    assert keys(staffed, date(2026, 6, 9)) == ["U01:15.leapfrog:2026-06-08"]
    assert keys(staffed) == []


def test_a_petition_registered_twice_counts_once(staffed: Office) -> None:
    petitions(staffed)
    set_parameter(staffed, "leapfrog-count", 2)
    with staffed.desk(today=TODAY) as desk:
        desk.link("XF2026-0013", "XF2026-0011", Relation.DUPLICATES)
    with staffed.reading() as ledger:
        table = petition_table(petition_figures(ledger.connection, TODAY), Parameters(), TODAY)
    assert table.rows == [("虚构单位U01", 2, 30, 1, 1)]
    assert candidates(staffed) == []


def test_a_new_petition_brings_back_what_was_answered(staffed: Office) -> None:
    petitions(staffed)
    set_parameter(staffed, "leapfrog-count", 2)
    propose(staffed, date(2026, 6, 9), **at_rung("15"), cases=())
    assert keys(staffed) == []
    register(staffed, "XF2026-0014", date(2026, 7, 1), leapfrog=True)
    (key,) = keys(staffed)
    assert key == "U01:15.leapfrog:2026-07-01"
    set_aside(staffed, key)
    assert keys(staffed) == []
    register(staffed, "XF2026-0015", date(2026, 7, 2), leapfrog=True)
    assert keys(staffed) == ["U01:15.leapfrog:2026-07-02"]


def test_a_proposal_over_another_kind_of_15_answers_nothing(staffed: Office) -> None:
    petitions(staffed)
    set_parameter(staffed, "leapfrog-count", 2)
    propose(staffed, date(2026, 6, 9), situations=("15/collective",), severity=None)
    assert keys(staffed) == ["U01:15.leapfrog:2026-06-08"]


# --- The table ---------------------------------------------------------------------------------------


def test_the_table_holds_every_candidate_and_says_that_a_person_judges(staffed: Office) -> None:
    find(staffed, "3")
    mark(staffed)
    held = propose(staffed, ON, cases=(), nature=Nature.COLLECTIVE).decide()
    found = candidates(staffed)
    table = due_table(found, TODAY)
    assert [row[0] for row in table.rows] == [held.number, f"{CASE}:13.3:{UNIT}", f"{CASE}:13.7"]
    assert [row[1] for row in table.rows] == ["虚构单位U01", "虚构单位U01", "信访办"]
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.footer[0].startswith(f"截至 {TODAY} 共 3 项，仅供考虑")


def test_a_candidate_that_nobody_knows_may_be_set_aside_only_with_a_reason(
    staffed: Office,
) -> None:
    head = staffed.head()
    with pytest.raises(InputRefusedError, match="理由不能为空"), staffed.desk() as desk:
        accounts.set_aside(desk, "示例候选", " ")
    assert staffed.head() == head
