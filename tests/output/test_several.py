"""Reports of several tables in one file, charts in pages, pictures for the eye alone."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from output_samples import OVERDUE, SMALL

from xfctl.output.aligned import aligned_pieces
from xfctl.output.charts import figure
from xfctl.output.formats import Format, render
from xfctl.output.grid import grid_of
from xfctl.output.screen import Screen
from xfctl.output.several import Block, Document, save_document
from xfctl.reports.chart import Chart, Series, Shape
from xfctl.reports.picture import bar, sparkline
from xfctl.reports.table import Column, Table

DRAWN = Table(
    "图表",
    (Column("n", "件次"), Column("bar", "图", whole=True, picture=True)),
    [(3, bar(3, 4)), (4, bar(4, 4))],
    key="drawn",
)
CHART = Chart(
    "比率<script>",
    Shape.BARS,
    ("按期率 & 其他", "某" * 30),
    (
        Series("本期", (Decimal("83.3"), None)),
        Series("上期", (Decimal(100), Decimal(0))),
    ),
    most=100,
)
MONTHS = Chart("各月", Shape.COLUMNS, ("2026-01", "2026-02"), (Series("登记", (3, 14)),))
DOCUMENT = Document("试", [Block([SMALL, DRAWN], [CHART, MONTHS]), Block([OVERDUE, SMALL])])
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)


def saved(folder: Path, fmt: Format) -> str:
    path = folder / "试"
    save_document(DOCUMENT, fmt, path)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "most", "drawn"),
    [
        (8, 8, "████████"),
        (4, 8, "████"),
        (1, 16, "▌"),
        (1, 1000, "▏"),  # something is not nothing
        (0, 8, ""),
        (None, 8, ""),
        (3, 0, ""),
        (Decimal("12.5"), 100, "█"),
    ],
)
def test_a_bar_is_as_long_as_its_share(value, most, drawn):
    assert bar(value, most) == drawn


@pytest.mark.parametrize(
    ("values", "drawn"), [([1, 2, 4, 7], "▂▃▅█"), ([0, 9], "▁█"), ([0, 0], ""), ([], "")]
)
def test_a_sparkline_is_as_high_as_its_greatest(values, drawn):
    assert sparkline(values) == drawn


@pytest.mark.parametrize("fmt", [Format.CSV, Format.JSON, Format.PLAIN, Format.HTML])
def test_files_hold_no_pictures(fmt):
    text = render(DRAWN, fmt)
    assert "█" not in text
    assert "图<" not in text
    assert "件次" in text or '"n"' in text


def test_markdown_keeps_them():
    assert "████████" in render(DRAWN, Format.MARKDOWN)


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_consoles_that_do_not_draw_get_the_numbers_alone(encoding):
    grid = grid_of(DRAWN, Screen(80, encoding))
    assert len(grid.columns) == 1
    assert "█" not in "".join(aligned_pieces([grid], "="))
    assert len(grid_of(DRAWN, Screen(80)).columns) == 2


def test_json_of_several_tables_is_an_object_by_key(tmp_path):
    told = json.loads(saved(tmp_path, Format.JSON))
    assert list(told) == ["小表", "drawn", "逾期未反馈", "小表 (2)"]
    assert told["drawn"] == [{"n": 3}, {"n": 4}]
    assert told["小表 (2)"] == json.loads(render(SMALL, Format.JSON))


def test_csv_of_several_tables_has_each_under_its_title(tmp_path):
    path = tmp_path / "试.csv"
    save_document(DOCUMENT, Format.CSV, path)
    text = path.read_bytes().decode("utf-8-sig")
    assert text.startswith("小表\r\n编号,事项,天数\r\nXF-1,漏水,3\r\n")
    assert text.count("\r\n\r\n") == 3
    assert "\ufeff" not in text


def test_an_empty_table_is_an_empty_array():
    empty = replace(SMALL, rows=[], key="empty")
    out = io.StringIO(render(empty, Format.JSON))
    assert json.load(out) == []


class Page(HTMLParser):
    """Checks that every element is closed, and gathers what a page might load."""

    VOID: ClassVar = {"meta", "br"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.references: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.references += [f"{k}={v}" for k, v in attrs if k in {"href", "src", "xlink:href"}]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_loads_nothing_and_runs_nothing(tmp_path):
    text = saved(tmp_path, Format.HTML)
    page = Page()
    page.feed(text)
    assert page.open == []
    assert page.references == []
    assert "script" not in page.seen
    assert {"svg", "table", "figure"} <= page.seen
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_charts_are_well_formed_and_always_the_same():
    drawn = figure(CHART)
    svg = ElementTree.fromstring(drawn[drawn.index("<svg") : drawn.index("</svg>") + 6])
    texts = [each.text for each in svg.iter() if each.tag.endswith("text")]
    assert {"本期", "上期", "83.3", "100", "按期率 & 其他"} <= set(texts)
    assert "某" * 19 + "…" in texts
    assert "比率&lt;script&gt;" in drawn
    assert drawn == figure(CHART)
    assert not {"script", "style", "desc"} & {each.tag.rpartition("}")[2] for each in svg.iter()}


def test_drawing_leaves_imports_alone():
    """pygal's own hook would make every later import of an optional module warn."""
    figure(CHART)
    assert [each for each in sys.meta_path if type(each).__module__.startswith("pygal")] == []


def test_the_first_name_stands_on_top():
    drawn = figure(CHART)
    places = dict(re.findall(r'y="([\d.]+)"[^>]*>([^<]+)</text>', drawn))
    heights = {name: float(y) for y, name in places.items()}
    assert heights["按期率 &amp; 其他"] < heights["某" * 19 + "…"]


def test_an_empty_chart_is_left_out(tmp_path):
    empty = Chart("无", Shape.BARS, (), (Series("本期", ()),))
    path = tmp_path / "试.html"
    save_document(Document("试", [Block([SMALL], [empty])]), Format.HTML, path)
    assert "<svg" not in path.read_text(encoding="utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
@pytest.mark.parametrize(("scheme", "paper"), [("0", (23, 23, 23)), ("1", (255, 255, 255))])
def test_a_browser_shows_the_charts_in_light_and_dark(tmp_path, scheme, paper):
    """The style that the browser computes, told by the page itself through its title."""
    text = saved(tmp_path, Format.HTML)
    probe = (
        "<script>const c = e => getComputedStyle(document.querySelector(e));"
        "const r = [...document.querySelectorAll('.series rect')].map(e => e.getBoundingClientRect());"
        "document.title = [c('body').backgroundColor, c('figure text').fill,"
        "c('.series rect').fill, r.some(b => b.width > 20 && b.height > 5)].join('|')</script></body>"
    )
    open_policy = re.sub(r"<meta http-equiv[^>]*>", "", text).replace("</body>", probe)
    path = tmp_path / "试.html"
    path.write_text(open_policy, encoding="utf-8")
    dom = browse(tmp_path, f"--blink-settings=preferredColorScheme={scheme}", "--dump-dom", path)
    body, words, bars, visible = re.search("<title>(.*?)</title>", dom)[1].split("|")
    assert body == f"rgb{paper}"
    assert len({body, words, bars}) == 3
    assert visible == "true"


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_a_browser_prints_the_page(tmp_path):
    path = tmp_path / "试.html"
    save_document(DOCUMENT, Format.HTML, path)
    browse(tmp_path, f"--print-to-pdf={tmp_path / 'print.pdf'}", path)
    assert (tmp_path / "print.pdf").read_bytes().startswith(b"%PDF")


def browse(folder: Path, *arguments: str | Path) -> str:
    *options, page = arguments
    done = subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout
