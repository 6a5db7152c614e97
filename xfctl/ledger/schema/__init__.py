"""The tables of the ledger, declared once with SQLModel.

Alembic's migrations build exactly this (a test compares), and nothing else imports SQLModel: the
read and write paths speak SQL through ``sqlite3``, so no everyday command pays for the import.
Dates are ISO text, flags are 0 or 1. The tables of ``facts`` hold events and identities; every
other table is derived from the events and can be rebuilt.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from xfctl.ledger.schema import (
    accountability,  # noqa: F401
    cases,  # noqa: F401
    facts,  # noqa: F401
    office,  # noqa: F401
    risk,  # noqa: F401
    supervision,  # noqa: F401
    units,  # noqa: F401
)

metadata = SQLModel.metadata
