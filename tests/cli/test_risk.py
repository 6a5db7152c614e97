"""Risk points, decisions, plans and early warning at the command line (细则 5, 8(3), 9, 13(1))."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from command_line import PLANTED, Office, leaks, new_office, run

MATTER = "XF2026-0001"
LOGISTICS = "后勤保障部"
TODAY = "2026-11-25"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path, ("A15", LOGISTICS), ("A20", "图书馆"))
    office.must("unit", "add", "H01", "第一医院", "--by-reference")
    identity = [part for pair in PLANTED.items() for part in pair]
    office.must(
        *("case", "register", "家属区停车收费标准争议", "--on", "2026-11-10"),
        *("--category", "后勤收费", "--persons", "4", *identity),
    )
    return office


def added(office: Office, *more: str, unit: str = LOGISTICS) -> str:
    done = office.must(
        *("risk", "add", unit, "停车收费调整", "--level", "高", "--persons", "300"),
        *("--leader", "领导甲", "--review-by", "2026-11-20", "--on", "2026-11-03", *more),
    )
    return done.out.strip()


def rows(office: Office, *arguments: str, today: str = "") -> list[dict[str, object]]:
    return office.must(*arguments, "--format", "json", today=today).json


def completed(office: Office, line: str) -> list[str]:
    """What a shell offers for the last word of a line."""
    words = {
        "XFCTL_LEDGER": str(office.path),
        "_XFCTL_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
    }
    return run(env=words).out.split()


def test_every_kind_of_number_and_unit_is_completed_in_the_shell(office: Office) -> None:
    risk = added(office)
    decision = office.must("risk", "decide", LOGISTICS, "示例决策").out.strip()
    inspection = office.must("supervise", "inspect", "backlog", "示例督查").out.strip()
    office.must("case", "assign", MATTER, LOGISTICS)
    office.must(
        *("supervise", "open", MATTER, "--unit", LOGISTICS, "--ground", "7", "--form", "电话"),
        *("--reason", "示例理由"),
    )
    offered = {
        "xfctl risk review FX": [risk],
        "xfctl risk link J": [decision],
        "xfctl risk settle JC2026": [decision],
        "xfctl supervise inspection D": [inspection],
        "xfctl supervise act D": ["DB2026-0001"],
        "xfctl letter supervise D": ["DB2026-0001"],
        "xfctl supervise open X": [MATTER],
        "xfctl supervise list --case X": [MATTER],
        f"xfctl supervise open {MATTER} --unit {LOGISTICS[:2]}": [LOGISTICS],
        f"xfctl case correct {MATTER} 2 --unit {LOGISTICS[:2]}": [LOGISTICS],
        f"xfctl case correct {MATTER} 2 --involved {LOGISTICS[:2]}": [LOGISTICS],
        "xfctl log D": ["DB2026-0001", inspection],
    }
    assert {line: completed(office, line) for line in offered} == offered


# Risk points


def test_a_risk_point_from_report_to_end(office: Office) -> None:
    assert added(office, "--trend", "上升", "--measures", "公示成本") == "FX2026-0001"
    done = office.must("risk", "link", "FX2026-0001", MATTER, "--on", "2026-11-12")
    assert done.err == f"已记录：事项 {MATTER} 由 FX2026-0001 引发。\n"
    done = office.must(
        *("risk", "review", "FX2026-0001", "--content", "已公示", "--level", "中"),
        *("--review-by", "2026-12-31", "--on", "2026-11-23"),
    )
    assert done.err == "已记录复查，晚于期限 2026-11-20；下一次复查期限 2026-12-31。\n"
    done = office.must("risk", "review", "FX2026-0001", "--content", "无变化", "--on", "2026-11-24")
    assert done.err == "已记录复查，未过期限 2026-12-31；没有指定下一次复查。\n"
    done = office.must("risk", "resolve", "FX2026-0001", "--result", "标准已重新核定")
    assert done.err == "FX2026-0001 已化解。\n"
    shown = office.must("risk", "show", "FX2026-0001").out
    for told in (
        "后勤保障部报隐患点：停车收费调整；级别高、趋势上升、300 人；责任领导 领导甲；措施 公示成本",
        "复查：已公示；级别中；下次复查期限 2026-12-31",
        f"引发事项 {MATTER}",
        "化解：标准已重新核定",
        f"{TODAY} 化解",
    ):
        assert told in shown.replace("\n", "")
    assert rows(office, "risk", "list", "--part", "隐患") == []
    (line,) = rows(office, "risk", "list", "--all", "--part", "隐患")
    assert (line["level"], line["standing"], line["cases"]) == ("中", f"{TODAY} 化解", MATTER)
    assert office.must("verify").code == 0


def test_an_overdue_review_is_owed_by_the_unit_like_anything_else(office: Office) -> None:
    added(office)
    (late,) = [
        each
        for each in office.must("overdue", "--unit", "A15", "--format", "json").json
        if each["case"] == "FX2026-0001"
    ]
    assert (late["article"], late["due_on"], late["late_by"]) == (
        "细则 8(3)、9(1)",
        "2026-11-20",
        5,
    )
    assert (late["summary"], late["handler"]) == ("隐患点：停车收费调整", "领导甲")
    assert "FX2026-0001" in office.must("digest").out
    assert "FX2026-0001" in office.must("unit", "show", "A15").out
    assert "FX2026-0001" not in office.must("overdue", today="2026-11-20").out
    soon = office.must("overdue", "--due-within", "2", "--format", "json", today="2026-11-18").json
    assert "FX2026-0001" in {each["case"] for each in soon}
    office.must("risk", "review", "FX2026-0001", "--content", "已复查")
    assert "FX2026-0001" not in office.must("overdue").out
    (held,) = [
        each
        for each in office.must("export", "obligations", "--format", "json").json
        if each["clock"] == "risk_review"
    ]
    assert (held["late"], held["discharged_on"]) == (True, TODAY)


def test_a_recount_of_the_calendar_leaves_named_dates_alone(office: Office) -> None:
    added(office)
    done = office.must("calendar", "close", "2026-11-26", "2026-11-27", "--reason", "停电检修")
    assert "FX2026-0001" not in done.out
    assert office.must("verify").code == 0


def test_the_list_has_three_parts(office: Office) -> None:
    added(office)
    office.must("risk", "decide", "A15", "停车收费上调", "--on", "2026-11-05")
    office.must("risk", "link", "JC2026-0001", MATTER)
    text = office.must("risk", "list").out
    assert "排序：级别（高、中、低），趋势（上升、平稳、下降），涉及人数" in text
    assert "2026 年未报隐患点的单位" in text
    assert "细则 9(2)" in text
    assert "细则 13(1)" in text
    units = rows(office, "risk", "list", "--part", "未报")
    assert [(each["code"], each["applies"]) for each in units] == [
        ("A20", "适用"),
        ("H01", "参照执行"),
    ]
    (hasty,) = rows(office, "risk", "list", "--part", "决策")
    assert (hasty["consulted"], hasty["assessed"], hasty["cases"]) == ("未记录", "未记录", MATTER)
    (mine,) = rows(office, "risk", "list", "--unit", "A15")
    assert (mine["number"], mine["standing"]) == ("FX2026-0001", "复查逾期 5 日")
    assert rows(office, "risk", "list", "--unit", "A20") == []
    office.must("risk", "assess", "JC2026-0001", "--level", "低", "--content", "研判")
    office.must("risk", "consult", "JC2026-0001", "--content", "座谈")
    assert rows(office, "risk", "list", "--part", "决策") == []


def test_a_link_is_undone_with_a_reason(office: Office) -> None:
    added(office)
    office.must("risk", "link", "FX2026-0001", MATTER)
    done = office.must("risk", "unlink", "FX2026-0001", MATTER, "--reason", "并非由此引发")
    assert done.err == f"已撤销 FX2026-0001 与事项 {MATTER} 的关联。\n"
    assert rows(office, "risk", "list", "--unit", "A15")[0]["cases"] is None
    assert "并非由此引发" in office.must("log").out
    office.must("risk", "link", "FX2026-0001", MATTER)


# Decisions


def test_a_decision_prepared_as_the_article_asks(office: Office) -> None:
    done = office.must("risk", "decide", "图书馆", "闭馆时间调整", "--on", "2026-11-02")
    assert done.out == "JC2026-0001\n"
    steps = [
        ("consult", ["--content", "读者座谈"], "2026-11-03", "已记录征求职工意见。\n"),
        (
            "assess",
            ["--level", "中", "--content", "可能集中反映"],
            "2026-11-04",
            "已记录风险评估，级别中。\n",
        ),
        ("ask", [], "2026-11-05", "已记录征求信访办意见；答复用 xfctl risk opinion 记录。\n"),
        ("opinion", ["--content", "建议先公告"], "2026-11-06", "已记录信访办意见。\n"),
        ("settle", ["--outcome", "暂缓"], "2026-11-09", "已记录决定：暂缓。\n"),
        (
            "settle",
            ["--outcome", "实施", "--discussion", "党政联席会议"],
            "2026-11-16",
            "已记录决定：实施。\n",
        ),
    ]
    for verb, options, on, said in steps:
        assert office.must("risk", verb, "JC2026-0001", *options, "--on", on).err == said
    (line,) = rows(office, "risk", "decisions")
    assert line == {
        "number": "JC2026-0001",
        "unit": "图书馆",
        "title": "闭馆时间调整",
        "recorded_on": "2026-11-02",
        "consulted": "2026-11-03",
        "assessed": "2026-11-04 中",
        "opinion": "2026-11-06 答复",
        "outcome": "2026-11-16 实施",
        "cases": None,
    }
    assert rows(office, "risk", "decisions", "--unit", "A15") == []
    shown = office.must("risk", "show", "JC2026-0001").out
    for told in ("征求职工意见：读者座谈", "信访风险评估（中）", "征求信访办意见", "建议先公告"):
        assert told in shown
    assert "决定实施：集体讨论 党政联席会议" in shown


def test_what_was_done_after_the_decision_is_shown_as_such(office: Office) -> None:
    office.must("risk", "decide", "A15", "停车收费上调", "--on", "2026-11-02")
    office.must("risk", "settle", "JC2026-0001", "--outcome", "实施", "--on", "2026-11-03")
    office.must(
        *("risk", "assess", "JC2026-0001", "--level", "高", "--content", "补作", "--on"),
        "2026-11-04",
    )
    office.must("risk", "ask", "JC2026-0001")
    (line,) = rows(office, "risk", "decisions")
    assert line["assessed"] == "2026-11-04（决定之后） 高"
    assert line["outcome"] == "2026-11-03 实施，未记录集体讨论"
    assert line["opinion"] == f"{TODAY} 征求，未答复"


# Plans


def test_plans_are_kept_verified_and_carried_by_backups(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "预案.txt"
    file.write_text("虚构预案", encoding="utf-8")
    done = office.must(
        "risk", "plan", file, "--unit", LOGISTICS, "--as", "2026版", "--on", "2026-03-02"
    )
    assert done.err.startswith("已存入后勤保障部预案「2026版」，2026-03-02，SHA-256 ")
    office.must("risk", "plan", file, "--as", "试行")
    overall, unit, library, _ = rows(office, "risk", "plans")
    assert (overall["unit"], overall["version"], overall["dated_on"]) == ("学校总体", "试行", TODAY)
    assert (unit["code"], unit["version"], unit["file"]) == ("A15", "2026版", "预案.txt")
    assert (library["version"], library["dated_on"]) == ("无", None)
    assert "没有预案的 2 个" in office.must("risk", "plans").out
    backup = tmp_path / "备份.db"
    office.must("backup", backup)
    (kept,) = (tmp_path / "备份.db.files").iterdir()
    assert kept.read_text(encoding="utf-8") == "虚构预案"
    (stored,) = office.path.with_name(f"{office.path.name}.files").iterdir()
    stored.unlink()
    done = office("verify")
    assert (done.code, "附件" in done.out + done.err) == (6, True)


# Early warning


def test_the_watch_has_four_parts_in_every_format(office: Office, tmp_path: Path) -> None:
    office.must("case", "visit", MATTER, "--persons", "2", "--on", "2026-11-20")
    text = office.must("risk", "watch").out
    for title in (
        "近 30 日上升的单位和类别",
        "接近集体规模",
        "可能转为重复的初信初访",
        "相似事项聚集",
    ):
        assert title in text
    assert "显示参数（本单位规定，不是条款）" not in text, "nothing before to compare with"
    assert "无从比较" in text
    (near,) = rows(office, "risk", "watch", "--part", "集体")
    assert (near["numbers"], near["persons"]) == (MATTER, 4)
    (again,) = rows(office, "risk", "watch", "--part", "重复")
    assert again["reasons"] == "登记后又来 1 次，最近 2026-11-20"
    for form in ("plain", "markdown", "html"):
        assert (
            "接近集体规模" in office.must("risk", "watch", "--format", form).out or form == "plain"
        )
    for form in ("csv", "json", "html", "markdown"):
        target = tmp_path / f"watch.{form}"
        office.must("risk", "watch", "--part", "重复", "--format", form, "-o", target)
        assert MATTER in target.read_text(encoding="utf-8-sig")
    book = tmp_path / "watch.xlsx"
    office.must("risk", "watch", "--part", "重复", "--format", "xlsx", "-o", book)
    assert openpyxl.load_workbook(book).active["A2"].value == MATTER
    assert json.loads(office.must("risk", "watch", "--part", "相似", "--format", "json").out) == []


def test_thresholds_are_options_and_stand_below_the_table(office: Office) -> None:
    office.must("case", "register", "旧事", "--on", "2026-01-05")
    text = office.must("risk", "watch", "--days", "60", "--least", "1", "--percent", "10").out
    assert "近期至少 1 件" in text
    assert "偶然概率低于 10% 提示" in text
    assert "2026-09-27 至 2026-11-25（60 日）" in text
    assert rows(office, "risk", "watch", "--part", "集体", "--near", "4") != []


# Confidentiality


@pytest.mark.parametrize(
    "command",
    [
        ("risk", "list"),
        ("risk", "watch", "--least", "1"),
        ("risk", "show", "FX2026-0001"),
        ("risk", "show", "JC2026-0001"),
        ("risk", "decisions"),
    ],
    ids=" ".join,
)
def test_no_list_tells_who_the_petitioner_is(office: Office, command: tuple[str, ...]) -> None:
    added(office)
    office.must("risk", "decide", "A15", "停车收费上调", "--on", "2026-11-05")
    for source in ("FX2026-0001", "JC2026-0001"):
        office.must("risk", "link", source, MATTER)
    assert leaks(office.must(*command).out) == []


def test_the_demo_has_something_for_each(tmp_path: Path) -> None:
    office = Office(tmp_path / "示例" / "ledger.db", TODAY)
    office.must("demo", tmp_path / "示例")
    for part in ("隐患", "未报", "决策"):
        assert rows(office, "risk", "list", "--part", part)
    for part in ("上升", "集体", "重复", "相似"):
        assert rows(office, "risk", "watch", "--part", part), part
    assert any(each["sha256"] for each in rows(office, "risk", "plans"))
    assert office.must("verify").code == 0
