"""What happens to units and posts, each kind of event as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xfctl.domain.post import AppointmentStruck, LeaderRevealed, PostLeft, PostTaken
from xfctl.domain.unit import UnitAdded, UnitChanged, UnitMerged
from xfctl.reports.phrases import tell


def _changed(fact: UnitChanged) -> str:
    return tell(
        "单位变更",
        fact.name and f"更名为{fact.name}",
        fact.code and f"编号改为 {fact.code}",
        fact.kind and f"类别改为{fact.kind}",
        fact.parent and f"上级单位改为 {fact.parent}",
        fact.applies and f"改为{fact.applies.label}",
        f"教职工 {fact.headcount} 人" if fact.headcount else None,
    )


def _taken(fact: PostTaken) -> str:
    area = f"分管{fact.area}" if fact.area else None
    return tell(f"{fact.name}任{fact.post.label}", area)


SENTENCES: dict[type, Callable[[Any], str]] = {
    UnitAdded: lambda fact: f"添加单位 {fact.name}",
    UnitChanged: _changed,
    UnitMerged: lambda fact: f"并入单位 {fact.into}",
    PostTaken: _taken,
    PostLeft: lambda fact: f"第 {fact.appointment} 项任职免去",
    LeaderRevealed: lambda fact: tell(f"查看第 {fact.appointment} 项任职者的履职记录", fact.reason),
    AppointmentStruck: lambda fact: tell(f"作废第 {fact.appointment} 项任职", fact.reason),
}
