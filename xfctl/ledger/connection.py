"""Opening the ledger file: the checks before, the settings after, and SQLite's faults in Chinese."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from xfctl.disk import reason, sweep
from xfctl.errors import (
    InputRefusedError,
    IntegrityError,
    LedgerUnavailableError,
    NoLedgerError,
    XfctlError,
)
from xfctl.ledger.adopted import rules_in
from xfctl.regulation.source import judged_under

if TYPE_CHECKING:
    from types import TracebackType

    from xfctl.ledger.key_source import KeySource

APPLICATION_ID = 0x58464354  # "XFCT" in the file's header
SCHEMA_VERSION = 3
BUSY_SECONDS = 10
# A writer waits so many times longer: with many before it, on a slow disk, each turn takes a while.
_TURNS = 6
# Between two attempts to write, in seconds: at first, and after a long wait.
_LONGEST_PAUSE, _SHORTEST_PAUSE = 0.02, 0.0005
# Between a ledger's name and a time: the file that a restore or upgrade has put aside.
KEPT_MARK = ".replaced-"

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class FileKind(Struct, frozen=True):
    """What the first bytes of a file say, read without touching it."""

    application_id: int
    schema_version: int


class Ledger:
    """An open ledger file, used as a context manager; ``mode`` is SQLite's ro or rw.

    While it is open, whatever is judged is judged under its own rules, and SQLite's faults come
    out in Chinese.
    ``key`` is where the key of its identities is, for whoever keeps or reveals one. ``original`` is
    the ledger that a copy not yet in place was made of: faults are told of it, and its attachments
    are the copy's; of any other ledger it is the file itself.
    """

    def __init__(self, path: Path, *, mode: str, copy_of: Path | None = None) -> None:
        self.path = path
        self.original = copy_of or path
        self.key: KeySource | None = None
        # Read before the file is opened: a file swapped in between is then noticed, not missed.
        self._file_id = _file_id_of(path)
        self.connection = connect(path, mode=mode)
        self._scope = ExitStack()

    def __enter__(self) -> Self:
        self._scope.enter_context(translated(self.original))
        # Asked for only when a rule is: most commands of a ledger need none.
        self._scope.enter_context(judged_under(lambda: rules_in(self.connection)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._scope.__exit__(kind, error, trace)
        finally:
            self.connection.close()

    def check_in_place(self) -> None:
        """Refuse to write into a file that a restore or upgrade has replaced meanwhile.

        To be called inside a write transaction: nobody replaces the file then. A second name that
        a killed command gave it is taken away, because two names mean two write-ahead logs.
        """
        if _file_id_of(self.path) != self._file_id:
            raise LedgerUnavailableError(
                f"账本「{self.path}」刚刚被恢复或升级替换，本次改动没有写入；请重新执行这条命令。"
            )
        if self.path.stat().st_nlink > 1:
            sweep(self.path.parent)
        for name in second_names(self.path):
            if KEPT_MARK in self.path.name:
                raise LedgerUnavailableError(
                    f"「{self.path}」就是账本「{name}」本身（恢复或升级中断时多出的名字），"
                    "没有写入；请改用账本原来的路径。"
                )
            name.unlink()


def open_ledger(path: Path, *, writable: bool = False, copy_of: Path | None = None) -> Ledger:
    """Open an existing ledger of the present schema; ``copy_of`` as ``Ledger.original``.

    Raises LedgerUnavailableError if it is missing, foreign, older, newer, locked or unreadable,
    IntegrityError if SQLite finds it damaged. A refused file keeps its bytes.
    """
    check_file(path)
    with translated(copy_of or path):
        ledger = Ledger(path, mode="rw" if writable else "ro", copy_of=copy_of)
        try:
            ledger.connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except BaseException:
            ledger.connection.close()
            raise
    return ledger


def connect(path: Path, *, mode: str) -> sqlite3.Connection:
    """A connection with this program's settings; ``mode`` is SQLite's ro, rw or rwc."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        if mode != "ro":
            connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def check_file(path: Path) -> FileKind:
    """Refuse a path that is no ledger of this schema. Raises LedgerUnavailableError."""
    kind = file_kind(path)
    if kind.application_id != APPLICATION_ID:
        raise NoLedgerError(f"「{path}」不是 xfctl 账本，未作任何改动；请核对 --ledger 的路径。")
    if kind.schema_version > SCHEMA_VERSION:
        raise LedgerUnavailableError(
            f"账本「{path}」由更新版本的 xfctl 写成（格式 {kind.schema_version}，"
            f"本程序认识到 {SCHEMA_VERSION}），未作任何改动；请先升级 xfctl。"
        )
    if kind.schema_version < SCHEMA_VERSION:
        raise LedgerUnavailableError(
            f"账本「{path}」是旧格式（格式 {kind.schema_version}）；请先运行 xfctl upgrade。"
        )
    return kind


