"""Supervision and inspections at the command line (细则 10–11), from ground to report.

On 25 November 2026 a letter is late since the 24th by 后勤保障部, whose seven working days ended
on the 23rd; a second one of the same unit was late and is answered; a third came from above.
"""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from command_line import PLANTED, Done, Office, leaks, new_office

LATE, ANSWERED, ABOVE = "XF2026-0001", "XF2026-0002", "XF2026-0003"
LOGISTICS = "后勤保障部"
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path, ("U01", "某单位"), ("A15", LOGISTICS))
    identity = [part for pair in PLANTED.items() for part in pair]
    office.must(
        *("case", "register", "宿舍热水供应时段与公示不符", "--on", "2026-11-10"),
        *("--channel", "来信", "--first-responder", "经办乙", *identity),
    )
    office.must("case", "assign", LATE, LOGISTICS, "--on", "2026-11-11")
    office.must("case", "receive", LATE, "--on", "2026-11-12")
    office.must("case", "register", "食堂价格", "--on", "2026-11-10", "--first-responder", "经办丙")
    office.must("case", "assign", ANSWERED, LOGISTICS, "--on", "2026-11-10")
    office.must("case", "feedback", ANSWERED, "--form", "书面", "--on", "2026-11-23")
    office.must(
        "case", "register", "上级转来的停车争议", "--on", "2026-11-16", "--channel", "上级转来"
    )
    return office


def opened(office: Office, *more: str, numbers: tuple[str, ...] = (LATE,)) -> Done:
    return office.must(
        *("supervise", "open", *numbers, "--unit", LOGISTICS, "--ground", "1", "--form", "电话"),
        *more,
    )


def rows(office: Office, *arguments: str, today: str = "") -> list[dict[str, object]]:
    return office.must(*arguments, "--format", "json", today=today).json


# Due


def test_due_lists_ground_article_day_and_evidence(office: Office) -> None:
    first, second = rows(office, "supervise", "due")
    assert first == {
        "case": LATE,
        "summary": "宿舍热水供应时段与公示不符",
        "unit": LOGISTICS,
        "article": "细则 11(1)",
        "standing": "已成立",
        "since": "2026-11-24",
        "evidence": "后勤保障部书面反馈期限 2026-11-23",
        "first_responder": "经办乙",
    }
    assert (second["case"], second["article"], second["unit"]) == (ABOVE, "细则 11(6)", None)


def test_due_of_one_unit(office: Office) -> None:
    assert [each["case"] for each in rows(office, "supervise", "due", "--unit", "A15")] == [LATE]
    assert rows(office, "supervise", "due", "--unit", "U01") == []


def test_all_shows_what_ended_and_was_never_supervised(office: Office) -> None:
    history = rows(office, "supervise", "due", "--all")
    (ended,) = [each for each in history if each["case"] == ANSWERED]
    assert (ended["article"], ended["since"], ended["until"], ended["supervised"]) == (
        "细则 11(1)",
        "2026-11-20",
        "2026-11-23",
        "未督办",
    )
    text = office.must("supervise", "due", "--all").out
    assert "曾有督办情形 3 项，其中从未督办 3 项" in text


def test_due_on_a_day_gone_by(office: Office) -> None:
    yesterday = rows(office, "supervise", "due", today="2026-11-22")
    assert [each["case"] for each in yesterday] == [ANSWERED, ABOVE]
    (was_late, _) = rows(office, "supervise", "due", "--all", today="2026-11-22")
    assert (was_late["since"], was_late["until"]) == ("2026-11-20", None)
    assert rows(office, "supervise", "due", today="2026-11-15") == []


def test_suggestions_stand_apart_and_need_a_threshold_of_the_office(office: Office) -> None:
    assert "仅提示" not in office.must("supervise", "due").out
    office.must(
        *("rule", "set", "delay-suggestion", "2"),
        *("--from", "2026-11-01", "--reason", "本单位规定"),
    )
    hints = [each for each in rows(office, "supervise", "due") if each["standing"] == "仅提示"]
    assert [(each["case"], each["since"]) for each in hints] == [(LATE, "2026-11-25")]
    assert hints[0]["evidence"] == "拖延：书面反馈逾期 2 个工作日，本单位提示标准 2"
    assert "另有提示 1 项（提示须经人认定）" in office.must("supervise", "due").out
    assert LATE not in {
        each["case"]
        for each in rows(office, "supervise", "due", "--all")
        if each["article"] == "细则 11(3)"
    }


