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


def feedback_key(assignment: int) -> str:
    """The key of the written-feedback obligation of an assignment."""
    return f"{FEEDBACK}/{assignment}"


def supplement_key(assignment: int) -> str:
    """The key of the obligation to supplement a report that was sent back."""
    return f"{SUPPLEMENT}/{assignment}"
