"""docs/figures.md is written from the definitions that the program measures by.

``XFCTL_UPDATE_DOCS=1`` rewrites it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from xfctl.output.markdown import markdown_text
from xfctl.reports.figures import COUNTS, RATES, formulas_table

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"

OPENING = """\
# 指标口径

由 `xfctl/reports/figures.py` 里的定义生成，请不要手改；`xfctl report quarter --formulas` 显示同样的内容。
"""


def page() -> str:
    return f"{OPENING}\n{markdown_text(formulas_table())}"


def test_the_page_is_what_is_measured() -> None:
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    # Another test reads every page meanwhile: what is right already is left alone.
    if os.environ.get("XFCTL_UPDATE_DOCS") == "1" and written != page():
        PAGE.write_text(page(), encoding="utf-8")
        return
    assert written == page()


def test_every_rate_names_numerator_and_denominator_and_no_two_figures_are_called_the_same() -> (
    None
):
    assert [each.title for each in RATES if "÷" not in each.formula] == []
    names = list(_names())
    assert len(names) == len(set(names))


def _names() -> Iterator[str]:
    for each in (*COUNTS, *RATES):
        yield each.key
        yield each.title
