"""Files put with matters, and plans: copied beside the ledger, private, under the hash of their content."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from xfctl.disk import PRIVATE_FOLDER, STORE
from xfctl.errors import InputRefusedError, LedgerUnavailableError
from xfctl.ledger import files

LARGEST = 200 * 1024 * 1024  # bytes
_CHUNK = 1024 * 1024


class Kept(Struct, frozen=True):
    """A file kept: its size in bytes and the SHA-256 of its content, in hexadecimal."""

    size: int
    sha256: str


def store_of(ledger: Path) -> Path:
    """The folder in which a ledger keeps its files."""
    return ledger.with_name(f"{ledger.name}{STORE}")


def keep(ledger: Path, source: Path) -> Kept:
    """Copy a file into the ledger's store; a content kept already is not copied again.

    Raises InputRefusedError if the file cannot be read or is too large.
    """
    size = _size(source)
    store = _made(store_of(ledger))
    with files.new_file(store / "incoming") as temporary:
        digest = _copy(source, temporary)
        target = store / digest
        if not target.exists():
            files.replace(temporary, target)
    return Kept(size, digest)


def measured(source: Path) -> Kept:
    """Size and hash of a file that is to be kept. Raises InputRefusedError as ``keep`` does."""
    size = _size(source)
    try:
        return Kept(size, _digest(source))
    except OSError as error:
        raise InputRefusedError(f"读不出文件「{source}」；请检查路径和权限。") from error


@contextmanager
def keeping(ledger: Path, source: Path) -> Iterator[Kept]:
    """Size and hash of a file, which is copied when what is done with them succeeds.

    Copied last: a step that is refused leaves no copy behind. Raises InputRefusedError as
    ``keep`` does, and if the file changed in between.
    """
    found = measured(source)
    yield found
    if keep(ledger, source) != found:
        raise InputRefusedError(f"文件「{source.name}」在存入时被改动；请重新执行。")


def listed(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The hash and size of every file that matters or plans refer to."""
    sql = "SELECT sha256, size FROM attachment UNION SELECT sha256, size FROM plan ORDER BY sha256"
    return connection.execute(sql).fetchall()


@contextmanager
def new_store(ledger: Path) -> Iterator[None]:
    """Take a ledger's folder of files away again if what is done with it fails."""
    store = store_of(ledger)
    was_there = store.exists()
    try:
        yield
    except BaseException:
        if not was_there:
            shutil.rmtree(store, ignore_errors=True)
        raise


def copy_store(connection: sqlite3.Connection, source: Path, target: Path) -> None:
    """Copy the attachments beside another ledger file: a backup must not share their bytes.

    What is missing at the source is left out; verifying the target then says so.
    """
    names = [sha256 for sha256, _ in listed(connection)]
    _share(store_of(source), store_of(target), names, files.copy_as)


def share_store(source: Path, target: Path) -> None:
    """Let a ledger that takes another name keep every file of its store, linked, not copied."""
    store = store_of(source)
    names = [each.name for each in store.iterdir()] if store.is_dir() else []
    _share(store, store_of(target), names, files.keep_as)


def _share(
    source: Path, target: Path, names: list[str], give: Callable[[Path, Path], None]
) -> None:
    for name in names:
        if (source / name).is_file() and not (_made(target) / name).exists():
            give(source / name, target / name)


def first_fault(connection: sqlite3.Connection, ledger: Path) -> str:
    """What is wrong with the first bad file beside ``ledger``, in Chinese; "" if none is."""
    faults = (fault_of(ledger, sha256, size) for sha256, size in listed(connection))
    return next(filter(None, faults), "")


def fault_of(ledger: Path, sha256: str, size: int) -> str:
    """What is wrong with a kept file, in Chinese; "" if nothing is."""
    path = store_of(ledger) / sha256
    try:
        if not path.is_file():
            return f"附件 {sha256[:12]}… 不在「{store_of(ledger).name}」里"
        if path.stat().st_size != size or _digest(path) != sha256:
            return f"附件 {sha256[:12]}… 的内容与登记时不同"
    except OSError:
        return f"附件 {sha256[:12]}… 读不出"
    return ""


def _made(store: Path) -> Path:
    try:
        store.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise LedgerUnavailableError(
            f"无法建立附件目录「{store}」；请检查文件权限和磁盘空间。"
        ) from error
    return store


def _size(source: Path) -> int:
    try:
        if not source.is_file():
            raise InputRefusedError(f"没有文件「{source}」；请检查路径，目录不能作附件。")
        size = source.stat().st_size
    except OSError as error:
        raise InputRefusedError(f"读不出文件「{source}」；请检查路径和权限。") from error
    if size > LARGEST:
        raise InputRefusedError(
            f"文件「{source}」超过 {LARGEST // 1024 // 1024} MB；请压缩或拆分后再添加。"
        )
    return size


def _copy(source: Path, target: Path) -> str:
    digest = hashlib.sha256()
    try:
        with source.open("rb") as reader, target.open("wb") as writer:
            while chunk := reader.read(_CHUNK):
                digest.update(chunk)
                writer.write(chunk)
    except OSError as error:
        raise LedgerUnavailableError(
            f"无法保存附件「{source.name}」；请检查文件权限和磁盘空间。"
        ) from error
    return digest.hexdigest()


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as reader:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
