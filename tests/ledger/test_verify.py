from __future__ import annotations

import pytest
from conftest import TODAY, sealed
from raw_ledger import (
    assert_one_sentence,
    contents,
    plain,
    rechained,
    stored_events,
    without_triggers,
    write_events,
)

from xfctl.domain.office import SealedBy
from xfctl.domain.steps.relations import AddNote
from xfctl.errors import InputRefusedError, IntegrityError
from xfctl.ledger.chain import GENESIS, Head
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.projection import state_tables
from xfctl.ledger.rebuild import rebuild
from xfctl.ledger.verify import read_head, require_sound, verify

FILE, SCHEMA, CHAIN = "数据库文件", "表结构", "事件链"
INDEX, STATE = "全文索引", "状态与重放"
WHO, STORE = "身份", "附件"
EVENTS = 39  # of the busy office


def findings(office, expected: Head | None = None, *, since: Head | None = None) -> dict[str, str]:
    """The failed check, what it found and what helps; empty for a sound ledger."""
    with office.reading() as ledger:
        checks = verify(ledger, expected, since=since)
    return {each.name: f"{each.found}；{each.remedy}" for each in checks if not each.holds}


def assert_found(found: dict[str, str], check: str, *words: str) -> None:
    assert list(found) == [check], found
    assert all(word in found[check] for word in words), found


def rebuilt(office) -> int:
    with open_ledger(office.path, writable=True) as ledger:
        return rebuild(ledger)


def test_a_sound_ledger_passes_every_check(busy_office):
    with busy_office.reading() as ledger:
        checks = verify(ledger)
    assert [(each.name, each.holds) for each in checks] == [
        (name, True) for name in (FILE, SCHEMA, CHAIN, INDEX, STATE, WHO, STORE)
    ]
    assert str(busy_office.head()) in checks[2].found


def test_a_new_ledger_passes(office):
    assert findings(office) == {}


# Damage to events: what is done to the list of rows, and the event that must be named.


def _change(seq, **columns):
    def change(rows):
        rows[seq - 1] = rows[seq - 1]._replace(**columns)

    return change


def _delete(seq):
    def delete(rows):
        del rows[seq - 1]

    return delete


def _swap(first, second):
    """Exchange the contents of two events, each in the other's place of the chain."""

    def swap(rows):
        one, two = rows[first - 1], rows[second - 1]
        place = {"seq": one.seq, "prev_hash": one.prev_hash, "hash": one.hash}
        rows[first - 1] = two._replace(**place)
        place = {"seq": two.seq, "prev_hash": two.prev_hash, "hash": two.hash}
        rows[second - 1] = one._replace(**place)

    return swap


def _rehash_one(seq):
    """Change an event and give it a fitting hash, without chaining the rest anew."""

    def change(rows):
        before = Head(seq - 1, rows[seq - 2].hash)
        changed = rows[seq - 1]._replace(actor="别人")
        (rows[seq - 1],) = rechained([changed], before)

    return change


CHAIN_DAMAGE = {
    "changed payload": (_change(4, payload='{"number":"XF2026-0001"}'), 4),
    "changed actor": (_change(5, actor="别人"), 5),
    "changed date": (_change(5, occurred_on="2026-03-03"), 5),
    "changed time of recording": (_change(2, recorded_at="2026-03-01T00:00:00+00:00"), 2),
    "changed stream": (_change(6, stream="case/XF2026-0002"), 6),
    "changed kind": (_change(6, kind="case.closed"), 6),
    "changed hash": (_change(6, hash="0" * 64), 6),
    "changed previous hash": (_change(6, prev_hash="0" * 64), 6),
    "first event changed": (_change(1, actor="别人"), 1),
    "last event changed": (_change(EVENTS, actor="别人"), EVENTS),
    "deleted first event": (_delete(1), 1),
    "deleted middle event": (_delete(7), 7),
    "swapped events": (_swap(4, 7), 4),
    "one event hashed anew": (_rehash_one(5), 6),
}


