"""Candidates for accountability that a person looked at and set aside, with the reason.

Candidates themselves are questions (`xfctl account due`); only the judgement is a fact.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from xfctl.domain.event import Dated, Event, Stored, fact
from xfctl.domain.wording import LONGEST_NAME, check_text

STREAM = "candidates"


@fact("candidates.set_aside")
class SetAside(Stored, frozen=True, kw_only=True):
    """No accountability will be proposed over a candidate; ``candidate`` is its key."""

    candidate: str
    reason: str


class Judgements(Struct, frozen=True):
    """Every judgement, in the order of recording."""

    made: tuple[tuple[date, SetAside], ...] = ()


def evolve(state: Judgements | None, event: Event) -> Judgements:
    """Fold one event into the judgements."""
    assert isinstance(event.fact, SetAside), type(event.fact).__name__
    return Judgements((*(state.made if state else ()), (event.occurred_on, event.fact)))


def set_aside(candidate: str, reason: str, on: date) -> list[Dated]:
    """Record that no accountability will be proposed over a candidate."""
    judged = SetAside(
        candidate=check_text(candidate, "候选编号", LONGEST_NAME),
        reason=check_text(reason, "理由"),
    )
    return [Dated(on, judged)]
