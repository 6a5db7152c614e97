"""What happens to a matter, each kind of event as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xfctl.domain import case_facts as facts
from xfctl.regulation import grounds
from xfctl.reports.phrases import joined, letter_sentence, tell
from xfctl.reports.sentences import RIGHT, WHO


def _due(fact: Any, clock: str, what: str) -> str | None:
    for opening in fact.opens:
        if opening.duty.clock == clock:
            mark = "（暂定）" if opening.duty.provisional else ""
            return f"{what} {opening.duty.due_on}{mark}（{opening.duty.article}）"
    return None


def _registered(fact: facts.CaseRegistered) -> str:
    superior = fact.superior
    above = f"{superior.body}{superior.document or ''}转来" if superior else None
    return tell("登记", fact.summary, above, f"首问责任人 {fact.first_responder}")


def _assigned(fact: facts.CaseAssigned) -> str:
    return joined(
        f"交办给{fact.unit_name}（{fact.role.label}）", _due(fact, "feedback", "书面反馈期限")
    )


def _feedback(fact: facts.FeedbackGiven) -> str:
    return tell(f"{WHO}{fact.form.label}反馈", fact.content)


def _reviewed(fact: facts.FeedbackReviewed) -> str:
    verdict = "采纳" if fact.accepted else "退回"
    supplement = _due(fact, "supplement", "补充反馈期限")
    return tell(f"{verdict}{WHO}的书面反馈", fact.reason, supplement)


def _opinion(fact: facts.OpinionDelivered) -> str:
    execute = f"执行期限 {fact.execute_by}" if fact.execute_by else None
    return tell(f"处理意见（{fact.outcome.label}）", fact.content, execute)


def _extended(fact: facts.HandlingExtended) -> str:
    told = f"{fact.notified_on} 告知信访人" if fact.notified_on else "尚未告知信访人"
    period = _due(fact, "handling", "办理期限")
    return tell(f"办理期限延长 {fact.days} 日", fact.reason, f"{fact.approver}批准", told, period)


def _replied(fact: facts.CaseReplied) -> str:
    delivered = f"{fact.delivered_on} 送达" if fact.delivered_on else None
    return tell("书面答复信访人" if fact.written else "答复信访人", fact.manner, delivered)


def _executed(fact: facts.OpinionExecuted) -> str:
    return tell("处理意见未执行，理由经认可" if fact.excused else "处理意见已执行", fact.content)


def _due_changed(fact: facts.DueDateChanged) -> str:
    dates = [
        f"{each.duty.due_on}{'（暂定）' if each.duty.provisional else ''}" for each in fact.opens
    ]
    return tell("期限改为 " + "、".join(dates) if dates else "期限义务终止", fact.reason)


SENTENCES: dict[type, Callable[[Any], str]] = {
    facts.CaseRegistered: _registered,
    facts.CaseAccepted: lambda fact: joined("受理", _due(fact, "handling", "办理期限")),
    facts.CaseDeclined: lambda fact: tell("不予受理", fact.reason, f"指引至{fact.path}"),
    facts.CaseDismissed: lambda fact: tell("不再受理", fact.reason),
    facts.PetitionerNotified: lambda _: "告知信访人受理情况",
    facts.CaseReferred: lambda fact: tell(f"转送{fact.to}", fact.reason),
    facts.CaseAssigned: _assigned,
    facts.CaseReceived: lambda fact: joined(f"{WHO}收件", _due(fact, "feedback", "书面反馈期限")),
    facts.AssignmentReturned: lambda fact: tell(f"{WHO}退回", fact.reason),
    facts.FeedbackGiven: _feedback,
    facts.FeedbackReviewed: _reviewed,
    facts.OpinionDelivered: _opinion,
    facts.HandlingExtended: _extended,
    facts.CaseReplied: _replied,
    facts.OpinionExecuted: _executed,
    facts.CaseRated: lambda fact: f"信访人评价{fact.whom.label}：{fact.rating.label}",
    facts.ReviewRequested: lambda fact: f"信访人申请{fact.level.label}",
    facts.ReviewDecided: lambda fact: tell(f"{fact.level.label}决定", fact.result),
    facts.ReportedUp: lambda fact: tell("向上级报告", fact.document),
    facts.ObjectionMade: lambda fact: tell("向上级提出异议", fact.reason),
    facts.MarkedMajor: lambda fact: tell("标为重大紧急", fact.reason),
    facts.ReportedToLeader: lambda fact: tell("向校领导报告", fact.leader, fact.at),
    facts.PetitionerVisited: lambda fact: tell(
        f"再次{fact.channel.label} {fact.persons} 人", fact.note
    ),
    facts.CaseLinked: lambda fact: f"{fact.relation.label} {fact.other}",
    facts.CaseUnlinked: lambda fact: tell(
        f"撤销「{fact.relation.label} {fact.other}」", fact.reason
    ),
    facts.CaseClosed: lambda fact: tell("办结", fact.result, fact.reason),
    facts.CaseReopened: lambda fact: tell("重启", fact.reason),
    facts.AccusedNamed: lambda fact: f"登记被反映人 {len(fact.accused)} 人",
    facts.MaterialRedacted: lambda fact: tell(
        f"隐去不宜透露的内容后交给{fact.unit_name}（细则 13(8)）", fact.reason
    ),
    facts.CaseNoted: lambda fact: f"备注：{fact.text}",
    facts.FileAttached: lambda fact: (
        f"附件 {fact.name}（{fact.size} 字节，SHA-256 {fact.sha256[:12]}…）"
    ),
    facts.DueDateChanged: _due_changed,
    facts.FactCorrected: lambda fact: tell(
        f"更正第 {fact.seq} 条事件，应为 {fact.on} {RIGHT}", fact.reason
    ),
    facts.GroundFound: lambda fact: tell(
        f"认定{grounds.cited(fact.ground)}",
        grounds.manner_label(fact.ground, fact.evasion) if fact.evasion else None,
        fact.evidence,
    ),
    facts.LetterSent: letter_sentence,
    facts.IdentityRevealed: lambda fact: f"查看信访人身份：{fact.reason}",
    facts.IdentityErased: lambda fact: f"删除信访人身份：{fact.reason}",
}
