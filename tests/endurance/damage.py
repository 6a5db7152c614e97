"""Ways a ledger file can come to harm: by a disk, by a copy gone wrong, by a hand with SQL.

Each way takes a random source and the path of a ledger that nobody has open, and changes what
lies there. It answers with the first event it spoiled, where one is certain, else None; a way that
finds nothing to harm raises ``UnharmedError``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

from raw_ledger import plain, rechained, stored_events, without_triggers, write_events

from xfctl.ledger.chain import GENESIS, Head, StoredEvent
from xfctl.ledger.projection import columns_of, state_tables
from xfctl.ledger.rebuild import rebuild_state

PAGE = 4096
Way = Callable[[Random, Path], int | None]


class UnharmedError(Exception):
    """There was nothing of that kind to harm."""


WORDS = (
    "",
    " ",
    "虚构",
    "2026-02-30",
    "2026-03-20",
    "9999-12-31",
    "0001-01-01",
    "null",
    "[]",
    "{}",
    "[" * 5000,
    "0",
    "-1",
    "a" * 5000,
    "case/XF2026-0001",
    "case/",
    "unit/U01",
    "ledger",
    "\0",
    "\x1b[31m",
    "'; --",
    "case.closed",
    "office",
)
NUMBERS = (0, 1, -1, 2, 7, 400, 2**31, 2**62, -(2**62))


# --- bytes -------------------------------------------------------------------------------------


def flipped_bits(random: Random, path: Path) -> None:
    """A few bits read back otherwise than they were written."""
    data = bytearray(path.read_bytes())
    for _ in range(random.choice((1, 1, 1, 2, 8, 64))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def overwritten_bytes(random: Random, path: Path) -> None:
    """A stretch of bytes became something else."""
    data = bytearray(path.read_bytes())
    length = random.choice((1, 2, 8, 100, 512))
    at = random.randrange(len(data) - length)
    data[at : at + length] = random.choice((random.randbytes(length), b"\xff" * length))
    path.write_bytes(data)


def changed_header(random: Random, path: Path) -> None:
    """A byte of the hundred by which SQLite knows the file."""
    data = bytearray(path.read_bytes())
    data[random.randrange(100)] = random.randrange(256)
    path.write_bytes(data)


def truncated(random: Random, path: Path) -> None:
    """The copy stopped somewhere."""
    data = path.read_bytes()
    at = random.randrange(len(data))
    path.write_bytes(data[: random.choice((at, at // PAGE * PAGE, len(data) - PAGE))])


def lengthened(random: Random, path: Path) -> None:
    """Something was written behind the end."""
    with path.open("ab") as file:
        file.write(random.randbytes(random.choice((1, 100, PAGE, 3 * PAGE))))


def zeroed_page(random: Random, path: Path) -> None:
    """A page, or a sector of it, reads as zeros."""
    data = bytearray(path.read_bytes())
    length = random.choice((512, PAGE, PAGE, 4 * PAGE))
    at = random.randrange(len(data) // length) * length
    data[at : at + length] = bytes(length)
    path.write_bytes(data)


def swapped_pages(random: Random, path: Path) -> None:
    """Two pages changed places."""
    data = bytearray(path.read_bytes())
    one, other = (each * PAGE for each in random.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = (
        data[other : other + PAGE],
        data[one : one + PAGE],
    )
    path.write_bytes(data)


def doubled_page(random: Random, path: Path) -> None:
    """A page was written over another."""
    data = bytearray(path.read_bytes())
    one, other = (each * PAGE for each in random.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE] = data[other : other + PAGE]
    path.write_bytes(data)


# --- SQL ---------------------------------------------------------------------------------------


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to which no trigger, CHECK or key objects."""
    with without_triggers(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


def changed_event(random: Random, path: Path) -> int:
    """One column of one event was changed."""
    rows = stored_events(path)
    at = random.randrange(len(rows))
    column = random.choice([name for name in StoredEvent._fields if name != "seq"])
    value = other_value(random, getattr(rows[at], column))
    with unguarded(path) as connection:
        connection.execute(f"UPDATE event SET {column} = ? WHERE seq = ?", (value, at + 1))
    return at + 1


def event_of_bad_text(random: Random, path: Path) -> None:
    """Text in an event that is no text."""
    column = random.choice(("stream", "kind", "occurred_on", "actor", "payload", "hash"))
    with unguarded(path) as connection:
        last = connection.execute("SELECT max(seq) FROM event").fetchone()[0]
        connection.execute(
            f"UPDATE event SET {column} = CAST(CAST({column} AS BLOB) || x'ff80' AS TEXT) WHERE seq = ?",
            (random.randint(1, last),),
        )


def missing_event(random: Random, path: Path) -> int:
    """An event before the last is gone."""
    seq = random.randint(1, len(stored_events(path)) - 1)
    with unguarded(path) as connection:
        connection.execute("DELETE FROM event WHERE seq = ?", (seq,))
    return seq


def exchanged_events(random: Random, path: Path) -> int:
    """Two events changed places, each under the other's number."""
    rows = stored_events(path)
    one, other = sorted(random.sample(range(len(rows)), 2))
    rows[one], rows[other] = rows[other]._replace(seq=one + 1), rows[one]._replace(seq=other + 1)
    with unguarded(path) as connection:
        write_events(connection, rows)
    return one + 1


def added_event(random: Random, path: Path) -> int:
    """An event by someone who does not know how hashes are made."""
    rows = stored_events(path)
    copy = random.choice(rows)._replace(seq=len(rows) + 1, prev_hash=rows[-1].hash)
    with unguarded(path) as connection:
        write_events(connection, [*rows, copy])
    return len(rows) + 1


def cut_tail(random: Random, path: Path) -> None:
    """The last events are gone; half the time the state is made to fit."""
    rows = stored_events(path)
    keep = random.randint(1, len(rows) - 1)
    _replace_events(path, rows[:keep], rebuilt=random.random() < 0.5)


def rechained_events(random: Random, path: Path) -> None:
    """An event was changed and all from it on chained anew; half the time the state fits."""
    rows = stored_events(path)
    at = random.randrange(len(rows))
    column = random.choice(("actor", "recorded_at", "payload", "occurred_on", "stream", "kind"))
    value = random.choice(
        [other_value(random, getattr(rows[at], column)), *(getattr(each, column) for each in rows)]
    )
    if value == getattr(rows[at], column):
        raise UnharmedError
    rows[at] = rows[at]._replace(**{column: value})
    before = Head(rows[at - 1].seq, rows[at - 1].hash) if at else Head(0, GENESIS)
    forged = [*rows[:at], *rechained(rows[at:], before)]
    _replace_events(path, forged, rebuilt=random.random() < 0.5)


def _replace_events(path: Path, rows: list[StoredEvent], *, rebuilt: bool) -> None:
    with unguarded(path) as connection:
        write_events(connection, rows)
        if rebuilt:
            # What a forger's events do not allow, the forger's state does not show.
            with suppress(Exception):
                rebuild_state(connection)


def changed_state(random: Random, path: Path) -> None:
    """One column of one row of a state table was changed."""
    with unguarded(path) as connection:
        table, rowid, values = _some_row(random, connection)
        column = random.choice(list(values))
        value = other_value(random, values[column])
        with suppress(sqlite3.IntegrityError):  # a second row of the same key
            connection.execute(
                f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, rowid)
            )
            return
    raise UnharmedError


