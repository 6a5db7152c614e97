"""The table for people: on terminals of every width, and where there is no terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from output_samples import CHINESE, NASTY, OVERDUE, PLAIN_TEXT, SMALL, one_text, squeezed, tables
from rich.cells import cell_len

from xfctl.output.cells import people_text
from xfctl.output.rich_table import print_table
from xfctl.output.visible import visible
from xfctl.reports.table import Column, Table


class Terminal(io.StringIO):
    """A terminal without an operating system."""

    def isatty(self) -> bool:
        return True


def on_terminal(table: Table, width: int, term: str = "dumb") -> str:
    out = Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        patch.setenv("TERM", term)
        patch.delenv("NO_COLOR", raising=False)
        print_table(table, file=out)
    return out.getvalue()


def elsewhere(table: Table) -> str:
    out = io.StringIO()
    print_table(table, file=out)
    return out.getvalue()


def test_golden_small_is_the_same_everywhere() -> None:
    golden = """\
小表
编号  事项  天数
━━━━━━━━━━━━━━━━
XF-1  漏水     3
XF-2  —       12

共 2 件。
"""
    assert elsewhere(SMALL) == golden
    assert on_terminal(SMALL, 80) == golden


def test_golden_overdue_at_80_columns() -> None:
    assert (
        on_terminal(OVERDUE, 80)
        == """\
逾期未反馈
                                                                     逾期
编号        事项         责任单位 依据     起算       期限       (工作日) 首办人
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
XF2026-0001 反映某小区电 网络安全 细则 11  2026-03-02 2026-03-11       12 某甲
            梯停运三个月 与信息化 (1)
            无人维修，老 办公室
            人上下楼困难
────────────────────────────────────────────────────────────────────────────────
XF2026-0002 [紧急] 噪声  某区城管 细则 11  2026-03-02 2026-03-11        3 —
            扰民         局       (1)

共 2 件，最长逾期 12 个工作日。
"""
    )


def test_golden_overdue_at_40_columns_is_one_field_per_line() -> None:
    assert (
        on_terminal(OVERDUE, 40)
        == """\
逾期未反馈
编号：XF2026-0001
事项：反映某小区电梯停运三个月无人维修，
      老人上下楼困难
责任单位：网络安全与信息化办公室
依据：细则 11(1)
起算：2026-03-02
期限：2026-03-11
逾期(工作日)：12
首办人：某甲

编号：XF2026-0002
事项：[紧急] 噪声扰民
责任单位：某区城管局
依据：细则 11(1)
起算：2026-03-02
期限：2026-03-11
逾期(工作日)：3
首办人：—

共 2 件，最长逾期 12 个工作日。
"""
    )


def test_elsewhere_each_record_is_one_line_however_long() -> None:
    long = "很长的事项" * 100
    table = replace(OVERDUE, rows=[(OVERDUE.rows[0][0], long, *OVERDUE.rows[0][2:])])
    assert any(long in line for line in elsewhere(table).splitlines())


def test_line_breaks_stay_in_a_terminal_and_are_spelled_elsewhere() -> None:
    table = one_text("第一行\r\n第二行")
    assert "第一行\n第二行\n" in on_terminal(table, 80)
    assert r"第一行\n第二行" in elsewhere(table)


@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_no_rows_says_so(width: int) -> None:
    assert "（无）" in on_terminal(replace(OVERDUE, rows=[]), width)
    assert "（无）" in elsewhere(replace(OVERDUE, rows=[]))


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_printed_as_it_is(text: str) -> None:
    table = one_text(text)
    text = text.replace("\r\n", "\n")
    assert squeezed(visible(text)) in squeezed(elsewhere(table))
    assert squeezed(visible(text, keep="\n")) in squeezed(on_terminal(table, 80))


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
def test_title_and_footer_are_text_too(text: str, term: str) -> None:
    printed = on_terminal(Table(text, SMALL.columns, [], (text,)), 80, term)
    colourless = re.sub(r"\x1b\[[\d;]*m", "", printed)
    assert squeezed(colourless).count(squeezed(visible(text))) >= 2
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", colourless)


@settings(max_examples=60, deadline=None)
@given(tables(st.one_of(CHINESE, PLAIN_TEXT)), st.integers(40, 200))
def test_every_line_fits_and_no_text_is_lost(table: Table, width: int) -> None:
    printed = on_terminal(table, width)
    assert all(cell_len(line) <= width for line in printed.splitlines())
    found = squeezed(printed)
    for row in table.rows:
        assert str(row[0]).replace("-", "") in found
        assert all(sorted_in(squeezed(people_text(value)), found) for value in row)


def sorted_in(text: str, found: str) -> bool:
    """Whether each character of ``text`` is printed: wrapped columns interleave their lines."""
    return all(found.count(char) >= text.count(char) for char in set(text))


@settings(max_examples=60, deadline=None)
@given(st.one_of(CHINESE, PLAIN_TEXT), st.integers(6, 60))
def test_a_single_column_reads_in_order(text: str, width: int) -> None:
    assert squeezed(visible(text, keep="\n")) in squeezed(on_terminal(one_text(text), width))


@pytest.mark.parametrize("width", range(20, 201, 7))
def test_whole_values_are_never_broken(width: int) -> None:
    printed = on_terminal(OVERDUE, width)
    for value in ("XF2026-0001", "XF2026-0002", "2026-03-02", "2026-03-11"):
        assert value in printed


def test_a_value_wider_than_the_screen_is_printed_whole() -> None:
    table = Table("", (Column("case", "编号", whole=True),), [("XF" + "0" * 30,)])
    assert "XF" + "0" * 30 in on_terminal(table, 10)


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[1m" in on_terminal(SMALL, 80, "xterm-256color")
    assert "\x1b" not in on_terminal(SMALL, 80, "dumb")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in elsewhere(SMALL)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = Terminal()
    print_table(SMALL, file=out)
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "ascii", "latin-1", "cp437"])
def test_no_encoding_breaks_it(encoding: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, errors="strict", write_through=True)
    print_table(one_text("好😀"), file=out)
    printed = raw.getvalue().decode(encoding)
    assert "😀" in printed or "<U+1F600>" in printed
    assert "=" in printed