@pytest.mark.parametrize(("damage", "seq"), CHAIN_DAMAGE.values(), ids=CHAIN_DAMAGE.keys())
def test_damage_to_an_event_is_found_at_that_event(busy_office, damage, seq):
    rows = stored_events(busy_office.path)
    assert len(rows) == EVENTS
    damage(rows)
    with without_triggers(busy_office.path) as connection:
        write_events_as_they_are(connection, rows)
    assert_found(findings(busy_office), CHAIN, f"第 {seq} 条事件")


def write_events_as_they_are(connection, rows):
    write_events(connection, rows)
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (len(rows),)


@pytest.mark.parametrize("damage", [damage for damage, _ in CHAIN_DAMAGE.values()])
def test_a_rebuild_refuses_a_broken_chain_and_changes_nothing(busy_office, damage):
    rows = stored_events(busy_office.path)
    damage(rows)
    with without_triggers(busy_office.path) as connection:
        write_events(connection, rows)
        connection.execute("DELETE FROM obligation")
    before = contents(busy_office.path)
    with pytest.raises(IntegrityError, match="没有重建"):
        rebuilt(busy_office)
    assert contents(busy_office.path) == before


def test_a_truncated_tail_is_found_by_a_head_printed_earlier(busy_office):
    printed = busy_office.head()
    with without_triggers(busy_office.path) as connection:
        connection.execute("DELETE FROM event WHERE seq > 9")
    rebuilt(busy_office)
    assert findings(busy_office) == {}, "a chain cut short and its state look whole by themselves"
    assert_found(findings(busy_office, printed), CHAIN, str(printed), "尾部被删去")


def test_a_tail_written_anew_is_found_by_a_head_printed_earlier(busy_office):
    printed = busy_office.head()
    rows = stored_events(busy_office.path)
    rows[11] = rows[11]._replace(actor="别人")
    with without_triggers(busy_office.path) as connection:
        write_events(connection, rechained(rows, Head(0, GENESIS)))
    assert findings(busy_office) == {}
    assert_found(findings(busy_office, printed), CHAIN, str(printed), "被改写")


def test_every_head_on_the_way_is_still_on_the_chain(busy_office):
    for row in stored_events(busy_office.path):
        head = Head(row.seq, row.hash)
        assert findings(busy_office, head) == {}
        assert findings(busy_office, read_head(str(head))) == {}


def test_a_head_of_the_future_is_not_on_the_chain(busy_office):
    head = busy_office.head()
    assert_found(findings(busy_office, Head(head.seq + 1, head.hash)), CHAIN)


# From a head on: the chain behind it, and the state of what grew.


def test_a_sound_ledger_passes_from_every_head_on(busy_office):
    for row in stored_events(busy_office.path):
        assert findings(busy_office, since=Head(row.seq, row.hash[:16])) == {}


@pytest.mark.parametrize(("damage", "seq"), CHAIN_DAMAGE.values(), ids=CHAIN_DAMAGE.keys())
def test_damage_to_events_is_found_from_a_head_before_it(busy_office, damage, seq):
    heads = [Head(row.seq, row.hash) for row in stored_events(busy_office.path)]
    rows = stored_events(busy_office.path)
    damage(rows)
    with without_triggers(busy_office.path) as connection:
        write_events(connection, rows)
    if seq > 1:
        assert_found(findings(busy_office, since=heads[seq - 2]), CHAIN, f"第 {seq} 条事件")


def test_the_event_of_the_head_itself_is_checked(busy_office):
    rows = stored_events(busy_office.path)
    head = Head(rows[8].seq, rows[8].hash)
    rows[8] = rows[8]._replace(actor="别人")
    with without_triggers(busy_office.path) as connection:
        write_events(connection, rows)
    assert_found(findings(busy_office, since=head), CHAIN, "第 9 条事件")


