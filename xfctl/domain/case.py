"""A petition matter as its facts add up: state, and how one event changes it."""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.case_facts import (
    AccusedNamed,
    AssignmentReturned,
    CaseAccepted,
    CaseAssigned,
    CaseClosed,
    CaseDeclined,
    CaseDismissed,
    CaseFact,
    CaseLinked,
    CaseReceived,
    CaseReferred,
    CaseRegistered,
    CaseReopened,
    CaseReplied,
    CaseUnlinked,
    FactCorrected,
    FeedbackGiven,
    FeedbackReviewed,
    FileAttached,
    HandlingExtended,
    MarkedMajor,
    MaterialRedacted,
    OpinionDelivered,
    ReportedToLeader,
)
from xfctl.domain.classification import FeedbackForm, Purpose, Relation, Role
from xfctl.domain.event import Event
from xfctl.domain.obligation import DEBTOR_NAMES, Obligation, changed


class Feedback(Struct, frozen=True):
    """One report of a unit on one assignment; ``accepted`` is None until it was reviewed."""

    assignment: int
    given_on: date
    form: FeedbackForm
    content: str | None
    accepted: bool | None = None


class Assignment(Struct, frozen=True):
    """The matter in the hands of one unit, under the unit's name of that day."""

    number: int
    unit: str
    unit_name: str
    role: Role
    assigned_on: date
    received_on: date | None = None
    returned_on: date | None = None


class Link(Struct, frozen=True):
    """How a matter belongs to another."""

    other: str
    relation: Relation


