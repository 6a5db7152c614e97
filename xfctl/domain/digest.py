"""Sending the digest: once a day to each destination, on record, and never lost for a crash.

A destination is claimed before it is sent to, so that two runs at once do not both send. A claim
without an outcome is that of a run which died: after ``STALE`` it counts no more, and the digest is
sent again. So it arrives at least once; a second copy costs a glance, a lost day may cost a deadline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from xfctl.domain.event import Event, Stored, fact

STREAM = "digest"
STALE = timedelta(minutes=10)


@fact("digest.claimed")
class DigestClaimed(Stored, frozen=True, kw_only=True):
    """A run is about to send the digest of the day; ``sha256`` of its text in hexadecimal.

    Destinations here and below are masked: the kind of address, never a token or password.
    """

    destinations: tuple[str, ...]
    sha256: str


@fact("digest.sent")
class DigestSent(Stored, frozen=True, kw_only=True):
    """The digest of the day was handed over for these destinations."""

    destinations: tuple[str, ...]


@fact("digest.failed")
class DigestFailed(Stored, frozen=True, kw_only=True):
    """The digest of the day could not be handed over for these destinations."""

    destinations: tuple[str, ...]


class Sending(Struct, frozen=True):
    """Which destinations to send to now, which have had it, which another run is sending to."""

    send: tuple[str, ...]
    sent: tuple[str, ...]
    busy: tuple[str, ...]


def plan(
    history: Iterable[Event], on: date, destinations: Sequence[str], now: datetime, *, again: bool
) -> Sending:
    """What is still to be done on a day; ``again`` sends even where it was sent."""
    latest: dict[str, Event] = {}
    for event in history:
        if event.occurred_on == on:
            assert isinstance(event.fact, DigestClaimed | DigestSent | DigestFailed)
            latest |= dict.fromkeys(event.fact.destinations, event)
    by_standing: dict[str, list[str]] = {"send": [], "sent": [], "busy": []}
    for destination in dict.fromkeys(destinations):
        standing = "send" if again else _standing(latest.get(destination), now)
        by_standing[standing].append(destination)
    return Sending(**{name: tuple(held) for name, held in by_standing.items()})


def _standing(event: Event | None, now: datetime) -> str:
    match event and event.fact:
        case DigestSent():
            return "sent"
        case DigestClaimed():
            assert event is not None
            fresh = now - datetime.fromisoformat(event.recorded_at) < STALE
            return "busy" if fresh else "send"
    return "send"
