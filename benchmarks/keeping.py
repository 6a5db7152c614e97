"""Writing to, checking and copying a ledger of any size, and what each must at least do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from checking import copied, earlier_head, hashed_and_scanned, scanned
from growing import TODAY
from importing import added_rows, insert, write_register
from jobs import Job, on_ledger
from processes import ran

from xfctl.ledger.chain import digest, head
from xfctl.ledger.connection import connect
from xfctl.ledger.events import COLUMNS
from xfctl.ledger.projection import columns_of, state_tables

IMPORTED, _UNIT, _NOTE = 10_000, "C04", "虚构的备注"


def jobs(path: Path, folder: Path) -> Iterator[Job]:
    """All of them on one ledger, which stays as it is: what writes has copies in ``folder``."""
    folder.mkdir()
    yield _append(path, folder / "appended.db")
    yield _import(path, folder)
    yield _verify_since(path)
    yield Job("verify", on_ledger(path, "verify"), partial(hashed_and_scanned, path))
    yield _rebuild(path, folder / "rebuilt.db")
    yield _backup(path, folder)


def _append(path: Path, copy: Path) -> Job:
    shutil.copyfile(path, copy)
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute(
            'SELECT max(number) FROM "case" WHERE closed_on IS NULL'
        ).fetchone()
    command = on_ledger(copy, "case", "note", number, _NOTE)
    return Job("case note", command, partial(_append_bare, copy, f"case/{number}"))


def _append_bare(path: Path, stream: str) -> None:
    """One event in one durable transaction, chained, with no rule asked and no state kept."""
    now = f"{TODAY}T01:00:00.000000+00:00"
    with closing(connect(path, mode="rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        last = head(connection)
        row = (
            last.seq + 1,
            stream,
            "case.noted",
            str(TODAY),
            now,
            "bench",
            f'{{"text":"{_NOTE}"}}',
        )
        values = (*row, last.hash, digest(*row, last.hash))
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO event ({COLUMNS}) VALUES ({marks})", values)
        connection.execute("COMMIT")


def _import(path: Path, folder: Path) -> Job:
    register, target = folder / "made.csv", folder / "imported.db"
    write_register(register, IMPORTED)
    command = on_ledger(target, "case", "import", str(register), "--unit", _UNIT)
    fresh = partial(_fresh, path, target)
    fresh()
    ran(command)
    with closing(sqlite3.connect(path)) as connection:
        rows = added_rows(target, since=head(connection).seq)
    return Job(f"case import，{IMPORTED:,} 行", command, partial(insert, target, rows), fresh)


def _verify_since(path: Path) -> Job:
    with closing(sqlite3.connect(path)) as connection:
        earlier = earlier_head(connection)
    command = on_ledger(path, "verify", "--since", f"{earlier.seq}:{earlier.hash}")
    return Job("verify --since", command, partial(_latest, path, earlier.seq))


def _latest(path: Path, since: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"SELECT {COLUMNS} FROM event WHERE seq > ?", (since,)).fetchall()


def _rebuild(path: Path, copy: Path) -> Job:
    shutil.copyfile(path, copy)
    return Job("rebuild", on_ledger(copy, "rebuild"), partial(_rewritten, copy))


def _rewritten(path: Path) -> None:
    """Every event read, every state row taken out and put in again."""
    scanned(path)
    with closing(connect(path, mode="rw")) as connection:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        for table in state_tables():
            into = "(rowid, words)" if table == "case_search" else ""
            connection.execute(
                f'CREATE TEMP TABLE kept AS SELECT {columns_of(table)} FROM "{table}"'
            )
            connection.execute(f'DELETE FROM "{table}"')
            connection.execute(f'INSERT INTO "{table}" {into} SELECT * FROM kept')
            connection.execute("DROP TABLE kept")
        connection.execute("COMMIT")


def _backup(path: Path, folder: Path) -> Job:
    backup, bare = folder / "backup.db", folder / "bare.db"
    command = on_ledger(path, "backup", str(backup))
    return Job("backup", command, partial(copied, path, bare), partial(_remove, backup, bare))


def _fresh(path: Path, copy: Path) -> None:
    _remove(copy)
    shutil.copyfile(path, copy)


def _remove(*ledgers: Path) -> None:
    for ledger in ledgers:
        for end in ("", "-wal", "-shm"):
            ledger.with_name(ledger.name + end).unlink(missing_ok=True)
