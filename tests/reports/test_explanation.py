"""Why a deadline is what it is: every day from the start to the end, with its number."""

from __future__ import annotations

from datetime import date

import pytest
from lives import CALENDAR, day, lived

from xfctl.reports.explanation import explanation_tables


def explained(history, asked, traits=()):
    case = lived(history, matter_is=traits, today=day(asked))
    return explanation_tables(case, day(asked), CALENDAR, everything=True)


def test_working_days_are_numbered_and_the_others_say_why_not():
    (table,) = explained(["交办 2025-09-25 周四"], "2025-10-12 周日")
    numbers = {row[0]: row[2] for row in table.rows}
    assert numbers[date(2025, 9, 25)] == "不计"
    assert numbers[date(2025, 9, 26)] == "第 1 日"
    assert numbers[date(2025, 9, 28)] == "第 2 日", "a Sunday at work"
    assert numbers[date(2025, 10, 1)] == "不计"
    assert numbers[date(2025, 10, 11)] == "第 7 日", "a Saturday at work"
    assert "逾期 0 个工作日" in "".join(table.footer)


@pytest.mark.parametrize(
    ("traits", "history", "words"),
    [
        (["可联系"], ["登记 2026-03-20 周五"], ["条例 22–23", "15 日", "2026-04-07"]),
        (
            ["上级来文 2026-04-10"],
            ["登记 2026-03-02 周一"],
            ["细则 8(7)", "2026-04-10", "上级来文"],
        ),
        ([], ["交办 2026-03-02 周一", "口头反馈 2026-03-03 周二"], ["只有书面反馈才履行"]),
        ([], ["交办 2026-03-02 周一", "退回交办 2026-03-03 周二"], ["2026-03-03 终止"]),
        (
            ["申诉求决"],
            ["受理 2026-03-12 周四", "延期 2026-04-08 周三 30"],
            ["条例 34", "90 日", "2026-06-10"],
        ),
    ],
)
def test_the_footer_says_article_length_and_standing(traits, history, words):
    tables = explained(history, "2026-04-08 周三", traits)
    footers = "".join(line for table in tables for line in table.footer)
    assert [word for word in words if word not in footers] == []


def test_a_count_of_days_shows_the_days_it_was_moved_over():
    (table,) = explained(["登记 2026-03-20 周五"], "2026-04-07 周二", ["可联系"])
    last = [(row[0].day, row[2]) for row in table.rows[-4:]]
    assert last == [(4, "第 15 日"), (5, "不计"), (6, "不计"), (7, "不计")]


def test_every_obligation_is_explained_when_asked_for_everything():
    history = [
        "登记 2026-03-02 周一",
        "受理 2026-03-02 周一 2026-03-03",
        "交办 2026-03-02 周一 U01",
        "交办 2026-03-02 周一 U02",
        "书面反馈 2026-03-03 周二 U01",
        "出具意见 2026-03-04 周三 2026-04-30",
        "书面答复 2026-03-05 周四",
    ]
    traits = ["可联系", "申诉求决", "上级来文 2026-04-10"]
    case = lived(history, matter_is=traits)
    tables = explained(history, "2026-03-31 周二", traits)
    assert len(tables) == len(case.obligations) == 9
    assert len({table.title for table in tables}) == 9
