"""Whom today's digest still has to reach: one table of what happened before."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from xfctl.domain.digest import (
    STALE,
    STREAM,
    DigestClaimed,
    DigestFailed,
    DigestSent,
    Sending,
    plan,
)
from xfctl.domain.event import Event

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 7, 30, tzinfo=timezone(timedelta(hours=8)))
MAIL, CHAT = "mailto://example.invalid", "feishu://…"


def claimed(*destinations: str, ago: timedelta = timedelta(0), on: date = TODAY) -> Event:
    fact = DigestClaimed(destinations=destinations, sha256="0" * 64)
    return Event(1, STREAM, on, (NOW - ago).isoformat(), "经办甲", fact)


def outcome(fact: object, on: date = TODAY) -> Event:
    return Event(2, STREAM, on, NOW.isoformat(), "经办甲", fact)


YESTERDAY = TODAY - timedelta(days=1)
SENT = DigestSent(destinations=(MAIL,))
FAILED = DigestFailed(destinations=(MAIL,))
CASES: dict[str, tuple[list[Event], Sending]] = {
    "nothing yet": ([], Sending((MAIL, CHAT), (), ())),
    "yesterday does not count": (
        [claimed(MAIL, on=YESTERDAY), outcome(SENT, YESTERDAY)],
        Sending((MAIL, CHAT), (), ()),
    ),
    "sent to one": ([claimed(MAIL), outcome(SENT)], Sending((CHAT,), (MAIL,), ())),
    "failed": ([claimed(MAIL), outcome(FAILED)], Sending((MAIL, CHAT), (), ())),
    "failed, then sent": (
        [claimed(MAIL), outcome(FAILED), claimed(MAIL), outcome(SENT)],
        Sending((CHAT,), (MAIL,), ()),
    ),
    "another run is sending": ([claimed(MAIL, CHAT)], Sending((), (), (MAIL, CHAT))),
    "just before a claim is stale": (
        [claimed(MAIL, ago=STALE - timedelta(seconds=1))],
        Sending((CHAT,), (), (MAIL,)),
    ),
    "a run that died": ([claimed(MAIL, CHAT, ago=STALE)], Sending((MAIL, CHAT), (), ())),
    "sent to one, died before the other": (
        [claimed(MAIL, CHAT, ago=STALE), outcome(SENT)],
        Sending((CHAT,), (MAIL,), ()),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_plan(name: str) -> None:
    history, expected = CASES[name]
    assert plan(history, TODAY, [MAIL, CHAT, MAIL], NOW, again=False) == expected


@pytest.mark.parametrize("name", CASES)
def test_again_sends_whatever_happened(name: str) -> None:
    history, _ = CASES[name]
    assert plan(history, TODAY, [MAIL, CHAT], NOW, again=True) == Sending((MAIL, CHAT), (), ())
