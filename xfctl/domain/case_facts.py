"""What can happen to a petition matter (信访事项), one frozen fact each.

A fact says what it does to obligations: ``opens`` starts or restarts them, ``ends`` discharges
them, ``lapses`` ends them unperformed. So replaying a ledger needs no rules and no calendar.
"""

from __future__ import annotations

from datetime import date

from xfctl.domain.classification import (
    Channel,
    FeedbackForm,
    LetterKind,
    Outcome,
    Purpose,
    Rated,
    Rating,
    Relation,
    ReviewLevel,
    Role,
)
from xfctl.domain.event import Stored, decode_json, fact
from xfctl.domain.obligation import Opening


class CaseFact(Stored, frozen=True, kw_only=True):
    """What every fact of a matter may do to its obligations; keys name existing ones."""

    opens: tuple[Opening, ...] = ()
    ends: tuple[str, ...] = ()
    lapses: tuple[str, ...] = ()


class Superior(Stored, frozen=True):
    """Where a matter from above came from (细则 8(7)): body, document number, its deadline."""

    body: str
    document: str | None = None
    due_on: date | None = None


@fact("case.registered")
class CaseRegistered(CaseFact, frozen=True, kw_only=True):
    """The office took the matter in (登记), with its classification; 细则 6 names the responder.

    ``petitioner`` and ``signatories`` are tokens of identities kept outside the events;
    ``involved`` holds the codes of 涉及单位; ``contactable`` whether anyone can be told anything.
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
    contactable: bool = False
    involved: tuple[str, ...] = ()
    petitioner: str | None = None
    signatories: tuple[str, ...] = ()
    superior: Superior | None = None
    note: str | None = None


@fact("case.accepted")
class CaseAccepted(CaseFact, frozen=True, kw_only=True):
    """The office accepted the matter (受理)."""


@fact("case.declined")
class CaseDeclined(CaseFact, frozen=True, kw_only=True):
    """The office declined it (不予受理) and named the statutory path it belongs to."""

    reason: str
    path: str


@fact("case.dismissed")
class CaseDismissed(CaseFact, frozen=True, kw_only=True):
    """The office will not take the matter up again (不再受理)."""

    reason: str


@fact("case.petitioner_notified")
class PetitionerNotified(CaseFact, frozen=True, kw_only=True):
    """The petitioner was told whether the matter was accepted (条例 22–23)."""


@fact("case.referred")
class CaseReferred(CaseFact, frozen=True, kw_only=True):
    """The matter was passed on (转送): no deadline, no report."""

    to: str
    reason: str | None = None


@fact("case.assigned")
class CaseAssigned(CaseFact, frozen=True, kw_only=True):
    """The office handed the matter to a unit (交办) and told it the deadline."""

    assignment: int
    unit: str
    unit_name: str
    role: Role = Role.LEAD


@fact("case.received")
class CaseReceived(CaseFact, frozen=True, kw_only=True):
    """The unit took the assignment in (收件); the deadline now runs from this day."""

    assignment: int


@fact("case.returned")
class AssignmentReturned(CaseFact, frozen=True, kw_only=True):
    """The unit gave the assignment back (退回)."""

    assignment: int
    reason: str


@fact("case.feedback_given")
class FeedbackGiven(CaseFact, frozen=True, kw_only=True):
    """The unit reported (反馈); only the written form discharges the duty of 细则 11(1)."""

    assignment: int
    form: FeedbackForm
    content: str | None = None


@fact("case.feedback_reviewed")
class FeedbackReviewed(CaseFact, frozen=True, kw_only=True):
    """The office took the unit's written report as it is, or sent it back."""

    assignment: int
    accepted: bool
    reason: str | None = None


@fact("case.opinion_delivered")
class OpinionDelivered(CaseFact, frozen=True, kw_only=True):
    """The opinion was given: outcome, content, and by when it is to be carried out."""

    outcome: Outcome
    content: str
    execute_by: date | None = None


@fact("case.handling_extended")
class HandlingExtended(CaseFact, frozen=True, kw_only=True):
    """The handling period was extended, once (条例 34): approver, reason, petitioner told when."""

    days: int
    approver: str
    reason: str
    notified_on: date | None = None


@fact("case.replied")
class CaseReplied(CaseFact, frozen=True, kw_only=True):
    """The result was fed back to the petitioner (细则 8(5)): how, and whether in writing."""

    manner: str
    written: bool = False
    delivered_on: date | None = None


@fact("case.opinion_executed")
class OpinionExecuted(CaseFact, frozen=True, kw_only=True):
    """The opinion was carried out, or (``excused``) a reason for not doing so was accepted."""

    content: str
    excused: bool = False


@fact("case.rated")
class CaseRated(CaseFact, frozen=True, kw_only=True):
    """The petitioner rated the office or the unit (满意度评价)."""

    whom: Rated
    rating: Rating


