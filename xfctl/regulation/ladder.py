"""The ladder of accountability (细则 13–18), read from one TOML file an article in ``ladder/``.

Article 13 lists situations and roles, article 14 measures and who has the power over them, each
later article is a rung: what opens it, its own measures, what may be combined with them, and its
effects. Every file has versions by date; nothing loads without an article and a source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

from xfctl.regulation.errors import RegulationError
from xfctl.regulation.reader import Reader

T = TypeVar("T")


@dataclass(frozen=True)
class Situation:
    """What may have happened: ``key`` is its item, as 13(3), or 15/leapfrog where there is none.

    ``grounds`` are the grounds of 细则 11 that point to it.
    """

    key: str
    label: str
    grounds: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The number of its article."""
        return re.split(r"[(/]", self.key)[0]

    @property
    def article(self) -> str:
        """The article, with its item if it has one."""
        return f"细则 {self.key.partition('/')[0]}"


@dataclass(frozen=True)
class RoleRule:
    """A kind of responsibility, and who bears it for responsibility of one nature."""

    key: str
    label: str
    nature: str
    bearers: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """Who may decide or carry out a measure."""

    key: str
    label: str


@dataclass(frozen=True)
class Measure:
    """A measure (追究方式): ``key`` is its item, as 14(3); ``clock`` what the person then owes."""

    key: str
    label: str
    decided_by: tuple[str, ...]
    carried_out_by: tuple[str, ...]
    clock: str | None = None

    @property
    def article(self) -> str:
        """The item that names it."""
        return f"细则 {self.key}"


@dataclass(frozen=True)
class Entry:
    """One way onto a rung: a situation of an article at a severity, or a rung left unrectified."""

    situations: str | None = None
    severity: str | None = None
    unrectified: str | None = None


@dataclass(frozen=True)
class Only:
    """To whom a measure may be given on a rung: bearers of some roles, leaders, or both at once."""

    measure: str
    roles: tuple[str, ...] = ()
    leaders: bool = False


@dataclass(frozen=True)
class Rung:
    """One article of the ladder: ``measures`` are its own, of which a decision holds at least one.

    ``combined_with`` are those that may be added (细则 14: 可以合并使用); nothing else may.
    """

    key: str
    article: str
    title: str
    summary: str
    entries: tuple[Entry, ...]
    measures: tuple[str, ...]
    combined_with: tuple[str, ...] = ()
    only: tuple[Only, ...] = ()
    rectification: bool = False
    award_lost: bool = False


@dataclass(frozen=True)
class Ladder:
    """The ladder in force on a day; everything by key, rungs from the lowest to the highest."""

    situations: Mapping[str, Situation]
    roles: Mapping[str, RoleRule]
    bodies: Mapping[str, Body]
    measures: Mapping[str, Measure]
    rungs: Mapping[str, Rung]


@dataclass(frozen=True)
class Version:
    """One wording of an article: in force from ``effective`` until the next version's date."""

    effective: date
    article: str
    source: str
    checked: date
    situations: tuple[Situation, ...] = ()
    roles: tuple[RoleRule, ...] = ()
    bodies: tuple[Body, ...] = ()
    measures: tuple[Measure, ...] = ()
    rung: Rung | None = None


@dataclass(frozen=True)
class Article:
    """An article with its versions, oldest first."""

    file: str
    title: str
    versions: tuple[Version, ...]

    @property
    def number(self) -> str:
        """The article's number, as in its file's name."""
        return _number(self.file)

    def in_force(self, on: date) -> Version | None:
        """The version in force on a day, None before the first."""
        return next((each for each in reversed(self.versions) if each.effective <= on), None)


@cache
def articles() -> tuple[Article, ...]:
    """Every article of the ladder by number.

    Raises RegulationError naming file and key if a file is unsound, or names what no file has.
    """
    folder = files("xfctl.regulation") / "ladder"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return load_articles({name: (folder / name).read_text(encoding="utf-8") for name in names})


def load_articles(texts: Mapping[str, str]) -> tuple[Article, ...]:
    """Read the files of a ladder, checked against each other on every day a version begins."""
    loaded = tuple(_article(name, text) for name, text in sorted(texts.items()))
    for day in sorted({version.effective for each in loaded for version in each.versions}):
        _check_references(loaded, day)
    return loaded


