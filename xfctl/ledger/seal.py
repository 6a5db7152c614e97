"""Encryption of identities: the only module that knows the cryptography package.

One key opens another: the office's key, or one stretched from its passphrase, opens the ledger's
master key; that opens the data key of one identity, which opens its content. All of it is AES-256
in GCM, each bound to what it belongs to, so nothing can be put in another's place. A changed
passphrase wraps the master key anew and nothing else; an erased data key leaves nothing to open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_MARK_BYTES = 16
_BLOCK = 128  # contents are filled up to a multiple, so their length tells no name


class NotOpenedError(Exception):
    """The key does not open it: another key, or changed bytes."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return os.urandom(KEY_BYTES)


def new_salt() -> bytes:
    """Random bytes that make equal passphrases differ."""
    return os.urandom(_SALT_BYTES)


def stretched(passphrase: str, salt: bytes) -> bytes:
    """The key of a passphrase: Argon2id, the second choice of RFC 9106 (64 MiB, 3 passes)."""
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=3, lanes=4, memory_cost=64 * 1024)
    return kdf.derive(passphrase.encode())


def wrapped(content: bytes, key: bytes, owner: str) -> str:
    """``content`` encrypted under ``key`` and bound to its owner, in hexadecimal."""
    nonce = os.urandom(_NONCE_BYTES)
    return (nonce + AESGCM(key).encrypt(nonce, content, owner.encode())).hex()


def unwrapped(text: str, key: bytes, owner: str) -> bytes:
    """What ``wrapped`` encrypted. Raises NotOpenedError."""
    try:
        data = bytes.fromhex(text)
        return AESGCM(key).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], owner.encode())
    except (InvalidTag, ValueError) as error:
        raise NotOpenedError from error


class Box:
    """Seals and opens the identities of one ledger, once its master key is known."""

    def __init__(self, master: bytes) -> None:
        self._data_keys = _hashed(master, "data keys")
        self._marks = _hashed(master, "marks")

    def sealed(self, token: str, fields: dict[str, str]) -> tuple[str, str]:
        """A new data key, wrapped, and the fields of an identity encrypted under it."""
        key = new_key()
        content = json.dumps(fields, ensure_ascii=False).encode()
        content += b" " * (-len(content) % _BLOCK)
        return wrapped(key, self._data_keys, token), wrapped(content, key, token)

    def opened(self, token: str, key: str, content: str) -> dict[str, str]:
        """The fields of an identity. Raises NotOpenedError."""
        data_key = unwrapped(key, self._data_keys, token)
        fields: dict[str, str] = json.loads(unwrapped(content, data_key, token))
        return fields

    def mark(self, field: str, value: str) -> str:
        """A keyed hash by which the same value of a field is known again, and nothing else."""
        return _hashed(self._marks, f"{field}\0{value}")[:_MARK_BYTES].hex()


def _hashed(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
