"""One accountability as its facts add up, and how one event changes it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.accountability.facts import (
    AccountLetterSent,
    AppealAccepted,
    AppealDecided,
    Appealed,
    CarriedOut,
    Decided,
    DueDateChanged,
    HandedOver,
    Imposed,
    NotAdopted,
    PersonsRevealed,
    Proposed,
    RecordVoided,
    RectificationExtended,
    RectificationReported,
    RectificationReviewed,
    Withdrawn,
)
from xfctl.domain.accountability.milestones import Milestones, all_carried_out
from xfctl.domain.classification import AccountStage, AppealResult
from xfctl.domain.event import Event
from xfctl.domain.keys import APPEAL, RECTIFICATION, person_of
from xfctl.domain.obligation import Obligation, Opening
from xfctl.regulation.ladder import Ladder, ladder


class Sanction(Struct, frozen=True):
    """One measure on one person: in force from ``since`` until an appeal ended it, if one did."""

    measure: str
    body: str
    person: int
    since: date
    until: date | None = None
    carried_out_on: date | None = None
    carried_out_by: str | None = None


class Appeal(Struct, frozen=True):
    """One appeal (申诉): filed, taken in, decided."""

    filed_on: date
    fact: Appealed
    accepted_on: date | None = None
    decided_on: date | None = None
    decision: AppealDecided | None = None


class Accountability(Struct, frozen=True):
    """Everything the events of one accountability add up to.

    ``history`` holds the events that count, voided ones left out; ``as_recorded`` all of them.
    ``rectified_on`` is the first day on which the rectification was accepted.
    """

    proposed_on: date
    entry: Proposed
    history: tuple[Event, ...]
    as_recorded: tuple[Event, ...]
    withdrawn_on: date | None = None
    not_adopted_on: date | None = None
    decided_on: date | None = None
    decision: Decided | None = None
    sanctions: tuple[Sanction, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    extended: bool = False
    rectified_on: date | None = None
    handed_over_on: date | None = None
    appeals: tuple[Appeal, ...] = ()
    award_until: date | None = None

    @property
    def number(self) -> str:
        """Its number, like ZZ2026-0001."""
        return self.entry.number

    @property
    def rules(self) -> Ladder:
        """The ladder that judges it: that of the day in question (细则 22)."""
        return ladder(self.entry.day_in_question)

    @property
    def rectification(self) -> Obligation | None:
        """What the unit must put right by when, if the decision says so."""
        return self.obligation(RECTIFICATION)

    @property
    def revoked_on(self) -> date | None:
        """The day on which the last measure was revoked on appeal, if none is left."""
        if not self.sanctions or any(each.until is None for each in self.sanctions):
            return None
        return max(each.until for each in self.sanctions if each.until is not None)

    @property
    def carried_out_on(self) -> date | None:
        """The first day at whose end every measure in force had been carried out."""
        days = {day for each in self.sanctions for day in (each.carried_out_on, each.until)}
        done = [day for day in days if day is not None and all_carried_out(self.sanctions, day)]
        return min(done, default=None)

    def obligation(self, key: str) -> Obligation | None:
        """The obligation of that key, if there is or was one."""
        return next((each for each in self.obligations if each.key == key), None)

    def owes(self, key: str) -> bool:
        """Whether an obligation of that key is still open."""
        found = self.obligation(key)
        return found is not None and found.discharged_on is None

    def statements(self, clock: str, person: int) -> list[Obligation]:
        """What a person owed by one of ``keys.STATEMENTS``, each time it was asked for."""
        return [
            each
            for each in self.obligations
            if each.duty.clock == clock and person_of(each.key) == person
        ]

    def owes_statement(self, clock: str, person: int) -> bool:
        """Whether a person still owes a statement."""
        return any(each.discharged_on is None for each in self.statements(clock, person))

    @property
    def failed_on(self) -> date | None:
        """The first day on which the rectification is late, be it still to come; None if it ended before."""
        owed = self.rectification
        if owed is None:
            return None
        late = owed.duty.due_on + timedelta(days=1)
        ended = owed.discharged_on
        return None if ended is not None and ended < late else late

    @property
    def milestones(self) -> Milestones:
        """The days by which its stage is told."""
        owed = self.rectification
        return Milestones(
            withdrawn_on=self.withdrawn_on,
            not_adopted_on=self.not_adopted_on,
            decided_on=self.decided_on,
            carried_out_on=self.carried_out_on,
            rectify_by=owed.duty.due_on if owed else None,
            rectified_on=self.rectified_on,
            failed_on=self.failed_on,
            revoked_on=self.revoked_on,
            courses=self.sanctions,
        )

    def stage(self, on: date) -> AccountStage:
        """Where it stands at the end of a day."""
        return self.milestones.stage(on)


def evolve(state: Accountability | None, event: Event) -> Accountability:
    """Fold one event into the state; a voided record makes it fold anew without that event."""
    if state is None:
        return _first(event)
    as_recorded = (*state.as_recorded, event)
    if isinstance(event.fact, RecordVoided):
        left = [each for each in state.history if each.seq != event.fact.seq]
        return replace(_fold(left), as_recorded=as_recorded)
    return replace(_next(state, event), as_recorded=as_recorded)


def _first(event: Event) -> Accountability:
    assert isinstance(event.fact, Proposed), "an accountability's first event proposes it"
    return Accountability(event.occurred_on, event.fact, history=(event,), as_recorded=(event,))


def _fold(history: list[Event]) -> Accountability:
    first, *rest = history
    state = _first(first)
    for event in rest:
        state = _next(state, event)
    return state


def _next(state: Accountability, event: Event) -> Accountability:
    changed = _apply(event.fact, state, event.occurred_on)
    return replace(changed, history=(*state.history, event))


@singledispatch
def _apply(fact: object, state: Accountability, on: date) -> Accountability:
    raise TypeError(f"not a fact of an accountability: {type(fact).__name__}")


@_apply.register(Withdrawn)
def _(fact: Withdrawn, state: Accountability, on: date) -> Accountability:
    return replace(state, withdrawn_on=on)


@_apply.register(NotAdopted)
def _(fact: NotAdopted, state: Accountability, on: date) -> Accountability:
    return replace(state, not_adopted_on=on)


@_apply.register(Decided)
def _(fact: Decided, state: Accountability, on: date) -> Accountability:
    return replace(
        state,
        decided_on=on,
        decision=fact,
        sanctions=_imposed(fact.imposed, on),
        obligations=tuple(each.begun() for each in fact.opens),
    )


@_apply.register(CarriedOut)
def _(fact: CarriedOut, state: Accountability, on: date) -> Accountability:
    sanctions = tuple(
        replace(each, carried_out_on=on, carried_out_by=fact.by)
        if each.measure == fact.measure and each.person in fact.persons and each.until is None
        else each
        for each in state.sanctions
    )
    return _ended(replace(state, sanctions=sanctions), fact.ends, on)


@_apply.register(PersonsRevealed)
def _(fact: PersonsRevealed, state: Accountability, on: date) -> Accountability:
    return state


@_apply.register(AccountLetterSent)
def _(fact: AccountLetterSent, state: Accountability, on: date) -> Accountability:
    return state


@_apply.register(RectificationReported)
def _(fact: RectificationReported, state: Accountability, on: date) -> Accountability:
    return state


@_apply.register(RectificationReviewed)
def _(fact: RectificationReviewed, state: Accountability, on: date) -> Accountability:
    if not fact.accepted:
        return state
    return _ended(replace(state, rectified_on=on), (RECTIFICATION,), on)


@_apply.register(RectificationExtended)
def _(fact: RectificationExtended, state: Accountability, on: date) -> Accountability:
    return _restarted(replace(state, extended=True), fact.opens)


@_apply.register(DueDateChanged)
def _(fact: DueDateChanged, state: Accountability, on: date) -> Accountability:
    for opening in fact.opens:
        state = _restarted(state, opening)
    return state


@_apply.register(HandedOver)
def _(fact: HandedOver, state: Accountability, on: date) -> Accountability:
    return replace(state, handed_over_on=min(on, state.handed_over_on or on))


@_apply.register(Appealed)
def _(fact: Appealed, state: Accountability, on: date) -> Accountability:
    return replace(state, appeals=(*state.appeals, Appeal(on, fact)))


@_apply.register(AppealAccepted)
def _(fact: AppealAccepted, state: Accountability, on: date) -> Accountability:
    accepted = replace(state.appeals[fact.appeal - 1], accepted_on=on)
    owed = (*state.obligations, fact.opens.begun())
    return replace(_with_appeal(state, accepted), obligations=owed)


@_apply.register(AppealDecided)
def _(fact: AppealDecided, state: Accountability, on: date) -> Accountability:
    """What was revoked or replaced ends on this day; what it did until then stays true.

    A decision opens obligations under new keys; those recorded before that used a key again, and
    still take the place of what was owed under it.
    """
    decided = replace(state.appeals[fact.appeal - 1], decided_on=on, decision=fact)
    state = _ended(_with_appeal(state, decided), (f"{APPEAL}/{fact.appeal}",), on)
    if fact.result is not AppealResult.UPHELD:
        sanctions = tuple(
            replace(each, until=on)
            if each.person in decided.fact.persons and each.until is None
            else each
            for each in state.sanctions
        )
        fresh = tuple(each.begun() for each in fact.opens)
        keys = {each.key for each in fresh}
        kept = tuple(each for each in state.obligations if each.key not in keys)
        state = replace(
            state, sanctions=sanctions + _imposed(fact.imposed, on), obligations=kept + fresh
        )
    if fact.ends_award:
        state = replace(state, award_until=on)
    return _ended(state, fact.lapses, on, lapsed=True)


def _imposed(imposed: tuple[Imposed, ...], on: date) -> tuple[Sanction, ...]:
    return tuple(
        Sanction(each.measure, each.body, person, since=on)
        for each in imposed
        for person in each.persons
    )


def _restarted(state: Accountability, opening: Opening) -> Accountability:
    owed = tuple(
        replace(each, duty=opening.duty) if each.key == opening.key else each
        for each in state.obligations
    )
    return replace(state, obligations=owed)


def _ended(
    state: Accountability, keys: tuple[str, ...], on: date, *, lapsed: bool = False
) -> Accountability:
    owed = tuple(
        each.end(on, lapsed=lapsed) if each.key in keys else each for each in state.obligations
    )
    return replace(state, obligations=owed)


def _with_appeal(state: Accountability, changed: Appeal) -> Accountability:
    appeals = (
        changed if each.fact.appeal == changed.fact.appeal else each for each in state.appeals
    )
    return replace(state, appeals=tuple(appeals))
