from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from conftest import ACTOR, NOW, REGISTERED_ON, TODAY, Office, assign, entry, unit
from raw_ledger import contents, plain, stored_events

from xfctl.domain.classification import FeedbackForm
from xfctl.domain.identity import Identity
from xfctl.domain.steps.closing import CloseCase
from xfctl.domain.steps.handling import GiveFeedback, ReceiveCase
from xfctl.errors import IntegrityError, LedgerUnavailableError, RuleRefusedError
from xfctl.ledger import events
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.create import create_ledger
from xfctl.ledger.projection import fold, state_tables, subject_of
from xfctl.ledger.verify import require_sound
from xfctl.ledger.writer import writing

WHO = Identity(name="虚构人甲", phone="000-0000-0001", id_number="虚构证号一", address="虚构路一号")


def interrupt(desk):
    raise KeyboardInterrupt


def fail(desk):
    raise ValueError("虚构")


def take_an_illegal_step(desk):
    desk.step(ReceiveCase(number="XF2026-0009", on=TODAY))


def collide_while_storing(desk):
    """Someone else's row under the same key: the events are written, the state cannot be."""
    desk.writer.connection.execute(
        "INSERT INTO assignment VALUES"
        " ('XF2026-0009', 1, 'U01', '虚构', 'lead', '2026-03-20', NULL, NULL)"
    )
    desk.step(assign("XF2026-0009", TODAY, "U01"))


@pytest.mark.parametrize(
    ("ending", "error"),
    [
        (interrupt, KeyboardInterrupt),
        (fail, ValueError),
        (take_an_illegal_step, RuleRefusedError),
        (collide_while_storing, IntegrityError),
    ],
)
def test_a_transaction_that_fails_leaves_every_row_as_it_was(busy_office, ending, error):
    def work():
        with busy_office.desk() as desk:
            desk.add_unit(unit("U09"), TODAY)
            desk.register(TODAY, entry("XF2026-0009"), WHO)
            ending(desk)

    before = contents(busy_office.path)
    with pytest.raises(error):
        work()
    assert contents(busy_office.path) == before


def test_a_transaction_without_facts_writes_nothing(busy_office):
    before = contents(busy_office.path)
    with busy_office.desk():
        pass
    assert contents(busy_office.path) == before


def test_commands_of_one_transaction_build_on_each_other(office):
    office.add_units("U01")
    start = office.head()
    number = "XF2026-0001"
    with office.desk() as desk:
        desk.register(REGISTERED_ON, entry(number))
        desk.step(assign(number, REGISTERED_ON, "U01"))
        desk.step(ReceiveCase(number=number, on=REGISTERED_ON))
        desk.step(GiveFeedback(number=number, on=TODAY, form=FeedbackForm.WRITTEN))
        desk.step(CloseCase(number=number, on=TODAY, result="虚构结果"))
    written = stored_events(office.path)[start.seq :]
    assert [row.kind for row in written] == [
        "case.registered",
        "case.assigned",
        "case.received",
        "case.feedback_given",
        "case.closed",
    ]
    assert [row.seq for row in written] == list(range(start.seq + 1, start.seq + 6))
    assert written[0].prev_hash == start.hash
    assert office.head().hash == written[-1].hash


def test_state_rows_are_what_the_events_project(busy_office):
    stored = contents(busy_office.path)
    projected = {table: [] for table in state_tables()}
    with busy_office.reading() as ledger:
        for stream in {row.stream for row in stored_events(busy_office.path)}:
            subject, _ = subject_of(stream)
            if subject is not None:
                state = fold(subject, events.stream(ledger.connection, stream))
                for table, rows in subject.rows(state).items():
                    projected[table] += [tuple(row.values()) for row in rows]
    assert {table: sorted(rows, key=repr) for table, rows in projected.items()} == {
        table: stored[table] for table in state_tables()
    }
    assert all(projected.values()), "the invented office has something in every state table"


