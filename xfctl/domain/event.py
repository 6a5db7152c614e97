"""Events: what happened, on which date, in the life of one case, unit or calendar.

A *fact* is a frozen dataclass in the past tense, declared by the module of its subject with
``@fact("case.assigned")``. An *event* is a fact with its place in the ledger. Facts are stored as
JSON objects; ``encode`` and ``decode`` are each other's inverse for every registered kind.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import (
    Any,
    NamedTuple,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from xfctl.domain.frozen import made

Json = Mapping[str, Any]
F = TypeVar("F")

# The module that declares the facts of each subject: imported when one of them is met, so that
# reading a matter does not load the rules of everything else.
_HOMES = {
    "accountability": "accountability.facts",
    "calendar": "office_calendar",
    "candidates": "candidate",
    "case": "case_facts",
    "consequence": "consequence",
    "decision": "decision",
    "digest": "digest",
    "inspection": "inspection",
    "ledger": "office",
    "plan": "plan",
    "risk": "risk",
    "rules": "parameters",
    "supervision": "supervision",
    "unit": "unit",
}

_JSON_TYPES = frozenset({str, int, bool, type(None)})
_KINDS: dict[str, type] = {}
_NAMES: dict[type, str] = {}


class UnknownKindError(ValueError):
    """An event kind or payload this version of the program does not know."""


class Dated(NamedTuple):
    """A fact together with the local date on which it happened."""

    occurred_on: date
    fact: object


class Event(NamedTuple):
    """A recorded fact.

    ``seq`` is its place in the ledger, ``stream`` the case, unit or calendar it belongs to,
    ``occurred_on`` the date in Asia/Shanghai, ``recorded_at`` UTC in ISO 8601, ``actor`` the
    person at the keyboard.
    """

    seq: int
    stream: str
    occurred_on: date
    recorded_at: str
    actor: str
    fact: object


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(kind: str) -> Callable[[type[F]], type[F]]:
    """Register a fact class under its kind; a changed shape takes a new kind (``…/2``)."""

    def register(cls: type[F]) -> type[F]:
        frozen = dataclass(frozen=True, kw_only=True)(cls)
        _KINDS[kind] = frozen
        _NAMES[frozen] = kind
        return frozen

    return register


def kinds() -> Mapping[str, type]:
    """Every fact class by kind."""
    for subject in _HOMES:
        _declare(subject)
    return dict(_KINDS)


def kind_of(value: object) -> str:
    """The kind under which a fact is stored."""
    return _NAMES[type(value)]


def encode(value: object) -> dict[str, Any]:
    """A fact as a JSON object; fields that hold their default are left out."""
    cls: type = type(value)
    return {
        name: _plain(held)
        for name, default in _defaults(cls)
        if (held := getattr(value, name)) != default
    }


def decode(kind: str, payload: Json) -> object:
    """The fact stored under a kind. Raises UnknownKindError if it is not one of ours."""
    cls = _KINDS.get(kind) or _declared(kind)
    try:
        return _build(cls, payload)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnknownKindError(kind) from error


def _declared(kind: str) -> type:
    _declare(kind.partition(".")[0])
    if kind not in _KINDS:
        raise UnknownKindError(kind)
    return _KINDS[kind]


def _declare(subject: str) -> None:
    if subject in _HOMES:
        import_module(f"xfctl.domain.{_HOMES[subject]}")


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(cls))


def _plain(value: object) -> Any:
    """A value as JSON takes it; whatever is none of ours, JSON itself will refuse."""
    cls: type = type(value)
    return value if cls in _JSON_TYPES else _plainer(cls)(value)


@cache
def _plainer(cls: type) -> Callable[[Any], Any]:
    if issubclass(cls, date):
        return cls.isoformat
    if issubclass(cls, tuple):
        return lambda value: [_plain(item) for item in value]
    if is_dataclass(cls):
        return encode
    return str if issubclass(cls, StrEnum) else lambda value: value


@cache
def _shape(cls: type) -> tuple[dict[str, Callable[[Any], Any]], dict[str, Any], frozenset[str]]:
    """How to read each field of a class, the defaults, and the fields that have none."""
    hints = get_type_hints(cls)
    readers = {field.name: _reader(hints[field.name]) for field in fields(cls)}
    defaults = {name: default for name, default in _defaults(cls) if default is not MISSING}
    return readers, defaults, frozenset(readers.keys() - defaults.keys())


def _build(cls: type, payload: Json) -> Any:
    """Raises KeyError for a key too many or one missing, and what the readers raise."""
    readers, defaults, required = _shape(cls)
    read = {name: readers[name](value) for name, value in payload.items()}
    if not required <= read.keys():
        raise KeyError(cls.__name__)
    return made(cls, defaults | read)


def _reader(hint: Any) -> Callable[[Any], Any]:
    """How to read a JSON value back into a field of the given type."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        item = _reader(get_args(hint)[0])
        read_list = _checked(list)
        return lambda value: tuple(map(item, read_list(value)))
    if isinstance(hint, type) and is_dataclass(hint):
        return partial(_build, hint)
    if hint is date:
        return _date
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        # Members by value: asking the class itself takes five times as long.
        return {each.value: each for each in hint}.__getitem__
    return _checked(hint)


@lru_cache(maxsize=4096)
def _date(value: str) -> date:
    day = date.fromisoformat(value)
    if day.isoformat() != value:  # such as 20260301 or a week date
        raise ValueError(value)
    return day


def _checked(hint: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not hint:
            raise TypeError
        return value

    return read
