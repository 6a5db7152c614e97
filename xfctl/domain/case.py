"""A petition matter (信访事项): its facts, its state, and how one fact changes the state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import singledispatch

from xfctl.domain.classification import Channel, FeedbackForm, Purpose
from xfctl.domain.event import Event, fact
from xfctl.domain.obligation import Duty, Obligation

FEEDBACK_CLOCK = "feedback"


@fact("case.registered")
class CaseRegistered:
    """The office took the matter in (登记), with its classification; 细则 6 names the responder.

    ``petitioner`` is the token of an identity kept outside the events; ``involved`` holds the
    codes of 涉及单位.
    """

    number: str
    summary: str
    first_responder: str
    channel: Channel | None = None
    purpose: Purpose | None = None
    category: str | None = None
    demand: str | None = None
    persons: int = 1
    leapfrog: bool = False
    joint: bool = False
    anonymous: bool = False
    involved: tuple[str, ...] = ()
    petitioner: str | None = None
    note: str | None = None


@fact("case.assigned")
class CaseAssigned:
    """The office handed the matter to a unit (交办) and told it the deadline."""

    assignment: int
    unit: str
    unit_name: str
    duty: Duty


@fact("case.received")
class CaseReceived:
    """The unit took the assignment in (收件); the deadline now runs from this day."""

    assignment: int
    duty: Duty


@fact("case.feedback_given")
class FeedbackGiven:
    """The unit reported (反馈); only the written form discharges the duty of 细则 11(1)."""

    assignment: int
    form: FeedbackForm
    content: str | None = None


@fact("case.closed")
class CaseClosed:
    """The matter was closed (办结); ``reason`` says why although feedback was still owed."""

    result: str | None = None
    reason: str | None = None


@fact("case.due_date_changed")
class DueDateChanged:
    """A deadline was counted anew because the calendar changed."""

    obligation: str
    duty: Duty
    reason: str


@fact("case.identity_revealed")
class IdentityRevealed:
    """Someone was shown who the petitioner is, and why (细则 7)."""

    reason: str


@dataclass(frozen=True)
class Feedback:
    """One report of a unit on one assignment."""

    assignment: int
    given_on: date
    form: FeedbackForm
    content: str | None


@dataclass(frozen=True)
class Assignment:
    """The matter in the hands of one unit, under the unit's name of that day."""

    number: int
    unit: str
    unit_name: str
    assigned_on: date
    received_on: date | None = None


@dataclass(frozen=True)
class Case:
    """Everything the events of one matter add up to."""

    registered_on: date
    entry: CaseRegistered
    assignments: tuple[Assignment, ...] = ()
    feedbacks: tuple[Feedback, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    closed_on: date | None = None
    closing: CaseClosed | None = field(default=None)

    @property
    def number(self) -> str:
        """The number the office knows the matter by."""
        return self.entry.number

    def assignment(self, number: int) -> Assignment:
        """The assignment of that number within the matter (1, 2, …)."""
        return self.assignments[number - 1]

    def obligation(self, key: str) -> Obligation:
        """The obligation of that key."""
        return next(each for each in self.obligations if each.key == key)

    def obligation_of(self, assignment: int) -> Obligation:
        """The written-feedback obligation of an assignment."""
        return self.obligation(feedback_key(assignment))

    def debtor_name(self, obligation: Obligation) -> str:
        """The name, on the day of assignment, of the unit that owes."""
        return self.assignment(int(obligation.key.rpartition("/")[2])).unit_name

    def written_feedback(self, assignment: int) -> Feedback | None:
        """The earliest written report on an assignment."""
        written = [
            each
            for each in self.feedbacks
            if each.assignment == assignment and each.form is FeedbackForm.WRITTEN
        ]
        return min(written, key=lambda each: each.given_on, default=None)


def stream_of(number: str) -> str:
    """The event stream of a matter."""
    return f"case/{number}"


def feedback_key(assignment: int) -> str:
    """The key of the written-feedback obligation of an assignment."""
    return f"{FEEDBACK_CLOCK}/{assignment}"


def evolve(case: Case | None, event: Event) -> Case:
    """Fold one event into the state; total over the facts of this module."""
    if isinstance(event.fact, CaseRegistered):
        return Case(registered_on=event.occurred_on, entry=event.fact)
    assert case is not None, "a matter's first event registers it"
    return _apply(event.fact, case, event.occurred_on)


@singledispatch
def _apply(fact: object, case: Case, on: date) -> Case:
    raise TypeError(f"not a fact of a case: {type(fact).__name__}")


@_apply.register
def _(fact: CaseAssigned, case: Case, on: date) -> Case:
    assignment = Assignment(fact.assignment, fact.unit, fact.unit_name, assigned_on=on)
    owed = Obligation(feedback_key(fact.assignment), fact.unit, fact.duty)
    return replace(
        case,
        assignments=(*case.assignments, assignment),
        obligations=(*case.obligations, owed),
    )


@_apply.register
def _(fact: CaseReceived, case: Case, on: date) -> Case:
    received = tuple(
        replace(each, received_on=on) if each.number == fact.assignment else each
        for each in case.assignments
    )
    return _with_duty(replace(case, assignments=received), feedback_key(fact.assignment), fact.duty)


@_apply.register
def _(fact: FeedbackGiven, case: Case, on: date) -> Case:
    feedback = Feedback(fact.assignment, on, fact.form, fact.content)
    case = replace(case, feedbacks=(*case.feedbacks, feedback))
    if fact.form is not FeedbackForm.WRITTEN:
        return case
    key = feedback_key(fact.assignment)
    return _with(case, key, case.obligation(key).discharge(on))


@_apply.register
def _(fact: CaseClosed, case: Case, on: date) -> Case:
    return replace(case, closed_on=on, closing=fact)


@_apply.register
def _(fact: DueDateChanged, case: Case, on: date) -> Case:
    return _with_duty(case, fact.obligation, fact.duty)


@_apply.register
def _(fact: IdentityRevealed, case: Case, on: date) -> Case:
    return case


def _with_duty(case: Case, key: str, duty: Duty) -> Case:
    return _with(case, key, replace(case.obligation(key), duty=duty))


def _with(case: Case, key: str, changed: Obligation) -> Case:
    obligations = tuple(changed if each.key == key else each for each in case.obligations)
    return replace(case, obligations=obligations)
