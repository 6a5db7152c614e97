"""Accountabilities as tables: the list, the export, one whole, awards, the figures of a period.

Five accountabilities, all proposed over 13(3); as of 25 November 2026:

    number        unit  rung  proposed   decided  by the end
    ZZ2026-0001   U01   16    03-02      03-10    carried out 03-12, to be rectified by 04-10, 04-20
    ZZ2026-0002   U01   17    04-13      04-15    after the first, revoked wholly on 05-06
    ZZ2026-0003   U02   17    05-11      05-12    for a reason without a deadline; one of two appeals
    ZZ2026-0004   U02   16    06-01      –        withdrawn 06-03
    ZZ2026-0005   U02   16    11-02      –        not adopted 11-04
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from account_lives import (
    ADMIN_HEAD,
    PARTY_HEAD,
    POSTS,
    TODAY,
    Held,
    at_rung,
    staff_unit,
)
from conftest import Office, assign, entry, unit_name
from msgspec.structs import replace

from xfctl.app.supervisions import supervise
from xfctl.domain.accountability.people import Answerable
from xfctl.domain.classification import (
    AppealResult,
    Channel,
    FeedbackForm,
    Relation,
    Role,
    Severity,
    SupervisionForm,
)
from xfctl.domain.identity import Identity
from xfctl.domain.steps.closing import CloseCase
from xfctl.domain.steps.grounds import FindGround
from xfctl.domain.steps.handling import GiveFeedback, ReturnAssignment, ReviewFeedback
from xfctl.domain.steps.relations import RecordVisit
from xfctl.domain.supervision import OpenSupervision
from xfctl.ledger import account_lists
from xfctl.ledger.account_lists import (
    AccountLine,
    accountabilities,
    award_losses,
)
from xfctl.ledger.identities import Identities
from xfctl.ledger.load import ACCOUNTABILITIES, load
from xfctl.output.formats import Format, render
from xfctl.reports.account_cover import cover_tables, decision_lines, proposal_lines
from xfctl.reports.account_evidence import evidence_table
from xfctl.reports.accounts import (
    HIDDEN,
    awards_table,
    export_table,
    list_table,
    report_table,
)
from xfctl.reports.supervision import Period
from xfctl.reports.table import Table

CASE = "XF2026-0001"
FIRST, SECOND, THIRD, FOURTH, FIFTH = (f"ZZ2026-000{n}" for n in range(1, 6))


def day(month: int, on: int) -> date:
    return date(2026, month, on)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, made_once: Path) -> Office:
    """Read only: made once for the module."""
    path = tmp_path_factory.mktemp("accounts") / "ledger.db"
    path.write_bytes((made_once / "fresh").read_bytes())
    office = Office(path)
    staff_unit(office)
    staff_unit(office, "U02", POSTS[:2])
    _petition_with_supervision(office)
    heads: dict[str, Any] = {"people": Answerable(), "cases": (CASE,)}
    first = Held(office).propose(**heads, on=day(3, 2)).decide(day(3, 10), document="示例1号")
    first.carry_out(day(3, 12), "14(3)").review(day(4, 20))
    following = {"after": first.number, "situations": (), "severity": None}
    second = Held(office).propose(on=day(4, 13), people=Answerable(), **following)
    second.decide(day(4, 15)).carry_out(day(4, 16), "14(4)")
    second.appeal(day(4, 20)).accept(day(4, 21)).settle(day(5, 6), AppealResult.REVOKED)
    of_two = {"unit": "U02", "unit_name": unit_name("U02"), "people": Answerable()}
    third = Held(office).propose(**at_rung("17"), **of_two, on=day(5, 11))
    third.decide(day(5, 12), deadlines={}, override="示例破例理由").appeal(day(5, 20), 1)
    third.hand_over(day(5, 25))
    Held(office).propose(**of_two, on=day(6, 1)).withdraw(day(6, 3))
    Held(office).propose(**of_two, on=day(11, 2)).not_adopt(day(11, 4))
    return office


def _petition_with_supervision(office: Office) -> None:
    with office.desk(today=TODAY) as desk:
        desk.register(day(2, 2), entry(CASE, persons=12, leapfrog=True))
        desk.step(assign(CASE, day(2, 2), "U01"))
        desk.step(
            FindGround(number=CASE, on=day(2, 20), ground="7", unit="U01", evidence="示例依据")
        )
        supervise(
            desk,
            OpenSupervision(
                on=day(2, 23),
                cases=(CASE,),
                unit="U01",
                unit_name=unit_name("U01"),
                grounds=("7",),
                forms=(SupervisionForm.PHONE,),
                tracker="跟踪员甲",
                days=5,
                reason="示例理由",
            ),
        )


def lines_of(office: Office, **only: Any) -> list[AccountLine]:
    with office.reading() as ledger:
        return accountabilities(ledger.connection, **only)


def names(office: Office) -> Mapping[str, str]:
    tokens = [person.token for line in lines_of(office) for person in line.persons]
    with office.reading() as ledger:
        found = Identities(ledger.connection).revealed(tokens)
    return {token: who.name for token, who in found.items() if who.name}


def column(table: Table, key: str) -> list[Any]:
    position = [each.key for each in table.columns].index(key)
    return [row[position] for row in table.rows]


# --- Which are listed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "numbers"),
    [
        ({}, [FIRST, SECOND, THIRD, FOURTH, FIFTH]),
        ({"unit": "U01"}, [FIRST, SECOND]),
        ({"unit": "U09"}, []),
        ({"case": CASE}, [FIRST]),
        ({"proposed_by": day(5, 10)}, [FIRST, SECOND]),
        ({"proposed_by": day(5, 11)}, [FIRST, SECOND, THIRD]),
        ({"unit": "U02", "proposed_by": day(6, 1)}, [THIRD, FOURTH]),
    ],
)
def test_the_lines(lived: Office, only: dict[str, Any], numbers: list[str]) -> None:
    assert [each.number for each in lines_of(lived, **only)] == numbers


def test_the_accountabilities_of_a_person_by_name(lived: Office) -> None:
    with lived.reading() as ledger:
        identities = Identities(ledger.connection)
        tokens, nobody = (
            tuple(identities.matching(Identity(name=name), ("name",)))
            for name in (ADMIN_HEAD, "示例无此人")
        )
    assert [each.number for each in lines_of(lived, tokens=tokens)] == [
        *(FIRST, SECOND, THIRD, FOURTH, FIFTH)
    ]
    assert nobody == ()
    assert lines_of(lived, tokens=nobody) == []


# --- The list ----------------------------------------------------------------------------------------


def test_the_list_today(lived: Office) -> None:
    table = list_table(lines_of(lived), {}, TODAY)
    assert column(table, "rung") == ["细则 16", "细则 17", "细则 17", "细则 16", "细则 16"]
    assert column(table, "stage") == [
        "整改完成",
        "已撤销",
        "已决定，申诉中（不停止执行），已移送",
        "已撤回",
        "未采纳",
    ]
    assert column(table, "measures") == [
        "通报批评",
        "已撤销",
        "诫勉谈话",
        "建议：通报批评",
        "建议：通报批评",
    ]
    assert column(table, "decided_on") == [day(3, 10), day(4, 15), day(5, 12), None, None]
    assert column(table, "rectify_by") == [day(4, 10), day(5, 16), None, None, None]
    assert column(table, "situations")[1] == f"{FIRST} 逾期未整改"
    assert column(table, "situations")[0].startswith("细则 13(3) ")
    assert table.footer == ("共 5 项。", HIDDEN)


def test_an_override_is_seen_with_its_reason(lived: Office) -> None:
    for table in (
        list_table(lines_of(lived), {}, TODAY),
        export_table(lines_of(lived), {}, TODAY),
    ):
        assert column(table, "override") == [None, None, "示例破例理由", None, None]


@pytest.mark.parametrize(
    ("on", "stages"),
    [
        ((3, 9), ["已建议"]),
        ((3, 11), ["已决定"]),
        ((3, 12), ["整改中"]),
        ((4, 11), ["逾期未整改"]),
        ((4, 17), ["逾期未整改", "整改中"]),
        ((4, 20), ["整改完成", "整改中，申诉中（不停止执行）"]),
        ((5, 5), ["整改完成", "整改中，申诉中（不停止执行）"]),
        ((5, 6), ["整改完成", "已撤销"]),
        ((5, 24), ["整改完成", "已撤销", "已决定，申诉中（不停止执行）"]),
        ((6, 2), ["整改完成", "已撤销", "已决定，申诉中（不停止执行），已移送", "已建议"]),
    ],
)
def test_the_list_as_of_a_past_day(lived: Office, on: tuple[int, int], stages: list[str]) -> None:
    asked = day(*on)
    assert column(list_table(lines_of(lived, proposed_by=asked), {}, asked), "stage") == stages


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ((3, 9), [None] * 6),
        ((3, 10), ["示例1号", day(3, 10), None, day(4, 10), None, None]),
        ((4, 19), ["示例1号", day(3, 10), day(3, 12), day(4, 10), None, None]),
        ((4, 20), ["示例1号", day(3, 10), day(3, 12), day(4, 10), day(4, 20), None]),
    ],
)
def test_what_came_later_than_the_day_is_not_told_in_its_row(
    lived: Office, on: tuple[int, int], told: list[object]
) -> None:
    asked = day(*on)
    first = lines_of(lived, proposed_by=asked)[:1]
    listed, exported = list_table(first, {}, asked), export_table(first, {}, asked)
    keys = ("document", "decided_on", "carried_out_on", "rectify_by", "rectified_on", "appeals")
    assert [column(exported, each)[0] for each in keys] == told
    for each in ("decided_on", "rectify_by", "stage"):
        assert column(listed, each) == column(exported, each)


@pytest.mark.parametrize(
    ("on", "told"),
    [((4, 19), None), ((4, 20), "2026-04-20 未决定"), ((5, 6), "2026-04-20 撤销")],
)
def test_an_appeal_is_told_from_its_day_and_its_result_from_the_decision(
    lived: Office, on: tuple[int, int], told: str | None
) -> None:
    table = export_table(lines_of(lived)[1:2], {}, day(*on))
    assert column(table, "appeals") == [told]


def test_before_an_appeal_was_decided_the_measure_was_in_force(lived: Office) -> None:
    line = lines_of(lived)[1]
    told = [
        column(list_table([line], {}, on), "measures") for on in (day(4, 14), day(5, 5), day(5, 6))
    ]
    assert told == [["建议：诫勉谈话"], ["诫勉谈话"], ["已撤销"]]


def test_names_are_hidden_or_shown(lived: Office) -> None:
    lines = lines_of(lived)
    hidden = list_table(lines, {}, TODAY)
    assert column(hidden, "persons")[0] == (
        "第 1 人（党组织主要负责人，主要领导责任）；第 2 人（行政主要负责人，主要领导责任）"
    )
    shown = list_table(lines, names(lived), TODAY)
    assert column(shown, "persons")[0] == (
        f"{PARTY_HEAD}（党组织主要负责人，主要领导责任）；"
        f"{ADMIN_HEAD}（行政主要负责人，主要领导责任）"
    )
    assert HIDDEN not in shown.footer
    for each in (fmt for fmt in Format if fmt is not Format.XLSX):
        text = render(hidden, each) + render(export_table(lines, {}, TODAY), each)
        assert PARTY_HEAD not in text
        assert ADMIN_HEAD not in text


def test_an_empty_list_breaks_nothing() -> None:
    assert list_table([], {}, TODAY).footer == ("共 0 项。",)
    assert export_table([], {}, TODAY).rows == []
    period = Period(day(1, 1), day(12, 31))
    assert report_table([], period, TODAY).rows == []


# --- The export --------------------------------------------------------------------------------------


def test_the_export_row_by_row(lived: Office) -> None:
    table = export_table(lines_of(lived), {}, TODAY)
    keys = [each.key for each in table.columns]
    first, second, third, *_ = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert (first["cases"], first["after"], first["document"]) == (CASE, None, "示例1号")
    assert (first["nature"], first["severity"]) == ("集体责任", "较轻")
    assert (first["carried_out_on"], first["rectified_on"]) == (day(3, 12), day(4, 20))
    assert (second["after"], second["severity"], second["cases"]) == (FIRST, None, None)
    assert second["carried_out_on"] == day(4, 16), (
        "what was revoked had been carried out all the same"
    )
    assert second["appeals"].startswith("2026-04-20 ")
    assert "未决定" not in second["appeals"]
    assert third["appeals"] == "2026-05-20 未决定"
    assert (third["unit"], third["unit_name"]) == ("U02", "虚构单位U02")


def test_the_columns_of_the_export_are_those_that_others_rely_on(lived: Office) -> None:
    table = export_table(lines_of(lived), {}, TODAY)
    assert [each.key for each in table.columns] == [
        *("number", "proposed_on", "day_in_question", "unit", "unit_name", "cases", "after"),
        *("situations", "nature", "severity", "rung", "persons", "measures", "document"),
        *("decided_on", "carried_out_on", "rectify_by", "rectified_on", "appeals", "stage"),
        "override",
    ]


# --- Awards ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "standing", "lost"),
    [
        ((4, 14), [], 0),
        ((4, 15), ["取消"], 1),
        ((5, 5), ["取消"], 1),
        ((5, 6), ["2026-05-06 恢复（申诉）"], 0),
        ((5, 12), ["2026-05-06 恢复（申诉）", "取消"], 1),
    ],
)
def test_awards_as_of_a_day(
    lived: Office, on: tuple[int, int], standing: list[str], lost: int
) -> None:
    with lived.reading() as ledger:
        lines = award_losses(ledger.connection, "2026", day(*on))
    table = awards_table(lines, "2026", day(*on))
    assert column(table, "standing") == standing
    assert table.footer[0].startswith(f"截至 {day(*on)}，2026 年度取消评优资格的单位 {lost} 个")


def test_awards_of_other_years_are_untouched(lived: Office) -> None:
    with lived.reading() as ledger:
        for year in ("2025", "2027", "202"):
            assert award_losses(ledger.connection, year, TODAY) == []
        assert [
            (each.unit, each.accountability, each.since)
            for each in award_losses(ledger.connection, "2026", TODAY)
        ] == [("U01", SECOND, day(4, 15)), ("U02", THIRD, day(5, 12))]


# --- The figures of a period -------------------------------------------------------------------------

FIGURES = (
    *("proposed", "decided", "not_adopted", "carried_out", "rectified", "failed", "appealed"),
    *("revoked", "persons"),
)


def figures(
    office: Office, first: date, last: date, today: date = TODAY
) -> dict[tuple[str, str], dict[str, int]]:
    """By group and name, the figures that are not 0."""
    table = report_table(lines_of(office, proposed_by=last), Period(first, last), today)
    assert [each.key for each in table.columns] == ["group", "name", *FIGURES]
    return {
        (str(group), str(name)): {
            key: value for key, value in zip(FIGURES, rest, strict=True) if value
        }
        for group, name, *rest in table.rows
    }


def test_a_unit_that_was_renamed_is_one_row_under_its_last_name(lived: Office) -> None:
    first, *others = lines_of(lived, unit="U01")
    renamed = [first, *(replace(each, unit_name="虚构新名") for each in others)]
    table = report_table(renamed, Period(day(1, 1), day(12, 31)), TODAY)
    assert [row[1:3] for row in table.rows if row[0] == "单位"] == [("虚构新名", 2)]


def test_the_year_counted_by_hand(lived: Office) -> None:
    found = figures(lived, day(1, 1), day(12, 31))
    assert found["合计", "全部"] == {
        "proposed": 5,
        "decided": 3,
        "not_adopted": 1,
        "carried_out": 2,
        "rectified": 1,
        "failed": 1,
        "appealed": 2,
        "revoked": 1,
        "persons": 10,
    }
    assert found["单位", "虚构单位U01"] == {
        "proposed": 2,
        "decided": 2,
        "carried_out": 2,
        "rectified": 1,
        "failed": 1,
        "appealed": 1,
        "revoked": 1,
        "persons": 4,
    }
    assert found["单位", "虚构单位U02"]["proposed"] == 3
    by_rung = {name: each["proposed"] for (group, name), each in found.items() if group == "条款"}
    assert [name.split()[1] for name in by_rung] == ["16", "17"]
    assert list(by_rung.values()) == [3, 2]
    by_measure = {name: each for (group, name), each in found.items() if group == "追究方式"}
    assert {name: each["decided"] for name, each in by_measure.items()} == {
        "通报批评": 1,
        "诫勉谈话": 2,
    }
    stages = [name for group, name in found if group == "期末状态"]
    assert stages == ["已撤回", "未采纳", "已决定", "整改完成", "已撤销"]


def test_the_groups_come_in_their_order(lived: Office) -> None:
    groups = [group for group, _ in figures(lived, day(1, 1), day(12, 31))]
    assert list(dict.fromkeys(groups)) == ["合计", "单位", "条款", "追究方式", "期末状态"]


@pytest.mark.parametrize(
    ("first", "last", "total"),
    [
        # Both ends belong to it; one under way at the end has its row even if nothing moved.
        ((3, 2), (3, 2), {"proposed": 1, "persons": 2}),
        ((3, 3), (3, 9), {"persons": 2}),
        ((3, 10), (3, 10), {"decided": 1, "persons": 2}),
        ((3, 11), (3, 12), {"carried_out": 1, "persons": 2}),
        ((4, 10), (4, 10), {"persons": 2}),
        ((4, 11), (4, 11), {"failed": 1, "persons": 2}),
        ((4, 20), (4, 20), {"rectified": 1, "appealed": 1, "persons": 4}),
        ((5, 6), (5, 6), {"revoked": 1, "persons": 2}),
        ((11, 4), (11, 4), {"not_adopted": 1, "persons": 4}),
    ],
)
def test_what_moved_in_a_period(
    lived: Office, first: tuple[int, int], last: tuple[int, int], total: dict[str, int]
) -> None:
    assert figures(lived, day(*first), day(*last))["合计", "全部"] == total


@pytest.mark.parametrize(("first", "last"), [((1, 1), (3, 1)), ((1, 1), (1, 1))])
def test_a_period_before_everything_has_no_rows(
    lived: Office, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert figures(lived, day(*first), day(*last)) == {}


def test_a_closed_quarter_prints_the_same_after_the_revocation(lived: Office) -> None:
    """As of 30 April the second one had been carried out and stood; so it does ever after."""
    found = figures(lived, day(4, 1), day(4, 30))
    assert found["合计", "全部"]["carried_out"] == 1
    assert ("期末状态", "整改中") in found
    assert ("期末状态", "已撤销") not in found
    assert "revoked" not in found["合计", "全部"]


def test_a_deadline_to_come_is_not_missed_yet(lived: Office) -> None:
    """The first one's deadline is 10 April; asked on 1 April for the whole year."""
    line = [each for each in lines_of(lived) if each.number == FIRST]
    on = day(4, 1)
    table = report_table(line, Period(day(1, 1), day(12, 31)), on)
    assert column(table, "failed") == [0] * len(table.rows)
    assert [row[1] for row in table.rows if row[0] == "期末状态"] == ["整改中"]
    assert table.footer[0].startswith("2026-01-01 至 2026-12-31")


