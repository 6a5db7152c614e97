"""Temporary files that a killed command cannot leave behind for good, and why a disk refused.

A temporary file's name tells which process of which machine made it. The next command that makes
one in the same folder removes those whose process is gone; nothing is ever taken from a living one.
"""

from __future__ import annotations

import errno
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
STORE = ".files"  # after a ledger's name: the folder of its attachments
SIDECARS = ("-wal", "-shm", "-journal")

_TEMPORARY = re.compile(
    r"\.xfctl-([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{8}\.tmp(?:-wal|-shm|-journal)?"
)
_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "超过允许的文件大小",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.EEXIST: "已有同名的文件",
    errno.ENOENT: "文件或目录不存在",
    errno.EISDIR: "是一个目录",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘出错",
}


def reason(error: OSError) -> str:
    """Why the system refused, in a few Chinese words."""
    return _REASONS.get(error.errno or 0, "磁盘或文件系统出错")


@contextmanager
def temporary_beside(target: Path) -> Iterator[Path]:
    """A new empty file beside ``target``, private (0600), gone with its sidecars at the end.

    Raises OSError.
    """
    sweep(target.parent)
    name = f".xfctl-{_machine()}-{os.getpid()}-{os.urandom(4).hex()}.tmp"
    temporary = target.with_name(name)
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        yield temporary
    finally:
        for leftover in (*sidecars(temporary), temporary):
            leftover.unlink(missing_ok=True)


def sidecars(path: Path) -> list[Path]:
    """The files SQLite may keep beside a database."""
    return [path.with_name(path.name + suffix) for suffix in SIDECARS]


def leftovers(folder: Path) -> list[Path]:
    """Temporary files whose process is gone, in a folder and the folders of attachments in it.

    Of other machines none is known to be gone.
    """
    inside = (*folder.iterdir(), *folder.glob(f"*{STORE}/.xfctl-*"))
    found = [(each, _TEMPORARY.fullmatch(each.name)) for each in inside]
    return sorted(each for each, match in found if match and _abandoned(match))


@cache
def sweep(folder: Path) -> None:
    """Remove what killed commands left in a folder; once in a process is enough."""
    with suppress(OSError):
        for each in leftovers(folder):
            each.unlink()


def _abandoned(match: re.Match[str]) -> bool:
    machine, process = match.groups()
    return machine == _machine() and not _lives(int(process))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    return True


def _machine() -> str:
    return f"{zlib.crc32(os.uname().nodename.encode()):08x}"
