"""Sealed identities, grounds of any rule set, and indexes for large ledgers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the indexes by which digests and reports of a period leave out what was over before."""
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
