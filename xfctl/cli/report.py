"""The noun ``report``: figures of a period, each verb loaded when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.cli.chinese import new_app
from xfctl.cli.lazy import Entry, LazyGroup


class ReportGroup(LazyGroup):
    """The verbs of ``report``."""

    entries: ClassVar[Mapping[str, Entry]] = {
        "quarter": Entry("report_quarter", "quarter", "季度分析：全部指标，同比、环比"),
        "trend": Entry("report_figures", "trend", "走势：按月、按单位"),
        "topics": Entry("report_figures", "topics", "投诉较多的问题和单位"),
        "ageing": Entry("report_figures", "ageing", "在办时间分档"),
        "workload": Entry("report_figures", "workload", "每个首问责任人的工作量"),
        "units": Entry("report_units", "units", "单位考核（细则 12）"),
        "responders": Entry("report_units", "responders", "首问责任：重复、越级、告知（细则 6）"),
        "leader": Entry("report_units", "leader", "领导干部履行信访职责的记录（细则 12）"),
        "supervision": Entry("report_figures", "supervision", "督办统计"),
        "accountability": Entry("report_figures", "accountability", "责任追究统计"),
    }


app = new_app(
    "统计：一段时间的数字，任何格式。",
    "xfctl report quarter 2026Q3",
    cls=ReportGroup,
)


@app.callback()
def _report() -> None:
    """Typer builds a group only where something is declared; the verbs are in the table."""
