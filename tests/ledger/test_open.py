"""What is refused, how, and that the refused file keeps its bytes."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
from functools import partial

import pytest
from conftest import ACTOR, NOW, TODAY, Office
from raw_ledger import assert_one_sentence, contents, held_by_another, plain, run_child

from xfctl.errors import IntegrityError, LedgerUnavailableError
from xfctl.ledger import connection as connection_module
from xfctl.ledger.attachments import store_of
from xfctl.ledger.connection import check_file, open_ledger
from xfctl.ledger.create import create_ledger
from xfctl.ledger.verify import require_sound

CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
PR_CAPBSET_DROP = 24

# Does what a command does, in a process of its own; prints the kind of error and its sentence.
ATTEMPT = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from xfctl.app import Context, at_desk
from xfctl.domain.unit import UnitAdded
from xfctl.errors import XfctlError
from xfctl.ledger.backup import back_up
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.create import create_ledger

what, path = sys.argv[1], Path(sys.argv[2])
today, now = date(2026, 3, 20), datetime.now(UTC)
try:
    if what == "create":
        create_ledger(path, actor="测试员", now=now, today=today)
    elif what == "write":
        with open_ledger(path, writable=True) as ledger:
            with at_desk(ledger, Context(today, now, "测试员")) as desk:
                for number in range(20):
                    desk.add_unit(UnitAdded(code=f"N{number}", name=f"虚构{number}" * 9), today)
    elif what == "read":
        with open_ledger(path) as ledger:
            ledger.connection.execute("SELECT count(*) FROM event").fetchone()
    elif what == "back up":
        with open_ledger(path) as ledger:
            back_up(ledger, path.with_name("backup.db"))
    print("done")
except XfctlError as error:
    print(type(error).__name__, error.exit_code, error)
"""


def names(folder) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def attempt(what: str, path, before=None) -> str:
    return run_child(ATTEMPT, what, path, preexec_fn=before).strip()


def assert_unavailable(said: str) -> None:
    assert said.startswith("LedgerUnavailableError 5 "), said
    assert_one_sentence(LedgerUnavailableError(said))


# Files that are no ledger


def missing(path):
    path.unlink()


def folder(path):
    path.unlink()
    path.mkdir()


def empty(path):
    path.write_bytes(b"")


def random_bytes(path):
    path.write_bytes(bytes(range(256)) * 40)


def short(path):
    path.write_bytes(path.read_bytes()[:99])


def foreign(path):
    path.unlink()
    with plain(path) as connection:
        connection.execute("CREATE TABLE event (seq)")


def newer(path):
    with plain(path) as connection:
        connection.execute("PRAGMA user_version = 99")


def older(path):
    with plain(path) as connection:
        connection.execute("PRAGMA user_version = 0")


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def dangling_link(path):
    path.unlink()
    path.symlink_to("nowhere.db")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (missing, "没有找到账本"),
        (dangling_link, "没有找到账本"),
        (folder, "是一个目录"),
        (empty, "不是 xfctl 账本"),
        (random_bytes, "不是 xfctl 账本"),
        (short, "不是 xfctl 账本"),
        (foreign, "不是 xfctl 账本"),
        (pipe, "不是 xfctl 账本"),
        (newer, "更新版本"),
        (older, "旧格式"),
    ],
)
@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
def test_what_is_no_ledger_of_ours_is_refused_and_kept(ledger_path, spoil, words, writable):
    spoil(ledger_path)
    before = ledger_path.read_bytes() if ledger_path.is_file() else None
    with pytest.raises(LedgerUnavailableError, match=words) as refused:
        open_ledger(ledger_path, writable=writable)
    assert_one_sentence(refused.value)
    assert f"「{ledger_path}」" in str(refused.value)
    assert (ledger_path.read_bytes() if ledger_path.is_file() else None) == before


def test_a_name_too_long_for_the_disk_is_refused(tmp_path):
    with pytest.raises(LedgerUnavailableError) as refused:
        open_ledger(tmp_path / ("长" * 300))
    assert_one_sentence(refused.value)


@pytest.mark.parametrize("size", [100, 512, 4096, 8192])
def test_a_truncated_ledger_is_an_integrity_fault_and_kept(busy_office, tmp_path, size):
    target = tmp_path / "truncated.db"
    target.write_bytes(whole(busy_office)[:size])
    before = target.read_bytes()

    def use():
        with open_ledger(target) as ledger:
            require_sound(ledger)

    with pytest.raises(IntegrityError) as refused:
        use()
    assert_one_sentence(refused.value)
    assert target.read_bytes() == before


