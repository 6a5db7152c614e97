"""Matters told in Chinese, one line a step, and what is owed on them told back the same way.

    case = lived(["登记 2026-03-02 周一", "交办 2026-03-03 周二 U01"], matter=["可联系"])
    owed(case, day("2026-03-20 周五"))
        ["受理告知 2026-03-17 周二 逾期 3 日", "书面反馈 U01 2026-03-12 周四 逾期 6 个工作日"]

A step is its word, its date with the weekday (checked, so that no table holds a slip), and what
else it needs in any order: a unit's code, a further date, a number, a word. The rules run without a
ledger here; ``xfctl.app`` and the ledger have their own tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from conftest import entry, unit_name
from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.case import Case, evolve, stream_of
from xfctl.domain.case_facts import CaseRegistered, Superior
from xfctl.domain.classification import (
    Channel,
    FeedbackForm,
    Outcome,
    Purpose,
    Rated,
    Rating,
    Relation,
    ReviewLevel,
    Role,
)
from xfctl.domain.event import Dated, Event
from xfctl.domain.obligation import DEBTOR_NAMES, Obligation, late_by
from xfctl.domain.parameters import Parameters, ParameterSet
from xfctl.domain.steps import (
    above,
    acceptance,
    closing,
    decide,
    grounds,
    handling,
    outcome,
    relations,
)
from xfctl.domain.steps import review as reviews
from xfctl.domain.steps.registration import register
from xfctl.domain.world import Command, World
from xfctl.regulation.clocks import clocks
from xfctl.regulation.units import LengthUnit
from xfctl.workdays.calendar import Calendar

NUMBER = "XF2026-0001"
CALENDAR = Calendar()


def day(text: str) -> date:
    """Read 「2026-03-11 周三」; the weekday must be right."""
    iso, weekday = text.split()
    found = date.fromisoformat(iso)
    assert weekday == weekday_of(found), f"{text} 应为{weekday_of(found)}"
    return found


def weekday_of(on: date) -> str:
    return f"周{'一二三四五六日'[on.weekday()]}"


class Line(Struct, frozen=True):
    """One line of a history, read."""

    word: str
    on: date
    unit: str | None = None
    date: date | None = None
    number: int | None = None
    words: tuple[str, ...] = ()

    def fields(self, **more: Any) -> dict[str, Any]:
        """What every command has, and the fields given that are not None."""
        return {"number": NUMBER, "on": self.on} | {k: v for k, v in more.items() if v is not None}


def read(text: str) -> Line:
    word, iso, weekday, *rest = text.split()
    line = Line(word, day(f"{iso} {weekday}"))
    for each in rest:
        if re.fullmatch(r"U\d\d", each):
            line = replace(line, unit=each)
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", each):
            line = replace(line, date=date.fromisoformat(each))
        elif each.isdecimal():
            line = replace(line, number=int(each))
        else:
            line = replace(line, words=(*line.words, each))
    return line


def _accept(line: Line) -> Command:
    by_opinion = {"出意见": True, "不出意见": False}.get("".join(line.words))
    return acceptance.AcceptCase(**line.fields(notified_on=line.date, by_opinion=by_opinion))


def _assign(line: Line) -> Command:
    unit = line.unit or "U01"
    role = Role.from_label("".join(line.words)) if line.words else None
    return handling.AssignCase(**line.fields(unit=unit, unit_name=unit_name(unit), role=role))


def _feedback(form: FeedbackForm) -> Callable[[Line], Command]:
    return lambda line: handling.GiveFeedback(**line.fields(form=form, unit=line.unit))


def _review_of_feedback(line: Line) -> Command:
    return handling.ReviewFeedback(
        **line.fields(
            accepted=line.word == "采纳反馈", reason="示例理由", unit=line.unit, due_on=line.date
        )
    )


def _opinion(line: Line) -> Command:
    return outcome.DeliverOpinion(
        **line.fields(outcome=Outcome.SUPPORTED, content="示例意见", execute_by=line.date)
    )


def _extend(line: Line) -> Command:
    assert line.number is not None, "延期要写天数"
    details = {"days": line.number, "approver": "示例批准人", "reason": "示例理由"}
    return outcome.ExtendHandling(**line.fields(**details, notified_on=line.date))


def _reply(line: Line) -> Command:
    return outcome.ReplyToPetitioner(
        **line.fields(manner="示例方式", written=line.word == "书面答复", delivered_on=line.date)
    )


def _execute(line: Line) -> Command:
    return outcome.ExecuteOpinion(**line.fields(content="示例", excused=line.word == "免予执行"))


def _request(level: ReviewLevel) -> Callable[[Line], Command]:
    return lambda line: reviews.RequestReview(**line.fields(level=level))


def _decision(level: ReviewLevel) -> Callable[[Line], Command]:
    return lambda line: reviews.DecideReview(**line.fields(level=level, result="示例结果"))


def _with_reason(command: type[Command]) -> Callable[[Line], Command]:
    return lambda line: command(**line.fields(reason="示例理由"))


# What an officer does, by the word the tables have for it.
COMMANDS: dict[str, Callable[[Line], Command]] = {
    "受理": _accept,
    "不予受理": lambda line: acceptance.DeclineCase(
        **line.fields(reason="示例理由", path="示例途径", notified_on=line.date)
    ),
    "不再受理": lambda line: acceptance.DismissCase(
        **line.fields(reason="示例理由", notified_on=line.date)
    ),
    "告知": lambda line: acceptance.NotifyPetitioner(**line.fields()),
    "转送": lambda line: acceptance.ReferCase(**line.fields(to="示例单位")),
    "交办": _assign,
    "收件": lambda line: handling.ReceiveCase(**line.fields(unit=line.unit)),
    "退回交办": lambda line: handling.ReturnAssignment(
        **line.fields(reason="示例理由", unit=line.unit)
    ),
    "书面反馈": _feedback(FeedbackForm.WRITTEN),
    "口头反馈": _feedback(FeedbackForm.ORAL),
    "电话反馈": _feedback(FeedbackForm.PHONE),
    "采纳反馈": _review_of_feedback,
    "退回反馈": _review_of_feedback,
    "出具意见": _opinion,
    "延期": _extend,
    "答复": _reply,
    "书面答复": _reply,
    "执行": _execute,
    "免予执行": _execute,
    "评价": lambda line: outcome.RateCase(**line.fields(whom=Rated.UNIT, rating=Rating.MOSTLY)),
    "申请复查": _request(ReviewLevel.REVIEW),
    "复查决定": _decision(ReviewLevel.REVIEW),
    "申请复核": _request(ReviewLevel.REREVIEW),
    "复核决定": _decision(ReviewLevel.REREVIEW),
    "提出异议": _with_reason(above.ObjectToReferral),
    "报告上级": lambda line: above.ReportUp(**line.fields()),
    "重大": _with_reason(above.MarkMajor),
    "报告领导": lambda line: above.ReportToLeader(**line.fields(leader="示例领导")),
    "再访": lambda line: relations.RecordVisit(
        **line.fields(channel=Channel.VISIT, persons=line.number or 1)
    ),
    "关联": lambda line: relations.LinkCases(
        **line.fields(other="XF2025-0001", relation=Relation.REPEATS)
    ),
    "撤销关联": lambda line: relations.UnlinkCases(
        **line.fields(other="XF2025-0001", reason="示例理由")
    ),
    "认定情形": lambda line: grounds.FindGround(
        **line.fields(ground="7", unit=line.unit or "U01", evidence="示例依据")
    ),
    "附件": lambda line: relations.AttachFile(
        **line.fields(name="示例.txt", size=1, sha256="a" * 64)
    ),
    "备注": lambda line: relations.AddNote(**line.fields(text="示例备注")),
    "办结": _with_reason(closing.CloseCase),
    "无理由办结": lambda line: closing.CloseCase(**line.fields()),
    "重启": _with_reason(closing.ReopenCase),
}

# What a matter may be, by the word the tables have for it.
_TRAITS: dict[str, dict[str, Any]] = {
    "可联系": {"contactable": True},
    "匿名": {"anonymous": True},
    **{each.label: {"purpose": each} for each in Purpose},
    **{each.label: {"channel": each} for each in Channel},
}


def matter(traits: Sequence[str] = ()) -> CaseRegistered:
    """An invented matter with these traits; 「上级来文 2026-04-10」 names the superior's date."""
    fields: dict[str, Any] = {}
    for trait in traits:
        word, _, iso = trait.partition(" ")
        if word == "上级来文":
            due_on = date.fromisoformat(iso) if iso else None
            fields["superior"] = Superior("示例上级", "示例〔2026〕1号", due_on)
        else:
            fields |= _TRAITS[trait]
    return entry(NUMBER, **fields)


