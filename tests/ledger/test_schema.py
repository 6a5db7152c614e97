from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from raw_ledger import plain
from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from xfctl.ledger import identities, schema
from xfctl.ledger.connection import APPLICATION_ID, SCHEMA_VERSION
from xfctl.ledger.migrate import migrate
from xfctl.ledger.projection import SUBJECTS, state_tables
from xfctl.ledger.verify import SCHEMA, schema_digest

FACTS = {"event", *identities.TABLES}
# SQLModel has no word for the full-text index, so its migration is the only place that makes it.
SEARCH = "case_search"
TABLES = dict(schema.metadata.tables)


@pytest.fixture
def migrated():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        yield connection


def normal(sql: str) -> str:
    """A CREATE TABLE with its clauses sorted, quotes and blanks made alike."""
    sql = " ".join(sql.replace('"', "").split()).replace("( ", "(").replace(" )", ")")
    head, _, body = sql.partition("(")
    body, _, tail = body.rpartition(")")
    clauses = re.split(r", (?![^(]*\))", body)
    return f"{head.strip()} ({', '.join(sorted(clauses))}){tail}"


def made(connection, kind: str) -> dict[str, str]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL "
        "AND name <> 'alembic_version' AND name NOT LIKE ?",
        (kind, f"{SEARCH}%"),
    )
    return {name: normal(sql) for name, sql in rows}