def test_a_tail_written_anew_is_found_from_a_head_in_it(busy_office):
    printed = busy_office.head()
    rows = stored_events(busy_office.path)
    rows[11] = rows[11]._replace(actor="别人")
    with without_triggers(busy_office.path) as connection:
        write_events(connection, rechained(rows, Head(0, GENESIS)))
    assert_found(findings(busy_office, since=printed), CHAIN, str(printed), "被改写")


@pytest.mark.parametrize("seq", [0, EVENTS + 1])
def test_a_head_that_no_event_bears_is_not_on_the_chain(busy_office, seq):
    assert_found(findings(busy_office, since=Head(seq, GENESIS)), CHAIN, "没有账本头")


def test_state_is_compared_only_of_what_grew_since(busy_office):
    head = busy_office.head()
    with plain(busy_office.path) as connection:
        connection.execute("UPDATE assignment SET received_on = NULL")
    assert findings(busy_office, since=head) == {}, "the help says that this is not looked at"
    with busy_office.desk() as desk:
        desk.step(AddNote(number="XF2026-0001", on=TODAY, text="虚构备注"))
    assert findings(busy_office, since=head) == {}, "what grew was written anew"
    with plain(busy_office.path) as connection:
        connection.execute("UPDATE assignment SET received_on = NULL")
    assert_found(findings(busy_office, since=head), STATE, "case/XF2026-0001", "xfctl rebuild")


def test_a_well_chained_event_that_makes_no_sense_is_found_from_a_head_on(busy_office):
    head = busy_office.head()
    forged = stored_events(busy_office.path)[-1]._replace(
        stream="case/XF2026-0001", kind="case.invented", payload="{}"
    )
    rows = stored_events(busy_office.path) + rechained([forged], head)
    with without_triggers(busy_office.path) as connection:
        write_events(connection, rows)
    assert_found(findings(busy_office, since=head), STATE, f"第 {head.seq + 1} 条事件")


@pytest.mark.parametrize("text", ["", "12", "12:", "12:abc", "0123456789abcdef", "x:" + "0" * 16])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(InputRefusedError):
        read_head(text)


def test_no_events_at_all_are_a_fault(office):
    with without_triggers(office.path) as connection:
        connection.execute("DELETE FROM event")
    assert_found(findings(office), CHAIN, "没有任何事件")


# A forger who knows how to chain, but writes what no xfctl would have written.
FORGED = {
    "an unknown kind": {"kind": "case.invented"},
    "an unknown kind beside the subjects": {"stream": "ledger", "kind": "ledger.invented"},
    "an unreadable payload": {"payload": "not json"},
    "a payload of another shape": {"payload": '{"result":1}'},
    "a fact of another subject": {"stream": "unit/U01"},
    "a matter never registered": {"stream": "case/XF2026-0099"},
    "a receipt of what was never assigned": {
        "kind": "case.received",
        "payload": '{"assignment":9}',
    },
    "the end of what was never owed": {
        "kind": "case.petitioner_notified",
        "payload": '{"ends":["acceptance_notice"]}',
    },
    "a review of what was never fed back": {
        "kind": "case.feedback_reviewed",
        "payload": '{"accepted":true,"assignment":1}',
    },
    "a correction into another kind of fact": {
        "kind": "case.corrected",
        "payload": '{"kind":"unit.added","on":"2026-03-02","payload":"{}","reason":"r","seq":4}',
    },
}


@pytest.mark.parametrize("columns", FORGED.values(), ids=FORGED.keys())
def test_a_well_chained_event_that_makes_no_sense_is_found(busy_office, columns):
    rows = stored_events(busy_office.path)
    forged = {"stream": "case/XF2026-0001", "kind": "case.closed", "payload": "{}"} | columns
    added = rechained([rows[-1]._replace(**forged)], busy_office.head())
    with without_triggers(busy_office.path) as connection:
        write_events(connection, rows + added)
    assert_found(findings(busy_office), STATE, f"第 {len(rows) + 1} 条事件")
    with busy_office.reading() as ledger, pytest.raises(IntegrityError) as refused:
        require_sound(ledger)
    assert_one_sentence(refused.value)