# --- One whole ---------------------------------------------------------------------------------------


def cover(office: Office, number: str, shown: Mapping[str, str] | None = None) -> list[Table]:
    with office.reading() as ledger:
        state = load(ledger.connection, ACCOUNTABILITIES, number)
        return cover_tables(ledger.connection, state, shown or {}, TODAY)


def test_the_timeline_runs_from_the_petition_to_the_measure(lived: Office) -> None:
    table = cover(lived, FIRST)[-1]
    days = column(table, "on")
    assert days == sorted(days)
    assert [(f"{on:%m-%d}", subject, what.split("；")[0]) for on, subject, what in table.rows] == [
        ("02-02", CASE, "登记：虚构事项XF2026-0001"),
        ("02-02", CASE, "交办给虚构单位U01（主办）"),
        ("02-12", CASE, "督办情形成立：细则 11(1)，虚构单位U01书面反馈期限 2026-02-11"),
        ("02-20", CASE, "督办情形成立：细则 11(7)，示例依据"),
        ("02-23", "DB2026-0001", "对虚构单位U01立项督办"),
        (
            *("03-02", FIRST),
            "建议按细则 16 对虚构单位U01追究责任：细则 13(3) 消极应付、推诿扯皮或态度恶劣",
        ),
        ("03-10", FIRST, "决定追究责任"),
        ("03-12", FIRST, "实施员甲实施通报批评（第 1 人、第 2 人）"),
        ("04-20", FIRST, "整改通过验收：示例"),
    ]


