"""What columns are made of: text, whole numbers, dates as ISO text, flags of 0 and 1."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Integer, Text
from sqlmodel import Field

_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


def words(*, key: bool = False) -> Any:
    """A column of text, dates as ISO text among them."""
    return Field(sa_type=Text, primary_key=key)


def integer(*, key: bool = False) -> Any:
    """A column of whole numbers, flags among them."""
    return Field(sa_type=Integer, primary_key=key)


def is_date(table: str, *columns: str) -> list[CheckConstraint]:
    """Checks that columns of a table hold ISO dates, or nothing."""
    return [CheckConstraint(f"{column} {_DATE}", name=f"ck_{table}_{column}") for column in columns]


def is_flag(table: str, *columns: str) -> list[CheckConstraint]:
    """Checks that columns of a table hold 0 or 1."""
    return [
        CheckConstraint(f"{column} IN (0, 1)", name=f"ck_{table}_{column}") for column in columns
    ]


STRICT = {"sqlite_strict": True}