def file_kind(path: Path) -> FileKind:
    """Read a file's header. Raises LedgerUnavailableError if there is no SQLite file to read."""
    try:
        if not path.exists():
            raise LedgerUnavailableError(
                f"没有找到账本「{path}」；请先运行 xfctl init，或核对 --ledger 的路径。"
            )
        if path.is_dir():
            raise LedgerUnavailableError(
                f"「{path}」是一个目录，不是账本文件；请核对 --ledger 的路径。"
            )
        # A pipe or device is not read: it might never end.
        header = _first_bytes(path) if path.is_file() else b""
    except OSError as error:
        raise LedgerUnavailableError(
            f"无法读取账本「{path}」（{reason(error)}）；请检查文件权限。"
        ) from error
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise NoLedgerError(f"「{path}」不是 xfctl 账本，未作任何改动；请核对 --ledger 的路径。")
    return FileKind(
        application_id=int.from_bytes(header[68:72], "big"),
        schema_version=int.from_bytes(header[60:64], "big"),
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the ledger at ``path`` into this program's own.

    Words that came in as bytes of no encoding (lone surrogates) cannot be asked for: they are input.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite's message itself quotes the damaged bytes
        raise IntegrityError(_DAMAGED.format(path=path)) from error
    except OverflowError as error:  # beyond 64 bits; the rules bound what they count
        raise InputRefusedError("给出的数字太大，账本没有改动；请核对后重试。") from error
    except UnicodeEncodeError as error:
        raise InputRefusedError(
            "给出的文字里有无法识别的字符（不是 UTF-8 编码）；请核对终端的编码，改正后重试。"
        ) from error
    except sqlite3.Error as error:
        raise _translate(error, path) from error


def error_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for an error of the Python module itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, taken at once so that nothing read inside it can go stale."""
    _begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite rolls back by itself on some faults (a full disk); then nothing is left to do.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection) -> None:
    """Take the write lock, in something like the order of asking.

    SQLite's own waiting asks the less often the longer it has waited, so that among many writers
    some never get their turn. Here who has waited longer asks more often.
    """
    begun = time.monotonic()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - begun
                if error_code(error) != sqlite3.SQLITE_BUSY or waited > _TURNS * BUSY_SECONDS:
                    raise
            time.sleep(max(_LONGEST_PAUSE / (1 + 10 * waited), _SHORTEST_PAUSE))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def _translate(error: sqlite3.Error, path: Path) -> XfctlError:
    code = error_code(error)
    if code in DAMAGED:
        return IntegrityError(_DAMAGED.format(path=path))
    if code in _UNAVAILABLE:
        return LedgerUnavailableError(_UNAVAILABLE[code].format(path=path))
    return IntegrityError(
        f"账本「{path}」读写失败（SQLite 错误 {code}），本次操作没有生效；请运行 xfctl verify 检查账本。"
    )


_DAMAGED = (
    "账本「{path}」已损坏，SQLite 无法读取；"
    "请停止写入，先运行 xfctl verify，它也读不出的，用 xfctl restore 从备份恢复。"
)
_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: "账本「{path}」正被另一个程序写入，等待超时，本次操作没有生效；请稍后重试。",
    sqlite3.SQLITE_LOCKED: "账本「{path}」正被占用，本次操作没有生效；请稍后重试。",
    sqlite3.SQLITE_READONLY: "账本「{path}」是只读的，本次操作没有生效；请检查文件和目录的写权限。",
    sqlite3.SQLITE_PERM: "没有权限使用账本「{path}」，本次操作没有生效；请检查文件和目录的权限。",
    sqlite3.SQLITE_FULL: "磁盘已满，账本「{path}」没有任何改动；请清理磁盘空间后重试。",
    sqlite3.SQLITE_IOERR: "读写账本「{path}」时磁盘出错或空间不足，本次操作没有生效；请检查磁盘后重试。",
    sqlite3.SQLITE_CANTOPEN: "无法打开账本「{path}」；请检查文件和所在目录的权限。",
}


def second_names(path: Path) -> list[Path]:
    """Other names of the very same file that a replacement killed on its way has left."""
    if path.stat().st_nlink == 1:
        return []
    own, _, _ = path.name.partition(KEPT_MARK)
    return [
        each
        for each in path.parent.iterdir()
        if each.name.partition(KEPT_MARK)[0] == own and each != path and each.samefile(path)
    ]


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)


def _file_id_of(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now; None if to none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
