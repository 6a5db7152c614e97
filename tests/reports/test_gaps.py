"""Units without a head, a 专人 or a plan of the last twelve months on a day (细则 5, 8(2), 9(1))."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY, Office, unit, unit_name

from xfctl.app.office import adopt_plan
from xfctl.domain import post_rules, unit_rules
from xfctl.domain.plan import PlanAdopted
from xfctl.domain.post import Post
from xfctl.domain.post_rules import Appoint
from xfctl.domain.unit import Applies
from xfctl.ledger import attachments, queries, risk_lists, unit_lists
from xfctl.reports.table import Table
from xfctl.reports.units import gaps_table

ENTERED = date(2025, 1, 6)
NEEDED = {
    Post.PARTY_HEAD: "党组织主要负责人",
    Post.ADMIN_HEAD: "行政主要负责人",
    Post.LIAISON: "信访专人",
}


def appoint(office: Office, code: str, post: Post, since: date, until: date | None = None) -> None:
    wanted = Appoint(on=since, post=post, name=f"示例{post.label}{since}", until=until)
    with office.desk() as desk:
        desk.on_unit(code, lambda record, world: post_rules.appoint(record.posts, wanted, world))


def plan(office: Office, code: str, on: date, folder: Path) -> None:
    text = folder / "预案.txt"
    text.write_text(f"虚构预案{on}", encoding="utf-8")
    with office.desk() as desk, attachments.keeping(office.path, text) as kept:
        adopt_plan(
            desk,
            on,
            PlanAdopted(
                unit=code,
                unit_name=unit_name(code),
                version=f"{on}",
                name=text.name,
                size=kept.size,
                sha256=kept.sha256,
            ),
        )


@pytest.fixture
def complete(office: Office, tmp_path: Path) -> Office:
    """U01 has everybody since 2025-02-03 and a plan of 2025-03-20."""
    office.add_units("U01", on=ENTERED)
    for post in NEEDED:
        appoint(office, "U01", post, date(2025, 2, 3))
    plan(office, "U01", date(2025, 3, 20), tmp_path)
    return office


def table(office: Office, on: date) -> Table:
    with office.reading() as ledger:
        return gaps_table(
            queries.units(ledger.connection),
            unit_lists.appointments(ledger.connection, on=on),
            risk_lists.plans(ledger.connection, on),
            on,
        )


def missing(office: Office, on: date = TODAY) -> dict[str, tuple[str, str]]:
    """What every unit lacks, and the articles."""
    return {str(row[0]): (str(row[3]), str(row[4])) for row in table(office, on).rows}


def relieve(office: Office, post: Post, on: date) -> None:
    name = f"示例{post.label}2025-02-03"
    with office.desk() as desk:
        desk.on_unit(
            "U01",
            lambda record, world: post_rules.relieve(record.posts, name, post, on, world),
        )


def test_a_complete_unit_is_not_listed(complete: Office) -> None:
    assert missing(complete) == {}
    assert table(complete, TODAY).footer[0].startswith("2026-03-20：0 个单位有缺")


@pytest.mark.parametrize("post", NEEDED)
def test_each_post_is_missed_from_the_day_it_was_left(complete: Office, post: Post) -> None:
    relieve(complete, post, date(2026, 3, 10))
    article = "细则 9(1)" if post is Post.LIAISON else "细则 5"
    assert missing(complete, date(2026, 3, 9)) == {}
    assert missing(complete, date(2026, 3, 10)) == {"U01": (NEEDED[post], article)}


def test_another_leader_does_not_stand_in_for_a_head(complete: Office) -> None:
    relieve(complete, Post.ADMIN_HEAD, date(2026, 3, 10))
    appoint(complete, "U01", Post.LEADER, date(2026, 3, 10))
    assert missing(complete) == {"U01": ("行政主要负责人", "细则 5")}


def test_a_successor_of_the_same_day_leaves_no_gap(complete: Office) -> None:
    relieve(complete, Post.PARTY_HEAD, date(2026, 3, 10))
    appoint(complete, "U01", Post.PARTY_HEAD, date(2026, 3, 10))
    assert missing(complete, date(2026, 3, 10)) == {}


def test_a_struck_appointment_never_filled_the_post(complete: Office) -> None:
    name = f"示例{NEEDED[Post.LIAISON]}2025-02-03"
    with complete.desk() as desk:
        desk.on_unit(
            "U01",
            lambda record, world: post_rules.strike(record.posts, name, None, "示例理由", world),
        )
    assert missing(complete, date(2025, 6, 1)) == {"U01": ("信访专人", "细则 9(1)")}


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2025, 3, 19), {"U01": ("预案", "细则 9(1)")}),  # before there was one
        (date(2025, 3, 20), {}),
        (date(2026, 3, 19), {}),
        (date(2026, 3, 20), {}),  # exactly a year old: not older than a year
    ],
)
def test_a_plan_holds_for_a_year(complete: Office, on: date, told: dict) -> None:
    assert missing(complete, on) == told


def test_a_plan_older_than_a_year_is_to_be_renewed(complete: Office, tmp_path: Path) -> None:
    office = complete
    office.add_units("U02", on=ENTERED)
    for post in NEEDED:
        appoint(office, "U02", post, date(2025, 2, 3))
    plan(office, "U02", date(2025, 3, 19), tmp_path)
    assert missing(office) == {"U02": ("预案更新（现行 2025-03-19）", "细则 9(1)")}
    plan(office, "U02", date(2026, 3, 20), tmp_path)
    assert missing(office) == {}
    assert missing(office, date(2026, 3, 19)) == {}


def test_a_plan_of_29_february_holds_through_the_28th(office: Office, tmp_path: Path) -> None:
    office.add_units("U01", on=date(2024, 1, 8))
    plan(office, "U01", date(2024, 2, 29), tmp_path)
    posts = "党组织主要负责人、行政主要负责人、信访专人"
    assert missing(office, date(2025, 2, 28))["U01"][0] == posts
    assert missing(office, date(2025, 3, 1))["U01"][0] == f"{posts}、预案更新（现行 2024-02-29）"


def test_everything_missing_is_told_in_one_row_with_each_article_once(office: Office) -> None:
    office.add_units("U01", on=ENTERED)
    with office.desk() as desk:
        desk.add_unit(unit("H01", applies=Applies.BY_REFERENCE), ENTERED)
    rows = table(office, TODAY).rows
    everything = "党组织主要负责人、行政主要负责人、信访专人、预案"
    assert rows == [
        ("H01", "虚构单位H01", "参照执行", everything, "细则 5、细则 9(1)"),
        ("U01", "虚构单位U01", "适用", everything, "细则 5、细则 9(1)"),
    ]


def test_a_merged_unit_lacks_nothing_from_that_day(office: Office) -> None:
    office.add_units("U01", "U02", on=ENTERED)
    with office.desk() as desk:
        into = desk.units.find("U01")
        desk.on_unit(
            "U02", lambda record, world: unit_rules.merge(record, into, date(2026, 3, 10), world)
        )
    assert set(missing(office, date(2026, 3, 9))) == {"U01", "U02"}
    assert set(missing(office, date(2026, 3, 10))) == {"U01"}


def test_of_units_entered_later_the_table_says_how_many_it_did_not_look_at(
    office: Office,
) -> None:
    """An appointment of before that day is enough to look at a unit."""
    office.add_units("U01", "U02", on=TODAY)
    appoint(office, "U01", Post.LIAISON, date(2025, 2, 3))
    past = date(2025, 6, 1)
    assert missing(office, past) == {
        "U01": ("党组织主要负责人、行政主要负责人、预案", "细则 5、细则 9(1)")
    }
    assert table(office, past).footer[1] == "另有 1 个单位在这天以后才录入账本，没有核对。"
    assert set(missing(office)) == {"U01", "U02"}
    assert len(table(office, TODAY).footer) == 1
