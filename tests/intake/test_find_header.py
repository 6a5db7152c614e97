from __future__ import annotations

import re

import pytest

from xfctl.errors import InputRefusedError
from xfctl.intake.columns import Header, find_header, normalised
from xfctl.intake.fields import CASE_FIELDS
from xfctl.intake.sheet import Record

ROW = ("甲-1", "2026-03-01")


def header_of(*names: str, mapping: dict[str, str] | None = None, above: int = 0) -> Header:
    titles = [Record(row, ("某单位台账",)) for row in range(1, above + 1)]
    records = [*titles, Record(above + 1, names), Record(above + 2, ROW)]
    return find_header(records, mapping or {})


def test_no_synonym_names_two_fields() -> None:
    names = [normalised(name) for field in CASE_FIELDS for name in (field.label, *field.synonyms)]
    assert len(names) == len(set(names))


def test_titles_above_are_skipped_and_unknown_columns_are_listed() -> None:
    header = header_of("序号", "登记编号", "登记日期", "", "颜色", "", above=3)
    assert header.row == 4
    assert header.columns == {"number": 1, "registered_on": 2}
    assert header.ignored == ("序号", "颜色")
    assert header.name_of("number") == "登记编号"


@pytest.mark.parametrize(
    "name",
    ["登记日期（年月日）", " 登 记\n日 期：", "登记日期[必填]", "*登记日期*", "登记日期\u3000"],
)
def test_names_are_recognised_through_decoration(name: str) -> None:
    assert "registered_on" in header_of("编号", name).columns


def test_the_fuller_row_of_a_header_of_two_rows_wins() -> None:
    rows = [
        Record(1, ("编号", "登记时间", "信访人", "")),
        Record(2, ("编号", "登记时间", "姓名", "联系电话")),
        Record(3, ROW),
    ]
    assert find_header(rows, {}).row == 2


def test_a_mapping_overrides_synonyms() -> None:
    header = header_of("序号", "编号", "日子", mapping={"编号": "序号", "登记日期": "日子"})
    assert header.columns == {"number": 0, "registered_on": 2}
    assert header.ignored == ("编号",)


def test_one_column_may_be_asked_for_twice() -> None:
    mapping = {"登记时间": "收到", "交办时间": "收到"}
    assert header_of("编号", "收到", mapping=mapping).columns["assigned_on"] == 1


@pytest.mark.parametrize(
    ("names", "mapping", "told"),
    [
        (
            ("编号", "登记时间"),
            {"颜色": "编号"},
            "没有「颜色」这个字段；可以用的字段：编号、登记时间",
        ),
        (
            ("编号", "登记时间"),
            {"备注": "说点啥"},
            "表头里没有「说点啥」这一列；现有的列：「编号」",
        ),
        (
            ("编号", "登记时间", "登记日期"),
            {},
            "「登记时间」、「登记日期」这 2 列都像是「登记时间」",
        ),
        (("编号", "登记时间", "甲", "甲"), {"备注": "甲"}, "表头里有 2 列都叫「甲」"),
        (("编号", "登记时间"), {"编号": "编号", "件号": "登记时间"}, "「编号」指定了两次"),
        (("序号", "登记时间"), {}, "表头里找不到「编号」列"),
        (("编号", "甲"), {}, "表头里找不到「登记时间」列；请用 --map 登记时间=列名 指定"),
        (
            ("编号", "信访人", "甲"),
            {},
            "表头里找不到「登记时间」列；读到的列：「编号」、「信访人」、「甲」。请用 --map",
        ),
        (("甲", "乙"), {}, "前 20 行里找不到表头；请在第一行写列名，或用 --map 编号=列名 指定"),
    ],
)
def test_refusals_name_what_is_wrong_and_what_there_is(
    names: tuple[str, ...], mapping: dict[str, str], told: str
) -> None:
    with pytest.raises(InputRefusedError, match=re.escape(told)):
        header_of(*names, mapping=mapping)


@pytest.mark.parametrize("mapping", [{}, {"编号": "序号"}])
@pytest.mark.parametrize("said", [(), ("匿名",), ("联名信", "越级", "匿名"), ("备注",)])
def test_a_row_of_data_is_not_quoted(said: tuple[str, ...], mapping: dict[str, str]) -> None:
    private = ("2026-11-20", "示例甲", "13900000000", "虚构路 1 号")
    with pytest.raises(InputRefusedError) as caught:
        find_header([Record(1, ("1", *private, *said))], mapping)
    assert not [each for each in private if each in str(caught.value)]


def test_a_header_further_down_is_not_looked_for() -> None:
    with pytest.raises(InputRefusedError, match="找不到"):
        header_of("编号", "登记时间", above=20)


def test_no_records_at_all() -> None:
    with pytest.raises(InputRefusedError, match="没有内容"):
        find_header([], {})
