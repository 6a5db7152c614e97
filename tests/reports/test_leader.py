"""The record of a leader: only their days, only their own accountabilities (细则 5, 12, 13–20)."""

from __future__ import annotations

from datetime import date

import pytest
from assessed import TODAY, appoint, decide, hold_to_account, propose, revoke, supervise
from conftest import Office, assign, entry, unit_name

from xfctl.domain.accountability import proposal
from xfctl.domain.accountability.people import Answerable
from xfctl.domain.classification import FeedbackForm, Nature, Relation, Severity
from xfctl.domain.identity import masked_name
from xfctl.domain.post import Post
from xfctl.domain.steps.handling import GiveFeedback
from xfctl.ledger.identities import Identities
from xfctl.ledger.load import ACCOUNTABILITIES
from xfctl.ledger.unit_lists import AppointmentLine, appointments
from xfctl.reports.leader import accounts_of, leader_tables, tenures
from xfctl.reports.period import Period
from xfctl.reports.review import view_of
from xfctl.reports.table import Table
from xfctl.workdays.calendar import Calendar

NAME = "示例负责人"
ASKED = Period(date(2026, 1, 1), date(2026, 9, 30))


def held(since: str, until: str | None) -> AppointmentLine:
    last = date.fromisoformat(until) if until else None
    return AppointmentLine("U01", 1, "admin_head", NAME, None, date.fromisoformat(since), last)


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2025-05-01", None, ("2026-01-01", "2026-09-30")),
        ("2026-03-01", None, ("2026-03-01", "2026-09-30")),
        ("2025-05-01", "2026-03-01", ("2026-01-01", "2026-02-28")),  # the successor's day
        ("2026-01-01", "2026-01-02", ("2026-01-01", "2026-01-01")),
        ("2025-05-01", "2026-01-01", None),  # gone before the period began
        ("2025-05-01", "2026-01-02", ("2026-01-01", "2026-01-01")),
        ("2026-09-30", None, ("2026-09-30", "2026-09-30")),
        ("2026-10-01", None, None),
        ("2026-01-01", "2026-10-01", ("2026-01-01", "2026-09-30")),
        ("2026-03-01", "2027-01-01", ("2026-03-01", "2026-09-30")),
    ],
)
def test_posts_are_cut_off_at_the_ends_of_the_period(since, until, told) -> None:
    found = tenures([held(since, until)], {"U01": "虚构单位U01"}, ASKED)
    days = [(f"{each.period.first}", f"{each.period.last}") for each in found]
    assert days == ([told] if told else [])


@pytest.fixture
def served(office: Office) -> Office:
    """Head of U01 till 1 July 2026, from then a leader of U02; the successor is somebody else."""
    office.add_units("U01", "U02", on=date(2025, 1, 6))
    moved = date(2026, 7, 1)
    appoint(office, "U01", NAME, date(2025, 3, 3), moved)
    appoint(office, "U01", "示例继任者", moved)
    appoint(office, "U02", "示例部长", date(2025, 3, 3))
    appoint(office, "U02", NAME, moved, post=Post.LEADER, area="基建")
    with office.desk(today=TODAY) as desk:
        for serial, on, code, traits in (
            (1, date(2025, 12, 31), "U01", {}),  # before the period
            (2, date(2026, 3, 2), "U01", {"persons": 5}),
            (3, date(2026, 6, 30), "U01", {"leapfrog": True}),  # due 9 July, the successor's
            (4, moved, "U01", {}),  # the successor's
            (5, moved, "U02", {}),
            (6, date(2026, 6, 30), "U02", {}),  # before the move, due after it
        ):
            desk.register(on, entry(f"XF2026-{serial:04d}", **traits))
            desk.step(assign(f"XF2026-{serial:04d}", on, code))
        desk.link("XF2026-0003", "XF2026-0002", Relation.REPEATS)
        written = {"number": "XF2026-0002", "form": FeedbackForm.WRITTEN}
        desk.step(GiveFeedback(on=date(2026, 3, 11), **written))
    supervise(office, "U01", date(2026, 6, 30), "XF2026-0003", grounds=("2",))
    supervise(office, "U01", moved, "XF2026-0003")
    return office


