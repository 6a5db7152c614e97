"""Early warning (细则 6, 8(3)): what is marked, why, and with which figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import TODAY, Office, entry, unit_name

from xfctl.domain.case_facts import CaseRegistered
from xfctl.domain.classification import Channel, FeedbackForm, Outcome, Rated, Rating, Relation
from xfctl.domain.identity import Identity
from xfctl.domain.steps.acceptance import AcceptCase, DeclineCase, DismissCase
from xfctl.domain.steps.closing import CloseCase, ReopenCase
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.handling import AssignCase, GiveFeedback, ReviewFeedback
from xfctl.domain.steps.outcome import DeliverOpinion, RateCase, ReplyToPetitioner
from xfctl.domain.steps.relations import RecordVisit
from xfctl.ledger.watch_lists import RecentMatter
from xfctl.reports import watch_matters
from xfctl.reports.table import Table
from xfctl.reports.watch import Thresholds, rises, rises_table

LIMITS = Thresholds()
DAY = timedelta(days=1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def register(office: Office, *rows: tuple[int, dict[str, Any]]) -> list[str]:
    """Register matters, each as many days ago; ``unit`` is assigned the same day."""
    numbers = []
    with office.desk() as desk:
        for days, details in rows:
            unit = details.pop("unit", None)
            new: CaseRegistered = entry("", **{"summary": f"虚构{days}"} | details)
            number = desk.register(ago(days), new).number
            numbers.append(number)
            if unit:
                desk.step(
                    AssignCase(number=number, on=ago(days), unit=unit, unit_name=unit_name(unit))
                )
    return numbers


def objects(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def rising(office: Office, limits: Thresholds = LIMITS, on: date = TODAY) -> Table:
    with office.reading() as ledger:
        return rises_table(rises(ledger.connection, on, limits), on, limits)


def seen(office: Office, limits: Thresholds = LIMITS, on: date = TODAY) -> watch_matters.Seen:
    with office.reading() as ledger:
        return watch_matters.look(ledger.connection, on, limits)


# Rises


def test_a_unit_and_a_category_are_held_against_their_own_past(office: Office) -> None:
    """Six matters in 30 days against six in the 360 before, beside one that stays as it was."""
    office.add_units("U01", "U02")
    steady = [(days, {"unit": "U02", "category": "学籍"}) for days in range(5, 390, 10)]
    past = [(days, {"unit": "U01", "category": "后勤收费"}) for days in range(40, 340, 50)]
    recent = [(days, {"unit": "U01", "category": "后勤收费"}) for days in range(6)]
    register(office, *steady, *past, *recent)
    rows = {(each["kind"], each["name"]): each for each in objects(rising(office))}
    unit = rows["单位", unit_name("U01")]
    assert (unit["since"], unit["before"], unit["expected"]) == (6, 6, "0.5")
    assert unit["chance"] == "0.0001"
    assert unit["corrected"] == "0.0003"
    assert unit["verdict"] == "上升"
    assert rows["类别", "后勤收费"]["verdict"] == "上升"
    assert rows["单位", unit_name("U02")]["verdict"] is None
    assert (rows["单位", unit_name("U02")]["since"], rows["类别", "学籍"]["before"]) == (3, 36)


def test_what_only_stands_out_uncorrected_is_marked_otherwise(office: Office) -> None:
    office.add_units("U01", "U02", "U03")
    others = [(days, {"unit": unit}) for unit in ("U02", "U03") for days in range(2, 390, 10)]
    register(
        office, *others, *[(days, {"unit": "U01"}) for days in (1, 2, 3, 60, 120, 180, 240, 300)]
    )
    (mine,) = [each for each in objects(rising(office)) if each["name"] == unit_name("U01")]
    assert float(mine["chance"]) < 0.05 < float(mine["corrected"])
    assert mine["verdict"] == "留意"


def test_fewer_than_the_least_are_counted_but_not_listed(office: Office) -> None:
    office.add_units("U01")
    register(office, (1, {"unit": "U01"}), (2, {"unit": "U01"}), (100, {"category": "学籍"}))
    assert objects(rising(office)) == []
    assert "同时比较 1 个单位、2 个类别" in "".join(rising(office).footer)
    listed = objects(rising(office, Thresholds(least=2)))
    assert [(each["kind"], each["name"]) for each in listed] == [
        ("单位", unit_name("U01")),
        ("类别", "未填"),
    ]


def test_the_window_ends_today_and_begins_days_before(office: Office) -> None:
    register(office, *[(days, {}) for days in (0, 29, 30, 389, 390)])
    (row,) = objects(rising(office, Thresholds(least=1)))
    assert (row["since"], row["before"]) == (2, 2)
    (row,) = objects(rising(office, Thresholds(least=1), on=TODAY - DAY))
    assert (row["since"], row["before"]) == (2, 2), "the one of today is not there yet"


def test_a_young_ledger_says_how_many_days_there_are(office: Office) -> None:
    register(office, *[(days, {}) for days in (1, 2, 3, 49)])
    table = rising(office)
    assert "20 日，账本不足 360 日" in table.footer[0]
    (row,) = objects(table)
    assert (row["before"], row["expected"]) == (1, "1.5")


def test_without_a_past_nothing_is_compared(office: Office) -> None:
    assert rising(office).rows == []
    register(office, *[(days, {}) for days in (1, 2, 3)])
    table = rising(office)
    assert table.rows == []
    assert "无从比较" in table.footer[0]


def test_a_matter_counts_for_the_unit_that_has_it_in_hand(office: Office) -> None:
    from xfctl.domain.steps.handling import ReturnAssignment

    office.add_units("U01", "U02")
    register(office, (100, {}))
    (number,) = register(office, (5, {"unit": "U01"}))
    with office.desk() as desk:
        desk.step(ReturnAssignment(number=number, on=ago(4), unit="U01", reason="无关"))
        desk.step(AssignCase(number=number, on=ago(4), unit="U02", unit_name=unit_name("U02")))

    def counted_for(on: date) -> list[str]:
        rows = objects(rising(office, Thresholds(least=1), on))
        return [each["name"] for each in rows if each["kind"] == "单位"]

    assert counted_for(TODAY) == [unit_name("U02")]
    assert counted_for(ago(5)) == [unit_name("U01")], "as it was on that day"


# Collective size

PERSONS = {2: "甲", 3: "乙", 4: "丙", 5: "丁"}  # and what they are about


def sizes(office: Office, limits: Thresholds = LIMITS) -> list[dict[str, Any]]:
    return objects(watch_matters.sizes_table(seen(office, limits), limits))


def test_the_footer_says_which_matters_are_added_up(office: Office) -> None:
    table = watch_matters.sizes_table(seen(office, LIMITS), LIMITS)
    assert table.footer[1].startswith(
        "相似的在办事项，把其中不足 5 人的各件人数相加；同一件事的重复信访和重复登记只计一次。"
    )


def test_open_matters_of_three_or_four_approach_the_collective(office: Office) -> None:
    numbers = register(
        office, *[(day, {"persons": day, "summary": text * 4}) for day, text in PERSONS.items()]
    )
    found = sizes(office)
    assert [(each["numbers"], each["persons"]) for each in found] == [
        (numbers[2], 4),
        (numbers[1], 3),
    ]
    assert {each["persons"] for each in sizes(office, Thresholds(near=4))} == {4}
    with office.desk() as desk:
        desk.step(CloseCase(number=numbers[2], on=TODAY, result="已解决", reason="已解决"))
    assert [each["persons"] for each in sizes(office)] == [3]


def test_those_who_came_later_count(office: Office) -> None:
    one, other = register(office, (5, {}), (4, {"summary": "别的"}))
    with office.desk() as desk:
        desk.step(RecordVisit(number=one, on=ago(1), channel=Channel.VISIT, persons=4))
        desk.step(RecordVisit(number=other, on=ago(1), channel=Channel.VISIT, persons=8))
    assert [(each["numbers"], each["persons"]) for each in sizes(office)] == [(one, 4)]


def test_similar_matters_are_added_up_and_repeats_are_not(office: Office) -> None:
    topic = {"summary": "家属区停车收费过高", "category": "后勤收费", "persons": 2}
    numbers = register(office, *[(days, dict(topic)) for days in (9, 8, 7)])
    joint = [each for each in sizes(office) if each["scope"] != "单件"]
    assert [(each["scope"], each["persons"], each["standing"]) for each in joint] == [
        ("相似 3 件", 6, "合计已达集体规模")
    ]
    with office.desk() as desk:
        desk.link(numbers[2], numbers[1], Relation.REPEATS)
    (joint,) = [each for each in sizes(office) if each["scope"] != "单件"]
    assert (joint["persons"], joint["standing"]) == (4, "合计接近集体规模")
    with office.desk() as desk:
        desk.link(numbers[1], numbers[0], Relation.DUPLICATES)
    assert [each for each in sizes(office) if each["scope"] != "单件"] == []


# First petitions


def finish(office: Office, number: str, outcome: Outcome, *, reply: bool = True) -> None:
    """Assigned, reported, an opinion, and a reply if there is one."""
    with office.desk() as desk:
        desk.step(AcceptCase(number=number, on=ago(20), notified_on=ago(20), by_opinion=True))
        desk.step(AssignCase(number=number, on=ago(20), unit="U01", unit_name=unit_name("U01")))
        desk.step(
            GiveFeedback(number=number, on=ago(18), form=FeedbackForm.WRITTEN, content="已办")
        )
        desk.step(ReviewFeedback(number=number, on=ago(17), accepted=True))
        desk.step(DeliverOpinion(number=number, on=ago(16), outcome=outcome, content="意见"))
        if reply:
            desk.step(ReplyToPetitioner(number=number, on=ago(15), manner="电话"))


def contactable(office: Office) -> str:
    office.add_units("U01")
    with office.desk() as desk:
        who = Identity(name="虚构人甲", phone="000-0000")
        return desk.register(ago(20), entry("", summary="虚构诉求"), who).number


def repeats(office: Office, on: date = TODAY) -> list[tuple[str, str]]:
    table = watch_matters.repeats_table(seen(office, on=on), on)
    return [(each["number"], each["reasons"]) for each in objects(table)]


def test_a_reply_that_is_overdue_is_a_reason_from_the_day_after(office: Office) -> None:
    number = contactable(office)
    finish(office, number, Outcome.SUPPORTED, reply=False)
    with office.reading() as ledger:
        sql = "SELECT due_on FROM obligation WHERE key = 'petitioner_reply'"
        due = date.fromisoformat(ledger.connection.execute(sql).fetchone()[0])
    assert repeats(office, on=due) == []
    assert repeats(office, on=due + DAY) == [(number, f"答复期限 {due} 已过，尚未答复")]


@pytest.mark.parametrize(
    ("outcome", "rating", "reason"),
    [
        (Outcome.REJECTED, Rating.DISSATISFIED, "处理意见为不支持，信访人评价不满意"),
        (Outcome.EXPLAINED, Rating.DISSATISFIED, "处理意见为解释说明，信访人评价不满意"),
        (Outcome.SUPPORTED, Rating.DISSATISFIED, None),
        (Outcome.REJECTED, Rating.MOSTLY, None),
    ],
)
def test_discontent_with_what_was_not_granted(office: Office, outcome, rating, reason) -> None:
    number = contactable(office)
    finish(office, number, outcome)
    with office.desk() as desk:
        desk.step(RateCase(number=number, on=ago(10), whom=Rated.UNIT, rating=rating))
    assert repeats(office) == ([(number, reason)] if reason else [])
    assert repeats(office, on=ago(11)) == []


def test_a_later_rating_of_the_same_one_replaces_the_earlier(office: Office) -> None:
    number = contactable(office)
    finish(office, number, Outcome.REJECTED)
    with office.desk() as desk:
        for rating in (Rating.DISSATISFIED, Rating.MOSTLY):
            desk.step(RateCase(number=number, on=ago(10), whom=Rated.UNIT, rating=rating))
    assert repeats(office) == []


def test_who_came_again_counts_by_the_day_that_is_right(office: Office) -> None:
    (number,) = register(office, (20, {}))
    with office.desk() as desk:
        desk.step(RecordVisit(number=number, on=ago(9), channel=Channel.VISIT, persons=1))
        case = desk.step(RecordVisit(number=number, on=ago(2), channel=Channel.CALL, persons=1))
    assert repeats(office) == [(number, f"登记后又来 2 次，最近 {ago(2)}")]
    seq = case.history[-1].seq
    with office.desk() as desk:
        desk.step(CorrectFact(number=number, on=TODAY, seq=seq, reason="记错", right_date=ago(5)))
    assert repeats(office) == [(number, f"登记后又来 2 次，最近 {ago(5)}")]


def test_closed_matters_and_repeats_are_left_out(office: Office) -> None:
    first, second = register(office, (20, {}), (19, {}))
    with office.desk() as desk:
        for number in (first, second):
            desk.step(RecordVisit(number=number, on=ago(9), channel=Channel.VISIT, persons=1))
        desk.step(CloseCase(number=first, on=ago(3), result="已解决"))
        desk.link(second, first, Relation.REPEATS)
    assert repeats(office) == []
    assert [number for number, _ in repeats(office, on=ago(4))] == [first]


def test_a_matter_that_was_declined_is_open_until_that_day_only(office: Office) -> None:
    declined, dismissed = register(office, (20, {"persons": 3}), (19, {"persons": 4}))
    with office.desk() as desk:
        for number in (declined, dismissed):
            desk.step(RecordVisit(number=number, on=ago(9), channel=Channel.VISIT, persons=1))
        desk.step(DeclineCase(number=declined, on=ago(5), reason="示例理由", path="示例途径"))
        desk.step(DismissCase(number=dismissed, on=ago(4), reason="示例理由"))
    assert open_ones(office, ago(6)) == [declined, dismissed]
    assert open_ones(office, ago(5)) == [dismissed]
    assert open_ones(office, TODAY) == []
    assert (repeats(office), sizes(office)) == ([], [])
    with office.desk() as desk:
        desk.step(ReopenCase(number=declined, on=ago(2), reason="示例理由"))
    assert open_ones(office, ago(3)) == []
    assert open_ones(office, TODAY) == [declined]


def open_ones(office: Office, on: date) -> list[str]:
    found = seen(office, on=on)
    assert {each.case for each in found.said} <= {each.number for each in found.open}
    return [each.number for each in found.open]


def test_a_matter_registered_twice_counts_once_everywhere(office: Office) -> None:
    office.add_units("U01")
    texts = {"summary": "家属区停车收费过高", "category": "后勤收费", "unit": "U01", "persons": 3}
    numbers = register(office, *[(days, dict(texts)) for days in (9, 8, 7, 100)])
    with office.desk() as desk:
        desk.link(numbers[1], numbers[0], Relation.DUPLICATES)
    assert [each["since"] for each in objects(rising(office, Thresholds(least=1)))] == [2, 2]
    assert [each["numbers"] for each in sizes(office) if each["scope"] == "单件"] == [
        *(numbers[3], numbers[0], numbers[2]),
    ]
    assert [each["count"] for each in clusters(office, Thresholds(cluster=2))] == [2]


# Clusters


def clusters(office: Office, limits: Thresholds = LIMITS) -> list[dict[str, Any]]:
    return objects(watch_matters.clusters_table(seen(office, limits), limits))


def test_similar_matters_across_units_are_marked(office: Office) -> None:
    office.add_units("U01", "U02")
    across = [
        (9, {"summary": "家属区停车收费过高", "category": "后勤收费", "unit": "U01"}),
        (8, {"summary": "家属区停车收费太高", "category": "后勤收费", "unit": "U02"}),
        (7, {"summary": "家属区的停车收费标准", "category": "后勤收费"}),
    ]
    within = [
        (days, {"summary": "转专业名额太少", "category": "学籍", "unit": "U01"})
        for days in (4, 3, 2, 1)
    ]
    elsewhere = [
        (6, {"summary": "家属区停车收费过高", "category": "基建"}),
        (40, {"summary": "家属区停车收费过高", "category": "后勤收费"}),
    ]
    numbers = register(office, *across, *within, *elsewhere)
    found = [(each["count"], each["units_count"], each["verdict"]) for each in clusters(office)]
    assert found == [(4, 1, None), (3, 2, "跨单位")]
    assert clusters(office)[1]["numbers"] == "、".join(numbers[:3])
    assert [each["count"] for each in clusters(office, Thresholds(days=60))] == [4, 4]
    assert [each["count"] for each in clusters(office, Thresholds(cluster=4))] == [4]


def test_of_a_very_large_category_only_the_newest_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch_matters, "MOST_COMPARED", 2)
    texts = ["旧的一件", "甲甲甲", "乙乙乙", "甲甲甲"]
    matters = [RecentMatter(f"{n}", None, text, None, None) for n, text in enumerate(texts)]
    found = watch_matters.clusters(matters)
    assert found.left_out == 1
    assert [[each.number for each in group] for group in found.groups] == [["1", "3"], ["2"]]
