from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from raw_ledger import contents, plain

from xfctl.ledger.chain import GENESIS
from xfctl.ledger.connection import connect

H = "a" * 64
ROW = "'case/XF2026-0001', 'case.closed', '2026-03-20', '2026-03-20', '测试员', '{{}}'"

# {next} is the next sequence number, {head} the hash of the last event.
REFUSED = {
    "update of one column": "UPDATE event SET actor = '别人' WHERE seq = 1",
    "update of the hash": f"UPDATE event SET hash = '{H}'",
    "update or replace": "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
    "update or ignore": "UPDATE OR IGNORE event SET actor = '别人'",
    "delete of the last": "DELETE FROM event WHERE seq = {next} - 1",
    "delete of all": "DELETE FROM event",
    "replace": f"REPLACE INTO event VALUES (1, {ROW}, '{GENESIS}', '{H}')",
    "insert or replace of the last": "INSERT OR REPLACE INTO event VALUES "
    f"({{next}} - 1, {ROW}, '{{head}}', '{H}')",
    "insert or ignore of a number in use": "INSERT OR IGNORE INTO event VALUES "
    f"(1, {ROW}, '{{head}}', '{H}')",
    "upsert": f"INSERT INTO event VALUES (1, {ROW}, '{GENESIS}', '{H}') "
    "ON CONFLICT (seq) DO UPDATE SET actor = '别人'",
    "a gap in the numbers": f"INSERT INTO event VALUES ({{next}} + 1, {ROW}, '{{head}}', '{H}')",
    "number zero": f"INSERT INTO event VALUES (0, {ROW}, '{{head}}', '{H}')",
    "a negative number": f"INSERT INTO event VALUES (-1, {ROW}, '{{head}}', '{H}')",
    "a number left to SQLite": f"INSERT INTO event VALUES (NULL, {ROW}, '{{head}}', '{H}')",
    "a wrong previous hash": f"INSERT INTO event VALUES ({{next}}, {ROW}, '{H}', '{H}')",
    "the genesis hash in the middle": "INSERT INTO event VALUES "
    f"({{next}}, {ROW}, '{GENESIS}', '{H}')",
    "no previous hash": f"INSERT INTO event VALUES ({{next}}, {ROW}, NULL, '{H}')",
    "two rows, the second wrong": f"INSERT INTO event VALUES ({{next}}, {ROW}, '{{head}}', '{H}'),"
    f"({{next}} + 1, {ROW}, '{{head}}', '{H}')",
}


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("settings", ["plain", "ours"])
def test_the_event_table_only_grows_at_its_end(office, sql, settings):
    office.add_units("U01", "U02")
    before, head = contents(office.path), office.head()
    ours = settings == "ours"
    opened = closing(connect(office.path, mode="rw")) if ours else plain(office.path)
    with opened as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql.format(next=head.seq + 1, head=head.hash))
    assert contents(office.path) == before


def test_the_next_event_with_the_right_previous_hash_is_taken(office):
    head = office.head()
    sql = f"INSERT INTO event VALUES ({{next}}, {ROW}, '{{head}}', '{H}')"
    with plain(office.path) as connection:
        connection.execute(sql.format(next=head.seq + 1, head=head.hash))
    assert office.head().seq == head.seq + 1
