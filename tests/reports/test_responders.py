"""Repeats, leapfrog petitions and notices by first responder and unit, counted by hand.

The third quarter of 2026 is asked about on 8 October. Notices are due 15 days after registration:

    number  responder  registered  lead  leapfrog  repeats  notice due   given
    1       甲         06-30       U02   –         –        07-15        07-15 in time
    2       甲         07-01       U01   yes       1        07-16        07-17 late
    3       甲         09-30       U01   –         2        10-15        –     not due yet
    4       乙         07-06       U01, given back 07-08    07-21        –     late
    5       乙         08-03       U02   yes       –        anonymous
    6       乙         10-01       U01   –         5        after the period
    7       丙         08-04       –     with 5 the same: registered twice, counts nowhere
"""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Office, assign, entry

from xfctl.domain.classification import Relation
from xfctl.domain.identity import Identity
from xfctl.domain.steps.acceptance import AcceptCase
from xfctl.domain.steps.handling import ReturnAssignment
from xfctl.reports.period import Period
from xfctl.reports.responders import responder_tables
from xfctl.reports.review import view_of
from xfctl.reports.table import Table
from xfctl.workdays.calendar import Calendar

TODAY = date(2026, 10, 8)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
#        responder   registered    lead   traits
MATTERS = (
    ("首问员甲", "2026-06-30", "U02", {}),
    ("首问员甲", "2026-07-01", "U01", {"leapfrog": True}),
    ("首问员甲", "2026-09-30", "U01", {}),
    ("首问员乙", "2026-07-06", "U01", {}),
    ("首问员乙", "2026-08-03", "U02", {"leapfrog": True, "anonymous": True}),
    ("首问员乙", "2026-10-01", "U01", {}),
    ("首问员丙", "2026-08-04", None, {}),
)


def number(serial: int) -> str:
    return f"XF2026-{serial:04d}"


@pytest.fixture
def worked(office: Office) -> Office:
    office.add_units("U02", "U01", on=date(2026, 1, 5))
    with office.desk(today=TODAY) as desk:
        for serial, (responder, iso, unit, traits) in enumerate(MATTERS, start=1):
            on = date.fromisoformat(iso)
            who = None if traits.get("anonymous") else Identity(name="虚构人甲", phone="000-0000")
            desk.register(on, entry(number(serial), first_responder=responder, **traits), who)
            if unit:
                desk.step(assign(number(serial), on, unit))
        for serial, day in ((1, 15), (2, 17)):
            on = date(2026, 7, day)
            desk.step(AcceptCase(number=number(serial), on=on, notified_on=on))
        given_back = {"number": number(4), "on": date(2026, 7, 8), "reason": "虚构理由"}
        desk.step(ReturnAssignment(**given_back))
        for one, other in ((2, 1), (3, 2), (6, 5)):
            desk.link(number(one), number(other), Relation.REPEATS)
        desk.link(number(7), number(5), Relation.DUPLICATES)
    return office


def told(office: Office, period: Period = QUARTER, today: date = TODAY) -> tuple[Table, Table]:
    with office.reading() as ledger:
        tables = responder_tables(view_of(ledger.connection, period, today, Calendar()))
    return tables[0], tables[1]


def shares(row: tuple) -> tuple:
    """Name, registered, then numerators and denominators without the rates."""
    name, registered, notices, in_time, _, repeats, _, first, turned, _, leapfrog, _ = row
    return name, registered, (in_time, notices), repeats, (turned, first), leapfrog


def test_by_first_responder(worked: Office) -> None:
    table, _ = told(worked)
    assert [shares(row) for row in table.rows] == [
        # 4 was late with its notice; of 4 and 5, 5 came again only after the quarter
        ("首问员乙", 2, (0, 1), 0, (0, 2), 1),
        # 1 and 2 had notices due; 2 and 3 repeat others, so that no first petition is left
        ("首问员甲", 2, (1, 2), 2, (0, 0), 1),
    ]


