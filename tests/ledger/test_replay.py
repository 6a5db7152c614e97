"""What writing and replaying may cost: statements, and streams held at once."""

from __future__ import annotations

import pytest
from conftest import REGISTERED_ON, TODAY, assign, entry
from raw_ledger import contents, stored_events

from xfctl.app.office import recount
from xfctl.domain.classification import FeedbackForm
from xfctl.domain.steps.closing import CloseCase
from xfctl.domain.steps.handling import GiveFeedback, ReceiveCase
from xfctl.errors import InputRefusedError
from xfctl.ledger import replay as replaying
from xfctl.ledger import writer as writing
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.projection import SUBJECTS, chosen, columns_of
from xfctl.ledger.rebuild import rebuild
from xfctl.ledger.replay import BATCH, batches, replay
from xfctl.ledger.verify import verify


def live_through(desk, number: str) -> None:
    """A matter from registration to its end: five events."""
    desk.register(REGISTERED_ON, entry(number))
    desk.step(assign(number, REGISTERED_ON, "U01"))
    desk.step(ReceiveCase(number=number, on=REGISTERED_ON))
    desk.step(GiveFeedback(number=number, on=TODAY, form=FeedbackForm.WRITTEN))
    desk.step(CloseCase(number=number, on=TODAY, result="虚构结果"))


def many(office, count: int, first: int = 1) -> list[str]:
    """Record ``count`` matters in one transaction; the SQL run, once for each row it is run with."""
    statements: list[str] = []
    with office.desk() as desk:
        desk.writer.connection.set_trace_callback(statements.append)
        for number in range(first, first + count):
            live_through(desk, f"XF2026-{number:04}")
    return statements


def test_a_matter_asks_the_ledger_once_and_inserts_its_rows(office):
    """A row each of search, matter, assignment, obligation, ground and milestone."""
    office.add_units("U01")
    few, more = many(office, 20), many(office, 40, first=100)
    assert sum(each.startswith('INSERT INTO "') for each in more) == 40 * 6
    asked = [sum(each.startswith("SELECT") for each in sql) for sql in (few, more)]
    assert asked[1] - asked[0] == 20
    assert not any(each.startswith("DELETE") for each in more)


def test_replay_asks_each_state_table_once_a_batch(office):
    office.add_units("U01")
    many(office, 2 * BATCH)
    statements: list[str] = []
    with office.reading() as ledger:
        ledger.connection.set_trace_callback(statements.append)
        assert all(each.holds for each in verify(ledger))
    asked = [each for each in statements if 'FROM "obligation" WHERE' in each]
    assert len(asked) == 2


def test_a_replay_holds_one_batch_of_streams_at_a_time(office, monkeypatch):
    office.add_units("U01")
    many(office, 30)
    monkeypatch.setattr(replaying, "BATCH", 7)
    with office.reading() as ledger:
        sizes = [len(each.states) for each in batches(replay(ledger.connection))]
    assert max(sizes) == 7
    assert sum(sizes) == 31


@pytest.mark.parametrize("batch", [1, 3])
def test_the_size_of_a_batch_changes_nothing(busy_office, monkeypatch, batch):
    before = contents(busy_office.path)
    monkeypatch.setattr(replaying, "BATCH", batch)
    with open_ledger(busy_office.path, writable=True) as ledger:
        rebuild(ledger)
        assert all(each.holds for each in verify(ledger))
    assert contents(busy_office.path) == before


@pytest.mark.parametrize("held", [1, 2, 7])
def test_a_transaction_written_down_in_parts_is_the_same(office, monkeypatch, held):
    """The events, and the state they leave, do not depend on how many a writer holds."""
    monkeypatch.setattr(writing, "HELD", held)
    office.add_units("U01")
    many(office, 4)
    with office.desk() as desk:
        recount(desk, "虚构的重算")
    with office.reading() as ledger:
        assert all(each.holds for each in verify(ledger))
    assert [row.seq for row in stored_events(office.path)] == list(range(1, 1 + 1 + 1 + 20))


def many_and_one_more(desk) -> None:
    live_through(desk, "XF2026-0900")
    live_through(desk, "XF2026-0900")


def test_a_transaction_written_down_in_parts_is_undone_whole(busy_office, monkeypatch):
    monkeypatch.setattr(writing, "HELD", 1)
    before = contents(busy_office.path)
    with pytest.raises(InputRefusedError), busy_office.desk() as desk:
        many_and_one_more(desk)
    assert contents(busy_office.path) == before


def test_events_are_replayed_through_the_index(busy_office):
    """Without it SQLite sorts the whole ledger."""
    with busy_office.reading() as ledger:
        sql = "EXPLAIN QUERY PLAN SELECT * FROM event ORDER BY stream, seq"
        plan = [row[3] for row in ledger.connection.execute(sql)]
    assert plan == ["SCAN event USING INDEX ix_event_stream"]


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (kind, table)
        for kind, each in SUBJECTS.items()
        for table in each.tables
        if each.tables[table]
    ],
)
def test_the_rows_of_some_streams_are_found_by_key(busy_office, kind, table):
    select = f'SELECT {columns_of(table)} FROM "{table}"'
    sql, values = chosen(select, SUBJECTS[kind].tables[table], ["甲", "乙"])
    with busy_office.reading() as ledger:
        plan = [row[3] for row in ledger.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    # The full-text index has no name for its row ids but the "=" behind its number.
    assert plan[0].startswith(f"SEARCH {table} USING") or plan[0].endswith(
        "VIRTUAL TABLE INDEX 0:="
    )


def test_a_check_since_a_head_reads_only_what_came_after(office):
    office.add_units("U01")
    many(office, 40)
    head = office.head()
    with office.desk() as desk:
        live_through(desk, "XF2026-0900")
    read: list[str] = []
    with office.reading() as ledger:
        ledger.connection.set_trace_callback(read.append)
        checks = verify(ledger, since=head)
    assert [(each.name, each.holds) for each in checks] == [
        ("表结构", True),
        ("事件链", True),
        ("状态与重放", True),
    ]
    assert not [each for each in read if "integrity_check" in each or "count(*)" in each]
    with office.reading() as ledger:
        grown = "WHERE stream IN (SELECT stream FROM event WHERE seq > ?)"
        assert [stream for stream, _ in replay(ledger.connection, grown, (head.seq,))] == [
            "case/XF2026-0900"
        ]
