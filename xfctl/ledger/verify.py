"""Does the ledger agree with itself: SQLite's own checks, schema, chain, index, and state = replay."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

from msgspec import Struct

from xfctl.errors import InputRefusedError, IntegrityError
from xfctl.ledger import events
from xfctl.ledger.attachments import first_fault
from xfctl.ledger.chain import SHORT, Head, Walk, walk
from xfctl.ledger.connection import Ledger, translated
from xfctl.ledger.identities import fault_of_form
from xfctl.ledger.migrate import migrate
from xfctl.ledger.projection import chosen, columns_of, state_tables
from xfctl.ledger.replay import Batch, Replayed, batches, replay
from xfctl.ledger.search import index_fault

# ``schema_digest`` of a new ledger: a test holds it equal to what the migrations make. They are run
# only to name what differs, because making a schema costs more than checking a year's events.
SCHEMA = "bde060eff71b4ac71f593034e5c3c7f2473b995e4fac7ace8a15996875bd7a2f"

_HEAD = re.compile(rf"([0-9]{{1,15}}):([0-9a-f]{{{SHORT},64}})")


# A check's Chinese name, what finds its fault ("" for none), and what is said without one.
_Step = tuple[str, Callable[[], str], str]
_INDEX, _STATE = "全文索引", "状态与重放"


class Check(Struct, frozen=True):
    """One thing checked: its Chinese name, whether it holds, and what was found.

    ``rebuilds`` says that the events are sound and the state tables can be made anew from them.
    """

    name: str
    holds: bool
    found: str
    rebuilds: bool = False

    @property
    def remedy(self) -> str:
        """What helps where it does not hold: 「用 xfctl …」."""
        return "用 xfctl rebuild 重建状态表" if self.rebuilds else "用 xfctl restore 从备份恢复"


def verify(
    ledger: Ledger,
    expected: Head | None = None,
    *,
    since: Head | None = None,
) -> list[Check]:
    """All checks, in one consistent view of the ledger; they stop at the first that fails.

    ``expected`` is a head printed earlier: the chain must still contain it. ``since`` is one too,
    and only what came after it is checked: the chain from it on, and the state of the streams that
    grew.
    """
    connection = ledger.connection
    checks: list[Check] = []
    with translated(ledger.original):
        connection.execute("BEGIN")
        try:
            steps = (
                _checks(connection, expected, ledger.original)
                if since is None
                else _checks_since(connection, since)
            )
            for name, look, sound in steps:
                checks.append(_checked(connection, name, look, sound))
                if not checks[-1].holds:
                    break
        finally:
            connection.execute("ROLLBACK")
    return checks


def _checked(
    connection: sqlite3.Connection, name: str, look: Callable[[], str], sound: str
) -> Check:
    try:
        fault = look()
    except IntegrityError as error:
        # An event that cannot be read: there is nothing to rebuild from.
        return Check(name, holds=False, found=str(error).partition("；")[0])
    if fault:
        return Check(name, holds=False, found=fault, rebuilds=name in (_INDEX, _STATE))
    return Check(name, holds=True, found=sound or _head_phrase(connection))


def read_head(text: str) -> Head:
    """A head as printed in a digest. Raises InputRefusedError for anything else."""
    match = _HEAD.fullmatch(text.strip())
    if match is None:
        raise InputRefusedError(
            f"账本头「{text}」的写法不对；请照每日提醒末尾的样子写，如 1234:0123456789abcdef。"
        )
    return Head(int(match[1]), match[2])


def require_sound(ledger: Ledger, advice: str | None = None) -> None:
    """Raise IntegrityError unless every check holds, with the remedy of the one that does not.

    ``advice`` is told in its place.
    """
    last = verify(ledger)[-1]
    if not last.holds:
        raise IntegrityError(
            f"「{ledger.original}」核验不通过：{last.name}——{last.found}；"
            f"{advice or f'请停止写入，{last.remedy}'}。"
        )


def _checks(connection: sqlite3.Connection, expected: Head | None, store: Path) -> list[_Step]:
    return [
        ("数据库文件", lambda: sqlite_fault(connection), "SQLite 完整性检查通过"),
        ("表结构", lambda: _schema_fault(connection), "与本版本程序一致"),
        ("事件链", lambda: _chain_fault(connection, expected), ""),
        (_INDEX, lambda: index_fault(connection), "与事项的文字一致"),
        (_STATE, lambda: state_fault(connection), "状态表与事件重放结果一致"),
        (
            "身份",
            lambda: fault_of_form(connection),
            "每条身份记录的样子都对（内容须用密钥才能核对）",
        ),
        ("附件", lambda: first_fault(connection, store), "每个附件都在，内容与登记时相同"),
    ]


def _checks_since(connection: sqlite3.Connection, since: Head) -> list[_Step]:
    return [
        ("表结构", lambda: _schema_fault(connection), "与本版本程序一致"),
        ("事件链", lambda: _chain_fault_since(connection, since), ""),
        (
            _STATE,
            lambda: _state_fault_since(connection, since),
            "有新事件的状态与重放结果一致",
        ),
    ]


def _head_phrase(connection: sqlite3.Connection) -> str:
    head = events.head(connection)
    return f"{head.seq} 条事件前后相接，账本头 {head}"


def sqlite_fault(connection: sqlite3.Connection) -> str:
    """What SQLite's own integrity check finds; "" if nothing."""
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


