"""The clocks of the regulation, read from one small TOML file each in ``clocks/``.

A clock says who owes what, which recorded events start and stop it, and, version by version, how
long it runs under which article. Nothing loads without an article, a source, an effective date
and the day it was last checked against the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from xfctl.regulation.errors import RegulationError
from xfctl.regulation.reader import Reader
from xfctl.regulation.units import LengthUnit


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
    reader = Reader.of(file, text)
    versions = tuple(map(_version, reader.tables("version")))
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


def _version(reader: Reader) -> ClockVersion:
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