def record(
    office: Office, asked: Period = ASKED, *, unit: str | None = None, shown: bool = True
) -> dict[str, Table]:
    """The record as the command makes it."""
    with office.reading() as ledger:
        connection = ledger.connection
        names = {code: unit_name(code) for code in ("U01", "U02")}
        mine = tenures(appointments(connection, name=NAME, unit=unit), names, asked)
        view = view_of(connection, asked, TODAY, Calendar())
        accounts = accounts_of(Identities(connection), NAME, unit, view)
        name, told = (NAME, accounts) if shown else (masked_name(NAME), None)
        tables = leader_tables(connection, name, mine, told, view)
    return {each.key: each for each in tables}


def test_posts_with_the_duty_they_carry(served: Office) -> None:
    assert record(served)["posts"].rows == [
        (
            *("虚构单位U01", "行政主要负责人", None),
            *(date(2026, 1, 1), date(2026, 6, 30), "细则 5"),
        ),
        (
            *("虚构单位U02", "班子其他成员", "基建"),
            *(date(2026, 7, 1), date(2026, 9, 30), "细则 5"),
        ),
    ]


def test_a_liaison_answers_under_another_article(served: Office) -> None:
    appoint(served, "U02", NAME, date(2026, 2, 2), date(2026, 3, 2), post=Post.LIAISON)
    last = record(served)["posts"].rows[1]
    assert (last[1], last[-1]) == ("信访专人", "细则 9(1)")


def test_each_post_has_the_figures_of_its_own_days(served: Office) -> None:
    assert record(served)["figures"].rows == [
        # 2 and 3; 2 was answered in time; 1 was due in January and never answered
        (
            *("虚构单位U01", "2026-01-01 至 2026-06-30", 2),
            *(2, 1, 50, 1, 1, 1, 1, "11(2)"),
        ),
        # 5 was registered in these days; 5 and 6 were due and not answered
        (
            *("虚构单位U02", "2026-07-01 至 2026-09-30", 1),
            *(2, 0, 0, 0, 0, 0, 0, None),
        ),
    ]


def test_the_day_of_the_move_is_the_successors(served: Office) -> None:
    with served.reading() as ledger:
        view = view_of(ledger.connection, ASKED, TODAY, Calendar())
        successor = tenures(
            appointments(ledger.connection, name="示例继任者"), {"U01": "虚构单位U01"}, ASKED
        )
        figures = leader_tables(ledger.connection, "示例继任者", successor, [], view)[1].rows
    # 4 is theirs, of 30 June's matter 3 only the deadline; the supervision of 1 July is theirs
    assert figures == [
        ("虚构单位U01", "2026-07-01 至 2026-09-30", 1, 2, 0, 0, 0, 0, 0, 1, "11(1)"),
    ]


def test_one_unit_alone(served: Office) -> None:
    """Someone else of that name may serve in another unit."""
    hold_to_account(served, "U01", date(2026, 5, 6))
    in_charge = Answerable(in_charge=(NAME,))
    hold_to_account(served, "U02", date(2026, 8, 10), people=in_charge)
    both, second = record(served), record(served, unit="U02")
    assert [row[0] for row in both["accounts"].rows] == ["ZZ2026-0001", "ZZ2026-0002"]
    assert [row[0] for row in second["posts"].rows] == ["虚构单位U02"]
    assert [row[0] for row in second["figures"].rows] == ["虚构单位U02"]
    assert [row[0] for row in second["accounts"].rows] == ["ZZ2026-0002"]


NAMESAKE = "同名的可能是不同的人；用 --unit 分开。"


def test_a_name_held_in_two_units_may_be_two_persons(served: Office) -> None:
    """In May the one of U01 alone was in office; U02 is left out where it is not asked about."""
    first_half = Period(ASKED.first, date(2026, 5, 31))
    told = {
        "both": NAMESAKE in record(served)["posts"].footer,
        "masked": NAMESAKE in record(served, shown=False)["posts"].footer,
        "one by --unit": NAMESAKE in record(served, unit="U02")["posts"].footer,
        "one by the period": NAMESAKE in record(served, first_half)["posts"].footer,
    }
    assert told == {
        "both": True,
        "masked": True,
        "one by --unit": False,
        "one by the period": False,
    }