def test_the_timeline_leaves_out_what_other_units_did(office: Office) -> None:
    """U02 has the matter first, gives it back, has it again beside U01, and reports."""
    staff_unit(office)
    staff_unit(office, "U02", POSTS[:2])
    with office.desk(today=TODAY) as desk:
        desk.register(day(2, 2), entry(CASE))
        for step in (
            assign(CASE, day(2, 2), "U02"),
            ReturnAssignment(number=CASE, on=day(2, 3), reason="虚构退回"),
            assign(CASE, day(2, 4), "U01"),
            assign(CASE, day(2, 4), "U02", role=Role.CO),
            *(
                GiveFeedback(
                    number=CASE, on=day(2, 5), form=FeedbackForm.WRITTEN, unit=code, content=code
                )
                for code in ("U01", "U02")
            ),
            ReviewFeedback(number=CASE, on=day(2, 6), accepted=True, unit="U01"),
            ReviewFeedback(
                number=CASE, on=day(2, 6), accepted=False, unit="U02", reason="虚构缺项"
            ),
            RecordVisit(number=CASE, on=day(2, 9), channel=Channel.VISIT, persons=2),
            CloseCase(number=CASE, on=day(2, 10), reason="虚构理由"),
        ):
            desk.step(step)
    held = Held(office).propose(people=Answerable(), cases=(CASE,), on=day(3, 2))
    told = [what for _, subject, what in cover(office, held.number)[-1].rows if subject == CASE]
    assert [each.split("；")[0] for each in told] == [
        "登记：虚构事项XF2026-0001",
        "交办给虚构单位U01（主办）",
        "虚构单位U01书面反馈：U01",
        "采纳虚构单位U01的书面反馈",
        "再次来访 2 人",
        "办结",
    ]


