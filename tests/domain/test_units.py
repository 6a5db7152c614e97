"""Units that change (细则 2): renamed, given another code, placed below others, merged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from conftest import unit

from xfctl.domain import unit_rules
from xfctl.domain.event import Dated, Event
from xfctl.domain.obligation import DEBTOR_NAMES
from xfctl.domain.unit import Unit, UnitAdded, UnitChanged, UnitMerged, UnitRecord, evolve
from xfctl.domain.unit_directory import UnitDirectory
from xfctl.domain.world import World
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar

TODAY = date(2026, 11, 25)
ADDED = date(2026, 1, 5)
WORLD = World(TODAY, Calendar(), clocks())


class Units:
    """Units told one step after another, through the rules."""

    def __init__(self, *codes: str) -> None:
        self.records: dict[str, UnitRecord] = {}
        self.directory = UnitDirectory([])
        for code in codes:
            self.add(unit(code))

    def add(self, entry: UnitAdded) -> Unit:
        return self._take(entry.code, unit_rules.add(entry, ADDED, self.directory))

    def change(self, code: str, on: date = TODAY, /, **particulars: Any) -> Unit:
        change = UnitChanged(**particulars)
        record = self.records[code]
        return self._take(code, unit_rules.change(record, change, on, self.directory, WORLD))

    def merge(self, code: str, into: str, on: date = TODAY) -> Unit:
        target = self.records[into].unit
        return self._take(code, unit_rules.merge(self.records[code], target, on, WORLD))

    def _take(self, code: str, facts: list[Dated]) -> Unit:
        record = self.records.get(code)
        for each in facts:
            record = evolve(record, Event(1, "", each.occurred_on, "", "", each.fact))
        assert record is not None
        self.records[code] = record
        self.directory.put(record.unit)
        return record.unit


def refused(act: Callable[..., object], /, *arguments: Any, **options: Any) -> str:
    with pytest.raises(InputRefusedError) as caught:
        act(*arguments, **options)
    return str(caught.value)


def forbidden(act: Callable[..., object], /, *arguments: Any, **options: Any) -> str:
    with pytest.raises(RuleRefusedError) as caught:
        act(*arguments, **options)
    return str(caught.value)


# Names and codes


def test_a_unit_bears_on_every_day_the_name_of_that_day() -> None:
    units = Units("U01")
    units.change("U01", date(2026, 3, 1), name="示例二部")
    now = units.change("U01", date(2026, 9, 1), name="示例三部")
    names = {
        date(2026, 1, 1): "虚构单位U01",
        date(2026, 2, 28): "虚构单位U01",
        date(2026, 3, 1): "示例二部",
        date(2026, 8, 31): "示例二部",
        date(2026, 9, 1): "示例三部",
        date(2030, 1, 1): "示例三部",
    }
    assert {day: now.name_on(day) for day in names} == names
    assert now.former_names == ("虚构单位U01", "示例二部")


def test_a_name_taken_up_again_is_no_former_name() -> None:
    units = Units("U01")
    units.change("U01", date(2026, 3, 1), name="示例二部")
    back = units.change("U01", date(2026, 9, 1), name="虚构单位U01")
    assert (back.name, back.former_names) == ("虚构单位U01", ("示例二部",))
    assert back.name_on(date(2026, 5, 1)) == "示例二部"


def test_every_word_it_ever_bore_finds_it_and_its_first_code_stays() -> None:
    units = Units("U01", "U02")
    units.change("U01", name="示例二部", code="N01")
    now = units.change("U01", code="N02")
    assert (now.code, now.present_code, now.former_codes) == ("U01", "N02", ("U01", "N01"))
    for word in ("N02", "N01", "U01", "示例二部", "虚构单位U01", " 示例二部 "):
        assert units.directory.find(word).code == "U01"


def test_a_code_is_never_given_twice_but_a_name_set_free_may_be() -> None:
    units = Units("U01", "U02")
    units.change("U01", name="示例二部", code="N01")
    assert "已被 N01 示例二部 使用" in refused(units.add, unit("U01", name="示例新单位"))
    assert "已被 N01 示例二部 使用" in refused(units.change, "U02", code="U01")
    assert units.add(unit("U03", name="虚构单位U01")).code == "U03"
    assert units.directory.find("虚构单位U01").code == "U03", "who bears it now comes first"


def test_a_name_may_not_be_a_code_that_was_ever_given() -> None:
    units = Units("U01", "U02")
    units.change("U01", code="N01")
    assert "已被 N01" in refused(units.change, "U02", name="U01")


def test_a_unit_may_take_its_own_former_code_again() -> None:
    units = Units("U01")
    units.change("U01", code="N01")
    back = units.change("U01", code="U01")
    assert (back.present_code, back.former_codes) == ("U01", ("N01",))


def test_a_former_name_of_two_units_names_neither() -> None:
    units = Units()
    for code in ("U01", "U02"):
        units.add(unit(code, former_names=("示例旧科",)))
    message = refused(units.directory.find, "示例旧科")
    assert "虚构单位U01、虚构单位U02" in message
    units.change("U01", name="示例旧科")
    assert units.directory.find("示例旧科").code == "U01"
    units.change("U01", name="示例新科")
    assert "多个单位的曾用名" in refused(units.directory.find, "示例旧科")


@pytest.mark.parametrize(
    ("particulars", "said"),
    [
        ({}, "没有要改的"),
        ({"name": " 虚构单位U01 "}, "没有要改的"),
        ({"code": "U01"}, "没有要改的"),
        ({"name": ""}, "单位名称不能为空"),
        ({"name": "示" * 101}, "101 个字"),
        ({"name": "示\x00例"}, "控制字符"),
        ({"name": "虚构单位U02"}, "已被 U02"),
        ({"name": "U02"}, "已被 U02"),
        ({"code": "U02"}, "已被 U02"),
        ({"code": "U 9"}, "1 至 40 个字符"),
        ({"code": ""}, "1 至 40 个字符"),
        ({"kind": ""}, "单位类别不能为空"),
        ({"kind": "学\x1b院"}, "控制字符"),
        ({"headcount": 0}, "教职工人数 0 不对"),
        ({"headcount": 10**20}, "不对；请填写 1 至"),
        ({"parent": "U01"}, "不能是自己的上级单位"),
    ],
)
def test_a_change_that_cannot_be(particulars: dict[str, Any], said: str) -> None:
    assert said in refused(Units("U01", "U02").change, "U01", **particulars)


@pytest.mark.parametrize(
    ("particulars", "said"),
    [
        ({"name": "  "}, "单位名称不能为空"),
        ({"kind": ""}, "单位类别不能为空"),
        ({"former_names": ("",)}, "曾用名不能为空"),
        ({"former_names": ("旧\x01名",)}, "曾用名含有控制字符"),
        ({"headcount": 10**20}, "教职工人数"),
        ({"code": "a\tb"}, "单位编号须为"),
    ],
)
def test_a_unit_that_cannot_be_added(particulars: dict[str, Any], said: str) -> None:
    usual = {"code": "U09", "name": "示例九部"}
    assert said in refused(Units("U01").add, UnitAdded(**usual | particulars))


def test_days_of_a_rename() -> None:
    units = Units("U01")
    units.change("U01", date(2026, 9, 1), name="示例二部")
    assert "早于最近一次更名的日期 2026-09-01" in refused(
        units.change, "U01", date(2026, 8, 31), name="示例三部"
    )
    assert "晚于今天" in refused(units.change, "U01", date(2026, 11, 26), name="示例三部")
    assert units.change("U01", date(2026, 9, 1), name="示例三部").name == "示例三部"


# Above and below


def test_no_circle_of_parents() -> None:
    units = Units("U01", "U02", "U03")
    units.change("U02", parent="U01")
    units.change("U03", parent="U02")
    assert "下级单位" in refused(units.change, "U01", parent="U03")
    assert units.change("U03", parent="U01").parent == "U01"


def test_a_merged_unit_is_nobodys_parent() -> None:
    units = Units("U01", "U02", "U03")
    units.merge("U01", "U02")
    assert "请改用「虚构单位U02」" in forbidden(units.change, "U03", parent="U01")


# Mergers


def test_a_merged_unit_is_found_but_does_not_act_from_that_day() -> None:
    units = Units("U01", "U02")
    merged = units.merge("U01", "U02", date(2026, 9, 1))
    assert (merged.ceased(date(2026, 8, 31)), merged.ceased(date(2026, 9, 1))) == (False, True)
    assert units.directory.find("虚构单位U01").code == "U01"
    assert units.directory.acting("U01", date(2026, 8, 31)).code == "U01"
    message = forbidden(units.directory.acting, "U01", date(2026, 9, 1))
    assert message == "虚构单位U01已于 2026-09-01 并入虚构单位U02；请改用「虚构单位U02」。"


def test_a_merged_unit_changes_no_more() -> None:
    units = Units("U01", "U02", "U03")
    units.merge("U01", "U02")
    assert "不能再改" in forbidden(units.change, "U01", name="示例二部")
    assert "不能再改" in forbidden(units.merge, "U01", "U03")


def test_mergers_lead_to_a_unit_that_still_is() -> None:
    units = Units("U01", "U02", "U03")
    assert "不能并入自己" in refused(units.merge, "U01", "U01")
    units.merge("U01", "U02", date(2026, 9, 1))
    assert "请写最后并入的单位" in forbidden(units.merge, "U03", "U01")
    assert "请写最后并入的单位" in forbidden(units.merge, "U02", "U01", date(2026, 8, 1))
    units.merge("U02", "U03")
    assert units.directory.acting("U03", TODAY).code == "U03"


def test_its_name_is_set_free_and_its_code_is_not() -> None:
    units = Units("U01", "U02")
    units.merge("U01", "U02")
    assert units.add(unit("U03", name="虚构单位U01")).name == "虚构单位U01"
    assert units.directory.find("虚构单位U01").code == "U03"
    assert units.directory.find("U01").code == "U01"
    assert "已被 U01" in refused(units.add, unit("U01", name="示例新单位"))


def test_facts_of_other_streams_are_refused() -> None:
    units = Units("U01")
    with pytest.raises(TypeError, match="not a fact of a unit"):
        evolve(units.records["U01"], Event(2, "", TODAY, "", "", unit("U02")))
    merged = evolve(units.records["U01"], Event(2, "", TODAY, "", "", UnitMerged(into="U02")))
    assert merged.unit.merged_into == "U02"


@pytest.mark.parametrize("code", DEBTOR_NAMES)
def test_no_unit_bears_a_word_by_which_deadlines_name_others(code: str) -> None:
    units = Units("U01")
    with pytest.raises(InputRefusedError, match="程序自用"):
        units.add(unit(code))
    with pytest.raises(InputRefusedError, match="程序自用"):
        units.change("U01", code=code)


@pytest.mark.parametrize(
    "name", ["保卫\n处", "保卫\t处", "保卫\u2028处", "保卫\u202e处", "保\u200b卫处"]
)
def test_a_name_is_one_line_that_can_be_seen(name: str) -> None:
    units = Units("U01")
    with pytest.raises(InputRefusedError, match=r"单位名称(须写在一行里|里有看不见的字符)"):
        units.add(unit("U02", name=name))
    with pytest.raises(InputRefusedError, match=r"单位名称(须写在一行里|里有看不见的字符)"):
        units.change("U01", name=name)


@pytest.mark.parametrize("name", ["保卫　处", "Ｂ处", "示例😀处", "𠮷处", "\ue000处"])
def test_a_name_holds_any_sign_that_can_be_seen(name: str) -> None:
    assert Units().add(unit("U01", name=name)).name == name
