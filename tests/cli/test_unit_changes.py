"""Units that change at the command line: what was recorded before keeps the name of its day.

On 25 November 2026 后勤集团 has one matter that is late; then it is renamed, given another code,
or merged into 保障中心.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_line import Office, new_office

OLD, NEW, HEIR = "后勤集团", "后勤保障部", "保障中心"
LATE = "XF2026-0001"
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path, ("A15", OLD), ("A22", HEIR), ("B01", "示例一科"))
    office.must("case", "register", "宿舍热水", "--on", "2026-11-10", "--channel", "来信")
    office.must("case", "assign", LATE, OLD, "--on", "2026-11-11")
    return office


def rename(office: Office) -> None:
    office.must("unit", "edit", OLD, "--name", NEW, "--code", "H01", "--on", "2026-11-20")


def merge(office: Office) -> None:
    office.must("unit", "merge", OLD, "--into", HEIR, "--on", "2026-11-20")


def rows(office: Office, *arguments: str) -> list[dict[str, Any]]:
    return office.must(*arguments, "--format", "json").json


def row_of(office: Office, code: str) -> dict[str, Any]:
    (row,) = [each for each in rows(office, "unit", "list") if each["code"] == code]
    return row


# Changing


def test_a_rename_and_a_new_code(office: Office) -> None:
    done = office.must("unit", "edit", OLD, "--name", NEW, "--code", "H01", "--kind", "直属单位")
    assert (done.out, done.err) == ("", f"已更改：H01 {NEW}。\n")
    row = row_of(office, "H01")
    assert (row["name"], row["former_names"], row["former_codes"], row["kind"]) == (
        *(NEW, OLD, "A15", "直属单位"),
    )
    shown = {word: office.must("unit", "show", word).out for word in ("A15", "H01", OLD, NEW)}
    assert set(shown.values()) == {shown[NEW]}
    assert f"曾用名    {OLD}" in shown[NEW]
    assert f"更名为{NEW}；编号改为 H01；类别改为直属单位" in office.must("log").out


def test_parent_applies_and_headcount(office: Office) -> None:
    office.must(
        *("unit", "edit", "B01", "--parent", OLD, "--by-reference", "--headcount", "120"),
    )
    row = row_of(office, "B01")
    assert (row["parent"], row["applies"], row["headcount"]) == (OLD, "参照执行", 120)
    office.must("unit", "edit", "B01", "--applies")
    rename(office)
    row = row_of(office, "B01")
    assert (row["parent"], row["applies"]) == (NEW, "适用")


def test_a_unit_is_added_below_another(office: Office) -> None:
    office.must("unit", "add", "B02", "示例二科", "--parent", OLD, "--former-name", "旧科")
    row = row_of(office, "B02")
    assert (row["parent"], row["former_names"]) == (OLD, "旧科")
    assert "B02 示例二科" in office.must("unit", "show", "旧科").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("unit", "add", "B02", "示例二科", "--parent", "无此单位"),
        ("unit", "add", "B02", "示例二科", "--parent", "B02"),
        ("unit", "add", "B02", "示例二科", "--former-name", ""),
        ("unit", "add", "B02", "示例二科", "--kind", "学\x00院"),
        ("unit", "edit", OLD),
        ("unit", "edit", OLD, "--name", HEIR),
        ("unit", "edit", OLD, "--name", f" {OLD} "),
        ("unit", "edit", OLD, "--headcount", "9" * 30),
        ("unit", "merge", OLD, "--into", OLD),
    ],
)
def test_a_refusal_leaves_the_ledger_as_it_was(office: Office, arguments: tuple[str, ...]) -> None:
    head = office.head()
    done = office(*arguments)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("错误：")
    assert done.err.count("\n") == 1
    assert office.head() == head


def test_names_are_shown_as_they_are_written(office: Office) -> None:
    name = "示例[bold]部😀Ｂ"
    office.must("unit", "edit", OLD, "--name", name)
    for format in ("table", "plain", "csv", "json", "markdown"):
        assert name in office.must("unit", "list", "--format", format).out.replace("\\", "")
    assert "示例[bold]部" in office.must("unit", "list", "--format", "html").out


@pytest.mark.parametrize("format", FORMATS)
def test_a_merger_shows_in_every_format(office: Office, format: str) -> None:
    merge(office)
    assert HEIR in office.must("unit", "list", "--format", format).out


def test_the_list_is_read_back_by_the_import(office: Office, tmp_path: Path) -> None:
    office.must("unit", "edit", "B01", "--parent", OLD, "--headcount", "7")
    rename(office)
    listed = tmp_path / "单位.csv"
    office.must("unit", "list", "--format", "csv", "-o", listed)
    head = office.head()
    assert "新添加 0 个" in office.must("unit", "import", listed).err
    assert office.head() == head
    (tmp_path / "另一").mkdir()
    other = new_office(tmp_path / "另一")
    other.must("unit", "import", listed)
    assert [
        (each["code"], each["name"], each["parent"]) for each in rows(other, "unit", "list")
    ] == [
        ("A22", HEIR, None),
        ("B01", "示例一科", NEW),
        ("H01", NEW, None),
    ]


# Old matters


@pytest.mark.parametrize("change", [rename, merge])
def test_old_matters_keep_the_name_of_their_day(office: Office, change: Any) -> None:
    change(office)
    assert OLD in office.must("case", "show", LATE).out
    assert NEW not in office.must("case", "show", LATE).out
    for question in (("overdue",), ("supervise", "due")):
        (mine,) = [each for each in rows(office, *question) if each["case"] == LATE]
        assert mine["unit"] == OLD
    for noun in ("cases", "obligations"):
        exported = office.must("export", noun).out
        assert OLD in exported
        assert NEW not in exported
    assert OLD in office.must("digest").out
    assert "反馈" in office.must("case", "feedback", LATE, "--form", "书面").err


def test_lists_of_a_unit_ask_by_any_of_its_names(office: Office) -> None:
    rename(office)
    for word in ("A15", "H01", OLD, NEW):
        assert [each["case"] for each in rows(office, "overdue", "--unit", word)] == [LATE]
        assert LATE in office.must("case", "list", "--unit", word).out
        assert LATE in office.must("unit", "show", word).out


def test_an_assignment_bears_the_name_of_its_own_day(office: Office) -> None:
    rename(office)
    for on, name in (("2026-11-19", OLD), ("2026-11-20", NEW)):
        number = office.must("case", "register", "停车费", "--on", "2026-11-18").out.strip()
        assert f"已交办给{name}" in office.must("case", "assign", number, "A15", "--on", on).err
        assert name in office.must("case", "show", number).out


def test_supervision_of_an_old_matter_after_a_rename(office: Office) -> None:
    supervise = ("supervise", "open", LATE, "--ground", "1", "--form", "电话", "--unit")
    office.must(*supervise, OLD, "--on", "2026-11-19")
    rename(office)
    (listed,) = rows(office, "supervise", "list")
    assert listed["unit"] == OLD
    assert OLD in office.must("supervise", "show", "DB2026-0001").out
    assert [each["number"] for each in rows(office, "supervise", "list", "--unit", NEW)] == [
        "DB2026-0001"
    ]


def test_what_is_told_bears_the_name_that_is_recorded(office: Office) -> None:
    rename(office)
    early = ("--on", "2026-11-19")
    decided = office.must("risk", "decide", NEW, "示例决策", *early)
    assert decided.err.startswith(f"已记录{OLD}提出的决策")
    added = office.must(
        *("risk", "add", NEW, "示例隐患", "--level", "高", "--persons", "3"),
        *("--leader", "示例领导", "--review-by", "2026-12-31", *early),
    )
    assert added.err.startswith(f"已记录{OLD}的隐患点")


@pytest.mark.parametrize(
    "command",
    [
        ("account", "due"),
        ("account", "list"),
        ("case", "list"),
        ("export", "ics"),
        ("letter", "assign", LATE),
        ("overdue",),
        ("report", "leader", "示例负责人"),
        ("risk", "decisions"),
        ("risk", "list"),
        ("supervise", "due"),
        ("supervise", "list"),
        ("case", "receive", LATE),
        ("case", "return", LATE, "--reason", "示例"),
        ("case", "feedback", LATE, "--form", "书面"),
        ("case", "review-feedback", LATE, "--accept"),
        ("case", "correct", LATE, "5", "--reason", "示例"),
    ],
    ids=" ".join,
)
def test_an_empty_word_is_no_unit_to_any_command(office: Office, command: tuple[str, ...]) -> None:
    done = office(*command, "--unit", "")
    assert (done.code, done.out, done.err) == (
        *(3, ""),
        "错误：没有单位「」；请用 xfctl unit list 核对，或用 xfctl unit add 添加。\n",
    )


def test_an_empty_word_is_no_unit_as_argument_or_parent(office: Office) -> None:
    for command in (("unit", "score", ""), ("unit", "edit", OLD, "--kind", "机关", "--parent", "")):
        done = office(*command)
        assert (done.code, "没有单位「」" in done.err) == (3, True)


def given_to_heir(office: Office, on: str) -> tuple[str, str]:
    """A second matter that was assigned to 保障中心, and the number of the event that says so."""
    office.must("case", "register", "虚构事项", "--on", "2026-11-10", "--channel", "来信")
    office.must("case", "assign", "XF2026-0002", HEIR, "--on", on)
    return "XF2026-0002", f"{rows(office, 'log', 'XF2026-0002')[-1]['seq']}"


def test_a_correction_gives_the_unit_the_name_of_that_day(office: Office) -> None:
    second, seq = given_to_heir(office, "2026-11-11")
    rename(office)
    office.must("case", "correct", second, seq, "--unit", NEW, "--reason", "写错单位")
    assert OLD in office.must("case", "show", second).out
    later = ("--date", "2026-11-23", "--reason", "日期也错")
    office.must("case", "correct", second, seq, "--unit", "H01", *later)
    assert NEW in office.must("case", "show", second).out


def test_a_correction_names_no_unit_that_was_merged_by_then(office: Office) -> None:
    second, seq = given_to_heir(office, "2026-11-23")
    merge(office)
    wrong = ("case", "correct", second, seq, "--unit", OLD, "--reason", "写错单位")
    assert (done := office(*wrong)).code == 4
    assert f"已于 2026-11-20 并入{HEIR}" in done.err
    office.must(*wrong, "--date", "2026-11-11")


def test_a_plan_bears_the_name_of_its_day(office: Office) -> None:
    rename(office)
    (office.path.parent / "预案.txt").write_text("虚构预案", encoding="utf-8")
    plan = ("risk", "plan", office.path.parent / "预案.txt", "--unit", "H01", "--as", "第一版")
    assert OLD in office.must(*plan, "--on", "2026-11-12").err


# Merged units


def test_a_merged_unit_is_given_nothing_more(office: Office) -> None:
    merge(office)
    number = office.must("case", "register", "停车费", "--on", "2026-11-18").out.strip()
    head = office.head()
    supervise = ("supervise", "open", LATE, "--ground", "1", "--form", "电话", "--unit", OLD)
    for refused in (("case", "assign", number, OLD), supervise):
        done = office(*refused)
        assert (done.code, done.out) == (4, "")
        assert done.err == (f"错误：{OLD}已于 2026-11-20 并入{HEIR}；请改用「{HEIR}」。\n")
    assert office.head() == head
    office.must("case", "assign", number, OLD, "--on", "2026-11-19")


def test_a_merged_unit_still_shows_what_it_owed(office: Office) -> None:
    merge(office)
    shown = office.must("unit", "show", OLD).out
    assert f"已并入  {HEIR}（2026-11-20）" in shown
    assert LATE in shown
    assert "其中 1 个已并入其他单位" in office.must("unit", "list").out


def test_a_merged_unit_lacks_nobody(office: Office) -> None:
    assert {each["code"] for each in rows(office, "unit", "gaps")} == {"A15", "A22", "B01"}
    merge(office)
    assert {each["code"] for each in rows(office, "unit", "gaps")} == {"A22", "B01"}


def test_a_merged_unit_is_refused_further_changes(office: Office) -> None:
    merge(office)
    for arguments in (("edit", OLD, "--name", NEW), ("merge", OLD, "--into", "B01")):
        done = office("unit", *arguments)
        assert (done.code, done.out) == (4, "")
        assert "请改并入后的单位" in done.err
    done = office("unit", "merge", HEIR, "--into", OLD, "--on", "2026-11-01")
    assert done.code == 4
    assert "请写最后并入的单位" in done.err


def test_a_renamed_unit_is_one_row_of_what_is_owed(office: Office) -> None:
    rename(office)
    office.must("case", "register", "食堂价格", "--on", "2026-11-10", "--channel", "来信")
    office.must("case", "assign", "XF2026-0002", NEW, "--on", "2026-11-20")
    done = office.must("overdue", "--by-unit", "--format", "plain", today="2026-12-10")
    (owed,) = [each for each in done.table if each[0] in (OLD, NEW)]
    assert owed[:2] == [NEW, "2"]


def test_only_matters_and_units_are_counted_as_such(office: Office) -> None:
    office.must(
        *(
            "risk",
            "add",
            HEIR,
            "示例隐患",
            "--level",
            "高",
            "--persons",
            "30",
            "--leader",
            "领导甲",
        ),
        *("--review-by", "2026-11-20", "--on", "2026-11-03"),
    )
    office.must(
        *("case", "register", "食堂价格", "--on", "2026-10-10", "--channel", "来信"),
        *("--petitioner", "示例甲", "--phone", "000-0000"),
    )
    shown = office.must("overdue").out
    assert "信访办" in shown
    assert "逾期 3 项，涉及 2 件事项、2 个单位。" in shown
