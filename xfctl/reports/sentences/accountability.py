"""What happens to an accountability, each kind of event as one sentence; never a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from xfctl.domain.accountability.facts import (
    AccountLetterSent,
    AppealAccepted,
    AppealDecided,
    Appealed,
    CarriedOut,
    Decided,
    DueDateChanged,
    HandedOver,
    NotAdopted,
    PersonsRevealed,
    Proposed,
    RecordVoided,
    RectificationExtended,
    RectificationReported,
    RectificationReviewed,
    Withdrawn,
)
from xfctl.domain.candidate import SetAside
from xfctl.domain.obligation import Opening
from xfctl.regulation.ladder import ladder
from xfctl.reports import account_words as words
from xfctl.reports.phrases import joined, letter_sentence, tell


def _proposed(fact: Proposed) -> str:
    rules = ladder(fact.day_in_question)
    return tell(
        f"建议按{words.rung(fact.rung, rules)} 对{fact.unit_name}追究责任",
        "、".join(words.situation(each, rules) for each in fact.situations),
        f"情节{fact.severity.label}" if fact.severity else None,
        fact.after and f"{fact.after} 逾期未整改",
        words.measures(fact.measures, rules),
        f"责任人 {len(fact.persons)} 人",
        _override(fact.against, fact.override),
    )


def _decided(fact: Decided) -> str:
    rules = words.newest()
    return tell(
        joined("决定追究责任", fact.document),
        "、".join(words.imposed(each, rules) for each in fact.imposed),
        _deadlines(fact.opens),
        fact.award_year and f"{fact.award_year} 年度不得评优（{words.award(rules)}）",
        _override(fact.against, fact.override),
    )


def _carried_out(fact: CarriedOut) -> str:
    what = words.measure(fact.measure, words.newest())
    return tell(f"{fact.by}实施{what}（{words.persons(fact.persons)}）", fact.content)


def _appeal_decided(fact: AppealDecided) -> str:
    rules = words.newest()
    return tell(
        f"第 {fact.appeal} 件申诉{fact.result.label}",
        fact.document,
        fact.reason,
        "、".join(words.imposed(each, rules) for each in fact.imposed),
        "恢复评优资格" if fact.ends_award else None,
        _override(fact.against, fact.override),
    )


def _override(against: Iterable[str], reason: str | None) -> str | None:
    return f"破例（{'、'.join(against)}）：{reason}" if reason else None


def _deadlines(opens: Iterable[Opening]) -> str:
    dates = [f"{words.CLOCKS[each.duty.clock]} {each.duty.due_on}" for each in opens]
    return "、".join(dict.fromkeys(dates))


SENTENCES: dict[type, Callable[[Any], str]] = {
    AccountLetterSent: letter_sentence,
    Proposed: _proposed,
    Withdrawn: lambda fact: tell("撤回建议", fact.reason),
    NotAdopted: lambda fact: tell(
        f"{words.body(fact.body, words.newest())}未采纳建议", fact.reason
    ),
    Decided: _decided,
    CarriedOut: _carried_out,
    RectificationReported: lambda fact: tell("单位报告整改情况", fact.content),
    RectificationReviewed: lambda fact: tell(
        "整改通过验收" if fact.accepted else "整改未通过验收", fact.reason
    ),
    RectificationExtended: lambda fact: tell(f"整改期限延至 {fact.opens.duty.due_on}", fact.reason),
    HandedOver: lambda fact: tell(f"移送{fact.to}", fact.content),
    Appealed: lambda fact: tell(
        f"第 {fact.appeal} 件申诉（{words.persons(fact.persons)}）", fact.content
    ),
    AppealAccepted: lambda fact: tell(
        f"{fact.body}受理第 {fact.appeal} 件申诉", _deadlines((fact.opens,))
    ),
    AppealDecided: _appeal_decided,
    DueDateChanged: lambda fact: tell(f"期限重算：{_deadlines(fact.opens)}", fact.reason),
    PersonsRevealed: lambda fact: f"查看责任人姓名：{fact.reason}",
    RecordVoided: lambda fact: tell(f"作废第 {fact.seq} 条事件", fact.reason),
    SetAside: lambda fact: tell(f"问责候选 {fact.candidate} 不予提出", fact.reason),
}
