"""Major decisions of units (细则 9(2)), and the petitions they caused (细则 13(1)).

The staff are to be consulted first, the petition risk predicted and judged, the petition office
asked where needed, and the decision taken collectively; each is a fact with its own day.
"""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain import consequence
from xfctl.domain.classification import DecisionOutcome, RiskLevel
from xfctl.domain.consequence import Consequence, ConsequenceLinked, ConsequenceUnlinked, Source
from xfctl.domain.event import Dated, Event, Stored, fact
from xfctl.domain.wording import check_text
from xfctl.domain.world import World, check_not_before, check_not_future, check_optional
from xfctl.errors import RuleRefusedError


@fact("decision.recorded")
class DecisionRecorded(Stored, frozen=True, kw_only=True):
    """A unit put a major decision forward."""

    number: str
    unit: str
    unit_name: str
    title: str


@fact("decision.consulted")
class StaffConsulted(Stored, frozen=True, kw_only=True):
    """The staff were asked: how, and what they said."""

    content: str


@fact("decision.assessed")
class RiskAssessed(Stored, frozen=True, kw_only=True):
    """The petition risk was predicted and judged."""

    level: RiskLevel
    content: str


@fact("decision.opinion_asked")
class OpinionAsked(Stored, frozen=True, kw_only=True):
    """The unit asked the petition office for its opinion."""

    content: str | None = None


@fact("decision.opinion_given")
class OpinionGiven(Stored, frozen=True, kw_only=True):
    """The petition office gave its opinion."""

    content: str


@fact("decision.settled")
class DecisionSettled(Stored, frozen=True, kw_only=True):
    """What was decided; ``discussion`` says how it was discussed collectively, None: it was not."""

    outcome: DecisionOutcome
    discussion: str | None = None


DecisionFact = StaffConsulted | RiskAssessed | OpinionAsked | OpinionGiven | DecisionSettled


class Decision(Struct, frozen=True):
    """A decision as its facts add up; ``steps`` in the order of recording."""

    recorded_on: date
    entry: DecisionRecorded
    steps: tuple[tuple[date, DecisionFact], ...] = ()
    consequences: tuple[Consequence, ...] = ()

    @property
    def number(self) -> str:
        """Its number, like JC2026-0001."""
        return self.entry.number

    @property
    def consulted_on(self) -> date | None:
        """The first day on which the staff were asked."""
        return min(
            (on for on, each in self.steps if isinstance(each, StaffConsulted)), default=None
        )

    @property
    def assessed_on(self) -> date | None:
        """The first day on which the risk was assessed."""
        return min((on for on, each in self.steps if isinstance(each, RiskAssessed)), default=None)

    @property
    def level(self) -> RiskLevel | None:
        """The risk as last predicted."""
        levels = [each.level for _, each in self.steps if isinstance(each, RiskAssessed)]
        return levels[-1] if levels else None

    @property
    def asked(self) -> tuple[tuple[date, OpinionAsked], ...]:
        """When the petition office was asked."""
        return tuple((on, each) for on, each in self.steps if isinstance(each, OpinionAsked))

    @property
    def opinions(self) -> tuple[tuple[date, OpinionGiven], ...]:
        """What it answered, each to the question of the same place."""
        return tuple((on, each) for on, each in self.steps if isinstance(each, OpinionGiven))

    @property
    def settled(self) -> tuple[date, DecisionSettled] | None:
        """How it was last settled, and when."""
        settled = [(on, each) for on, each in self.steps if isinstance(each, DecisionSettled)]
        return settled[-1] if settled else None

    @property
    def source(self) -> Source:
        """As what matters may be caused by."""
        return Source(f"决策 {self.number} ", self.recorded_on, self.consequences)


def evolve(state: Decision | None, event: Event) -> Decision:
    """Fold one event into the state of a decision."""
    if isinstance(event.fact, DecisionRecorded):
        return Decision(event.occurred_on, event.fact)
    assert state is not None, "a decision's first event records it"
    return _apply(event.fact, state, event.occurred_on)


