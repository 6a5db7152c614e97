"""Verifying, rebuilding and backing up one ledger, stage by stage, against what each must at least do."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from growing import grown
from measure import Comparison, Work

from xfctl.ledger import events, verify
from xfctl.ledger.backup import back_up
from xfctl.ledger.chain import Head, walk
from xfctl.ledger.connection import Ledger, open_ledger
from xfctl.ledger.rebuild import rebuild

EVENTS, LATEST = 10_000, 100
CHAIN_LIMIT = 4
_ALL = f"SELECT {events.COLUMNS} FROM event ORDER BY seq"
_FRAME = (
    240  # bytes of a hashed row besides its payload: stream, kind, times, actor, the hash before
)


def comparisons(folder: Path) -> list[Comparison]:
    """All of it on a ledger of EVENTS events made in ``folder``."""
    folder.mkdir()
    ((_, path),) = grown(folder, [EVENTS])
    return of_ledger(path, folder)


def of_ledger(path: Path, folder: Path) -> list[Comparison]:
    """The stages of a full verify, the quick one, rebuild and backup; copies go into ``folder``."""
    hashing = Work("sha256 同样多的字节＋逐行读出", partial(hashed_and_scanned, path))
    scanning = Work("逐行读出事件", partial(scanned, path))
    full = Work("verify 全面", partial(_reading, path, lambda each: _sound(verify.verify(each))))
    copy, backed = folder / "copied.db", folder / "backed-up.db"
    bare = Work(
        "SQLite 在线复制",
        partial(copied, path, copy),
        prepare=partial(copy.unlink, missing_ok=True),
    )
    return [
        Comparison(Work("verify：事件链", partial(_reading, path, _chain)), hashing, CHAIN_LIMIT),
        Comparison(Work("verify：状态与重放", partial(_reading, path, _replay)), scanning),
        Comparison(Work("verify：SQLite 检查", partial(_reading, path, _sqlite)), scanning),
        Comparison(full, hashing),
        Comparison(
            Work(f"verify --since，新增 {LATEST} 条", partial(_reading, path, _since)), scanning
        ),
        Comparison(Work("rebuild", partial(_rebuild, path, folder / "rebuilt.db")), scanning),
        Comparison(
            Work(
                "backup，含全面核验",
                partial(_reading, path, lambda each: back_up(each, backed)),
                prepare=partial(backed.unlink, missing_ok=True),
            ),
            bare,
        ),
    ]


def _reading(path: Path, work: Callable[[Ledger], object]) -> None:
    with open_ledger(path) as ledger:
        work(ledger)


def _chain(ledger: Ledger) -> None:
    found = walk(events.stored(ledger.connection))
    assert found.broken is None, found.broken


def _replay(ledger: Ledger) -> None:
    assert not (fault := verify.state_fault(ledger.connection)), fault


def _sqlite(ledger: Ledger) -> None:
    assert not (fault := verify.sqlite_fault(ledger.connection)), fault


def _since(ledger: Ledger) -> None:
    _sound(verify.verify(ledger, since=earlier_head(ledger.connection)))


def earlier_head(connection: sqlite3.Connection) -> Head:
    """The head before the LATEST events."""
    sql = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1 OFFSET ?"
    return Head(*connection.execute(sql, (LATEST,)).fetchone())


def _sound(checks: list[verify.Check]) -> None:
    assert all(each.holds for each in checks), checks[-1]


def scanned(path: Path) -> None:
    """Every row of every event read out."""
    with closing(sqlite3.connect(path)) as connection:
        for _ in connection.execute(_ALL):
            pass


def hashed_and_scanned(path: Path) -> None:
    """The same, and one hash over as many bytes as the chain hashes."""
    size, number = 0, 0
    with closing(sqlite3.connect(path)) as connection:
        for row in connection.execute(_ALL):
            size, number = size + len(row[6]), number + 1
    sha256, block = hashlib.sha256(), bytes(1 << 16)
    for _ in range((size + number * _FRAME) >> 16):
        sha256.update(block)


def _rebuild(path: Path, copy: Path) -> None:
    shutil.copyfile(path, copy)
    with open_ledger(copy, writable=True) as ledger:
        rebuild(ledger)


def copied(path: Path, copy: Path) -> None:
    """SQLite's own copy of a ledger in use."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