# Damage to the state tables.

STATE_SQL = {
    "case": ("summary = '别的'", "number = 'XF2026-0001'"),
    "assignment": ("received_on = NULL", "\"case\" = 'XF2026-0001'"),
    "obligation": ("due_on = '2026-12-31'", "\"case\" = 'XF2026-0001'"),
    "case_search": ("words = '别的'", 'rowid = (SELECT id FROM "case" LIMIT 1)'),
    "ground": ("until = '2026-12-31'", "\"case\" = 'XF2026-0001'"),
    "supervision": ("tracker = '别人'", "number = 'DB2026-0001'"),
    "supervision_case": ("\"case\" = 'XF2026-0002'", "supervision = 'DB2026-0001'"),
    "inspection": ("title = '别的'", "number = 'DC2026-0001'"),
    "risk": ("level = 'low'", "number = 'FX2026-0001'"),
    "decision": ("level = NULL", "number = 'JC2026-0001'"),
    "consequence": ("\"case\" = 'XF2026-0003'", "source = 'FX2026-0001'"),
    "plan": ("dated_on = '2026-03-19'", "unit = 'U01'"),
    "link": ("other = 'XF2026-0002'", "\"case\" = 'XF2026-0003'"),
    "attachment": ("name = '别的'", "\"case\" = 'XF2026-0001'"),
    "involvement": ("unit = 'U01'", "\"case\" = 'XF2026-0002'"),
    "milestone": ("day = '2026-12-31'", "\"case\" = 'XF2026-0002'"),
    "visit": ("persons = 9", "\"case\" = 'XF2026-0002'"),
    "rating": ("rating = 'dissatisfied'", "\"case\" = 'XF2026-0002'"),
    "parameter": ("value = 9", "name = 'reply'"),
    "unit": ("name = '别的'", "code = 'U01'"),
    "appointment": ("until = '2026-12-31'", "unit = 'U01'"),
    "accountability": ("rectified_on = '2026-03-20'", "number = 'ZZ2026-0001'"),
    "accountability_case": ("\"case\" = 'XF2026-0002'", "accountability = 'ZZ2026-0001'"),
    "accountability_person": ("role = 'important'", "accountability = 'ZZ2026-0001'"),
    "sanction": ("until = '2026-03-19'", "accountability = 'ZZ2026-0001'"),
    "appeal": ("result = 'revoked'", "accountability = 'ZZ2026-0001'"),
    "award_loss": ("until = '2026-03-20'", "unit = 'U01'"),
    "set_aside": ("reason = '别的'", "candidate = 'XF2026-0002:13.2:U02'"),
    "calendar_day": ("name = '别的'", "day = '2090-01-02'"),
    "calendar_year": ("year = 2091", "year = 2090"),
}
SURPLUS = {
    "case": 'INSERT INTO "case" (number, id, registered_on, stage, summary, persons, leapfrog,'
    " joint, anonymous, major, first_responder)"
    " VALUES ('XF9', 9999, '2026-03-20', 'closed', 's', 1, 0, 0, 0, 0, 'f')",
    "case_search": "INSERT INTO case_search (rowid, words) VALUES (9999, 's')",
    "assignment": "INSERT INTO assignment VALUES"
    " ('XF9', 1, 'U01', 'n', 'lead', '2026-03-20', NULL, NULL, '[]')",
    "ground": "INSERT INTO ground VALUES ('XF9', '7', '7', 'U01', '2026-03-20', NULL, 'e')",
    "supervision": "INSERT INTO supervision VALUES ('DB9', '2026-03-20', 'U01', 'n', '[]', '[]',"
    " 't', '[]', 0, NULL, NULL, NULL, NULL)",
    "supervision_case": "INSERT INTO supervision_case VALUES ('DB9', 'XF9')",
    "inspection": "INSERT INTO inspection VALUES ('DC9', '2026-03-20', 'policy', 't', 'l', '[]',"
    " 0, NULL, NULL, NULL)",
    "obligation": "INSERT INTO obligation VALUES ('case/XF9', 'feedback/1', 'XF9', NULL, NULL, 'U01', 'feedback', 'a',"
    " '2026-03-20', '2026-03-31', 7, 'working_days', 'c', 0, 0, NULL, 0)",
    "risk": "INSERT INTO risk VALUES ('FX9', '2026-03-20', 'key', 'U01', 'n', 's', 1, 'low',"
    " 'steady', 'l', NULL, '[]', NULL, NULL)",
    "decision": "INSERT INTO decision (number, recorded_on, unit, unit_name, title)"
    " VALUES ('JC9', '2026-03-20', 'U01', 'n', 't')",
    "consequence": "INSERT INTO consequence VALUES ('FX9', 'XF9', '2026-03-20')",
    "plan": f"INSERT INTO plan VALUES ('U09', 'v', 'n', '2026-03-20', 1, 'n', 1, '{'0' * 64}')",
    "link": "INSERT INTO link VALUES ('XF9', 'XF2026-0001', 'duplicates')",
    "attachment": f"INSERT INTO attachment VALUES ('XF9', '{'0' * 64}', 'n', 1)",
    "involvement": "INSERT INTO involvement VALUES ('XF9', 'U01')",
    "milestone": "INSERT INTO milestone VALUES ('XF9', 1, '2026-03-20', 'closed')",
    "visit": "INSERT INTO visit VALUES ('XF9', 1, '2026-03-20', 'visit', 1)",
    "rating": "INSERT INTO rating VALUES ('XF9', 1, '2026-03-20', 'unit', 'mostly')",
    "parameter": "INSERT INTO parameter VALUES (9, 'reply', 9, '2026-03-20', 'r')",
    "unit": "INSERT INTO unit VALUES ('U09', 'U09', 'n', NULL, 'applies', NULL, '[]', '[]', '[]',"
    " NULL, '2026-03-20', NULL, NULL)",
    "appointment": "INSERT INTO appointment VALUES"
    " ('U09', 1, 'liaison', 'n', NULL, '2026-03-20', NULL)",
    "accountability": "INSERT INTO accountability VALUES ('ZZ9', '2026-03-20', '2026-03-20', 'U01',"
    " 'n', 'collective', '[]', NULL, '16', 't', NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL,"
    " NULL, NULL, NULL, NULL, '[]')",
    "accountability_case": "INSERT INTO accountability_case VALUES ('ZZ9', 'XF2026-0001')",
    "accountability_person": "INSERT INTO accountability_person VALUES"
    " ('ZZ9', 1, 'token', 'p', 'principal', 0)",
    "sanction": "INSERT INTO sanction VALUES"
    " ('ZZ9', 1, 1, '14(3)', 'school_office', '2026-03-20', NULL, NULL, NULL)",
    "appeal": "INSERT INTO appeal VALUES ('ZZ9', 1, '2026-03-20', NULL, NULL, NULL)",
    "award_loss": "INSERT INTO award_loss VALUES ('ZZ9', 'U01', '2026', '2026-03-20', NULL)",
    "set_aside": "INSERT INTO set_aside VALUES (9, 'XF9:13.2:U01', '2026-03-20', 'r')",
    "calendar_day": "INSERT INTO calendar_day VALUES ('closure', '2027-01-04', 0, 'n', NULL)",
    "calendar_year": "INSERT INTO calendar_year VALUES (2091)",
}
STATE_DAMAGE = {
    **{
        f"changed {table}": (table, f'UPDATE "{table}" SET {change} WHERE {where}')
        for table, (change, where) in STATE_SQL.items()
    },
    **{
        # The words of a matter are found by its row: without it they are missed first.
        f"missing {table}": (
            {"case": "case_search"}.get(table, table),
            f'DELETE FROM "{table}" WHERE {where}',
        )
        for table, (_, where) in STATE_SQL.items()
    },
    **{f"surplus {table}": (table, sql) for table, sql in SURPLUS.items()},
}