def schema_digest(connection: sqlite3.Connection) -> str:
    """One hash over the whole schema."""
    return sha256(repr(sorted(schema_of(connection), key=repr)).encode()).hexdigest()


@cache
def _fresh_schema() -> frozenset[tuple[str, ...]]:
    """The schema of a new ledger."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return frozenset(schema_of(fresh))


def _clauses(sql: str) -> str:
    """The lines of a statement in one order: batch migrations write constraints in any."""
    return "\n".join(sorted(line.strip(" \t,") for line in sql.splitlines()))


def _schema_fault(connection: sqlite3.Connection) -> str:
    try:
        if schema_digest(connection) == SCHEMA:
            return ""
        found = schema_of(connection)
    except sqlite3.OperationalError:
        return "缺少表 alembic_version"
    differing = sorted({item[1] for item in set(found) ^ _fresh_schema()})
    return f"与本版本程序不一致：{'、'.join(differing)}" if differing else ""


def _chain_fault(connection: sqlite3.Connection, expected: Head | None) -> str:
    found = walk(events.stored(connection), expected=expected)
    return _fault_of_walk(found, expected) or ("" if found.head.seq else "没有任何事件")


def _chain_fault_since(connection: sqlite3.Connection, since: Head) -> str:
    """Its own event is walked too: the hash must cover what stands there today."""
    rows = events.stored(connection, "WHERE seq >= ? ORDER BY seq", (since.seq,))
    first = next(rows, None)
    if first is None:
        return _absent(since, events.head(connection))
    before = Head(first.seq - 1, first.prev_hash)
    return _fault_of_walk(walk(chain([first], rows), before, expected=since), since)


def _fault_of_walk(found: Walk, expected: Head | None) -> str:
    if found.broken is not None:
        return f"第 {found.head.seq + 1} 条事件（{found.broken.kind}）与其哈希或前一条事件不符，此前的事件完好"
    return "" if found.met or expected is None else _absent(expected, found.head)


def _absent(expected: Head, present: Head) -> str:
    return f"没有账本头 {expected}：尾部被删去，或整条链被改写；现在的账本头是 {present}"


def state_fault(connection: sqlite3.Connection) -> str:
    """The first state table that does not hold what the events say; "" if none."""
    counted = dict.fromkeys(state_tables(), 0)
    return _replay_fault(connection, replay(connection), counted) or _surplus(connection, counted)


def _state_fault_since(connection: sqlite3.Connection, since: Head) -> str:
    grown = "WHERE stream IN (SELECT stream FROM event WHERE seq > ?)"
    states = replay(connection, grown, (since.seq,))
    return _replay_fault(connection, states, dict.fromkeys(state_tables(), 0))


def _replay_fault(
    connection: sqlite3.Connection, states: Iterator[Replayed], counted: dict[str, int]
) -> str:
    """The first stream whose rows are not what its events say; ``counted`` counts the rows."""
    for batch in batches(states):
        for table, rows in batch.rows.items():
            if _differs(connection, batch, table):
                stream = next(
                    each.states[0][0]
                    for each in batch.singly()
                    if _differs(connection, each, table)
                )
                return f"表 {table} 中属于 {stream} 的行与事件重放结果不同"
            counted[table] += len(rows)
    return ""


def _differs(connection: sqlite3.Connection, batch: Batch, table: str) -> bool:
    select = f'SELECT {columns_of(table)} FROM "{table}"'
    cursor = connection.execute(*chosen(select, batch.subject.tables[table], batch.ids))
    names = [column[0] for column in cursor.description]
    return set(cursor) != {tuple(map(row.__getitem__, names)) for row in batch.rows[table]}


def _surplus(connection: sqlite3.Connection, counted: dict[str, int]) -> str:
    """Rows that belong to no stream at all."""
    for table, expected in counted.items():
        (number,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if number != expected:
            return f"表 {table} 有 {number - expected} 行没有对应的事件"
    return ""
