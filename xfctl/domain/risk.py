"""Risk points (隐患点、关键点, 细则 5, 8(3), 9(1)): reported, reviewed by named dates, resolved."""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain import consequence
from xfctl.domain.classification import RiskKind, RiskLevel, RiskTrend
from xfctl.domain.consequence import Consequence, ConsequenceLinked, ConsequenceUnlinked, Source
from xfctl.domain.event import Dated, Event, Stored, fact
from xfctl.domain.obligation import Obligation, Opening, named
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import (
    World,
    check_not_before,
    check_not_future,
    check_optional,
    check_persons,
)
from xfctl.errors import InputRefusedError, RuleRefusedError

REVIEW = "risk_review"


@fact("risk.added")
class RiskAdded(Stored, frozen=True, kw_only=True):
    """A unit reported a risk point; ``opens`` is the review it owes by a named date.

    ``persons`` counts those concerned; ``leader`` is who answers for it.
    """

    number: str
    kind: RiskKind
    unit: str
    unit_name: str
    summary: str
    persons: int
    level: RiskLevel
    trend: RiskTrend
    leader: str
    opens: Opening
    measures: str | None = None


@fact("risk.reviewed")
class RiskReviewed(Stored, frozen=True, kw_only=True):
    """The unit looked at it again; what is None stayed as it was.

    ``opens`` is the next review, where a date was named for it.
    """

    content: str
    level: RiskLevel | None = None
    trend: RiskTrend | None = None
    persons: int | None = None
    measures: str | None = None
    opens: Opening | None = None


@fact("risk.resolved")
class RiskResolved(Stored, frozen=True, kw_only=True):
    """The risk is gone; a review still owed lapses with it."""

    result: str


class Risk(Struct, frozen=True):
    """A risk point as its facts add up; reviews in the order of recording."""

    added_on: date
    entry: RiskAdded
    persons: int
    level: RiskLevel
    trend: RiskTrend
    measures: str | None
    obligations: tuple[Obligation, ...]
    reviews: tuple[tuple[date, RiskReviewed], ...] = ()
    consequences: tuple[Consequence, ...] = ()
    resolved_on: date | None = None
    result: str | None = None

    @property
    def number(self) -> str:
        """Its number, like FX2026-0001."""
        return self.entry.number

    @property
    def owed(self) -> Obligation | None:
        """The review still owed; there is at most one."""
        return next((each for each in self.obligations if each.discharged_on is None), None)

    @property
    def source(self) -> Source:
        """As what matters may come of."""
        return Source(f"{self.entry.kind.label} {self.number} ", self.added_on, self.consequences)


def evolve(state: Risk | None, event: Event) -> Risk:
    """Fold one event into the state of a risk point."""
    added = event.fact
    if isinstance(added, RiskAdded):
        return Risk(
            event.occurred_on,
            added,
            persons=added.persons,
            level=added.level,
            trend=added.trend,
            measures=added.measures,
            obligations=(added.opens.begun(),),
        )
    assert state is not None, "a risk point's first event adds it"
    return _apply(event.fact, state, event.occurred_on)


@singledispatch
def _apply(fact: object, state: Risk, on: date) -> Risk:
    raise TypeError(f"not a fact of a risk point: {type(fact).__name__}")


@_apply.register(RiskReviewed)
def _(fact: RiskReviewed, state: Risk, on: date) -> Risk:
    obligations = tuple(each.end(on) for each in state.obligations)
    if fact.opens is not None:
        obligations += (fact.opens.begun(),)
    return replace(
        state,
        reviews=(*state.reviews, (on, fact)),
        level=fact.level or state.level,
        trend=fact.trend or state.trend,
        persons=fact.persons or state.persons,
        measures=fact.measures or state.measures,
        obligations=obligations,
    )


