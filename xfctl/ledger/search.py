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