def test_the_cover_hides_or_shows_names(lived: Office) -> None:
    _, persons, *_ = cover(lived, FIRST)
    assert column(persons, "name") == ["（已隐去）", "（已隐去）"]
    assert persons.footer == (HIDDEN,)
    _, persons, *_ = cover(lived, FIRST, names(lived))
    assert column(persons, "name") == [PARTY_HEAD, ADMIN_HEAD]
    assert persons.footer == ()
    everything = "".join(render(each, Format.PLAIN) for each in cover(lived, THIRD))
    assert PARTY_HEAD not in everything


def test_the_cover_tells_override_award_appeal_and_handing_over(lived: Office) -> None:
    told = dict(cover(lived, THIRD)[0].rows)
    assert told["破例（决定）"] == "细则 17：示例破例理由"
    assert told["评优资格"] == "2026 年度取消（细则 17），自 2026-05-12"
    assert told["申诉"] == "第 1 件（第 1 人）：处理中，不停止执行（细则 20）"
    assert told["移送"] == "2026-05-25"
    told = dict(cover(lived, SECOND)[0].rows)
    assert told["评优资格"].endswith("，2026-05-06 恢复")
    assert told["前一问责"] == f"{FIRST}（逾期未整改）"
    assert "破例（建议）" not in told


def test_the_measures_of_the_cover_keep_what_was_revoked(lived: Office) -> None:
    table = cover(lived, SECOND)[2]
    assert column(table, "until") == [day(5, 6)] * 2
    assert column(table, "carried_out") == ["2026-04-16 实施员甲"] * 2


