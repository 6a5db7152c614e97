from __future__ import annotations

import os
import signal
import stat
from datetime import datetime

import pytest
from conftest import ACTOR, NOW, TODAY, Office, unit
from raw_ledger import (
    WRITER,
    assert_one_sentence,
    contents,
    held_by_another,
    plain,
    start_child,
    stored_events,
    without_triggers,
)

from xfctl.errors import InputRefusedError, IntegrityError, LedgerUnavailableError
from xfctl.ledger import connection as connection_module
from xfctl.ledger import files
from xfctl.ledger.backup import back_up, restore
from xfctl.ledger.create import create_ledger
from xfctl.ledger.verify import require_sound, verify

AT = datetime(2026, 3, 20, 9, 30)  # noqa: DTZ001  # local time, only for a file's name
KEPT = "ledger.db.replaced-20260320-093000"


@pytest.fixture
def backup_path(busy_office, tmp_path):
    target = tmp_path / "backup.db"
    with busy_office.reading() as ledger:
        back_up(ledger, target)
    return target


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(connection_module, "BUSY_SECONDS", 0.1)


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def damage(path):
    with without_triggers(path) as connection:
        connection.execute("UPDATE event SET actor = '别人' WHERE seq = 5")


# Backing up


def test_a_backup_is_a_complete_ledger_without_sidecars(busy_office, tmp_path):
    target = tmp_path / "folder" / "backup.db"
    target.parent.mkdir()
    with busy_office.reading() as ledger:
        assert back_up(ledger, target) == busy_office.head()
    assert names(target.parent) == ["backup.db", "backup.db.files"]
    assert contents(target) == contents(busy_office.path)
    with Office(target).reading() as copy:
        require_sound(copy)
    with plain(target) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_backups_taken_while_another_process_writes_are_sound_prefixes(office, tmp_path):
    heads = []
    with start_child(WRITER, office.path, "W", 40) as writer:
        writer.stdout.readline()
        for number in range(5):
            with office.reading() as ledger:
                heads.append(back_up(ledger, tmp_path / f"backup{number}.db"))
        writer.communicate(timeout=60)
    assert writer.returncode == 0
    assert heads[0].seq < office.head().seq, "the writer was still at work"
    live = stored_events(office.path)
    for number, head in enumerate(heads):
        target = tmp_path / f"restored{number}.db"
        restore(tmp_path / f"backup{number}.db", target, AT)
        with Office(target).reading() as restored:
            assert all(check.holds for check in verify(restored, head))
        assert stored_events(target) == live[: head.seq]


def test_a_backup_never_overwrites(busy_office, tmp_path):
    target = tmp_path / "taken.db"
    target.write_bytes(b"mine")
    with busy_office.reading() as ledger, pytest.raises(InputRefusedError) as refused:
        back_up(ledger, target)
    assert_one_sentence(refused.value)
    assert target.read_bytes() == b"mine"
    assert "taken.db.files" not in names(tmp_path)


def test_a_backup_into_a_missing_folder_is_refused(busy_office, tmp_path):
    with busy_office.reading() as ledger, pytest.raises(InputRefusedError):
        back_up(ledger, tmp_path / "missing" / "backup.db")


def test_a_damaged_ledger_gives_no_backup_and_the_message_names_the_ledger(busy_office, tmp_path):
    damage(busy_office.path)
    before = names(tmp_path)
    with busy_office.reading() as ledger, pytest.raises(IntegrityError) as refused:
        back_up(ledger, tmp_path / "backup.db")
    assert f"「{busy_office.path}」" in str(refused.value)
    assert [name for name in names(tmp_path) if "backup" in name] == []
    assert set(before) <= set(names(tmp_path))


# Restoring


def test_a_restore_to_a_new_place_makes_a_working_ledger(busy_office, backup_path, tmp_path):
    target = tmp_path / "new.db"
    assert restore(backup_path, target, AT) is None
    assert contents(target) == contents(busy_office.path)
    Office(target).add_units("U09")
    with plain(target) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_restore_keeps_the_old_ledger_with_all_its_events(busy_office, backup_path, tmp_path):
    backed_up = contents(busy_office.path)
    busy_office.add_units("U08", "U09")
    later = contents(busy_office.path)
    kept = restore(backup_path, busy_office.path, AT)
    assert kept == tmp_path / KEPT
    assert contents(kept) == later
    assert contents(busy_office.path) == backed_up
    busy_office.add_units("U10")


def test_events_still_in_the_write_ahead_log_of_a_killed_writer_are_kept(
    busy_office, backup_path, tmp_path
):
    with start_child(WRITER, busy_office.path, "W", 1000) as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(3)]
        writer.send_signal(signal.SIGKILL)
    restore(backup_path, busy_office.path, AT)
    streams = {row.stream for row in stored_events(tmp_path / KEPT)}
    assert {f"unit/{code}" for code in acknowledged} <= streams
    with Office(tmp_path / KEPT).reading() as kept:
        require_sound(kept)


