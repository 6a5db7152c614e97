"""The words by which matters are sorted: channel, purpose, form of feedback, outcome, rating.

Each member's value is the identifier stored in events; ``label`` is what the officer sees, and
``from_label`` also takes the other names offices write for the same thing.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Self

from xfctl.domain.wording import plain

# Persons from which a petition is collective (集体访). So petition offices count, by the number
# under 《信访工作条例》; 细则 names none, and what is 较大规模 (细则 15) is the office's own parameter.
COLLECTIVE_FROM = 5


class Labelled(StrEnum):
    """An identifier with a Chinese label and the synonyms that are read as it."""

    label: str
    synonyms: tuple[str, ...]

    def __new__(cls, value: str, label: str = "", *synonyms: str) -> Self:
        """A member from its identifier, its label and its synonyms."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.synonyms = synonyms
        return member

    @classmethod
    def from_label(cls, text: str) -> Self | None:
        """The member that ``text`` names (label, synonym or identifier), or None."""
        value = _values_by_name(cls).get(plain(text))
        return None if value is None else cls(value)

    @classmethod
    def labels(cls) -> str:
        """All labels in order, for a message: 「来信、来访、…」."""
        return "、".join(member.label for member in cls)


@cache
def _values_by_name(kind: type[Labelled]) -> dict[str, str]:
    return {
        plain(name): member.value
        for member in kind
        for name in (member.value, member.label, *member.synonyms)
    }


class Channel(Labelled):
    """信访形式: the way a matter reached the office."""

    LETTER = "letter", "来信", "信件", "信函", "书信", "寄信", "群众来信"
    VISIT = "visit", "来访", "走访", "上访", "接访", "当面", "群众来访"
    CALL = "call", "来电", "电话", "电话信访"
    ONLINE = (
        *("online", "网上", "网信", "网络", "网上信访", "网络信访", "互联网", "网站", "网上留言"),
        *("网络留言", "留言板", "邮箱", "邮件", "电子邮件", "电子邮箱", "信箱", "微信"),
    )
    SUPERIOR = (
        *("superior", "上级转来", "上级转办", "上级转送", "上级交办", "上级批转", "上级转交"),
        *("上级",),
    )
    LEADER = "leader", "领导交办", "领导批示", "领导批转", "领导转交", "领导"


class Purpose(Labelled):
    """信访目的: what the petitioner asks for."""

    APPEAL = "appeal", "申诉求决", "申诉", "求决", "诉求", "申诉求决类"
    ACCUSATION = "accusation", "检举控告", "检举", "控告", "举报", "检举控告类"
    SUGGESTION = "suggestion", "意见建议", "意见", "建议", "建议意见", "意见建议类"
    INQUIRY = "inquiry", "咨询", "咨询求助", "咨询类"
    OTHER = "other", "其他", "其它"


class FeedbackForm(Labelled):
    """反馈形式: only written feedback discharges the unit's duty (细则 11(1))."""

    WRITTEN = "written", "书面", "书面反馈", "书面报告", "书面材料"
    ORAL = "oral", "口头", "口头反馈", "当面"
    PHONE = "phone", "电话", "电话反馈", "来电"


class Role(Labelled):
    """A unit's part in a matter."""

    LEAD = "lead", "主办"
    CO = "co", "协办"


class Outcome(Labelled):
    """What an opinion (处理意见) grants."""

    SUPPORTED = "supported", "支持"
    PARTLY = "partly", "部分支持"
    EXPLAINED = "explained", "解释说明"
    REJECTED = "rejected", "不支持"


class Rated(Labelled):
    """Whose work is rated."""

    OFFICE = "office", "信访部门"
    UNIT = "unit", "责任单位"


class Rating(Labelled):
    """How content the petitioner is."""

    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class ReviewLevel(Labelled):
    """Which review (条例 35–36)."""

    REVIEW = "review", "复查"
    REREVIEW = "rereview", "复核"


