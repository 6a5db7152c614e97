"""The deadlines of each article: one table a file, ``article_*`` of 细则 and ``ordinance_*`` of 条例.

A case of a table:

    why         what it shows
    matter      what the matter is: 可联系, 匿名, 申诉求决, 上级来文 2026-04-10, …
    parameters  what the office set: 「reply 3 自 2026-03-10」
    history     what happened, in the order of recording; the first step is on the day of registration
    asked       on which day it is asked how things stand
    owed        everything that is or was owed: what, by which unit, until when, how it stands
    only        keep to one kind of deadline, where the others are beside the point
    refused     instead of asked and owed: the last step is refused, with these words
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from lives import day, lived, owed

from xfctl.domain.case import Case
from xfctl.domain.obligation import OFFICE, PETITIONER
from xfctl.errors import XfctlError
from xfctl.regulation.clocks import clocks

KEYS = {"why", "matter", "parameters", "history", "asked", "owed", "only", "refused"}
TABLES = sorted(
    path for path in Path(__file__).parent.glob("*.toml") if path.stem.partition("_")[0] != "art"
)
CASES = [
    pytest.param(each, id=f"{path.stem}: {each['why']}")
    for path in TABLES
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
NAMES = {clock.title: clock.name for clock in clocks().values()}


def told(each: dict[str, Any], history: list[str]) -> Case:
    return lived(
        history,
        matter_is=each.get("matter", []),
        set_to=each.get("parameters", []),
        today=day(each["asked"]) if "asked" in each else None,
    )


@pytest.mark.parametrize("each", CASES)
def test_case(each: dict[str, Any]) -> None:
    assert each.keys() <= KEYS
    if "refused" in each:
        assert told(each, each["history"][:-1]), "what comes before is in order"
        with pytest.raises(XfctlError, match=each["refused"]):
            told(each, each["history"])
        return
    case, asked = told(each, each["history"]), day(each["asked"])
    only = (NAMES[each["only"]],) if "only" in each else ()
    assert owed(case, asked, *only) == each["owed"]


def test_no_case_is_told_twice() -> None:
    reasons = [(each.id.partition(":")[0], each.values[0]["why"]) for each in CASES]
    assert len(set(reasons)) == len(reasons)


def test_the_tables_reach_every_clock_a_matter_has() -> None:
    """Those of supervision, inspections, risk points and accountability are tested with them."""
    of_others = {"supervision_response", "inspection_follow_up", "risk_review"}
    of_others |= {"rectification", "explanation", "self_criticism", "appeal"}
    reached = {line.split()[0] for each in CASES for line in each.values[0].get("owed", [])}
    assert {NAMES[title] for title in reached} == clocks().keys() - of_others


def test_the_rule_files_name_the_debtor_that_the_steps_make_owe() -> None:
    """What units owe is owed by the office while no unit has the matter."""
    of_unit = {"U01", "U02", OFFICE}
    debtors = {"office": {OFFICE}, "petitioner": {PETITIONER}, "unit": of_unit}
    for each in CASES:
        if "owed" in each.values[0]:
            for held in told(each.values[0], each.values[0]["history"]).obligations:
                assert held.owed_by in debtors[clocks()[held.duty.clock].owed_by], each.id
