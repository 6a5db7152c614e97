"""Sealed identities, grounds of any rule set, and indexes for large ledgers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "sealed_identity",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("known", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("name_mark", sa.Text, nullable=True),
        sa.Column("phone_mark", sa.Text, nullable=True),
        sa.Column("id_number_mark", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("token"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_sealed_identity_id_number_mark", "sealed_identity", ["id_number_mark"], unique=False
    )
    op.create_index("ix_sealed_identity_name_mark", "sealed_identity", ["name_mark"], unique=False)
    op.create_index(
        "ix_sealed_identity_phone_mark", "sealed_identity", ["phone_mark"], unique=False
    )
    op.create_table(
        "erased_identity",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("erased_on", sa.Text, nullable=False),
        sa.CheckConstraint(
            "erased_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_erased_identity_erased_on",
        ),
        sa.PrimaryKeyConstraint("token"),
        sqlite_strict=True,
    )
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("master", sa.Text, nullable=False),
        sa.CheckConstraint("source IN ('file', 'passphrase')", name="ck_seal_source"),
        sa.CheckConstraint("id = 1", name="ck_seal_id"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_stage", "case", ["stage", "registered_on"])
    op.create_index(
        "ix_case_untold",
        "case",
        ["registered_on", "number"],
        sqlite_where=sa.text("major = 1 AND leader_told_on IS NULL"),
    )
    op.create_index("ix_obligation_due_on", "obligation", ["due_on", "case"])
    op.create_index("ix_milestone_day", "milestone", ["day"])
    op.create_index("ix_visit_day", "visit", ["day"])
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