def test_changing_one_matter_touches_no_row_of_another(busy_office):
    before = contents(busy_office.path)
    with busy_office.desk() as desk:
        desk.step(GiveFeedback(number="XF2026-0001", on=TODAY, form=FeedbackForm.WRITTEN))
    after = contents(busy_office.path)
    for table in ("case", "assignment", "link", "attachment", "ground"):
        others = [row for row in before[table] if row[0] != "XF2026-0001"]
        assert [row for row in after[table] if row[0] != "XF2026-0001"] == others
    mine = [row for row in before["obligation"] if row[0] == "case/XF2026-0001"]
    others = [row for row in before["obligation"] if row not in mine]
    assert [row for row in after["obligation"] if row[0] != "case/XF2026-0001"] == others
    of_matters = {"case", "assignment", "link", "attachment", "ground", "obligation", "case_search"}
    for table in set(state_tables()) - of_matters:
        assert after[table] == before[table], table


def test_the_time_of_recording_is_utc_wherever_the_clock_stands(office):
    shanghai = timezone(timedelta(hours=8))
    now = datetime(2026, 3, 20, 7, 59, 59, 1, tzinfo=shanghai)
    with office.desk(now=now, actor="另一测试员") as desk:
        desk.add_unit(unit("U01"), TODAY)
    last = stored_events(office.path)[-1]
    assert last.recorded_at == "2026-03-19T23:59:59.000001+00:00"
    assert (last.occurred_on, last.actor) == ("2026-03-20", "另一测试员")


def test_identities_stay_out_of_events_and_state(office):
    office.add_units("U01")
    office.register("XF2026-0001", identity=WHO, assigned_to="U01")
    with office.desk() as desk:
        assert desk.reveal("XF2026-0001", "虚构理由") == [WHO]
    tables = contents(office.path)
    (identity,) = tables.pop("identity")
    assert identity[1:] == tuple(vars(WHO).values())
    rest = repr(tables)
    assert not [word for word in vars(WHO).values() if word in rest]
    assert identity[0] in rest, "the token stands for them"


def test_an_empty_identity_is_not_kept(office):
    office.register("XF2026-0001", identity=Identity())
    assert contents(office.path)["identity"] == []


@pytest.mark.parametrize("swap", ["replaced", "removed"])
def test_a_ledger_swapped_while_open_is_not_written_to(office, tmp_path, swap):
    other = tmp_path / "other.db"
    create_ledger(other, actor=ACTOR, now=NOW, today=TODAY)
    before = contents(other)
    with open_ledger(office.path, writable=True) as ledger:
        kept = office.path.rename(tmp_path / "kept.db")
        if swap == "replaced":
            other.replace(office.path)
        with (
            pytest.raises(LedgerUnavailableError, match="没有写入"),
            writing(ledger, ACTOR, NOW) as writer,
        ):
            writer.record("unit/U01", [])
    assert len(stored_events(kept)) == 1
    if swap == "replaced":
        assert contents(office.path) == before


TAMPERED = {
    "an insert that is ignored": "BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END",
    "a payload changed on its way": "AFTER INSERT ON event BEGIN "
    "UPDATE event SET payload = '{}' WHERE seq = NEW.seq; END",
    "the last event dropped again": "AFTER INSERT ON event WHEN NEW.kind = 'case.assigned' BEGIN "
    "DELETE FROM event WHERE seq = NEW.seq; END",
}


@pytest.mark.parametrize("trigger", TAMPERED.values(), ids=TAMPERED.keys())
def test_events_are_read_back_before_they_count_as_written(office, trigger):
    office.add_units("U01")
    with plain(office.path) as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("DROP TRIGGER event_no_delete")
        connection.execute(f"CREATE TRIGGER tampered {trigger}")
    before = contents(office.path)
    with pytest.raises(IntegrityError, match="已撤销"):
        office.register("XF2026-0001", assigned_to="U01")
    assert contents(office.path) == before


def test_a_missing_number_takes_the_next_of_its_year(office: Office):
    with office.desk() as desk:
        numbers = [desk.register(REGISTERED_ON, entry("")).number for _ in range(2)]
    with office.desk() as desk:
        numbers.append(desk.register(REGISTERED_ON, entry("")).number)
    assert numbers == ["XF2026-0001", "XF2026-0002", "XF2026-0003"]


def test_what_was_written_verifies(busy_office):
    with busy_office.reading() as ledger:
        require_sound(ledger)
