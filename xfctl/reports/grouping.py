"""Sorting things by name, where one thing may bear several names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

T = TypeVar("T")


def grouped(items: Iterable[T], names_of: Callable[[T], Iterable[str]]) -> dict[str, list[T]]:
    """The items under each of their names, in their order."""
    found: dict[str, list[T]] = {}
    for each in items:
        for name in names_of(each):
            found.setdefault(name, []).append(each)
    return found


def last_names(told: Iterable[tuple[str, date, str]]) -> dict[str, str]:
    """The name that each unit bore last, by its code, from (code, day, name)."""
    ordered = sorted(told, key=lambda each: each[1])
    return {code: name for code, _, name in ordered}
