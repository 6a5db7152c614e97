"""The articles of accountability as an officer reads them (细则 13–18)."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Office, new_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return new_office(tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize(
    ("article", "told"),
    [
        (
            "13",
            [
                *("13(1)\t决策失误", "13(7)\t隐瞒", "13(9)\t其他", "细则 11(2)", "细则 11(5)"),
                "集体责任\t主要领导责任\t党组织主要负责人、行政主要负责人、直接主管的负责人",
                "集体责任\t重要领导责任\t参与决策和工作的班子其他成员",
                "个人责任\t直接责任\t具体负责的工作人员",
                "个人责任\t领导责任",
            ],
        ),
        (
            "14",
            [
                "细则 14(1)\t责成说明情况\t学校办公室\t学校办公室",
                "细则 14(2)\t责令书面检查\t学校办公室",
                "细则 14(3)\t通报批评\t学校办公室",
                "细则 14(4)\t诫勉谈话\t学校办公室\t分管校领导",
                "细则 14(5)\t组织调整或组织处理\t纪检监察部门、组织人事部门",
                "细则 14(6)\t纪律处分\t纪检监察部门、组织人事部门",
            ],
        ),
        (
            "15",
            [
                *("较大规模集体上访", "越级上访", "重复集体上访"),
                *("责成说明情况、责令书面检查", "班子成员", "承担直接责任的人"),
                *("限期整改\t不要求", "评优资格\t不影响", "第十五条"),
            ],
        ),
        (
            "16",
            [
                *(
                    "情节较轻",
                    "追究方式\t通报批评",
                    "可以合用（细则 14）\t责成说明情况、责令书面检查",
                ),
                *("信访办建议，学校办公室决定，学校办公室实施（细则 14(3)）",),
                *("限期整改\t决定须写明整改期限", "评优资格\t不影响"),
            ],
        ),
        (
            "17",
            [
                *("情节严重", "按细则 16 追究后未按期完成整改", "追究方式\t诫勉谈话"),
                *("学校办公室决定，分管校领导实施（细则 14(4)）",),
                *("限期整改\t决定须写明整改期限", "评优资格\t单位当年度取消"),
            ],
        ),
        (
            "18",
            [
                *("情节特别严重", "按细则 17 追究后未按期完成整改", "组织调整或组织处理、纪律处分"),
                *("纪检监察部门或组织人事部门决定", "限期整改\t不要求", "评优资格\t不影响"),
            ],
        ),
    ],
)
def test_an_article(office: Office, article: str, told: list[str]) -> None:
    text = office.must("rule", "show", article, "--format", "plain").out
    assert [each for each in (f"细则 {article}", "1949-01-01 起", *told) if each not in text] == []


@pytest.mark.parametrize("word", ["17", "１７", " 17 ", "第17条", "细则 17", "细则第 17 条"])
def test_an_article_as_officers_write_it(office: Office, word: str) -> None:
    assert "诫勉谈话" in office.must("rule", "show", word).out


@pytest.mark.parametrize("word", ["23", "0", "", "17.5", "十七", "abc", "1\x1b7", "9" * 5000])
def test_other_articles_are_refused(office: Office, word: str) -> None:
    done = office("rule", "show", word)
    assert (done.code, done.out) == (3, "")
    assert done.err.endswith("可以写条或款项，如 11 或 11(1)，条为 1 至 22。\n")
    assert "\x1b" not in done.err


@pytest.mark.parametrize("format", ["table", "plain", "markdown", "html", "csv", "json"])
def test_formats(office: Office, format: str) -> None:
    assert "诫勉谈话" in office.must("rule", "show", "17", "--format", format).out


def test_a_workbook_is_not_for_the_screen(office: Office) -> None:
    done = office("rule", "show", "17", "--format", "xlsx")
    assert (done.code, done.out) == (3, "")


def test_as_of_the_first_day(office: Office) -> None:
    assert "诫勉谈话" in office.must("rule", "show", "17", "--as-of", "1949-01-01").out


def test_it_needs_no_ledger(tmp_path: Path) -> None:
    assert "诫勉谈话" in Office(tmp_path / "none.db").must("rule", "show", "17").out