@singledispatch
def _apply(fact: object, state: Decision, on: date) -> Decision:
    raise TypeError(f"not a fact of a decision: {type(fact).__name__}")


@_apply.register(StaffConsulted)
@_apply.register(RiskAssessed)
@_apply.register(OpinionAsked)
@_apply.register(OpinionGiven)
@_apply.register(DecisionSettled)
def _(fact: DecisionFact, state: Decision, on: date) -> Decision:
    return replace(state, steps=(*state.steps, (on, fact)))


@_apply.register(ConsequenceLinked)
@_apply.register(ConsequenceUnlinked)
def _(fact: consequence.ConsequenceFact, state: Decision, on: date) -> Decision:
    return replace(state, consequences=consequence.after(state.consequences, fact, on))


def record(number: str, unit: tuple[str, str], title: str, on: date, world: World) -> list[Dated]:
    """Record a decision that a unit (code, name) put forward."""
    check_not_future(on, world, "提出日期")
    code, name = unit
    title = check_text(title, "决策事项")
    return [Dated(on, DecisionRecorded(number=number, unit=code, unit_name=name, title=title))]


def consult(state: Decision, on: date, content: str, world: World) -> list[Dated]:
    """Record that the staff were asked; it counts as 事先 only if before the decision fell."""
    _check_day(state, on, world, "征求意见日期")
    return [Dated(on, StaffConsulted(content=check_text(content, "征求意见情况")))]


def assess(state: Decision, on: date, level: RiskLevel, content: str, world: World) -> list[Dated]:
    """Record an assessment of the petition risk; a later one says how it looks by then."""
    _check_day(state, on, world, "评估日期")
    return [Dated(on, RiskAssessed(level=level, content=check_text(content, "评估内容")))]


def ask(state: Decision, on: date, content: str | None, world: World) -> list[Dated]:
    """Record that the petition office was asked; one question at a time."""
    _check_day(state, on, world, "征求日期")
    if len(state.asked) > len(state.opinions):
        raise RuleRefusedError(
            f"决策 {state.number} 已于 {state.asked[-1][0]} 征求过意见，尚未答复；"
            "请先用 xfctl risk opinion 记录答复。"
        )
    return [Dated(on, OpinionAsked(content=check_optional(content, "征求内容")))]


def give_opinion(state: Decision, on: date, content: str, world: World) -> list[Dated]:
    """Record the petition office's answer."""
    if len(state.asked) == len(state.opinions):
        raise RuleRefusedError(
            f"决策 {state.number} 没有待答复的征求意见；请先用 xfctl risk ask 记录征求。"
        )
    _check_day(state, on, world, "答复日期")
    check_not_before(on, state.asked[-1][0], "答复日期", "征求日期")
    return [Dated(on, OpinionGiven(content=check_text(content, "意见")))]


def settle(
    state: Decision, on: date, outcome: DecisionOutcome, discussion: str | None, world: World
) -> list[Dated]:
    """Record what was decided; only what was deferred can be decided again."""
    held = state.settled
    if held is not None and held[1].outcome is not DecisionOutcome.DEFERRED:
        raise RuleRefusedError(
            f"决策 {state.number} 已于 {held[0]} 决定{held[1].outcome.label}；"
            "另有决定的请用 xfctl risk decide 另记。"
        )
    _check_day(state, on, world, "决定日期")
    check_not_before(on, held and held[0], "决定日期", "上次决定日期")
    settled = DecisionSettled(
        outcome=outcome, discussion=check_optional(discussion, "集体讨论情况")
    )
    return [Dated(on, settled)]


def _check_day(state: Decision, on: date, world: World, what: str) -> None:
    check_not_future(on, world, what)
    check_not_before(on, state.recorded_on, what, "提出日期")
