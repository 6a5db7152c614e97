"""A frozen state with some fields changed, without paying for its constructor.

``dataclasses.replace`` calls ``__init__``, which on a frozen class sets every field through
``object.__setattr__``: for a matter of 23 fields that is most of what folding an event costs. The
states folded from events have no ``__post_init__`` and no slots, so a copy of their fields is the
same object.
"""

from __future__ import annotations

from typing import Any, TypeVar

S = TypeVar("S")


def changed(state: S, **fields: Any) -> S:
    """``state`` with these fields replaced."""
    after = made(type(state), state.__dict__ | fields)
    assert len(after.__dict__) == len(state.__dict__), f"no such field among {sorted(fields)}"
    return after


def made(cls: type[S], fields: dict[str, Any]) -> S:
    """An instance with exactly these fields, all of them checked by the caller."""
    instance = object.__new__(cls)
    instance.__dict__.update(fields)
    return instance
