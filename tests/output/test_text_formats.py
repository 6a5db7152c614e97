"""Plain, Markdown, HTML, CSV and JSON: golden texts, and nothing lost in any of them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import ANY_TEXT, NASTY, OVERDUE, SMALL, one_text, squeezed, tables

from xfctl.neutral import restore
from xfctl.output.cells import file_text, people_text
from xfctl.output.formats import Format, render
from xfctl.output.html import page, table_html
from xfctl.output.markdown import escape, markdown_text
from xfctl.output.plain import escape_field
from xfctl.output.visible import acts, visible
from xfctl.reports.table import Column, Table

MIXED = Table(
    "混合",
    (Column("a", "文"), Column("b", "日"), Column("c", "数"), Column("d", "否")),
    [("=1+1", date(2026, 3, 1), -5, True), ("a,b\n“c”", None, 0, False)],
    ("脚注",),
)


def test_values_as_text() -> None:
    values = (True, False, None, date(2026, 3, 1), 7, "x")
    assert [people_text(value) for value in values] == ["是", "否", "—", "2026-03-01", "7", "x"]
    assert [file_text(value) for value in values] == ["是", "否", "", "2026-03-01", "7", "x"]


def test_golden_plain() -> None:
    assert (
        render(MIXED, Format.PLAIN)
        == "文\t日\t数\t否\n=1+1\t2026-03-01\t-5\t是\na,b\\n“c”\t\t0\t否\n"
    )


@given(st.text())
def test_plain_fields_are_one_field_and_read_back(text: str) -> None:
    field = escape_field(text)
    assert not any(map(acts, field))
    assert unescape_field(field) == text


def unescape_field(field: str) -> str:
    short = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return re.sub(
        r"\\(?:x(..)|u(....)|U(.{8})|(.))",
        lambda found: (
            short[found[4]] if found[4] else chr(int(found[1] or found[2] or found[3], 16))
        ),
        field,
    )


def test_golden_csv() -> None:
    assert render(MIXED, Format.CSV) == (
        '\ufeff文,日,数,否\r\n\'=1+1,2026-03-01,-5,是\r\n"a,b\n“c”",,0,否\r\n'
    )


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_csv_reads_back_through_restore(rows: list[tuple[str, str]]) -> None:
    table = Table("", (Column("a", "甲"), Column("b", "乙")), [*rows])
    text = render(table, Format.CSV).removeprefix("\ufeff")
    head, *read = csv.reader(io.StringIO(text, newline=""))
    assert head == ["甲", "乙"]
    assert [tuple(map(restore, row)) for row in read] == rows


def test_golden_json() -> None:
    assert render(MIXED, Format.JSON) == (
        '[\n{"a": "=1+1", "b": "2026-03-01", "c": -5, "d": true},\n'
        '{"a": "a,b\\n“c”", "b": null, "c": 0, "d": false}\n]\n'
    )
    assert render(Table("", MIXED.columns, []), Format.JSON) == "[]\n"


@given(tables(ANY_TEXT))
def test_json_round_trip(table: Table) -> None:
    text = render(table, Format.JSON)
    assert not any(acts(char) for char in text if char != "\n")
    keys = [column.key for column in table.columns]
    plain = [[v.isoformat() if isinstance(v, date) else v for v in row] for row in table.rows]
    assert json.loads(text) == [dict(zip(keys, row, strict=True)) for row in plain]


def test_json_escapes_lone_surrogates() -> None:
    text = render(one_text("坏\udc80"), Format.JSON)
    text.encode()
    assert json.loads(text) == [{"text": "坏\udc80"}]


def test_golden_markdown() -> None:
    assert (
        markdown_text(SMALL)
        == """\
### 小表

| 编号 | 事项 | 天数 |
| --- | --- | ---: |
| XF-1 | 漏水 | 3 |
| XF-2 | — | 12 |

共 2 件。
"""
    )


def test_markdown_escapes() -> None:
    assert "| \\|竖线\\| |" in markdown_text(one_text("|竖线|"))
    assert "| 第一行<br>第二行 |" in markdown_text(one_text("第一行\r\n第二行"))
    assert escape("# 标题") == "\\# 标题"
    assert escape("1. 项") == "1\\. 项"
    assert escape("<b>&") == "&lt;b&gt;&amp;"


@pytest.mark.parametrize("text", NASTY)
def test_markdown_reads_as_the_text(text: str) -> None:
    """Rich brings markdown-it, a second opinion on what our escapes mean."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
    shown = visible(text.replace("\r\n", "\n"), keep="\n")
    for source in (markdown_text(one_text(text)), escape(text)):
        assert squeezed(shown) in squeezed(html_text(reader.render(source)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def html_text(source: str) -> str:
    reader = _Reader()
    reader.feed(source)
    return reader.text


def test_golden_html() -> None:
    assert table_html(Table("题", MIXED.columns[:1], [("<b>&\n二",)], ("注",))) == (
        '<h2>题</h2>\n<table border="1" cellspacing="0" cellpadding="6">\n'
        '<thead><tr><th scope="col">文</th></tr></thead>\n<tbody>\n'
        '<tr><td data-label="文"><span>&lt;b&gt;&amp;<br>二</span></td></tr>\n'
        "</tbody>\n</table>\n<p>注</p>\n"
    )


def test_page_stands_alone() -> None:
    text = page("日报 <1>", table_html(OVERDUE))
    assert '<html lang="zh-CN">' in text
    assert "<title>日报 &lt;1&gt;</title>" in text
    assert not re.search(r"https?:|url\(|@import|<script|<link|src=", text)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


@given(ANY_TEXT)
def test_html_shows_exactly_the_text(text: str) -> None:
    reader = _Reader()
    reader.feed(table_html(one_text(text)))
    assert reader.tags <= {"table", "thead", "tbody", "tr", "th", "td", "span", "br"}
    assert squeezed(visible(text.replace("\r\n", "\n"), keep="\n")) in squeezed(reader.text)


@pytest.mark.parametrize("fmt", [fmt for fmt in Format if fmt is not Format.XLSX])
def test_every_text_format_renders(fmt: Format) -> None:
    text = render(OVERDUE, fmt)
    assert text.endswith("\n")
    assert "XF2026-0001" in text
    assert "网络安全与信息化办公室" in text


@pytest.mark.parametrize("fmt", [Format.TABLE, Format.MARKDOWN, Format.HTML])
def test_no_rows_says_so(fmt: Format) -> None:
    assert "（无）" in render(Table("空", SMALL.columns, []), fmt)


def test_xlsx_is_not_text() -> None:
    with pytest.raises(ValueError, match="not text"):
        render(SMALL, Format.XLSX)