def test_by_unit_with_what_no_unit_has_at_the_end(worked: Office) -> None:
    _, table = told(worked)
    assert [shares(row) for row in table.rows] == [
        ("虚构单位U01", 2, (0, 1), 2, (0, 0), 1),
        ("虚构单位U02", 1, (1, 1), 0, (0, 1), 1),
        ("未交办", 1, (0, 1), 0, (0, 1), 0),
    ]


def test_rates_stand_beside_their_numbers_and_nothing_has_no_rate(worked: Office) -> None:
    table, _ = told(worked)
    _, ours = (dict(zip([c.key for c in table.columns], row, strict=True)) for row in table.rows)
    assert (ours["notices_percent"], ours["repeats_percent"], ours["leapfrog_percent"]) == (
        *(50, 100, 50),
    )
    assert ours["turned_percent"] is None


def test_a_first_petition_that_came_again_counts_once_the_other_is_registered(
    worked: Office,
) -> None:
    """1 of June was repeated on 1 July; 5 of August on 1 October."""
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    assert [shares(row) for row in told(worked, june)[0].rows] == [
        ("首问员甲", 1, (0, 0), 0, (0, 1), 0)
    ]
    both = Period(date(2026, 6, 1), date(2026, 7, 1))
    assert [shares(row) for row in told(worked, both)[0].rows] == [
        ("首问员甲", 2, (0, 0), 1, (1, 1), 1)
    ]
    till_october = Period(date(2026, 7, 1), date(2026, 10, 1))
    rows = [shares(row) for row in told(worked, till_october)[0].rows]
    assert rows[0] == ("首问员乙", 3, (0, 1), 1, (1, 2), 1)


def test_a_repeat_of_the_double_is_a_repeat_of_the_matter_that_counts(worked: Office) -> None:
    """7 stands for 5; a third registration of it stands for 7."""
    with worked.desk(today=TODAY) as desk:
        for serial in (8, 9):
            desk.register(date(2026, 9, 1), entry(number(serial), first_responder="首问员丁"), None)
        desk.link(number(8), number(7), Relation.DUPLICATES)
        desk.link(number(9), number(8), Relation.REPEATS)
    rows = {row[0]: shares(row) for row in told(worked)[0].rows}
    assert rows["首问员乙"] == ("首问员乙", 2, (0, 1), 0, (1, 2), 1)
    assert rows["首问员丁"] == ("首问员丁", 1, (0, 0), 1, (0, 0), 0)


@pytest.mark.parametrize(
    ("day", "notices"),
    [
        (15, (1, 1)),
        (16, (1, 1)),  # the second notice is due today and may still be given
        (17, (1, 2)),
    ],
)
def test_a_notice_due_today_is_not_yet_late(worked: Office, day: int, notices: tuple) -> None:
    rows = [shares(row) for row in told(worked, today=date(2026, 7, day))[0].rows]
    assert {row[0]: row[2] for row in rows}["首问员甲"] == notices


def test_two_units_of_one_name_stay_apart(worked: Office) -> None:
    """A name may be given again once the unit that bore it was merged away."""
    from conftest import unit

    from xfctl.domain import unit_rules

    with worked.desk(today=TODAY) as desk:
        other = desk.units.find("U01")
        desk.on_unit(
            "U02", lambda record, world: unit_rules.merge(record, other, date(2026, 10, 2), world)
        )
        desk.add_unit(unit("U03", name="虚构单位U02"), TODAY)
        desk.register(date(2026, 9, 1), entry("XF2026-0009", first_responder="首问员甲"))
        desk.step(assign("XF2026-0009", date(2026, 9, 1), "U03"))
    names = [row[:2] for row in told(worked)[1].rows]
    assert names == [("虚构单位U01", 2), ("虚构单位U02", 1), ("虚构单位U02", 1), ("未交办", 1)]


def test_a_period_of_nothing_has_no_rows(worked: Office) -> None:
    nothing = Period(date(2025, 1, 1), date(2025, 3, 31))
    assert [table.rows for table in told(worked, nothing)] == [[], []]