def whole(office) -> bytes:
    """The ledger's bytes with nothing left in the write-ahead log."""
    with plain(office.path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return office.path.read_bytes()


def place(office, path) -> None:
    """The ledger and its files in another folder."""
    path.write_bytes(whole(office))
    shutil.copytree(store_of(office.path), store_of(path))


def test_a_link_to_a_ledger_is_the_ledger(busy_office, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(busy_office.path)
    check_file(link)
    Office(link).add_units("U09")
    assert busy_office.head() == Office(link).head()


@pytest.mark.parametrize("name", ["账本 一.db", "a?mode=memory.db", "a#b%20c.db", "'\";--.db"])
def test_odd_names_are_names(tmp_path, name):
    path = tmp_path / name
    create_ledger(path, actor=ACTOR, now=NOW, today=TODAY)
    Office(path).add_units("U01")
    assert sorted(each.name for each in tmp_path.iterdir()) == [name]


def test_a_reader_cannot_write(busy_office):
    with busy_office.reading() as ledger:
        refused = pytest.raises(Exception, match="readonly")
        with refused:
            ledger.connection.execute("DELETE FROM unit")


def test_every_connection_has_our_settings(busy_office):
    with open_ledger(busy_office.path, writable=True) as ledger:
        settings = {
            name: ledger.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "recursive_triggers", "trusted_schema", "synchronous")
        }
    assert settings == {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "synchronous": 2,
    }


# Another program


def test_a_ledger_being_written_by_another_process_refuses_after_its_patience(
    busy_office, monkeypatch
):
    monkeypatch.setattr(connection_module, "BUSY_SECONDS", 0.1)
    before = contents(busy_office.path)
    with held_by_another(busy_office.path, "BEGIN IMMEDIATE"):
        with busy_office.reading() as ledger:
            require_sound(ledger)
        with pytest.raises(LedgerUnavailableError, match="另一个程序") as refused:
            busy_office.add_units("U09")
    assert_one_sentence(refused.value)
    assert contents(busy_office.path) == before
    busy_office.add_units("U09")


# Permissions and full disks, in a child process without root's power to ignore them


def without_privileges() -> None:
    """Run before the child's program: it must obey file permissions even as root."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)
    libc.prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0)


@pytest.fixture
def obeying(tmp_path):
    """``attempt`` in a child that obeys permissions; skipped where none can be made."""
    probe = tmp_path / "probe"
    probe.touch(0o000)
    tried = subprocess.run(["cat", probe], capture_output=True, preexec_fn=without_privileges)
    probe.unlink()
    if tried.returncode == 0:
        pytest.skip("a child process cannot be made to obey file permissions here")
    return partial(attempt, before=without_privileges)


@pytest.fixture
def own_folder(busy_office, tmp_path):
    """The ledger alone in a folder whose permissions may be changed."""
    folder = tmp_path / "own"
    folder.mkdir()
    path = folder / "ledger.db"
    place(busy_office, path)
    path.chmod(0o600)
    yield path
    folder.chmod(0o700)


def test_a_read_only_file_is_not_written(obeying, own_folder):
    own_folder.chmod(0o400)
    before = own_folder.read_bytes()
    said = obeying("write", own_folder)
    assert_unavailable(said)
    assert "只读" in said
    assert own_folder.read_bytes() == before


def test_a_read_only_file_can_be_read(obeying, own_folder):
    own_folder.chmod(0o400)
    assert obeying("read", own_folder) == "done"


def test_an_unreadable_file_says_so(obeying, own_folder):
    own_folder.chmod(0o000)
    said = obeying("read", own_folder)
    assert_unavailable(said)
    assert "权限" in said


@pytest.mark.parametrize("what", ["read", "write"])
def test_a_folder_that_cannot_be_entered_says_so(obeying, own_folder, what):
    own_folder.parent.chmod(0o000)
    said = obeying(what, own_folder)
    assert_unavailable(said)
    assert "权限" in said


@pytest.mark.parametrize("what", ["write", "back up"])
def test_a_read_only_folder_keeps_its_ledger(obeying, own_folder, what):
    before = own_folder.read_bytes()
    own_folder.parent.chmod(0o500)
    said = obeying(what, own_folder)
    assert_unavailable(said)
    assert "权限" in said
    assert own_folder.read_bytes() == before
    assert names(own_folder.parent) == ["ledger.db", "ledger.db.files"]


def test_nothing_is_created_in_a_read_only_folder(obeying, own_folder):
    own_folder.parent.chmod(0o500)
    assert_unavailable(obeying("create", own_folder.with_name("new.db")))
    assert names(own_folder.parent) == ["ledger.db", "ledger.db.files"]


def small_files(size: int) -> None:
    """Run before the child's program: no file of its may grow beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 4096, 12_288, 20_000])
@pytest.mark.parametrize("what", ["write", "create", "back up"])
def test_a_write_that_does_not_fit_changes_nothing(own_folder, what, size):
    before = contents(own_folder)
    target = own_folder.with_name("new.db") if what == "create" else own_folder
    said = attempt(what, target, before=partial(small_files, size))
    assert_unavailable(said)
    assert contents(own_folder) == before
    assert not list(own_folder.parent.glob("*.tmp")) + list(own_folder.parent.glob(".*"))
    assert not own_folder.with_name("new.db").exists()
    assert "backup.db" not in names(own_folder.parent)
    with Office(own_folder).reading() as ledger:
        require_sound(ledger)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 2 MiB."""
    point = tmp_path / "disk"
    point.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", point], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield point
    subprocess.run(["umount", "-l", point], check=True)


@pytest.mark.parametrize("left", [0, 20_000, 40_000])
@pytest.mark.parametrize("what", ["write", "create", "back up"])
def test_a_full_disk_changes_nothing_and_room_makes_it_work_again(
    busy_office, small_disk, what, left
):
    path = small_disk / "ledger.db"
    place(busy_office, path)
    before = contents(path)
    room = shutil.disk_usage(small_disk).free
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * (room - left))
    target = small_disk / "new.db" if what == "create" else path
    assert_unavailable(attempt(what, target))
    filler.unlink()
    assert contents(path) == before
    assert not list(small_disk.glob(".*"))
    assert attempt(what, target) == "done"
