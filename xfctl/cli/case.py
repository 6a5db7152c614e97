"""The noun ``case`` (信访事项): its verbs in the order of a matter's life, each loaded when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.cli.chinese import new_app
from xfctl.cli.lazy import Entry, LazyGroup


class CaseGroup(LazyGroup):
    """The verbs of ``case``."""

    entries: ClassVar[Mapping[str, Entry]] = {
        "register": Entry("case_register", "register", "登记一件信访事项"),
        "show": Entry("case_views", "show", "显示一件事项"),
        "list": Entry("case_views", "list_", "列出事项"),
        "explain": Entry("case_views", "explain", "逐日说明期限"),
        "accept": Entry("case_acceptance", "accept", "受理"),
        "decline": Entry("case_acceptance", "decline", "不予受理，指明法定途径"),
        "dismiss": Entry("case_acceptance", "dismiss", "不再受理"),
        "notify": Entry("case_acceptance", "notify", "告知信访人是否受理"),
        "refer": Entry("case_acceptance", "refer", "转送"),
        "assign": Entry("case_handling", "assign", "交办给责任单位"),
        "receive": Entry("case_handling", "receive", "责任单位收件"),
        "return": Entry("case_handling", "return_", "责任单位退回"),
        "feedback": Entry("case_handling", "feedback", "责任单位反馈"),
        "review-feedback": Entry("case_handling", "review_feedback", "审核书面反馈"),
        "opinion": Entry("case_outcome", "opinion", "出具处理意见"),
        "extend": Entry("case_outcome", "extend", "延长办理期限"),
        "reply": Entry("case_outcome", "reply", "答复信访人"),
        "execute": Entry("case_outcome", "execute", "执行处理意见"),
        "close": Entry("case_more", "close", "办结"),
        "reopen": Entry("case_more", "reopen", "重启"),
        "rate": Entry("case_outcome", "rate", "满意度评价"),
        "review": Entry("case_outcome", "review", "复查、复核"),
        "visit": Entry("case_more", "visit", "同一事项再次来访"),
        "major": Entry("case_more", "major", "重大紧急事项，向校领导报告"),
        "object": Entry("case_more", "object_", "对上级转来事项提出异议"),
        "report-up": Entry("case_more", "report_up", "向上级报告"),
        "link": Entry("case_more", "link", "关联：重复信访、重复登记"),
        "unlink": Entry("case_more", "unlink", "撤销关联"),
        "split": Entry("case_more", "split", "一信多事，拆分"),
        "attach": Entry("case_more", "attach", "存入附件"),
        "note": Entry("case_more", "note", "备注"),
        "correct": Entry("case_more", "correct", "更正记错的事实"),
        "accused": Entry("case_accused", "accused", "登记检举控告的被反映人"),
        "erase-identity": Entry("case_erase", "erase_identity", "删除信访人身份"),
        "import": Entry("case_import", "import_", "导入已有台账"),
    }


app = new_app(
    "信访事项：从登记到办结的每一步。",
    "xfctl case register 宿舍漏水无人维修；xfctl case assign XF2026-0001 A15；xfctl case show XF2026-0001",
    cls=CaseGroup,
)


@app.callback()
def _case() -> None:
    """Typer builds a group only where something is declared; the verbs are in the table."""
