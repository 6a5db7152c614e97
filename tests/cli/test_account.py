"""Accountability at the command line (细则 13–20), from candidate to appeal.

On 15 October 2026 后勤保障部 was found to have dealt perfunctorily with a matter. Its
administrative head of that day is another than today's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_line import Done, Office, new_office, run

UNIT, CASE, FIRST, SECOND = "后勤保障部", "XF2026-0001", "ZZ2026-0001", "ZZ2026-0002"
CANDIDATE = f"{CASE}:13.3:A15"
THEN, NOW, PARTY, LEADER = "示例负责人甲", "示例负责人丁", "示例负责人乙", "示例负责人丙"
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path, ("A15", UNIT), ("C01", "文学院"))
    for name, post, *more in (
        (THEN, "行政主要负责人", "--on", "2025-03-01"),
        (PARTY, "书记", "--on", "2025-03-01"),
        (LEADER, "副部长", "--area", "基建", "--on", "2025-03-01"),
        (NOW, "行政主要负责人", "--on", "2026-11-01", "--succeed"),
    ):
        office.must("unit", "appoint", UNIT, name, "--post", post, *more)
    office.must("case", "register", "宿舍热水", "--on", "2026-09-10", "--channel", "来信")
    office.must("case", "assign", CASE, UNIT, "--on", "2026-09-11")
    office.must("case", "feedback", CASE, "--form", "书面", "--on", "2026-09-14")
    office.must(
        *("supervise", "find", CASE, UNIT, "--ground", "3", "--evasion", "敷衍"),
        *("--evidence", "两次反馈内容雷同", "--on", "2026-10-15"),
    )
    return office


def propose(office: Office, *more: str) -> Done:
    usual = ("--situation", "3", "--severity", "较轻", "--case", CASE, "--basis", "两次敷衍")
    days = ("--day", "2026-10-15", "--on", "2026-10-20")
    return office.must("account", "propose", UNIT, *usual, *days, *more)


def test_a_head_of_whom_nothing_is_on_record_is_told(office: Office) -> None:
    assert "注意" not in propose(office).err
    head = ("--post", "行政主要负责人", "--on", "2026-01-05")
    office.must("unit", "appoint", "文学院", "示例负责人丁", *head)
    told = ("--situation", "3", "--severity", "较轻", "--basis", "两次敷衍", "--on", "2026-10-20")
    said = office.must("account", "propose", "文学院", *told).err
    assert (
        "注意：该日没有党组织主要负责人的任职记录；"
        "如有其人，请用 xfctl unit appoint 补录，再用 xfctl account withdraw 撤回，重新提出。"
    ) in said
    assert "没有行政主要负责人" not in said


def test_what_went_before_stands_in_the_timeline(office: Office) -> None:
    decided(office)
    late = ("--after", FIRST, "--basis", "逾期未整改", "--on", "2026-11-16", "--day", "2026-11-16")
    office.must("account", "propose", UNIT, *late)
    cover = office.must("account", "show", "ZZ2026-0002").out
    assert cover.index("建议按细则 16") < cover.index("建议按细则 17")


def decided(office: Office, *more: str) -> Done:
    propose(office)
    return office.must(
        *("account", "decide", FIRST, "--rectify-by", "2026-11-10", "--on", "2026-10-26"), *more
    )


def rows(office: Office, *arguments: str, today: str = "") -> list[dict[str, Any]]:
    return office.must(*arguments, "--format", "json", today=today).json


def listed(office: Office, number: str = FIRST, today: str = "") -> dict[str, Any]:
    (found,) = [
        each for each in rows(office, "account", "list", today=today) if each["number"] == number
    ]
    return found


def candidates(office: Office, *arguments: str, today: str = "") -> list[str]:
    """The first column of the candidates."""
    text = office.must("account", "due", *arguments, "--format", "plain", today=today).out
    lines = text.split("\n\n")[0].splitlines()
    return [line.split("\t")[0] for line in lines if "细则" in line and "\t" in line]


def refused(office: Office, code: int, *arguments: str) -> str:
    """What is said; the ledger must be as it was."""
    head = office.head()
    done = office("account", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("错误：")
    assert done.err.count("\n") == 1
    assert office.head() == head
    return done.err


# The whole way


def test_from_candidate_to_the_next_rung_and_its_revocation(office: Office) -> None:
    assert candidates(office) == [CANDIDATE]
    done = propose(office, "--in-charge", "基建")
    assert done.out == f"{FIRST}\n"
    for told in (
        *("细则 16", "通报批评", "报请学校办公室决定（细则 14）", "决定时须写明整改期限"),
        "第 1 人：党组织主要负责人，主要领导责任",
        "第 3 人：班子其他成员（分管基建），主要领导责任",
    ):
        assert told in done.err
    assert candidates(office) == []
    assert listed(office)["stage"] == "已建议"
    assert listed(office)["measures"] == "建议：通报批评"

    done = office.must(
        *("account", "decide", FIRST, "--document", "校办〔2026〕8号"),
        *("--rectify-by", "2026-11-10", "--on", "2026-10-26"),
    )
    assert "通报批评（第 1 人、第 2 人、第 3 人，学校办公室）" in done.err
    assert "整改期限 2026-11-10" in done.err
    assert listed(office, today="2026-10-31")["stage"] == "已决定"
    carry = ("account", "carry-out", FIRST, "--measure", "通报批评", "--by", "学校办公室")
    office.must(*carry, "--person", "1", "--on", "2026-10-27")
    assert listed(office, today="2026-10-31")["stage"] == "已决定"
    done = office.must(*carry, "--on", "2026-10-28")
    assert f"问责 {FIRST} 现在是" in done.err
    assert listed(office, today="2026-10-31")["stage"] == "整改中"

    office.must("account", "rectify", FIRST, "--content", "已建立制度", "--on", "2026-11-02")
    review = ("account", "rectify-review", FIRST)
    done = office.must(*review, "--reject", "--reason", "未答复信访人", "--on", "2026-11-03")
    assert done.err == "整改未通过验收，整改期限不变（期限 2026-11-10）。\n"
    office.must(
        *("account", "rectify-extend", FIRST, "--due", "2026-11-16"),
        *("--reason", "须校务会通过", "--on", "2026-11-04"),
    )
    assert rows(office, "overdue", today="2026-11-16") == []
    (late,) = rows(office, "overdue")
    assert (late["case"], late["due_on"], late["article"]) == (FIRST, "2026-11-16", "细则 16–17")
    assert "逾期未整改" in listed(office)["stage"]
    assert candidates(office, today="2026-11-16") == []
    assert candidates(office) == [FIRST]
    done = office.must(*review, "--accept", "--on", "2026-11-20")
    assert "已逾期" in done.err
    assert candidates(office) == [FIRST], "late acceptance does not undo it"

    done = office.must(
        *("account", "propose", UNIT, "--after", FIRST, "--basis", "通报后未按期整改"),
        *("--day", "2026-11-17", "--on", "2026-11-20"),
    )
    assert done.out == f"{SECOND}\n"
    assert "细则 17" in done.err
    assert "当年度不得评优" in done.err
    assert candidates(office) == []
    done = office.must(
        *("account", "decide", SECOND, "--rectify-by", "2026-12-31", "--on", "2026-11-21")
    )
    assert f"{UNIT} 2026 年度不得评优（细则 17）" in done.err
    (loss,) = rows(office, "account", "awards")
    assert (loss["unit"], loss["since"], loss["accountability"], loss["standing"]) == (
        *("A15", "2026-11-21", SECOND, "取消"),
    )
    office.must(
        *("account", "carry-out", SECOND, "--measure", "诫勉谈话", "--by", "分管校领导"),
        *("--on", "2026-11-22"),
    )
    appeal(office, SECOND)
    decide = ("account", "appeal-decide", SECOND, "--outcome", "撤销", "--reason", "责任认定有误")
    done = office.must(*decide, "--on", "2026-11-25")
    assert done.err == "申诉决定：撤销；评优资格自此恢复。\n"
    assert listed(office, SECOND)["stage"] == "已撤销"
    assert "整改中" in listed(office, SECOND, today="2026-11-24")["stage"]
    (loss,) = rows(office, "account", "awards")
    assert loss["standing"] == "2026-11-25 恢复（申诉）"
    assert rows(office, "account", "awards", "--as-of", "2026-11-24")[0]["standing"] == "取消"
    assert rows(office, "account", "awards", "--year", "2025") == []
    assert rows(office, "overdue", today="2027-03-01") == [], "nothing is owed for what is gone"


def test_awards_are_those_of_the_year_that_the_day_falls_into(office: Office) -> None:
    """Where the year begins in September, 2027-02 and 2026-11 are of one year (细则 17: 当年度)."""
    year = ("award-year-start", "9", "--from", "2026-01-01", "--reason", "按学年评优")
    office.must("rule", "set", *year)
    grave = ("--severity", "严重", "--effect", "示例后果", "--on", "2026-10-20")
    office.must(
        *("account", "propose", UNIT, "--situation", "3", "--basis", "两次敷衍"),
        *("--case", CASE, "--day", "2026-10-15", *grave),
    )
    office.must("account", "decide", FIRST, "--rectify-by", "2026-12-31", "--on", "2026-11-21")
    awards = ("account", "awards")
    for asked in ((*awards, "--as-of", "2027-02-01"), awards):
        (loss,) = rows(office, *asked, today="2027-03-01")
        assert (loss["year"], loss["unit"]) == ("2026-2027", "A15")
    assert len(rows(office, *awards, "--year", "2026", today="2027-03-01")) == 1
    assert rows(office, *awards, "--as-of", "2026-08-31", today="2027-03-01") == []


def test_only_the_decision_that_restores_eligibility_says_so(office: Office) -> None:
    grave = ("--severity", "严重", "--effect", "示例后果", "--on", "2026-10-20")
    office.must(
        *("account", "propose", UNIT, "--situation", "3", "--basis", "两次敷衍"),
        *("--case", CASE, "--day", "2026-10-15", *grave),
    )
    office.must(
        *("account", "decide", FIRST, "--rectify-by", "2026-12-31", "--on", "2026-11-21"),
        *("--measure", "诫勉谈话=1", "--measure", "通报批评=2"),
    )
    said = []
    for person in ("1", "2"):
        appeal(office, FIRST, "--person", person)
        revoke = ("account", "appeal-decide", FIRST, "--outcome", "撤销", "--reason", "示例理由")
        said.append(office.must(*revoke).err)
    assert said == ["申诉决定：撤销；评优资格自此恢复。\n", "申诉决定：撤销。\n"]


def appeal(office: Office, number: str, *more: str) -> None:
    filed = office.must(
        *("account", "appeal", number, "--content", "当时未分管", "--on", "2026-11-23"), *more
    )
    assert "决定照常执行（细则 20）" in filed.err
    assert "申诉中（不停止执行）" in listed(office, number)["stage"]
    accept = ("account", "appeal-accept", number, "--by", "学校办公室", "--on", "2026-11-24")
    assert "申诉已受理；处理期限" in office.must(*accept, "--due", "2026-12-20").err


def test_the_cover_tells_the_whole_story(office: Office) -> None:
    decided(office, "--document", "校办〔2026〕8号")
    office.must("account", "carry-out", FIRST, "--measure", "通报批评", "--by", "学校办公室")
    appeal(office, FIRST)
    cover = office.must("account", "show", FIRST).out
    for told in (
        *("后勤保障部", "2026-10-15", "细则 16 通报，限期整改", "细则 13(3)", "较轻", "集体责任"),
        *("两次敷衍", "校办〔2026〕8号", "登记：宿舍热水", "督办情形成立：细则 11(3)"),
        *(
            "建议按细则 16",
            "决定追究责任",
            "学校办公室实施通报批评",
            "处理中，不停止执行（细则 20）",
        ),
        *("后勤保障部的有关情况", "近 12 个月"),
    ):
        assert told in cover
    for format in ("plain", "markdown", "html", "csv", "json"):
        assert "校办〔2026〕8号" in office.must("account", "show", FIRST, "--format", format).out
    assert "屏幕" in refused(office, 3, "show", FIRST, "--format", "xlsx")


def test_the_persons_are_those_of_the_day_in_question(office: Office) -> None:
    propose(office)
    shown = office.must("account", "show", FIRST, "--reveal", "核对责任人").out
    assert THEN in shown
    assert NOW not in shown
    leapfrog = ("--situation", "越级上访", "--effect", "示例后果", "--basis", "越级")
    office.must("account", "propose", UNIT, *leapfrog)
    assert NOW in office.must("account", "show", SECOND, "--reveal", "核对责任人").out


def test_roles_are_changed_only_with_a_reason(office: Office) -> None:
    change = ("--leave-out", PARTY, "--role", f"{THEN}=重要领导责任")
    usual = ("--situation", "3", "--severity", "较轻", "--basis", "敷衍", "--day", "2026-10-15")
    assert "请加 --role-reason" in refused(office, 3, "propose", UNIT, *usual, *change)
    done = propose(office, *change, "--role-reason", "当时在外挂职")
    assert "第 1 人：行政主要负责人，重要领导责任（经改动）" in done.err
    assert "第 2 人" not in done.err
    assert "当时在外挂职" in office.must("account", "show", FIRST).out


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 3, "--situation"),
        (("--situation", "99"), 3, "没有追究情形「99」"),
        (("--situation", "3"), 3, "--severity"),
        (("--situation", "3", "--severity", "重"), 3, "不认识情节"),
        (("--situation", "3", "--severity", "严重"), 3, "请加 --effect"),
        (("--situation", "3", "--severity", "较轻", "--rung", "14"), 3, "第 14 条"),
        (("--situation", "3", "--severity", "较轻", "--rung", "18"), 4, "细则 18的条件"),
        (("--situation", "3", "--severity", "较轻", "--measure", "诫勉"), 4, "超出细则 16"),
        (("--situation", "3", "--severity", "较轻", "--measure", "责"), 3, "不止一项"),
        (("--situation", "3", "--severity", "较轻", "--case", "XF2026-9999"), 3, "没有编号为"),
        (("--situation", "3", "--severity", "较轻", "--after", "ZZ2026-0009"), 3, "的问责"),
        (("--situation", "3", "--severity", "较轻", "--day", "2024-01-01"), 3, "没有任何责任人"),
        (("--situation", "3", "--severity", "较轻", "--day", "2026-11-26"), 3, "早于行为发生日期"),
        (("--situation", "3", "--severity", "较轻", "--on", "2026-11-26"), 3, "晚于今天"),
        (("--situation", "3", "--severity", "较轻", "--in-charge", ""), 3, "不能为空"),
        (("--situation", "3", "--severity", "较轻", "--in-charge", "教学"), 3, "没有姓名或分管"),
        (("--situation", "3", "--severity", "较轻", "--staff", "示例戊=科员"), 3, "改为个人责任"),
        (
            (
                "--situation",
                "3",
                "--severity",
                "较轻",
                "--nature",
                "个人责任",
                "--took-part",
                "基建",
            ),
            *(3, "改为集体责任"),
        ),
        (
            (
                *("--situation", "3", "--severity", "较轻", "--role-reason", "错"),
                *("--leave-out", NOW, "--leave-out", PARTY),
            ),
            *(3, "不能把责任人全部去掉"),
        ),
    ],
)
def test_proposals_refused(office: Office, options: tuple[str, ...], code: int, said: str) -> None:
    assert said in refused(office, code, "propose", UNIT, "--basis", "事实", *options)


@pytest.mark.parametrize("basis", ["", "  ", "事\x00实", "事" * 10_001])
def test_a_basis_no_ledger_takes(office: Office, basis: str) -> None:
    options = ("--situation", "3", "--severity", "较轻")
    assert "事实依据" in refused(office, 3, "propose", UNIT, "--basis", basis, *options)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 4, "细则 16须限期整改"),
        (("--rectify-by", "2026-10-01"), 3, "早于决定日期"),
        (("--rectify-by", "2026-12-31", "--on", "2026-10-01"), 3, "早于建议日期"),
        (("--rectify-by", "2026-12-31", "--by", "纪检"), 4, "不能由纪检监察部门决定"),
        (("--rectify-by", "2026-12-31", "--by", "食堂"), 3, "没有部门"),
        (("--rectify-by", "2026-12-31", "--measure", "诫勉谈话"), 4, "超出细则 16"),
        (("--rectify-by", "2026-12-31", "--measure", "通报批评=9"), 3, "没有第 9 人"),
        (("--rectify-by", "2026-12-31", "--measure", "通报批评=甲"), 3, "写法不对"),
        (("--rectify-by", "2026-12-31", "--measure", "通报批评="), 3, "写法不对"),
        (("--rectify-by", "2026-12-31", "--measure", f"通报批评={'9' * 5000}"), 3, "写法不对"),
        (("--rectify-by", "2026-12-31", "--explain-by", "2026-12-01"), 3, "请去掉 --explain-by"),
        (
            ("--rectify-by", "2026-12-31", "--measure", "3", "--measure", "14.1"),
            *(3, "请加 --explain-by"),
        ),
    ],
)
def test_decisions_refused(office: Office, options: tuple[str, ...], code: int, said: str) -> None:
    propose(office)
    assert said in refused(office, code, "decide", FIRST, *options)


def test_one_measure_given_twice_is_for_all_of_those_named(office: Office) -> None:
    propose(office)
    done = office.must(
        *("account", "decide", FIRST, "--rectify-by", "2026-12-31"),
        *("--measure", "通报批评=2", "--measure", "通报批评＝１"),
    )
    assert "通报批评（第 1 人、第 2 人，学校办公室）" in done.err


def test_measures_combined_with_their_own_deadlines(office: Office) -> None:
    propose(office)
    office.must(
        *("account", "decide", FIRST, "--rectify-by", "2026-11-10", "--on", "2026-10-26"),
        *("--measure", "通报批评", "--measure", "责成说明情况=1", "--explain-by", "2026-11-02"),
    )
    owed = {each["due_on"] for each in rows(office, "overdue") if each["case"] == FIRST}
    assert owed == {"2026-11-02", "2026-11-10"}
    office.must(*("account", "carry-out", FIRST, "--measure", "责成说明情况", "--by", "学校办公室"))
    owed = {each["due_on"] for each in rows(office, "overdue") if each["case"] == FIRST}
    assert owed == {"2026-11-10"}


# Overrides


def test_an_override_is_kept_and_visible_everywhere(office: Office) -> None:
    reason = "校务会专门决定"
    done = propose(office, "--measure", "通报批评", "--measure", "诫勉谈话", "--override", reason)
    assert f"破例（细则 16）：{reason}" in done.err
    office.must(
        *("account", "decide", FIRST, "--rectify-by", "2026-12-31", "--by", "纪检"),
        *("--override", "另行授权"),
    )
    for said in (reason, "另行授权"):
        assert said in listed(office)["override"]
        assert said in office.must("account", "show", FIRST).out
        assert said in office.must("export", "accountability").out
        assert said in office.must("log").out
    assert "细则 14" in office.must("account", "show", FIRST).out


def test_a_blank_override_is_none(office: Office) -> None:
    options = ("--basis", "敷衍", "--situation", "3", "--severity", "较轻", "--measure", "诫勉谈话")
    for blank, code in (("", 4), (" ", 3)):
        refused(office, code, "propose", UNIT, *options, "--override", blank)


# Ways that end early


def test_a_candidate_set_aside(office: Office) -> None:
    assert "没有候选" in refused(office, 3, "set-aside", "XF2026-9999:13.3:A15", "--reason", "轻微")
    assert "理由不能为空" in refused(office, 3, "set-aside", CANDIDATE, "--reason", " ")
    done = office.must("account", "set-aside", CANDIDATE, "--reason", "已当面批评并改正")
    assert done.err == f"已记录：{CANDIDATE} 不予提出。\n"
    assert candidates(office) == []
    assert "不予提出：已当面批评并改正" in office.must("log").out


def test_candidates_of_one_unit(office: Office) -> None:
    assert candidates(office, "--unit", UNIT) == [CANDIDATE]
    assert candidates(office, "--unit", "文学院") == []


def test_withdrawn_and_not_adopted(office: Office) -> None:
    propose(office)
    office.must("account", "withdraw", FIRST, "--reason", "单位录错")
    assert listed(office)["stage"] == "已撤回"
    assert candidates(office) == [CANDIDATE], "nobody acted on it"
    propose(office)
    office.must("account", "not-adopt", SECOND, "--reason", "情节显著轻微")
    assert listed(office, SECOND)["stage"] == "未采纳"
    for number in (FIRST, SECOND):
        for step in (("decide",), ("withdraw", "--reason", "错"), ("not-adopt", "--reason", "错")):
            said = refused(office, 4, step[0], number, *step[1:])
            assert "不再等待决定" in said
    assert "单位录错" in office.must("account", "show", FIRST).out
    assert "学校办公室未采纳建议：情节显著轻微" in office.must("account", "show", SECOND).out


def test_void_takes_back_the_latest_record_only(office: Office) -> None:
    decided(office, "--document", "文号录错")
    office.must("account", "carry-out", FIRST, "--measure", "通报批评", "--by", "学校办公室")
    done = office.must("account", "void", FIRST, "--reason", "还没有实施")
    assert "已作废「学校办公室实施通报批评" in done.err
    office.must("account", "show", FIRST, "--reveal", "核对")
    done = office.must("account", "void", FIRST, "--reason", "文号录错")
    assert "现在是「已建议」" in done.err
    assert "只有建议这一条记录" in refused(office, 4, "void", FIRST, "--reason", "错")
    office.must("account", "decide", FIRST, "--rectify-by", "2026-12-31")
    assert "作废理由不能为空" in refused(office, 3, "void", FIRST, "--reason", " ")
    assert listed(office)["rectify_by"] == "2026-12-31"
    assert office.must("log").out.count("作废第") == 2


def test_what_the_calendar_moved_is_not_what_void_takes_back(office: Office) -> None:
    decided(office)
    office.must("account", "appeal", FIRST, "--content", "不服", "--on", "2026-11-20")
    office.must(
        *("account", "appeal-accept", FIRST, "--by", "学校办公室", "--on", "2026-11-20"),
    )
    (due,) = [
        each["due_on"]
        for each in rows(office, "export", "obligations")
        if each["clock"] == "appeal"
    ]
    moved = office.must("calendar", "close", due, due, "--reason", "停电检修")
    assert FIRST in moved.out
    office.must("account", "void", FIRST, "--reason", "还没有受理")
    assert "等待决定的申诉" in refused(
        office, 4, "appeal-decide", FIRST, "--outcome", "维持", "--reason", "无误"
    )
    office.must("account", "appeal-accept", FIRST, "--by", "学校办公室", "--on", "2026-11-20")


def test_handed_over_beside_the_measures(office: Office) -> None:
    propose(office)
    done = office.must("account", "hand-over", FIRST, "--to", "有关机关", "--content", "材料一册")
    assert done.err == f"已记录问责 {FIRST} 移送有关机关。\n"
    assert listed(office)["stage"] == "已建议，已移送"
    office.must("account", "decide", FIRST, "--rectify-by", "2026-12-31")
    for to in ("", "机\x1b关"):
        refused(office, 3, "hand-over", FIRST, "--to", to, "--content", "材料")


# Steps out of order


@pytest.mark.parametrize(
    "step",
    [
        ("carry-out", FIRST, "--measure", "通报批评", "--by", "学校办公室"),
        ("rectify", FIRST, "--content", "已整改"),
        ("rectify-review", FIRST, "--accept"),
        ("rectify-extend", FIRST, "--due", "2026-12-31", "--reason", "迟"),
        ("appeal", FIRST, "--content", "不服"),
        ("appeal-accept", FIRST, "--by", "学校办公室"),
        ("appeal-decide", FIRST, "--outcome", "维持", "--reason", "无误"),
    ],
)
def test_before_the_decision(office: Office, step: tuple[str, ...]) -> None:
    propose(office)
    assert f"xfctl account show {FIRST}" in refused(office, 4, *step)


@pytest.mark.parametrize(
    ("step", "code", "said"),
    [
        (("carry-out", "--measure", "诫勉谈话", "--by", "校领导"), 4, "没有等待对任何人实施"),
        (("carry-out", "--measure", "3", "--by", "校办", "--person", "7"), 4, "第 7 人"),
        (("carry-out", "--measure", "3", "--by", ""), 3, "实施人不能为空"),
        (("carry-out", "--measure", "3", "--by", "校办", "--on", "2026-10-25"), 3, "早于决定日期"),
        (("rectify", "--content", " "), 3, "整改报告不能为空"),
        (("rectify-review", "--reject"), 3, "请加 --reason"),
        (("rectify-extend", "--due", "2026-12-31", "--reason", "迟"), 4, "已过，不能再延长"),
        (
            ("rectify-extend", "--due", "2026-11-10", "--reason", "迟", "--on", "2026-11-01"),
            *(3, "不晚于原期限"),
        ),
        (("appeal", "--content", ""), 3, "申诉理由不能为空"),
        (("appeal", "--content", "不服", "--person", "9"), 3, "没有第 9 人"),
        (("appeal", "--content", "不服", "--on", "2026-10-25"), 3, "早于决定日期"),
        (("appeal-accept", "--by", "学校办公室"), 4, "没有等待受理的申诉"),
    ],
)
def test_after_the_decision(office: Office, step: tuple[str, ...], code: int, said: str) -> None:
    decided(office)
    verb, *options = step
    assert said in refused(office, code, verb, FIRST, *options)


def test_the_deadline_is_extended_once(office: Office) -> None:
    decided(office)
    extend = ("account", "rectify-extend", FIRST, "--reason", "迟", "--on", "2026-11-01", "--due")
    office.must(*extend, "2026-12-31")
    assert "已经延长过一次" in refused(office, 4, *extend[1:], "2027-01-31")


def test_two_appeals_are_told_apart(office: Office) -> None:
    decided(office)
    for person in ("1", "2"):
        office.must("account", "appeal", FIRST, "--person", person, "--content", "不服")
    again = ("appeal", FIRST, "--person", "1", "--content", "再申诉")
    assert "已有一件申诉还没有决定" in refused(office, 4, *again)
    accept = ("appeal-accept", FIRST, "--by", "学校办公室")
    assert "请用 --appeal 写明" in refused(office, 3, *accept)
    assert "早于受理日期" in refused(office, 3, *accept, "--appeal", "2", "--due", "2026-11-01")
    office.must("account", *accept, "--appeal", "2")
    vary = ("appeal-decide", FIRST, "--reason", "减轻", "--outcome", "变更")
    assert "须用 --measure" in refused(office, 3, *vary)
    assert "没有提出这件申诉" in refused(office, 3, *vary, "--measure", "通报批评=1")
    uphold = ("appeal-decide", FIRST, "--reason", "无误", "--outcome", "维持")
    assert "不写 --measure" in refused(office, 3, *uphold, "--measure", "通报批评")
    office.must("account", *uphold, "--document", "校办〔2026〕9号")
    assert "第 2 件（第 2 人）：维持" in office.must("account", "show", FIRST).out
    assert "维持" in office.must("export", "accountability").out


def test_an_appeal_of_one_leaves_the_others_bound(office: Office) -> None:
    decided(office)
    appeal(office, FIRST, "--person", "1")
    office.must("account", "appeal-decide", FIRST, "--outcome", "撤销", "--reason", "责任认定有误")
    assert listed(office)["measures"] == "通报批评"
    assert "没有有效的追究方式" in refused(
        office, 4, "appeal", FIRST, "--person", "1", "--content", "再申诉"
    )
    assert [each["case"] for each in rows(office, "overdue")] == [FIRST]


def test_only_an_unrectified_one_lets_the_next_follow(office: Office) -> None:
    propose(office)
    after = ("propose", UNIT, "--after", FIRST, "--basis", "未整改")
    assert "没有逾期未完成的整改" in refused(office, 4, *after)
    office.must("account", "decide", FIRST, "--rectify-by", "2026-12-31")
    assert "没有逾期未完成的整改" in refused(office, 4, *after)
    office.must("unit", "appoint", "文学院", "示例负责人庚", "--post", "院长")
    other = ("propose", "文学院", "--after", FIRST, "--basis", "未整改")
    assert "请核对单位或 --after" in refused(office, 3, *other)


# Lists and figures


def test_lists_are_narrowed(office: Office) -> None:
    decided(office)
    for option, value, found in (
        ("--unit", UNIT, [FIRST]),
        ("--unit", "文学院", []),
        ("--case", CASE, [FIRST]),
        ("--case", "XF2026-9999", []),
        ("--stage", "逾期未整改", [FIRST]),
        ("--stage", "已建议", []),
    ):
        assert [each["number"] for each in rows(office, "account", "list", option, value)] == found
    assert rows(office, "account", "list", today="2026-10-19") == []
    assert listed(office, today="2026-10-25")["stage"] == "已建议"


@pytest.mark.parametrize("format", FORMATS)
def test_every_list_in_every_format(office: Office, tmp_path: Path, format: str) -> None:
    decided(office)
    for question in (
        ("account", "list"),
        ("account", "awards"),
        ("account", "evidence", UNIT),
        ("report", "accountability"),
        ("export", "accountability"),
    ):
        assert office.must(*question, "--format", format).out.strip()
        office.must(*question, "--format", format, "-o", tmp_path / "表")
        assert (tmp_path / "表").stat().st_mode & 0o777 == 0o600
    office.must("account", "list", "--format", "xlsx", "-o", tmp_path / "表.xlsx")


def test_the_figures_of_a_period(office: Office) -> None:
    decided(office)
    report = rows(office, "report", "accountability", "--from", "2026-10-01", "--to", "2026-10-31")
    total = report[0]
    assert [total[key] for key in ("proposed", "decided", "failed", "persons")] == [1, 1, 0, 2]
    whole = {(each["group"], each["name"]) for each in rows(office, "report", "accountability")}
    assert {("单位", UNIT), ("追究方式", "通报批评"), ("期末状态", "逾期未整改")} <= whole
    assert rows(office, "report", "accountability", "--to", "2026-09-30") == []


def test_evidence_of_a_unit(office: Office) -> None:
    decided(office)
    found = {
        each["figure"]: each["last_year"] for each in rows(office, "account", "evidence", UNIT)
    }
    assert (found["交办事项（件）"], found["责任追究决定（项）"]) == (1, 1)


def test_numbers_are_completed_in_the_shell(office: Office) -> None:
    propose(office)
    for line in (f"xfctl account decide {FIRST[:3]}", "xfctl account propose A15 --after ZZ"):
        words = {
            "XFCTL_LEDGER": str(office.path),
            "_XFCTL_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(line.count(" ")),
        }
        assert run(env=words).out.split() == [FIRST]


def test_the_ledger_is_sound_after_all_that(office: Office) -> None:
    decided(office)
    appeal(office, FIRST)
    office.must("account", "void", FIRST, "--reason", "录错")
    office.must("verify")
    office.must("rebuild")
    office.must("verify")
