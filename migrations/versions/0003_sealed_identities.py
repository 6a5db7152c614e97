"""Sealed identities, grounds of any rule set, and indexes for large ledgers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Derived from the events and written anew after every migration, so made anew here.
    op.drop_table("ground")
    op.create_table(
        "ground",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("ground", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=True),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.CheckConstraint(
            "since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_ground_since"
        ),
        sa.CheckConstraint(
            "until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_ground_until"
        ),
        sa.CheckConstraint("length(ground) BETWEEN 1 AND 8", name="ck_ground_ground"),
        sa.PrimaryKeyConstraint("case", "key"),
        sqlite_strict=True,
    )
    op.create_index("ix_ground_until", "ground", ["until", "since"], unique=False)
