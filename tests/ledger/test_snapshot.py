"""A review printed again as it was known: later entries change nothing of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import NOW, Office, assign

from xfctl.cli.main import main
from xfctl.domain.classification import FeedbackForm, Relation
from xfctl.domain.steps.closing import CloseCase, ReopenCase
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.handling import GiveFeedback

LATER = NOW + timedelta(days=40)
APRIL = LATER.date()
QUARTER = ("report", "quarter", "2026Q1")


def printed(office: Office, capfdbinary, *arguments: str) -> bytes:
    assert main(["--ledger", str(office.path), "--today", "2026-04-29", *arguments]) == 0
    return capfdbinary.readouterr().out


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "html"])
def test_the_same_bytes_after_later_entries(busy_office, capfdbinary, form):
    known = ("--as-known-at", "2026-03-31", *QUARTER, "--format", form)
    now = (*QUARTER, "--format", form)
    before = printed(busy_office, capfdbinary, *known)
    assert printed(busy_office, capfdbinary, *now) == before
    with busy_office.desk(today=APRIL, now=LATER) as desk:
        number = "XF2026-0001"
        desk.step(GiveFeedback(number=number, on=APRIL, form=FeedbackForm.WRITTEN))
        desk.step(ReopenCase(number="XF2026-0002", on=NOW.date(), reason="虚构理由"))
        seq = desk.case(number).as_recorded[0].seq
        desk.step(
            CorrectFact(
                number=number, on=APRIL, seq=seq, reason="虚构更正", changes={"persons": 30}
            )
        )
    assert printed(busy_office, capfdbinary, *known) == before
    assert printed(busy_office, capfdbinary, *now) != before


def test_a_matter_registered_twice_is_counted_once(office, capfdbinary):
    office.add_units("U01", "U02")
    for number in ("XF2026-0001", "XF2026-0002"):
        office.register(number, assigned_to="U01")
    with office.desk() as desk:
        desk.step(CloseCase(number="XF2026-0002", on=NOW.date(), reason="虚构理由"))
        desk.link("XF2026-0002", "XF2026-0001", Relation.DUPLICATES)
        desk.step(assign("XF2026-0001", NOW.date(), "U02"))
    lines = printed(office, capfdbinary, *QUARTER, "--format", "csv").decode().splitlines()
    told = [each.split(",")[:3] for each in lines if each.startswith(("件次", "期内办结"))]
    assert told == [["件次", "件", "1"], ["期内办结", "件", "0"]]


@pytest.mark.parametrize("repeated", ["XF2024-0001", "XF2024-0002", "XF2024-0003"])
def test_a_repeat_counts_against_the_matter_under_whichever_number(office, capfdbinary, repeated):
    """The repeat was over years before the matter that it came back to, and is read all the same."""
    for serial in (1, 2, 3, 4):
        office.register(f"XF2024-{serial:04d}", on=date(2024, 1, 1 + serial))
    with office.desk() as desk:
        desk.link("XF2024-0002", "XF2024-0001", Relation.DUPLICATES)
        desk.link("XF2024-0003", "XF2024-0002", Relation.DUPLICATES)
        for serial, closed in ((4, date(2024, 2, 1)), (1, date(2026, 1, 9))):
            desk.step(CloseCase(number=f"XF2024-{serial:04d}", on=closed, reason="虚构理由"))
    assert settled(office, capfdbinary) == "1,1"
    with office.desk() as desk:
        desk.link("XF2024-0004", repeated, Relation.REPEATS)
    assert settled(office, capfdbinary) == "0,1"


def settled(office: Office, capfdbinary) -> str:
    """Numerator and denominator of 一次性化解率."""
    lines = printed(office, capfdbinary, *QUARTER, "--format", "csv").decode().splitlines()
    (line,) = [each for each in lines if each.startswith("一次性化解率,本期,")]
    return ",".join(line.split(",")[2:4])
