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
from functools import cache, partial
from importlib import import_module
from typing import Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

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


@dataclass(frozen=True)
class Dated:
    """A fact together with the local date on which it happened."""

    occurred_on: date
    fact: object


@dataclass(frozen=True)
class Event:
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
    if type(value) in _JSON_TYPES:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return encode(value)
    return str(value) if isinstance(value, StrEnum) else value


@cache
def _shape(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    hints = get_type_hints(cls)
    return tuple(
        (field.name, _reader(hints[field.name]), field.default is MISSING) for field in fields(cls)
    )


def _build(cls: type, payload: Json) -> Any:
    shape = _shape(cls)
    if not payload.keys() <= {name for name, _, _ in shape}:
        raise UnknownKindError(cls.__name__)
    return cls(
        **{
            name: read(payload[name])
            for name, read, required in shape
            if required or name in payload
        }
    )


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
        return lambda value: tuple(item(each) for each in read_list(value))
    if isinstance(hint, type) and is_dataclass(hint):
        return partial(_build, hint)
    if hint is date:
        return _date
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _checked(hint)


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
