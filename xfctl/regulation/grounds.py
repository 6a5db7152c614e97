"""The grounds for supervision (细则 11), read from one TOML file each in ``grounds/``.

A file says how its ground is found, in the few ways that ``domain/grounds`` knows, and, version by
version, under which article it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from xfctl.regulation.errors import RegulationError
from xfctl.regulation.reader import Reader
from xfctl.regulation.source import current

# How a ground is found: a clock ran out; a unit gave back a first petition that was its own; an
# officer recorded it with evidence; the matter came from a superior body.
WAYS = ("overdue", "declined", "recorded", "transferred")
# What the program measures to suggest, never to establish, a manner: working days of late
# feedback, how often a matter was given back, how often a report was sent back.
SIGNS = ("lateness", "returns", "rejections")


class Manner(Struct, frozen=True):
    """One of several ways of behaving that a ground names, such as 推诿.

    ``suggested_by`` is one of SIGNS, ``threshold`` the local parameter from which it suggests.
    """

    key: str
    label: str
    suggested_by: str | None
    threshold: str | None


class Overdue(Struct, frozen=True):
    """The clock whose running out is the ground, and how its date is ``told`` as evidence.

    ``direct``: only on matters raised directly with the office. ``excused``: what it means that
    the duty lapsed without being performed.
    """

    clock: str
    told: str
    direct: bool
    excused: str | None


class GroundVersion(Struct, frozen=True):
    """One wording: in force from ``effective`` until the next version; a ``repealed`` one says no."""

    effective: date
    article: str
    source: str
    summary: str
    checked: date
    repealed: bool


class Ground(Struct, frozen=True):
    """A ground; ``key`` is its file's name, as stored in events.

    ``due_again``: a state, due again when a supervision ended without ending it; else a single
    event that a supervision which named it has settled. ``after_opinion``: nobody may record it
    before there is a 处理意见. ``reason``: naming it needs a reason.
    """

    key: str
    title: str
    ways: tuple[str, ...]
    overdue: Overdue | None
    manners: tuple[Manner, ...]
    after_opinion: bool
    reason: bool
    due_again: bool
    versions: tuple[GroundVersion, ...]

    def in_force(self, on: date) -> bool:
        """Whether it is a ground on a day (细则 22: judged under the rules of the day)."""
        begun = [each for each in self.versions if each.effective <= on]
        return bool(begun) and not begun[-1].repealed

    @property
    def article(self) -> str:
        """Where it stands, by its latest wording."""
        return self.versions[-1].article

    @property
    def cited(self) -> str:
        """Article and title, as 细则 11(1) 未按期书面反馈."""
        return f"{self.article} {self.title}"

    def manner(self, key: str) -> Manner | None:
        """A manner by its key."""
        return next((each for each in self.manners if each.key == key), None)


def grounds() -> Mapping[str, Ground]:
    """All grounds by key, in order. Raises RegulationError for an unsound file."""
    return current().part("grounds", load_grounds)


def load_grounds(texts: Mapping[str, str]) -> Mapping[str, Ground]:
    """Read the files of a folder of grounds."""
    loaded = [load_ground(name, text) for name, text in texts.items()]
    return {each.key: each for each in sorted(loaded, key=lambda each: order(each.key))}


def order(key: str) -> tuple[int, str]:
    """How grounds are sorted: 2 before 12."""
    return len(key), key


def of_clock(clock: str) -> frozenset[str]:
    """The keys of the grounds that a clock's running out is."""
    return frozenset(
        each.key for each in grounds().values() if each.overdue and each.overdue.clock == clock
    )


def article_of(key: str) -> str:
    """The article of a ground; its bare key where the rule set has none of the name any more."""
    found = grounds().get(key)
    return found.article if found else key


def cited(key: str) -> str:
    """The article and title of a ground."""
    found = grounds().get(key)
    return found.cited if found else key


def manner_label(ground: str, manner: str) -> str:
    """What an officer reads for a manner of a ground."""
    known = grounds().get(ground)
    found = known.manner(manner) if known else None
    return found.label if found else manner


def load_ground(file: str, text: str) -> Ground:
    """Read one file of a ground. Raises RegulationError naming file, line and key."""
    reader = Reader.of(file, text)
    key = file.removesuffix(".toml").removeprefix("ground_")
    if not (key.isascii() and key.isalnum() and len(key) <= 8):
        raise RegulationError(file, "", "文件名须是 ground_ 加不超过 8 个字母或数字")
    ways = reader.take_all("ways", str)
    for way in ways:
        reader.known("ways", way, WAYS)
    clock = reader.table("overdue", _overdue)
    reader.check((clock is not None) == ("overdue" in ways), "overdue", "与 ways 不合")
    manners = reader.each("manner", _manner)
    reader.check(not manners or "recorded" in ways, "manner", "只有 recorded 才分几种")
    keys = [each.key for each in manners]
    reader.check(len(set(keys)) == len(keys), "manner", "key 用了两次")
    versions = reader.each("version", _version)
    reader.check(bool(versions), "version", "没有写，或是空的")
    reader.check_rising([each.effective for each in versions])
    ground = Ground(
        key=key,
        title=reader.take("title", str),
        ways=ways,
        overdue=clock,
        manners=manners,
        after_opinion=reader.flag("after_opinion"),
        reason=reader.flag("reason"),
        due_again=reader.flag("due_again"),
        versions=versions,
    )
    reader.finish()
    return ground


def _overdue(reader: Reader) -> Overdue:
    return Overdue(
        clock=reader.take("clock", str),
        told=reader.take("told", str),
        direct=reader.flag("direct"),
        excused=reader.take_optional("excused", str),
    )


def _manner(reader: Reader) -> Manner:
    sign = reader.take_optional("suggested_by", str)
    if sign is not None:
        reader.known("suggested_by", sign, SIGNS)
    manner = Manner(
        key=reader.take("key", str),
        label=reader.take("label", str),
        suggested_by=sign,
        threshold=reader.take_optional("threshold", str),
    )
    both = (manner.threshold is None) == (sign is None)
    reader.check(both, "threshold", "与 suggested_by 须同时写或都不写")
    return manner


def _version(reader: Reader) -> GroundVersion:
    return GroundVersion(
        effective=reader.take("effective", date),
        article=reader.take("article", str),
        source=reader.take("source", str),
        summary=reader.take("summary", str),
        checked=reader.take("checked", date),
        repealed=reader.flag("repealed"),
    )
