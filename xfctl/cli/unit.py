"""The noun ``unit`` (责任单位): its verbs, each loaded when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.cli.chinese import new_app
from xfctl.cli.lazy import Entry, LazyGroup


class UnitGroup(LazyGroup):
    """The verbs of ``unit``."""

    entries: ClassVar[Mapping[str, Entry]] = {
        "list": Entry("unit_views", "list_", "列出全部单位"),
        "show": Entry("unit_views", "show", "显示一个单位：任职、在办督办、欠办义务、督办情形"),
        "score": Entry("report_units", "score", "一年的单位考核（细则 12）"),
        "gaps": Entry("unit_views", "gaps", "缺负责人、专人或预案的单位（细则 5、9(1)）"),
        "add": Entry("unit_steps", "add", "添加一个单位"),
        "edit": Entry("unit_steps", "edit", "更名、改编号、改上级等"),
        "merge": Entry("unit_steps", "merge", "并入另一个单位"),
        "import": Entry("unit_steps", "import_", "从 CSV 或 xlsx 导入单位"),
        "appoint": Entry("unit_posts", "appoint", "记录任职"),
        "relieve": Entry("unit_posts", "relieve", "记录免职"),
        "strike": Entry("unit_posts", "strike", "作废误记的任职"),
        "import-posts": Entry("unit_posts", "import_posts", "从 CSV 或 xlsx 导入任职"),
    }


app = new_app(
    "责任单位：学院、部处、直属单位和附属医院，及其负责人和专人。",
    "xfctl unit show A15",
    cls=UnitGroup,
)


@app.callback()
def _unit() -> None:
    """Typer builds a group only where something is declared; the verbs are in the table."""
