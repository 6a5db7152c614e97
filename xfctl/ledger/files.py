"""The files around a ledger: private permissions, complete copies, replacement in one step."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xfctl.disk import reason, temporary_beside
from xfctl.errors import InputRefusedError, LedgerUnavailableError

_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"}
# What FAT and some network file systems answer to a hard link: USB sticks are often FAT.
_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV}


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A private temporary name beside ``target``, removed with its sidecars if left behind."""
    check_parent(target)
    try:
        with temporary_beside(target) as temporary:
            yield temporary
    except OSError as error:
        raise LedgerUnavailableError(
            f"无法写入「{target}」（{reason(error)}）；请检查磁盘空间和目录权限。"
        ) from error


def check_parent(target: Path) -> None:
    """Refuse a target whose folder does not exist. Raises InputRefusedError."""
    if not target.parent.is_dir():
        raise InputRefusedError(f"目录「{target.parent}」不存在；请先建立目录，或改用别的路径。")


def check_free(target: Path) -> None:
    """Refuse a target whose name is taken. Raises InputRefusedError."""
    if target.exists():
        raise _taken(target)


def _taken(target: Path) -> InputRefusedError:
    return InputRefusedError(f"「{target}」已经存在，没有覆盖；请换一个路径。")


def publish(temporary: Path, target: Path) -> None:
    """Give a complete new file its name, never over an existing one.

    Where the disk does not take the name, it is taken back. Raises InputRefusedError if the name
    is taken.
    """
    sync(temporary)
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        check_free(target)
        temporary.rename(target)
    try:
        sync(target.parent)
    except OSError:
        target.unlink()
        raise


def keep_as(path: Path, kept: Path) -> None:
    """Give a file a second name; where the file system has no hard links, a copy bears it."""
    try:
        os.link(path, kept)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        copy_as(path, kept)


def copy_as(path: Path, copy: Path) -> None:
    """Copy a file under a new name, complete or not at all."""
    with new_file(copy) as temporary:
        shutil.copyfile(path, temporary)
        publish(temporary, copy)


def replace(temporary: Path, target: Path) -> None:
    """Put a complete new file in the place of another, in one step."""
    sync(temporary)
    temporary.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Force a file, or a folder's list of names, onto the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def on_network(path: Path) -> bool:
    """Whether a path lies on a network file system, whose locks cannot be relied on."""
    return file_system(path) in _NETWORK_FILE_SYSTEMS


def file_system(path: Path) -> str:
    """The type of the file system a path lies on, as Linux names it; "" where unknown."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    resolved = path.absolute().parent.resolve()
    best, kind = Path("/"), ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, this_kind = line.split()[:3]
        folder = Path(point.replace("\\040", " "))
        if resolved.is_relative_to(folder) and len(folder.parts) >= len(best.parts):
            best, kind = folder, this_kind
    return kind
