"""The clocks of the regulation, read from one small TOML file each in ``clocks/``.

A clock says who owes what and, version by version, how long it runs under which article; for the
reader, which events start and stop it. Nothing loads without an article, a source, an effective date
and the day it was last checked against the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from xfctl.errors import InputRefusedError
from xfctl.regulation.reader import Reader
from xfctl.regulation.source import current
from xfctl.regulation.units import LengthUnit

# Who may owe what a clock asks.
DEBTORS = ("unit", "office", "petitioner", "person", "body")


class ClockVersion(Struct, frozen=True):
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


class Clock(Struct, frozen=True):
    """A duty with a deadline.

    ``starts`` and ``stops`` name the kinds of events that begin and end it, the most telling first.
    They say so to whoever reads the file, and tests hold them to kinds that exist; the program itself
    does not read them, because a fact says what it opens and ends.
    """

    name: str
    title: str
    owed_by: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    versions: tuple[ClockVersion, ...]

    def holds(self, on: date) -> bool:
        """Whether there is a version in force on a day: none before the first one's date."""
        return self.versions[0].effective <= on

    def in_force(self, on: date) -> ClockVersion:
        """The version in force on a day (细则 22: a matter is judged under the rules of its day).

        Raises InputRefusedError before the first version's effective date.
        """
        for version in reversed(self.versions):
            if version.effective <= on:
                return version
        raise InputRefusedError(
            f"「{self.title}」的期限从 {self.versions[0].effective} 起施行，{on} 还没有；"
            "请核对日期，或核对规则文件里的 effective。"
        )


def clocks() -> Mapping[str, Clock]:
    """All clocks by name. Raises RegulationError naming file, line and key of an unsound file."""
    return current().part("clocks", load_clocks)


def load_clocks(texts: Mapping[str, str]) -> Mapping[str, Clock]:
    """Read the files of a folder of clocks."""
    loaded = [load_clock(name, text) for name, text in sorted(texts.items())]
    return {clock.name: clock for clock in loaded}


def load_clock(file: str, text: str) -> Clock:
    """Read one clock file. Raises RegulationError naming file, line and key."""
    reader = Reader.of(file, text)
    versions = reader.each("version", _version)
    reader.check(bool(versions), "version", "没有写，或是空的")
    reader.check_rising([version.effective for version in versions])
    clock = Clock(
        name=file.removesuffix(".toml"),
        title=reader.take("title", str),
        owed_by=reader.take_word("owed_by", DEBTORS),
        starts=reader.take_all("starts", str),
        stops=reader.take_all("stops", str),
        versions=versions,
    )
    reader.finish()
    return clock


def _version(reader: Reader) -> ClockVersion:
    version = ClockVersion(
        effective=reader.take("effective", date),
        article=reader.take("article", str),
        source=reader.take("source", str),
        length=reader.take_optional("length", int),
        unit=LengthUnit(reader.take_word("unit", tuple(LengthUnit))),
        summary=reader.take("summary", str),
        checked=reader.take("checked", date),
        extension=reader.take_optional("extension", int),
        reminder_only=reader.flag("reminder_only"),
    )
    named = version.unit is LengthUnit.NAMED_DATE
    reader.check(named == (version.length is None), "length", "除指定日期者外须写明长度")
    for key, length in (("length", version.length), ("extension", version.extension)):
        reader.check(length is None or length > 0, key, "须大于 0")
    return version
