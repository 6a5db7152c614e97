"""细则 6: a first responder who is named; first petitions told from repeated ones."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import REGISTERED_ON, TODAY, entry
from lives import lived, matter, world_of

from xfctl.domain.classification import Channel, Relation
from xfctl.domain.identity import Identity
from xfctl.domain.steps.registration import register
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.reports.case_cover import kind_of_petition
from xfctl.reports.relatives import relatives_of

WHO = Identity(name="虚构人甲", phone="000-0000-0001")
SOMEONE_ELSE = Identity(name="虚构人乙", phone="000-0000-0002")


@pytest.mark.parametrize("responder", ["", " ", "　", "\t\n"])
def test_nothing_is_registered_without_a_first_responder(responder):
    with pytest.raises(InputRefusedError, match="首问责任人不能为空"):
        register(None, entry(first_responder=responder), TODAY, world_of(TODAY))


def test_the_first_responder_is_kept_as_named():
    (registered,) = register(None, entry(first_responder=" 首问员乙 "), TODAY, world_of(TODAY))
    assert registered.fact.first_responder == "首问员乙"


def test_the_first_responder_stays_whoever_handles_the_matter_later():
    case = lived(["交办 2026-03-02 周一", "书面反馈 2026-03-04 周三", "办结 2026-03-05 周四"])
    assert case.entry.first_responder == "首问员甲"


# How a petition came in, first and repeated: 初信, 重信, 初访, 重访 are derived, never typed in.
KINDS = [
    (Channel.LETTER, "来信（初信）", "来信（重信）"),
    (Channel.VISIT, "来访（初访）", "来访（重访）"),
    (Channel.CALL, "来电（初次来电）", "来电（重复来电）"),
    (Channel.ONLINE, "网上（初次网信）", "网上（重复网信）"),
    (Channel.SUPERIOR, "上级转来", "上级转来（重复）"),
    (Channel.LEADER, "领导交办", "领导交办（重复）"),
    (None, None, "重复信访"),
]


@pytest.mark.parametrize(("channel", "first", "repeated"), KINDS)
def test_first_and_repeated_petitions_by_channel(channel, first, repeated):
    traits = [channel.label] if channel else []
    once = lived(["登记 2026-03-02 周一"], matter_is=traits)
    assert kind_of_petition(once) == first
    linked = lived(["登记 2026-03-02 周一", "关联 2026-03-03 周二"], matter_is=traits)
    assert kind_of_petition(linked) == repeated
    undone = ["登记 2026-03-02 周一", "关联 2026-03-03 周二", "撤销关联 2026-03-04 周三"]
    assert kind_of_petition(lived(undone, matter_is=traits)) == first


def test_the_table_holds_every_channel():
    assert {channel for channel, _, _ in KINDS} == {*Channel, None}
    assert matter().channel is None


@pytest.fixture
def with_heating_matter(office):
    office.register("XF2026-0001", summary="宿舍热水供应时间太短", identity=WHO)
    return office


@pytest.mark.parametrize(
    ("summary", "who", "found"),
    [
        ("宿舍热水供应时间太短", WHO, ["XF2026-0001"]),
        ("宿舍热水供应的时间短", WHO, ["XF2026-0001"]),
        ("职称评审未公示", WHO, []),
        ("宿舍热水供应时间太短", SOMEONE_ELSE, []),
        ("宿舍热水供应时间太短", Identity(), []),
        ("宿舍热水供应时间太短", Identity(name="虚构人甲"), ["XF2026-0001"]),
    ],
    ids=["same words", "similar words", "another matter", "another person", "nobody", "the name"],
)
def test_the_same_petitioner_with_a_similar_matter_is_a_candidate(
    with_heating_matter, summary, who, found
):
    with with_heating_matter.desk() as desk:
        assert [each.number for each in desk.alike(summary, who)] == found


def test_the_likest_candidate_comes_first_then_the_newest(office):
    for number, on, summary in [
        ("XF2026-0001", date(2026, 3, 2), "宿舍热水供应时间太短"),
        ("XF2026-0002", date(2026, 3, 3), "宿舍热水供应时间太短"),
        ("XF2026-0003", date(2026, 3, 4), "宿舍热水供应"),
    ]:
        office.register(number, on=on, summary=summary, identity=WHO)
    with office.desk() as desk:
        found = desk.alike("宿舍热水供应时间太短", WHO)
    assert [each.number for each in found] == ["XF2026-0002", "XF2026-0001", "XF2026-0003"]


def test_a_repeat_shows_the_whole_chain_from_any_of_its_matters(office):
    for number, day in [("XF2026-0001", 2), ("XF2026-0002", 3), ("XF2026-0003", 4)]:
        office.register(number, on=date(2026, 3, day))
    with office.desk() as desk:
        desk.link("XF2026-0002", "XF2026-0001", Relation.REPEATS)
        desk.link("XF2026-0003", "XF2026-0002", Relation.REPEATS)
    chains = {
        "XF2026-0001": [("此后", "XF2026-0002"), ("此后", "XF2026-0003")],
        "XF2026-0002": [("此前", "XF2026-0001"), ("此后", "XF2026-0003")],
        "XF2026-0003": [("此前", "XF2026-0001"), ("此前", "XF2026-0002")],
    }
    with office.desk() as desk, office.reading() as ledger:
        for number, chain in chains.items():
            found = relatives_of(ledger.connection, desk.case(number))
            assert [(each.relation, each.line.number) for each in found] == chain


def test_a_circle_of_repeats_is_refused_and_the_listing_stays(office):
    """Directly or over others: a matter never comes back to itself."""
    numbers = ("XF2026-0001", "XF2026-0002", "XF2026-0003")
    for number in numbers:
        office.register(number, on=REGISTERED_ON)
    with office.desk() as desk:
        desk.link("XF2026-0001", "XF2026-0002", Relation.REPEATS)
        desk.link("XF2026-0002", "XF2026-0003", Relation.REPEATS)
    for first in numbers[:2]:
        with pytest.raises(RuleRefusedError, match="不能反过来再关联"), office.desk() as desk:
            desk.link("XF2026-0003", first, Relation.REPEATS)
    with office.desk() as desk, office.reading() as ledger:
        found = relatives_of(ledger.connection, desk.case("XF2026-0001"))
    assert [each.line.number for each in found] == ["XF2026-0002", "XF2026-0003"]


def test_what_was_split_or_registered_twice_is_told_from_both_sides(office):
    for number in ("XF2026-0001", "XF2026-0002"):
        office.register(number)
    with office.desk() as desk:
        (part,) = desk.split("XF2026-0001", ["虚构另一事项"])
        desk.link("XF2026-0002", "XF2026-0001", Relation.DUPLICATES)
    wanted = {
        "XF2026-0001": [("由此拆出", part.number), ("重复登记了这件", "XF2026-0002")],
        "XF2026-0002": [("与之重复登记", "XF2026-0001")],
        part.number: [("拆分自", "XF2026-0001")],
    }
    with office.desk() as desk, office.reading() as ledger:
        for number, relatives in wanted.items():
            found = relatives_of(ledger.connection, desk.case(number))
            assert [(each.relation, each.line.number) for each in found] == relatives
