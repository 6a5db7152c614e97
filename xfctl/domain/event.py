"""Events: what happened, on which date, in the life of one subject: a case, a unit, the calendar, ….

A *fact* is a frozen struct in the past tense, declared by the module of its subject with
``@fact("case.assigned")``. An *event* is a fact with its place in the ledger. Facts are stored as
JSON objects; ``encode`` and ``decode`` are each other's inverse for every registered kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

Json = Mapping[str, Any]
F = TypeVar("F", bound="type[Stored]")

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

_ENCODER = msgspec.json.Encoder(order="sorted")
_KINDS: dict[str, type[Stored]] = {}
_NAMES: dict[type, str] = {}


class UnknownKindError(ValueError):
    """An event kind or payload this version of the program does not know."""


class Stored(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a payload is made of: a fact, or a part of one. Keys too many do not pass.

    Fields that hold their default are not stored.
    """


class Dated(Struct, frozen=True):
    """A fact together with the local date on which it happened."""

    occurred_on: date
    fact: Stored


class Event(Struct, frozen=True):
    """A recorded fact.

    ``seq`` is its place in the ledger, ``stream`` the subject it belongs to (``case/XF2026-0001``,
    ``calendar``), ``occurred_on`` the date on which it happened in Asia/Shanghai, ``recorded_at`` UTC
    in ISO 8601, ``actor`` the person at the keyboard.
    """

    seq: int
    stream: str
    occurred_on: date
    recorded_at: str
    actor: str
    fact: Stored


def fact(kind: str) -> Callable[[F], F]:
    """Register a fact class under its kind; a changed shape takes a new kind (``…/2``)."""

    def register(cls: F) -> F:
        _KINDS[kind] = cls
        _NAMES[cls] = kind
        return cls

    return register


def kinds() -> Mapping[str, type[Stored]]:
    """Every fact class by kind."""
    for subject in _HOMES:
        _declare(subject)
    return dict(_KINDS)


def kind_of(value: object) -> str:
    """The kind under which a fact is stored."""
    return _NAMES[type(value)]


def encode(value: Stored) -> dict[str, Any]:
    """A fact as a JSON object."""
    held: dict[str, Any] = msgspec.json.decode(_ENCODER.encode(value))
    return held


def encode_json(value: Stored) -> str:
    """The same as the text that is stored: keys sorted, nothing between them, UTF-8 as it is."""
    return _ENCODER.encode(value).decode()


def decode(kind: str, payload: Json) -> Stored:
    """The fact stored under a kind. Raises UnknownKindError if it is not one of ours."""
    try:
        return msgspec.convert(payload, _declared(kind))
    except msgspec.ValidationError as error:
        raise UnknownKindError(kind) from error


def decode_json(kind: str, payload: str) -> Stored:
    """The same from the text of the payload."""
    try:
        return _decoder(kind).decode(payload)
    except msgspec.DecodeError as error:
        raise UnknownKindError(kind) from error


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Stored]:
    return msgspec.json.Decoder(_declared(kind))


def _declared(kind: str) -> type[Stored]:
    if kind not in _KINDS:
        _declare(kind.partition(".")[0])
    if kind not in _KINDS:
        raise UnknownKindError(kind)
    return _KINDS[kind]


def _declare(subject: str) -> None:
    if subject in _HOMES:
        import_module(f"xfctl.domain.{_HOMES[subject]}")
