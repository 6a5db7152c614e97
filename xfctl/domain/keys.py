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
REVIEW_REQUESTS = (REVIEW_REQUEST, REREVIEW_REQUEST)
REVIEW_DECISIONS = (REVIEW_DECISION, REREVIEW_DECISION)

RECTIFICATION = "rectification"
EXPLANATION = "explanation"
SELF_CRITICISM = "self_criticism"
STATEMENTS = (EXPLANATION, SELF_CRITICISM)
APPEAL = "appeal"


def feedback_key(assignment: int) -> str:
    """The key of the written-feedback obligation of an assignment."""
    return f"{FEEDBACK}/{assignment}"


def supplement_key(assignment: int, time: int = 1) -> str:
    """The key of the obligation to supplement a report sent back for the first, second, … time."""
    return _numbered(SUPPLEMENT, assignment, time)


def statement_key(clock: str, person: int, time: int = 1) -> str:
    """The key of what a person owes by one of STATEMENTS, asked for the first, second, … time."""
    return _numbered(clock, person, time)


def _numbered(clock: str, number: int, time: int) -> str:
    return f"{clock}/{number}" + (f"/{time}" if time > 1 else "")


def assignment_of(key: str) -> int | None:
    """The assignment whose unit owes feedback or a supplement; None for other keys."""
    return _number_in(key, (FEEDBACK, SUPPLEMENT))


def person_of(key: str) -> int | None:
    """The number of the person who owes a statement; None for other keys."""
    return _number_in(key, STATEMENTS)


def _number_in(key: str, clocks: tuple[str, ...]) -> int | None:
    clock, *numbers = key.split("/")
    return int(numbers[0]) if clock in clocks and numbers else None
