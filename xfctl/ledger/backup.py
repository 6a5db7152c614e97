"""Backups and restores: SQLite's online copy, verified before it is called good."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from xfctl.disk import sidecars
from xfctl.errors import IntegrityError, LedgerUnavailableError
from xfctl.ledger import events, files, journal
from xfctl.ledger.attachments import copy_store, first_fault, new_store, share_store, store_of
from xfctl.ledger.chain import Head
from xfctl.ledger.connection import (
    DAMAGED,
    KEPT_MARK,
    Ledger,
    check_file,
    connect,
    error_code,
    open_ledger,
    translated,
)
from xfctl.ledger.erasure import carry_over
from xfctl.ledger.verify import require_sound


def back_up(ledger: Ledger, target: Path) -> Head:
    """Copy the live ledger to a new file, verify the copy whole, and only then name it.

    Returns the copy's head. Raises InputRefusedError if the name is taken, IntegrityError if
    the copy does not verify.
    """
    files.check_free(target)
    with files.new_file(target) as temporary, new_store(target):
        journal.copy_database(ledger.connection, temporary)
        found = _require_sound_copy(temporary, ledger.path, target)
        files.publish(temporary, target)
    return found


def restore(source: Path, target: Path, now: datetime) -> Path | None:
    """Put a verified copy of a backup in the ledger's place; returns where the old file is kept.

    The old ledger is never overwritten: it keeps all its bytes under a new name. An identity that
    was erased in it stays erased. Raises
    LedgerUnavailableError if it is in use, IntegrityError if the backup does not verify.
    """
    check_file(source)
    with ExitStack() as stack:
        temporary = stack.enter_context(files.new_file(target))
        stack.enter_context(new_store(target))
        _copy_verified(source, temporary, target)
        if not target.exists():
            files.publish(temporary, target)
            return None
        stack.enter_context(exclusive(target))
        carry_over(target, temporary)
        return replace_ledger(temporary, target, now)


def replace_ledger(temporary: Path, target: Path, now: datetime) -> Path:
    """Swap a complete new file in; the old one stays as ``NAME.replaced-TIME``.

    Where the disk does not take it, the old one gets its place back.
    """
    kept = _free_name(f"{target}{KEPT_MARK}{now:%Y%m%d-%H%M%S}")
    files.keep_as(target, kept)
    try:
        share_store(target, kept)
        _move_sidecars(target, kept)
        files.replace(temporary, target)
    except OSError:
        _put_back(kept, target)
        raise
    return kept


def _move_sidecars(database: Path, name: Path) -> None:
    """A write-ahead log left beside a new file would be read into it; it belongs to the old one."""
    for sidecar, renamed in zip(sidecars(database), sidecars(name), strict=True):
        if sidecar.exists():
            sidecar.rename(renamed)


def _put_back(kept: Path, target: Path) -> None:
    _move_sidecars(kept, target)
    if kept.samefile(target):
        kept.unlink()
    else:
        kept.replace(target)
    shutil.rmtree(store_of(kept), ignore_errors=True)


def _free_name(name: str) -> Path:
    """The name, or the same with a number: two replacements may fall into one second."""
    numbered = (Path(f"{name}.{number}") for number in count(2))
    return next(path for path in chain([Path(name)], numbered) if not path.exists())


@contextmanager
def exclusive(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold a ledger against every other program; None if it is too damaged to be held.

    Raises LedgerUnavailableError if another program has it open.
    """
    held: sqlite3.Connection | None = None
    with translated(path), ExitStack() as stack:
        try:
            held = stack.enter_context(closing(connect(path, mode="rw")))
            # Leaving WAL needs sole access and folds the log into the file.
            held.execute("PRAGMA journal_mode = DELETE")
            # Not EXCLUSIVE: an upgrade reads the file meanwhile, through a second connection.
            held.execute("BEGIN IMMEDIATE")
        except UnicodeDecodeError:  # SQLite's message itself quotes damaged bytes
            held = None
        except sqlite3.Error as error:
            if error_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LedgerUnavailableError(
                    f"账本「{path}」正被另一个程序使用，没有替换；请等其他 xfctl 命令结束后重试。"
                ) from error
            if error_code(error) not in DAMAGED:
                raise
            held = None
        yield held


def _copy_verified(source: Path, temporary: Path, target: Path) -> None:
    with translated(source), closing(connect(source, mode="ro")) as original:
        journal.copy_database(original, temporary)
    _require_sound_copy(temporary, source, target, "请换一份完好的备份")
    with translated(source), closing(connect(temporary, mode="rw")) as copy:
        journal.choose_journal(copy, temporary)


def _require_sound_copy(
    temporary: Path, original: Path, target: Path, advice: str | None = None
) -> Head:
    """The head of a sound copy, whose attachments ``target`` then has too.

    A fault is told of the original, with ``advice`` or what ``verify`` advises.
    """
    with open_ledger(temporary, copy_of=original) as copy:
        require_sound(copy, advice)
        copy_store(copy.connection, original, target)
        if fault := first_fault(copy.connection, target):
            raise IntegrityError(f"没有写成「{target}」：{fault}；请检查磁盘后重试。")
        return events.head(copy.connection)
