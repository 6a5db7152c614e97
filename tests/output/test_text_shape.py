"""Widths, line breaking and making acting characters visible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import ANY_TEXT, NASTY, squeezed

from xfctl.output.layout import ColumnWidths, ask, heading_parts, plan
from xfctl.output.visible import acts, encodable, visible
from xfctl.output.width import centre, pad, text_width
from xfctl.output.wrap import wrap


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("信访", 4), ("（1）", 5), ("e\u0301", 1), ("—", 1), ("葛\U000e0100", 2)],
)
def test_width_counts_cells(text: str, cells: int) -> None:
    assert text_width(text) == cells


def test_padding_fills_up_and_never_cuts() -> None:
    assert pad("信", 4) == "信  "
    assert pad("信访局", 4) == "信访局"
    assert centre("信", 6) == "  信"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("\x9b", r"\x9b"),
        ("a\tb\nc\rd", r"a\tb\nc\rd"),
        ("\u202e\u2066\u200b\ufeff", "<U+202E><U+2066><U+200B><U+FEFF>"),
        ("\u2028\udc80", "<U+2028><U+DC80>"),
        ("\u3000全角空格\xa0", "\u3000全角空格\xa0"),
        ("\ue000造字", "\ue000造字"),
    ],
)
def test_acting_characters_are_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_visible_acts(text: str) -> None:
    assert not any(map(acts, visible(text)))


def test_what_an_encoding_lacks_is_named() -> None:
    assert encodable("好😀", "gbk") == "好<U+1F600>"
    assert encodable("好", "ascii") == "<U+597D>"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("网络安全与信息化办公室", 8, ["网络安全", "与信息化", "办公室"]),
        ("细则 11(1)", 8, ["细则 11", "(1)"]),
        ("甲乙丙，丁", 6, ["甲乙", "丙，丁"]),
        ("甲乙（丙）", 6, ["甲乙", "（丙）"]),
        ("abc，defg", 6, ["abc，", "defg"]),
        ("see the rule", 8, ["see the", "rule"]),
        ("工资 :smile: 好", 8, ["工资", ":smile:", "好"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("一\n二", 8, ["一", "二"]),
        ("", 8, [""]),
        ("一二", 1, ["一", "二"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(ANY_TEXT.map(visible), st.integers(2, 40))
def test_wrap_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(text_width(line) <= width for line in lines)


@pytest.mark.parametrize("text", NASTY)
def test_wrap_keeps_nasty_texts(text: str) -> None:
    assert squeezed("".join(wrap(visible(text), 6))) == squeezed(visible(text))


def test_whole_columns_bear_no_less_than_their_cells() -> None:
    assert ask("编号", ["XF2026-0001"], whole=True) == ColumnWidths(11, 11)
    assert ask("逾期(工作日)", ["3"], whole=True) == ColumnWidths(8, 12)
    assert ask("事项", ["某小区电梯停运"], whole=False) == ColumnWidths(8, 14)
    assert heading_parts("逾期(工作日)") == ["逾期", "(工作日)"]


def test_plan_gives_all_or_shares_or_gives_up() -> None:
    columns = [ColumnWidths(10, 10), ColumnWidths(8, 40)]
    assert plan(columns, 60) is not None
    shared = plan(columns, 35)
    assert shared is not None
    assert shared.widths == (10, 24)
    assert plan(columns, 18) is None


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 200)), min_size=1, max_size=9),
    st.integers(1, 250),
)
def test_plan_fits_and_stays_between_least_and_natural(
    sizes: list[tuple[int, int]], width: int
) -> None:
    columns = [ColumnWidths(least, least + more) for least, more in sizes]
    given_plan = plan(columns, width)
    if given_plan is None:
        assert sum(column.least for column in columns) + len(columns) - 1 > width
        return
    assert sum(given_plan.widths) + given_plan.gap * (len(columns) - 1) <= width
    for column, cells in zip(columns, given_plan.widths, strict=True):
        assert column.least <= cells <= column.natural
