"""The noun ``account`` (责任追究): its verbs, each loaded when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.cli.chinese import new_app
from xfctl.cli.lazy import Entry, LazyGroup


class AccountGroup(LazyGroup):
    """The verbs of ``account``."""

    entries: ClassVar[Mapping[str, Entry]] = {
        "due": Entry("account_propose", "due", "问责候选及依据"),
        "set-aside": Entry("account_propose", "set_aside", "候选不予提出，写明理由"),
        "evidence": Entry("account_propose", "evidence", "单位的有关情况，供判断轻重"),
        "propose": Entry("account_propose", "propose", "提出问责建议（细则 15–18）"),
        "withdraw": Entry("account_propose", "withdraw", "撤回建议"),
        "decide": Entry("account_decide", "decide", "记录决定（细则 14）"),
        "not-adopt": Entry("account_decide", "not_adopt", "记录建议未被采纳"),
        "carry-out": Entry("account_decide", "carry_out", "记录实施"),
        "hand-over": Entry("account_decide", "hand_over", "涉嫌违法犯罪，移送（细则 14）"),
        "rectify": Entry("account_rectify", "rectify", "记录整改报告"),
        "rectify-review": Entry("account_rectify", "rectify_review", "验收整改"),
        "rectify-extend": Entry("account_rectify", "rectify_extend", "延长整改期限（一次）"),
        "appeal": Entry("account_appeal", "appeal", "记录书面申诉（细则 20）"),
        "appeal-accept": Entry("account_appeal", "appeal_accept", "受理申诉"),
        "appeal-decide": Entry("account_appeal", "appeal_decide", "申诉决定：维持、变更、撤销"),
        "void": Entry("account_decide", "void", "作废最近一条误记的记录"),
        "list": Entry("account_views", "list_", "列出问责"),
        "show": Entry("account_views", "show", "显示一项问责，从信访到追究的经过"),
        "awards": Entry("account_views", "awards", "取消评优资格的单位（细则 17）"),
    }


app = new_app(
    "责任追究：细则 13 至 20 的候选、建议、决定、实施、整改和申诉。",
    "xfctl account due；xfctl account propose A15 --situation 3 --basis 逾期未反馈",
    cls=AccountGroup,
)


@app.callback()
def _account() -> None:
    """Typer builds a group only where something is declared; the verbs are in the table."""
