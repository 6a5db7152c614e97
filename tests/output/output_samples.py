"""Tables and strategies shared by the tests of the renderers; all names are invented."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import strategies as st

from xfctl.reports.table import Column, Table

OVERDUE_COLUMNS = (
    Column("case", "编号", whole=True),
    Column("matter", "事项"),
    Column("unit", "责任单位"),
    Column("article", "依据"),
    Column("started_on", "起算", whole=True),
    Column("due_on", "期限", whole=True),
    Column("late", "逾期(工作日)"),
    Column("officer", "首办人"),
)
START, DUE = date(2026, 3, 2), date(2026, 3, 11)
OVERDUE = Table(
    "逾期未反馈",
    OVERDUE_COLUMNS,
    [
        (
            "XF2026-0001",
            "反映某小区电梯停运三个月无人维修，老人上下楼困难",
            "网络安全与信息化办公室",
            "细则 11(1)",
            START,
            DUE,
            12,
            "某甲",
        ),
        ("XF2026-0002", "[紧急] 噪声扰民", "某区城管局", "细则 11(1)", START, DUE, 3, None),
    ],
    ("共 2 件，最长逾期 12 个工作日。",),
)

SMALL = Table(
    "小表",
    (Column("case", "编号", whole=True), Column("matter", "事项"), Column("n", "天数")),
    [("XF-1", "漏水", 3), ("XF-2", None, 12)],
    ("共 2 件。",),
)

# Everything a cell of user text has been seen or feared to hold.
NASTY = (
    "[紧急]",
    "[/处分]",
    "[bold red]x[/]",
    ":smile:",
    "\x1b[31m红\x1b[0m",
    "\x9b31m",
    "金额\u202e123",
    "a\tb",
    "第一行\n第二行",
    "a\r\nb",
    "|竖线|",
    "`代码`",
    "<script>alert(1)</script>",
    "&amp;",
    "反斜杠\\n",
    "=1+1",
    "+86",
    "-3",
    "@某",
    "110101190001010000",
    "007",
    "3-1",
    "# 标题",
    "- 项",
    "1. 项",
    "“引号”——……",
    "👍🏽 表情 ❤️",
    "葛\U000e0100城",
    "\ue000造字",
    "  前后空格  ",
    "",
    "'引用'",
    "#N/A",
)
PLAIN_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn")), max_size=60
)
ANY_TEXT = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
)
CHINESE = st.text("某区县街道办事处，。（）“”、 信访局abc-1:/[]\n", max_size=60)


def one_text(text: str) -> Table:
    """A table whose only cell is ``text``."""
    return Table("", (Column("text", "文字"),), [(text,)])


def tables(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Table]:
    """Tables of the overdue shape with free texts in the columns that wrap."""
    row = st.tuples(
        st.integers(1, 9999).map(lambda n: f"XF2026-{n:04}"),
        texts,
        texts,
        st.just("细则 11(1)"),
        st.dates(),
        st.one_of(st.none(), st.dates()),
        st.integers(-99, 9999),
        st.one_of(st.none(), texts),
    )
    return st.lists(row, max_size=4).map(lambda rows: Table("表", OVERDUE_COLUMNS, rows, ("注",)))


def squeezed(text: str) -> str:
    """``text`` without blanks and line rules: what must survive any wrapping."""
    return re.sub(r"[\s━─=-]", "", text)