class Relation(Labelled):
    """How two matters belong together, seen from the one that holds the link."""

    REPEATS = "repeats", "重复信访"
    SPLIT_FROM = "split_from", "拆分自"
    DUPLICATES = "duplicates", "与之重复登记"


class SupervisionForm(Labelled):
    """How the office supervises (细则 10)."""

    ONLINE = "online", "网络督办", "网络"
    PHONE = "phone", "电话督办", "电话"
    LETTER = "letter", "函件督办", "函件", "发函"
    SITE = "site", "实地督办", "实地"


class InspectionSubject(Labelled):
    """What the office inspects above all (细则 10)."""

    POLICY = "policy", "政策落实"
    BACKLOG = "backlog", "信访积案化解"
    IMPORTANT = "important", "重要信访事项处理"


class Nature(Labelled):
    """Whose responsibility: of the unit's leadership together, or of persons (细则 13)."""

    COLLECTIVE = "collective", "集体责任", "集体"
    INDIVIDUAL = "individual", "个人责任", "个人"


class Severity(Labelled):
    """How grave, as a person judges (细则 16–18)."""

    LIGHT = "light", "较轻", "情节较轻"
    GRAVE = "grave", "严重", "危害严重"
    EXCEPTIONAL = "exceptional", "特别严重", "危害特别严重"


class AppealResult(Labelled):
    """What an appeal came to (细则 20)."""

    UPHELD = "upheld", "维持"
    VARIED = "varied", "变更"
    REVOKED = "revoked", "撤销"


class AccountStage(Labelled):
    """Where an accountability stands."""

    PROPOSED = "proposed", "已建议"
    WITHDRAWN = "withdrawn", "已撤回"
    NOT_ADOPTED = "not_adopted", "未采纳"
    DECIDED = "decided", "已决定"
    CARRIED_OUT = "carried_out", "已实施"
    RECTIFYING = "rectifying", "整改中"
    RECTIFIED = "rectified", "整改完成"
    UNRECTIFIED = "unrectified", "逾期未整改"
    REVOKED = "revoked", "已撤销"


class RiskKind(Labelled):
    """What a unit reports (细则 9(1)): where trouble may arise, or whom or what it hangs on."""

    HAZARD = "hazard", "隐患点", "隐患"
    KEY = "key", "关键点", "关键"


class RiskLevel(Labelled):
    """How grave a risk is."""

    HIGH = "high", "高", "高风险"
    MIDDLE = "middle", "中", "中风险"
    LOW = "low", "低", "低风险"


class RiskTrend(Labelled):
    """Which way a risk moves."""

    RISING = "rising", "上升"
    STEADY = "steady", "平稳"
    FALLING = "falling", "下降"


class DecisionOutcome(Labelled):
    """What became of a decision that was put forward."""

    ADOPTED = "adopted", "实施", "通过"
    DEFERRED = "deferred", "暂缓"
    DROPPED = "dropped", "不实施", "否决", "不予实施"


class LetterKind(Labelled):
    """Which letter (文书) the office sends: to a unit, or to the petitioner."""

    ASSIGN = "assign", "交办函"
    SUPERVISE = "supervise", "督办函"
    ACCOUNT = "account", "责任追究决定通知书"
    ACCEPT = "accept", "受理告知书"
    DECLINE = "decline", "不予受理告知书"
    EXTEND = "extend", "延期告知书"
    REPLY = "reply", "答复意见书"


# 初信/重信/初访/重访: channel × first or repeat, derived and never typed in.
_FIRST_AND_REPEAT = {
    Channel.LETTER: ("初信", "重信"),
    Channel.VISIT: ("初访", "重访"),
    Channel.CALL: ("初次来电", "重复来电"),
    Channel.ONLINE: ("初次网信", "重复网信"),
}


def petition_kind(channel: Channel | None, *, repeat: bool) -> str | None:
    """初信, 重信, 初访, …; None for channels that have no word of their own for it."""
    names = _FIRST_AND_REPEAT.get(channel) if channel else None
    return names and names[repeat]
