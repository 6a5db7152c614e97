"""What happens to the ledger, calendar, parameters and digest, each kind as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xfctl.domain.digest import DigestClaimed, DigestFailed, DigestSent
from xfctl.domain.office import IdentitiesSealed, KeyChanged, LedgerCreated, RulesAdopted
from xfctl.domain.office_calendar import ClosureRecorded, ClosureWithdrawn, NoticeImported, describe
from xfctl.domain.parameters import KNOWN, ParameterSet
from xfctl.reports.phrases import tell


def _parameter(fact: ParameterSet) -> str:
    known = KNOWN[fact.name]
    return tell(f"自 {fact.effective} 起{known.title}为 {fact.value} {known.unit}", fact.reason)


SENTENCES: dict[type, Callable[[Any], str]] = {
    RulesAdopted: lambda fact: f"采用规则「{fact.name}」，共 {len(fact.files)} 个文件",
    IdentitiesSealed: lambda fact: f"身份加密（{fact.by.label}），原有 {fact.identities} 人",
    KeyChanged: lambda fact: f"更换身份加密的密钥（{fact.by.label}）",
    LedgerCreated: lambda fact: f"建立账本（{fact.program}）",
    NoticeImported: describe,
    ClosureRecorded: describe,
    ClosureWithdrawn: describe,
    ParameterSet: _parameter,
    DigestClaimed: lambda fact: f"开始发送提醒到 {'、'.join(fact.destinations)}",
    DigestSent: lambda fact: f"提醒已发送到 {'、'.join(fact.destinations)}",
    DigestFailed: lambda fact: f"提醒没有发送到 {'、'.join(fact.destinations)}",
}
