"""What the tables are made of: columns of text and integers, dates and flags that are checked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Integer, Text
from sqlmodel import Field

STRICT = {"sqlite_strict": True}
_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


def words(*, key: bool = False) -> Any:
    """A column of text."""
    return Field(sa_type=Text, primary_key=key)


def integer(*, key: bool = False) -> Any:
    """A column of integers."""
    return Field(sa_type=Integer, primary_key=key)


def is_date(table: str, *columns: str) -> list[CheckConstraint]:
    """Columns that hold ISO dates."""
    return [CheckConstraint(f"{column} {_DATE}", name=f"ck_{table}_{column}") for column in columns]


def is_flag(table: str, *columns: str) -> list[CheckConstraint]:
    """Columns that hold 0 or 1."""
    return [
        CheckConstraint(f"{column} IN (0, 1)", name=f"ck_{table}_{column}") for column in columns
    ]
