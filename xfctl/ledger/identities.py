"""Identities at rest: plain, or sealed under the office's key (细则 7).

Events know tokens only. Whether someone is known, and which fields, is told without any key; who
it is, only with it. The encryption itself is loaded when an identity is kept, sought or revealed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from xfctl.domain.identity import Identity
from xfctl.domain.office import SealedBy
from xfctl.errors import IntegrityError, LedgerUnavailableError, RuleRefusedError
from xfctl.ledger import queries
from xfctl.ledger.key_source import KeySource

if TYPE_CHECKING:
    from xfctl.ledger.seal import Box

# What every row must look like. No event says what is in them, so this is all that can be checked
# without the key; SQLite's own check passes over CHECK clauses where a file is open for reading.
_HEX = "{0} NOT GLOB '*[^0-9a-f]*' AND length({0}) % 2 = 0"
_TOKEN = f"length(token) = 32 AND {_HEX.format('token')}"
_FORMS = {
    "identity": _TOKEN,
    "sealed_identity": f"{_TOKEN} AND {_HEX.format('key')} AND {_HEX.format('content')}",
    "erased_identity": f"{_TOKEN} AND erased_on IS date(erased_on, '+0 days')",
    "seal": (
        f"id = 1 AND source IN ({', '.join(repr(each.value) for each in SealedBy)})"
        f" AND {_HEX.format('salt')} AND {_HEX.format('master')}"
    ),
}

TABLES = tuple(_FORMS)
"""Where identities and what opens them lie: outside the chain, never rebuilt."""

_FIELDS = ("name", "phone", "id_number", "address")
_MARKED = ("name", "phone", "id_number")


class Identities:
    """The identities of one ledger; ``source`` is where its key is, None where there is none."""

    def __init__(self, connection: sqlite3.Connection, source: KeySource | None = None) -> None:
        self.connection = connection
        self._source = source

    @property
    def sealed_by(self) -> SealedBy | None:
        """By what the ledger is sealed; None if it is not."""
        found = self.connection.execute("SELECT source FROM seal").fetchone()
        return SealedBy(found[0]) if found else None

    @property
    def opens_unasked(self) -> bool:
        """Whether identities can be compared without asking for a passphrase."""
        if self.sealed_by is None:
            return True
        return self._source is not None and self._source.at_hand(self.ledger_id)

    @cached_property
    def ledger_id(self) -> str:
        """The random name that the ledger got when it was begun, as ``queries.ledger_id``."""
        return queries.ledger_id(self.connection)

    def keep(self, identity: Identity) -> str:
        """Store an identity; the token stands for it in the events."""
        import secrets

        token = secrets.token_hex(16)
        if self.sealed_by:
            self._insert_sealed(token, identity)
        else:
            self.connection.execute(
                "INSERT INTO identity (token, name, phone, id_number, address) VALUES (?, ?, ?, ?, ?)",
                (token, *(getattr(identity, each) for each in _FIELDS)),
            )
        return token

    def masked(self, tokens: Iterable[str]) -> list[Identity]:
        """What anyone may see of each: which fields are known, or that it was erased."""
        return [self._masked(token) for token in tokens]

    def revealed(self, tokens: Iterable[str]) -> dict[str, Identity]:
        """Who stands behind the tokens, those that were erased left out. Needs the key.

        Raises LedgerUnavailableError without the right key.
        """
        wanted = json.dumps(list(tokens))
        among = "WHERE token IN (SELECT value FROM json_each(?))"
        plain = self.connection.execute(
            f"SELECT token, name, phone, id_number, address FROM identity {among}", (wanted,)
        )
        found = {token: Identity(*fields) for token, *fields in plain}
        rows = self.connection.execute(
            f"SELECT token, key, content FROM sealed_identity {among}", (wanted,)
        ).fetchall()
        return found | {token: self._opened(token, *sealed) for token, *sealed in rows}

    def names(self, tokens: Iterable[str]) -> dict[str, str]:
        """The names behind the tokens, where there are any. Needs the key."""
        return {token: who.name for token, who in self.revealed(tokens).items() if who.name}

    def matching(self, who: Identity, fields: Iterable[str] = _MARKED) -> list[str]:
        """The tokens of everyone with the same value in any of the fields. Needs the key."""
        told = {each: value for each in fields if (value := getattr(who, each))}
        table, suffix = "identity", ""
        if told and self.sealed_by:
            table, suffix = "sealed_identity", "_mark"
            told = {each: self._box.mark(each, value) for each, value in told.items()}
        where = " OR ".join(f"{each}{suffix} = :{each}" for each in told) or "0"
        sql = f"SELECT token FROM {table} WHERE {where} ORDER BY token"
        return [token for (token,) in self.connection.execute(sql, told)]

    def erased_on(self, tokens: Iterable[str]) -> str | None:
        """The day on which any of the identities was erased."""
        return next(filter(None, (erased_on(self.connection, each) for each in tokens)), None)

    def erase(self, tokens: Iterable[str], on: date) -> None:
        """Destroy identities with their keys; that they were erased stays known."""
        erase_from(self.connection, {token: on.isoformat() for token in tokens})

    def check_key(self) -> None:
        """Raise LedgerUnavailableError unless the key at hand opens the ledger."""
        _ = self._box

    def seal(self, source: KeySource, by: SealedBy) -> int:
        """Seal the ledger under a new key; returns how many identities lay in it plain.

        Raises RuleRefusedError if it is sealed already.
        """
        from xfctl.ledger.seal import new_key

        if self.sealed_by:
            raise RuleRefusedError(
                "这个账本的身份已经加密；要更换密钥或口令，请用 xfctl key change。"
            )
        key, salt = _key_for(source, by, self.ledger_id)
        self._wrap_master(new_key(), key, by, salt)
        self._source = source
        rows = self.connection.execute(
            "SELECT token, name, phone, id_number, address FROM identity"
        ).fetchall()
        for token, *fields in rows:
            self._insert_sealed(token, Identity(*fields))
        self.connection.execute("DELETE FROM identity")
        return len(rows)

    def change_key(self, source: KeySource, by: SealedBy) -> None:
        """Wrap the master key under another key or passphrase; nothing else changes."""
        master = self._master
        key, salt = _key_for(source, by, self.ledger_id, fresh=True)
        self._wrap_master(master, key, by, salt)
        self._source = source

    def _wrap_master(self, master: bytes, key: bytes, by: SealedBy, salt: bytes) -> None:
        from xfctl.ledger.seal import wrapped

        self.connection.execute(
            "INSERT OR REPLACE INTO seal (id, source, salt, master) VALUES (1, ?, ?, ?)",
            (by, salt.hex(), wrapped(master, key, self.ledger_id)),
        )

    @cached_property
    def _box(self) -> Box:
        from xfctl.ledger.seal import Box

        return Box(self._master)

    @property
    def _master(self) -> bytes:
        from xfctl.ledger.seal import NotOpenedError, stretched, unwrapped

        by, salt, wrapped = self.connection.execute(
            "SELECT source, salt, master FROM seal"
        ).fetchone()
        source = self._source
        if source is None:
            raise LedgerUnavailableError("身份已加密，没有密钥可用；请用 --key 指明密钥。")
        if by == SealedBy.PASSPHRASE:
            keys = [stretched(source.passphrase(), bytes.fromhex(salt))]
        else:
            keys = source.keys(self.ledger_id)
        for key in keys:
            try:
                return unwrapped(wrapped, key, self.ledger_id)
            except NotOpenedError:
                continue
        if by == SealedBy.PASSPHRASE:
            raise LedgerUnavailableError("口令不对，身份打不开，账本没有改动；请核对口令后重试。")
        raise LedgerUnavailableError(
            f"密钥文件「{source.file(self.ledger_id)}」打不开这个账本的身份，账本没有改动；"
            "请用 --key 指明这个账本的密钥文件。"
        )

    def _insert_sealed(self, token: str, identity: Identity) -> None:
        fields = {each: value for each in _FIELDS if (value := getattr(identity, each))}
        marks = [self._box.mark(each, fields[each]) if each in fields else None for each in _MARKED]
        self.connection.execute(
            """INSERT INTO sealed_identity (token, known, key, content, name_mark, phone_mark,
               id_number_mark) VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (token, " ".join(fields), *self._box.sealed(token, fields), *marks),
        )

    def _opened(self, token: str, key: str, content: str) -> Identity:
        from xfctl.ledger.seal import NotOpenedError

        try:
            return Identity(**self._box.opened(token, key, content))
        except NotOpenedError as error:
            raise IntegrityError(
                f"代号 {token[:8]} 的身份已损坏，解不开；请用 xfctl restore 从备份恢复。"
            ) from error

    def _masked(self, token: str) -> Identity:
        erased = erased_on(self.connection, token)
        if erased:
            return Identity(name=f"（已于 {erased} 删除）")
        row = self.connection.execute(
            "SELECT known FROM sealed_identity WHERE token = ?", (token,)
        ).fetchone()
        if row:
            return Identity(**dict.fromkeys(row[0].split(), "?")).masked()
        sql = "SELECT name, phone, id_number, address FROM identity WHERE token = ?"
        row = self.connection.execute(sql, (token,)).fetchone()
        return Identity(*row).masked() if row else Identity()