def test_the_damages_reach_every_state_table():
    assert sorted(STATE_SQL) == sorted(SURPLUS) == sorted(state_tables())


@pytest.mark.parametrize(("table", "sql"), STATE_DAMAGE.values(), ids=STATE_DAMAGE.keys())
def test_damage_to_a_state_table_is_found_and_a_rebuild_repairs_it(busy_office, table, sql):
    sound = contents(busy_office.path)
    with plain(busy_office.path) as connection:
        assert connection.execute(sql).rowcount > 0
    assert_found(findings(busy_office), STATE, f"表 {table} ", "xfctl rebuild")
    assert rebuilt(busy_office) == busy_office.head().seq
    assert findings(busy_office) == {}
    assert contents(busy_office.path) == sound


INDEX_DAMAGE = {
    "words that are lost": "DELETE FROM case_search_data WHERE id > 10",
    "a block of noughts": "UPDATE case_search_data SET block = zeroblob(length(block)) WHERE id > 10",
    "a block cut short": "UPDATE case_search_data SET block = substr(block, 1, 40) WHERE id > 10",
    "no structure": "DELETE FROM case_search_data WHERE id = 10",
    "other averages": "UPDATE case_search_data SET block = X'7F7F' WHERE id = 1",
    "another way to the blocks": "UPDATE case_search_idx SET pgno = pgno + 2",
    "another length": "UPDATE case_search_docsize SET sz = X'01'",
    "no lengths": "DELETE FROM case_search_docsize",
    "another format": "UPDATE case_search_config SET v = v + 1 WHERE k = 'version'",
    "other words": "UPDATE case_search_content SET c0 = '别的'",
}


