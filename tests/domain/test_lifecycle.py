"""Which step is legal from which stage: every pair, and what is offered against what is taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import assign
from hypothesis import given
from hypothesis import strategies as st
from lives import COMMANDS, NUMBER, after, day, fold, lived, matter, read, world_of
from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseFact
from xfctl.domain.classification import Purpose, Relation
from xfctl.domain.lifecycle import LEGAL_FROM, Stage, Step, next_steps, stage_of
from xfctl.domain.steps import decide
from xfctl.domain.steps.accusation import NameAccused
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.grounds import FindGround
from xfctl.domain.steps.registration import register
from xfctl.domain.steps.relations import AttachFile, LinkCases
from xfctl.domain.world import Command
from xfctl.errors import RuleRefusedError, XfctlError

TODAY = date(2026, 3, 31)
WORLD = world_of(TODAY)
MATTER = ["可联系", "申诉求决", "上级来文 2026-04-10"]

# The table of xfctl/domain/lifecycle.py written out a second time: ● legal, · refused.
TABLE = """
            已登记 已受理 已转送 交办中 已反馈 已出意见 已答复 不予受理 不再受理 已办结
受理           ●     ●     ●     ●     ●     ●      ●      ·       ·      ·
不予受理        ●     ●     ●     ·     ·     ·      ·      ·       ·      ·
不再受理        ●     ●     ●     ●     ●     ●      ●      ·       ·      ·
告知           ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
转送           ●     ●     ●     ·     ·     ·      ·      ·       ·      ·
交办           ●     ●     ●     ●     ●     ●      ●      ·       ·      ·
收件           ·     ·     ·     ●     ●     ●      ●      ·       ·      ·
退回           ·     ·     ·     ●     ·     ·      ·      ·       ·      ·
反馈           ·     ·     ·     ●     ●     ●      ●      ·       ●      ●
审核反馈        ·     ·     ·     ●     ●     ●      ●      ·       ●      ●
出具意见        ·     ●     ●     ●     ●     ●      ●      ·       ·      ·
延期           ●     ●     ●     ●     ●     ●      ●      ·       ·      ·
答复           ●     ●     ●     ●     ●     ●      ●      ·       ●      ●
执行意见        ·     ·     ·     ●     ·     ●      ●      ·       ●      ●
评价           ·     ·     ·     ·     ·     ·      ●      ·       ·      ●
复查复核        ·     ·     ·     ●     ·     ·      ●      ·       ●      ●
提出异议        ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
报告上级        ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
重大紧急        ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
再次来访        ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
关联           ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
撤销关联        ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
附件           ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
备注           ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
登记被反映人     ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
认定督办情形     ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
更正           ●     ●     ●     ●     ●     ●      ●      ●       ●      ●
办结           ●     ●     ●     ●     ●     ●      ●      ●       ●      ·
重启           ·     ·     ·     ·     ·     ·      ·      ●       ●      ●
"""
HEADINGS, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
LEGAL = {
    (Stage.from_label(stage), Step.from_label(step))
    for step, *marks in ROWS
    for stage, mark in zip(HEADINGS, marks, strict=True)
    if mark == "●"
}

# A short history that reaches each stage.
HISTORIES = {
    Stage.REGISTERED: ["登记 2026-03-02 周一"],
    Stage.ACCEPTED: ["登记 2026-03-02 周一", "受理 2026-03-02 周一"],
    Stage.REFERRED: ["登记 2026-03-02 周一", "受理 2026-03-02 周一", "转送 2026-03-03 周二"],
    Stage.IN_HAND: ["登记 2026-03-02 周一", "受理 2026-03-02 周一", "交办 2026-03-03 周二 U01"],
}
HISTORIES[Stage.FED_BACK] = [*HISTORIES[Stage.IN_HAND], "书面反馈 2026-03-04 周三 U01"]
HISTORIES[Stage.OPINED] = [*HISTORIES[Stage.FED_BACK], "出具意见 2026-03-05 周四 2026-04-30"]
HISTORIES[Stage.REPLIED] = [*HISTORIES[Stage.OPINED], "书面答复 2026-03-06 周五"]
HISTORIES[Stage.CLOSED] = [*HISTORIES[Stage.REPLIED], "办结 2026-03-09 周一"]
HISTORIES[Stage.DISMISSED] = [*HISTORIES[Stage.OPINED], "不再受理 2026-03-09 周一"]
HISTORIES[Stage.DECLINED] = ["登记 2026-03-02 周一", "不予受理 2026-03-03 周二"]
# The same stage with a second unit at work, where the first alone leaves nothing to act on.
SECOND_UNIT = "交办 2026-03-09 周一 U02"
SPECIAL = {
    (Stage.IN_HAND, Step.REVIEW_FEEDBACK): [*HISTORIES[Stage.FED_BACK], SECOND_UNIT],
    (Stage.IN_HAND, Step.EXECUTE): [*HISTORIES[Stage.OPINED], SECOND_UNIT],
    (Stage.IN_HAND, Step.REVIEW): [*HISTORIES[Stage.REPLIED], SECOND_UNIT],
    (Stage.DISMISSED, Step.REVIEW): [*HISTORIES[Stage.REPLIED], "不再受理 2026-03-09 周一"],
}
# What must not have happened yet for a step to be possible.
WITHOUT = {
    Step.ACCEPT: "受理",
    Step.DECLINE: "受理",
    Step.OPINION: "出具意见",
    Step.EXTEND: "出具意见",
}
# Legal by the table, but the stage itself says that there is nothing to act on.
NOTHING_TO_DO = {
    (Stage.ACCEPTED, Step.ACCEPT),
    (Stage.ACCEPTED, Step.DECLINE),
    (Stage.OPINED, Step.OPINION),
    (Stage.REGISTERED, Step.EXTEND),
    (Stage.OPINED, Step.EXTEND),
    (Stage.REGISTERED, Step.NOTIFY),
}

COMMAND_OF = {
    Step.ACCEPT: "受理 2026-03-10 周二",
    Step.DECLINE: "不予受理 2026-03-10 周二",
    Step.DISMISS: "不再受理 2026-03-10 周二",
    Step.NOTIFY: "告知 2026-03-10 周二",
    Step.REFER: "转送 2026-03-10 周二",
    Step.ASSIGN: "交办 2026-03-10 周二 U03",
    Step.RECEIVE: "收件 2026-03-03 周二 U01",
    Step.RETURN: "退回交办 2026-03-10 周二 U01",
    Step.FEEDBACK: "书面反馈 2026-03-10 周二 U01",
    Step.REVIEW_FEEDBACK: "采纳反馈 2026-03-10 周二 U01",
    Step.OPINION: "出具意见 2026-03-10 周二",
    Step.EXTEND: "延期 2026-03-10 周二 30",
    Step.REPLY: "书面答复 2026-03-10 周二",
    Step.EXECUTE: "执行 2026-03-10 周二",
    Step.RATE: "评价 2026-03-10 周二",
    Step.REVIEW: "申请复查 2026-03-10 周二",
    Step.OBJECT: "提出异议 2026-03-09 周一",
    Step.REPORT_UP: "报告上级 2026-03-10 周二",
    Step.MAJOR: "重大 2026-03-10 周二",
    Step.VISIT: "再访 2026-03-10 周二",
    Step.LINK: "关联 2026-03-10 周二",
    Step.UNLINK: "撤销关联 2026-03-10 周二",
    Step.ATTACH: "附件 2026-03-10 周二",
    Step.NOTE: "备注 2026-03-10 周二",
    Step.FIND_GROUND: "认定情形 2026-03-10 周二 U01",
    Step.CLOSE: "办结 2026-03-10 周二",
    Step.REOPEN: "重启 2026-03-10 周二",
}


def command_of(step: Step) -> Command:
    if step is Step.ACCUSED:
        return NameAccused(number=NUMBER, on=TODAY, accused=("0" * 32,))
    if step is Step.CORRECT:
        return CorrectFact(
            number=NUMBER, on=TODAY, seq=1, reason="示例", changes={"summary": "另一事项"}
        )
    line = read(COMMAND_OF[step])
    return COMMANDS[line.word](line)


def at_stage(stage: Stage, step: Step) -> Case:
    """A matter at the stage, and as far as possible one on which the step has something to do."""
    history = SPECIAL.get((stage, step), HISTORIES[stage])
    if (stage, step) not in NOTHING_TO_DO:
        history = [line for line in history if line.split()[0] != WITHOUT.get(step)]
    if step is Step.UNLINK:
        history = [history[0], "关联 2026-03-02 周一", *history[1:]]
    case = lived(history, matter_is=MATTER, today=TODAY)
    if step is Step.ACCUSED:  # which only accusations have
        return replace(case, entry=replace(case.entry, purpose=Purpose.ACCUSATION))
    return case


def test_the_table_of_legal_steps_is_the_one_written_here():
    assert {(stage, step) for step, stages in LEGAL_FROM.items() for stage in stages} == LEGAL
    assert [Step.from_label(row[0]) for row in ROWS] == list(LEGAL_FROM) == list(Step)
    assert [Stage.from_label(each) for each in HEADINGS] == list(Stage)


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_reached_by_its_history(stage):
    assert stage_of(lived(HISTORIES[stage], matter_is=MATTER)) is stage


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", Stage)
def test_a_step_is_taken_from_its_legal_stages_and_refused_from_all_others(stage, step):
    case, command = at_stage(stage, step), command_of(step)
    assert command.step is step
    if (stage, step) in NOTHING_TO_DO:
        with pytest.raises(RuleRefusedError) as refused:
            decide(command, case, WORLD)
        assert f"「{stage.label}」，不能" not in str(refused.value)
        return
    assert stage_of(case) is stage
    if (stage, step) in LEGAL:
        facts = decide(command, case, WORLD)
        assert facts
        assert all(isinstance(each.fact, CaseFact) for each in facts)
        assert fold(case, facts)
    else:
        with pytest.raises(RuleRefusedError, match=f"「{stage.label}」，不能{step.label}"):
            decide(command, case, WORLD)


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.DISMISSED, Stage.CLOSED])
def test_reopening_leads_back_to_where_the_matter_stood(stage):
    ended = lived(HISTORIES[stage], matter_is=MATTER)
    stood = stage_of(lived(HISTORIES[stage][:-1], matter_is=MATTER))
    reopened = after(ended, "重启 2026-03-10 周二")
    assert stage_of(reopened) is stood
    assert reopened.obligations == ended.obligations


@pytest.mark.parametrize(
    ("history", "stage"),
    [
        (["受理", "交办 U01", "退回交办 U01"], Stage.ACCEPTED),
        (["交办 U01", "交办 U02", "书面反馈 U01"], Stage.IN_HAND),
        (["交办 U01", "口头反馈 U01"], Stage.IN_HAND),
        (["交办 U01", "书面反馈 U01", "退回反馈 U01"], Stage.FED_BACK),
        (["交办 U01", "书面反馈 U01", "答复", "交办 U02"], Stage.IN_HAND),
        (["不予受理", "办结"], Stage.CLOSED),
        (["不予受理", "重启", "受理"], Stage.ACCEPTED),
        (["重大", "备注", "附件", "再访 3", "关联"], Stage.REGISTERED),
    ],
)
def test_how_far_a_matter_has_come(history, stage):
    told = []
    for line in history:
        word, *rest = line.split()
        told.append(" ".join([word, "2026-03-02", "周一", *rest]))
    assert stage_of(lived(told)) is stage


def test_an_opinion_on_what_was_only_passed_on_needs_acceptance_first():
    referred = ["登记 2026-03-02 周一", "转送 2026-03-03 周二"]
    case = lived(referred, matter_is=MATTER)
    assert stage_of(case) is Stage.REFERRED
    assert Step.OPINION not in next_steps(case, TODAY)
    with pytest.raises(RuleRefusedError, match="已转送而没有受理"):
        after(case, "出具意见 2026-03-10 周二")
    case = after(case, "受理 2026-03-04 周三")
    assert Step.OPINION in next_steps(case, TODAY)
    assert not after(case, "出具意见 2026-03-10 周二").owes("handling")


@pytest.mark.parametrize(
    ("history", "step", "last"),
    [
        (["登记 2026-03-02 周一"], Step.OBJECT, "2026-03-09 周一"),
        (["登记 2026-03-02 周一", "受理 2026-03-02 周一"], Step.EXTEND, "2026-05-06 周三"),
        (HISTORIES[Stage.REPLIED], Step.REVIEW, "2026-04-07 周二"),
        (
            [
                *HISTORIES[Stage.REPLIED],
                "申请复查 2026-03-09 周一",
                "复查决定 2026-03-10 周二",
            ],
            Step.REVIEW,
            "2026-04-09 周四",
        ),
    ],
)
def test_what_ends_with_its_last_day_is_not_offered_after_it(history, step, last):
    case = lived(history, matter_is=MATTER)
    assert step in next_steps(case, day(last))
    assert step not in next_steps(case, day(last) + timedelta(days=1))


def test_a_review_still_to_be_decided_is_offered_on_any_day():
    asked = [*HISTORIES[Stage.REPLIED], "申请复查 2026-03-09 周一"]
    assert Step.REVIEW in next_steps(lived(asked, matter_is=MATTER), date(2027, 1, 1))


# What is offered as a next step is what can be done: any steps, all on one day so that no date is
# ever in the way.

DAY = "2026-03-20 周五"
WALK = [
    *(f"{word} {DAY} {unit}" for word in ("交办", "收件", "退回交办") for unit in ("U01", "U02")),
    *(f"{word} {DAY} {unit}" for word in ("书面反馈", "口头反馈") for unit in ("U01", "U02")),
    *(f"{word} {DAY} {unit}" for word in ("采纳反馈", "退回反馈") for unit in ("U01", "U02")),
    *(f"{word} {DAY}" for word in ("受理", "不予受理", "不再受理", "告知", "转送", "评价")),
    *(f"{word} {DAY}" for word in ("出具意见", "答复", "书面答复", "执行", "免予执行")),
    *(f"{word} {DAY}" for word in ("申请复查", "复查决定", "申请复核", "复核决定")),
    *(f"{word} {DAY}" for word in ("提出异议", "报告上级", "重大", "报告领导", "再访")),
    *(f"{word} {DAY}" for word in ("关联", "撤销关联", "备注", "办结", "无理由办结", "重启")),
    f"出具意见 {DAY} 2026-06-30",
    f"延期 {DAY} 30",
]
WALKED = [COMMANDS[line.word](line) for line in map(read, WALK)]


def candidates(case: Case) -> list[Command]:
    """Something to try for every step, besides what the walk itself tries."""
    on = date(2026, 3, 20)
    return [
        *WALKED,
        assign(NUMBER, on, "U99"),
        LinkCases(number=NUMBER, on=on, other="XF2025-0002", relation=Relation.SPLIT_FROM),
        AttachFile(
            number=NUMBER, on=on, name="示例", size=1, sha256=f"{len(case.attachments):064}"
        ),
        FindGround(number=NUMBER, on=on, ground="7", unit="U01", evidence="示例依据"),
        CorrectFact(number=NUMBER, on=on, seq=1, reason="示例", changes={"summary": "另一事项"}),
    ]


def accepted(command: Command, case: Case) -> bool:
    try:
        return bool(decide(command, case, WORLD))
    except RuleRefusedError:
        return False


@given(
    st.lists(st.sampled_from(WALKED), max_size=12),
    st.lists(st.sampled_from(["可联系", "匿名", "申诉求决", "上级来文 2026-04-10"]), unique=True),
)
def test_the_steps_offered_are_the_steps_that_can_be_taken(commands, traits):
    case = fold(None, register(None, matter(traits), date(2026, 3, 20), WORLD))
    for command in commands:
        if accepted(command, case):
            case = fold(case, decide(command, case, WORLD))
    possible = {command.step for command in candidates(case) if accepted(command, case)}
    assert set(next_steps(case, date(2026, 3, 20))) == possible
    assert list(next_steps(case, date(2026, 3, 20))) == [step for step in Step if step in possible]


def refusal(command: Command, case: Case) -> str | None:
    try:
        decide(command, case, WORLD)
    except XfctlError as refused:
        return str(refused)
    return None


@given(st.lists(st.sampled_from(WALKED), max_size=12))
def test_a_refusal_is_one_sentence_and_nothing_changes(commands):
    case = fold(None, register(None, matter(MATTER), date(2026, 3, 20), WORLD))
    for command in commands:
        before = replace(case)
        words = refusal(command, case)
        assert case == before
        if words is None:
            case = fold(case, decide(command, case, WORLD))
        else:
            assert words.endswith("。")
            assert words.count("。") == 1
