"""Reading rule files: typed keys out of TOML, and an objection to whatever is missing or left over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Any, Self, TypeVar

from xfctl.regulation.errors import RegulationError
from xfctl.regulation.lines import Place, line_of

T = TypeVar("T")

_KINDS = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    date: "日期，如 2026-01-01",
    list: "列表",
    dict: "表",
}
_LINE = re.compile(r"at line (\d+)")


class Reader:
    """Takes typed keys out of one TOML table and objects to what is missing or left over."""

    def __init__(self, file: str, text: str, data: Mapping[str, Any], place: Place = ()) -> None:
        self.file, self.text = file, text
        self._left = dict(data)
        self._place = place

    @classmethod
    def of(cls, file: str, text: str) -> Self:
        """The reader of a whole file. Raises RegulationError where it is no TOML."""
        try:
            return cls(file, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            line = int(found[1]) if found else len(text.splitlines())
            raise RegulationError(file, "", f"不是 TOML（{error}）", line) from error

    def take(self, key: str, kind: type[T]) -> T:
        """A value that must be there, of its type, and not empty."""
        value = self.take_optional(key, kind)
        self.check(value not in (None, "", []), key, "没有写，或是空的")
        assert value is not None
        return value

    def take_all(self, key: str, kind: type[T]) -> tuple[T, ...]:
        """A list that is not empty, every item of one type."""
        items = self.take(key, list)
        right = all(isinstance(item, kind) for item in items)
        self.check(right, key, f"每一项须是{_KINDS[kind]}")
        return tuple(items)

    def tables(self, key: str) -> list[Reader]:
        """A reader for each table of a list that is not empty."""
        return [
            Reader(self.file, self.text, item, (*self._place, (key, number)))
            for number, item in enumerate(self.take_all(key, dict))
        ]

    def each(self, key: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
        """What is read from each table of a list that may be missing."""
        found = []
        for item in self.tables(key) if key in self._left else []:
            found.append(read(item))
            item.finish()
        return tuple(found)

    def table(self, key: str, read: Callable[[Reader], T]) -> T | None:
        """What is read from a table that may be missing."""
        data = self.take_optional(key, dict)
        if data is None:
            return None
        inner = Reader(self.file, self.text, data, (*self._place, (key, 0)))
        found = read(inner)
        inner.finish()
        return found

    def take_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that may be missing, which means empty."""
        items = self.take_optional(key, list) or []
        self.check(all(isinstance(item, str) for item in items), key, "每一项须是文字")
        return tuple(items)

    def take_word(self, key: str, known: Container[str]) -> str:
        """A word that must be there and be known."""
        return self.known(key, self.take(key, str), known)

    def known(self, key: str, word: str, known: Container[str]) -> str:
        """A word, refused unless it is known."""
        told = f"，可以写：{'、'.join(map(str, known))}" if isinstance(known, (tuple, list)) else ""
        self.check(word in known, key, f"不认识「{word}」{told}")
        return word

    def take_optional(self, key: str, kind: type[T]) -> T | None:
        """A value of its type, or None where the key is missing."""
        value: T | None = self._left.pop(key, None)
        # bool is a kind of int in Python, and never meant as one here.
        right = type(value) is kind if kind in (int, bool, date) else isinstance(value, kind)
        self.check(value is None or right, key, f"须是{_KINDS[kind]}")
        return value

    def flag(self, key: str) -> bool:
        """A mark that is not set where the key is missing."""
        return self.take_optional(key, bool) or False

    def check(self, holds: bool, key: str, reason: str) -> None:
        """Raise RegulationError naming line and key unless something holds."""
        if not holds:
            line = line_of(self.text, self._place, key)
            raise RegulationError(self.file, key, reason, line)

    def check_rising(self, dates: list[date]) -> None:
        """Refuse versions that are not in order, or of which two begin on one day."""
        rising = dates == sorted(set(dates))
        self.check(rising, "effective", "各版本的施行日期须由早到晚，且不相同")

    def finish(self) -> None:
        """Raise RegulationError for a key that nobody took."""
        for key in self._left:
            self.check(False, key, "不是这里认识的项")
