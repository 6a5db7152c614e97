"""docs/articles.md is the article map, written from code, rule files and tests.

``XFCTL_UPDATE_DOCS=1`` rewrites it.
"""

from __future__ import annotations

import os
from pathlib import Path

from xfctl.output.markdown import markdown_text
from xfctl.reports.coverage import coverage_table

PAGE = Path(__file__).parents[2] / "docs" / "articles.md"

OPENING = """\
# 条文对照

由源代码里的引文、`xfctl/regulation/articles/catalogue.toml` 和 `tests/` 生成，请不要手改；`xfctl rule coverage`
显示同样的内容。「用例」是表格里的行数加上引用这一条的测试函数数；条的数目包括它的各项。
"""


def test_the_page_is_what_the_code_says() -> None:
    page = f"{OPENING}\n{markdown_text(coverage_table())}"
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    # Another test reads every page meanwhile: what is right already is left alone.
    if os.environ.get("XFCTL_UPDATE_DOCS") == "1" and written != page:
        PAGE.write_text(page, encoding="utf-8")
        return
    assert written == page
