"""细则 8(4): major and urgent matters are reported to the leaders of the university."""

from __future__ import annotations

import pytest
from conftest import TODAY
from lives import COMMANDS, lived, read, world_of

from xfctl.domain.steps import decide
from xfctl.domain.steps.above import ReportToLeader
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.ledger.case_lists import major_unreported
from xfctl.ledger.rebuild import rebuild_state

NUMBER = "XF2026-0001"

# What happened, and whether the matter is then listed as major and not yet reported.
HISTORIES = [
    ("没有标为重大的不列出", [], False),
    ("标为重大而未报告的列出", ["重大 2026-03-03 周二"], True),
    ("报告了一位领导的不再列出", ["重大 2026-03-03 周二", "报告领导 2026-03-03 周二"], False),
    (
        "办结也不能代替报告",
        ["重大 2026-03-03 周二", "办结 2026-03-04 周三"],
        True,
    ),
    (
        "办结之后补记的报告也算",
        ["重大 2026-03-03 周二", "办结 2026-03-04 周三", "报告领导 2026-03-03 周二"],
        False,
    ),
]


@pytest.mark.parametrize(
    ("steps", "listed"), [each[1:] for each in HISTORIES], ids=[each[0] for each in HISTORIES]
)
def test_a_major_matter_is_listed_until_a_leader_was_told(office, steps, listed):
    office.register(NUMBER)
    with office.desk() as desk:
        for line in map(read, steps):
            desk.step(COMMANDS[line.word](line))
    with office.reading() as ledger:
        found = [each.number for each in major_unreported(ledger.connection)]
    assert found == ([NUMBER] if listed else [])


def test_the_earliest_report_counts_whenever_it_was_recorded():
    case = lived(
        [
            "登记 2026-03-02 周一",
            "重大 2026-03-03 周二",
            "报告领导 2026-03-06 周五",
            "报告领导 2026-03-04 周三",
        ]
    )
    assert case.reported_to_leader_on.isoformat() == "2026-03-04"


def test_a_report_needs_a_matter_marked_as_major():
    with pytest.raises(RuleRefusedError, match="还没有标为重大紧急事项"):
        lived(["登记 2026-03-02 周一", "报告领导 2026-03-03 周二"])


def test_a_matter_is_marked_once():
    with pytest.raises(RuleRefusedError, match="已标为重大紧急事项"):
        lived(["登记 2026-03-02 周一", "重大 2026-03-03 周二", "重大 2026-03-04 周三"])


@pytest.mark.parametrize("at", [None, "00:00", "09:30", "23:59"])
def test_the_time_of_a_report_is_kept(at):
    case = lived(["登记 2026-03-02 周一", "重大 2026-03-03 周二"])
    command = ReportToLeader(number=NUMBER, on=TODAY, leader="虚构校领导", at=at)
    (reported,) = decide(command, case, world_of(TODAY))
    assert (reported.fact.leader, reported.fact.at) == ("虚构校领导", at)


@pytest.mark.parametrize(
    "at", ["", "9:30", "24:00", "09:60", "0930", "上午", "09:30:00", "09:30\n"]
)
def test_what_is_no_time_is_refused(at):
    case = lived(["登记 2026-03-02 周一", "重大 2026-03-03 周二"])
    command = ReportToLeader(number=NUMBER, on=TODAY, leader="虚构校领导", at=at)
    with pytest.raises(InputRefusedError, match="时刻"):
        decide(command, case, world_of(TODAY))


def test_the_list_survives_a_rebuild(office):
    office.register(NUMBER)
    with office.desk() as desk:
        desk.step(COMMANDS["重大"](read("重大 2026-03-03 周二")))
        rebuild_state(desk.writer.connection)
    with office.reading() as ledger:
        assert [each.number for each in major_unreported(ledger.connection)] == [NUMBER]
