"""The names of the clocks, which are also the keys of their obligations.

Clocks of which a matter may have several (one an assignment) carry a number: ``feedback/2``.
"""

from __future__ import annotations

NOTICE = "acceptance_notice"
OBJECTION = "misrouted_objection"
SUPERIOR_REPORT = "superior_report"
FEEDBACK = "feedback"
SUPPLEMENT = "supplement"
HANDLING = "handling"
EXECUTION = "opinion_execution"
REPLY = "petitioner_reply"
REVIEW_REQUEST = "review_request"
REVIEW_DECISION = "review_decision"
REREVIEW_REQUEST = "rereview_request"
REREVIEW_DECISION = "rereview_decision"
REVIEWS = (REVIEW_REQUEST, REVIEW_DECISION, REREVIEW_REQUEST, REREVIEW_DECISION)


def feedback_key(assignment: int) -> str:
    """The key of the written-feedback obligation of an assignment."""
    return f"{FEEDBACK}/{assignment}"


def supplement_key(assignment: int, time: int = 1) -> str:
    """The key of the obligation to supplement a report sent back for the first, second, … time."""
    return f"{SUPPLEMENT}/{assignment}" + (f"/{time}" if time > 1 else "")


def assignment_of(key: str) -> int | None:
    """The assignment whose unit owes, for the keys made above."""
    clock, *numbers = key.split("/")
    return int(numbers[0]) if clock in (FEEDBACK, SUPPLEMENT) and numbers else None
