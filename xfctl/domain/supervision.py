"""Supervision (督办, 细则 10–11): its facts, its state, and the rules of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.classification import LetterKind, SupervisionForm
from xfctl.domain.event import Dated, Event, Stored, fact
from xfctl.domain.obligation import Obligation, Opening, recounted
from xfctl.domain.steps.grounds import ground_named
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_before, check_not_future, check_optional
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.grounds import order
from xfctl.workdays.calendar import Calendar

RESPONSE = "supervision_response"


@fact("supervision.opened")
class SupervisionOpened(Stored, frozen=True, kw_only=True):
    """The office began to supervise a unit over one or more matters.

    ``tracker`` is who follows it (谁首次办理、谁跟踪督办); ``joint`` the departments taking part;
    ``opens`` the response owed by the unit; ``grounds`` are keys of the rule set.
    """

    number: str
    cases: tuple[str, ...]
    unit: str
    unit_name: str
    grounds: tuple[str, ...]
    forms: tuple[SupervisionForm, ...]
    tracker: str
    opens: Opening
    joint: tuple[str, ...] = ()
    reason: str | None = None


@fact("supervision.acted")
class SupervisionActed(Stored, frozen=True, kw_only=True):
    """The office did something: called, wrote, went there."""

    form: SupervisionForm
    content: str


@fact("supervision.responded")
class SupervisionResponded(Stored, frozen=True, kw_only=True):
    """The unit responded to the supervision."""

    content: str


@fact("supervision.due_date_changed")
class ResponseDueChanged(Stored, frozen=True, kw_only=True):
    """The response deadline was counted anew because the calendar changed."""

    opens: Opening
    reason: str


@fact("supervision.closed")
class SupervisionClosed(Stored, frozen=True, kw_only=True):
    """The supervision ended with a result; ``scope`` names where it was circulated (通报)."""

    result: str
    scope: str | None = None


@fact("supervision.letter_sent")
class SupervisionLetterSent(Stored, frozen=True, kw_only=True):
    """The letter that tells the unit of the supervision (函件督办) was made out, as LetterSent."""

    letter: LetterKind
    recipient: str
    sha256: str
    size: int
    document: str | None = None


class Supervision(Struct, frozen=True):
    """A supervision as its facts add up; actions and responses in the order of recording."""

    opened_on: date
    entry: SupervisionOpened
    response: Obligation
    actions: tuple[tuple[date, SupervisionActed], ...] = ()
    responses: tuple[tuple[date, SupervisionResponded], ...] = ()
    letters: tuple[tuple[date, SupervisionLetterSent], ...] = ()
    closed_on: date | None = None
    closing: SupervisionClosed | None = None

    @property
    def number(self) -> str:
        """Its number, like DB2026-0001."""
        return self.entry.number

    @property
    def responded_on(self) -> date | None:
        """The day of the earliest response."""
        return min((on for on, _ in self.responses), default=None)


def evolve(state: Supervision | None, event: Event) -> Supervision:
    """Fold one event into the state of a supervision."""
    opened = event.fact
    if isinstance(opened, SupervisionOpened):
        return Supervision(event.occurred_on, opened, opened.opens.begun())
    assert state is not None, "a supervision's first event opens it"
    return _apply(event.fact, state, event.occurred_on)


@singledispatch
def _apply(fact: object, state: Supervision, on: date) -> Supervision:
    raise TypeError(f"not a fact of a supervision: {type(fact).__name__}")


@_apply.register(SupervisionActed)
def _(fact: SupervisionActed, state: Supervision, on: date) -> Supervision:
    return replace(state, actions=(*state.actions, (on, fact)))


@_apply.register(SupervisionResponded)
def _(fact: SupervisionResponded, state: Supervision, on: date) -> Supervision:
    responses = (*state.responses, (on, fact))
    return replace(state, responses=responses, response=state.response.end(on))


@_apply.register(SupervisionLetterSent)
def _(fact: SupervisionLetterSent, state: Supervision, on: date) -> Supervision:
    return replace(state, letters=(*state.letters, (on, fact)))


@_apply.register(ResponseDueChanged)
def _(fact: ResponseDueChanged, state: Supervision, on: date) -> Supervision:
    return replace(state, response=replace(state.response, duty=fact.opens.duty))


@_apply.register(SupervisionClosed)
def _(fact: SupervisionClosed, state: Supervision, on: date) -> Supervision:
    response = state.response.end(on, lapsed=True)
    return replace(state, closed_on=on, closing=fact, response=response)


class OpenSupervision(Struct, frozen=True, kw_only=True):
    """What an officer asks to be supervised; ``days`` are working days to respond.

    None for ``days`` means the length in force, for ``tracker`` the first responder of the first
    matter (细则 10: 谁首次办理、谁跟踪督办). ``redacted`` as in AssignCase.
    """

    on: date
    cases: tuple[str, ...]
    unit: str
    unit_name: str
    grounds: tuple[str, ...]
    forms: tuple[SupervisionForm, ...]
    tracker: str | None = None
    days: int | None = None
    joint: tuple[str, ...] = ()
    reason: str | None = None
    redacted: str | None = None


def open_supervision(
    command: OpenSupervision, number: str, matters: Sequence[Case], world: World
) -> list[Dated]:
    """Begin a supervision of matters; its response deadline is an obligation like any other.

    Raises InputRefusedError for a date out of order, or where ground, form or a reason is missing.
    """
    check_not_future(command.on, world, "督办日期")
    for each in matters:
        bound = f"事项 {each.number} 的登记日期"
        check_not_before(command.on, each.registered_on, "督办日期", bound)
    if not command.grounds:
        raise InputRefusedError("没有写明督办情形；请用 --ground 写明是哪一项。")
    if not command.forms:
        raise InputRefusedError("没有写明督办形式；请用 --form 写明网络、电话、函件或实地。")
    grounds = [ground_named(each, world.grounds) for each in command.grounds]
    for ground in grounds:
        if ground.reason and not command.reason:
            raise InputRefusedError(
                f"{ground.article}「{ground.title}」须写明理由；请加 --reason。"
            )
    tracker = matters[0].entry.first_responder if command.tracker is None else command.tracker
    duty = world.duty(RESPONSE, command.on, length=command.days)
    opened = SupervisionOpened(
        number=number,
        cases=tuple(dict.fromkeys(each.number for each in matters)),
        unit=command.unit,
        unit_name=command.unit_name,
        grounds=tuple(sorted({each.key for each in grounds}, key=order)),
        forms=tuple(dict.fromkeys(command.forms)),
        tracker=check_text(tracker, "跟踪督办人", LONGEST_NAME),
        opens=Opening(f"{RESPONSE}/{number}", command.unit, duty),
        joint=tuple(check_text(each, "会同部门", LONGEST_NAME) for each in command.joint),
        reason=check_optional(command.reason, "理由"),
    )
    return [Dated(command.on, opened)]


def act(
    state: Supervision, on: date, form: SupervisionForm, content: str, world: World
) -> list[Dated]:
    """Record what was done.

    Raises RuleRefusedError once it is closed, InputRefusedError for a date out of order or no words.
    """
    _check(state, on, world, "督办行动日期")
    return [Dated(on, SupervisionActed(form=form, content=check_text(content, "内容")))]


def respond(state: Supervision, on: date, content: str, world: World) -> list[Dated]:
    """Record the unit's response; it discharges the deadline. Raises as ``act`` does."""
    _check(state, on, world, "回复日期")
    return [Dated(on, SupervisionResponded(content=check_text(content, "回复内容")))]


def close(
    state: Supervision, on: date, result: str, scope: str | None, world: World
) -> list[Dated]:
    """End it with a result; an open response lapses with it. Raises as ``act`` does."""
    _check(state, on, world, "督办办结日期")
    latest = max((each for each, _ in (*state.actions, *state.responses)), default=None)
    check_not_before(on, latest, "督办办结日期", "最近一次督办行动或回复的日期")
    closing = SupervisionClosed(
        result=check_text(result, "督办结果"), scope=check_optional(scope, "通报范围", LONGEST_NAME)
    )
    return [Dated(on, closing)]


def recount_response(state: Supervision, calendar: Calendar, reason: str, on: date) -> list[Dated]:
    """The open response deadline counted on another calendar, where that differs."""
    moved = recounted((state.response,), calendar)
    return [Dated(on, ResponseDueChanged(opens=each, reason=reason)) for each in moved]


def _check(state: Supervision, on: date, world: World, what: str) -> None:
    if state.closed_on is not None:
        raise RuleRefusedError(
            f"督办 {state.number} 已于 {state.closed_on} 办结；需要再次督办请用 xfctl supervise open。"
        )
    check_not_future(on, world, what)
    check_not_before(on, state.opened_on, what, "督办开始日期")
