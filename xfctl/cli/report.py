"""The noun ``report``: figures of a period; each verb is loaded when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.cli.chinese import new_app
from xfctl.cli.lazy import Entry, LazyGroup


class ReportGroup(LazyGroup):
    """The verbs of ``report``."""

    entries: ClassVar[Mapping[str, Entry]] = {
        "supervision": Entry("report_period", "supervision", "督办统计"),
        "accountability": Entry("report_period", "accountability", "责任追究统计"),
    }


app = new_app("统计：一段时间的数字，任何格式。", cls=ReportGroup)


@app.callback()
def _report() -> None:
    """Typer builds a group only where something is declared; the verbs are in the table."""
