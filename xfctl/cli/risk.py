"""The noun ``risk`` (隐患点、预案、决策、预警): its verbs, each loaded when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.cli.chinese import new_app
from xfctl.cli.lazy import Entry, LazyGroup


class RiskGroup(LazyGroup):
    """The verbs of ``risk``."""

    entries: ClassVar[Mapping[str, Entry]] = {
        "add": Entry("risk_steps", "add", "报一个隐患点或关键点"),
        "review": Entry("risk_steps", "review", "记录复查"),
        "resolve": Entry("risk_steps", "resolve", "隐患化解"),
        "link": Entry("risk_steps", "link", "关联由此引发的事项"),
        "unlink": Entry("risk_steps", "unlink", "撤销关联"),
        "list": Entry("risk_views", "list_", "列出隐患点，未报单位，未评估的决策"),
        "show": Entry("risk_views", "show", "显示一个隐患点或一项决策"),
        "watch": Entry("risk_watch", "watch", "预警：上升、接近集体、可能转重复、相似聚集"),
        "decide": Entry("risk_decisions", "decide", "记录单位提出的重大事项决策（细则 9(2)）"),
        "consult": Entry("risk_decisions", "consult", "记录征求职工意见"),
        "assess": Entry("risk_decisions", "assess", "记录信访风险评估"),
        "ask": Entry("risk_decisions", "ask", "记录征求信访办意见"),
        "opinion": Entry("risk_decisions", "opinion", "记录信访办答复的意见"),
        "settle": Entry("risk_decisions", "settle", "记录集体讨论和决定"),
        "decisions": Entry("risk_decisions", "decisions", "列出重大事项决策"),
        "plan": Entry("risk_plans", "plan", "存入预案的一个版本"),
        "plans": Entry("risk_plans", "plans", "列出预案"),
    }


app = new_app(
    "隐患点、关键点，重大事项决策，预案，预警：细则 5、8(3)、9(1)、9(2)。",
    "xfctl risk list；xfctl risk watch",
    cls=RiskGroup,
)


@app.callback()
def _risk() -> None:
    """Typer builds a group only where something is declared; the verbs are in the table."""
