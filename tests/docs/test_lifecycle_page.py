"""docs/lifecycle.md is drawn from the table that the rules obey; ``XFCTL_UPDATE_DOCS=1`` rewrites it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from xfctl.domain.lifecycle import LEGAL_FROM, Stage, Step

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"

OPENING = """\
# 一件事项的经过

由 `xfctl/domain/lifecycle.py` 里的表生成，请不要手改。行是步骤（命令为 `xfctl case 命令`），列是事项现在的状态，
● 表示可以办。状态由已经记录的事实得出，不单独填写；`xfctl case show` 只列出现在可以办、而且有事可办的步骤。
"""


def page() -> str:
    return "\n".join([OPENING, *table(), ""])


def table() -> Iterator[str]:
    yield _line("步骤", "命令", *(stage.label for stage in Stage))
    yield _line(*["---"] * (2 + len(Stage)))
    for step in Step:
        marks = ("●" if stage in LEGAL_FROM[step] else "" for stage in Stage)
        yield _line(step.label, f"`{step.value}`", *marks)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def test_the_page_is_the_table() -> None:
    if os.environ.get("XFCTL_UPDATE_DOCS") == "1":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_step_is_in_the_table() -> None:
    assert list(LEGAL_FROM) == list(Step)