@fact("case.review_requested")
class ReviewRequested(CaseFact, frozen=True, kw_only=True):
    """The petitioner asked for a review."""

    level: ReviewLevel


@fact("case.review_decided")
class ReviewDecided(CaseFact, frozen=True, kw_only=True):
    """The review was decided."""

    level: ReviewLevel
    result: str


@fact("case.reported_up")
class ReportedUp(CaseFact, frozen=True, kw_only=True):
    """The office reported back to the superior body (细则 8(7))."""

    document: str | None = None


@fact("case.objection_made")
class ObjectionMade(CaseFact, frozen=True, kw_only=True):
    """The office objected that the matter from above is not this university's (条例 23)."""

    reason: str


@fact("case.marked_major")
class MarkedMajor(CaseFact, frozen=True, kw_only=True):
    """The matter is major or urgent (细则 8(4))."""

    reason: str


@fact("case.reported_to_leader")
class ReportedToLeader(CaseFact, frozen=True, kw_only=True):
    """A leader of the university was told of a major matter (细则 8(4)); ``at`` is HH:MM."""

    leader: str
    at: str | None = None


@fact("case.visited")
class PetitionerVisited(CaseFact, frozen=True, kw_only=True):
    """The petitioners came again about the same matter: one more 批次, ``persons`` 人次."""

    channel: Channel
    persons: int
    note: str | None = None


@fact("case.linked")
class CaseLinked(CaseFact, frozen=True, kw_only=True):
    """The matter repeats, was split from, or duplicates another."""

    other: str
    relation: Relation


@fact("case.unlinked")
class CaseUnlinked(CaseFact, frozen=True, kw_only=True):
    """A link was undone."""

    other: str
    relation: Relation
    reason: str


@fact("case.ground_found")
class GroundFound(CaseFact, frozen=True, kw_only=True):
    """An officer established a ground for supervision (细则 11(3), (4), (5), (7)), with evidence.

    ``ground`` is its key in the rule set, ``evasion`` the key of one of its manners if it has any;
    ``unit`` is the code of the unit concerned.
    """

    ground: str
    evidence: str
    unit: str
    evasion: str | None = None


@fact("case.closed")
class CaseClosed(CaseFact, frozen=True, kw_only=True):
    """The matter was closed (办结); ``reason`` says why although something was still owed."""

    result: str | None = None
    reason: str | None = None


@fact("case.reopened")
class CaseReopened(CaseFact, frozen=True, kw_only=True):
    """The matter was opened again (重启)."""

    reason: str


@fact("case.noted")
class CaseNoted(CaseFact, frozen=True, kw_only=True):
    """A remark."""

    text: str


@fact("case.attached")
class FileAttached(CaseFact, frozen=True, kw_only=True):
    """A file was put with the matter; ``size`` in bytes, ``sha256`` in hexadecimal."""

    name: str
    size: int
    sha256: str


@fact("case.due_date_changed")
class DueDateChanged(CaseFact, frozen=True, kw_only=True):
    """Deadlines moved, began or lapsed because the calendar, or what they rest on, was changed."""

    reason: str


@fact("case.corrected")
class FactCorrected(CaseFact, frozen=True, kw_only=True):
    """An earlier fact was wrong: ``seq`` names its event; the replacement is stored beside it.

    ``kind``, ``on`` (the day it happened) and ``payload`` are those of the right fact; ``payload`` is
    JSON.
    """

    seq: int
    kind: str
    on: date
    payload: str
    reason: str

    @property
    def right(self) -> Stored:
        """The right fact."""
        return decode_json(self.kind, self.payload)


@fact("case.accused_named")
class AccusedNamed(CaseFact, frozen=True, kw_only=True):
    """Whom an accusation (检举控告) is about; ``accused`` are tokens of identities kept elsewhere."""

    accused: tuple[str, ...]


@fact("case.redacted")
class MaterialRedacted(CaseFact, frozen=True, kw_only=True):
    """What 细则 13(8) forbids to tell was taken out before a unit got the matter, and how.

    ``unit`` is the code of the unit, if it is one of ours.
    """

    unit_name: str
    reason: str
    unit: str | None = None


@fact("case.identity_revealed")
class IdentityRevealed(CaseFact, frozen=True, kw_only=True):
    """Someone was shown who the petitioner is, and why (细则 7)."""

    reason: str


@fact("case.identity_erased")
class IdentityErased(CaseFact, frozen=True, kw_only=True):
    """Who the petitioner is was destroyed for good, and why."""

    reason: str


@fact("case.letter_sent")
class LetterSent(CaseFact, frozen=True, kw_only=True):
    """A letter on the matter was made out; ``recipient`` is a unit's name, or 信访人 without a name.

    ``document`` is its number (发文字号), ``size`` in bytes, ``sha256`` of the file in hexadecimal.
    """

    letter: LetterKind
    recipient: str
    sha256: str
    size: int
    document: str | None = None
