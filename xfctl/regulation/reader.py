"""Reading rule files: typed keys out of TOML, and an objection to whatever is missing or left over."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Self, TypeVar

from xfctl.regulation.errors import RegulationError

T = TypeVar("T")


class Reader:
    """Takes typed keys out of one TOML table and objects to what is missing or left over."""

    def __init__(self, file: str, data: Mapping[str, Any]) -> None:
        self.file = file
        self._left = dict(data)

    @classmethod
    def of(cls, file: str, text: str) -> Self:
        """The reader of a whole file. Raises RegulationError where it is no TOML."""
        try:
            return cls(file, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise RegulationError(file, "", str(error)) from error

    def take(self, key: str, kind: type[T]) -> T:
        """A value that must be there, of its type, and not empty."""
        value = self.take_optional(key, kind)
        self.check(value not in (None, "", []), key, "is missing")
        assert value is not None
        return value

    def take_all(self, key: str, kind: type[T]) -> tuple[T, ...]:
        """A list that is not empty, every item of one type."""
        items = self.take(key, list)
        self.check(all(isinstance(item, kind) for item in items), key, f"must hold {kind.__name__}")
        return tuple(items)

    def tables(self, key: str) -> list[Reader]:
        """A reader for each table of a list that is not empty."""
        return [Reader(self.file, item) for item in self.take_all(key, dict)]

    def optional_tables(self, key: str) -> list[Reader]:
        """A reader for each table of a list that may be missing."""
        return self.tables(key) if key in self._left else []

    def take_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that may be missing, which means empty."""
        items = self.take_optional(key, list) or []
        self.check(all(isinstance(item, str) for item in items), key, "must hold str")
        return tuple(items)

    def take_optional(self, key: str, kind: type[T]) -> T | None:
        """A value of its type, or None where the key is missing."""
        value: T | None = self._left.pop(key, None)
        # bool is a kind of int in Python, and never meant as one here.
        right = type(value) is kind if kind in (int, bool, date) else isinstance(value, kind)
        self.check(value is None or right, key, f"must be {kind.__name__}")
        return value

    def check(self, holds: bool, key: str, reason: str) -> None:
        """Raise RegulationError naming the key unless something holds."""
        if not holds:
            raise RegulationError(self.file, key, reason)

    def finish(self) -> None:
        """Raise RegulationError for a key that nobody took."""
        for key in self._left:
            raise RegulationError(self.file, key, "is not a known key")