def test_what_the_officer_is_told_holds_no_name(lived: Office) -> None:
    with lived.reading() as ledger:
        states = [load(ledger.connection, ACCOUNTABILITIES, each) for each in (FIRST, THIRD)]
    text = "\n".join(
        line for state in states for line in (*proposal_lines(state), *decision_lines(state))
    )
    assert "第 1 人：党组织主要负责人，主要领导责任" in text
    assert "虚构单位U02 2026 年度不得评优（细则 17）" in text
    assert "破例（细则 17）：示例破例理由" in text
    for name in (PARTY_HEAD, ADMIN_HEAD):
        assert name not in text


# --- What lies beside the judgement -----------------------------------------------------------------


def test_the_evidence_counts_a_year_and_the_year_before(lived: Office) -> None:
    def figures_on(on: date) -> dict[str, tuple[Any, Any]]:
        with lived.reading() as ledger:
            table = evidence_table(ledger.connection, "U01", unit_name("U01"), on)
        return {str(name): (later, earlier) for name, later, earlier in table.rows}

    found = figures_on(day(3, 31))
    assert found["交办事项（件）"] == (1, 0)
    assert found["集体访最大人数"] == (12, 0)
    assert found["越级（件）"] == (1, 0)
    assert found["督办（项）"] == (1, 0)
    assert found["责任追究决定（项）"] == (1, 0)
    assert figures_on(date(2027, 2, 1))["交办事项（件）"] == (1, 0), "a year to the day"
    assert figures_on(date(2027, 2, 2))["交办事项（件）"] == (0, 1)
    assert figures_on(day(2, 1))["交办事项（件）"] == (0, 0)


def test_the_evidence_leaves_out_what_counts_elsewhere_or_came_to_the_unit_later(
    office: Office,
) -> None:
    office.add_units("U01", "U02")
    with office.desk(today=TODAY) as desk:
        for number in ("XF1", "XF2", "XF3"):
            desk.register(day(2, 2), entry(number))
        for number in ("XF1", "XF2"):
            desk.step(assign(number, day(2, 3), "U01"))
        desk.step(assign("XF3", day(2, 3), "U02"))
        desk.step(assign("XF3", day(4, 1), "U01"))
        desk.link("XF2", "XF1", Relation.DUPLICATES)
    with office.reading() as ledger:
        counts = [
            account_lists.assigned(ledger.connection, "U01", day(1, 1), last, 5).count
            for last in (day(3, 31), day(4, 1))
        ]
    assert counts == [1, 2]


def test_the_severity_is_shown_as_the_officer_wrote_it(lived: Office) -> None:
    told = {each: dict(cover(lived, each)[0].rows).get("情节") for each in (FIRST, SECOND, THIRD)}
    assert told == {FIRST: Severity.LIGHT.label, SECOND: None, THIRD: Severity.GRAVE.label}
