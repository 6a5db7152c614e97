"""Posts at the command line (细则 5, 9(1)): appointing, relieving, striking, importing, gaps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_line import Office, new_office

UNIT = "后勤保障部"
A, B, C = "示例负责人甲", "示例负责人乙", "示例负责人丙"
HEAD = ("--post", "行政主要负责人")
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path, ("A15", UNIT), ("C01", "文学院"))
    office.must("unit", "appoint", UNIT, A, *HEAD, "--on", "2025-03-01")
    return office


def held(office: Office, unit: str = UNIT) -> list[list[str]]:
    """The rows of the table of posts, the fields of each by two blanks or more."""
    text = office.must("unit", "show", unit, "--format", "plain").out
    lines = text.split("职务\t姓名")[1].splitlines()[1:]
    rows = []
    for line in lines:
        if not line:
            break
        rows.append(line.split("\t"))
    return rows


def gaps(office: Office, *arguments: str) -> list[dict[str, Any]]:
    return office.must("unit", "gaps", *arguments, "--format", "json").json


def test_appoint_succeed_relieve(office: Office) -> None:
    done = office.must("unit", "appoint", UNIT, B, *HEAD, "--on", "2026-03-01", "--succeed")
    assert (done.out, done.err) == (*("", f"已记录{UNIT}：行政主要负责人，{B}，2026-03-01 起。\n"),)
    done = office.must("unit", "relieve", UNIT, B, "--on", "2026-09-01")
    assert done.err == f"已记录{UNIT}：{B}自 2026-09-01 起不再任职。\n"
    assert [row[1:] for row in held(office)] == [
        [A, "", "2025-03-01", "2026-03-01"],
        [B, "", "2026-03-01", "2026-09-01"],
    ]


def test_leaders_with_areas_and_an_earlier_term(office: Office) -> None:
    office.must("unit", "appoint", UNIT, C, "--post", "副部长", "--area", "基建、后勤")
    done = office.must(
        *("unit", "appoint", UNIT, B, *HEAD, "--on", "2024-01-01", "--until", "2025-03-01")
    )
    assert "2024-01-01 起，2025-03-01 免职" in done.err
    assert [row[:3] for row in held(office)] == [
        ["行政主要负责人", B, ""],
        ["行政主要负责人", A, ""],
        ["班子其他成员", C, "基建、后勤"],
    ]


def test_strike_leaves_both_records_in_the_log(office: Office) -> None:
    done = office.must("unit", "strike", UNIT, A, "--reason", "单位录错")
    assert done.err == f"已作废{UNIT}的这项任职记录。\n"
    assert held(office) in ([], [["（无）"]])
    log = office.must("log").out
    assert f"{A}任行政主要负责人" in log
    assert "作废第 1 项任职：单位录错" in log


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("appoint", UNIT, B, *HEAD), 4, "接任请加 --succeed"),
        (("appoint", UNIT, B, *HEAD, "--on", "2024-01-01", "--succeed"), 4, "（--until）"),
        (("appoint", UNIT, A, *HEAD), 4, "已任行政主要负责人"),
        (("appoint", UNIT, B, *HEAD, "--on", "2026-11-26"), 3, "晚于今天"),
        (("appoint", UNIT, B, *HEAD, "--on", "26-11-01"), 3, "年份只有两位"),
        (("appoint", UNIT, B, "--post", "校长"), 3, "不认识职务「校长」"),
        (("appoint", UNIT, B), 2, "缺少选项「--post」"),
        (("appoint", "无此单位", B, *HEAD), 3, "没有单位「无此单位」"),
        (("appoint", UNIT, "", *HEAD), 3, "姓名不能为空"),
        (("appoint", UNIT, "示\x00例", *HEAD), 3, "控制字符"),
        (("appoint", UNIT, "示" * 101, *HEAD), 3, "101 个字"),
        (("appoint", UNIT, B, "--post", "专人", "--area", "基\x1b建"), 3, "控制字符"),
        (("relieve", UNIT, B), 4, f"没有「{B}」在任的任职记录"),
        (("relieve", UNIT, A, "--on", "2025-03-01"), 3, "不晚于任职日期"),
        (("relieve", UNIT, A, "--post", "专人"), 4, "在任的信访专人任职记录"),
        (("strike", UNIT, B, "--reason", "录错"), 4, f"没有「{B}」的任职记录"),
        (("strike", UNIT, A, "--reason", " "), 3, "理由不能为空"),
        (("import-posts", "没有.csv"), 3, "不存在"),
    ],
)
def test_refusals(office: Office, arguments: tuple[str, ...], code: int, said: str) -> None:
    head = office.head()
    done = office("unit", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert office.head() == head


def test_gaps_on_the_day_asked_about(office: Office) -> None:
    assert gaps(office)[0] == {
        "code": "A15",
        "name": UNIT,
        "applies": "适用",
        "missing": "党组织主要负责人、信访专人、预案",
        "article": "细则 5、细则 9(1)",
    }
    office.must("unit", "appoint", UNIT, B, "--post", "书记", "--on", "2026-11-25")
    office.must("unit", "appoint", UNIT, C, "--post", "专人", "--on", "2026-11-25")
    assert gaps(office)[0]["missing"] == "预案"
    office.must("unit", "relieve", UNIT, A, "--on", "2026-11-25")
    assert gaps(office)[0]["missing"] == "行政主要负责人、预案"
    assert [each["code"] for each in gaps(office, "--as-of", "2026-11-25")] == ["A15", "C01"]


def test_gaps_say_which_units_came_later(office: Office) -> None:
    text = office.must("unit", "gaps", "--as-of", "2026-11-24").out
    assert "2026-11-24：1 个单位有缺" in text
    assert "另有 1 个单位在这天以后才录入账本，没有核对。" in text
    assert "才录入账本" not in office.must("unit", "gaps").out


@pytest.mark.parametrize("format", FORMATS)
def test_gaps_in_every_format(office: Office, format: str, tmp_path: Path) -> None:
    assert "党组织主要负责人" in office.must("unit", "gaps", "--format", format).out
    path = tmp_path / "缺.out"
    office.must("unit", "gaps", "--format", format, "-o", path)
    assert "文学院" in path.read_text(encoding="utf-8-sig")


def test_import_posts(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "任职.csv"
    path.write_bytes(
        (
            "单位,职务,姓名,任职日期,免职日期,分管工作\r\n"
            f"{UNIT},部长,{A},2025-03-01,,\r\n"
            f"A15,部长,{B},2026.3.1,,\r\n"
            f"{UNIT},副部长,{C},2026年3月1日,,基建\r\n"
        ).encode("gb18030")
    )
    done = office.must("unit", "import-posts", path)
    assert done.err == "读到 3 行任职，新记录 2 项，其余已在账本中。\n"
    assert [row[1] for row in held(office)] == [A, B, C]
    head = office.head()
    assert "新记录 0 项" in office.must("unit", "import-posts", path).err
    assert office.head() == head


def test_import_posts_lists_all_faults(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "任职.csv"
    path.write_text(
        f"部门,岗位,姓名,任职日期\n无此单位,部长,{A},2025-03-01\n{UNIT},校长,{A},25-03-01\n",
        encoding="utf-8",
    )
    head = office.head()
    done = office("unit", "import-posts", path, "--map", "单位=部门")
    assert (done.code, done.out) == (3, "")
    assert "有 2 处错误，账本未作任何改动" in done.err
    assert "第 2 行「部门」列：没有单位「无此单位」" in done.err
    assert "第 3 行「岗位」列：不认识" in done.err
    assert office.head() == head


def test_after_a_merger_the_posts_are_still_those_of_the_old_unit(office: Office) -> None:
    office.must("unit", "merge", UNIT, "--into", "文学院")
    assert [row[1] for row in held(office)] == [A]
    assert held(office, "文学院") in ([], [["（无）"]])
