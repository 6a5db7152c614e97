"""The clocks and parameters in force on a day, as officers read them."""

from __future__ import annotations

from datetime import date

import pytest
from lives import parameters

from xfctl.domain.parameters import KNOWN
from xfctl.regulation.clocks import clocks
from xfctl.reports.rules import rules_table


def lengths(on: date, told: list[str] | None = None) -> dict[str, str]:
    table = rules_table(clocks(), parameters(told or []), on)
    keys = [column.key for column in table.columns]
    return {row[keys.index("name")]: row[keys.index("length")] for row in table.rows}


def test_every_clock_and_every_parameter_is_listed():
    assert list(lengths(date(2026, 3, 20))) == [*clocks(), *KNOWN]


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("feedback", "7 个工作日"),
        ("acceptance_notice", "15 日"),
        ("handling", "60 日，可延长 30"),
        ("petitioner_reply", "5 个工作日"),
        ("superior_report", "文件指定的日期"),
        ("reply", "5 个工作日"),
        ("delay-suggestion", "未设置"),
        ("appeal", "60 日"),
        ("appeal-decision", "60 日"),
        ("rectification", "文件指定的日期"),
        ("award-year-start", "1 月"),
        ("collective-size", "未设置"),
    ],
)
def test_lengths_as_officers_read_them(name, length):
    assert lengths(date(2026, 3, 20))[name] == length


def test_a_parameter_changes_its_clock_from_its_day_on():
    told = ["reply 3 自 2026-03-10"]
    for on, length in [(9, "5 个工作日"), (10, "3 个工作日")]:
        found = lengths(date(2026, 3, on), told)
        assert (found["petitioner_reply"], found["reply"]) == (length, length)


def test_the_office_sets_how_long_an_appeal_takes():
    found = lengths(date(2026, 3, 20), ["appeal-decision 30 自 2026-03-10"])
    assert (found["appeal"], found["appeal-decision"]) == ("30 日", "30 日")


def test_on_a_day_before_the_ordinance_its_clocks_are_not_in_force():
    found = lengths(date(2022, 4, 30))
    assert found["handling"] == found["acceptance_notice"] == "2022-05-01 起施行"
    assert found["feedback"] == "7 个工作日"
    assert lengths(date(2022, 5, 1))["handling"] == "60 日，可延长 30"
