"""The clocks of the regulation, read from one small TOML file each in ``clocks/``.

A clock says who owes what, which recorded events start and stop it, and, version by version, how
long it runs under which article. Nothing loads without an article, a source, an effective date
and the day it was last checked against the text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from xfctl.regulation.errors import RegulationError
from xfctl.regulation.units import LengthUnit

T = TypeVar("T")


@dataclass(frozen=True)
class ClockVersion:
    """One wording of a clock: in force from ``effective`` until the next version's date.

    ``length`` is None for clocks that end on a named date; ``extension`` is the longest single
    extension in the same unit; a ``reminder_only`` clock never becomes overdue.
    """

    effective: date
    article: str
    source: str
    length: int | None
    unit: LengthUnit
    summary: str
    checked: date
    extension: int | None
    reminder_only: bool


@dataclass(frozen=True)
class Clock:
    """A duty with a deadline; ``starts`` and ``stops`` name event kinds, most telling first."""

    name: str
    title: str
    owed_by: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    versions: tuple[ClockVersion, ...]

    def in_force(self, on: date) -> ClockVersion:
        """The version in force on a day (细则 22: a matter is judged under the rules of its day).

        Raises RegulationError before the first version's effective date.
        """
        for version in reversed(self.versions):
            if version.effective <= on:
                return version
        raise RegulationError(f"{self.name}.toml", "effective", f"no version in force on {on}")


@cache
def clocks() -> Mapping[str, Clock]:
    """All clocks by name. Raises RegulationError naming file and key if a file is unsound."""
    folder = files("xfctl.regulation") / "clocks"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    loaded = [load_clock(name, (folder / name).read_text(encoding="utf-8")) for name in names]
    return {clock.name: clock for clock in loaded}


def load_clock(file: str, text: str) -> Clock:
    """Read one clock file. Raises RegulationError naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegulationError(file, "", str(error)) from error
    reader = _Reader(file, data)
    versions = tuple(_version(_Reader(file, item)) for item in reader.take_all("version", dict))
    dates = [version.effective for version in versions]
    reader.check(
        dates == sorted(set(dates)), "effective", "dates must rise from version to version"
    )
    clock = Clock(
        name=file.removesuffix(".toml"),
        title=reader.take("title", str),
        owed_by=reader.take("owed_by", str),
        starts=reader.take_all("starts", str),
        stops=reader.take_all("stops", str),
        versions=versions,
    )
    reader.finish()
    return clock


def _version(reader: _Reader) -> ClockVersion:
    unit = reader.take("unit", str)
    reader.check(unit in set(LengthUnit), "unit", f"must be one of {', '.join(LengthUnit)}")
    version = ClockVersion(
        effective=reader.take("effective", date),
        article=reader.take("article", str),
        source=reader.take("source", str),
        length=reader.take_optional("length", int),
        unit=LengthUnit(unit),
        summary=reader.take("summary", str),
        checked=reader.take("checked", date),
        extension=reader.take_optional("extension", int),
        reminder_only=reader.take_optional("reminder_only", bool) or False,
    )
    named = version.unit is LengthUnit.NAMED_DATE
    reader.check(named == (version.length is None), "length", "needed unless the date is named")
    for key, length in (("length", version.length), ("extension", version.extension)):
        reader.check(length is None or length > 0, key, "must be positive")
    reader.finish()
    return version


class _Reader:
    """Takes typed keys out of one TOML table and objects to what is missing or left over."""

    def __init__(self, file: str, data: Mapping[str, Any]) -> None:
        self._file = file
        self._left = dict(data)

    def take(self, key: str, kind: type[T]) -> T:
        value = self.take_optional(key, kind)
        self.check(value not in (None, "", []), key, "is missing")
        assert value is not None
        return value

    def take_all(self, key: str, kind: type[T]) -> tuple[T, ...]:
        """A list that is not empty, every item of one type."""
        items = self.take(key, list)
        self.check(all(isinstance(item, kind) for item in items), key, f"must hold {kind.__name__}")
        return tuple(items)

    def take_optional(self, key: str, kind: type[T]) -> T | None:
        value: T | None = self._left.pop(key, None)
        # bool is a kind of int in Python, and never meant as one here.
        right = type(value) is kind if kind in (int, bool, date) else isinstance(value, kind)
        self.check(value is None or right, key, f"must be {kind.__name__}")
        return value

    def check(self, holds: bool, key: str, reason: str) -> None:
        if not holds:
            raise RegulationError(self._file, key, reason)

    def finish(self) -> None:
        for key in self._left:
            raise RegulationError(self._file, key, "is not a known key")
