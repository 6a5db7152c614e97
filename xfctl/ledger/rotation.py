"""Keeping the newest backups of a ledger: only files that this program made of this ledger go."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

from xfctl.disk import PRIVATE_FOLDER, SIDECARS, reason, sidecars
from xfctl.errors import LedgerUnavailableError, XfctlError
from xfctl.ledger import queries
from xfctl.ledger.attachments import store_of
from xfctl.ledger.connection import (
    APPLICATION_ID,
    KEPT_MARK,
    SCHEMA_VERSION,
    connect,
    file_kind,
    translated,
)

_STAMP = "%Y%m%d-%H%M%S"


def folder_of(ledger: Path) -> Path:
    """Where a ledger's backups are put unless another place is named."""
    return ledger.parent / "backups"


def next_backup(ledger: Path, now: datetime) -> Path:
    """The path of a backup begun at ``now``, local time; its folder is made."""
    folder = folder_of(ledger)
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise LedgerUnavailableError(
            f"无法建立备份目录「{folder}」（{reason(error)}）；请检查磁盘空间和目录权限。"
        ) from error
    return folder / f"{ledger.stem}-{now.strftime(_STAMP)}.db"


def named_backups(ledger: Path) -> list[Path]:
    """The files in a ledger's folder of backups that bear the name of one, oldest first."""
    pattern = re.compile(rf"{re.escape(ledger.stem)}-[0-9]{{8}}-[0-9]{{6}}\.db")
    return sorted(each for each in _entries(folder_of(ledger)) if pattern.fullmatch(each.name))


def backups_of(ledger: Path) -> list[Path]:
    """The backups of this very ledger, oldest first, told by the mark in its first event.

    So a copy of another ledger is never counted.
    """
    mark = ledger_id(ledger)
    return [each for each in named_backups(ledger) if mark and ledger_id(each) == mark]


def made_at(backup: Path) -> datetime:
    """The local time at which a backup was begun, from its name."""
    return datetime.strptime(backup.stem[-15:], _STAMP)  # noqa: DTZ007  # local by definition


def rotate(ledger: Path, made: Path, keep: int) -> list[Path]:
    """Remove the oldest backups beyond ``keep``, never ``made``, the one just verified.

    Returns what was removed. Raises LedgerUnavailableError if one cannot be.
    """
    others = [each for each in backups_of(ledger) if each != made]
    surplus = others[: max(len(others) - (keep - 1), 0)]
    try:
        for each in surplus:
            # The file first: a backup that lacks its attachments must not look whole.
            for part in (each, *sidecars(each)):
                part.unlink(missing_ok=True)
            shutil.rmtree(store_of(each), ignore_errors=True)
    except OSError as error:
        raise LedgerUnavailableError(
            f"备份「{made}」已完成，但无法删除旧备份「{each}」（{reason(error)}）；请检查目录权限。"
        ) from error
    return surplus


def kept_beside(ledger: Path) -> list[Path]:
    """The former files of a ledger that restores and upgrades have put aside, oldest first."""
    return sorted(
        each
        for each in _entries(ledger.parent)
        if each.name.startswith(f"{ledger.name}{KEPT_MARK}")
        and each.is_file()
        and not each.name.endswith(SIDECARS)
    )


def ledger_id(path: Path) -> str:
    """The ledger that a file is or was, as ``queries.ledger_id``; "" if it is none we can read."""
    try:
        kind = file_kind(path)
        if kind.application_id != APPLICATION_ID or kind.schema_version > SCHEMA_VERSION:
            return ""
        with translated(path), closing(connect(path, mode="ro")) as connection:
            return queries.ledger_id(connection)
    except XfctlError:
        return ""


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