def parameters(told: Sequence[str]) -> Parameters:
    """Settings told as 「reply 3 自 2026-03-10」, in the order in which they were recorded."""
    settings = []
    for text in told:
        name, value, _, effective = text.split()
        settings.append(
            ParameterSet(
                name=name, value=int(value), effective=date.fromisoformat(effective), reason="示例"
            )
        )
    return Parameters(tuple(settings))


def fold(case: Case | None, facts: Sequence[Dated]) -> Case:
    """The matter after these facts, each an event of its own."""
    for each in facts:
        seq = len(case.as_recorded) + 1 if case else 1
        event = Event(seq, stream_of(NUMBER), each.occurred_on, "", "测试", each.fact)
        case = evolve(case, event)
    assert case is not None
    return case


def world_of(today: date, told: Sequence[str] = (), calendar: Calendar = CALENDAR) -> World:
    return World(today, calendar, clocks(), parameters(told))


def lived(
    history: Sequence[str],
    *,
    matter_is: Sequence[str] = (),
    set_to: Sequence[str] = (),
    calendar: Calendar = CALENDAR,
    today: date | None = None,
) -> Case:
    """The matter after its history; a first step other than 登记 happens on the day it came in."""
    lines = [read(each) for each in history]
    world = world_of(today or max(each.on for each in lines), set_to, calendar)
    case = fold(None, register(None, matter(matter_is), lines[0].on, world))
    for line in lines:
        if line.word != "登记":
            case = fold(case, decide(COMMANDS[line.word](line), case, world))
    return case


