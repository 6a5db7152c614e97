"""Backups and restores: SQLite's online copy, verified before it is called good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path

from xfctl.errors import IntegrityError, LedgerUnavailableError
from xfctl.ledger import events, files
from xfctl.ledger.chain import Head
from xfctl.ledger.connection import Ledger, check_file, connect, open_ledger, translated
from xfctl.ledger.verify import require_sound


def back_up(ledger: Ledger, target: Path) -> Head:
    """Copy the live ledger to a new file, verify the copy whole, and only then name it.

    Returns the copy's head. Raises InputRefusedError if the name is taken, IntegrityError if
    the copy does not verify.
    """
    with files.new_file(target) as temporary, translated(ledger.path):
        files.copy_database(ledger.connection, temporary)
        found = _require_sound_file(temporary)
        files.publish(temporary, target)
    return found


def restore(source: Path, target: Path, now: datetime) -> Path | None:
    """Put a verified copy of a backup in the ledger's place; returns where the old file is kept.

    The old ledger is never overwritten: it keeps all its bytes under a new name. Raises
    LedgerUnavailableError if it is in use, IntegrityError if the backup does not verify.
    """
    check_file(source)
    with ExitStack() as stack:
        temporary = stack.enter_context(files.new_file(target))
        _copy_verified(source, temporary)
        if not target.exists():
            files.publish(temporary, target)
            return None
        stack.enter_context(exclusive(target))
        return replace_ledger(temporary, target, now)


def replace_ledger(temporary: Path, target: Path, now: datetime) -> Path:
    """Swap a complete new file in; the old one stays as ``NAME.replaced-TIME``."""
    kept = target.with_name(f"{target.name}.replaced-{now:%Y%m%d-%H%M%S}")
    os.link(target, kept)
    # A write-ahead log left beside a new file would be read into it; it belongs to the old one.
    for old in files.sidecars(target):
        if old.exists():
            old.rename(old.with_name(old.name.replace(target.name, kept.name, 1)))
    files.replace(temporary, target)
    return kept


@contextmanager
def exclusive(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold a ledger against every other program; None if it is too damaged to be held.

    Raises LedgerUnavailableError if another program has it open.
    """
    connection = connect(path, mode="rw")
    with closing(connection):
        try:
            # Leaving WAL needs sole access and folds the log into the file.
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if _is_busy(error):
                raise LedgerUnavailableError(
                    f"账本「{path}」正被另一个程序使用，没有替换；请等其他 xfctl 命令结束后重试。"
                ) from error
            mode = None
        yield connection if mode else None


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )


def _copy_verified(source: Path, temporary: Path) -> None:
    with translated(source), closing(connect(source, mode="ro")) as original:
        files.copy_database(original, temporary)
    try:
        _require_sound_file(temporary)
    except IntegrityError as error:
        raise IntegrityError(str(error).replace(str(temporary), str(source))) from error
    with translated(source), closing(connect(temporary, mode="rw")) as copy:
        files.choose_journal(copy, temporary)


def _require_sound_file(path: Path) -> Head:
    with open_ledger(path) as copy:
        require_sound(copy)
        return events.head(copy.connection)