def _key_for(
    source: KeySource, by: SealedBy, ledger_id: str, *, fresh: bool = False
) -> tuple[bytes, bytes]:
    """The key to seal with, and the salt of its passphrase.

    A key file that is there already is used as it is, unless a ``fresh`` key is wanted.
    """
    from xfctl.ledger.seal import new_key, new_salt, stretched

    if by == SealedBy.PASSPHRASE:
        salt = new_salt()
        return stretched(source.new_passphrase(), salt), salt
    path = source.file(ledger_id)
    if path.exists() and not fresh:
        return source.keys(ledger_id)[0], b""
    key = new_key()
    source.add(key, ledger_id)
    return key, b""


def fault_of_form(connection: sqlite3.Connection) -> str:
    """The first table whose rows cannot be identities, or what opens them; "" if none."""
    for table, form in _FORMS.items():
        sql = f"SELECT count(*) FROM {table} WHERE ({form}) IS NOT 1"
        (count,) = connection.execute(sql).fetchone()
        if count:
            return f"表 {table} 有 {count} 行不是身份记录应有的样子"
    sealed = "EXISTS (SELECT 1 FROM sealed_identity) AND NOT EXISTS (SELECT 1 FROM seal)"
    if connection.execute(f"SELECT {sealed}").fetchone()[0]:
        return "有加密的身份，而打开它们的主密钥（表 seal）不在"
    return ""


def erased_on(connection: sqlite3.Connection, token: str) -> str | None:
    """The day on which an identity was erased, if it was."""
    sql = "SELECT erased_on FROM erased_identity WHERE token = ?"
    found = connection.execute(sql, (token,)).fetchone()
    return found and str(found[0])


def erasures(connection: sqlite3.Connection) -> dict[str, str]:
    """Every identity erased, with the day."""
    return dict(connection.execute("SELECT token, erased_on FROM erased_identity"))


def erase_from(connection: sqlite3.Connection, erased: dict[str, str]) -> None:
    """Destroy identities (token to the day of erasing) in a ledger or a copy of any schema."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    tokens = [(token,) for token in erased]
    for table in there & {"identity", "sealed_identity"}:
        connection.executemany(f"DELETE FROM {table} WHERE token = ?", tokens)
    if "erased_identity" in there:
        connection.executemany(
            "INSERT OR IGNORE INTO erased_identity VALUES (?, ?)", erased.items()
        )
