"""Upgrading, tried with a program of tomorrow: ours, with more migrations and a higher version.

Tomorrow's program runs in a process of its own, so nothing of it leaks into other tests.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from conftest import Office
from raw_ledger import (
    assert_one_sentence,
    contents,
    held_by_another,
    plain,
    run_child,
    start_child,
    stored_events,
)

from xfctl.errors import LedgerUnavailableError
from xfctl.ledger.connection import SCHEMA_VERSION, check_file, open_ledger
from xfctl.ledger.migrate import migrations_folder
from xfctl.ledger.upgrade import upgrade
from xfctl.ledger.verify import require_sound

AT = datetime(2026, 3, 20, 9, 30)  # noqa: DTZ001  # local time, only for a file's name
NEXT = SCHEMA_VERSION + 1
KEPT = "ledger.db.replaced-20260320-093000"

# Adds a column to the append-only table, in batch mode: that drops the triggers, so they are
# read before and put back after. The second table hangs on identities by a cascade.
SECOND = """
import sqlalchemy as sa
from alembic import op


def upgrade():
    triggers = op.get_bind().execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    ).scalars().all()
    with op.batch_alter_table("event", recreate="always", table_kwargs={"sqlite_strict": True}) as batch:
        batch.add_column(sa.Column("device", sa.Text, nullable=True))
    for trigger in triggers:
        op.execute(sa.text(trigger))
    op.create_table(
        "paper",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("token", sa.Text, sa.ForeignKey("identity.token", ondelete="CASCADE")),
    )
"""
THIRD = """
import sqlalchemy as sa
from alembic import op


def upgrade():
    with op.batch_alter_table("identity", recreate="always", table_kwargs={"sqlite_strict": True}) as batch:
        batch.add_column(sa.Column("remark", sa.Text, nullable=True))
"""
FAILING = """
from alembic import op


def upgrade():
    op.execute("CREATE TABLE half (x)")
    op.execute("DELETE FROM unit")
    FAIL
"""
# Arguments: folder of migrations, version, ledger. What is left to do comes as a program.
TOMORROW = """
import sys
from datetime import datetime
from pathlib import Path
from xfctl.ledger import connection
folder, path = Path(sys.argv[1]), Path(sys.argv[3])
connection.SCHEMA_VERSION = int(sys.argv[2])
from xfctl.errors import XfctlError
from xfctl.ledger import migrate
migrate.migrations_folder = lambda: folder
migrate.migrate.__kwdefaults__["version"] = connection.SCHEMA_VERSION
from xfctl.ledger.upgrade import upgrade
from xfctl.ledger.verify import verify

def attempt():
    try:
        print("kept", upgrade(path, datetime(2026, 3, 20, 9, 30)))
    except XfctlError as error:
        print(type(error).__name__, error)
"""

# Today's program: it has opened the ledger before the upgrade puts another in its place.
WAITING_WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.writer import writing

with open_ledger(Path(sys.argv[1]), writable=True) as ledger:
    print("open", flush=True)
    with writing(ledger, "测试员", datetime.now(UTC)):
        pass
"""


class Tomorrow:
    """The program of a later day, with its own folder of migrations."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(migrations_folder(), folder)

    def add(self, version: int, migration: str) -> None:
        revisions = f'revision = "{version:04d}"\ndown_revision = "{version - 1:04d}"\n'
        path = self.folder / "versions" / f"{version:04d}.py"
        path.write_text(revisions + migration, encoding="utf-8")

    def upgrade(self, path: Path, version: int) -> str:
        """What the upgrade said; then the new ledger is verified by tomorrow's program."""
        return run_child(TOMORROW + "attempt()", self.folder, version, path).strip()

    def failed_checks(self, path: Path, version: int) -> str:
        program = TOMORROW + (
            "with connection.open_ledger(path) as ledger:\n"
            "    print([each for each in verify(ledger) if not each.holds])"
        )
        return run_child(program, self.folder, version, path).strip()


