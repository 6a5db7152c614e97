"""Full text of Chinese: overlapping pairs of characters, so that any two-character word is found.

SQLite's own tokenizers miss words inside a run of Chinese (unicode61 takes the whole run for one
word, trigram needs three characters). So the index stores the pairs themselves as words: 热水供应
as 热水 水供 供应 应. The last single character closes the run, for searches of one character.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator

_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")
_ASCII = re.compile(r"[0-9a-z]+")
# Where FTS5 keeps an index named case_search: case_search_data and so on.
_SHADOWS = ("data", "idx", "content", "docsize", "config")


def searchable(text: str) -> str:
    """The words the index holds for a text."""
    return " ".join(word for run in _runs(text) for word in _words(run))


def query_of(text: str) -> str:
    """An FTS5 query that finds texts with every run of the words given; "" if there is none."""
    return " AND ".join(_phrase(run) for run in _runs(text))


def find(connection: sqlite3.Connection, text: str, limit: int) -> list[str]:
    """Numbers of the matters that hold the words, the best match first, then the newest."""
    query = query_of(text)
    if not query:
        return []
    sql = """
        SELECT c.number FROM case_search s JOIN "case" c ON c.id = s.rowid
        WHERE case_search MATCH ? ORDER BY rank, c.registered_on DESC, c.number LIMIT ?
    """
    return [number for (number,) in connection.execute(sql, (query, limit))]


def index_fault(connection: sqlite3.Connection) -> str:
    """What is wrong with the index; "" if nothing. To be asked inside a transaction, rolled back after.

    SQLite looks into an index only where it may write, so it opens that of the ledger and looks into
    a temporary copy.
    """
    _make_empty(connection)
    for shadow in _SHADOWS:
        _refill(connection, f"temp.empty_{shadow}", f"main.case_search_{shadow}")
    try:
        connection.execute("SELECT rowid FROM case_search LIMIT 1").fetchone()
        connection.execute("INSERT INTO temp.empty (empty) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        return f"索引与事项的文字不符，查找会漏掉事项（SQLite 报告：{error}）"
    return ""


def empty_index(connection: sqlite3.Connection) -> None:
    """Take all words out, whatever state they are in: SQLite itself cannot empty a damaged index."""
    _make_empty(connection)
    for shadow in _SHADOWS:
        _refill(connection, f"main.case_search_{shadow}", f"temp.empty_{shadow}")
    connection.execute("DROP TABLE temp.empty")
    # What SQLite remembers of the tables as they were is forgotten with this.
    connection.execute("INSERT INTO case_search (case_search) VALUES ('rebuild')")


def _make_empty(connection: sqlite3.Connection) -> None:
    """A temporary index declared like that of the ledger, named ``empty``."""
    select = "SELECT sql FROM sqlite_master WHERE name = 'case_search'"
    (declared,) = connection.execute(select).fetchone()
    connection.execute(declared.replace("case_search", "temp.empty", 1))


def _refill(connection: sqlite3.Connection, table: str, other: str) -> None:
    connection.execute(f"DELETE FROM {table}")
    connection.execute(f"INSERT INTO {table} SELECT * FROM {other}")


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def _words(run: str) -> Iterator[str]:
    if _ASCII.fullmatch(run):
        yield run
        return
    yield from (run[at : at + 2] for at in range(len(run) - 1))
    yield run[-1]


def _phrase(run: str) -> str:
    if _ASCII.fullmatch(run) or len(run) == 1:
        return f'"{run}"*'
    pairs = " ".join(run[at : at + 2] for at in range(len(run) - 1))
    return f'"{pairs}"'