def after(case: Case, *history: str, today: date | None = None, set_to: Sequence[str] = ()) -> Case:
    """The matter after further steps."""
    for line in map(read, history):
        of_the_day = world_of(today or line.on, set_to)
        case = fold(case, decide(COMMANDS[line.word](line), case, of_the_day))
    return case


def owed(case: Case, on: date, *clock_names: str) -> list[str]:
    """Everything that is or was owed, as it stands at the end of a day; or of some clocks only."""
    return [
        _told(each, on)
        for each in case.obligations
        if not clock_names or each.duty.clock in clock_names
    ]


def _told(each: Obligation, on: date) -> str:
    debtor = "" if each.owed_by in DEBTOR_NAMES else f" {each.owed_by}"
    due_on = each.duty.due_on
    title = clocks()[each.duty.clock].title
    return f"{title}{debtor} {due_on} {weekday_of(due_on)} {standing(each, on)}"


def standing(each: Obligation, on: date) -> str:
    """How an obligation stands at the end of a day, worded apart from the reports."""
    still_open = each.discharged_on is None or on < each.discharged_on
    if each.duty.reminder:
        passed = on > each.duty.due_on
        return ("期限已过" if passed else "可以提出") if still_open else "已提出"
    until = on if still_open else each.discharged_on
    assert until is not None
    late = until > each.duty.due_on
    days = late_by(each.duty.due_on, until, each.duty.unit, CALENDAR)
    in_working_days = each.duty.unit is LengthUnit.WORKING_DAYS
    lateness = f"逾期 {days} {'个工作日' if in_working_days else '日'}"
    if still_open:
        return lateness if late else "未到期"
    ended = "已终止" if each.lapsed else "已履行"
    if late:
        return f"{ended}，{lateness}"
    return "已终止" if each.lapsed else "按期"
