"""Does the ledger agree with itself: SQLite's own checks, schema, chain, and state = replay."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from xfctl.errors import InputRefusedError, IntegrityError
from xfctl.ledger import events
from xfctl.ledger.attachments import fault_of, listed
from xfctl.ledger.chain import GENESIS, SHORT, Head, StoredEvent, follows
from xfctl.ledger.connection import Ledger, translated
from xfctl.ledger.migrate import migrate
from xfctl.ledger.projection import columns_of, fold, state_tables, subject_of
from xfctl.ledger.rows.shape import Row

_HEAD = re.compile(rf"([0-9]{{1,15}}):([0-9a-f]{{{SHORT},64}})")


@dataclass(frozen=True)
class Check:
    """One thing checked: its Chinese name, whether it holds, and what was found."""

    name: str
    holds: bool
    found: str


def verify(
    ledger: Ledger, expected: Head | None = None, *, store: Path | None = None
) -> list[Check]:
    """All checks, in one consistent view of the ledger; they stop at the first that fails.

    ``expected`` is a head printed earlier: the chain must still contain it. ``store`` is the
    ledger whose attachments count, where that is not the file itself.
    """
    connection = ledger.connection
    checks: list[Check] = []
    with translated(ledger.path):
        connection.execute("BEGIN")
        try:
            for check in _checks(connection, expected, store or ledger.path):
                checks.append(check)
                if not check.holds:
                    break
        finally:
            connection.execute("ROLLBACK")
    return checks


def read_head(text: str) -> Head:
    """A head as printed in a digest. Raises InputRefusedError for anything else."""
    match = _HEAD.fullmatch(text.strip())
    if match is None:
        raise InputRefusedError(
            f"账本头「{text}」的写法不对；请照每日提醒末尾的样子写，如 1234:0123456789abcdef。"
        )
    return Head(int(match[1]), match[2])


def require_sound(ledger: Ledger, *, store: Path | None = None) -> None:
    """Raise IntegrityError unless every check holds."""
    for check in verify(ledger, store=store):
        if not check.holds:
            raise IntegrityError(
                f"「{ledger.path}」核验不通过：{check.name}——{check.found}；请换一份完好的备份。"
            )


def _checks(connection: sqlite3.Connection, expected: Head | None, store: Path) -> Iterator[Check]:
    steps: list[tuple[str, Callable[[], str], str]] = [
        ("数据库文件", lambda: _sqlite_fault(connection), "SQLite 完整性检查通过"),
        ("表结构", lambda: _schema_fault(connection), "与本版本程序一致"),
        ("事件链", lambda: _chain_fault(connection, expected), ""),
        ("状态与重放", lambda: _state_fault(connection), "状态表与事件重放结果一致"),
        ("附件", lambda: _attachment_fault(connection, store), "每个附件都在，内容与登记时相同"),
    ]
    for name, look, sound in steps:
        fault = look()
        yield Check(name, not fault, fault or sound or _head_phrase(connection))


def _head_phrase(connection: sqlite3.Connection) -> str:
    head = events.head(connection)
    return f"{head.seq} 条事件前后相接，账本头 {head}"


def _attachment_fault(connection: sqlite3.Connection, store: Path) -> str:
    faults = (fault_of(store, sha256, size) for sha256, size in listed(connection))
    return next(filter(None, faults), "")


def _sqlite_fault(connection: sqlite3.Connection) -> str:
    try:
        first = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return f"SQLite 报告：{error}"
    return "" if first == "ok" else f"SQLite 报告：{' '.join(first.split())}"


def schema_of(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Every table, index and trigger with its SQL, and the migration it came to."""
    objects = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return [
        *((kind, name, _clauses(sql)) for kind, name, sql in objects),
        *connection.execute("SELECT 'revision', version_num, '' FROM alembic_version"),
    ]


def _clauses(sql: str) -> str:
    """The lines of a statement in one order: batch migrations write constraints in any."""
    return "\n".join(sorted(line.strip(" \t,") for line in sql.splitlines()))


@cache
def _schema_of_fresh_ledger() -> frozenset[tuple[str, ...]]:
    """Made once a process: a rotation verifies many ledgers, and migrating costs the most of it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return frozenset(schema_of(fresh))


def _schema_fault(connection: sqlite3.Connection) -> str:
    wanted = _schema_of_fresh_ledger()
    try:
        found = schema_of(connection)
    except sqlite3.OperationalError:
        return "缺少表 alembic_version"
    differing = sorted({item[1] for item in set(found) ^ wanted})
    return f"与本版本程序不一致：{'、'.join(differing)}" if differing else ""


def _chain_fault(connection: sqlite3.Connection, expected: Head | None) -> str:
    before = Head(0, GENESIS)
    met = expected is None
    for row in events.stored(connection):
        if not follows(row, before):
            return (
                f"第 {before.seq + 1} 条事件（{row.kind}）与其哈希或前一条事件不符，此前的事件完好"
            )
        before = Head(row.seq, row.hash)
        met = met or (expected is not None and before.starts_with(expected))
    if not met:
        return f"没有账本头 {expected}：尾部被删去，或整条链被改写；现在的账本头是 {before}"
    return "" if before.seq else "没有任何事件"


def _state_fault(connection: sqlite3.Connection) -> str:
    counted: dict[str, int] = {}
    for stream, rows in _streams(connection):
        subject, identifier = subject_of(stream)
        try:
            history = [events.event_of(row) for row in rows]
            if subject is None:
                continue
            expected = subject.rows(fold(subject, history))
        except IntegrityError as error:
            return str(error).partition("；")[0]  # what was found, without the advice
        for table, condition in subject.tables.items():
            found = _rows_in(connection, table, condition, identifier)
            if found != _normal(expected[table]):
                return (
                    f"表 {table} 中属于 {stream} 的行与事件重放结果不同；可运行 xfctl rebuild 重建"
                )
            counted[table] = counted.get(table, 0) + len(expected[table])
    return _surplus(connection, counted)


def _streams(
    connection: sqlite3.Connection,
) -> Iterator[tuple[str, Iterator[StoredEvent]]]:
    rows = events.stored(connection, "ORDER BY stream, seq")
    return groupby(rows, key=lambda row: row.stream)


def _rows_in(
    connection: sqlite3.Connection, table: str, condition: str, identifier: str
) -> set[frozenset[tuple[str, object]]]:
    where, values = (f" WHERE {condition}", (identifier,)) if condition else ("", ())
    cursor = connection.execute(f'SELECT {columns_of(table)} FROM "{table}"{where}', values)
    names = [column[0] for column in cursor.description]
    return {frozenset(zip(names, row, strict=True)) for row in cursor}


def _normal(rows: list[Row]) -> set[frozenset[tuple[str, object]]]:
    return {frozenset(row.items()) for row in rows}


def _surplus(connection: sqlite3.Connection, counted: dict[str, int]) -> str:
    """Rows that belong to no stream at all."""
    for table in state_tables():
        (number,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if number != counted.get(table, 0):
            return f"表 {table} 有 {number - counted.get(table, 0)} 行没有对应的事件；可运行 xfctl rebuild 重建"
    return ""
