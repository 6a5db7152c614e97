"""Every kind of event as one Chinese sentence, for the log and for the timeline of a matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from xfctl.domain import case_facts as facts
from xfctl.domain.accountability.facts import AccountLetterSent
from xfctl.domain.consequence import ConsequenceLinked, ConsequenceUnlinked
from xfctl.domain.decision import (
    DecisionRecorded,
    DecisionSettled,
    OpinionAsked,
    OpinionGiven,
    RiskAssessed,
    StaffConsulted,
)
from xfctl.domain.digest import DigestClaimed, DigestFailed, DigestSent
from xfctl.domain.inspection import (
    InspectionClosed,
    InspectionFollowedUp,
    InspectionFound,
    InspectionOpened,
)
from xfctl.domain.office import LedgerCreated, RulesAdopted
from xfctl.domain.office_calendar import ClosureRecorded, ClosureWithdrawn, NoticeImported, describe
from xfctl.domain.parameters import KNOWN, ParameterSet
from xfctl.domain.plan import PlanAdopted
from xfctl.domain.risk import RiskAdded, RiskResolved, RiskReviewed
from xfctl.domain.supervision import (
    ResponseDueChanged,
    SupervisionActed,
    SupervisionClosed,
    SupervisionLetterSent,
    SupervisionOpened,
    SupervisionResponded,
)
from xfctl.regulation import grounds
from xfctl.reports.account_sentences import ACCOUNT_SENTENCES
from xfctl.reports.phrases import joined, tell
from xfctl.reports.unit_sentences import UNIT_SENTENCES

# Stands for the unit of an assignment until the reader's names are filled in.
_WHO = "\0"


def sentence(fact: object, units: Mapping[int, str] = MappingProxyType({})) -> str:
    """What happened, in one sentence; ``units`` names the unit of each assignment, where known."""
    told = _SENTENCES[type(fact)](fact)
    number = getattr(fact, "assignment", None)
    return told.replace(_WHO, units.get(number, f"第 {number} 次交办的单位")) if number else told


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
    return tell(f"{_WHO}{fact.form.label}反馈", fact.content)


def _reviewed(fact: facts.FeedbackReviewed) -> str:
    verdict = "采纳" if fact.accepted else "退回"
    supplement = _due(fact, "supplement", "补充反馈期限")
    return tell(f"{verdict}{_WHO}的书面反馈", fact.reason, supplement)


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


def _parameter(fact: ParameterSet) -> str:
    known = KNOWN[fact.name]
    return tell(f"自 {fact.effective} 起{known.title}为 {fact.value} {known.unit}", fact.reason)


def _supervised(fact: SupervisionOpened) -> str:
    over = "、".join(map(grounds.article_of, fact.grounds))
    forms = "、".join(each.label for each in fact.forms)
    due = f"回复期限 {fact.opens.duty.due_on}"
    return tell(f"对{fact.unit_name}立项督办", over, forms, "、".join(fact.cases), due)


def _risk_added(fact: RiskAdded) -> str:
    measures = f"措施 {fact.measures}" if fact.measures else None
    standing = f"级别{fact.level.label}、趋势{fact.trend.label}、{fact.persons} 人"
    due = f"复查期限 {fact.opens.duty.due_on}"
    told = (fact.summary, standing, f"责任领导 {fact.leader}", measures, due)
    return tell(f"{fact.unit_name}报{fact.kind.label}", *told)


def _risk_reviewed(fact: RiskReviewed) -> str:
    changes = (
        fact.content,
        f"级别{fact.level.label}" if fact.level else None,
        f"趋势{fact.trend.label}" if fact.trend else None,
        f"{fact.persons} 人" if fact.persons else None,
        f"措施 {fact.measures}" if fact.measures else None,
        f"下次复查期限 {fact.opens.duty.due_on}" if fact.opens else None,
    )
    return tell("复查", *changes)


def _settled(fact: DecisionSettled) -> str:
    discussed = f"集体讨论 {fact.discussion}" if fact.discussion else "未记录集体讨论"
    return tell(f"决定{fact.outcome.label}", discussed)


def letter_sentence(fact: Any) -> str:
    """Which letter went to whom, under which number, and how its file is recognised."""
    file = f"{fact.size} 字节，SHA-256 {fact.sha256[:12]}…"
    return tell(f"{fact.letter.label}致{fact.recipient}", fact.document, file)


def _scope(fact: Any) -> str | None:
    return f"通报范围 {fact.scope}" if fact.scope else None


# One sentence for every kind of event; a test holds the table complete.
_SENTENCES: dict[type, Callable[[Any], str]] = {
    RulesAdopted: lambda fact: f"采用规则「{fact.name}」，共 {len(fact.files)} 个文件",
    LedgerCreated: lambda fact: f"建立账本（{fact.program}）",
    **UNIT_SENTENCES,
    **ACCOUNT_SENTENCES,
    NoticeImported: describe,
    ClosureRecorded: describe,
    ClosureWithdrawn: describe,
    ParameterSet: _parameter,
    facts.CaseRegistered: _registered,
    facts.CaseAccepted: lambda fact: joined("受理", _due(fact, "handling", "办理期限")),
    facts.CaseDeclined: lambda fact: tell("不予受理", fact.reason, f"指引至{fact.path}"),
    facts.CaseDismissed: lambda fact: tell("不再受理", fact.reason),
    facts.PetitionerNotified: lambda _: "告知信访人受理情况",
    facts.CaseReferred: lambda fact: tell(f"转送{fact.to}", fact.reason),
    facts.CaseAssigned: _assigned,
    facts.CaseReceived: lambda fact: joined(f"{_WHO}收件", _due(fact, "feedback", "书面反馈期限")),
    facts.AssignmentReturned: lambda fact: tell(f"{_WHO}退回", fact.reason),
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
    facts.CaseNoted: lambda fact: f"备注：{fact.text}",
    facts.FileAttached: lambda fact: (
        f"附件 {fact.name}（{fact.size} 字节，SHA-256 {fact.sha256[:12]}…）"
    ),
    facts.DueDateChanged: _due_changed,
    facts.FactCorrected: lambda fact: tell(
        f"更正第 {fact.seq} 条事件，日期 {fact.on}", fact.reason
    ),
    facts.GroundFound: lambda fact: tell(
        f"认定{grounds.cited(fact.ground)}",
        grounds.manner_label(fact.ground, fact.evasion) if fact.evasion else None,
        fact.evidence,
    ),
    SupervisionOpened: _supervised,
    SupervisionActed: lambda fact: tell(fact.form.label, fact.content),
    SupervisionResponded: lambda fact: tell("单位回复督办", fact.content),
    SupervisionClosed: lambda fact: tell("督办办结", fact.result, _scope(fact)),
    ResponseDueChanged: lambda fact: tell(f"回复期限改为 {fact.opens.duty.due_on}", fact.reason),
    InspectionOpened: lambda fact: tell(f"督查{fact.subject.label}", fact.title),
    InspectionFound: lambda fact: tell(f"督查发现，{fact.unit_name}", fact.content),
    InspectionFollowedUp: lambda fact: tell(f"第 {fact.finding} 条发现已落实", fact.content),
    InspectionClosed: lambda fact: tell("督查办结", fact.result, _scope(fact)),
    RiskAdded: _risk_added,
    RiskReviewed: _risk_reviewed,
    RiskResolved: lambda fact: tell("化解", fact.result),
    DecisionRecorded: lambda fact: tell(f"{fact.unit_name}提出重大事项决策", fact.title),
    StaffConsulted: lambda fact: tell("征求职工意见", fact.content),
    RiskAssessed: lambda fact: tell(f"信访风险评估（{fact.level.label}）", fact.content),
    OpinionAsked: lambda fact: tell("征求信访办意见", fact.content),
    OpinionGiven: lambda fact: tell("信访办意见", fact.content),
    DecisionSettled: _settled,
    ConsequenceLinked: lambda fact: f"引发事项 {fact.case}",
    ConsequenceUnlinked: lambda fact: tell(f"撤销「引发事项 {fact.case}」", fact.reason),
    PlanAdopted: lambda fact: (
        f"{fact.unit_name}预案「{fact.version}」，文件 {fact.name}"
        f"（{fact.size} 字节，SHA-256 {fact.sha256[:12]}…）"
    ),
    DigestClaimed: lambda fact: f"开始发送提醒到 {'、'.join(fact.destinations)}",
    DigestSent: lambda fact: f"提醒已发送到 {'、'.join(fact.destinations)}",
    DigestFailed: lambda fact: f"提醒没有发送到 {'、'.join(fact.destinations)}",
    facts.LetterSent: letter_sentence,
    SupervisionLetterSent: letter_sentence,
    AccountLetterSent: letter_sentence,
    facts.IdentityRevealed: lambda fact: f"查看信访人身份：{fact.reason}",
}
