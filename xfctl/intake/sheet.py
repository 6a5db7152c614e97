"""One table out of a file that somebody else made: CSV in three encodings, or xlsx.

What a file is, is told from its first bytes, not from its name. Whatever the bytes are, the
answer is a ``Sheet`` or an ``InputRefusedError`` with one Chinese sentence.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xfctl.errors import InputRefusedError

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 100_000  # rows with content
MAX_COLUMNS = 256

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请另存为 xlsx 或 CSV 再导入"
_CHOOSE = "请改选 xlsx 或 CSV 文件"

# What people pick by mistake, told by the first bytes (lower case, leading blanks left aside).
_FOREIGN = (
    (b"%pdf", f"是 PDF 文件，不是表格，{_CHOOSE}"),
    (b"<html", f"是网页格式的表格，{_SAVE_AS}"),
    (b"<!doctype", f"是网页格式的表格，{_SAVE_AS}"),
    (b"<table", f"是网页格式的表格，{_SAVE_AS}"),
    (b"<?xml", f"是 XML 文件，{_SAVE_AS}"),
    (b"sqlite format 3", f"是数据库文件，不是表格，{_CHOOSE}"),
    (b"{\\rtf", f"是 RTF 文档，{_SAVE_AS}"),
    (b"\x89png", f"是图片，不是表格，{_CHOOSE}"),
    (b"\xff\xd8\xff", f"是图片，不是表格，{_CHOOSE}"),
    (b"rar!", "是压缩包，请解压后导入里面的表格"),
    (b"7z\xbc\xaf", "是压缩包，请解压后导入里面的表格"),
)

_OS_REASONS = {
    errno.ENOENT: "不存在，请检查路径",
    errno.ENOTDIR: "不存在，请检查路径",
    errno.EACCES: "没有读取权限，请检查文件权限",
    errno.EPERM: "没有读取权限，请检查文件权限",
    errno.ELOOP: "是互相指向的链接，请改用真正的文件",
    errno.ENAMETOOLONG: "名字太长，请检查路径",
    errno.EISDIR: "是文件夹，请指定里面的文件",
}


@dataclass(frozen=True)
class Record:
    """One row with content. ``row`` counts from 1: the spreadsheet row, or the CSV record.

    ``cells`` are texts as written, '' where empty; rows differ in length.
    """

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table as read, its blank rows left out; ``encoding`` is worded for the user."""

    name: str
    kind: Literal["csv", "xlsx"]
    encoding: str
    records: list[Record]


def read_sheet(path: Path) -> Sheet:
    """The table in the file at ``path``, CSV or xlsx.

    Raises ``InputRefusedError`` for a path that cannot be read and for bytes that are no table.
    """
    data = file_bytes(path)
    if data.startswith(_ZIP):
        from xfctl.intake.xlsx_sheet import read_xlsx

        return read_xlsx(path.name, data)
    reason = _foreign(data)
    if reason is not None:
        raise refusal(path.name, reason)

    from xfctl.intake.csv_sheet import read_csv

    return read_csv(path.name, data)


def collect(name: str, numbered: Iterable[tuple[int, Sequence[str]]]) -> list[Record]:
    """The rows with content, in order; a table beyond the limits of size is refused."""
    records: list[Record] = []
    for row, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if len(records) == MAX_ROWS or any(cell.strip() for cell in cells[MAX_COLUMNS:]):
            raise refusal(name, f"超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，请拆开再导入")
        records.append(Record(row, tuple(cells[:MAX_COLUMNS])))
    return records


def refusal(name: str, reason: str) -> InputRefusedError:
    """The error that says why the file called ``name`` is not taken."""
    shown = "".join(char if char.isprintable() else "\ufffd" for char in name)
    return InputRefusedError(f"文件「{shown}」{reason}。")


def file_reason(path: Path, most: int | None = None) -> str | None:
    """Why ``path`` is no regular file with content, of at most ``most`` bytes; None if it is.

    Raises ``InputRefusedError`` for a path that leads nowhere.
    """
    with _refusing(path):
        status = path.stat()
        return _unsuitable(status.st_mode, status.st_size, most)


def file_bytes(path: Path) -> bytes:
    """The content of a regular file of sensible size. Raises ``InputRefusedError`` otherwise."""
    reason = file_reason(path, MAX_BYTES)
    if reason:
        raise refusal(str(path), reason)
    with _refusing(path):
        return path.read_bytes()


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        known = _OS_REASONS.get(error.errno or 0, "读不出来，请检查磁盘或网络位置")
        raise refusal(str(path), known) from error
    except ValueError as error:  # a NUL in the path
        raise refusal(str(path), "的名字里有不能用的字符，请检查路径") from error


def _unsuitable(mode: int, size: int, most: int | None) -> str | None:
    if stat.S_ISDIR(mode):
        return _OS_REASONS[errno.EISDIR]
    if not stat.S_ISREG(mode):
        return "不是普通文件，请换一个文件"
    if size == 0:
        return "是空的，请检查是否选对了文件"
    if most is not None and size > most:
        return f"超过 {most // 1024 // 1024} MB，请拆成几个文件再导入"
    return None


def _foreign(data: bytes) -> str | None:
    """Why these bytes are certainly no CSV, or None."""
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            return "设有打开密码，请去掉密码另存后再导入"
        return f"是旧版 Office 格式（.xls 或 .doc），{_SAVE_AS}"
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((reason for magic, reason in _FOREIGN if start.startswith(magic)), None)
