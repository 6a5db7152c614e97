"""The files around a ledger: who may read them, what killed commands left, where they lie."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from xfctl.disk import STORE, leftovers
from xfctl.ledger.attachments import store_of
from xfctl.ledger.connection import second_names
from xfctl.ledger.files import file_system, on_network
from xfctl.ledger.health.finding import Finding, Level
from xfctl.ledger.rotation import folder_of, kept_beside

_OTHERS = 0o077
# What is kept free for a backup or upgrade besides a copy of everything.
_SPARE = 100 * 1024 * 1024  # bytes


def surroundings(ledger: Path, beside: Iterable[Path] = ()) -> Iterator[Finding]:
    """Everything about files and folders; ``beside`` are further files that must be private."""
    yield from _too_wide(ledger, beside)
    yield from _left_behind(ledger)
    yield from _kept(ledger)
    yield from _place(ledger)


def _too_wide(ledger: Path, beside: Iterable[Path]) -> Iterator[Finding]:
    for each in (*_own_files(ledger), *beside):
        if each.is_file() and _is_wide(each):
            yield _wide("文件的权限宽于 0600", each, f"chmod 600 {shlex.quote(str(each))}")
    for folder in _own_folders(ledger):
        wide = [each for each in (folder, *folder.rglob("*")) if _is_wide(each)]
        if wide:
            what = f"目录里有 {len(wide)} 处权限宽于 0600（目录为 0700）"
            yield _wide(what, folder, f"chmod -R go-rwx {shlex.quote(str(folder))}")


def _wide(what: str, where: Path, command: str) -> Finding:
    return Finding(Level.WARNING, what, str(where), f"别的用户可能读到；请运行 {command}")


def _is_wide(path: Path) -> bool:
    return not path.is_symlink() and bool(path.stat().st_mode & _OTHERS)


def _own_files(ledger: Path) -> list[Path]:
    """The ledger, its sidecars, the files kept by restores and upgrades, its key."""
    folder = ledger.parent
    named = [each for each in _entries(folder) if each.name.startswith(f"{ledger.stem}.")]
    return sorted(each for each in named if each.is_file())


def _own_folders(ledger: Path) -> list[Path]:
    """The folders in which this program keeps what belongs to the ledger."""
    stores = [each for each in _entries(ledger.parent) if each.name.startswith(f"{ledger.name}.")]
    wanted = (*sorted(stores), folder_of(ledger), ledger.parent / "letters")
    return [each for each in wanted if each.is_dir()]


def _left_behind(ledger: Path) -> Iterator[Finding]:
    for folder in filter(Path.is_dir, (ledger.parent, folder_of(ledger))):
        if found := leftovers(folder):
            yield Finding(
                Level.WARNING,
                f"中断的命令留下 {len(found)} 个临时文件",
                str(found[0]),
                "下一次备份或导出到这个目录时会自动清除，也可以现在删除",
            )
        for store in sorted(folder.glob(f"*{STORE}")):
            if store.is_dir() and not store.with_suffix("").exists():
                yield Finding(
                    Level.WARNING,
                    "中断的备份或恢复留下附件目录，没有对应的账本文件",
                    str(store),
                    "附件只是副本；确认没有这个名字的备份后可以删除",
                )


def _kept(ledger: Path) -> Iterator[Finding]:
    again = [str(each) for each in second_names(ledger)] if ledger.exists() else []
    for name in again:
        yield Finding(
            Level.WARNING,
            "恢复或升级中断，账本多出一个名字（同一个文件）",
            name,
            "请不要打开它；下一次写入账本时会自动去掉，然后请重新执行恢复或升级",
        )
    kept = [each for each in kept_beside(ledger) if str(each) not in again]
    if kept:
        yield Finding(
            Level.NOTE,
            f"有 {len(kept)} 份恢复或升级时保留的旧账本",
            str(kept[0]),
            "确认现在的账本无误后，可以连同它的附件目录移走或删除",
        )


def _place(ledger: Path) -> Iterator[Finding]:
    if not ledger.parent.is_dir():
        return
    if on_network(ledger):
        yield Finding(
            Level.WARNING,
            f"账本在网络文件系统上（{file_system(ledger)}）",
            str(ledger),
            "网络文件系统的锁不可靠；请把账本放到本机磁盘，用备份送往网络位置",
        )
    free = shutil.disk_usage(ledger.parent).free
    needed = _needed(ledger)
    if free < needed:
        yield Finding(
            Level.WARNING,
            f"磁盘只剩 {_megabytes(free)} MB，备份或升级至少需要 {_megabytes(needed)} MB",
            str(ledger.parent),
            "请清理磁盘，或把旧备份移到别处",
        )


def _needed(ledger: Path) -> int:
    """Room for one more copy of the ledger and its files, and some to spare."""
    files = (ledger, *_entries(store_of(ledger)))
    return _SPARE + sum(each.stat().st_size for each in files if each.is_file())


def _megabytes(size: int) -> int:
    return size // 1024 // 1024


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
