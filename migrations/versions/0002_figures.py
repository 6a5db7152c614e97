"""What reports of a period ask of a matter's history: ends, comings, ratings, units concerned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_DAY = "day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


def upgrade() -> None:
    op.create_table(
        "involvement",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case", "unit"),
        sqlite_strict=True,
    )
    op.create_table(
        "milestone",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.CheckConstraint(_DAY, name="ck_milestone_day"),
        sa.CheckConstraint(
            "kind IN ('declined', 'dismissed', 'closed', 'reopened')", name="ck_milestone_kind"
        ),
        sa.PrimaryKeyConstraint("case", "position"),
        sqlite_strict=True,
    )
    op.create_table(
        "rating",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("whom", sa.Text, nullable=False),
        sa.Column("rating", sa.Text, nullable=False),
        sa.CheckConstraint(_DAY, name="ck_rating_day"),
        sa.CheckConstraint(
            "rating IN ('satisfied', 'mostly', 'dissatisfied')", name="ck_rating_rating"
        ),
        sa.CheckConstraint("whom IN ('office', 'unit')", name="ck_rating_whom"),
        sa.PrimaryKeyConstraint("case", "position"),
        sqlite_strict=True,
    )
    op.create_table(
        "visit",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.CheckConstraint(_DAY, name="ck_visit_day"),
        sa.CheckConstraint("persons > 0", name="ck_visit_persons"),
        sa.PrimaryKeyConstraint("case", "position"),
        sqlite_strict=True,
    )