BROKEN = {
    "random bytes": lambda whole: bytes(range(256)) * 40,
    "empty": lambda whole: b"",
    "first page only": lambda whole: whole[:4096],
    "half": lambda whole: whole[: len(whole) // 2],
    "a page overwritten": lambda whole: whole[:4096] + b"\xff" * 4096 + whole[8192:],
    "header only": lambda whole: whole[:100],
    "a schema that is no text": lambda whole: whole.replace(
        b"CREATE TRIGGER", b"CREATE \xffRIGGER"
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_damaged_ledger_is_replaced_and_kept_byte_by_byte(backup_path, tmp_path, broken):
    target = tmp_path / "broken.db"
    bytes_before = broken(backup_path.read_bytes())
    target.write_bytes(bytes_before)
    kept = restore(backup_path, target, AT)
    assert kept.read_bytes() == bytes_before
    assert contents(target) == contents(backup_path)


def test_a_ledger_whose_chain_is_broken_is_replaced(busy_office, backup_path):
    damage(busy_office.path)
    broken = contents(busy_office.path)
    assert contents(restore(backup_path, busy_office.path, AT)) == broken
    with busy_office.reading() as ledger:
        require_sound(ledger)


def flip(path):
    damage(path)


def cut(path):
    path.write_bytes(path.read_bytes()[:-4096])


def scribble(path):
    path.write_bytes(b"no database" * 1000)


def take_away(path):
    path.unlink()


def make_foreign(path):
    path.unlink()
    with plain(path) as connection:
        connection.execute("CREATE TABLE other (x)")


def make_newer(path):
    with plain(path) as connection:
        connection.execute("PRAGMA user_version = 99")


def make_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (flip, IntegrityError),
        (cut, IntegrityError),
        (scribble, LedgerUnavailableError),
        (take_away, LedgerUnavailableError),
        (make_foreign, LedgerUnavailableError),
        (make_newer, LedgerUnavailableError),
        (make_folder, LedgerUnavailableError),
    ],
)
def test_a_backup_that_is_no_good_replaces_nothing(busy_office, backup_path, spoil, error):
    spoil(backup_path)
    before = contents(busy_office.path)
    with pytest.raises(error) as refused:
        restore(backup_path, busy_office.path, AT)
    assert_one_sentence(refused.value)
    assert f"「{backup_path}」" in str(refused.value)
    assert contents(busy_office.path) == before
    assert not [name for name in names(backup_path.parent) if "replaced" in name or "tmp" in name]


@pytest.mark.parametrize(
    "statements",
    [["BEGIN", "SELECT * FROM event"], ["SELECT * FROM event"], ["BEGIN IMMEDIATE"]],
    ids=["reading", "idle", "writing"],
)
@pytest.mark.usefixtures("impatient")
def test_a_ledger_in_use_by_another_process_is_not_replaced(busy_office, backup_path, statements):
    before = contents(busy_office.path)
    with (
        held_by_another(busy_office.path, *statements),
        pytest.raises(LedgerUnavailableError, match="另一个程序") as refused,
    ):
        restore(backup_path, busy_office.path, AT)
    assert_one_sentence(refused.value)
    assert contents(busy_office.path) == before
    assert not [name for name in names(backup_path.parent) if "replaced" in name or "tmp" in name]


def test_a_restore_onto_a_folder_is_refused(backup_path, tmp_path):
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(LedgerUnavailableError) as refused:
        restore(backup_path, target, AT)
    assert_one_sentence(refused.value)
    assert target.is_dir()


@pytest.fixture
def umask_022():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask_022")
def test_every_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "ledger.db"
    create_ledger(path, actor=ACTOR, now=NOW, today=TODAY)
    office = Office(path)
    with office.desk() as desk:
        desk.add_unit(unit("U01"), TODAY)
        with office.reading() as ledger:
            back_up(ledger, tmp_path / "backup.db")
        open_files = names(tmp_path)
        modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in open_files}
    restore(tmp_path / "backup.db", path, AT)
    office.add_units("U02")
    modes |= {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names(tmp_path)}
    assert open_files == ["backup.db", "ledger.db", "ledger.db-shm", "ledger.db-wal"]
    assert KEPT in modes
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("error", [KeyboardInterrupt, InputRefusedError, OSError])
def test_an_interrupted_new_file_leaves_nothing_behind(tmp_path, error):
    def work():
        with files.new_file(tmp_path / "new.db") as temporary, plain(temporary) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE x (y)")
            for name in ("-wal", "-shm"):
                assert temporary.with_name(temporary.name + name).exists()
            raise error(5, "虚构")

    with pytest.raises(LedgerUnavailableError if error is OSError else error):
        work()
    assert names(tmp_path) == []


def test_creating_over_an_existing_file_is_refused(ledger_path):
    before = ledger_path.read_bytes()
    with pytest.raises(InputRefusedError) as refused:
        create_ledger(ledger_path, actor=ACTOR, now=NOW, today=TODAY)
    assert_one_sentence(refused.value)
    assert ledger_path.read_bytes() == before
    assert names(ledger_path.parent) == ["ledger.db"]


def test_two_replacements_in_one_second_keep_two_files(busy_office, tmp_path):
    copy = tmp_path / "backup.db"
    with busy_office.reading() as ledger:
        back_up(ledger, copy)
    kept = [restore(copy, busy_office.path, AT) for _ in range(3)]
    assert len(set(kept)) == 3
    assert all(path.exists() for path in kept)
