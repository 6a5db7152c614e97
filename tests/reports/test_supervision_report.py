"""`report supervision` against a table counted by hand, in every format.

Five supervisions; the first quarter of 2026 is asked about. March 2026 is ordinary: working days
are Monday to Friday. Ages are working days after the opening, to the closing or to 31 March:

    number  unit  grounds  forms      opened     due        responded  closed     age
    1       甲    1        电话       03-02 Mon  03-09      03-09      03-10 Tue  6
    2       甲    1, 3     电话 实地  03-16 Mon  03-23      –          –          11  overdue
    3       乙    6        函件       03-23 Mon  03-30      03-31      –          6
    4       乙    1        网络       2025-12-31 2026-01-08 –          03-03 Tue  (closed inside)
    5       丙    7        电话       04-01      04-09      –          –          (after)
    6       丙    7        电话       2025-12-01 2025-12-08 2025-12-08 2025-12-31 (before)
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from xfctl.ledger.supervision_lists import SupervisionLine
from xfctl.output.formats import Format, render
from xfctl.output.xlsx_file import write_xlsx
from xfctl.reports.period import Period
from xfctl.reports.supervision import export_table, list_table, report_table
from xfctl.reports.table import Table
from xfctl.workdays.calendar import Calendar

CALENDAR = Calendar()
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
# After 31 December 2025: in January 22 weekdays less 1 and 2, plus Sunday 4, are 21; in February 20
# less 16–20 and 23, plus Saturdays 14 and 28, are 16; in March 2 to the 3rd. All in all 39.
AGE_OF_4 = CALENDAR.working_days_between(date(2025, 12, 31), date(2026, 3, 3))


def line(number: int, unit: str, grounds: str, forms: str, *days: str | None) -> SupervisionLine:
    opened, due, responded, closed = (each and date.fromisoformat(each) for each in days)
    return SupervisionLine(
        number=f"DB2026-{number:04d}",
        opened_on=opened,
        unit=unit,
        unit_name=f"虚构单位{unit}",
        cases=(f"XF2026-{number:04d}",),
        grounds=tuple(grounds.split()),
        forms=tuple(forms.split()),
        tracker="跟踪人甲",
        joint=(),
        actions=0,
        due_on=due,
        responded_on=responded,
        closed_on=closed,
        result=f"结果{number}" if closed else None,
        scope=None,
        nth=1,
    )


LINES = [
    line(1, "甲", "1", "phone", "2026-03-02", "2026-03-09", "2026-03-09", "2026-03-10"),
    line(2, "甲", "1 3", "phone site", "2026-03-16", "2026-03-23", None, None),
    line(3, "乙", "6", "letter", "2026-03-23", "2026-03-30", "2026-03-31", None),
    line(4, "乙", "1", "online", "2025-12-31", "2026-01-08", None, "2026-03-03"),
    line(5, "丙", "7", "phone", "2026-04-01", "2026-04-09", None, None),
    line(6, "丙", "7", "phone", "2025-12-01", "2025-12-08", "2025-12-08", "2025-12-31"),
]


def figures(lines: list[SupervisionLine], period: Period) -> dict[tuple[str, str], tuple]:
    table = report_table(lines, period, CALENDAR)
    return {(group, name): rest for group, name, *rest in map(list, table.rows)}


def test_the_working_days_between_the_years_are_those_of_the_notices() -> None:
    assert AGE_OF_4 == 39


def test_the_figures_are_those_counted_by_hand() -> None:
    found = figures(LINES, QUARTER)
    assert found == {
        # opened, closed, open at the end, overdue then, average age, longest age, forms, results
        ("合计", "全部"): [3, 2, 2, 1, 16, 39, "函件 1、网络 1、电话 2、实地 1", "结果1；结果4"],
        ("单位", "虚构单位甲"): [2, 1, 1, 1, 9, 11, "电话 2、实地 1", "结果1"],
        ("单位", "虚构单位乙"): [1, 1, 1, 0, 23, 39, "函件 1、网络 1", "结果4"],
        ("情形", "细则 11(1) 未按期书面反馈"): [
            *(2, 2, 1, 1, 19, 39),
            *("网络 1、电话 2、实地 1", "结果1；结果4"),
        ],
        ("情形", "细则 11(3) 推诿敷衍拖延弄虚作假"): [1, 0, 1, 1, 11, 11, "电话 1、实地 1", None],
        ("情形", "细则 11(6) 上级转来"): [1, 0, 1, 0, 6, 6, "函件 1", None],
        ("形式", "函件督办"): [1, 0, 1, 0, 6, 6, "函件 1", None],
        ("形式", "网络督办"): [0, 1, 0, 0, 39, 39, "网络 1", "结果4"],
        ("形式", "电话督办"): [2, 1, 1, 1, 9, 11, "电话 2、实地 1", "结果1"],
        ("形式", "实地督办"): [1, 0, 1, 1, 11, 11, "电话 1、实地 1", None],
    }


def test_the_total_comes_first_then_units_grounds_and_forms() -> None:
    table = report_table(LINES, QUARTER, CALENDAR)
    assert [row[0] for row in table.rows] == [
        *("合计", *["单位"] * 2, *["情形"] * 3, *["形式"] * 4)
    ]
    assert table.footer[0].startswith("2026-01-01 至 2026-03-31；")


def test_a_unit_that_was_renamed_is_one_row_under_its_last_name() -> None:
    renamed = [replace(LINES[1], unit_name="虚构新名"), *LINES[:1], *LINES[2:]]
    found = figures(renamed, QUARTER)
    assert found["单位", "虚构新名"] == figures(LINES, QUARTER)["单位", "虚构单位甲"]
    assert [name for group, name in found if group == "单位"] == ["虚构单位乙", "虚构新名"]


def test_an_average_of_a_half_is_rounded_up() -> None:
    first = replace(LINES[0], closed_on=date(2026, 3, 3))
    second = replace(LINES[0], closed_on=date(2026, 3, 6))
    assert figures([first, second], QUARTER)["合计", "全部"][4] == 3  # of 1 and 4


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("2026-03-09", (1, 1)),  # the last day to respond is not overdue
        ("2026-03-24", (2, 2)),
        ("2026-03-31", (2, 1)),
    ],
)
def test_what_happened_after_the_period_is_not_known_in_it(
    last: str, told: tuple[int, int]
) -> None:
    """Open and overdue at the end of the period, whatever came later."""
    responded_later = replace(LINES[2], due_on=date(2026, 3, 23))
    period = Period(date(2026, 3, 1), date.fromisoformat(last))
    opened_inside = [LINES[1], responded_later]
    if last == "2026-03-09":
        opened_inside = [LINES[0]]
        assert figures(opened_inside, period)["合计", "全部"][2:4] == [1, 0]
        return
    assert tuple(figures(opened_inside, period)["合计", "全部"][2:4]) == told


@pytest.mark.parametrize(
    ("first", "last", "opened", "closed"),
    [
        ("2026-03-02", "2026-03-10", 1, 1),
        ("2026-03-03", "2026-03-10", 0, 1),
        ("2026-03-02", "2026-03-09", 1, 0),
        ("2026-03-02", "2026-03-02", 1, 0),
        ("2026-03-10", "2026-03-10", 0, 1),
    ],
)
def test_both_ends_of_a_period_belong_to_it(
    first: str, last: str, opened: int, closed: int
) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert figures(LINES[:1], period)["合计", "全部"][:2] == [opened, closed]


@pytest.mark.parametrize(
    ("first", "last"), [("2026-03-11", "2026-03-31"), ("2026-01-01", "2026-03-01")]
)
def test_a_supervision_outside_the_period_has_no_row(first: str, last: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert figures(LINES[:1], period) == {}


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-03-08", [None, None, None, None]),
        ("2026-03-09", [date(2026, 3, 9), None, None, None]),
        ("2026-03-10", [date(2026, 3, 9), date(2026, 3, 10), "结果1", "各单位"]),
    ],
)
def test_the_export_as_of_a_past_day_knows_nothing_later(on: str, told: list[object]) -> None:
    supervised = replace(LINES[0], scope="各单位")
    table = export_table([supervised], date.fromisoformat(on), CALENDAR)
    (row,) = table.rows
    by_key = dict(zip([each.key for each in table.columns], row, strict=True))
    assert [by_key[each] for each in ("responded_on", "closed_on", "result", "scope")] == told


# Every format


@pytest.fixture
def table() -> Table:
    return report_table(LINES, QUARTER, CALENDAR)


def as_text(table: Table) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in table.rows]


def test_csv_reads_back(table: Table) -> None:
    heading, *rows = csv.reader(io.StringIO(render(table, Format.CSV).removeprefix("\ufeff")))
    assert heading == [each.heading for each in table.columns]
    assert rows == as_text(table)


def test_json_reads_back(table: Table) -> None:
    keys = [each.key for each in table.columns]
    assert json.loads(render(table, Format.JSON)) == [
        dict(zip(keys, row, strict=True)) for row in table.rows
    ]


def test_xlsx_reads_back(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "督办统计.xlsx"
    write_xlsx([table], path)
    sheet = openpyxl.load_workbook(path).active
    found = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [each.heading for each in table.columns] in found
    assert [list(row) for row in table.rows] == found[-len(table.rows) :]


def test_plain_text_reads_back(table: Table) -> None:
    _, *rows = (each.split("\t") for each in render(table, Format.PLAIN).splitlines())
    assert [row for row in rows if len(row) == len(table.columns)] == as_text(table)


@pytest.mark.parametrize("fmt", [each for each in Format if each is not Format.XLSX])
def test_every_format_holds_every_row_and_an_empty_period_breaks_none(
    table: Table, fmt: Format
) -> None:
    text = render(table, fmt)
    assert all(name in text for name in ("虚构单位甲", "虚构单位乙", "结果1"))
    assert "虚构单位丙" not in text
    empty = report_table([], QUARTER, CALENDAR)
    assert empty.rows == []
    assert "虚构单位" not in render(empty, fmt)


# The list of one day


@pytest.mark.parametrize(
    ("index", "on", "told"),
    [
        (1, "2026-03-23", "等待回复"),
        (1, "2026-03-24", "回复逾期 1 个工作日"),
        (1, "2026-03-28", "回复逾期 4 个工作日"),
        (0, "2026-03-08", "等待回复"),
        (0, "2026-03-09", "2026-03-09 已回复"),
        (0, "2026-03-10", "2026-03-10 办结：结果1"),
        (2, "2026-03-30", "等待回复"),
        (2, "2026-03-31", "2026-03-31 已回复"),
    ],
)
def test_the_list_tells_how_each_stood_on_the_day(index: int, on: str, told: str) -> None:
    table = list_table([LINES[index]], date.fromisoformat(on), CALENDAR)
    assert table.rows[0][-1] == told


def test_the_list_counts_those_still_open() -> None:
    assert list_table(LINES[:4], date(2026, 3, 31), CALENDAR).footer == ("共 4 项，在办 2 项。",)
    assert list_table(LINES[:1], date(2026, 3, 9), CALENDAR).footer == ("共 1 项，在办 1 项。",)