@pytest.mark.parametrize("sql", INDEX_DAMAGE.values(), ids=INDEX_DAMAGE.keys())
def test_damage_to_the_index_of_words_is_found_and_a_rebuild_repairs_it(busy_office, sql):
    sound = contents(busy_office.path)
    with plain(busy_office.path) as connection:
        assert connection.execute(sql).rowcount > 0
    assert_found(findings(busy_office), INDEX, "查找会漏掉事项", "xfctl rebuild")
    assert rebuilt(busy_office) == busy_office.head().seq
    assert findings(busy_office) == {}
    assert contents(busy_office.path) == sound


def test_a_rebuild_of_a_sound_ledger_changes_nothing(busy_office):
    before = contents(busy_office.path)
    rebuilt(busy_office)
    assert contents(busy_office.path) == before


def test_identities_may_be_corrected_and_erased(busy_office):
    with plain(busy_office.path) as connection:
        connection.execute("UPDATE identity SET phone = NULL")
        assert findings(busy_office) == {}
        connection.execute("DELETE FROM identity")
    assert findings(busy_office) == {}


# No event says what these rows hold, but not anything can stand there.
IDENTITY_DAMAGE = {
    "token cut short": ("identity", "INSERT INTO identity (token) VALUES ('00')"),
    "token of other signs": ("identity", f"INSERT INTO identity (token) VALUES ('{'G' * 32}')"),
    "content that is no hexadecimal": (
        "sealed_identity",
        "UPDATE sealed_identity SET content = '虚构'",
    ),
    "half a byte": ("sealed_identity", "UPDATE sealed_identity SET key = key || '0'"),
    "no such day": (
        "erased_identity",
        f"INSERT INTO erased_identity VALUES ('{'0' * 32}', '2026-02-30')",
    ),
    "a second seal": ("seal", "INSERT INTO seal VALUES (2, 'file', '', '00')"),
    "sealed by nothing known": ("seal", "UPDATE seal SET source = 'U01'"),
    "a master key of other signs": ("seal", "UPDATE seal SET master = 'found/17'"),
    "no master key": ("seal", "DELETE FROM seal"),
}