@pytest.fixture
def tomorrow(tmp_path):
    return Tomorrow(tmp_path / "migrations")


def names(folder):
    return sorted(each.name for each in folder.iterdir() if each.name != "migrations")


def triggers(path):
    with plain(path) as connection:
        return connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        ).fetchall()


def test_an_upgrade_keeps_events_head_state_and_triggers(busy_office, tomorrow, tmp_path):
    tomorrow.add(NEXT, SECOND)
    path = busy_office.path
    old, old_rows, old_triggers = contents(path), stored_events(path), triggers(path)
    assert tomorrow.upgrade(path, NEXT) == f"kept {tmp_path / KEPT}"
    assert tomorrow.failed_checks(path, NEXT) == "[]"
    assert stored_events(path) == old_rows
    assert triggers(path) == old_triggers
    new = contents(path)
    assert new.pop("paper") == []
    assert [row[-1] for row in new.pop("event")] == [None] * len(old_rows)
    assert new == {name: rows for name, rows in old.items() if name != "event"} | {
        "alembic_version": [(f"{NEXT:04d}",)]
    }


def test_an_upgrade_keeps_the_old_file_as_it_was(busy_office, tomorrow, tmp_path):
    tomorrow.add(NEXT, SECOND)
    before = contents(busy_office.path)
    tomorrow.upgrade(busy_office.path, NEXT)
    assert contents(tmp_path / KEPT) == before
    Office(tmp_path / KEPT).add_units("U08")
    assert names(tmp_path) == ["ledger.db", "ledger.db.files", KEPT, f"{KEPT}.files"]
    with Office(tmp_path / KEPT).reading() as kept:
        require_sound(kept)


def test_a_second_upgrade_finds_nothing_to_do(busy_office, tomorrow):
    tomorrow.add(NEXT, SECOND)
    tomorrow.upgrade(busy_office.path, NEXT)
    assert tomorrow.upgrade(busy_office.path, NEXT) == "kept None"


def test_our_own_upgrade_finds_nothing_to_do(busy_office):
    before = busy_office.path.read_bytes()
    assert upgrade(busy_office.path, AT) is None
    assert busy_office.path.read_bytes() == before


def test_a_table_built_anew_does_not_empty_those_that_hang_on_it(busy_office, tomorrow):
    tomorrow.add(NEXT, SECOND)
    path = busy_office.path
    tomorrow.upgrade(path, NEXT)
    with plain(path) as connection:
        connection.execute("INSERT INTO paper SELECT rowid, token FROM identity")
    before = contents(path)
    assert before["paper"]
    tomorrow.add(NEXT + 1, THIRD)
    (path.parent / KEPT).unlink()
    assert tomorrow.upgrade(path, NEXT + 1).startswith("kept /")
    after = contents(path)
    assert after["paper"] == before["paper"]
    assert after["identity"] == [(*row, None) for row in before["identity"]]