@_apply.register(RiskResolved)
def _(fact: RiskResolved, state: Risk, on: date) -> Risk:
    ended = tuple(each.end(on, lapsed=True) for each in state.obligations)
    return replace(state, resolved_on=on, result=fact.result, obligations=ended)


@_apply.register(ConsequenceLinked)
@_apply.register(ConsequenceUnlinked)
def _(fact: consequence.ConsequenceFact, state: Risk, on: date) -> Risk:
    return replace(state, consequences=consequence.after(state.consequences, fact, on))


class AddRisk(Struct, frozen=True, kw_only=True):
    """What a unit reports; ``review_by`` is the last day of the first review."""

    on: date
    kind: RiskKind
    unit: str
    unit_name: str
    summary: str
    persons: int
    level: RiskLevel
    trend: RiskTrend
    leader: str
    review_by: date
    measures: str | None = None


def add(command: AddRisk, number: str, world: World) -> list[Dated]:
    """Take a risk point into the list; its review is an obligation of the unit.

    Raises InputRefusedError for a date out of order, an impossible number, or missing words.
    """
    check_not_future(command.on, world, "排查日期")
    check_persons(command.persons, "涉及人数")
    added = RiskAdded(
        number=number,
        kind=command.kind,
        unit=command.unit,
        unit_name=command.unit_name,
        summary=check_text(command.summary, "隐患"),
        persons=command.persons,
        level=command.level,
        trend=command.trend,
        leader=check_text(command.leader, "责任领导", LONGEST_NAME),
        opens=_opening(1, command.unit, command.on, command.review_by, world),
        measures=check_optional(command.measures, "措施"),
    )
    return [Dated(command.on, added)]


class ReviewRisk(Struct, frozen=True, kw_only=True):
    """What a review found; None means unchanged, or no next review named."""

    on: date
    content: str
    level: RiskLevel | None = None
    trend: RiskTrend | None = None
    persons: int | None = None
    measures: str | None = None
    review_by: date | None = None


def review(state: Risk, command: ReviewRisk, world: World) -> list[Dated]:
    """Record a review; it discharges the one that was owed, and may name the next date.

    Raises RuleRefusedError once it is resolved, InputRefusedError as ``add`` does.
    """
    _check(state, command.on, world, "复查日期")
    if command.persons is not None:
        check_persons(command.persons, "涉及人数")
    opens = None
    if command.review_by is not None:
        nth = len(state.obligations) + 1
        opens = _opening(nth, state.entry.unit, command.on, command.review_by, world)
    reviewed = RiskReviewed(
        content=check_text(command.content, "复查情况"),
        level=command.level,
        trend=command.trend,
        persons=command.persons,
        measures=check_optional(command.measures, "措施"),
        opens=opens,
    )
    return [Dated(command.on, reviewed)]


def resolve(state: Risk, on: date, result: str, world: World) -> list[Dated]:
    """Strike it off, saying how it was dealt with. Raises as ``review`` does."""
    _check(state, on, world, "化解日期")
    return [Dated(on, RiskResolved(result=check_text(result, "化解结果")))]


def _check(state: Risk, on: date, world: World, what: str) -> None:
    if state.resolved_on is not None:
        raise RuleRefusedError(
            f"{state.entry.kind.label} {state.number} 已于 {state.resolved_on} 化解；"
            "再次出现的请用 xfctl risk add 另报。"
        )
    check_not_future(on, world, what)
    check_not_before(on, state.added_on, what, "排查日期")
    latest = max((each for each, _ in state.reviews), default=None)
    check_not_before(on, latest, what, "上次复查日期")


def _opening(nth: int, unit: str, on: date, review_by: date, world: World) -> Opening:
    """The nth review, owed by a date after the day that names it."""
    if review_by <= on:
        raise InputRefusedError(f"复查期限 {review_by} 须晚于 {on}；请核对日期。")
    key = REVIEW if nth == 1 else f"{REVIEW}/{nth}"
    return Opening(key, unit, named(world.clocks[REVIEW], on, review_by))
