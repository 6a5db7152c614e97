"""The tables of risk points, decisions, the matters that came of them, and plans."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from xfctl.ledger.schema.columns import STRICT, integer, is_date, words


class RiskRow(SQLModel, table=True):
    """Risk points by number, as the latest review left them; ``reviews`` are days, a JSON array."""

    __tablename__ = "risk"
    __table_args__ = (
        *is_date("risk", "added_on", "resolved_on"),
        CheckConstraint("kind IN ('hazard', 'key')", name="ck_risk_kind"),
        CheckConstraint("level IN ('high', 'middle', 'low')", name="ck_risk_level"),
        CheckConstraint("trend IN ('rising', 'steady', 'falling')", name="ck_risk_trend"),
        CheckConstraint("persons > 0", name="ck_risk_persons"),
        Index("ix_risk_unit", "unit"),
        STRICT,
    )
    number: str = words(key=True)
    added_on: str = words()
    kind: str = words()
    unit: str = words()
    unit_name: str = words()
    summary: str = words()
    persons: int = integer()
    level: str = words()
    trend: str = words()
    leader: str = words()
    measures: str | None = words()
    reviews: str = words()
    resolved_on: str | None = words()
    result: str | None = words()


class DecisionRow(SQLModel, table=True):
    """Major decisions by number; consulted and assessed for the first time, settled for the last."""

    __tablename__ = "decision"
    __table_args__ = (
        *is_date(
            *("decision", "recorded_on", "consulted_on", "assessed_on", "asked_on", "opinion_on"),
            "settled_on",
        ),
        CheckConstraint("level IN ('high', 'middle', 'low')", name="ck_decision_level"),
        CheckConstraint(
            "outcome IN ('adopted', 'deferred', 'dropped')", name="ck_decision_outcome"
        ),
        Index("ix_decision_unit", "unit"),
        STRICT,
    )
    number: str = words(key=True)
    recorded_on: str = words()
    unit: str = words()
    unit_name: str = words()
    title: str = words()
    consulted_on: str | None = words()
    assessed_on: str | None = words()
    level: str | None = words()
    asked_on: str | None = words()
    opinion_on: str | None = words()
    settled_on: str | None = words()
    outcome: str | None = words()
    discussion: str | None = words()


class ConsequenceRow(SQLModel, table=True):
    """Which matters came of a risk point or of a decision, whose number is the ``source``."""

    __tablename__ = "consequence"
    __table_args__ = (
        *is_date("consequence", "linked_on"),
        Index("ix_consequence_case", "case"),
        STRICT,
    )
    source: str = words(key=True)
    case: str = words(key=True)
    linked_on: str = words()


class PlanRow(SQLModel, table=True):
    """Versions of contingency plans; the file lies beside the ledger under its SHA-256."""

    __tablename__ = "plan"
    __table_args__ = (
        *is_date("plan", "dated_on"),
        CheckConstraint("size >= 0", name="ck_plan_size"),
        CheckConstraint("length(sha256) = 64", name="ck_plan_sha256"),
        STRICT,
    )
    unit: str = words(key=True)
    version: str = words(key=True)
    unit_name: str = words()
    dated_on: str = words()
    position: int = integer()
    name: str = words()
    size: int = integer()
    sha256: str = words()