def missing_state(random: Random, path: Path) -> None:
    """A row of a state table is gone."""
    with unguarded(path) as connection:
        table, rowid, _ = _some_row(random, connection)
        connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))


def surplus_state(random: Random, path: Path) -> None:
    """A state table has a row more, like another but for one column."""
    with unguarded(path) as connection:
        table, _, values = _some_row(random, connection)
        column = random.choice(list(values))
        values[column] = other_value(random, values[column])
        names = ", ".join(f'"{each}"' for each in values)
        marks = ", ".join("?" * len(values))
        with suppress(sqlite3.IntegrityError):
            connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values())
            )
            return
    raise UnharmedError


def _some_row(random: Random, connection: sqlite3.Connection) -> tuple[str, int, dict[str, Any]]:
    table = random.choice(state_tables())
    cursor = connection.execute(f'SELECT rowid AS rowid_, {columns_of(table)} FROM "{table}"')
    rowid, *values = random.choice(cursor.fetchall())
    return (
        table,
        rowid,
        dict(zip((each[0] for each in cursor.description[1:]), values, strict=True)),
    )


def other_value(random: Random, value: Any) -> Any:
    """Another value that a column of the same kind takes."""
    while True:
        other = _value_like(random, value)
        if other != value:
            return other


def _value_like(random: Random, value: Any) -> Any:
    if isinstance(value, int):
        return random.choice((*NUMBERS, value + 1))
    if value is None:
        return random.choice((*WORDS, *NUMBERS))
    at = random.randrange(len(value)) if value else 0
    changed = value[:at] + random.choice('0123456789abcdef虚\0 "{[,') + value[at + 1 :]
    return random.choice((*WORDS, changed, changed, changed, value + value, value[:at]))