@pytest.mark.parametrize(("table", "sql"), IDENTITY_DAMAGE.values(), ids=IDENTITY_DAMAGE.keys())
def test_what_cannot_be_an_identity_is_found(busy_office, tmp_path, table, sql):
    office = sealed(busy_office, tmp_path, SealedBy.FILE)
    assert findings(office) == {}
    with plain(office.path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        assert connection.execute(sql).rowcount > 0
    assert_found(findings(office), WHO, table)


SCHEMA_DAMAGE = {
    "dropped trigger": ("event_no_update", ["DROP TRIGGER event_no_update"]),
    "weakened trigger": (
        "event_no_delete",
        [
            "DROP TRIGGER event_no_delete",
            "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END",
        ],
    ),
    "dropped index": ("ix_obligation_open", ["DROP INDEX ix_obligation_open"]),
    "extra table": ("invented", ["CREATE TABLE invented (x)"]),
    "extra column": ("unit", ["ALTER TABLE unit ADD COLUMN invented TEXT"]),
    "extra trigger": (
        "invented",
        ["CREATE TRIGGER invented AFTER INSERT ON event BEGIN SELECT 1; END"],
    ),
    "trigger with a name like SQLite's own": (
        "sqlitefake",
        ["CREATE TRIGGER sqlitefake AFTER INSERT ON event BEGIN SELECT 1; END"],
    ),
    "extra view": ("invented", ["CREATE VIEW invented AS SELECT 1"]),
    "missing table": ("calendar_year", ["DROP TABLE calendar_year"]),
    "another revision": ("0000", ["UPDATE alembic_version SET version_num = '0000'"]),
    "no revision": ("alembic_version", ["DROP TABLE alembic_version"]),
}


@pytest.mark.parametrize(("name", "statements"), SCHEMA_DAMAGE.values(), ids=SCHEMA_DAMAGE.keys())
def test_a_changed_schema_is_found_by_name(busy_office, name, statements):
    with plain(busy_office.path) as connection:
        for sql in statements:
            connection.execute(sql)
    assert_found(findings(busy_office), SCHEMA, name)


def test_an_index_that_lacks_a_row_is_found_by_sqlite(busy_office):
    with plain(busy_office.path) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_case_registered_on'"
        (page,) = connection.execute(sql).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with busy_office.path.open("r+b") as file:
        file.seek((page - 1) * size + 3)
        file.write(b"\x00\x00")  # the number of cells on the page
    found = findings(busy_office)
    assert_found(found, FILE, "SQLite 报告")
    assert "\n" not in found[FILE]


def test_text_that_is_no_text_is_an_integrity_fault(busy_office):
    with without_triggers(busy_office.path) as connection:
        connection.execute("UPDATE event SET actor = CAST(x'ff' AS TEXT) WHERE seq = 5")
    with pytest.raises(IntegrityError), busy_office.reading() as ledger:
        verify(ledger)


def test_a_schema_that_is_no_text_is_an_integrity_fault(busy_office):
    whole = busy_office.path.read_bytes()
    busy_office.path.write_bytes(whole.replace(b"CREATE TRIGGER", b"CREATE \xffRIGGER"))
    with pytest.raises(IntegrityError, match="已损坏"):
        busy_office.reading()


def test_require_sound_says_which_check_failed(busy_office):
    with plain(busy_office.path) as connection:
        connection.execute("DELETE FROM calendar_year")
    with busy_office.reading() as ledger, pytest.raises(IntegrityError, match=STATE):
        require_sound(ledger)


def test_verify_leaves_the_ledger_as_it_was_and_free(busy_office):
    before = contents(busy_office.path)
    with busy_office.reading() as ledger:
        verify(ledger)
        assert not ledger.connection.in_transaction
    assert contents(busy_office.path) == before


def test_verify_sees_one_moment_while_others_write(busy_office):
    with busy_office.reading() as ledger:
        ledger.connection.execute("BEGIN")
        ledger.connection.execute("SELECT count(*) FROM event").fetchone()
        ledger.connection.execute("ROLLBACK")
        busy_office.register("XF2026-0008")
        assert all(each.holds for each in verify(ledger))
