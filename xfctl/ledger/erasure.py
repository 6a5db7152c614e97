"""What a deletion leaves behind: freed pages, write-ahead logs, older copies of the ledger.

SQLite only forgets where deleted rows were; their bytes stay in the file and its log until both
are written anew. Copies that were made before have the rows still.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from xfctl.errors import IntegrityError, LedgerUnavailableError, XfctlError
from xfctl.ledger import journal, rotation
from xfctl.ledger.connection import connect, transaction, translated
from xfctl.ledger.identities import Identities, erase_from, erasures


def scrub(path: Path) -> None:
    """Write a ledger anew without what was deleted from it, and without a write-ahead log.

    Raises LedgerUnavailableError if another program has it open; then old bytes may be left.
    """
    try:
        with translated(path), closing(connect(path, mode="rw")) as connection:
            # Leaving WAL needs sole access and folds the log into the file.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
            journal.choose_journal(connection, path)
    except LedgerUnavailableError as error:
        raise LedgerUnavailableError(
            f"改动已记入账本，但另一个程序正在使用「{path}」，文件里的旧内容还没有清除；"
            "请等它结束后再执行一次同样的命令。"
        ) from error


def copies(path: Path, ledger_id: str) -> Iterator[Path]:
    """The backups of a ledger in its folder of backups, and its former files beside it."""
    for copy in sorted([*rotation.folder_of(path).glob("*"), *rotation.kept_beside(path)]):
        if rotation.ledger_id(copy) == ledger_id:
            yield copy


def erase_in_copies(path: Path, ledger_id: str, erased: dict[str, str]) -> list[Path]:
    """Erase identities (token to day) in every copy of a ledger; returns the copies.

    A copy stays verifiable: its events are not touched. Raises LedgerUnavailableError for one
    that cannot be written.
    """
    found = list(copies(path, ledger_id))
    for copy in found:
        try:
            with translated(copy), closing(connect(copy, mode="rw")) as connection:
                with transaction(connection):
                    erase_from(connection, erased)
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("VACUUM")
        except XfctlError as error:
            raise LedgerUnavailableError(
                f"账本里的身份已经删除，但「{copy}」里的没有删掉；"
                "请检查它的权限后再执行一次同样的命令，或删去这个文件。"
            ) from error
    return found


def has_plain_identities(path: Path) -> bool:
    """Whether a copy has identities that anyone can read."""
    with translated(path), closing(connect(path, mode="ro")) as connection:
        return connection.execute("SELECT 1 FROM identity LIMIT 1").fetchone() is not None


def carry_over(source: Path, target: Path) -> None:
    """Erase in ``target`` what was erased in ``source``, if both are the same ledger.

    Nothing may write in ``source`` meanwhile. Raises LedgerUnavailableError if it cannot be read.
    """
    try:
        with translated(source), closing(connect(source, mode="ro")) as known:
            ledger_id, erased = Identities(known).ledger_id, erasures(known)
    except IntegrityError:
        return  # an older or damaged ledger knows of none
    if not erased:
        return
    with translated(target), closing(connect(target, mode="rw")) as restored:
        if Identities(restored).ledger_id != ledger_id:
            return
        with transaction(restored):
            erase_from(restored, erased)
        restored.execute("VACUUM")
