"""The ledger as it was known at a moment is the ledger as it was at that moment."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from conftest import ACTOR, TODAY, Office, calendar_facts, entry
from msgspec.structs import asdict
from raw_ledger import contents, plain

from xfctl.app import Context
from xfctl.app.office import change_calendar, set_parameter
from xfctl.demo import make_demo
from xfctl.domain.classification import FeedbackForm, Relation
from xfctl.domain.identity import Identity
from xfctl.domain.parameters import ParameterSet
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.handling import AssignCase, GiveFeedback, ReceiveCase
from xfctl.domain.steps.relations import AddNote, AttachFile, UnlinkCases
from xfctl.errors import InputRefusedError
from xfctl.ledger import events, queries
from xfctl.ledger.attachments import keep
from xfctl.ledger.case_lists import cases
from xfctl.ledger.chain import StoredEvent
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.create import create_ledger
from xfctl.ledger.known_at import known_at
from xfctl.ledger.load import CASES, load
from xfctl.ledger.projection import columns_of, state_tables
from xfctl.ledger.rebuild import rebuild_state
from xfctl.ledger.search import find

ONE, TWO = "XF2026-0001", "XF2026-0002"
START = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
REGISTERED = date(2026, 3, 2)


def assign(desk):
    desk.step(AssignCase(number=ONE, on=REGISTERED, unit="U01", unit_name="后勤保障部", role=None))


def correct_receipt(desk):
    seq = desk.case(ONE).history[-1].seq
    desk.step(
        CorrectFact(number=ONE, on=TODAY, seq=seq, reason="看错", right_date=date(2026, 3, 4))
    )


# One thing an hour, so that every moment between two of them knows one thing less.
LIFE = [
    lambda desk: desk.add_unit(entry_of_unit(), REGISTERED),
    lambda desk: desk.register(
        REGISTERED, entry(ONE, summary="宿舍热水供应"), Identity(name="虚构人甲", phone="000")
    ),
    assign,
    lambda desk: desk.step(ReceiveCase(number=ONE, on=REGISTERED)),
    correct_receipt,
    lambda desk: desk.register(REGISTERED, entry(TWO, summary="食堂饭菜价格")),
    lambda desk: desk.link(TWO, ONE, Relation.REPEATS),
    lambda desk: change_calendar(desk, calendar_facts()[1]),
    lambda desk: set_parameter(
        desk, ParameterSet(name="reply", value=3, effective=TODAY, reason="示例规定")
    ),
    lambda desk: desk.step(AddNote(number=ONE, on=TODAY, text="已与锅炉房沟通")),
    lambda desk: desk.step(AttachFile(number=ONE, on=TODAY, name="虚构.txt", size=6, sha256=HASH)),
    lambda desk: desk.step(
        GiveFeedback(number=ONE, on=TODAY, form=FeedbackForm.WRITTEN, content="已修好")
    ),
    lambda desk: desk.step(UnlinkCases(number=TWO, on=TODAY, other=ONE, reason="并非同一事项")),
]
HASH = "9b74c9897bac770ffc029102a200c5de" + "0" * 32


def entry_of_unit():
    from xfctl.domain.unit import UnitAdded

    return UnitAdded(code="U01", name="后勤保障部")


@pytest.fixture(scope="module")
def moments(tmp_path_factory):
    """A ledger that lived, and a copy of it as it was after every hour."""
    folder = tmp_path_factory.mktemp("moments")
    path = folder / "ledger.db"
    create_ledger(path, actor=ACTOR, now=START, today=TODAY)
    copies = []
    for number, happens in enumerate(LIFE, start=1):
        with Office(path).desk(now=START + number * HOUR) as desk:
            happens(desk)
        copy = folder / f"copy-{number}.db"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        copies.append((START + number * HOUR, copy))
    return path, copies


@pytest.fixture
def office_of(moments, tmp_path):
    path, copies = moments
    return Office(shutil.copy(path, tmp_path / "ledger.db")), copies


def state(connection) -> dict[str, list]:
    return {
        table: sorted(
            connection.execute(f'SELECT {columns_of(table)} FROM "{table}"').fetchall(), key=repr
        )
        for table in [*state_tables(), "event"]
    }


@pytest.mark.parametrize("hour", range(1, len(LIFE) + 1))
def test_every_table_is_what_it_was_at_that_moment(office_of, hour):
    office, copies = office_of
    moment, copy = copies[hour - 1]
    for at in (moment, moment + timedelta(minutes=59, seconds=59)):
        with office.reading() as ledger, known_at(ledger, at):
            found = state(ledger.connection)
        with closing(sqlite3.connect(copy)) as then:
            assert found == state(then)


@pytest.mark.parametrize("hour", range(1, len(LIFE) + 1))
def test_a_moment_before_the_hour_knows_one_thing_less(office_of, hour):
    office, copies = office_of
    with office.reading() as ledger, known_at(ledger, copies[hour - 1][0] - timedelta(seconds=1)):
        head = events.head(ledger.connection)
    with office.reading() as ledger, known_at(ledger, copies[hour - 1][0]):
        assert events.head(ledger.connection).seq > head.seq


def test_reports_need_not_know(office_of):
    """Lists, search, obligations and matters answer from that moment."""
    office, copies = office_of

    def asked(hour):
        with office.reading() as ledger, known_at(ledger, copies[hour - 1][0]):
            connection = ledger.connection
            return (
                [each.number for each in cases(connection)],
                find(connection, "锅炉", 10),
                [
                    each.due_on.isoformat()
                    for each in queries.all_obligations(connection)
                    if each.clock == "feedback"
                ],
                load(connection, CASES, ONE).lead is not None,
            )

    assert asked(2) == ([ONE], [], [], False)
    assert asked(4) == ([ONE], [], ["2026-03-11"], True)
    assert asked(5) == ([ONE], [], ["2026-03-13"], True)
    assert asked(8) == ([ONE, TWO], [], ["2026-03-17"], True)
    assert asked(10) == ([ONE, TWO], [ONE], ["2026-03-17"], True)


@pytest.fixture(scope="module")
def by_the_minute(tmp_path_factory):
    """A ledger with every kind of stream, one event a minute as if each had been typed alone."""
    path = make_demo(tmp_path_factory.mktemp("demo") / "demo", Context(TODAY, START, ACTOR))
    with plain(path) as connection:
        connection.execute("DROP TRIGGER event_no_update")
        for seq in range(1, events.head(connection).seq + 1):
            recorded_at = (START + seq * MINUTE).isoformat(timespec="microseconds")
            connection.execute("UPDATE event SET recorded_at = ? WHERE seq = ?", (recorded_at, seq))
    return path


@pytest.mark.parametrize("part", range(21))
def test_it_is_what_the_first_events_alone_add_up_to(by_the_minute, part):
    with open_ledger(by_the_minute) as ledger:
        last = events.head(ledger.connection).seq * part // 20
        with known_at(ledger, START + last * MINUTE):
            found = state(ledger.connection)
        with closing(first_events(ledger.connection, last)) as then:
            rebuild_state(then)
            assert found == state(then)


def first_events(connection, last) -> sqlite3.Connection:
    """A new ledger in memory of the same schema and nothing but these events."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    for (sql,) in connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case!_search!_%'"
        " ESCAPE '!' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ):
        fresh.execute(sql)
    rows = events.stored(connection, "WHERE seq <= ? ORDER BY seq", (last,))
    marks = ", ".join("?" * len(StoredEvent._fields))
    fresh.executemany(f"INSERT INTO event ({events.COLUMNS}) VALUES ({marks})", rows)
    return fresh


