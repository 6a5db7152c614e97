"""Bringing an older ledger to the present schema: in a copy, verified, then swapped in."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from xfctl.disk import sweep
from xfctl.errors import IntegrityError
from xfctl.ledger import events, files, journal
from xfctl.ledger.backup import exclusive, replace_ledger
from xfctl.ledger.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    check_file,
    connect,
    file_kind,
    open_ledger,
    transaction,
    translated,
)
from xfctl.ledger.migrate import migrate
from xfctl.ledger.rebuild import rebuild_state
from xfctl.ledger.verify import require_sound


def upgrade(path: Path, now: datetime) -> Path | None:
    """Upgrade a ledger; returns where the old file is kept, None if there was nothing to do.

    The old ledger stays whole under its own name until the new one is complete and verified.
    Raises LedgerUnavailableError for a foreign, newer or busy file, IntegrityError if the
    result does not verify or has another head than before.
    """
    kind = file_kind(path)
    if kind.application_id != APPLICATION_ID or kind.schema_version >= SCHEMA_VERSION:
        check_file(path)
        sweep(path.parent)  # an upgrade killed at its very end has left its temporary file
        return None
    with files.new_file(path) as temporary, exclusive(path) as old, translated(path):
        if old is None:
            raise IntegrityError(
                f"账本「{path}」已损坏，没有升级；请先用 xfctl restore 从备份恢复。"
            )
        # SQLite does not copy from a connection that is writing, so a second one reads.
        with closing(connect(path, mode="ro")) as reader:
            journal.copy_database(reader, temporary)
        _upgrade_copy(temporary)
        with open_ledger(temporary, copy_of=path) as upgraded:
            require_sound(upgraded, "没有升级，请先用 xfctl restore 从备份恢复")
            if events.head(upgraded.connection) != events.head(old):
                raise IntegrityError(
                    f"账本「{path}」升级后事件链有变，没有替换；请保留原文件并联系开发者。"
                )
        return replace_ledger(temporary, path, now)


def _upgrade_copy(temporary: Path) -> None:
    with closing(connect(temporary, mode="rw")) as copy:
        # Batch migrations rebuild tables; with foreign keys on that would cascade deletes.
        copy.execute("PRAGMA foreign_keys = OFF")
        migrate(copy)
        with transaction(copy):
            rebuild_state(copy)
        journal.choose_journal(copy, temporary)
