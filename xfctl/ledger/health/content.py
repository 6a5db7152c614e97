"""Whether a ledger can be read, is whole, and was written by a clock that runs right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from xfctl.errors import IntegrityError, NoLedgerError, XfctlError
from xfctl.ledger.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Ledger,
    file_kind,
    open_ledger,
    translated,
)
from xfctl.ledger.health.finding import Finding, Level
from xfctl.ledger.verify import Check, verify

# A clock set right by the network may jump a little; that is no fault.
_TOLERANCE = timedelta(minutes=5)


def opened(path: Path, good_backup: Path | None) -> tuple[Ledger | None, list[Finding]]:
    """The ledger open for reading if it is sound, else what is wrong with it and what helps."""
    try:
        kind = file_kind(path)
        if kind.application_id == APPLICATION_ID and kind.schema_version < SCHEMA_VERSION:
            what = f"账本是旧格式（格式 {kind.schema_version}，现在是 {SCHEMA_VERSION}）"
            advice = "请运行 xfctl upgrade，旧账本会改名保留"
            return None, [Finding(Level.GRAVE, what, str(path), advice)]
        ledger = open_ledger(path)
    except XfctlError as error:
        return None, [_unopened(error, path, good_backup)]
    failed = _failed(ledger)
    if failed is None:
        return ledger, []
    ledger.connection.close()
    advice = "请停止写入，运行 xfctl rebuild" if failed.rebuilds else _restoring(good_backup)
    # SQLite's own report may run over several lines.
    what = f"核验不通过：{failed.name}——{' '.join(failed.found.split())}"
    return None, [Finding(Level.GRAVE, what, str(path), advice)]


def _unopened(error: XfctlError, path: Path, good_backup: Path | None) -> Finding:
    what, _, advice = str(error).rstrip("。").partition("；")
    lost = not path.exists() or isinstance(error, NoLedgerError)
    if isinstance(error, IntegrityError) or (lost and good_backup is not None):
        advice = _restoring(good_backup)
    return Finding(Level.GRAVE, what, str(path), advice)


def _failed(ledger: Ledger) -> Check | None:
    """The first check that fails."""
    try:
        last = verify(ledger)[-1]
    except XfctlError as error:
        return Check("数据库文件", holds=False, found=str(error).partition("；")[0])
    return None if last.holds else last


def _restoring(backup: Path | None) -> str:
    if backup is None:
        return "请停止写入，保留原文件，找出放在别处的备份，用 xfctl restore 恢复"
    return f"请停止写入，用 xfctl restore {backup} 恢复，原文件会改名保留"


def clock(ledger: Ledger, today: date, now: datetime) -> Iterator[Finding]:
    """Events recorded, or said to have happened, later than now: a clock ran wrong or runs wrong.

    ``now`` is local time.
    """
    late = (now + _TOLERANCE).astimezone(UTC).isoformat(timespec="microseconds")
    last_day = max(today, now.date()).isoformat()
    for column, limit, what in (
        ("recorded_at", late, "录入时间晚于现在"),
        ("occurred_on", last_day, "发生日期晚于今天"),
    ):
        count, first = _after(ledger.connection, column, limit)
        if count:
            yield Finding(
                Level.WARNING,
                f"{count} 条事件的{what}：系统时钟被拨回，或录入时偏快",
                f"{ledger.path} 第 {first} 条事件",
                "请先校准系统时钟再录入；有误的日期用 xfctl case correct 更正",
            )


def provisional_years(ledger: Ledger) -> Iterator[Finding]:
    """Open deadlines that fall into, or were counted over, days no notice covers yet."""
    sql = """
        SELECT substr(due_on, 1, 4), count(*) FROM obligation
        WHERE discharged_on IS NULL AND provisional GROUP BY 1 ORDER BY 1
    """
    with translated(ledger.path):
        for year, count in ledger.connection.execute(sql).fetchall():
            yield Finding(
                Level.WARNING,
                f"{count} 项 {year} 年到期的期限是暂定的，跨过没有放假通知的日子",
                str(ledger.path),
                "请用 xfctl calendar import 导入国务院办公厅放假通知，期限会自动重算",
            )


def _after(connection: sqlite3.Connection, column: str, limit: str) -> tuple[int, int]:
    sql = f"SELECT count(*), min(seq) FROM event WHERE {column} > ?"
    count, first = connection.execute(sql, (limit,)).fetchone()
    return count, first or 0
