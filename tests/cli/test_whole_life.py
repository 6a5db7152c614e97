"""The whole life of a case, step by step, and what the officer is told at each."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import (
    TODAY,
    Office,
    answer_at_terminal,
    call,
    four_units,
    register,
    rows,
    tables_of,
)
from matters import FIRST, HOT_WATER, PERSON, SECOND, THIRD


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return four_units(tmp_path)


def section(cover: str, title: str) -> list[str]:
    """The lines of one table of a cover, without title, heading and rule."""
    (found,) = [part for part in cover.split("\n\n") if part.splitlines()[0] == title]
    return found.splitlines()[3:]


# One matter through every step

LIFE = [
    (
        f"register {HOT_WATER} --purpose 申诉求决 --petitioner 示例信访人 --phone 0000-000001"
        " --on 2026-09-01",
        "已登记，登记日期 2026-09-01。",
        "信访办「受理告知」期限 2026-09-16，逾期 70 日（条例 22–23，2026-09-01 起 15 日）",
        "下一步：xfctl case accept XF2026-0001，或 xfctl case assign XF2026-0001 单位。",
    ),
    (
        "accept XF2026-0001 --on 2026-09-02",
        "事项 XF2026-0001 已受理。",
        "信访办「办理」期限 2026-11-02，逾期 23 日（条例 34，2026-09-02 起 60 日）",
    ),
    (
        "notify XF2026-0001 --on 2026-09-03",
        "已记录告知事项 XF2026-0001 的信访人。",
        "信访办「受理告知」2026-09-03 履行，按期（期限 2026-09-16）",
    ),
    (
        "assign XF2026-0001 校园卡中心 --on 2026-09-03",
        "已交办给校园卡中心（主办）。",
        "校园卡中心「办理」期限 2026-11-02，逾期 23 日（条例 34，2026-09-02 起 60 日）",
        "校园卡中心「书面反馈」期限 2026-09-14，逾期 48 个工作日"
        "（细则 11(1)，2026-09-03 起 7 个工作日）",
    ),
    (
        "return XF2026-0001 --reason 不属本单位职责 --on 2026-09-04",
        "已记录退回。",
        "信访办「办理」期限 2026-11-02，逾期 23 日（条例 34，2026-09-02 起 60 日）",
        "校园卡中心「书面反馈」2026-09-04 终止（期限 2026-09-14）",
    ),
    (
        "assign XF2026-0001 后勤保障部 --on 2026-09-04",
        "已交办给后勤保障部（主办）。",
        "后勤保障部「办理」期限 2026-11-02，逾期 23 日（条例 34，2026-09-02 起 60 日）",
        "后勤保障部「书面反馈」期限 2026-09-15，逾期 47 个工作日"
        "（细则 11(1)，2026-09-04 起 7 个工作日）",
    ),
    (
        "receive XF2026-0001 --on 2026-09-07",
        "已记录收件。",
        "后勤保障部「书面反馈」期限 2026-09-16，逾期 46 个工作日"
        "（细则 11(1)，2026-09-07 起 7 个工作日）",
    ),
    (
        "feedback XF2026-0001 --form 电话 --on 2026-09-10",
        "已记录电话反馈，仍须书面反馈。",
        "后勤保障部「书面反馈」期限 2026-09-16，逾期 46 个工作日"
        "（细则 11(1)，2026-09-07 起 7 个工作日）",
    ),
    (
        "feedback XF2026-0001 --form 书面 --content 已调整 --on 2026-09-18",
        "已记录书面反馈。",
        "后勤保障部「书面反馈」2026-09-18 履行，逾期 2 个工作日（期限 2026-09-16）",
    ),
    (
        "review-feedback XF2026-0001 --send-back --reason 没有写时段 --due 2026-09-23"
        " --on 2026-09-21",
        "已退回反馈，由单位补充。",
        "后勤保障部「补充反馈」期限 2026-09-23，逾期 63 日（本单位规定）",
    ),
    (
        "feedback XF2026-0001 --form 书面 --content 六时至二十三时 --on 2026-09-23",
        "已记录书面反馈。",
        "后勤保障部「补充反馈」2026-09-23 履行，按期（期限 2026-09-23）",
    ),
    (
        "review-feedback XF2026-0001 --accept --on 2026-09-24",
        "已采纳反馈。",
        "信访办「答复信访人」期限 2026-10-09，逾期 34 个工作日"
        "（细则 8(5)，2026-09-24 起 5 个工作日）",
    ),
    (
        "extend XF2026-0001 30 --approver 示例负责人 --reason 需要鉴定 --on 2026-10-20"
        " --notified-on 2026-10-21",
        "办理期限已延长 30 日。",
        "后勤保障部「办理」期限 2026-12-01（条例 34，2026-09-02 起 90 日）",
    ),
    (
        "opinion XF2026-0001 --outcome 支持 --content 按公示时段供水 --execute-by 2026-11-20"
        " --on 2026-11-03",
        "已记录处理意见（支持）。",
        "后勤保障部「办理」2026-11-03 履行，按期（期限 2026-12-01）",
        "后勤保障部「执行处理意见」期限 2026-11-20，逾期 5 日（细则 11(5)）",
    ),
    (
        "reply XF2026-0001 --manner 邮寄 --written --on 2026-11-04 --delivered-on 2026-11-06",
        "已记录答复信访人。",
        "信访办「答复信访人」2026-11-04 履行，逾期 19 个工作日（期限 2026-10-09）",
        "信访人「申请复查」可在 2026-12-07（含）以前提出（条例 35，2026-11-06 起 30 日）",
    ),
    (
        "execute XF2026-0001 --content 已按公示时段供水 --on 2026-11-23",
        "已记录执行情况。",
        "后勤保障部「执行处理意见」2026-11-23 履行，逾期 3 日（期限 2026-11-20）",
    ),
    ("rate XF2026-0001 责任单位 基本满意", "已记录对责任单位的评价：基本满意。"),
    ("rate XF2026-0001 office 满意", "已记录对信访部门的评价：满意。"),
    (
        "review XF2026-0001 复查 --on 2026-11-10",
        "已记录复查申请。",
        "信访办「复查决定」期限 2026-12-10（条例 35，2026-11-10 起 30 日）",
    ),
    (
        "review XF2026-0001 复查 --result 维持 --on 2026-11-20",
        "已记录复查决定。",
        "信访办「复查决定」2026-11-20 履行，按期（期限 2026-12-10）",
        "信访人「申请复核」可在 2026-12-21（含）以前提出（条例 36，2026-11-20 起 30 日）",
    ),
    (
        "review XF2026-0001 复核 --on 2026-11-23",
        "已记录复核申请。",
        "信访办「复核决定」期限 2026-12-23（条例 36，2026-11-23 起 30 日）",
    ),
    (
        "review XF2026-0001 复核 --result 维持 --on 2026-11-24",
        "已记录复核决定。",
        "信访办「复核决定」2026-11-24 履行，按期（期限 2026-12-23）",
    ),
    ("close XF2026-0001 --result 已解决 --on 2026-11-24", "事项 XF2026-0001 已办结。"),
    ("reopen XF2026-0001 --reason 发现新情况", "事项 XF2026-0001 已重启。"),
    ("dismiss XF2026-0001 --reason 复核已终结", "事项 XF2026-0001 不再受理。"),
]


def test_a_matter_through_every_step(office: Office) -> None:
    for command, *told in LIFE:
        done = office.must("case", *command.split())
        assert [line.strip() for line in done.err.splitlines()] == told
    cover = office.must("case", "show", FIRST).out
    assert "状态        不再受理" in cover
    assert "满意度      责任单位基本满意、信访部门满意" in cover
    happened = [line.split("  ", 1) for line in section(cover, "经过")]
    assert [on for on, _ in happened] == sorted(on for on, _ in happened)
    assert len(happened) == len(LIFE)
    office.must("verify")


def test_declined_with_the_path_it_belongs_to(office: Office) -> None:
    register(office, "劳动争议", *PERSON, "--on", "2026-11-16")
    done = office.must(
        *("case", "decline", FIRST, "--reason", "已进入仲裁", "--path", "劳动仲裁"),
        *("--on", "2026-11-17", "--notified-on", "2026-11-18"),
    )
    assert done.err == (
        "事项 XF2026-0001 不予受理。\n"
        "  信访办「受理告知」2026-11-18 履行，按期（期限 2026-12-01）\n"
    )
    assert "不予受理：已进入仲裁；指引至劳动仲裁" in office.must("case", "show", FIRST).out
    assert rows(office.must("case", "list", "--stage", "不予受理", "--format", "plain"))


def test_passed_on_without_a_deadline(office: Office) -> None:
    register(office, "社保补缴")
    done = office.must("case", "refer", FIRST, "市人社局", "--reason", "不属本校职权")
    assert done.err == "事项 XF2026-0001 已转送市人社局。\n"
    assert "转送市人社局：不属本校职权" in office.must("case", "show", FIRST).out


def test_each_unit_keeps_its_own_deadline(office: Office) -> None:
    register(office, HOT_WATER, "--on", "2026-11-02")
    for unit, on in (("A15", "2026-11-03"), ("A22", "2026-11-04"), ("C01", "2026-11-05")):
        office.must("case", "assign", FIRST, unit, "--on", on)
    office.must(
        "case", "feedback", FIRST, "--unit", "校园卡中心", "--form", "书面", "--on", "2026-11-16"
    )
    office.must(
        "case", "return", FIRST, "--unit", "文学院", "--reason", "无关", "--on", "2026-11-06"
    )
    owed = {row[2]: row[5:7] for row in rows(office.must("overdue", "--format", "plain"))}
    assert owed == {"后勤保障部": ["2026-11-12", "9"]}
    told = [line.split() for line in section(office.must("case", "show", FIRST).out, "期限义务")]
    assert [(line[0], line[-2:]) for line in told] == [
        ("后勤保障部", ["9", "个工作日"]),
        ("校园卡中心", ["1", "个工作日"]),
        ("文学院", ["2026-11-06", "已终止"]),
    ]
    roles = [
        line for line in section(office.must("case", "show", FIRST).out, "经过") if "交办给" in line
    ]
    assert ["主办" in line for line in roles] == [True, False, False]


# Repeats and other relations


@pytest.fixture
def earlier(office: Office) -> Office:
    register(office, HOT_WATER, *PERSON, "--channel", "来信", "--on", "2026-11-02")
    return office


AGAIN = ("case", "register", "宿舍热水供应时段仍与公示不符", *PERSON, "--channel", "来信")


def test_a_likely_repeat_is_refused_where_there_is_nobody_to_ask(earlier: Office) -> None:
    before = tables_of(earlier.path)
    done = earlier.run(*AGAIN)
    assert (done.code, done.out) == (3, "")
    assert f"  1. {FIRST}，2026-11-02 登记，{HOT_WATER}\n" in done.err
    assert tables_of(earlier.path) == before


@pytest.mark.parametrize(
    ("answer", "kind"), [("1", "来信（重信）"), ("", "来信（初信）")], ids=["repeat", "new"]
)
def test_at_a_terminal_the_officer_says_whether_it_repeats(
    earlier: Office, answer: str, kind: str
) -> None:
    done = answer_at_terminal(answer, "--ledger", earlier.path, "--today", TODAY, *AGAIN)
    assert (done.code, done.out) == (0, f"{SECOND}\n")
    assert "是哪一件的重复信访？输入 1–1，不是重复直接回车：" in done.err
    assert f"信访形式    {kind}" in earlier.must("case", "show", SECOND).out


@pytest.mark.parametrize("answer", ["2", "0", "是", "-1"])
def test_an_answer_that_was_not_offered_is_refused(earlier: Office, answer: str) -> None:
    before = tables_of(earlier.path)
    done = answer_at_terminal(answer, "--ledger", earlier.path, "--today", TODAY, *AGAIN)
    assert (done.code, done.out) == (3, "")
    assert f"「{answer}」不在可选的 1–1 之中" in done.err
    assert tables_of(earlier.path) == before


def test_options_answer_the_question(earlier: Office) -> None:
    assert "是 XF2026-0001 的重复信访" in earlier.must(*AGAIN, "--link", FIRST).err
    assert "重复信访" not in earlier.must(*AGAIN, "--new").err
    listed = rows(earlier.must("case", "list", "--repeat", "--format", "plain"))
    assert [row[0] for row in listed] == [SECOND]


def test_only_the_same_petitioner_with_a_like_matter_is_asked_about(earlier: Office) -> None:
    register(earlier, HOT_WATER, "--phone", "0000-000002")
    register(earlier, HOT_WATER)
    register(earlier, "转专业名额公示时间过短", *PERSON)


def test_a_repeat_shows_the_whole_chain(earlier: Office) -> None:
    earlier.must(*AGAIN, "--on", "2026-11-10", "--link", FIRST)
    earlier.must(*AGAIN, "--on", "2026-11-20", "--link", SECOND)
    chain = [
        [line.split()[:2] for line in section(earlier.must("case", "show", number).out, "关联事项")]
        for number in (FIRST, SECOND, THIRD)
    ]
    assert chain == [
        [["此后", SECOND], ["此后", THIRD]],
        [["此前", FIRST], ["此后", THIRD]],
        [["此前", FIRST], ["此前", SECOND]],
    ]


def test_one_letter_with_several_matters_is_split(office: Office) -> None:
    register(office, HOT_WATER, *PERSON, "--on", "2026-11-10", "--channel", "来信")
    done = office.must("case", "split", FIRST, "食堂价格", "校车班次")
    assert done.out == f"{SECOND}\n{THIRD}\n"
    part = office.must("case", "show", THIRD).out
    for line in ("登记日期    2026-11-10", "事项        校车班次", "信访形式    来信（初信）"):
        assert line in part
    assert "信访人      （已登记）" in part
    assert [line.split()[:2] for line in section(part, "关联事项")] == [["拆分自", FIRST]]
    whole = section(office.must("case", "show", FIRST).out, "关联事项")
    assert [line.split()[:2] for line in whole] == [["由此拆出", SECOND], ["由此拆出", THIRD]]


def test_a_duplicate_is_joined_and_taken_apart_again(office: Office) -> None:
    register(office, HOT_WATER)
    register(office, "宿舍热水")
    done = office.must("case", "link", SECOND, FIRST, "--as", "duplicates")
    assert done.err == f"已记录：{SECOND} 与 {FIRST} 是重复登记的同一件。\n"
    joined = section(office.must("case", "show", FIRST).out, "关联事项")
    assert joined[0].split()[:2] == ["重复登记了这件", SECOND]
    office.must("case", "unlink", SECOND, FIRST, "--reason", "并非同一事项")
    for number in (FIRST, SECOND):
        assert "关联事项" not in office.must("case", "show", number).out
    assert "撤销「与之重复登记 XF2026-0001」：并非同一事项" in office.must("log", SECOND).out


def test_visits_are_batches_of_one_matter(office: Office) -> None:
    register(office, HOT_WATER, "--channel", "来访", "--persons", "3")
    assert office.must("case", "visit", FIRST, "--persons", "8").err == (
        "已记录再次来访 8 人，至此 2 批次、11 人次。\n"
    )
    done = office.must("case", "visit", FIRST, "--channel", "来电", "--note", "催问")
    assert done.err == "已记录再次来电 1 人，至此 3 批次、12 人次。\n"
    assert "批次、人次  3 批次、12 人次" in office.must("case", "show", FIRST).out
    assert len(rows(office.must("case", "list", "--format", "plain"))) == 1


# From above, and major


def test_a_matter_from_above(office: Office) -> None:
    done = office.must(
        *("case", "register", HOT_WATER, "--superior", "省信访局", "--document", "示例字1号"),
        *("--superior-due", "2026-12-01", "--on", "2026-11-23"),
    )
    assert [line.strip() for line in done.err.splitlines()[1:3]] == [
        "信访办「转送异议」可在 2026-11-30（含）以前提出（条例 23，2026-11-23 起 5 个工作日）",
        "信访办「上级件报告」期限 2026-12-01（细则 8(7)）",
    ]
    cover = office.must("case", "show", FIRST).out
    assert "上级来文    省信访局，示例字1号，2026-12-01 前报告" in cover
    assert "信访形式    上级转来" in cover
    assert office.must("case", "object", FIRST, "--reason", "不属本校职权").err == "已记录异议。\n"
    assert office.must("case", "report-up", FIRST, "--document", "示例校字1号").err == (
        "已记录向上级报告。\n  信访办「上级件报告」2026-11-25 履行，按期（期限 2026-12-01）\n"
    )
    assert "异议" in office.must("case", "show", FIRST).out


def test_a_missed_objection_is_no_lateness(office: Office) -> None:
    register(office, HOT_WATER, "--superior", "省信访局", "--on", "2026-11-02")
    assert rows(office.must("overdue", "--format", "plain")) == []
    assert "期限已过" in office.must("case", "show", FIRST).out


def test_a_major_matter_stands_on_top_until_a_leader_is_told(office: Office) -> None:
    register(office, HOT_WATER)
    assert office.must("case", "major", FIRST, "--reason", "涉及人数多").err == (
        f"事项 {FIRST} 已标为重大紧急，请尽快向校领导报告，并用 --reported-to 记录。\n"
    )
    digest = office.must("digest").out.splitlines()
    assert digest[1].startswith("重大紧急待报告 1 件，")
    assert digest[3:5] == [
        "■ 重大紧急事项，尚未记录向校领导报告（1 件）",
        f"1. {FIRST} {HOT_WATER}",
    ]
    for format in ("markdown", "html"):
        assert "尚未记录向校领导报告" in office.must("digest", "--format", format).out
    done = office.must("case", "major", FIRST, "--reported-to", "分管校领导", "--at", "09:30")
    assert done.err == f"事项 {FIRST} 已记录向分管校领导报告。\n"
    assert "重大紧急" not in office.must("digest").out
    assert "向校领导报告：分管校领导；09:30" in office.must("case", "show", FIRST).out


# Files


def test_a_file_is_kept_with_the_matter_and_checked(office: Office, tmp_path: Path) -> None:
    register(office, HOT_WATER)
    letter = tmp_path / "答复书.txt"
    letter.write_bytes(b"reply")
    done = office.must("case", "attach", FIRST, letter)
    assert done.err.startswith("已存入附件「答复书.txt」，5 字节，SHA-256 ")
    (kept,) = (office.path.parent / "ledger.db.files").iterdir()
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"reply", 0o600)
    assert section(office.must("case", "show", FIRST).out, "附件") == [
        f"答复书.txt     5  {kept.name}"
    ]
    assert "通过　附件" in office.must("verify").out
    saved = tmp_path / "备份.db"
    office.must("backup", saved)
    kept.unlink()
    assert office("verify").code == 6
    office.must("restore", saved)
    assert "通过　附件" in office.must("verify").out


# Corrections


def test_a_correction_moves_the_deadline_and_keeps_both(office: Office) -> None:
    register(office, HOT_WATER, "--on", "2026-11-02")
    office.must("case", "assign", FIRST, "A15", "--on", "2026-11-03")
    done = office.must("case", "receive", FIRST, "--on", "2026-11-12")
    seq = rows(office.must("log", FIRST, "--format", "plain"))[-1][0]
    done = office.must(
        "case", "correct", FIRST, seq, "--date", "2026-11-10", "--reason", "看错日期"
    )
    assert done.err == (
        f"已更正事项 {FIRST} 的第 {seq} 条事件。\n  后勤保障部「书面反馈」期限 2026-11-19，"
        "逾期 4 个工作日（细则 11(1)，2026-11-10 起 7 个工作日）\n"
    )
    told = section(office.must("case", "show", FIRST).out, "经过")
    assert [line for line in told if "（已更正）" in line] == [
        "2026-11-12  后勤保障部收件；书面反馈期限 2026-11-23（细则 11(1)）（已更正）"
    ]
    assert f"更正第 {seq} 条事件，应为 2026-11-10 后勤保障部收件" in told[-1]


def test_words_unit_and_classification_are_corrected(office: Office) -> None:
    register(office, HOT_WATER, "--channel", "来信", "--on", "2026-11-02")
    office.must("case", "assign", FIRST, "A15", "--on", "2026-11-03")
    first, second = (row[0] for row in rows(office.must("log", FIRST, "--format", "plain")))
    office.must(
        *("case", "correct", FIRST, first, "--summary", "宿舍冷水", "--channel", "来访"),
        *("--persons", "6", "--category", "后勤收费", "--reason", "登记有误"),
    )
    office.must("case", "correct", FIRST, second, "--unit", "校园卡中心", "--reason", "单位写错")
    cover = office.must("case", "show", FIRST).out
    for line in ("事项        宿舍冷水", "信访形式    来访（初访）", "标记        集体"):
        assert line in cover
    (line,) = section(cover, "期限义务")
    assert line.startswith("校园卡中心")
    assert [row[0] for row in rows(office.must("search", "冷水", "--format", "plain"))] == [FIRST]
    assert rows(office.must("search", "热水", "--format", "plain")) == []
    office.must("verify")


def test_the_ledger_as_it_was_known_before(office: Office) -> None:
    register(office, HOT_WATER, "--on", "2026-11-02")
    office.must("case", "assign", FIRST, "A15", "--on", "2026-11-03")
    before = {
        command: office.must(*command.split()).out
        for command in (
            "overdue",
            f"case show {FIRST}",
            "case list",
            "digest",
            "export obligations",
        )
    }
    now = moment()
    office.must("case", "feedback", FIRST, "--form", "书面")
    register(office, "后来的事项")
    for command, shown in before.items():
        done = call(
            *("--ledger", office.path, "--today", TODAY, "--as-known-at", now, *command.split())
        )
        assert (done.code, done.out) == (0, shown), command
        assert office.must(*command.split()).out != shown


def moment() -> str:
    """This second in Shanghai, once it is over: what came before was known then."""
    now = datetime.now(UTC)
    time.sleep(1 - now.microsecond / 1_000_000)
    return f"{now + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"