def ladder(on: date, known: Iterable[Article] | None = None) -> Ladder:
    """The ladder in force on a day (细则 22: judged under the rules of the day in question)."""
    found = [each.in_force(on) for each in (articles() if known is None else known)]
    versions = [version for version in found if version is not None]
    return Ladder(
        situations={each.key: each for version in versions for each in version.situations},
        roles={each.key: each for version in versions for each in version.roles},
        bodies={each.key: each for version in versions for each in version.bodies},
        measures={each.key: each for version in versions for each in version.measures},
        rungs={version.rung.key: version.rung for version in versions if version.rung},
    )


def _article(file: str, text: str) -> Article:
    reader = Reader.of(file, text)
    title = reader.take("title", str)
    versions = tuple(_version(each, title) for each in reader.tables("version"))
    dates = [version.effective for version in versions]
    reader.check(
        dates == sorted(set(dates)), "effective", "dates must rise from version to version"
    )
    reader.finish()
    return Article(file, title, versions)


def _version(reader: Reader, title: str) -> Version:
    article = reader.take("article", str)
    version = Version(
        effective=reader.take("effective", date),
        article=article,
        source=reader.take("source", str),
        checked=reader.take("checked", date),
        situations=_each(reader, "situation", _situation),
        roles=_each(reader, "role", _role),
        bodies=_each(reader, "body", _body),
        measures=_each(reader, "measure", _measure),
        rung=_rung(reader, article, title),
    )
    reader.finish()
    return version


def _each(reader: Reader, key: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
    """What is read from each table of a list that may be missing."""
    found = []
    for item in reader.optional_tables(key):
        found.append(read(item))
        item.finish()
    return tuple(found)


def _situation(reader: Reader) -> Situation:
    key, label = reader.take("key", str), reader.take("label", str)
    return Situation(key, label, reader.take_texts("grounds"))


def _role(reader: Reader) -> RoleRule:
    key, label = reader.take("key", str), reader.take("label", str)
    return RoleRule(key, label, reader.take("nature", str), reader.take_all("bearers", str))


def _body(reader: Reader) -> Body:
    return Body(reader.take("key", str), reader.take("label", str))


def _measure(reader: Reader) -> Measure:
    return Measure(
        key=reader.take("key", str),
        label=reader.take("label", str),
        decided_by=reader.take_all("decided_by", str),
        carried_out_by=reader.take_all("carried_out_by", str),
        clock=reader.take_optional("clock", str),
    )


def _rung(reader: Reader, article: str, title: str) -> Rung | None:
    """A rung, where the article gives one: it has an entry."""
    entries = _each(reader, "entry", _entry)
    if not entries:
        return None
    return Rung(
        key=_number(reader.file),
        article=article,
        title=title,
        summary=reader.take("summary", str),
        entries=entries,
        measures=reader.take_all("measures", str),
        combined_with=reader.take_texts("combined_with"),
        only=_each(reader, "only", _only),
        rectification=reader.take_optional("rectification", bool) or False,
        award_lost=reader.take_optional("award_lost", bool) or False,
    )


def _entry(reader: Reader) -> Entry:
    entry = Entry(
        situations=reader.take_optional("situations", str),
        severity=reader.take_optional("severity", str),
        unrectified=reader.take_optional("unrectified", str),
    )
    one = (entry.situations is None) != (entry.unrectified is None)
    reader.check(one, "entry", "needs either situations or unrectified")
    return entry


def _only(reader: Reader) -> Only:
    return Only(
        measure=reader.take("measure", str),
        roles=reader.take_texts("roles"),
        leaders=reader.take_optional("leaders", bool) or False,
    )


def _number(file: str) -> str:
    return file.removesuffix(".toml").removeprefix("article_")


def _check_references(known: tuple[Article, ...], day: date) -> None:
    """Whatever one article names of another must be there on the day it is in force."""
    whole = ladder(day, known)
    for article in known:
        version = article.in_force(day)
        for key, there, name in _references(version, whole) if version else ():
            if name not in there:
                raise RegulationError(article.file, key, f"names {name}, which is nowhere defined")


def _references(version: Version, whole: Ladder) -> Iterator[tuple[str, Container[str], str]]:
    """Where a version names something, what there is of the kind, and what it names."""
    for measure in version.measures:
        for body in (*measure.decided_by, *measure.carried_out_by):
            yield "measure", whole.bodies, body
    if version.rung is None:
        return
    groups = {each.group for each in whole.situations.values()}
    for name in (*version.rung.measures, *version.rung.combined_with):
        yield "measures", whole.measures, name
    for entry in version.rung.entries:
        if entry.situations:
            yield "entry", groups, entry.situations
        if entry.unrectified:
            yield "entry", whole.rungs, entry.unrectified
    for only in version.rung.only:
        yield "only", whole.measures, only.measure
        for role in only.roles:
            yield "only", whole.roles, role