# Open, act, respond, close


def test_one_supervision_from_opening_to_result(office: Office) -> None:
    done = opened(office, "--joint", "学校办公室", "--joint", "纪检监察机构")
    assert done.out == "DB2026-0001\n"
    assert done.err == "已对后勤保障部立项督办，由经办乙跟踪；回复期限 2026-12-02。\n"
    done = office.must(
        *("supervise", "act", "DB2026-0001", "--form", "实地", "--content", "到场核实"),
        *("--on", "2026-11-27"),
        today="2026-12-04",
    )
    assert done.err == "已记录实地督办。\n"
    done = office.must(
        *("supervise", "respond", "DB2026-0001", "--content", "已恢复供水", "--on", "2026-12-03"),
        today="2026-12-04",
    )
    assert done.err == "已记录回复，晚于期限（期限 2026-12-02）。\n"
    done = office.must(
        *("supervise", "close", "DB2026-0001", "--result", "已整改", "--scope", "各中层单位"),
        today="2026-12-04",
    )
    assert done.err == "督办 DB2026-0001 已办结。\n"
    cover = office.must("supervise", "show", "DB2026-0001", today="2026-12-04").out
    for told in (
        "2026-12-04 办结",
        "细则 11(1) 未按期书面反馈",
        "学校办公室、纪检监察机构",
        "实地督办：到场核实",
        "后勤保障部回复：已恢复供水",
        "各中层单位",
    ):
        assert told in cover
    (listed,) = rows(office, "supervise", "list", today="2026-12-04")
    assert (listed["standing"], listed["forms"]) == ("2026-12-04 办结：已整改", "电话、实地")


def test_the_first_handler_tracks_unless_another_is_named(office: Office) -> None:
    """谁首次办理、谁跟踪督办 (细则 10)."""
    opened(office, numbers=(ANSWERED, LATE))
    opened(office, "--tracker", "经办丁")
    assert [each["tracker"] for each in rows(office, "supervise", "list")] == ["经办丙", "经办丁"]


def test_the_office_says_the_days_or_its_parameter_does(office: Office) -> None:
    opened(office, "--days", "1")
    office.must(
        *("rule", "set", "supervision-response", "3"),
        *("--from", "2026-11-25", "--reason", "本单位规定"),
    )
    opened(office)
    dates = [each["due_on"] for each in rows(office, "supervise", "list")]
    assert dates == ["2026-11-26", "2026-11-30"]


def test_an_open_supervision_takes_its_matters_off_the_list(office: Office) -> None:
    opened(office)
    assert [each["case"] for each in rows(office, "supervise", "due")] == [ABOVE]
    office.must("supervise", "close", "DB2026-0001", "--result", "约谈", today="2026-11-30")
    again = rows(office, "supervise", "due", today="2026-11-30")
    assert [each["case"] for each in again] == [LATE, ABOVE]
    (entry, *_) = rows(office, "supervise", "due", "--all", today="2026-11-30")
    assert entry["supervised"] == "DB2026-0001"


def test_second_and_third_supervision_are_counted_and_shown(office: Office) -> None:
    for nth in (1, 2, 3):
        opened(office)
        office.must("supervise", "close", f"DB2026-000{nth}", "--result", "约谈")
    listed = rows(office, "supervise", "list", "--case", LATE)
    assert [each["nth"] for each in listed] == [1, 2, 3]
    assert "第几次督办  3" in office.must("supervise", "show", "DB2026-0003").out


def test_list_of_a_unit_of_a_matter_and_of_the_open_ones(office: Office) -> None:
    opened(office)
    opened(office, numbers=(ANSWERED,))
    office.must("supervise", "close", "DB2026-0001", "--result", "约谈")
    numbers = {
        options: [each["number"] for each in rows(office, "supervise", "list", *options)]
        for options in ((), ("--open",), ("--unit", "A15"), ("--unit", "U01"), ("--case", LATE))
    }
    both = ["DB2026-0001", "DB2026-0002"]
    assert list(numbers.values()) == [both, both[1:], both, [], both[:1]]
    for verb in (("supervise", "list"), ("export", "supervision")):
        assert rows(office, *verb, today="2026-11-24") == []


# An obligation like any other