FAULTS = {
    "an exception": "raise RuntimeError('虚构')",
    "a fault of SQLite": "op.execute('SELECT * FROM missing')",
    "changed events": "op.execute('DROP TRIGGER event_no_update'); "
    "op.execute(\"UPDATE event SET actor = '别人'\")",
    "lost events": "op.execute('DROP TRIGGER event_no_delete'); "
    "op.execute('DELETE FROM event WHERE seq > 5')",
    "the process killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_an_upgrade_that_fails_leaves_the_old_ledger_in_use(busy_office, tomorrow, tmp_path, fault):
    tomorrow.add(NEXT, FAILING.replace("FAIL", fault))
    before = contents(busy_office.path)
    with start_child(TOMORROW + "attempt()", tomorrow.folder, NEXT, busy_office.path) as child:
        out, _ = child.communicate(timeout=60)
    assert "kept" not in out
    assert ".xfctl-" not in out, "no temporary file is told of"
    assert contents(busy_office.path) == before
    busy_office.add_units("U09")
    assert not list(tmp_path.glob("*replaced*"))
    if "SIGKILL" not in fault:
        assert names(tmp_path) == ["ledger.db", "ledger.db.files"]


def test_an_upgrade_after_a_killed_one_succeeds(busy_office, tomorrow):
    tomorrow.add(NEXT, FAILING.replace("FAIL", FAULTS["the process killed"]))
    with start_child(TOMORROW + "attempt()", tomorrow.folder, NEXT, busy_office.path) as child:
        child.communicate(timeout=60)
    tomorrow.add(NEXT, SECOND)
    assert tomorrow.upgrade(busy_office.path, NEXT).startswith("kept /")
    assert tomorrow.failed_checks(busy_office.path, NEXT) == "[]"


def test_a_ledger_in_use_is_not_upgraded(busy_office, tomorrow):
    tomorrow.add(NEXT, SECOND)
    before = contents(busy_office.path)
    program = TOMORROW + "connection.BUSY_SECONDS = 0.1\nattempt()"
    with held_by_another(busy_office.path, "BEGIN", "SELECT * FROM event"):
        said = run_child(program, tomorrow.folder, NEXT, busy_office.path)
    assert said.startswith("LedgerUnavailableError")
    assert contents(busy_office.path) == before


def test_a_writer_that_waited_for_the_upgrade_does_not_write_into_the_old_file(
    busy_office, tomorrow, tmp_path
):
    pause = "print('migrating', flush=True)\n    import sys\n    sys.stdin.readline()"
    tomorrow.add(NEXT, SECOND + f"    {pause}\n")
    path, old = busy_office.path, stored_events(busy_office.path)
    with start_child(TOMORROW + "attempt()", tomorrow.folder, NEXT, path) as upgrading:
        assert upgrading.stdout.readline() == "migrating\n"
        with start_child(WAITING_WRITER, path) as writer:
            assert writer.stdout.readline() == "open\n"
            # Once for tomorrow's ledger, once for the empty one that verify compares with.
            said, _ = upgrading.communicate("\n\n", timeout=60)
            _, refusal = writer.communicate(timeout=60)
    assert f"kept {tmp_path / KEPT}" in said
    assert "LedgerUnavailableError" in refusal
    assert "没有写入" in refusal
    assert stored_events(tmp_path / KEPT) == stored_events(path) == old


@pytest.mark.parametrize(("version", "words"), [(99, "请先升级 xfctl"), (0, "xfctl upgrade")])
def test_a_ledger_of_another_time_is_told_apart_and_kept(ledger_path, version, words):
    with plain(ledger_path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = ledger_path.read_bytes()
    with pytest.raises(LedgerUnavailableError, match=words) as refused:
        check_file(ledger_path)
    assert_one_sentence(refused.value)
    with pytest.raises(LedgerUnavailableError, match=words):
        open_ledger(ledger_path, writable=True)
    assert ledger_path.read_bytes() == before


def test_a_newer_ledger_is_not_upgraded(ledger_path):
    with plain(ledger_path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerUnavailableError, match="请先升级 xfctl"):
        upgrade(ledger_path, AT)


def test_todays_program_refuses_tomorrows_ledger(busy_office, tomorrow):
    tomorrow.add(NEXT, SECOND)
    tomorrow.upgrade(busy_office.path, NEXT)
    with pytest.raises(LedgerUnavailableError, match="请先升级 xfctl"):
        busy_office.reading()


def test_a_damaged_old_ledger_is_not_upgraded(busy_office, tomorrow, tmp_path):
    tomorrow.add(NEXT, SECOND)
    whole = busy_office.path.read_bytes()
    broken = tmp_path / "broken.db"
    broken.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    said = tomorrow.upgrade(broken, NEXT)
    assert said.startswith("IntegrityError")
    assert broken.read_bytes()[4096:] == b"\xff" * (len(whole) - 4096)
