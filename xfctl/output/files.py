"""Writing a file so that it is either all there or not there at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from xfctl.disk import reason, temporary_beside
from xfctl.errors import InputRefusedError
from xfctl.output.visible import visible

_ADVICE = {
    errno.EACCES: "请换一个位置，或请管理员开通权限",
    errno.EPERM: "请换一个位置，或请管理员开通权限",
    errno.ENOSPC: "请腾出空间或换一个位置",
    errno.EDQUOT: "请腾出空间或换一个位置",
    errno.ENAMETOOLONG: "请换一个短的名字",
}


def write_file(path: Path, data: bytes) -> None:
    """Put ``data`` into ``path``, readable by its owner only (0600).

    The bytes go to a temporary file beside it, reach the disk, and take the name in one step: a
    crash or a full disk leaves the old file as it was. A symbolic link stays and its target is
    replaced.

    Raises:
        InputRefusedError: ``path`` cannot be written; nothing has changed.

    """
    write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put what is made piece by piece into ``path``, as ``write_file`` does."""
    write_through(path, lambda file: file.writelines(pieces))


def write_through(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    """Let ``fill`` write what shall be in ``path``, as ``write_file`` does."""
    try:
        target = _target(path)
        with temporary_beside(target) as temporary:
            _write(temporary, fill)
            temporary.replace(target)
        _sync_directory(target.parent)
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "请换一个位置")
        raise _refused(path, f"{reason(error)}。{advice}后重试；原有文件未作改动。") from error


def write_new(path: Path, data: bytes) -> None:
    """Put ``data`` into a file that is not there yet, as ``write_file`` does.

    Raises:
        InputRefusedError: the name is taken, or ``path`` cannot be written.

    """
    if path.exists() or path.is_symlink():
        raise _refused(path, "已经存在，没有覆盖。请换一个文件名，或先移走它。")
    write_file(path, data)


def _target(path: Path) -> Path:
    target = path.resolve()
    if target.is_dir():
        raise _refused(path, "这是一个目录。请在后面写上文件名。")
    if target.exists() and not target.is_file():
        raise _refused(path, "这不是普通文件。请换一个文件名。")
    if not target.parent.is_dir():
        raise _refused(path, "上级目录不存在。请先建好目录，或换一个位置。")
    return target


def _write(temporary: Path, fill: Callable[[BinaryIO], None]) -> None:
    with temporary.open("wb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(directory: Path) -> None:
    """Make the new name last through a power cut, where directories can be synced."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(path: Path, why: str) -> InputRefusedError:
    return InputRefusedError(f"不能写入「{visible(str(path))}」：{why}")