def test_the_response_is_overdue_soon_due_exported_and_in_the_digest(office: Office) -> None:
    opened(office, "--days", "2")
    soon = office.must("overdue", "--due-within", "2", "--format", "json").json
    assert ("督办 DB2026-0001", "2026-11-27") in {
        (each["summary"], each["due_on"]) for each in soon
    }
    assert "督办 DB2026-0001" not in office.must("overdue", today="2026-11-27").out
    late = office.must("overdue", "--unit", "A15", "--format", "json", today="2026-11-30").json
    (mine,) = [each for each in late if each["summary"] == "督办 DB2026-0001"]
    assert (mine["article"], mine["late_by"], mine["handler"]) == ("细则 10", 1, "经办乙")
    digest = office.must("digest", today="2026-11-30").out
    assert "督办 DB2026-0001" in digest
    assert "督办 DB2026-0001" in office.must("export", "obligations", "--format", "csv").out
    assert "督办 DB2026-0001" in office.must("unit", "show", "A15", today="2026-11-30").out


def test_one_supervision_of_several_matters_owes_one_response(office: Office) -> None:
    opened(office, numbers=(LATE, ANSWERED))
    owed = [
        each
        for each in office.must("export", "obligations", "--format", "json").json
        if each["clock"] == "supervision_response"
    ]
    assert [(each["case"], each["unit"], each["due_on"]) for each in owed] == [
        (LATE, "A15", "2026-12-02")
    ]
    assert "督办 DB2026-0001 等 2 件事项" in office.must("export", "obligations").out


def test_a_closure_moves_the_response_and_lists_it(office: Office) -> None:
    opened(office)
    done = office.must("calendar", "close", "2026-11-26", "2026-11-27", "--reason", "停电检修")
    assert "DB2026-0001" in done.out
    assert "2026-12-04" in done.out
    assert "1 项未履行的期限有变动" in done.err
    (listed,) = rows(office, "supervise", "list")
    assert listed["due_on"] == "2026-12-04"
    assert "回复期限改为 2026-12-04" in office.must("log").out


# Where else it shows


def test_unit_show_tells_open_supervisions_and_grounds_not_supervised(office: Office) -> None:
    assert "后勤保障部书面反馈期限" in office.must("unit", "show", LOGISTICS).out
    opened(office)
    shown = office.must("unit", "show", LOGISTICS).out
    assert "DB2026-0001" in shown
    assert "应督办未督办 0 项" in shown
    office.must("supervise", "close", "DB2026-0001", "--result", "约谈")
    assert "DB2026-0001" not in office.must("unit", "show", LOGISTICS).out


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_the_digest_has_its_section(office: Office, format: str) -> None:
    digest = office.must("digest", "--format", format).out
    assert "应督办未督办" in digest
    assert LATE in digest.split("应督办未督办")[1]
    opened(office)
    digest = office.must("digest", "--format", format).out
    assert LATE not in digest.split("应督办未督办")[1]


def test_case_show_tells_grounds_and_supervisions(office: Office) -> None:
    assert "从未督办 1 项" in office.must("case", "show", LATE).out
    opened(office, numbers=(ANSWERED, LATE))
    cover = office.must("case", "show", LATE).out
    assert "细则 11(1)" in cover
    assert "DB2026-0001" in cover
    assert "DB2026-0001" not in office.must("case", "show", LATE, today="2026-11-24").out


def test_find_records_a_ground_with_its_evidence(office: Office) -> None:
    done = office.must(
        *("supervise", "find", ANSWERED, LOGISTICS, "--ground", "3", "--evasion", "敷衍"),
        *("--evidence", "两次反馈内容雷同"),
    )
    assert done.err == "已认定细则 11(3) 推诿敷衍拖延弄虚作假。\n"
    (mine,) = [each for each in rows(office, "supervise", "due") if each["case"] == ANSWERED]
    assert (mine["article"], mine["evidence"]) == ("细则 11(3)", "敷衍：两次反馈内容雷同")


# Inspections


