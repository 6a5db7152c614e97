"""The ladder of accountability (细则 13–18), read from one TOML file an article in ``ladder/``.

Article 13 lists situations and roles, article 14 measures and who has the power over them, each
later article is a rung: what opens it, its own measures, what may be combined with them, and its
effects. Every file has versions by date; nothing loads without an article and a source.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from xfctl.regulation.errors import RegulationError
from xfctl.regulation.lines import lines_naming
from xfctl.regulation.reader import Reader
from xfctl.regulation.source import current

# The words that rules and officers share; ``domain`` knows what they mean.
SEVERITIES = ("light", "grave", "exceptional")
NATURES = ("collective", "individual")
BEARERS = ("party_head", "admin_head", "in_charge", "took_part", "staff")
# What a person may owe for a measure: ``domain`` knows how each is asked for and handed in.
MEASURE_CLOCKS = ("explanation", "self_criticism")
# What the program itself can measure of a situation, see ``reports/candidates``.
SIGNS = ("unreported", "collective", "leapfrog", "repeated")


class Situation(Struct, frozen=True):
    """What may have happened: ``key`` is its item, as 13(3), or 15/leapfrog where there is none.

    ``cited`` is how its regulation is cited; ``grounds`` are the grounds for supervision that point
    to it, ``sign`` is what the program itself measures of it (one of SIGNS).
    """

    key: str
    label: str
    cited: str
    grounds: tuple[str, ...] = ()
    sign: str | None = None

    @property
    def group(self) -> str:
        """The number of its article."""
        return re.split(r"[(/]", self.key)[0]

    @property
    def article(self) -> str:
        """The article, with its item if it has one."""
        return f"{self.cited} {self.key.partition('/')[0]}"

    @property
    def whole_article(self) -> str:
        """The article without the item."""
        return f"{self.cited} {self.group}"


class RoleRule(Struct, frozen=True):
    """A kind of responsibility, and who bears it for responsibility of one nature (``article``)."""

    key: str
    label: str
    nature: str
    bearers: tuple[str, ...]
    article: str


class Body(Struct, frozen=True):
    """Who may decide or carry out a measure."""

    key: str
    label: str


class Measure(Struct, frozen=True):
    """A measure (追究方式): ``key`` is its item, as 14(3).

    ``clock`` is what the person then owes, one of MEASURE_CLOCKS.
    """

    key: str
    label: str
    cited: str
    decided_by: tuple[str, ...]
    carried_out_by: tuple[str, ...]
    clock: str | None = None

    @property
    def article(self) -> str:
        """The item that names it."""
        return f"{self.cited} {self.key}"

    @property
    def powers(self) -> str:
        """The article that says who decides it and who carries it out."""
        return f"{self.cited} {self.key.partition('(')[0]}"


class Entry(Struct, frozen=True):
    """One way onto a rung: a situation of an article at a severity, or a rung left unrectified."""

    situations: str | None = None
    severity: str | None = None
    unrectified: str | None = None


class Only(Struct, frozen=True):
    """To whom a measure may be given on a rung: bearers of some roles, leaders, or both at once."""

    measure: str
    roles: tuple[str, ...] = ()
    leaders: bool = False


class Rung(Struct, frozen=True):
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


class Ladder(Struct, frozen=True):
    """The ladder in force on a day; everything by key, rungs from the lowest to the highest."""

    situations: Mapping[str, Situation]
    roles: Mapping[str, RoleRule]
    bodies: Mapping[str, Body]
    measures: Mapping[str, Measure]
    rungs: Mapping[str, Rung]

    def by_sign(self, sign: str) -> Situation | None:
        """The situation that something the program measures points to (one of SIGNS)."""
        return next((each for each in self.situations.values() if each.sign == sign), None)


class Version(Struct, frozen=True):
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


class Article(Struct, frozen=True):
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


def articles() -> tuple[Article, ...]:
    """Every article of the ladder by number.

    Raises RegulationError for an unsound file, or one that names what no file has.
    """
    return current().part("ladder", load_articles)


def load_articles(texts: Mapping[str, str]) -> tuple[Article, ...]:
    """Read the files of a ladder, checked against each other on every day a version begins."""
    loaded = tuple(_article(name, text) for name, text in sorted(texts.items(), key=_by_number))
    for day in sorted({version.effective for each in loaded for version in each.versions}):
        _check_once(loaded, day, texts)
        _check_references(loaded, day, texts)
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
    versions = reader.each("version", lambda each: _version(each, title))
    reader.check(bool(versions), "version", "没有写，或是空的")
    reader.check_rising([version.effective for version in versions])
    reader.finish()
    return Article(file, title, versions)


def _version(reader: Reader, title: str) -> Version:
    article = reader.take("article", str)
    cited = article.partition(" ")[0]
    return Version(
        effective=reader.take("effective", date),
        article=article,
        source=reader.take("source", str),
        checked=reader.take("checked", date),
        situations=reader.each("situation", lambda each: _situation(each, cited)),
        roles=reader.each("role", lambda each: _role(each, article)),
        bodies=reader.each("body", _body),
        measures=reader.each("measure", lambda each: _measure(each, cited)),
        rung=_rung(reader, article, title),
    )


def _situation(reader: Reader, cited: str) -> Situation:
    sign = reader.take_optional("sign", str)
    if sign is not None:
        reader.known("sign", sign, SIGNS)
    key, label = reader.take("key", str), reader.take("label", str)
    return Situation(key, label, cited, reader.take_texts("grounds"), sign)


def _role(reader: Reader, article: str) -> RoleRule:
    bearers = reader.take_all("bearers", str)
    for each in bearers:
        reader.known("bearers", each, BEARERS)
    key, label = reader.take("key", str), reader.take("label", str)
    return RoleRule(key, label, reader.take_word("nature", NATURES), bearers, article)


def _body(reader: Reader) -> Body:
    return Body(reader.take("key", str), reader.take("label", str))


def _measure(reader: Reader, cited: str) -> Measure:
    clock = reader.take_optional("clock", str)
    if clock is not None:
        reader.known("clock", clock, MEASURE_CLOCKS)
    return Measure(
        key=reader.take("key", str),
        label=reader.take("label", str),
        cited=cited,
        decided_by=reader.take_all("decided_by", str),
        carried_out_by=reader.take_all("carried_out_by", str),
        clock=clock,
    )


def _rung(reader: Reader, article: str, title: str) -> Rung | None:
    """A rung, where the article gives one: it has an entry."""
    entries = reader.each("entry", _entry)
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
        only=reader.each("only", _only),
        rectification=reader.flag("rectification"),
        award_lost=reader.flag("award_lost"),
    )


def _entry(reader: Reader) -> Entry:
    entry = Entry(
        situations=reader.take_optional("situations", str),
        severity=reader.take_optional("severity", str),
        unrectified=reader.take_optional("unrectified", str),
    )
    one = (entry.situations is None) != (entry.unrectified is None)
    reader.check(one, "entry", "须写 situations 或 unrectified 之一")
    if entry.severity is not None:
        reader.known("severity", entry.severity, SEVERITIES)
    return entry


def _only(reader: Reader) -> Only:
    return Only(
        measure=reader.take("measure", str),
        roles=reader.take_texts("roles"),
        leaders=reader.flag("leaders"),
    )


def _by_number(item: tuple[str, str]) -> tuple[int, str]:
    """Article 9 comes before article 13."""
    number = _number(item[0])
    return (int(number) if number.isdecimal() else 0, number)


def _number(file: str) -> str:
    return file.removesuffix(".toml").removeprefix("article_")


def _check_once(known: tuple[Article, ...], day: date, texts: Mapping[str, str]) -> None:
    """Nothing bears the key of another thing of its kind on the same day."""
    seen: set[tuple[str, str]] = set()
    for article in known:
        version = article.in_force(day)
        for kind, key in _keys(version) if version else ():
            if (kind, key) in seen:
                line = lines_naming(texts[article.file], key)[-1]
                raise RegulationError(article.file, "key", f"「{key}」用了两次", line)
            seen.add((kind, key))


def _keys(version: Version) -> Iterator[tuple[str, str]]:
    for kind in ("situations", "roles", "bodies", "measures"):
        for each in getattr(version, kind):
            yield kind, each.key


def _check_references(known: tuple[Article, ...], day: date, texts: Mapping[str, str]) -> None:
    """Whatever one article names of another must be there on the day it is in force."""
    whole = ladder(day, known)
    for article in known:
        version = article.in_force(day)
        for key, there, name in _references(version, whole) if version else ():
            if name not in there:
                line = lines_naming(texts[article.file], name)[0]
                raise RegulationError(article.file, key, f"「{name}」没有定义", line)


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