def test_a_namesake_among_the_staff_of_another_unit_is_told_once_revealed(served: Office) -> None:
    first_half = Period(ASKED.first, date(2026, 5, 31))
    hold_to_account(
        served,
        *("U02", date(2026, 5, 6), Severity.LIGHT),
        nature=Nature.INDIVIDUAL,
        people=Answerable(staff={NAME: "科员"}),
    )
    assert NAMESAKE in record(served, first_half)["posts"].footer
    assert NAMESAKE not in record(served, first_half, shown=False)["posts"].footer


def test_an_accountability_with_the_post_of_its_day(served: Office) -> None:
    hold_to_account(served, "U01", date(2026, 5, 6))
    assert record(served)["accounts"].rows == [
        (
            *("ZZ2026-0001", date(2026, 5, 6), "虚构单位U01", "行政主要负责人"),
            *("主要领导责任", "细则 17", "诫勉谈话", "已决定"),
        )
    ]


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
    ],
)
def test_the_day_in_question_decides_not_the_day_of_the_proposal(served, day, listed) -> None:
    number = propose(served, "U01", date(2026, 8, 3), day_in_question=day)
    decide(served, number, date(2026, 8, 4))
    rows = record(served)["accounts"].rows
    assert [row[0] for row in rows] == ([number] if listed else [])


def test_what_was_decided_after_the_period_is_not_known_in_it(served: Office) -> None:
    number = propose(served, "U01", date(2026, 5, 6))
    decide(served, number, date(2026, 10, 5))
    assert record(served)["accounts"].rows == []
    assert len(record(served, Period(ASKED.first, date(2026, 10, 5)))["accounts"].rows) == 1


def test_what_others_answer_for_is_not_in_it(served: Office) -> None:
    hold_to_account(served, "U01", date(2026, 7, 1))  # the successor
    hold_to_account(served, "U02", date(2026, 8, 10))  # the head of U02 alone
    assert record(served)["accounts"].rows == []


def measures_and_standing(office: Office) -> tuple[object, object]:
    (row,) = record(office)["accounts"].rows
    return row[-2], row[-1]


def test_a_proposal_that_nobody_decided_is_no_fact_of_the_record(served: Office) -> None:
    number = propose(served, "U01", date(2026, 5, 6))
    assert record(served)["accounts"].rows == []
    on = date(2026, 5, 7)
    with served.desk(today=TODAY) as desk:
        desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: proposal.withdraw(state, on, "虚构理由", world),
        )
    assert record(served)["accounts"].rows == []


def test_a_measure_revoked_on_appeal_is_no_longer_in_force(served: Office) -> None:
    revoke(served, hold_to_account(served, "U01", date(2026, 5, 6)), date(2026, 6, 1))
    assert measures_and_standing(served) == ("已撤销或变更", "已撤销")
    before = record(served, Period(ASKED.first, date(2026, 5, 31)))["accounts"].rows
    assert [row[-2] for row in before] == ["诫勉谈话"]


def test_a_colleagues_appeal_changes_nothing_for_this_one(served: Office) -> None:
    number = hold_to_account(
        served,
        "U02",
        date(2026, 8, 10),
        people=Answerable(in_charge=(NAME,)),
    )
    revoke(served, number, date(2026, 9, 1), persons=(1,))  # the head
    (row,) = record(served)["accounts"].rows
    assert (row[3], row[-2]) == ("班子其他成员（分管基建）", "诫勉谈话")


def test_staff_of_that_name_are_told_with_their_post(served: Office) -> None:
    hold_to_account(
        served,
        "U01",
        date(2026, 5, 6),
        Severity.LIGHT,
        nature=Nature.INDIVIDUAL,
        people=Answerable(staff={"示例科员": "科员"}),
    )
    (row,) = record(served)["accounts"].rows
    assert (row[3], row[4]) == ("行政主要负责人", "领导责任")


def test_masked_tells_neither_the_name_nor_whether_there_was_accountability(
    served: Office,
) -> None:
    before = record(served, shown=False)
    hold_to_account(served, "U01", date(2026, 5, 6))
    after = record(served, shown=False)
    assert before["accounts"] == after["accounts"]
    assert after["accounts"].rows == [("（已隐去）",)]
    assert not [each.title for each in after.values() if NAME in each.title]
    assert after["posts"].title.startswith("示**履行")
    assert after["figures"] == record(served)["figures"]