def test_the_migrations_make_the_tables_that_are_declared(migrated):
    declared = {
        name: normal(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        for name, table in TABLES.items()
    }
    assert made(migrated, "table") == declared


def test_the_migrations_make_the_indexes_that_are_declared(migrated):
    declared = {
        index.name: normal(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
        for table in TABLES.values()
        for index in table.indexes
    }
    assert made(migrated, "index") == declared


def test_alembic_finds_nothing_to_migrate(migrated):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine("sqlite://", creator=lambda: migrated, poolclass=StaticPool)
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": lambda name, *_: SEARCH not in str(name)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, schema.metadata) == []


def test_every_table_is_strict(migrated):
    strict = dict(migrated.execute("SELECT name, strict FROM pragma_table_list"))
    assert {name: strict[name] for name in TABLES} == dict.fromkeys(TABLES, 1)


def test_the_triggers_that_keep_events_are_there_after_all_migrations(migrated):
    """A later migration in batch mode would drop them silently."""
    assert sorted(made(migrated, "trigger")) == [
        "event_follows",
        "event_no_delete",
        "event_no_update",
    ]


def test_a_new_ledger_is_marked_as_ours(ledger_path):
    with plain(ledger_path) as connection:
        marks = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode")
        ]
    assert marks == [APPLICATION_ID, SCHEMA_VERSION, "wal"]


def test_every_table_but_events_and_identities_is_derived_from_events():
    assert sorted(state_tables()) == sorted(({SEARCH} | TABLES.keys()) - FACTS)


def test_the_full_text_index_keeps_the_words_as_they_are(migrated):
    sql = "SELECT sql FROM sqlite_master WHERE name = ?"
    assert migrated.execute(sql, (SEARCH,)).fetchone() == (
        "CREATE VIRTUAL TABLE case_search USING fts5(words, tokenize = 'unicode61')",
    )


def test_every_state_table_picks_the_rows_of_a_stream_by_a_key():
    """So that writing one matter costs the same however many there are."""
    for subject in SUBJECTS.values():
        for table, condition in subject.tables.items():
            column = condition.partition(" ")[0].strip('"')
            assert not column or column == "rowid" or column in TABLES[table].primary_key.columns


# What follows: one good row a table, and the changes that make it bad.
GOOD = {
    "event": {
        "seq": 2,
        "stream": "case/1",
        "kind": "case.closed",
        "occurred_on": "2026-03-20",
        "recorded_at": "2026-03-20T01:30:00.000000+00:00",
        "actor": "测试员",
        "payload": "{}",
        "prev_hash": "the last",
        "hash": "a" * 64,
    },
    "identity": {"token": "0" * 32},
    "sealed_identity": {"token": "0" * 32, "known": "name", "key": "00", "content": "00"},
    "erased_identity": {"token": "0" * 32, "erased_on": "2026-03-20"},
    "seal": {"id": 1, "source": "file", "salt": "", "master": "00"},
    "unit": {
        "code": "U01",
        "present_code": "U01",
        "name": "虚构单位U01",
        "applies": "applies",
        "former_names": "[]",
        "former_codes": "[]",
        "renames": "[]",
        "added_on": "2026-03-20",
    },
    "appointment": {
        "unit": "U01",
        "number": 1,
        "post": "leader",
        "name": "虚构负责人甲",
        "since": "2026-03-20",
        "until": "2026-03-21",
    },
    "accountability": {
        "number": "ZZ2026-0001",
        "proposed_on": "2026-03-20",
        "day_in_question": "2026-03-10",
        "unit": "U01",
        "unit_name": "虚构单位U01",
        "nature": "collective",
        "situations": "[]",
        "rung": "16",
        "tracker": "跟踪员甲",
        "measures": "[]",
        "overridden": "[]",
    },
    "accountability_case": {"accountability": "ZZ2026-0001", "case": "XF2026-0001"},
    "accountability_person": {
        "accountability": "ZZ2026-0001",
        "number": 1,
        "token": "0" * 32,
        "post": "行政主要负责人",
        "role": "principal",
        "changed": 0,
    },
    "sanction": {
        "accountability": "ZZ2026-0001",
        "number": 1,
        "person": 1,
        "measure": "14(3)",
        "body": "school_office",
        "since": "2026-03-20",
    },
    "appeal": {"accountability": "ZZ2026-0001", "number": 1, "filed_on": "2026-03-20"},
    "award_loss": {
        "accountability": "ZZ2026-0001",
        "unit": "U01",
        "year": "2026",
        "since": "2026-03-20",
    },
    "set_aside": {
        "position": 1,
        "candidate": "XF2026-0001:13.3:U01",
        "on_day": "2026-03-20",
        "reason": "虚构理由",
    },
    "case": {
        "number": "XF2026-0001",
        "id": 2,
        "registered_on": "2026-03-20",
        "stage": "registered",
        "summary": "虚构事项",
        "persons": 1,
        "leapfrog": 0,
        "joint": 0,
        "anonymous": 0,
        "major": 0,
        "first_responder": "首问员甲",
    },
    "assignment": {
        "case": "XF2026-0001",
        "number": 1,
        "unit": "U01",
        "unit_name": "虚构单位U01",
        "role": "lead",
        "assigned_on": "2026-03-20",
        "sent_back": "[]",
    },
    "obligation": {
        "stream": "case/XF2026-0001",
        "case": "XF2026-0001",
        "key": "feedback/1",
        "owed_by": "U01",
        "clock": "feedback",
        "article": "细则 11(1)",
        "started_on": "2026-03-20",
        "due_on": "2026-03-31",
        "length": 7,
        "unit": "working_days",
        "calendar": "虚构",
        "provisional": 0,
        "reminder": 0,
        "lapsed": 0,
    },
    "ground": {
        "case": "XF2026-0001",
        "key": "1/1",
        "ground": "1",
        "unit": "U01",
        "since": "2026-04-01",
        "evidence": "虚构依据",
    },
    "supervision": {
        "number": "DB2026-0001",
        "opened_on": "2026-04-02",
        "unit": "U01",
        "unit_name": "虚构单位U01",
        "grounds": "[]",
        "forms": "[]",
        "tracker": "跟踪员甲",
        "joint": "[]",
        "actions": 0,
    },
    "supervision_case": {"supervision": "DB2026-0001", "case": "XF2026-0001"},
    "inspection": {
        "number": "DC2026-0001",
        "opened_on": "2026-04-02",
        "subject": "policy",
        "title": "虚构督查",
        "lead": "牵头员甲",
        "departments": "[]",
        "findings": 0,
    },
    "risk": {
        "number": "FX2026-0001",
        "added_on": "2026-03-20",
        "kind": "hazard",
        "unit": "U01",
        "unit_name": "虚构单位U01",
        "summary": "虚构隐患",
        "persons": 1,
        "level": "high",
        "trend": "rising",
        "leader": "领导甲",
        "reviews": "[]",
    },
    "decision": {
        "number": "JC2026-0001",
        "recorded_on": "2026-03-20",
        "unit": "U01",
        "unit_name": "虚构单位U01",
        "title": "虚构决策",
    },
    "consequence": {
        "source": "FX2026-0001",
        "case": "XF2026-0001",
        "linked_on": "2026-03-20",
    },
    "plan": {
        "unit": "U01",
        "version": "1",
        "unit_name": "虚构单位U01",
        "dated_on": "2026-03-20",
        "position": 1,
        "name": "虚构.txt",
        "size": 0,
        "sha256": "a" * 64,
    },
    "link": {"case": "XF2026-0001", "other": "XF2026-0002", "relation": "repeats"},
    "attachment": {"case": "XF2026-0001", "sha256": "a" * 64, "name": "虚构.txt", "size": 0},
    "involvement": {"case": "XF2026-0001", "unit": "U01"},
    "milestone": {"case": "XF2026-0001", "position": 3, "kind": "closed", "day": "2026-03-20"},
    "visit": {
        "case": "XF2026-0001",
        "position": 4,
        "day": "2026-03-20",
        "channel": "visit",
        "persons": 5,
    },
    "rating": {
        "case": "XF2026-0001",
        "position": 5,
        "day": "2026-03-20",
        "whom": "office",
        "rating": "mostly",
    },
    "parameter": {
        "position": 1,
        "name": "reply",
        "value": 3,
        "effective": "2026-03-20",
        "reason": "虚构规定",
    },
    "calendar_day": {"layer": "notice", "day": "2026-03-20", "works": 1, "name": "虚构节"},
    "calendar_year": {"year": 2090},
}
ACROSS_COLUMNS = {"ck_appointment_term": ("appointment", "until", "2026-03-20")}
BAD = [
    ("event", "occurred_on", "2026-3-20"),
    ("event", "hash", "a" * 63),
    ("unit", "applies", "perhaps"),
    ("unit", "added_on", "20260320"),
    ("unit", "headcount", "十"),
    ("unit", "merged_on", "已合并"),
    ("appointment", "post", "院长"),
    ("appointment", "since", "2026-3-20"),
    ("appointment", "until", "至今"),
    *ACROSS_COLUMNS.values(),
    ("accountability", "proposed_on", "2026/03/20"),
    ("accountability", "day_in_question", "三月"),
    ("accountability", "withdrawn_on", "2026-03"),
    ("accountability", "not_adopted_on", ""),
    ("accountability", "decided_on", "20260320"),
    ("accountability", "carried_out_on", "2026-3-20"),
    ("accountability", "rectify_by", "月底"),
    ("accountability", "rectified_on", "2026-03-20 "),
    ("accountability", "failed_on", "逾期"),
    ("accountability", "handed_over_on", "26-03-20"),
    ("accountability", "revoked_on", "2026-W12"),
    ("accountability", "nature", "集体责任"),
    ("accountability_person", "changed", 2),
    ("accountability_person", "number", "第一人"),
    ("sanction", "since", "2026-3-20"),
    ("sanction", "until", "至今"),
    ("sanction", "carried_out_on", "已实施"),
    ("appeal", "filed_on", "2026.03.20"),
    ("appeal", "accepted_on", "已受理"),
    ("appeal", "decided_on", "2026"),
    ("appeal", "result", "维持"),
    ("award_loss", "since", "2026 年"),
    ("award_loss", "until", "年底"),
    ("set_aside", "on_day", "今天"),
    ("case", "registered_on", "2026/03/20"),
    ("case", "closed_on", "昨天"),
    ("case", "persons", 0),
    ("case", "leapfrog", 2),
    ("case", "joint", -1),
    ("case", "anonymous", "是"),
    ("case", "major", 2),
    ("case", "accepted_on", "2026-3-2"),
    ("case", "replied_on", "今天"),
    ("case", "major_on", "2026-3-20"),
    ("case", "leader_told_on", "2026-03-20 09:30"),
    ("assignment", "assigned_on", "2026-03"),
    ("assignment", "received_on", ""),
    ("assignment", "returned_on", "2026"),
    ("assignment", "role", "主办"),
    ("obligation", "started_on", "2026-03-20 "),
    ("obligation", "due_on", "期限"),
    ("obligation", "discharged_on", "26-03-20"),
    ("obligation", "length", 0),
    ("obligation", "provisional", 2),
    ("obligation", "reminder", 2),
    ("obligation", "lapsed", -1),
    ("ground", "ground", ""),
    ("ground", "since", "2026-4-1"),
    ("ground", "until", "至今"),
    ("supervision", "opened_on", "2026/04/02"),
    ("supervision", "responded_on", "已回复"),
    ("supervision", "closed_on", "2026-04"),
    ("supervision", "actions", "两次"),
    ("inspection", "opened_on", "四月"),
    ("inspection", "closed_on", "2026-4-30"),
    ("inspection", "findings", "两条"),
    ("risk", "added_on", "三月"),
    ("risk", "resolved_on", "2026-3-20"),
    ("risk", "kind", "隐患点"),
    ("risk", "level", "高"),
    ("risk", "trend", "升"),
    ("risk", "persons", 0),
    ("decision", "recorded_on", "2026"),
    ("decision", "consulted_on", "事先"),
    ("decision", "assessed_on", "2026-03"),
    ("decision", "level", "高"),
    ("decision", "asked_on", "20260320"),
    ("decision", "opinion_on", ""),
    ("decision", "settled_on", "2026-3-2"),
    ("decision", "outcome", "通过"),
    ("consequence", "linked_on", "今天"),
    ("plan", "dated_on", "2026年"),
    ("plan", "size", -1),
    ("plan", "sha256", "a" * 63),
    ("link", "relation", "重复信访"),
    ("attachment", "sha256", "a" * 63),
    ("attachment", "size", -1),
    ("milestone", "kind", "forgotten"),
    ("milestone", "day", "2026-3-20"),
    ("visit", "day", "上周"),
    ("visit", "persons", 0),
    ("rating", "day", "2026"),
    ("rating", "whom", "school"),
    ("rating", "rating", "满意"),
    ("parameter", "effective", "明年"),
    ("parameter", "value", "五"),
    ("calendar_day", "layer", "rumour"),
    ("calendar_day", "day", "2026-W12"),
    ("calendar_day", "works", 3),
    ("calendar_year", "year", "二〇九〇"),
    ("identity", "name", b"\x00"),
    ("erased_identity", "erased_on", "昨天"),
    ("seal", "id", 2),
    ("seal", "source", "纸条"),
]


def insert(path, table, row):
    columns = ", ".join(f'"{name}"' for name in row)
    with plain(path) as connection:
        if row.get("prev_hash") == "the last":
            row = row | {"prev_hash": last_hash(connection)}
        connection.execute(
            f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(row))})',
            tuple(row.values()),
        )


