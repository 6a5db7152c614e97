"""Every filter of a list against the same filter written in Python; order; the indexes used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

import pytest
from conftest import Office, assign, entry
from lives import COMMANDS, read
from msgspec.structs import asdict

from xfctl.domain.case import Case
from xfctl.domain.case_facts import Superior
from xfctl.domain.classification import Channel, Purpose, Relation
from xfctl.domain.identity import Identity
from xfctl.domain.lifecycle import Stage, stage_of
from xfctl.ledger import case_lists, queries
from xfctl.ledger.case_lists import ALL, CaseFilter, CaseLine, cases, last_number

TODAY = date(2026, 3, 31)
FIRST = date(2026, 3, 2)


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    return [f"XF2026-{n:04}" for n in range(1, 31)]


@pytest.fixture
def full_office(office, numbers) -> Office:
    """Thirty matters that differ in everything a list can be filtered by."""
    office.add_units("U01", "U02")
    with office.desk(today=TODAY) as desk:
        for n, number in enumerate(numbers):
            desk.register(FIRST + timedelta(n // 3), *registered(number, n))
            if n % 2:
                desk.step(assign(number, FIRST + timedelta(n // 3), f"U0{1 + n % 4 // 2}"))
            for text in LATER.get(n, []):
                line = read(text)
                command = COMMANDS[line.word](line)
                desk.step(type(command)(**asdict(command) | {"number": number}))
            if n % 7 == 6:
                desk.link(number, numbers[n - 1], Relation.REPEATS)
    return office


def registered(number: str, n: int) -> tuple[Any, Identity | None]:
    details = {
        "channel": [*Channel, None][n % 7],
        "purpose": [*Purpose, None][n % 6],
        "category": ["后勤收费", "师德", None][n % 3],
        "persons": [1, 4, 5, 6][n % 4],
        "leapfrog": n % 5 == 0,
        "joint": n % 4 == 3,
        "anonymous": n % 6 == 5,
        "first_responder": ["首问员甲", "首问员乙"][n % 2],
        "superior": Superior("虚构上级", None, date(2026, 3, 20)) if n % 8 == 2 else None,
    }
    return entry(number, **details), Identity(phone="000-0000") if n % 3 == 0 else None


# What happened later to some of them.
LATER = {
    1: ["书面反馈 2026-03-04 周三", "办结 2026-03-05 周四"],
    3: ["书面反馈 2026-03-31 周二"],
    5: ["重大 2026-03-31 周二"],
    7: ["口头反馈 2026-03-31 周二", "重大 2026-03-31 周二", "报告领导 2026-03-31 周二"],
    8: ["不予受理 2026-03-31 周二"],
    9: ["退回交办 2026-03-31 周二"],
    10: ["报告上级 2026-03-31 周二"],
    12: ["受理 2026-03-31 周二", "出具意见 2026-03-31 周二 2026-04-30", "书面答复 2026-03-31 周二"],
    14: ["转送 2026-03-31 周二"],
    16: ["受理 2026-03-31 周二", "不再受理 2026-03-31 周二"],
}


def all_cases(office: Office, numbers: list[str]) -> list[Case]:
    with office.desk(today=TODAY) as desk:
        return [desk.case(number) for number in numbers]


def assigned_to(case: Case, unit: str) -> bool:
    return any(each.unit == unit for each in case.assignments)


def overdue(case: Case, on: date) -> bool:
    return any(each.is_open(on) and each.is_late(on) for each in case.obligations)


# Each filter by its field, with values to try and the same question put to a matter.
QUESTIONS: dict[str, tuple[list[Any], Callable[[Case, Any], bool]]] = {
    "unit": (["U01", "U02", "U03"], assigned_to),
    "stage": (list(Stage), lambda case, stage: stage_of(case) is stage),
    "channel": (list(Channel), lambda case, channel: case.entry.channel is channel),
    "purpose": (list(Purpose), lambda case, purpose: case.entry.purpose is purpose),
    "category": (["师德", "无此类"], lambda case, category: case.entry.category == category),
    "first_responder": (["首问员乙", "首"], lambda case, name: case.entry.first_responder == name),
    "first": ([FIRST, date(2026, 3, 6), TODAY], lambda case, day: case.registered_on >= day),
    "last": ([FIRST, date(2026, 3, 6), TODAY], lambda case, day: case.registered_on <= day),
    "overdue_on": ([TODAY, TODAY + timedelta(60)], overdue),
    "major": ([True], lambda case, _: case.major),
    "leapfrog": ([True], lambda case, _: case.entry.leapfrog),
    "collective": ([True], lambda case, _: case.entry.persons >= 5),
    "from_above": (
        [True],
        lambda case, _: case.entry.superior is not None or case.entry.channel is Channel.SUPERIOR,
    ),
    "repeat": ([True], lambda case, _: case.repeats is not None),
}


def listed(office: Office, wanted: CaseFilter = ALL, order: str = "date") -> list[CaseLine]:
    with office.reading() as ledger:
        return list(cases(ledger.connection, wanted, order))


def test_the_questions_cover_every_filter():
    assert QUESTIONS.keys() == asdict(ALL).keys()


def test_without_a_filter_every_matter_is_listed(full_office, numbers):
    assert [each.number for each in listed(full_office)] == numbers


def test_each_filter_keeps_what_the_same_question_in_python_keeps(full_office, numbers):
    found = all_cases(full_office, numbers)
    kept_something = set()
    for field, (values, holds) in QUESTIONS.items():
        for value in values:
            expected = [case.number for case in found if holds(case, value)]
            lines = listed(full_office, CaseFilter(**{field: value}))
            assert [each.number for each in lines] == expected, (field, value)
            if 0 < len(expected) < len(numbers):
                kept_something.add(field)
    assert kept_something == QUESTIONS.keys(), "every filter was tried on something"


def test_two_filters_keep_what_both_keep(full_office, numbers):
    found = all_cases(full_office, numbers)
    for one, other in combinations(QUESTIONS, 2):
        for this, that in product(QUESTIONS[one][0][:2], QUESTIONS[other][0][:2]):
            expected = [
                case.number
                for case in found
                if QUESTIONS[one][1](case, this) and QUESTIONS[other][1](case, that)
            ]
            lines = listed(full_office, CaseFilter(**{one: this, other: that}))
            assert [each.number for each in lines] == expected, (one, this, other, that)


def test_every_stage_is_met(full_office, numbers):
    met = {stage_of(case) for case in all_cases(full_office, numbers)}
    assert met >= {*Stage} - {Stage.OPINED, Stage.ACCEPTED}


ORDERS: dict[str, Callable[[CaseLine], Any]] = {
    "date": lambda line: (line.registered_on, line.number),
    "number": lambda line: line.number,
    "stage": lambda line: (list(Stage).index(Stage(line.stage)), line.registered_on, line.number),
    "first-responder": lambda line: (line.first_responder, line.registered_on, line.number),
}


@pytest.mark.parametrize("order", ORDERS)
def test_lists_are_sorted(full_office, order):
    lines = listed(full_office, order=order)
    assert lines == sorted(lines, key=ORDERS[order])


def test_sorted_by_unit_the_matters_of_a_unit_stand_together(full_office):
    lines = listed(full_office, order="unit")
    units = [each.units for each in lines]
    assert len(list(dict.fromkeys(units))) == len({*units})
    for unit in {*units}:
        group = [each for each in lines if each.units == unit]
        assert group == sorted(group, key=ORDERS["date"])


def test_a_line_says_what_the_matter_says(full_office, numbers):
    for case, line in zip(all_cases(full_office, numbers), listed(full_office), strict=True):
        entry = case.entry
        assert (line.number, line.registered_on) == (case.number, case.registered_on)
        assert (line.stage, line.channel, line.purpose) == (
            stage_of(case),
            entry.channel,
            entry.purpose,
        )
        assert (line.summary, line.persons, line.category) == (
            entry.summary,
            entry.persons,
            entry.category,
        )
        assert line.units == tuple(each.unit_name for each in case.assignments)
        assert (line.leapfrog, line.joint, line.anonymous) == (
            entry.leapfrog,
            entry.joint,
            entry.anonymous,
        )
        assert (line.major, line.repeats) == (case.major, case.repeats)
        assert line.superior == (entry.superior.body if entry.superior else None)
        assert (line.accepted_on, line.replied_on, line.closed_on) == (
            case.accepted_on,
            case.replied_on,
            case.closed_on,
        )
        assert line.outcome == (case.opinion.outcome if case.opinion else None)


# Numbers


def test_matters_by_number_keep_the_order_asked_for(full_office):
    wanted = ["XF2026-0005", "XF2026-0001", "无此编号", "XF2026-0005"]
    with full_office.reading() as ledger:
        found = list(case_lists.cases_by_number(ledger.connection, wanted))
    assert [each.number for each in found] == ["XF2026-0005", "XF2026-0001", "XF2026-0005"]


@pytest.mark.parametrize(
    ("taken", "last"),
    [
        ([], 0),
        (["XF2026-0007"], 7),
        (["XF2026-0007", "XF2026-0003"], 7),
        (["XF2026-9999", "XF2026-10000"], 10000),
        (["XF2025-0009"], 0),
        (["XF2026-甲", "XF2026-12a", "XF2026-"], 0),
        (["XF2026-0002", "XF2026-0100补"], 2),
        (["xf2026-0050"], 0),
    ],
)
def test_the_next_number_follows_the_highest_of_its_year(office, taken, last):
    for number in taken:
        office.register(number)
    with office.reading() as ledger:
        assert last_number(ledger.connection, "case", "XF2026-") == last


@pytest.mark.parametrize(
    ("prefix", "found"),
    [("XF2026-000", 9), ("XF2026-003", 1), ("", 12), ("%", 0), ("XF2026-0_", 0), ("没有", 0)],
)
def test_numbers_are_completed_from_their_beginning(full_office, prefix, found):
    with full_office.reading() as ledger:
        numbers = case_lists.numbers(ledger.connection, "case", prefix, 12)
    assert len(numbers) == found
    assert all(each.startswith(prefix) for each in numbers)


# The cost of what is asked every day follows the number of open obligations, not of all.


def plan(connection: Any, sql: str, values: Any = ()) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]


def test_what_is_overdue_is_found_through_an_index_of_obligations(full_office):
    values = {"on": TODAY.isoformat(), "due": TODAY.isoformat()}
    with full_office.reading() as ledger:
        steps = plan(ledger.connection, queries._OPEN_ON, values)
    obligations = [step for step in steps if step.startswith("SEARCH o USING INDEX")]
    assert len(obligations) == 2, steps
    assert all("due_on<" in step or "discharged_on>" in step for step in obligations), steps
    # json_each goes through the renamings of the one unit that owes.
    scans = [step for step in steps if step.startswith("SCAN") and "json_each" not in step]
    assert not scans, steps


def test_the_list_of_overdue_matters_asks_for_obligations_once(full_office):
    (condition,) = dict(CaseFilter(overdue_on=TODAY).conditions())
    sql = f'SELECT number FROM "case" c WHERE {condition}'
    with full_office.reading() as ledger:
        steps = plan(ledger.connection, sql, (TODAY.isoformat(),))
    (lookup,) = (step for step in steps if "obligation" in step)
    assert lookup.startswith("SEARCH obligation USING")
    assert not [step for step in steps if "CORRELATED" in step or step.startswith("SCAN")], steps
