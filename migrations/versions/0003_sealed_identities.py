"""Sealed identities, grounds of any rule set, and indexes for large ledgers."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet differs."""