def dropped_object(random: Random, path: Path) -> None:
    """A table, index or trigger is gone."""
    with plain(path) as connection:
        objects = connection.execute(
            "SELECT type, name FROM sqlite_master"
            " WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'case_search_%'"
        ).fetchall()
        kind, name = random.choice(objects)
        connection.execute(f'DROP {kind} "{name}"')


def rewritten_schema(random: Random, path: Path) -> None:
    """The text of an object's own declaration was changed, or the row of it removed."""
    with plain(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        rowid, sql = random.choice(
            connection.execute("SELECT rowid, sql FROM sqlite_master WHERE sql != ''").fetchall()
        )
        if random.random() < 0.2:
            connection.execute("DELETE FROM sqlite_master WHERE rowid = ?", (rowid,))
            return
        at = random.randrange(len(sql))
        changed = random.choice(
            (sql[:at], sql.replace("STRICT", ""), sql[:at] + "x" + sql[at + 1 :], "虚构")
        )
        if changed == sql:
            raise UnharmedError
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE rowid = ?", (changed, rowid))


def changed_versions(random: Random, path: Path) -> None:
    """The header's numbers, or the migration that the schema came to."""
    with plain(path) as connection:
        number = random.choice((0, 1, 2, 4, 99, 2**31 - 1, -1))
        connection.execute(
            random.choice(
                (
                    f"PRAGMA user_version = {number}",
                    f"PRAGMA application_id = {number}",
                    f"UPDATE alembic_version SET version_num = '{number}'",
                    "DELETE FROM alembic_version",
                    "INSERT INTO alembic_version VALUES ('0001')",
                )
            )
        )


# --- files beside the ledger -------------------------------------------------------------------


def stale_sidecar(random: Random, path: Path) -> None:
    """A write-ahead log, an index of one or a journal that belongs to something else."""
    with plain(path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    wrong = random.choice((b"", b"\0" * 512, random.randbytes(5000), path.read_bytes()[:8192]))
    headed = bytes.fromhex("d9d505f920a163d7") + pages.to_bytes(4, "big") + random.randbytes(2000)
    name = random.choice(("-wal", "-shm", "-journal"))
    path.with_name(path.name + name).write_bytes(random.choice((wrong, headed)))


def stopped_in_wal(random: Random, path: Path) -> None:
    """A machine stopped before the write-ahead log was folded in, and the log came to harm."""
    harm = random.choice((flipped_bits, overwritten_bytes, truncated, lengthened))
    _stop(path, "WAL", "-wal")
    harm_one = random.choice((path.with_name(path.name + "-wal"), path))
    if harm is overwritten_bytes and harm_one.stat().st_size <= 512:
        raise UnharmedError
    harm(random, harm_one)


def stopped_in_journal(random: Random, path: Path) -> None:
    """A machine stopped amid a write, and the journal that undoes it came to harm."""
    _stop(path, "DELETE", "-journal")
    if random.random() < 0.7:
        harm = random.choice((flipped_bits, overwritten_bytes, truncated, lengthened))
        harm(random, path.with_name(path.name + "-journal"))


def _stop(path: Path, mode: str, suffix: str) -> None:
    """Leave ledger and sidecar as they lie on the disk amid, or right after, a write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE \"case\" SET summary = summary || '乙'")
        connection.execute("UPDATE \"case\" SET summary = rtrim(summary, '乙')")
        connection.execute("CREATE TABLE filler AS SELECT * FROM event, (SELECT 1 UNION SELECT 2)")
        connection.execute("DROP TABLE filler")
        if mode == "WAL":
            connection.execute("COMMIT")
        sidecar = path.with_name(path.name + suffix)
        kept = path.read_bytes(), sidecar.read_bytes()
    path.write_bytes(kept[0])
    sidecar.write_bytes(kept[1])


def unharmed(random: Random, path: Path) -> None:
    """Nothing at all: a sound ledger is called sound."""


BYTES: tuple[Way, ...] = (
    *(flipped_bits, flipped_bits, flipped_bits, overwritten_bytes, changed_header, truncated),
    *(lengthened, zeroed_page, swapped_pages, doubled_page),
)
SQL: tuple[Way, ...] = (
    *(changed_event, changed_event, event_of_bad_text, missing_event, exchanged_events),
    *(added_event, cut_tail, rechained_events, rechained_events, changed_state, changed_state),
    *(changed_state, missing_state, surplus_state, dropped_object, rewritten_schema),
    changed_versions,
)
BESIDE: tuple[Way, ...] = (stale_sidecar, stopped_in_wal, stopped_in_journal)
WAYS = (*BYTES, *SQL, *BESIDE, unharmed)

# Harm that leaves a whole ledger of other content, which only a head kept elsewhere can tell.
ONLY_BY_HEAD = {cut_tail, rechained_events, stopped_in_wal, stopped_in_journal}
