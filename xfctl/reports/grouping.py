"""Sorting things by name, where one thing may bear several names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def grouped(items: Iterable[T], names_of: Callable[[T], Iterable[str]]) -> dict[str, list[T]]:
    """The items under each of their names, in their order."""
    found: dict[str, list[T]] = {}
    for each in items:
        for name in names_of(each):
            found.setdefault(name, []).append(each)
    return found
