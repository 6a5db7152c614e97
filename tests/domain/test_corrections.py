"""A wrong fact is superseded where it stood; deadlines follow; history keeps both."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import unit_name
from hypothesis import assume, given
from hypothesis import strategies as st
from lives import CALENDAR, NUMBER, after, day, fold, lived, owed, world_of
from msgspec.structs import replace

from xfctl.domain.case import Case, evolve
from xfctl.domain.case_facts import DueDateChanged, FactCorrected
from xfctl.domain.classification import Channel, Purpose
from xfctl.domain.event import kind_of
from xfctl.domain.lifecycle import Stage, stage_of
from xfctl.domain.steps import decide
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.recount import recount_open
from xfctl.errors import InputRefusedError, XfctlError
from xfctl.reports.case_cover import kind_of_petition
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays

TODAY = date(2026, 6, 30)
ASKED = day("2026-06-30 周二")


def corrected(
    case: Case, kind: str, to: str | None = None, *, nth: int = 0, **changes: Any
) -> Case:
    """The matter after correcting its ``nth`` fact of a kind: its date, or some of its fields."""
    seqs = [each.seq for each in case.history if kind_of(each.fact) == kind]
    command = CorrectFact(
        number=NUMBER,
        on=TODAY,
        seq=seqs[nth],
        reason="示例更正",
        right_date=day(to) if to else None,
        changes=changes,
    )
    return fold(case, decide(command, case, world_of(TODAY)))


def rows(case: Case) -> list[str]:
    return owed(case, ASKED)


# What was recorded, what is corrected, and what is owed once it is right.
DATES = [
    # why, traits, history as recorded, kind of fact, right date, owed afterwards
    (
        "收件日更正到两天之后，期限跟着走，逾期变按期",
        [],
        ["交办 2026-03-02 周一", "收件 2026-03-02 周一", "书面反馈 2026-03-13 周五"],
        "case.received",
        "2026-03-04 周三",
        ["书面反馈 U01 2026-03-13 周五 按期"],
    ),
    (
        "收件日更正到两天之前，按期变逾期",
        [],
        ["交办 2026-03-02 周一", "收件 2026-03-04 周三", "书面反馈 2026-03-13 周五"],
        "case.received",
        "2026-03-02 周一",
        ["书面反馈 U01 2026-03-11 周三 已履行，逾期 2 个工作日"],
    ),
    (
        "没有收件记录的，交办日更正，期限跟着走",
        [],
        ["登记 2026-03-02 周一", "交办 2026-03-02 周一", "书面反馈 2026-03-12 周四"],
        "case.assigned",
        "2026-03-03 周二",
        ["书面反馈 U01 2026-03-12 周四 按期"],
    ),
    (
        "有收件记录的，交办日更正不影响期限",
        [],
        ["登记 2026-03-02 周一", "交办 2026-03-02 周一", "收件 2026-03-04 周三"],
        "case.assigned",
        "2026-03-03 周二",
        ["书面反馈 U01 2026-03-13 周五 逾期 73 个工作日"],
    ),
    (
        "反馈日更正到期限之内，逾期的记录消失",
        [],
        ["交办 2026-03-02 周一", "书面反馈 2026-03-13 周五"],
        "case.feedback_given",
        "2026-03-11 周三",
        ["书面反馈 U01 2026-03-11 周三 按期"],
    ),
    (
        "反馈日更正到期限之后，逾期重新计算",
        [],
        ["交办 2026-03-02 周一", "书面反馈 2026-03-11 周三"],
        "case.feedback_given",
        "2026-03-16 周一",
        ["书面反馈 U01 2026-03-11 周三 已履行，逾期 3 个工作日"],
    ),
    (
        "退回日更正，终止之日跟着走",
        [],
        ["交办 2026-03-02 周一", "退回交办 2026-03-13 周五"],
        "case.returned",
        "2026-03-11 周三",
        ["书面反馈 U01 2026-03-11 周三 已终止"],
    ),
    (
        "登记日更正，告知、异议的期限跟着走，来文指定的不变",
        ["可联系", "上级来文 2026-04-10"],
        ["登记 2026-03-03 周二"],
        "case.registered",
        "2026-03-02 周一",
        [
            "受理告知 2026-03-17 周二 逾期 105 日",
            "转送异议 2026-03-09 周一 期限已过",
            "上级件报告 2026-04-10 周五 逾期 81 日",
        ],
    ),
    (
        "受理日更正，办理期限跟着走",
        ["申诉求决"],
        ["登记 2026-03-02 周一", "受理 2026-03-02 周一"],
        "case.accepted",
        "2026-03-12 周四",
        ["办理 2026-05-11 周一 逾期 50 日"],
    ),
    (
        "已经延期的，从正确的受理日起算，延长的日数不变",
        ["申诉求决"],
        ["登记 2026-03-02 周一", "受理 2026-03-02 周一", "延期 2026-04-20 周一 30"],
        "case.accepted",
        "2026-03-12 周四",
        ["办理 2026-06-10 周三 逾期 20 日"],
    ),
    (
        "受理当天交办的，更正受理日只改办理期限，不改书面反馈",
        ["申诉求决"],
        ["登记 2026-03-02 周一", "受理 2026-03-12 周四", "交办 2026-03-12 周四"],
        "case.accepted",
        "2026-03-11 周三",
        ["办理 U01 2026-05-11 周一 逾期 50 日", "书面反馈 U01 2026-03-23 周一 逾期 67 个工作日"],
    ),
    (
        "受理当天交办的，更正交办日只改书面反馈，不改办理期限",
        ["申诉求决"],
        ["登记 2026-03-02 周一", "受理 2026-03-12 周四", "交办 2026-03-12 周四"],
        "case.assigned",
        "2026-03-13 周五",
        ["办理 U01 2026-05-11 周一 逾期 50 日", "书面反馈 U01 2026-03-24 周二 逾期 66 个工作日"],
    ),
    (
        "采纳之日更正，答复期限跟着走",
        ["可联系"],
        [
            "登记 2026-03-02 周一",
            "受理 2026-03-02 周一 2026-03-02",
            "交办 2026-03-02 周一",
            "书面反馈 2026-03-05 周四",
            "采纳反馈 2026-03-06 周五",
            "答复 2026-03-16 周一",
        ],
        "case.feedback_reviewed",
        "2026-03-09 周一",
        [
            "受理告知 2026-03-17 周二 按期",
            "书面反馈 U01 2026-03-11 周三 按期",
            "答复信访人 2026-03-16 周一 按期",
        ],
    ),
    (
        "书面答复之日更正，申请复查的期限跟着走",
        [],
        ["受理 2026-03-02 周一", "出具意见 2026-03-09 周一", "书面答复 2026-03-16 周一"],
        "case.replied",
        "2026-03-13 周五",
        ["申请复查 2026-04-13 周一 期限已过"],
    ),
]


@pytest.mark.parametrize(
    ("traits", "history", "kind", "right", "wanted"),
    [each[1:] for each in DATES],
    ids=[each[0] for each in DATES],
)
def test_a_right_date_moves_what_it_had_started_or_ended(traits, history, kind, right, wanted):
    case = lived(history, matter_is=traits, today=TODAY)
    assert rows(corrected(case, kind, right)) == wanted


@pytest.mark.parametrize(
    ("traits", "history", "kind", "right", "wanted"),
    [each[1:] for each in DATES],
    ids=[each[0] for each in DATES],
)
def test_correcting_a_correction_back_restores_every_deadline(traits, history, kind, right, wanted):
    case = lived(history, matter_is=traits, today=TODAY)
    (was,) = (each for each in case.history if kind_of(each.fact) == kind)
    there = corrected(case, kind, right)
    back = corrected(
        there, kind, f"{was.occurred_on} 周{'一二三四五六日'[was.occurred_on.weekday()]}"
    )
    assert back.obligations == case.obligations
    again = corrected(back, kind, right)
    assert rows(again) == wanted


def test_the_right_date_counts_also_after_the_calendar_was_changed():
    """A closure had moved the deadline; the correction starts from the right day all the same."""
    case = lived(["交办 2026-03-02 周一", "收件 2026-03-02 周一"])
    closed = Calendar(OfficeDays(closures={date(2026, 3, 5): "示例停办"}))
    case = fold(case, recount_open(case, closed, "示例停办", date(2026, 3, 4)))
    assert owed(case, date(2026, 3, 12)) == ["书面反馈 U01 2026-03-12 周四 未到期"]
    seq = next(each.seq for each in case.history if kind_of(each.fact) == "case.received")
    command = CorrectFact(
        number=NUMBER, on=TODAY, seq=seq, reason="示例", right_date=date(2026, 3, 4)
    )
    case = fold(case, decide(command, case, replace(world_of(TODAY), calendar=closed)))
    assert owed(case, date(2026, 3, 16)) == ["书面反馈 U01 2026-03-16 周一 未到期"]


# Units


def test_the_right_unit_owes_and_the_wrong_one_never_did():
    case = lived(["交办 2026-03-02 周一 U01", "收件 2026-03-03 周二", "书面反馈 2026-03-16 周一"])
    case = corrected(case, "case.assigned", unit="U02", unit_name=unit_name("U02"))
    assert rows(case) == ["书面反馈 U02 2026-03-12 周四 已履行，逾期 2 个工作日"]
    assert [each.unit for each in case.assignments] == ["U02"]
    assert case.debtor_name(case.obligations[0]) == unit_name("U02")


def test_everything_the_wrong_unit_owed_passes_to_the_right_one():
    case = lived(
        [
            "登记 2026-03-02 周一",
            "受理 2026-03-02 周一",
            "交办 2026-03-02 周一 U01",
            "收件 2026-03-03 周二",
            "书面反馈 2026-03-09 周一",
            "退回反馈 2026-03-10 周二 2026-03-20",
            "延期 2026-04-20 周一 10",
            "出具意见 2026-05-11 周一 2026-06-10",
        ],
        matter_is=["申诉求决"],
    )
    case = corrected(case, "case.assigned", unit="U02", unit_name=unit_name("U02"))
    assert {each.owed_by for each in case.obligations} == {"U02"}
    assert rows(case) == [
        "办理 U02 2026-05-11 周一 按期",
        "书面反馈 U02 2026-03-12 周四 按期",
        "补充反馈 U02 2026-03-20 周五 逾期 102 日",
        "执行处理意见 U02 2026-06-10 周三 逾期 20 日",
    ]


def test_an_execution_taken_over_starts_on_the_right_day_of_the_opinion():
    case = lived(
        [
            "交办 2026-03-02 周一 U01",
            "出具意见 2026-03-09 周一 2026-06-10",
            "退回交办 2026-03-10 周二",
            "交办 2026-03-11 周三 U02",
        ]
    )
    case = corrected(case, "case.opinion_delivered", "2026-03-06 周五")
    held = case.obligation("opinion_execution")
    assert (held.owed_by, held.duty.started_on) == ("U02", date(2026, 3, 6))


def test_correcting_the_unit_of_one_assignment_leaves_the_others():
    case = lived(["交办 2026-03-02 周一 U01", "交办 2026-03-02 周一 U02"])
    case = corrected(case, "case.assigned", nth=1, unit="U03", unit_name=unit_name("U03"))
    assert [each.owed_by for each in case.obligations] == ["U01", "U03"]


def test_the_unit_and_later_the_date_of_one_assignment():
    case = lived(["登记 2026-03-02 周一", "交办 2026-03-02 周一 U01"])
    case = corrected(case, "case.assigned", unit="U02", unit_name=unit_name("U02"))
    case = corrected(case, "case.assigned", "2026-03-04 周三")
    assert owed(case, day("2026-03-13 周五")) == ["书面反馈 U02 2026-03-13 周五 未到期"]


# Classification and content


def test_classification_is_corrected_field_by_field():
    case = lived(["登记 2026-03-02 周一"], matter_is=["来信"])
    case = corrected(
        case,
        "case.registered",
        channel=Channel.VISIT,
        purpose=Purpose.SUGGESTION,
        category="示例类别",
        persons=5,
        leapfrog=True,
    )
    assert kind_of_petition(case) == "来访（初访）"
    entry = case.entry
    assert (entry.purpose, entry.category, entry.persons) == (Purpose.SUGGESTION, "示例类别", 5)
    assert entry.leapfrog
    assert entry.summary == lived(["登记 2026-03-02 周一"]).entry.summary


def test_anonymous_after_all_nobody_can_be_told():
    """What is open lapses; what was performed, or late, stays as it was."""
    case = lived(
        [
            "登记 2026-03-02 周一",
            "交办 2026-03-02 周一",
            "书面反馈 2026-03-05 周四",
            "采纳反馈 2026-06-25 周四",
        ],
        matter_is=["可联系"],
        today=TODAY,
    )
    assert rows(corrected(case, "case.registered", anonymous=True)) == [
        "受理告知 2026-03-17 周二 已终止，逾期 105 日",
        "书面反馈 U01 2026-03-11 周三 按期",
        "答复信访人 2026-07-02 周四 已终止",
    ]


def test_an_appeal_after_all_is_handled_within_60_days():
    case = lived(["登记 2026-03-02 周一", "受理 2026-03-12 周四"], matter_is=["咨询"])
    case = corrected(case, "case.registered", purpose=Purpose.APPEAL)
    assert rows(case) == ["办理 2026-05-11 周一 逾期 50 日"]
    case = corrected(case, "case.accepted", "2026-03-11 周三")
    assert rows(case) == ["办理 2026-05-11 周一 逾期 50 日"]
    case = corrected(case, "case.accepted", "2026-03-13 周五")
    assert rows(case) == ["办理 2026-05-12 周二 逾期 49 日"]


def test_no_appeal_after_all_the_handling_period_lapses():
    case = lived(["登记 2026-05-06 周三", "受理 2026-05-06 周三"], matter_is=["申诉求决"])
    case = corrected(case, "case.registered", purpose=Purpose.INQUIRY)
    assert rows(case) == ["办理 2026-07-06 周一 已终止"]


def test_a_matter_not_yet_accepted_owes_no_handling_whatever_its_purpose_becomes():
    case = lived(["登记 2026-03-02 周一"], matter_is=["咨询"])
    assert rows(corrected(case, "case.registered", purpose=Purpose.APPEAL)) == []


def test_content_is_corrected_and_deadlines_stay():
    case = lived(["交办 2026-03-02 周一", "书面反馈 2026-03-05 周四"])
    after_it = corrected(case, "case.feedback_given", content="正确的内容")
    assert after_it.feedbacks[0].content == "正确的内容"
    assert after_it.obligations == case.obligations


# What is refused


ORDER = [
    # why, history, kind, right date, words
    ("登记晚于后来的步骤", ["登记 2026-03-02 周一", "交办 2026-03-03 周二"],
     "case.registered", "2026-03-04 周三", "登记日期 2026-03-04 晚于后来的步骤"),
    ("收件早于交办", ["登记 2026-03-02 周一", "交办 2026-03-03 周二", "收件 2026-03-04 周三"],
     "case.received", "2026-03-02 周一", "收件日期 2026-03-02 早于交办日期"),
    ("交办晚于收件", ["登记 2026-03-02 周一", "交办 2026-03-03 周二", "收件 2026-03-04 周三"],
     "case.assigned", "2026-03-05 周四", "收件日期 2026-03-04 早于交办日期 2026-03-05"),
    ("退回早于收件", ["交办 2026-03-03 周二", "收件 2026-03-04 周三", "退回交办 2026-03-06 周五"],
     "case.returned", "2026-03-03 周二", "退回日期 2026-03-03 早于收件日期 2026-03-04"),
    ("收件晚于反馈", ["交办 2026-03-03 周二", "收件 2026-03-04 周三", "书面反馈 2026-03-06 周五"],
     "case.received", "2026-03-09 周一", "反馈日期 2026-03-06 早于收件日期 2026-03-09"),
    ("反馈早于收件", ["交办 2026-03-03 周二", "收件 2026-03-04 周三", "书面反馈 2026-03-06 周五"],
     "case.feedback_given", "2026-03-03 周二", "反馈日期 2026-03-03 早于收件日期 2026-03-04"),
    ("交办晚于退回", ["登记 2026-03-02 周一", "交办 2026-03-03 周二", "退回交办 2026-03-04 周三"],
     "case.assigned", "2026-03-05 周四", "退回日期 2026-03-04 早于交办日期"),
    ("受理晚于意见", ["登记 2026-03-02 周一", "受理 2026-03-02 周一", "出具意见 2026-03-04 周三"],
     "case.accepted", "2026-03-05 周四", "意见日期 2026-03-04 早于受理日期"),
    ("早于登记", ["登记 2026-03-02 周一", "备注 2026-03-03 周二"],
     "case.noted", "2026-02-27 周五", "早于登记日期"),
    ("晚于今天", ["登记 2026-03-02 周一", "备注 2026-03-03 周二"],
     "case.noted", "2026-07-01 周三", "晚于今天"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("history", "kind", "right", "words"),
    [each[1:] for each in ORDER],
    ids=[each[0] for each in ORDER],
)
def test_a_date_that_turns_the_order_around_is_refused(history, kind, right, words):
    with pytest.raises(XfctlError, match=words):
        corrected(lived(history), kind, right)


def test_an_order_that_was_never_kept_is_no_reason_to_refuse_another_correction():
    """Acceptance entered after the opinion: that is not what this correction is about."""
    case = lived(["交办 2026-03-02 周一", "书面反馈 2026-03-03 周二", "出具意见 2026-03-04 周三",
                  "受理 2026-03-05 周四"])  # fmt: skip
    assert corrected(case, "case.feedback_given", content="正确的内容")


def test_a_correction_that_corrects_nothing_is_refused():
    case = lived(["登记 2026-03-02 周一"])
    with pytest.raises(InputRefusedError, match="没有要更正的内容"):
        corrected(case, "case.registered", "2026-03-02 周一", summary=case.entry.summary)


@pytest.mark.parametrize("seq", [0, 2, 99])
def test_an_event_of_another_matter_or_none_is_refused(seq):
    case = lived(["登记 2026-03-02 周一"])
    command = CorrectFact(number=NUMBER, on=TODAY, seq=seq, reason="示例", right_date=TODAY)
    with pytest.raises(InputRefusedError, match=f"没有可以更正的第 {seq} 条事件"):
        decide(command, case, world_of(TODAY))


def test_a_correction_itself_is_not_corrected_but_its_fact_is():
    case = corrected(lived(["登记 2026-03-02 周一"]), "case.registered", summary="第一次更正")
    with pytest.raises(InputRefusedError, match="没有可以更正的第 2 条事件"):
        corrected(case, "case.corrected", "2026-03-03 周二")
    twice = corrected(case, "case.registered", summary="第二次更正")
    assert twice.entry.summary == "第二次更正"


@pytest.mark.parametrize("changes", [{"unit": "U02"}, {"content": "示例"}, {"无此项": 1}])
def test_a_field_of_another_kind_of_fact_is_refused(changes):
    with pytest.raises(InputRefusedError, match="可以更正"):
        corrected(lived(["登记 2026-03-02 周一"]), "case.registered", **changes)


@pytest.mark.parametrize("summary", ["", " ", "控\x00制", "长" * 10_001])
def test_words_are_checked_as_at_registration(summary):
    with pytest.raises(InputRefusedError):
        corrected(lived(["登记 2026-03-02 周一"]), "case.registered", summary=summary)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_needs_a_reason(reason):
    case = lived(["登记 2026-03-02 周一"])
    command = CorrectFact(
        number=NUMBER, on=TODAY, seq=1, reason=reason, changes={"summary": "另一事项"}
    )
    with pytest.raises(InputRefusedError, match="更正理由"):
        decide(command, case, world_of(TODAY))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("case.registered", {"number": "XF2026-0009"}),
        ("case.registered", {"petitioner": "0" * 32}),
        ("case.registered", {"opens": ()}),
        ("case.assigned", {"assignment": 2}),
        ("case.assigned", {"ends": ("feedback/1",)}),
    ],
)
def test_what_holds_a_matter_together_is_no_fact_to_correct(kind, changes):
    """The number by which it is found, the token of the petitioner, the deadlines themselves."""
    with pytest.raises(InputRefusedError, match="可以更正"):
        corrected(lived(["交办 2026-03-02 周一"]), kind, **changes)


# History


def test_history_keeps_both():
    case = lived(["交办 2026-03-02 周一", "收件 2026-03-02 周一"])
    right = corrected(case, "case.received", "2026-03-04 周三")
    assert [each.occurred_on for each in right.as_recorded[:3]] == [
        each.occurred_on for each in case.as_recorded
    ]
    assert right.as_recorded[:3] == case.as_recorded
    assert [each.occurred_on.day for each in right.history[:3]] == [2, 2, 4]
    assert isinstance(right.as_recorded[3].fact, FactCorrected)
    assert right.as_recorded[3].fact.reason == "示例更正"
    assert right.id == case.id


def test_what_followed_is_told_in_an_event_of_its_own():
    case = lived(
        ["登记 2026-03-02 周一", "受理 2026-03-02 周一", "延期 2026-04-20 周一 30"],
        matter_is=["申诉求决"],
    )
    *_, correction, followed = corrected(case, "case.accepted", "2026-03-12 周四").as_recorded
    assert isinstance(correction.fact, FactCorrected)
    assert isinstance(followed.fact, DueDateChanged)
    assert followed.fact.reason == "随更正改变"


def test_a_correction_of_words_is_followed_by_nothing():
    case = corrected(lived(["登记 2026-03-02 周一"]), "case.registered", summary="另一事项")
    assert [kind_of(each.fact) for each in case.as_recorded] == [
        "case.registered",
        "case.corrected",
    ]


def test_the_stage_follows_too():
    case = lived(["交办 2026-03-02 周一", "书面反馈 2026-03-05 周四", "办结 2026-03-06 周五"])
    right = corrected(case, "case.closed", "2026-03-09 周一")
    assert (stage_of(right), right.closed_on) == (Stage.CLOSED, date(2026, 3, 9))


def test_steps_go_on_after_a_correction():
    case = lived(["交办 2026-03-02 周一", "收件 2026-03-02 周一"])
    case = corrected(case, "case.received", "2026-03-04 周三")
    case = after(case, "书面反馈 2026-03-13 周五", "办结 2026-03-16 周一")
    assert rows(case) == ["书面反馈 U01 2026-03-13 周五 按期"]
    assert stage_of(case) is Stage.CLOSED


DAYS = st.integers(2, 27).map(lambda n: date(2026, 3, n))


@given(st.lists(DAYS, min_size=4, max_size=4).map(sorted), st.booleans())
def test_a_corrected_matter_owes_what_one_recorded_rightly_owes(days, later):
    """Whatever the dates: recorded right at once, or recorded wrong and corrected."""
    assigned, one, other, reported = days
    received, right = (one, other) if later else (other, one)
    assume(received != right)

    def told(on: date, word: str) -> str:
        return f"{word} {on} 周{'一二三四五六日'[on.weekday()]}"

    def history(received_on: date) -> list[str]:
        steps = [(assigned, "交办"), (received_on, "收件"), (reported, "书面反馈")]
        return [told(date(2026, 3, 2), "登记"), *(told(*step) for step in steps)]

    wrong, rightly = lived(history(received)), lived(history(right))
    found = corrected(wrong, "case.received", told(right, "").strip())
    assert found.obligations == rightly.obligations


def test_replaying_the_events_gives_the_same_matter():
    case = lived(["交办 2026-03-02 周一 U01", "收件 2026-03-03 周二", "书面反馈 2026-03-16 周一"])
    case = corrected(case, "case.received", "2026-03-04 周三")
    case = corrected(case, "case.assigned", unit="U02", unit_name=unit_name("U02"))
    again = None
    for event in case.as_recorded:
        again = evolve(again, event)
    assert again == case
    assert CALENDAR.works(date(2026, 3, 2))
