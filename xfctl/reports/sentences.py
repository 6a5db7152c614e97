"""Every kind of event as one Chinese sentence, for the log and for the timeline of a matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from xfctl.domain import case_facts as facts
from xfctl.domain.digest import DigestClaimed, DigestFailed, DigestSent
from xfctl.domain.inspection import (
    InspectionClosed,
    InspectionFollowedUp,
    InspectionFound,
    InspectionOpened,
)
from xfctl.domain.office import LedgerCreated
from xfctl.domain.office_calendar import ClosureRecorded, ClosureWithdrawn, NoticeImported, describe
from xfctl.domain.parameters import KNOWN, ParameterSet
from xfctl.domain.supervision import (
    ResponseDueChanged,
    SupervisionActed,
    SupervisionClosed,
    SupervisionLetterSent,
    SupervisionOpened,
    SupervisionResponded,
)
from xfctl.domain.unit import UnitAdded

# Stands for the unit of an assignment until the reader's names are filled in.
_WHO = "\0"


def sentence(fact: object, units: Mapping[int, str] = MappingProxyType({})) -> str:
    """What happened, in one sentence; ``units`` names the unit of each assignment, where known."""
    told = _SENTENCES[type(fact)](fact)
    number = getattr(fact, "assignment", None)
    return told.replace(_WHO, units.get(number, f"第 {number} 次交办的单位")) if number else told


def _and(*parts: str | None) -> str:
    return "；".join(part for part in parts if part)


def _told(what: str, *details: str | None) -> str:
    told = _and(*details)
    return f"{what}：{told}" if told else what


def _due(fact: Any, clock: str, what: str) -> str | None:
    for opening in fact.opens:
        if opening.duty.clock == clock:
            mark = "（暂定）" if opening.duty.provisional else ""
            return f"{what} {opening.duty.due_on}{mark}（{opening.duty.article}）"
    return None


def _registered(fact: facts.CaseRegistered) -> str:
    superior = fact.superior
    above = f"{superior.body}{superior.document or ''}转来" if superior else None
    return _told("登记", fact.summary, above, f"首问责任人 {fact.first_responder}")


def _assigned(fact: facts.CaseAssigned) -> str:
    return _and(
        f"交办给{fact.unit_name}（{fact.role.label}）", _due(fact, "feedback", "书面反馈期限")
    )


def _feedback(fact: facts.FeedbackGiven) -> str:
    return _told(f"{_WHO}{fact.form.label}反馈", fact.content)


def _reviewed(fact: facts.FeedbackReviewed) -> str:
    verdict = "采纳" if fact.accepted else "退回"
    supplement = _due(fact, "supplement", "补充反馈期限")
    return _told(f"{verdict}{_WHO}的书面反馈", fact.reason, supplement)


def _opinion(fact: facts.OpinionDelivered) -> str:
    execute = f"执行期限 {fact.execute_by}" if fact.execute_by else None
    return _told(f"处理意见（{fact.outcome.label}）", fact.content, execute)


def _extended(fact: facts.HandlingExtended) -> str:
    told = f"{fact.notified_on} 告知信访人" if fact.notified_on else "尚未告知信访人"
    period = _due(fact, "handling", "办理期限")
    return _told(f"办理期限延长 {fact.days} 日", fact.reason, f"{fact.approver}批准", told, period)


def _replied(fact: facts.CaseReplied) -> str:
    delivered = f"{fact.delivered_on} 送达" if fact.delivered_on else None
    return _told("书面答复信访人" if fact.written else "答复信访人", fact.manner, delivered)


def _executed(fact: facts.OpinionExecuted) -> str:
    return _told("处理意见未执行，理由经认可" if fact.excused else "处理意见已执行", fact.content)


def _due_changed(fact: facts.DueDateChanged) -> str:
    dates = [
        f"{each.duty.due_on}{'（暂定）' if each.duty.provisional else ''}" for each in fact.opens
    ]
    return _told("期限改为 " + "、".join(dates) if dates else "期限义务终止", fact.reason)


def _parameter(fact: ParameterSet) -> str:
    known = KNOWN[fact.name]
    return _told(f"自 {fact.effective} 起{known.title}为 {fact.value} {known.unit}", fact.reason)


def _supervised(fact: SupervisionOpened) -> str:
    grounds = "、".join(each.article for each in fact.grounds)
    forms = "、".join(each.label for each in fact.forms)
    due = f"回复期限 {fact.opens.duty.due_on}"
    return _told(f"对{fact.unit_name}立项督办", grounds, forms, "、".join(fact.cases), due)


def letter_sentence(fact: Any) -> str:
    """Which letter went to whom, under which number, and how its file is recognised."""
    file = f"{fact.size} 字节，SHA-256 {fact.sha256[:12]}…"
    return _told(f"{fact.letter.label}致{fact.recipient}", fact.document, file)


def _scope(fact: Any) -> str | None:
    return f"通报范围 {fact.scope}" if fact.scope else None


# One sentence for every kind of event; a test holds the table complete.
_SENTENCES: dict[type, Callable[[Any], str]] = {
    LedgerCreated: lambda fact: f"建立账本（{fact.program}）",
    UnitAdded: lambda fact: f"添加单位 {fact.name}",
    NoticeImported: describe,
    ClosureRecorded: describe,
    ClosureWithdrawn: describe,
    ParameterSet: _parameter,
    facts.CaseRegistered: _registered,
    facts.CaseAccepted: lambda fact: _and("受理", _due(fact, "handling", "办理期限")),
    facts.CaseDeclined: lambda fact: _told("不予受理", fact.reason, f"指引至{fact.path}"),
    facts.CaseDismissed: lambda fact: _told("不再受理", fact.reason),
    facts.PetitionerNotified: lambda _: "告知信访人受理情况",
    facts.CaseReferred: lambda fact: _told(f"转送{fact.to}", fact.reason),
    facts.CaseAssigned: _assigned,
    facts.CaseReceived: lambda fact: _and(f"{_WHO}收件", _due(fact, "feedback", "书面反馈期限")),
    facts.AssignmentReturned: lambda fact: _told(f"{_WHO}退回", fact.reason),
    facts.FeedbackGiven: _feedback,
    facts.FeedbackReviewed: _reviewed,
    facts.OpinionDelivered: _opinion,
    facts.HandlingExtended: _extended,
    facts.CaseReplied: _replied,
    facts.OpinionExecuted: _executed,
    facts.CaseRated: lambda fact: f"信访人评价{fact.whom.label}：{fact.rating.label}",
    facts.ReviewRequested: lambda fact: f"信访人申请{fact.level.label}",
    facts.ReviewDecided: lambda fact: _told(f"{fact.level.label}决定", fact.result),
    facts.ReportedUp: lambda fact: _told("向上级报告", fact.document),
    facts.ObjectionMade: lambda fact: _told("向上级提出异议", fact.reason),
    facts.MarkedMajor: lambda fact: _told("标为重大紧急", fact.reason),
    facts.ReportedToLeader: lambda fact: _told("向校领导报告", fact.leader, fact.at),
    facts.PetitionerVisited: lambda fact: _told(
        f"再次{fact.channel.label} {fact.persons} 人", fact.note
    ),
    facts.CaseLinked: lambda fact: f"{fact.relation.label} {fact.other}",
    facts.CaseUnlinked: lambda fact: _told(
        f"撤销「{fact.relation.label} {fact.other}」", fact.reason
    ),
    facts.CaseClosed: lambda fact: _told("办结", fact.result, fact.reason),
    facts.CaseReopened: lambda fact: _told("重启", fact.reason),
    facts.CaseNoted: lambda fact: f"备注：{fact.text}",
    facts.FileAttached: lambda fact: (
        f"附件 {fact.name}（{fact.size} 字节，SHA-256 {fact.sha256[:12]}…）"
    ),
    facts.DueDateChanged: _due_changed,
    facts.FactCorrected: lambda fact: _told(
        f"更正第 {fact.seq} 条事件，日期 {fact.on}", fact.reason
    ),
    facts.GroundFound: lambda fact: _told(
        f"认定{fact.ground.article} {fact.ground.label}",
        fact.evasion.label if fact.evasion else None,
        fact.evidence,
    ),
    SupervisionOpened: _supervised,
    SupervisionActed: lambda fact: _told(fact.form.label, fact.content),
    SupervisionResponded: lambda fact: _told("单位回复督办", fact.content),
    SupervisionClosed: lambda fact: _told("督办办结", fact.result, _scope(fact)),
    ResponseDueChanged: lambda fact: _told(f"回复期限改为 {fact.opens.duty.due_on}", fact.reason),
    InspectionOpened: lambda fact: _told(f"督查{fact.subject.label}", fact.title),
    InspectionFound: lambda fact: _told(f"督查发现，{fact.unit_name}", fact.content),
    InspectionFollowedUp: lambda fact: _told(f"第 {fact.finding} 条发现已落实", fact.content),
    InspectionClosed: lambda fact: _told("督查办结", fact.result, _scope(fact)),
    DigestClaimed: lambda fact: f"开始发送提醒到 {'、'.join(fact.destinations)}",
    DigestSent: lambda fact: f"提醒已发送到 {'、'.join(fact.destinations)}",
    DigestFailed: lambda fact: f"提醒没有发送到 {'、'.join(fact.destinations)}",
    facts.LetterSent: letter_sentence,
    SupervisionLetterSent: letter_sentence,
    facts.IdentityRevealed: lambda fact: f"查看信访人身份：{fact.reason}",
}