def test_links_undone_later_still_held_then(office_of):
    office, copies = office_of
    with office.reading() as ledger:
        with known_at(ledger, copies[6][0]):
            assert load(ledger.connection, CASES, TWO).repeats == ONE
        assert load(ledger.connection, CASES, TWO).repeats is None


def test_before_the_ledger_began_nothing_was_known(office_of):
    office, _ = office_of
    with office.reading() as ledger, known_at(ledger, START - HOUR):
        assert events.head(ledger.connection).seq == 0
        assert not list(cases(ledger.connection))
        with pytest.raises(InputRefusedError, match="没有编号"):
            load(ledger.connection, CASES, ONE)


def test_the_moment_may_be_told_in_any_time_zone(office_of):
    office, copies = office_of
    moment = copies[4][0]
    heads = []
    for at in (
        moment,
        moment.astimezone(timezone(8 * HOUR)),
        moment.astimezone(timezone(-5 * HOUR)),
    ):
        with office.reading() as ledger, known_at(ledger, at):
            heads.append(events.head(ledger.connection))
    assert len(set(heads)) == 1


def test_the_live_ledger_is_neither_changed_nor_lost(office_of):
    office, copies = office_of
    before = contents(office.path)
    with office.reading() as ledger:
        live = ledger.connection
        with known_at(ledger, copies[2][0]):
            assert ledger.connection is not live
            ledger.connection.execute("DELETE FROM obligation")
        assert ledger.connection is live
        assert live.execute("SELECT count(*) FROM obligation").fetchone() == (2,)
    assert contents(office.path) == before


def test_the_live_ledger_is_back_after_a_fault(office_of):
    office, copies = office_of
    with office.reading() as ledger:
        live = ledger.connection
        with pytest.raises(KeyError), known_at(ledger, copies[2][0]):
            raise KeyError
        assert ledger.connection is live


def test_identities_are_the_present_ones(office_of):
    """They are no history: what was corrected or erased is so for every moment."""
    office, copies = office_of
    with closing(sqlite3.connect(office.path, isolation_level=None)) as connection:
        connection.execute("UPDATE identity SET name = '虚构人乙'")
    with office.reading() as ledger, known_at(ledger, copies[1][0]):
        names = ledger.connection.execute("SELECT name FROM identity").fetchall()
    assert names == [("虚构人乙",)]


def test_what_was_entered_late_was_not_known_on_its_own_day(office):
    """Back-dated: it happened on the 2nd and was entered on the 20th."""
    with office.desk(now=START) as desk:
        desk.register(REGISTERED, entry(ONE))
    with office.reading() as ledger, known_at(ledger, datetime(2026, 3, 10, tzinfo=UTC)):
        assert not list(cases(ledger.connection))


def test_a_file_attached_then_need_not_exist_now(office, tmp_path):
    office.register(ONE)
    letter = tmp_path / "虚构.txt"
    letter.write_text("虚构", encoding="utf-8")
    kept = keep(office.path, letter)
    with office.desk(now=START + HOUR) as desk:
        desk.step(AttachFile(number=ONE, on=TODAY, name="虚构.txt", **asdict(kept)))
    with office.reading() as ledger, known_at(ledger, START + HOUR):
        assert len(load(ledger.connection, CASES, ONE).attachments) == 1