def test_one_inspection_from_beginning_to_circulation(office: Office) -> None:
    done = office.must(
        *("supervise", "inspect", "信访积案化解", "历年积案清理", "--lead", "经办乙"),
        *("--joint", "学校办公室", "--on", "2026-11-16"),
    )
    assert (done.out, done.err) == ("DC2026-0001\n", "已开始督查：信访积案化解，历年积案清理。\n")
    find = ("supervise", "inspect-find", "DC2026-0001", LOGISTICS, "--content", "台账不全")
    done = office.must(*find, "--on", "2026-11-18", "--due", "2026-11-24")
    assert done.err == "已记录第 1 条发现：后勤保障部，落实期限 2026-11-24。\n"
    done = office.must(*find, "--on", "2026-11-18")
    assert done.err == "已记录第 2 条发现：后勤保障部。\n"
    office.must(
        *("supervise", "inspect-close", "DC2026-0001", "--result", "清理 12 件"),
        *("--scope", "各中层单位", "--on", "2026-11-20"),
    )
    (late,) = [
        each
        for each in office.must("overdue", "--format", "json").json
        if each["case"] == "DC2026-0001"
    ]
    assert (late["summary"], late["late_by"]) == ("督查：历年积案清理", 1)
    done = office.must(
        *("supervise", "inspect-follow-up", "DC2026-0001", "1", "--content", "已补齐")
    )
    assert done.err == "已记录第 1 条发现的落实情况。\n"
    (listed,) = rows(office, "supervise", "inspections")
    assert (listed["subject"], listed["findings"], listed["open_findings"]) == (
        "信访积案化解",
        2,
        0,
    )
    assert listed["closed_on"] == "2026-11-20"
    cover = office.must("supervise", "inspection", "DC2026-0001").out
    for told in ("学校办公室", "经办乙", "台账不全", "已补齐", "清理 12 件", "各中层单位"):
        assert told in cover


# The report


def reported(office: Office) -> Office:
    opened(office)
    opened(office, numbers=(ANSWERED,))
    office.must("supervise", "close", "DB2026-0001", "--result", "约谈", today="2026-11-30")
    return office


def test_the_report_in_every_file_format(office: Office, tmp_path: Path) -> None:
    reported(office)
    report = ("report", "supervision", "--from", "2026-11-01", "--to", "2026-11-30")
    total, unit, ground, *forms = office.must(*report, "--format", "json", today="2026-12-31").json
    assert [total["group"], unit["name"], ground["name"]] == [
        "合计",
        LOGISTICS,
        "细则 11(1) 未按期书面反馈",
    ]
    assert {each["group"] for each in forms} == {"形式"}
    assert [total[key] for key in ("opened", "closed", "open", "overdue", "longest_age")] == [
        *(2, 1, 1, 0, 3),
    ]
    for suffix in ("csv", "xlsx"):
        path = tmp_path / f"督办.{suffix}"
        office.must(*report, "--format", suffix, "-o", path, today="2026-12-31")
    with (tmp_path / "督办.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["名称"] for row in csv.DictReader(file)][1] == LOGISTICS
    sheet = openpyxl.load_workbook(tmp_path / "督办.xlsx").active
    assert ["合计", "全部", 2, 1, 1] in [list(row[:5]) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("format", FORMATS)
def test_a_period_without_supervision(office: Office, format: str) -> None:
    done = office.must(
        *("report", "supervision", "--from", "2020-01-01", "--to", "2020-12-31"),
        *("--format", format),
    )
    assert LOGISTICS not in done.out


def test_the_report_begins_with_the_year_of_its_last_day(office: Office) -> None:
    reported(office)
    table = office.must("report", "supervision", today="2026-12-31").out
    assert "2026-01-01 至 2026-12-31" in table
    assert (
        "2025-01-01 至 2025-06-30" in office.must("report", "supervision", "--to", "2025-06-30").out
    )


# Nobody's name


def test_no_identity_appears_anywhere(office: Office) -> None:
    reported(office)
    office.must("supervise", "inspect", "policy", "政策落实情况")
    questions = [
        ("supervise", "due"),
        ("supervise", "due", "--all"),
        ("supervise", "list"),
        ("supervise", "inspections"),
        ("report", "supervision"),
    ]
    texts = [
        office.must(*question, "--format", format).out
        for question in questions
        for format in FORMATS
    ]
    texts += [
        office.must("supervise", "show", "DB2026-0001", today="2026-11-30").out,
        office.must("digest").out,
        office.must("unit", "show", LOGISTICS).out,
        office.must("case", "show", LATE).out,
        office.must("log").out,
    ]
    found = leaks(*texts)
    assert found == []
