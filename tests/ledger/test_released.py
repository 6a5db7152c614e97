"""Ledgers that released programs wrote, upgraded to the present one.

``released/0001.sql`` holds, as SQL, what the program of schema 1 wrote, and so on; such a file never changes.
"""

from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from conftest import Office, assign
from raw_ledger import contents, plain, start_child, stored_events

from xfctl.errors import LedgerUnavailableError
from xfctl.ledger import events
from xfctl.ledger.attachments import keep
from xfctl.ledger.connection import SCHEMA_VERSION, file_kind
from xfctl.ledger.migrate import migrate, migrations_folder
from xfctl.ledger.upgrade import upgrade
from xfctl.ledger.verify import schema_of, verify

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
AT = datetime(2026, 3, 20, 9, 30)  # noqa: DTZ001  # local time, only for a file's name
KEPT = "ledger.db.replaced-20260320-093000"
# Arguments: the ledger, and the step before which the process dies.
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from xfctl.ledger import upgrade

setattr(upgrade, sys.argv[2], lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
upgrade.upgrade(Path(sys.argv[1]), datetime(2026, 3, 20, 9, 30))
"""


def laid_down(script: Path, path: Path) -> Path:
    """The ledger that a script describes, with its letter beside it."""
    with plain(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(script.read_text(encoding="utf-8"))
    letter = path.parent / "虚构信件.txt"
    letter.write_text("虚构内容", encoding="utf-8")
    keep(path, letter)
    letter.unlink()
    return path


@pytest.fixture(params=RELEASED, ids=lambda script: script.stem)
def released(request, tmp_path):
    folder = tmp_path / "office"
    folder.mkdir()
    return laid_down(request.param, folder / "ledger.db")


def schema(path):
    """The text of every table, index and trigger, to the letter."""
    with plain(path) as connection:
        return sorted(
            connection.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            ).fetchall()
        )


def head(path):
    with plain(path) as connection:
        return events.head(connection)


def failed_checks(path):
    with Office(path).reading() as ledger:
        return [each for each in verify(ledger) if not each.holds]


@pytest.mark.parametrize("script", RELEASED, ids=lambda script: script.stem)
def test_its_schema_is_the_one_its_migrations_make(script, tmp_path):
    """So that neither the file nor the migrations of a released program change unnoticed."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_folder(), folder)
    for each in (folder / "versions").glob("*.py"):
        if each.name[:4] > script.stem:
            each.unlink()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as then:
        migrate(then, folder=folder, version=int(script.stem))
        with plain(laid_down(script, tmp_path / "ledger.db")) as connection:
            assert sorted(schema_of(connection)) == sorted(schema_of(then))
    assert file_kind(tmp_path / "ledger.db").schema_version == int(script.stem)


def test_it_is_not_opened_but_told_to_be_upgraded(released):
    with pytest.raises(LedgerUnavailableError, match="xfctl upgrade"):
        Office(released).reading()


def test_an_upgrade_keeps_every_event_and_identity(released):
    before, rows, last = contents(released), stored_events(released), head(released)
    upgrade(released, AT)
    assert stored_events(released) == rows
    assert head(released) == last
    after = contents(released)
    assert after["identity"] == before["identity"] != []
    assert after["event"] == before["event"] != []


def test_an_upgraded_ledger_is_made_like_a_fresh_one(released, ledger_path):
    upgrade(released, AT)
    assert schema(released) == schema(ledger_path)
    with plain(released) as connection, plain(ledger_path) as fresh:
        assert sorted(schema_of(connection)) == sorted(schema_of(fresh))
        for mark in ("application_id", "user_version", "journal_mode"):
            sql = f"PRAGMA {mark}"
            assert connection.execute(sql).fetchone() == fresh.execute(sql).fetchone()
    assert file_kind(released).schema_version == SCHEMA_VERSION


def test_an_upgraded_ledger_verifies_with_its_files(released):
    upgrade(released, AT)
    assert failed_checks(released) == []


def test_what_the_old_tables_said_is_said_by_the_new_ones(released):
    """Columns were added; what stood in the others stands there still."""
    with plain(released) as connection:
        before = table_columns(connection)
        old = {table: rows_of(connection, table, columns) for table, columns in before.items()}
    upgrade(released, AT)
    with plain(released) as connection:
        new = {table: rows_of(connection, table, columns) for table, columns in before.items()}
    assert new.pop("alembic_version") != old.pop("alembic_version")
    assert new == old


def table_columns(connection):
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case_search_%'"
    ).fetchall()
    return {
        name: ["rowid", "words"]
        if name == "case_search"
        else [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in names
    }


def rows_of(connection, table, columns):
    wanted = ", ".join(f'"{column}"' for column in columns)
    return sorted(connection.execute(f'SELECT {wanted} FROM "{table}"').fetchall(), key=repr)


def test_an_upgraded_ledger_is_worked_in(released):
    upgrade(released, AT)
    office = Office(released)
    office.add_units("U09")
    office.register("XF2026-0009", assigned_to="U09", received=True)
    with office.desk() as desk:
        desk.step(assign("XF2026-0003", AT.date(), "U09"))
    assert failed_checks(released) == []


def test_the_old_file_is_kept_as_it_was(released):
    before, kind = contents(released), file_kind(released)
    kept = released.parent / KEPT
    assert upgrade(released, AT) == kept
    assert contents(kept) == before
    assert file_kind(kept) == kind
    assert sorted(each.name for each in released.parent.iterdir()) == [
        *("ledger.db", "ledger.db.files"),
        *(KEPT, f"{KEPT}.files"),
    ]


@pytest.mark.parametrize("step", ["migrate", "rebuild_state", "require_sound", "replace_ledger"])
def test_an_upgrade_killed_on_the_way_leaves_the_old_file_in_use(released, step):
    before, kind = contents(released), file_kind(released)
    with start_child(KILLED, released, step) as child:
        child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert contents(released) == before
    assert file_kind(released) == kind
    assert not list(released.parent.glob("*replaced*"))
    assert upgrade(released, AT) == released.parent / KEPT
    assert failed_checks(released) == []
