"""Local parameters (本单位规定): what the regulation leaves to the office, set by dated events.

A value holds from its effective date until the next one; obligations already running keep the
length under which they began, because that stands in the event that started them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.event import Dated, Event, Stored, fact
from xfctl.domain.wording import check_text
from xfctl.errors import InputRefusedError

STREAM = "rules"


class Known(Struct, frozen=True):
    """A parameter the office may set: its meaning, unit, bounds, and the default if any."""

    title: str
    unit: str
    least: int
    most: int
    default: int | None
    source: str
    clock: str | None = None


# Everything that may be set. None as a default: nothing is assumed until the office decides.
KNOWN: Mapping[str, Known] = {
    "reply": Known(
        "答复信访人的期限", "个工作日", 1, 60, 5, "细则 8(5) 未定长度", "petitioner_reply"
    ),
    "supervision-response": Known(
        "回复督办的期限", "个工作日", 1, 60, 5, "细则 10 未定长度", "supervision_response"
    ),
    "delay-suggestion": Known(
        "提示「拖延」的逾期", "个工作日", 1, 365, None, "细则 11(3) 未定标准"
    ),
    "return-suggestion": Known("提示「推诿」的退回次数", "次", 1, 20, None, "细则 11(3) 未定标准"),
    "perfunctory-suggestion": Known(
        "提示「敷衍」的反馈退回次数", "次", 1, 20, None, "细则 11(3) 未定标准"
    ),
    "appeal-decision": Known(
        "处理申诉的期限",
        "日",
        1,
        365,
        60,
        "细则 20 未定长度；参照《事业单位工作人员处分暂行规定》40",
        "appeal",
    ),
    "award-year-start": Known("评优年度从几月开始", "月", 1, 12, 1, "细则 17「当年度」未定起止"),
    "major-report": Known(
        "报告重大紧急事项的期限", "个工作日", 1, 30, 1, "细则 8(4)「及时」未定长度"
    ),
    "collective-size": Known(
        "提示「较大规模集体上访」的人数", "人", 5, 10_000, None, "细则 15 未定标准"
    ),
    "leapfrog-count": Known("提示「越级上访」的件数", "件", 1, 1000, None, "细则 15 未定标准"),
    "repeated-collective-count": Known(
        "提示「重复集体上访」的件数", "件", 1, 1000, None, "细则 15 未定标准"
    ),
    "weight-feedback": Known("单位评分：按期反馈率的权重", "分", 0, 100, None, "细则 12 未定办法"),
    "weight-repeat": Known("单位评分：非重复信访率的权重", "分", 0, 100, None, "细则 12 未定办法"),
    "weight-supervision": Known(
        "单位评分：未被督办事项比例的权重", "分", 0, 100, None, "细则 12 未定办法"
    ),
    "weight-accountability": Known(
        "单位评分：未被追责的权重", "分", 0, 100, None, "细则 12 未定办法"
    ),
    "weight-risk": Known("单位评分：隐患按期复查率的权重", "分", 0, 100, None, "细则 12 未定办法"),
    "late-entry": Known("列为补录的天数", "日", 0, 365, 1, "本单位规定"),
}


_OF_CLOCK = {known.clock: name for name, known in KNOWN.items() if known.clock}


@fact("rules.parameter_set")
class ParameterSet(Stored, frozen=True, kw_only=True):
    """The office set a parameter from a day on."""

    name: str
    value: int
    effective: date
    reason: str


class Parameters(Struct, frozen=True):
    """All settings, by name, oldest recorded first."""

    settings: tuple[ParameterSet, ...] = ()

    def value(self, name: str, on: date) -> int | None:
        """The value in force on a day: the latest effective, the latest recorded if tied."""
        in_force = [each for each in self.settings if each.name == name and each.effective <= on]
        if not in_force:
            return KNOWN[name].default
        return max(enumerate(in_force), key=lambda item: (item[1].effective, item[0]))[1].value

    def length(self, clock: str, on: date) -> int | None:
        """The length the office gave a clock, or None where the regulation's own holds."""
        name = _OF_CLOCK.get(clock)
        return self.value(name, on) if name else None


def award_year(parameters: Parameters, on: date) -> str:
    """The year of award eligibility that a day falls into (细则 17: 当年度), by its label.

    The calendar year, 2026, unless the office lets the year begin in another month: 2026-2027.
    """
    begins = parameters.value("award-year-start", on)
    if begins in (None, 1):
        return f"{on.year}"
    first = on.year if on.month >= begins else on.year - 1
    return f"{first}-{first + 1}"


def evolve(parameters: Parameters | None, event: Event) -> Parameters:
    """Fold one event into the settings."""
    assert isinstance(event.fact, ParameterSet), type(event.fact).__name__
    return Parameters((*(parameters or Parameters()).settings, event.fact))


def set_parameter(setting: ParameterSet, today: date) -> list[Dated]:
    """Set a parameter. Raises InputRefusedError for an unknown name or a value out of bounds."""
    known = KNOWN.get(setting.name)
    if known is None:
        raise InputRefusedError(f"没有参数「{setting.name}」；可以设置：{'、'.join(KNOWN)}。")
    if not known.least <= setting.value <= known.most:
        raise InputRefusedError(
            f"参数「{setting.name}」须在 {known.least} 至 {known.most} {known.unit}之间；请改正后重试。"
        )
    return [Dated(today, replace(setting, reason=check_text(setting.reason, "理由")))]