def last_hash(connection):
    return connection.execute("SELECT hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()[0]


@pytest.mark.parametrize("table", TABLES)
def test_a_good_row_is_taken(ledger_path, table):
    insert(ledger_path, table, GOOD[table])


@pytest.mark.parametrize(("table", "column", "value"), BAD)
def test_a_bad_value_is_refused(ledger_path, table, column, value):
    with pytest.raises(sqlite3.IntegrityError):
        insert(ledger_path, table, GOOD[table] | {column: value})


LONE_KEYS = {
    ("calendar_year", "year"),
    ("parameter", "position"),
    ("set_aside", "position"),
    ("seal", "id"),
}
REQUIRED = [
    (name, column.name)
    for name, table in TABLES.items()
    for column in table.columns
    # SQLite numbers a lone integer key by itself; for events a trigger forbids that.
    if not column.nullable and (name, column.name) not in LONE_KEYS
]


@pytest.mark.parametrize(("table", "column"), REQUIRED)
def test_a_missing_value_is_refused(ledger_path, table, column):
    with pytest.raises(sqlite3.IntegrityError):
        insert(ledger_path, table, GOOD[table] | {column: None})


def test_every_check_constraint_has_a_bad_value_above():
    checked = {
        check.name
        for table in TABLES.values()
        for check in table.constraints
        if check.name and str(check.name).startswith("ck_")
    }
    named = {f"ck_{table}_{column}" for table, column, _ in BAD}
    assert checked <= named | ACROSS_COLUMNS.keys()


def test_verify_knows_the_schema_that_the_migrations_make(migrated):
    assert schema_digest(migrated) == SCHEMA
