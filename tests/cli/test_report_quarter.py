"""The review of a quarter at the command line, its figures computed by hand.

Five matters around the third quarter of 2026: one of June that is answered late and comes again,
two of July, one of 30 September that repeats one of them, one of 1 October.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from command_line import PLANTED, Done, Office, call, leaks, new_office

LOGISTICS, LETTERS = "后勤保障部", "文学院"
WHO = ("--involved", LOGISTICS, *(part for pair in PLANTED.items() for part in pair))
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = new_office(tmp_path_factory.mktemp("quarter"), ("A15", LOGISTICS), ("C01", LETTERS))
    june, july, september, _, called = (
        office.must("case", "register", "虚构事项", "--on", on, *more).out.strip()
        for on, *more in (
            ("2026-06-30", "--channel", "来访", "--persons", "6", "--category", "基建"),
            ("2026-07-01", "--channel", "来信", "--anonymous", "--category", "后勤收费"),
            (
                "2026-09-30",
                *["--channel", "网上", "--persons", "5", "--category", "后勤收费", "--leapfrog"],
                *WHO,
            ),
            ("2026-10-01", "--channel", "来信"),
            ("2026-07-06", "--channel", "来电", "--first-responder", "经办乙"),
        )
    )
    for line in (
        f"case assign {june} {LOGISTICS} --on 2026-07-01",
        f"case feedback {june} --form 书面 --on 2026-07-13",
        f"case visit {june} --persons 8 --on 2026-07-15",
        f"case close {june} --on 2026-08-03",
        f"case rate {june} 责任单位 不满意 --on 2026-08-04",
        f"case rate {june} 责任单位 基本满意 --on 2026-08-05",
        f"case assign {july} {LOGISTICS} --on 2026-07-01",
        f"case feedback {july} --form 书面 --on 2026-07-10",
        f"case close {july} --on 2026-09-30",
        f"case assign {september} {LETTERS} --on 2026-09-30",
        f"case link {september} {july}",
        f"case close {called} --on 2026-07-07",
        f"case reopen {called} --reason 虚构理由 --on 2026-10-12",
    ):
        office.must(*line.split())
    return office


def quarter(office: Office, *arguments: str, today: str = "") -> dict[str, list[dict[str, object]]]:
    return office.must("report", "quarter", *arguments, "--format", "json", today=today).json


def test_totals_with_the_period_before_and_a_year_before(office: Office) -> None:
    rows = {row["figure"]: row for row in quarter(office, "2026Q3")["totals"]}
    told = {name: (row["now"], row["previous"], row["change"]) for name, row in rows.items()}
    assert told == {
        "件次": (3, 1, 200.0),
        "批次": (4, 1, 300.0),
        "人次": (15, 6, 150.0),
        "集体信访": (1, 1, 0.0),
        "越级信访": (1, 0, None),
        "上级转来": (0, 0, None),
        "期内办结": (3, 0, None),
        "其中无办理期限": (3, 0, None),
        "期末在办": (1, 1, 0.0),
        "期末逾期": (0, 0, None),
        "平均办理时间": (30.0, None, None),
        "最长办理时间": (65, None, None),
    }
    assert {(row["year_before"], row["year_change"]) for row in rows.values()} == {
        (0, None),
        (None, None),
    }


def test_rates_with_numerator_and_denominator(office: Office) -> None:
    rows = quarter(office, "2026Q3")["rates"]
    now = {
        r["figure"]: (r["part"], r["whole"], r["percent"]) for r in rows if r["period"] == "本期"
    }
    assert now == {
        "及时受理率": (0, 0, None),
        "按期反馈率": (1, 2, 50.0),
        "按期办结率": (0, 0, None),
        "答复率": (0, 0, None),
        "按期答复率": (0, 0, None),
        "参评率": (1, 2, 50.0),
        "满意率（信访部门）": (0, 0, None),
        "满意率（责任单位）": (1, 1, 100.0),
        "重复信访率": (1, 3, 33.3),
        "一次性化解率": (2, 3, 66.7),
    }


def test_a_zero_denominator_is_a_dash_to_people_and_nothing_to_files(office: Office) -> None:
    text = office.must("report", "quarter", "2026Q3").out
    assert "按期办结率          本期         0     0      —" in text
    lines = office.must("report", "quarter", "2026Q3", "--format", "csv").out.splitlines()
    assert "按期办结率,本期,0,0,," in lines


def test_sorted_by_channel_first_or_repeat_and_size(office: Office) -> None:
    rows = quarter(office, "2026Q3")["breakdown"]
    told = {
        (row["group"], row["name"]): (row["petitions"], row["batches"], row["persons"])
        for row in rows
    }
    assert told["信访形式", "来访"] == (0, 1, 8)
    assert told["信访形式", "网上"] == (1, 1, 5)
    assert told["初次重复", "重访"] == (0, 1, 8)
    assert told["初次重复", "重复网信"] == (1, 1, 5)
    assert told["初次重复", "初信"] == (1, 1, 1)
    assert told["人数", "集体"] == (1, 2, 13)
    assert told["越级", "越级"] == (1, 1, 5)
    assert told["问题类别", "未填"] == (1, 1, 1)
    for group in {row["group"] for row in rows}:
        sums = [sum(v[i] for k, v in told.items() if k[0] == group) for i in range(3)]
        assert sums == [3, 4, 15], group


def test_units_and_rankings(office: Office) -> None:
    tables = quarter(office, "2026Q3", "--least", "1")
    units = {row["unit"]: row for row in tables["units"]}
    logistics = units[LOGISTICS]
    assert (logistics["petitions"], logistics["previous"], logistics["closed"]) == (1, 0, 2)
    assert (logistics["due"], logistics["in_time"], logistics["percent"]) == (2, 1, 50.0)
    assert (units[LETTERS]["petitions"], units[LETTERS]["open"]) == (1, 1)
    assert (units["未交办"]["petitions"], units["未交办"]["previous"]) == (1, 1)
    # The matter led by one unit is about the other.
    assert [(r["rank"], r["unit"], r["petitions"]) for r in tables["ranked_units"]] == [
        (1, LOGISTICS, 2)
    ]
    assert [(r["rank"], r["topic"], r["repeated"]) for r in tables["topics"]] == [
        (1, "后勤收费", 1)
    ]


def test_too_few_matters_are_not_ranked_and_that_is_said(office: Office) -> None:
    done = office.must("report", "quarter", "2026Q3")
    assert quarter(office, "2026Q3")["ranked_units"] == []
    assert "至少 3 件才排名，另有 1 个不足（共 2 件）" in done.out


def test_what_happened_after_the_last_day_has_not_happened(office: Office) -> None:
    """The call was reopened in October; asked as of July, the late report was still missing."""
    july = {row["figure"]: row["now"] for row in quarter(office, "2026-07")["totals"]}
    assert (july["期内办结"], july["期末在办"]) == (1, 2)
    ten_days = quarter(office, "--from", "2026-07-01", "--to", "2026-07-12")
    feedback = next(row for row in ten_days["rates"] if row["figure"] == "按期反馈率")
    assert (feedback["part"], feedback["whole"]) == (1, 2)
    overdue = next(row for row in ten_days["totals"] if row["figure"] == "期末逾期")
    assert overdue["now"] == 1


@pytest.mark.parametrize(
    ("today", "whole", "overdue"),
    [
        ("2026-10-14", 0, 0),  # not yet due
        ("2026-10-15", 0, 0),  # due today: it may still be met
        ("2026-10-16", 1, 1),  # late, and counted as not in time while open
    ],
)
def test_what_is_not_yet_due_stays_out(
    office: Office, today: str, whole: int, overdue: int
) -> None:
    tables = quarter(office, "2026Q4", today=today)
    feedback = next(row for row in tables["rates"] if row["figure"] == "按期反馈率")
    assert (feedback["part"], feedback["whole"]) == (0, whole)
    units = {row["unit"]: row["overdue"] for row in tables["units"]}
    assert units[LETTERS] == overdue
    text = office.must("report", "quarter", "2026Q4", today=today).out
    assert f"截至 {today} 终了（时期未结束" in text


def test_a_year_is_the_sum_of_its_halves_and_quarters(office: Office) -> None:
    def registered(period: str) -> int:
        return int(str(quarter(office, period)["totals"][0]["now"]))

    quarters = [registered(f"2026Q{number}") for number in (1, 2, 3, 4)]
    assert quarters == [0, 1, 3, 1]
    assert (registered("2026H1"), registered("2026H2"), registered("2026")) == (1, 4, 5)


def test_every_format_and_none_tells_who_petitioned(office: Office, tmp_path: Path) -> None:
    written = []
    for name in (*FORMATS, "xlsx"):
        path = tmp_path / f"季报.{name}"
        done = office.must("report", "quarter", "2026Q3", "--format", name, "-o", path)
        assert done.err == f"已写入「{path}」，共 9 张表。\n"
        written.append(path.read_bytes())
        if name not in ("table", "xlsx"):
            assert office.must("report", "quarter", "2026Q3", "--format", name).out.encode() == (
                path.read_bytes()
            )
    found = leaks(*written)
    assert not found


def test_the_csv_holds_table_after_table(office: Office) -> None:
    text = office.must("report", "quarter", "2026Q3", "--format", "csv").out
    parts = [list(csv.reader(io.StringIO(p))) for p in text[1:].split("\r\n\r\n")]
    assert [part[0] for part in parts] == [
        *(
            ["总量"],
            ["比率"],
            ["分类"],
            ["单位"],
            ["投诉较多的单位"],
            ["投诉较多的问题"],
            ["督办统计"],
            ["责任追究统计"],
            ["隐患点和关键点统计"],
        )
    ]
    assert parts[0][2][:3] == ["件次", "件", "3"]
    assert "█" not in text


def test_the_workbook_has_a_sheet_for_each_table(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "季报.xlsx"
    office.must("report", "quarter", "2026Q3", "--format", "xlsx", "-o", path)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 9
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    totals = book["总量"]
    assert [totals["A2"].data_type, totals["C2"].value] == ["s", 3]
    assert "近八期" not in [cell.value for cell in totals[1]]


def test_dates_in_a_workbook_of_several_tables_are_dates(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "案卷.xlsx"
    office.must("case", "show", "XF2026-0001", "--format", "xlsx", "-o", path)
    sheet = openpyxl.load_workbook(path)["期限义务"]
    values = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row]
    assert datetime(2026, 7, 10) in values  # noqa: DTZ001 (a spreadsheet's date)


def test_xlsx_needs_a_file_name(office: Office) -> None:
    done = office("report", "quarter", "2026Q3", "--format", "xlsx")
    assert (done.code, done.out) == (3, "")
    assert "--output" in done.err


def test_bars_and_sparklines_are_for_the_eye_alone(office: Office) -> None:
    assert "█" in office.must("report", "quarter", "2026Q3").out
    for name in ("plain", "json"):
        out = office.must("report", "quarter", "2026Q3", "--format", name).out
        assert not set("▁▂▃▄▅▆▇█") & set(out)


def test_formulas_are_shown_without_a_ledger(tmp_path: Path) -> None:
    done: Done = call("--ledger", tmp_path / "none.db", "report", "quarter", "--formulas")
    assert done.code == 0
    assert "期限内书面反馈的 ÷ 期限在期内届满的交办" in done.out


def test_by_month_each_month_as_of_its_own_end(office: Office) -> None:
    done = office.must("report", "trend", "2026Q3", "--format", "json")
    months = done.json["months"]
    columns = ("month", "petitions", "batches", "closed", "open", "in_time", "due")
    assert [tuple(row[each] for each in columns) for row in months] == [
        ("2026-07", 2, 3, 1, 2, 1, 2),
        ("2026-08", 0, 0, 1, 1, 0, 0),
        ("2026-09", 1, 1, 1, 1, 0, 0),
    ]


def test_the_month_that_still_runs_says_what_it_is_compared_with(office: Office) -> None:
    remark = "未结束的月份截至今天，同比相比的是完整的月份"
    for today, told in (("2026-09-29", True), ("2026-09-30", False), ("2026-10-01", False)):
        shown = office.must("report", "trend", "2026Q3", today=today).out
        assert (remark in shown.replace("\n", "")) is told


def test_by_unit_and_month(office: Office) -> None:
    done = office.must("report", "trend", "2026Q3", "--by", "单位", "--format", "json")
    rows = {row["unit"]: row for row in done.json["unit_months"]}
    assert rows[LOGISTICS] == {
        "unit": LOGISTICS,
        "2026-07": 1,
        "2026-08": 0,
        "2026-09": 0,
        "total": 1,
    }
    assert "█▁▁" in office.must("report", "trend", "2026Q3", "--by", "单位").out


def test_topics_by_themselves(office: Office) -> None:
    tables = office.must("report", "topics", "2026Q3", "--least", "2", "--format", "json").json
    assert [(row["topic"], row["petitions"]) for row in tables["topics"]] == [("后勤收费", 2)]
    assert [row["unit"] for row in tables["ranked_units"]] == [LOGISTICS]


@pytest.mark.parametrize(
    ("as_of", "bands"),
    [
        ("2026-09-30", [1, 0, 0, 0, 0]),  # registered that day
        ("2026-10-15", [2, 0, 0, 0, 1]),  # 7 working days; the call of July is open again
        ("2026-10-16", [0, 2, 0, 0, 1]),
        ("2026-10-27", [0, 2, 0, 0, 1]),  # 15
        ("2026-10-28", [0, 0, 2, 0, 1]),
    ],
)
def test_open_matters_by_age(office: Office, as_of: str, bands: list[int]) -> None:
    rows = office.must("report", "ageing", "--as-of", as_of, "--format", "json").json
    total = next(row for row in rows if row["unit"] == "合计")
    columns = ("to_7", "to_15", "to_30", "to_60", "over_60")
    assert [total[each] for each in columns] == bands


def test_no_age_belongs_to_two_bands(office: Office) -> None:
    """以上 includes the number itself (民法典 1259)."""
    (heading, *_) = office.must("report", "ageing", "--format", "csv").out.splitlines()
    assert heading.split(",")[1:6] == ["1–7", "8–15", "16–30", "31–60", "61 以上"]


def test_workload_by_first_responder(office: Office) -> None:
    rows = office.must("report", "workload", "2026Q3", "--format", "json").json
    by_name = {row["first_responder"]: row for row in rows}
    assert by_name["经办乙"] == {
        "first_responder": "经办乙",
        "registered": 1,
        "closed": 1,
        "open": 0,
        "overdue": 0,
        "average_days": 1.0,
    }
    (other,) = [row for name, row in by_name.items() if name != "经办乙"]
    assert (other["registered"], other["closed"], other["average_days"]) == (2, 2, 44.5)


def test_an_empty_ledger_has_a_review_too(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    for name in FORMATS:
        office.must("report", "quarter", "2026Q3", "--format", name)
    for verb in (["trend"], ["trend", "--by", "单位"], ["topics"], ["ageing"], ["workload"]):
        office.must("report", *verb)
