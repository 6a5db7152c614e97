"""What can happen to one accountability (责任追究), from proposal to appeal, one fact each.

Persons are held by tokens of identities kept outside the events: who is held to account is
confidential. What the ladder made of a decision (obligations, the year of award eligibility) is
stored with it, so replaying a ledger needs no rules.
"""

from __future__ import annotations

from datetime import date

from xfctl.domain.classification import AppealResult, LetterKind, Nature, Severity
from xfctl.domain.event import Stored, fact
from xfctl.domain.obligation import Opening


class Person(Stored, frozen=True):
    """Someone held to account: ``post`` as it was on the day in question, ``role`` of 细则 13.

    ``leads`` tells whether the post belongs to the unit's leadership; ``changed`` whether the
    role was changed from what the post would say, with the reason in the proposal.
    """

    number: int
    token: str
    post: str
    role: str
    leads: bool = False
    changed: bool = False


class Imposed(Stored, frozen=True):
    """A measure as decided: by which body, on whom (numbers of persons)."""

    measure: str
    body: str
    persons: tuple[int, ...]


@fact("accountability.proposed")
class Proposed(Stored, frozen=True, kw_only=True):
    """The petition office proposed accountability (细则 8(6), 14).

    ``day_in_question`` is the day of the misconduct: posts and rules are those of that day.
    ``after`` is the accountability whose rectification failed; ``against`` the articles that a
    person overrode, and ``override`` why.
    """

    number: str
    unit: str
    unit_name: str
    day_in_question: date
    nature: Nature
    rung: str
    basis: str
    persons: tuple[Person, ...]
    measures: tuple[str, ...]
    tracker: str
    situations: tuple[str, ...] = ()
    severity: Severity | None = None
    effect: str | None = None
    cases: tuple[str, ...] = ()
    after: str | None = None
    role_reason: str | None = None
    against: tuple[str, ...] = ()
    override: str | None = None


@fact("accountability.withdrawn")
class Withdrawn(Stored, frozen=True, kw_only=True):
    """The office took its proposal back before anyone decided."""

    reason: str


@fact("accountability.not_adopted")
class NotAdopted(Stored, frozen=True, kw_only=True):
    """The deciding body did not adopt the proposal."""

    body: str
    reason: str


@fact("accountability.decided")
class Decided(Stored, frozen=True, kw_only=True):
    """The measures were decided; ``opens`` are the deadlines it set.

    ``award_year`` is the year for which the unit loses award eligibility, by its label, and
    ``award_rests_on`` the measures on which that rests (细则 17).
    """

    imposed: tuple[Imposed, ...]
    document: str | None = None
    opens: tuple[Opening, ...] = ()
    award_year: str | None = None
    award_rests_on: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    override: str | None = None


@fact("accountability.carried_out")
class CarriedOut(Stored, frozen=True, kw_only=True):
    """A measure was carried out: by whom, on whom; ``ends`` what those persons owed for it."""

    measure: str
    by: str
    persons: tuple[int, ...]
    content: str | None = None
    ends: tuple[str, ...] = ()


@fact("accountability.rectification_reported")
class RectificationReported(Stored, frozen=True, kw_only=True):
    """The unit reported how it put things right."""

    content: str


@fact("accountability.rectification_reviewed")
class RectificationReviewed(Stored, frozen=True, kw_only=True):
    """The rectification was accepted, or found not achieved."""

    accepted: bool
    reason: str | None = None


@fact("accountability.rectification_extended")
class RectificationExtended(Stored, frozen=True, kw_only=True):
    """The deadline was extended, once, for a reason."""

    opens: Opening
    reason: str


@fact("accountability.handed_over")
class HandedOver(Stored, frozen=True, kw_only=True):
    """Suspected crime: handed over under the law (细则 14)."""

    to: str
    content: str


@fact("accountability.appealed")
class Appealed(Stored, frozen=True, kw_only=True):
    """Persons appealed in writing (细则 20); the decision stays in force meanwhile."""

    appeal: int
    persons: tuple[int, ...]
    content: str


@fact("accountability.appeal_accepted")
class AppealAccepted(Stored, frozen=True, kw_only=True):
    """A body took the appeal in; ``opens`` the deadline of its decision."""

    appeal: int
    body: str
    opens: Opening


@fact("accountability.appeal_decided")
class AppealDecided(Stored, frozen=True, kw_only=True):
    """The appeal was decided: ``imposed`` replaces the appellants' measures where varied.

    ``opens`` are the deadlines of what they owe by the new ones.

    ``ends_award`` tells whether the loss of award eligibility ends with it; ``lapses`` what
    nobody owes any more.
    """

    appeal: int
    body: str
    result: AppealResult
    reason: str
    document: str | None = None
    imposed: tuple[Imposed, ...] = ()
    opens: tuple[Opening, ...] = ()
    ends_award: bool = False
    lapses: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    override: str | None = None


@fact("accountability.due_date_changed")
class DueDateChanged(Stored, frozen=True, kw_only=True):
    """Open deadlines were counted anew because the calendar changed."""

    opens: tuple[Opening, ...]
    reason: str


@fact("accountability.persons_revealed")
class PersonsRevealed(Stored, frozen=True, kw_only=True):
    """Someone was shown, on screen or in a letter, who is held to account, and why (细则 7)."""

    reason: str


@fact("accountability.letter_sent")
class AccountLetterSent(Stored, frozen=True, kw_only=True):
    """The letter that tells the unit of the decision was made out, as LetterSent of a matter."""

    letter: LetterKind
    recipient: str
    sha256: str
    size: int
    document: str | None = None


@fact("accountability.voided")
class RecordVoided(Stored, frozen=True, kw_only=True):
    """An earlier record (its event's number) was entered by mistake and counts no more."""

    seq: int
    reason: str