class Case(Struct, frozen=True):
    """Everything the events of one matter add up to.

    ``history`` holds its events as they count, corrections applied; ``as_recorded`` as they were
    written.
    """

    registered_on: date
    entry: CaseRegistered
    history: tuple[Event, ...]
    as_recorded: tuple[Event, ...]
    accepted_on: date | None = None
    declined_on: date | None = None
    dismissed_on: date | None = None
    referred_on: date | None = None
    assignments: tuple[Assignment, ...] = ()
    feedbacks: tuple[Feedback, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    opinion: OpinionDelivered | None = None
    extension: HandlingExtended | None = None
    replied_on: date | None = None
    major_on: date | None = None
    reported_to_leader_on: date | None = None
    links: tuple[Link, ...] = ()
    attachments: tuple[FileAttached, ...] = ()
    accused: tuple[str, ...] = ()
    redactions: tuple[MaterialRedacted, ...] = ()
    closed_on: date | None = None
    closing: CaseClosed | None = None

    @property
    def number(self) -> str:
        """The number the office knows the matter by."""
        return self.entry.number

    @property
    def major(self) -> bool:
        """Whether it was marked as major or urgent (细则 8(4))."""
        return self.major_on is not None

    @property
    def accusation(self) -> bool:
        """Whether the matter accuses someone (检举控告, 细则 13(8))."""
        return self.entry.purpose is Purpose.ACCUSATION

    def redacted_for(self, unit: str | None) -> bool:
        """Whether it is on record that a unit got the matter without what it must not learn."""
        return unit is not None and any(each.unit == unit for each in self.redactions)

    @property
    def id(self) -> int:
        """A number unique within the ledger: the place of the registering event."""
        return self.as_recorded[0].seq

    @property
    def active(self) -> tuple[Assignment, ...]:
        """The assignments that were not returned."""
        return tuple(each for each in self.assignments if each.returned_on is None)

    @property
    def lead(self) -> Assignment | None:
        """The assignment of the lead unit (主办), the latest if it changed hands."""
        leads = [each for each in self.active if each.role is Role.LEAD]
        return leads[-1] if leads else None

    @property
    def unreviewed(self) -> tuple[Assignment, ...]:
        """The assignments whose latest written report nobody has reviewed."""
        latest = {
            each.assignment: each for each in self.feedbacks if each.form is FeedbackForm.WRITTEN
        }
        return tuple(
            self.assignment(number) for number, each in latest.items() if each.accepted is None
        )

    @property
    def decided_on(self) -> date | None:
        """The day on which it was accepted, declined or no longer accepted, whichever holds."""
        return self.accepted_on or self.declined_on or self.dismissed_on

    @property
    def opinion_on(self) -> date | None:
        """The day of the opinion, if there is one."""
        return self._latest(OpinionDelivered)

    @property
    def reopened_on(self) -> date | None:
        """The day on which it was last opened again, if ever."""
        return self._latest(CaseReopened)

    def _latest(self, kind: type[CaseFact]) -> date | None:
        days = (each.occurred_on for each in reversed(self.history) if isinstance(each.fact, kind))
        return next(days, None)

    @property
    def repeats(self) -> str | None:
        """The earlier matter that this one repeats, if any."""
        return self.related(Relation.REPEATS)

    def related(self, relation: Relation) -> str | None:
        """The first matter of a relation, if any."""
        return next((each.other for each in self.links if each.relation is relation), None)

    def assignment(self, number: int) -> Assignment:
        """The assignment of that number within the matter (1, 2, …)."""
        return self.assignments[number - 1]

    def obligation(self, key: str) -> Obligation | None:
        """The obligation of that key, if there is or was one."""
        return next((each for each in self.obligations if each.key == key), None)

    def owes(self, key: str) -> bool:
        """Whether an obligation of that key is still open."""
        found = self.obligation(key)
        return found is not None and found.discharged_on is None

    def written_feedback(self, assignment: int) -> Feedback | None:
        """The earliest written report on an assignment."""
        written = [
            each
            for each in self.feedbacks
            if each.assignment == assignment and each.form is FeedbackForm.WRITTEN
        ]
        return min(written, key=lambda each: each.given_on, default=None)

    def debtor_name(self, obligation: Obligation) -> str:
        """Who owes, in Chinese: the unit under its name on the day of assignment."""
        if obligation.owed_by in DEBTOR_NAMES:
            return DEBTOR_NAMES[obligation.owed_by]
        names = [each.unit_name for each in self.assignments if each.unit == obligation.owed_by]
        return names[-1] if names else obligation.owed_by


def stream_of(number: str) -> str:
    """The event stream of a matter."""
    return f"case/{number}"


def evolve(case: Case | None, event: Event) -> Case:
    """Fold one event into the state; total over the facts of a case.

    A correction folds the matter anew with the wrong fact replaced where it stood.
    """
    if case is None:
        return _first(event)
    as_recorded = (*case.as_recorded, event)
    if isinstance(event.fact, FactCorrected):
        history = tuple(_replaced(each, event.fact) for each in case.history)
        return replace(_fold((*history, event)), as_recorded=as_recorded)
    return replace(_next(case, event), as_recorded=as_recorded)


def _first(event: Event) -> Case:
    assert isinstance(event.fact, CaseRegistered), "a matter's first event registers it"
    case = Case(event.occurred_on, event.fact, history=(), as_recorded=(event,))
    return _next(case, event)


def _fold(history: tuple[Event, ...]) -> Case:
    first, *rest = history
    case = _first(first)
    for event in rest:
        case = _next(case, event)
    return case


def _next(case: Case, event: Event) -> Case:
    assert isinstance(event.fact, CaseFact), type(event.fact).__name__
    applied = _apply(event.fact, case, event.occurred_on)
    return replace(
        applied,
        history=(*case.history, event),
        obligations=changed(
            case.obligations,
            event.occurred_on,
            opens=event.fact.opens,
            ends=event.fact.ends,
            lapses=event.fact.lapses,
            reviving=isinstance(event.fact, CaseReopened),
        ),
    )


def _replaced(event: Event, correction: FactCorrected) -> Event:
    if event.seq != correction.seq:
        return event
    return replace(event, occurred_on=correction.on, fact=correction.right)


@singledispatch
def _apply(fact: CaseFact, case: Case, on: date) -> Case:
    """What a fact changes besides obligations and history; most change nothing more."""
    return case


@_apply.register(CaseRegistered)
def _(fact: CaseRegistered, case: Case, on: date) -> Case:
    return replace(case, registered_on=on, entry=fact)


@_apply.register(CaseAccepted)
def _(fact: CaseAccepted, case: Case, on: date) -> Case:
    return replace(case, accepted_on=on, declined_on=None, dismissed_on=None)


@_apply.register(CaseDeclined)
def _(fact: CaseDeclined, case: Case, on: date) -> Case:
    return replace(case, declined_on=on)


@_apply.register(CaseDismissed)
def _(fact: CaseDismissed, case: Case, on: date) -> Case:
    return replace(case, dismissed_on=on)


@_apply.register(CaseReferred)
def _(fact: CaseReferred, case: Case, on: date) -> Case:
    return replace(case, referred_on=on)


@_apply.register(CaseAssigned)
def _(fact: CaseAssigned, case: Case, on: date) -> Case:
    new = Assignment(fact.assignment, fact.unit, fact.unit_name, fact.role, assigned_on=on)
    return replace(case, assignments=(*case.assignments, new))


@_apply.register(CaseReceived)
def _(fact: CaseReceived, case: Case, on: date) -> Case:
    return _with_assignment(case, replace(case.assignment(fact.assignment), received_on=on))


@_apply.register(AssignmentReturned)
def _(fact: AssignmentReturned, case: Case, on: date) -> Case:
    return _with_assignment(case, replace(case.assignment(fact.assignment), returned_on=on))


@_apply.register(FeedbackGiven)
def _(fact: FeedbackGiven, case: Case, on: date) -> Case:
    feedback = Feedback(fact.assignment, on, fact.form, fact.content)
    return replace(case, feedbacks=(*case.feedbacks, feedback))


@_apply.register(FeedbackReviewed)
def _(fact: FeedbackReviewed, case: Case, on: date) -> Case:
    """The review speaks of the latest written report on the assignment."""
    last = max(
        index
        for index, each in enumerate(case.feedbacks)
        if each.assignment == fact.assignment and each.form is FeedbackForm.WRITTEN
    )
    reviewed = replace(case.feedbacks[last], accepted=fact.accepted)
    return replace(case, feedbacks=(*case.feedbacks[:last], reviewed, *case.feedbacks[last + 1 :]))


@_apply.register(OpinionDelivered)
def _(fact: OpinionDelivered, case: Case, on: date) -> Case:
    return replace(case, opinion=fact)


@_apply.register(HandlingExtended)
def _(fact: HandlingExtended, case: Case, on: date) -> Case:
    return replace(case, extension=fact)


@_apply.register(CaseReplied)
def _(fact: CaseReplied, case: Case, on: date) -> Case:
    return replace(case, replied_on=on)


@_apply.register(MarkedMajor)
def _(fact: MarkedMajor, case: Case, on: date) -> Case:
    return replace(case, major_on=min(on, case.major_on or on))


@_apply.register(ReportedToLeader)
def _(fact: ReportedToLeader, case: Case, on: date) -> Case:
    first = min(on, case.reported_to_leader_on or on)
    return replace(case, reported_to_leader_on=first)


@_apply.register(CaseLinked)
def _(fact: CaseLinked, case: Case, on: date) -> Case:
    return replace(case, links=(*case.links, Link(fact.other, fact.relation)))


@_apply.register(CaseUnlinked)
def _(fact: CaseUnlinked, case: Case, on: date) -> Case:
    undone = Link(fact.other, fact.relation)
    return replace(case, links=tuple(each for each in case.links if each != undone))


@_apply.register(FileAttached)
def _(fact: FileAttached, case: Case, on: date) -> Case:
    return replace(case, attachments=(*case.attachments, fact))


@_apply.register(AccusedNamed)
def _(fact: AccusedNamed, case: Case, on: date) -> Case:
    return replace(case, accused=tuple(dict.fromkeys((*case.accused, *fact.accused))))


@_apply.register(MaterialRedacted)
def _(fact: MaterialRedacted, case: Case, on: date) -> Case:
    return replace(case, redactions=(*case.redactions, fact))


@_apply.register(CaseClosed)
def _(fact: CaseClosed, case: Case, on: date) -> Case:
    return replace(case, closed_on=on, closing=fact)


@_apply.register(CaseReopened)
def _(fact: CaseReopened, case: Case, on: date) -> Case:
    return replace(case, closed_on=None, closing=None, declined_on=None, dismissed_on=None)


def _with_assignment(case: Case, new: Assignment) -> Case:
    assignments = (new if each.number == new.number else each for each in case.assignments)
    return replace(case, assignments=tuple(assignments))
