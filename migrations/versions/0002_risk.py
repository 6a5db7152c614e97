"""Risk points, decisions, the matters that came of them, and contingency plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "consequence",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("linked_on", sa.Text, nullable=False),
        sa.CheckConstraint(
            "linked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_consequence_linked_on",
        ),
        sa.PrimaryKeyConstraint("source", "case"),
        sqlite_strict=True,
    )
    op.create_index("ix_consequence_case", "consequence", ["case"], unique=False)
    op.create_table(
        "decision",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("recorded_on", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("consulted_on", sa.Text, nullable=True),
        sa.Column("assessed_on", sa.Text, nullable=True),
        sa.Column("level", sa.Text, nullable=True),
        sa.Column("asked_on", sa.Text, nullable=True),
        sa.Column("opinion_on", sa.Text, nullable=True),
        sa.Column("settled_on", sa.Text, nullable=True),
        sa.Column("outcome", sa.Text, nullable=True),
        sa.Column("discussion", sa.Text, nullable=True),
        sa.CheckConstraint(
            "asked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_asked_on",
        ),
        sa.CheckConstraint(
            "assessed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_assessed_on",
        ),
        sa.CheckConstraint(
            "consulted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_consulted_on",
        ),
        sa.CheckConstraint("level IN ('high', 'middle', 'low')", name="ck_decision_level"),
        sa.CheckConstraint(
            "opinion_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_opinion_on",
        ),
        sa.CheckConstraint(
            "outcome IN ('adopted', 'deferred', 'dropped')", name="ck_decision_outcome"
        ),
        sa.CheckConstraint(
            "recorded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_recorded_on",
        ),
        sa.CheckConstraint(
            "settled_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_settled_on",
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_decision_unit", "decision", ["unit"], unique=False)
    op.create_table(
        "plan",
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("dated_on", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.CheckConstraint(
            "dated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_plan_dated_on"
        ),
        sa.CheckConstraint("length(sha256) = 64", name="ck_plan_sha256"),
        sa.CheckConstraint("size >= 0", name="ck_plan_size"),
        sa.PrimaryKeyConstraint("unit", "version"),
        sqlite_strict=True,
    )
    op.create_table(
        "risk",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("added_on", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("trend", sa.Text, nullable=False),
        sa.Column("leader", sa.Text, nullable=False),
        sa.Column("measures", sa.Text, nullable=True),
        sa.Column("reviews", sa.Text, nullable=False),
        sa.Column("resolved_on", sa.Text, nullable=True),
        sa.Column("result", sa.Text, nullable=True),
        sa.CheckConstraint(
            "added_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_risk_added_on"
        ),
        sa.CheckConstraint("kind IN ('hazard', 'key')", name="ck_risk_kind"),
        sa.CheckConstraint("level IN ('high', 'middle', 'low')", name="ck_risk_level"),
        sa.CheckConstraint(
            "resolved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_risk_resolved_on",
        ),
        sa.CheckConstraint("trend IN ('rising', 'steady', 'falling')", name="ck_risk_trend"),
        sa.CheckConstraint("persons > 0", name="ck_risk_persons"),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_risk_unit", "risk", ["unit"], unique=False)
