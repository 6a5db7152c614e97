"""A file that the officer hands in: its content, or one sentence why it is not taken."""

from __future__ import annotations

import errno
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xfctl.errors import InputRefusedError

STANDARD_INPUT = Path("-")
MAX_BYTES = 64 * 1024 * 1024

_OS_REASONS = {
    errno.ENOENT: "不存在，请检查路径",
    errno.ENOTDIR: "不存在，请检查路径",
    errno.EACCES: "没有读取权限，请检查文件权限",
    errno.EPERM: "没有读取权限，请检查文件权限",
    errno.ELOOP: "是互相指向的链接，请改用真正的文件",
    errno.ENAMETOOLONG: "名字太长，请检查路径",
    errno.EISDIR: "是文件夹，请指定里面的文件",
}


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


def input_bytes(path: Path) -> bytes:
    """The content of a file as ``file_bytes``, or of standard input where ``path`` is 「-」."""
    return sys.stdin.buffer.read() if path == STANDARD_INPUT else file_bytes(path)


def input_name(path: Path) -> str:
    """The name under which messages tell of a file given, or of standard input."""
    return "标准输入" if path == STANDARD_INPUT else path.name


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
