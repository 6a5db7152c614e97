"""Inspections (督查, 细则 10): policy implementation, backlog clearing, important matters."""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.classification import InspectionSubject
from xfctl.domain.event import Dated, Event, Stored, fact
from xfctl.domain.obligation import Obligation, Opening, named
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_before, check_not_future, check_optional
from xfctl.errors import InputRefusedError, RuleRefusedError

FOLLOW_UP = "inspection_follow_up"


@fact("inspection.opened")
class InspectionOpened(Stored, frozen=True, kw_only=True):
    """An inspection began; ``departments`` take part in it."""

    number: str
    subject: InspectionSubject
    title: str
    lead: str
    departments: tuple[str, ...] = ()


@fact("inspection.found")
class InspectionFound(Stored, frozen=True, kw_only=True):
    """A finding about a unit; where ``opens`` is set, the unit must follow up by a date."""

    finding: int
    unit: str
    unit_name: str
    content: str
    opens: Opening | None = None


@fact("inspection.followed_up")
class InspectionFollowedUp(Stored, frozen=True, kw_only=True):
    """A unit followed up on a finding."""

    finding: int
    content: str


@fact("inspection.closed")
class InspectionClosed(Stored, frozen=True, kw_only=True):
    """The inspection ended; ``scope`` names where the result was circulated (通报)."""

    result: str
    scope: str | None = None


class Finding(Struct, frozen=True):
    """A finding, and how it was followed up."""

    found_on: date
    fact: InspectionFound
    followed_up_on: date | None = None
    follow_up: str | None = None


class Inspection(Struct, frozen=True):
    """An inspection as its facts add up."""

    opened_on: date
    entry: InspectionOpened
    findings: tuple[Finding, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    closed_on: date | None = None
    closing: InspectionClosed | None = None

    @property
    def number(self) -> str:
        """Its number, like DC2026-0001."""
        return self.entry.number


def evolve(state: Inspection | None, event: Event) -> Inspection:
    """Fold one event into the state of an inspection."""
    if isinstance(event.fact, InspectionOpened):
        return Inspection(event.occurred_on, event.fact)
    assert state is not None, "an inspection's first event opens it"
    return _apply(event.fact, state, event.occurred_on)


@singledispatch
def _apply(fact: object, state: Inspection, on: date) -> Inspection:
    raise TypeError(f"not a fact of an inspection: {type(fact).__name__}")


@_apply.register(InspectionFound)
def _(fact: InspectionFound, state: Inspection, on: date) -> Inspection:
    owed = state.obligations
    if fact.opens is not None:
        owed += (fact.opens.begun(),)
    return replace(state, findings=(*state.findings, Finding(on, fact)), obligations=owed)


@_apply.register(InspectionFollowedUp)
def _(fact: InspectionFollowedUp, state: Inspection, on: date) -> Inspection:
    key = _key(fact.finding)
    findings = tuple(
        replace(each, followed_up_on=on, follow_up=fact.content)
        if each.fact.finding == fact.finding
        else each
        for each in state.findings
    )
    owed = tuple(each.end(on) if each.key == key else each for each in state.obligations)
    return replace(state, findings=findings, obligations=owed)


@_apply.register(InspectionClosed)
def _(fact: InspectionClosed, state: Inspection, on: date) -> Inspection:
    return replace(state, closed_on=on, closing=fact)


def open_inspection(entry: InspectionOpened, on: date, world: World) -> list[Dated]:
    """Begin an inspection. Raises InputRefusedError for a date to come or words that cannot be taken."""
    check_not_future(on, world, "督查日期")
    checked = replace(
        entry,
        title=check_text(entry.title, "督查事由"),
        lead=check_text(entry.lead, "牵头人", LONGEST_NAME),
        departments=tuple(check_text(each, "会同部门", LONGEST_NAME) for each in entry.departments),
    )
    return [Dated(on, checked)]


def find(
    state: Inspection,
    on: date,
    unit: tuple[str, str],
    content: str,
    due_on: date | None,
    world: World,
) -> list[Dated]:
    """Record a finding about a unit (code, name), and by when it must follow up.

    Raises RuleRefusedError once the inspection is closed, InputRefusedError for a date out of order.
    """
    _check(state, on, world, "督查发现日期")
    number = len(state.findings) + 1
    opens = None
    if due_on is not None:
        check_not_before(due_on, on, "整改落实期限", "督查发现日期")
        duty = named(world.clocks[FOLLOW_UP], on, due_on)
        opens = Opening(_key(number), unit[0], duty)
    found = InspectionFound(
        finding=number,
        unit=unit[0],
        unit_name=unit[1],
        content=check_text(content, "督查发现"),
        opens=opens,
    )
    return [Dated(on, found)]


def follow_up(state: Inspection, on: date, finding: int, content: str, world: World) -> list[Dated]:
    """Record that a unit followed up; legal after closing too, for what comes late.

    Raises InputRefusedError for a finding there is not or a date out of order, RuleRefusedError for one
    already followed up.
    """
    check_not_future(on, world, "落实日期")
    known = {each.fact.finding: each for each in state.findings}
    if finding not in known:
        raise InputRefusedError(
            f"督查 {state.number} 没有第 {finding} 条发现；请用 xfctl supervise inspection {state.number} 核对。"
        )
    if known[finding].followed_up_on is not None:
        raise RuleRefusedError(
            f"督查 {state.number} 的第 {finding} 条发现已于 {known[finding].followed_up_on} 落实；"
            f"请用 xfctl supervise inspection {state.number} 核对。"
        )
    check_not_before(on, known[finding].found_on, "落实日期", "督查发现日期")
    done = InspectionFollowedUp(finding=finding, content=check_text(content, "落实情况"))
    return [Dated(on, done)]


def close(state: Inspection, on: date, result: str, scope: str | None, world: World) -> list[Dated]:
    """End an inspection; what units still owe stays owed. Raises as ``find`` does."""
    _check(state, on, world, "督查办结日期")
    latest = max((each.found_on for each in state.findings), default=None)
    check_not_before(on, latest, "督查办结日期", "最近一条督查发现的日期")
    closing = InspectionClosed(
        result=check_text(result, "督查结果"), scope=check_optional(scope, "通报范围", LONGEST_NAME)
    )
    return [Dated(on, closing)]


def _check(state: Inspection, on: date, world: World, what: str) -> None:
    if state.closed_on is not None:
        raise RuleRefusedError(f"督查 {state.number} 已于 {state.closed_on} 办结；请另立一次督查。")
    check_not_future(on, world, what)
    check_not_before(on, state.opened_on, what, "督查开始日期")


def _key(finding: int) -> str:
    return f"{FOLLOW_UP}/{finding}"
