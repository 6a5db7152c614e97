from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import ACTOR, NOW, TODAY, Office
from raw_ledger import plain, run_child, stored_events

from xfctl.domain.event import encode, kind_of
from xfctl.errors import IntegrityError
from xfctl.ledger import events
from xfctl.ledger.chain import GENESIS, Head, StoredEvent, canonical_json
from xfctl.ledger.create import create_ledger

SAMPLES = json.loads(
    (Path(__file__).parents[1] / "domain" / "event_samples.json").read_text(encoding="utf-8")
)


def row(kind: str, payload: str, *, occurred_on: str = "2026-03-20") -> StoredEvent:
    recorded_at = "2026-03-20T01:30:00.000000+00:00"
    return StoredEvent(7, "s", kind, occurred_on, recorded_at, "测试员", payload, GENESIS, "f" * 64)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_stored_row_reads_as_its_event(kind):
    event = events.event_of(row(kind, canonical_json(SAMPLES[kind])))
    assert (event.seq, event.stream, event.occurred_on) == (7, "s", date(2026, 3, 20))
    assert (kind_of(event.fact), encode(event.fact)) == (kind, SAMPLES[kind])


@pytest.mark.parametrize(
    ("kind", "payload", "occurred_on"),
    [
        ("case.invented", "{}", "2026-03-20"),
        ("case.closed", '{"extra":1}', "2026-03-20"),
        ("case.closed", '{"result":1}', "2026-03-20"),
        ("case.closed", "not json", "2026-03-20"),
        ("case.closed", "", "2026-03-20"),
        ("case.closed", "[]", "2026-03-20"),
        ("case.closed", "null", "2026-03-20"),
        ("case.closed", "[" * 100_000, "2026-03-20"),
        ("case.closed", "{}", "2026-02-30"),
    ],
)
def test_a_row_that_cannot_be_read_is_an_integrity_fault_naming_the_event(
    kind, payload, occurred_on
):
    with pytest.raises(IntegrityError, match=f"第 7 条事件（{kind}）"):
        events.event_of(row(kind, payload, occurred_on=occurred_on))


def test_a_stream_holds_its_own_events_in_order(busy_office):
    with busy_office.reading() as ledger:
        stream = events.stream(ledger.connection, "case/XF2026-0001")
    assert [kind_of(event.fact) for event in stream[:3]] == [
        "case.registered",
        "case.assigned",
        "case.received",
    ]
    assert [event.seq for event in stream] == sorted(event.seq for event in stream)
    assert {event.stream for event in stream} == {"case/XF2026-0001"}


def test_an_unknown_stream_is_empty(office):
    with office.reading() as ledger:
        assert events.stream(ledger.connection, "case/无此编号") == []


def test_the_head_is_the_last_event(busy_office):
    last = stored_events(busy_office.path)[-1]
    assert busy_office.head() == Head(last.seq, last.hash)


def test_the_head_of_no_events_is_the_genesis():
    with plain(":memory:") as connection:
        connection.execute("CREATE TABLE event (seq, hash)")
        assert events.head(connection) == Head(0, GENESIS)


def test_two_ledgers_begun_alike_have_different_heads(tmp_path, office):
    other = tmp_path / "other.db"
    create_ledger(other, actor=ACTOR, now=NOW, today=TODAY)
    assert Office(other).head() != office.head()


def test_reading_events_needs_no_other_import():
    program = (
        "from xfctl.ledger import events; from xfctl.domain.event import kinds; print(*kinds())"
    )
    assert sorted(run_child(program).split()) == sorted(SAMPLES)
