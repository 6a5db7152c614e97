"""What happens to risk points, decisions and plans, each kind of event as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xfctl.domain.consequence import ConsequenceLinked, ConsequenceUnlinked
from xfctl.domain.decision import (
    DecisionRecorded,
    DecisionSettled,
    OpinionAsked,
    OpinionGiven,
    RiskAssessed,
    StaffConsulted,
)
from xfctl.domain.plan import PlanAdopted
from xfctl.domain.risk import RiskAdded, RiskResolved, RiskReviewed
from xfctl.reports.phrases import tell


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


SENTENCES: dict[type, Callable[[Any], str]] = {
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
}
