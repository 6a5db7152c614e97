"""Checking an exported event chain without its ledger: every hash and every link."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from xfctl.errors import InputRefusedError, IntegrityError
from xfctl.intake.given_file import file_reason, refusal
from xfctl.ledger.chain import Head, StoredEvent, walk

LONGEST_LINE = 16 * 1024 * 1024  # bytes; the longest event a ledger takes is far below

_TYPES = {name: int if name == "seq" else str for name in StoredEvent._fields}


def verify_events(path: Path, expected: Head | None = None) -> Head:
    """The head of the chain in a file that ``export events`` wrote; ``expected`` must be on it.

    A byte order mark and CRLF, which editors add, change no event and are taken. Raises
    InputRefusedError for a file or line that is no such thing, IntegrityError at the first line
    that does not follow the one before it.
    """
    found = walk(_events(path), expected=expected)
    if found.broken is not None:
        raise IntegrityError(
            f"文件「{path}」第 {found.head.seq + 1} 行与它的哈希或前一行不符，"
            f"此前的 {found.head.seq} 条事件完好；请与账本或别处保存的导出文件核对。"
        )
    if not found.met:
        raise IntegrityError(
            f"文件「{path}」里没有账本头 {expected}：尾部被删去，或整条链被改写；"
            f"文件里共有 {found.head.seq} 条事件，请与保存账本头的提醒或导出核对。"
        )
    return found.head


def _events(path: Path) -> Iterator[StoredEvent]:
    reason = file_reason(path)
    if reason:
        raise refusal(str(path), reason)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                yield _event(path, number, line)
    except OSError as error:
        raise refusal(str(path), "读不出来，请检查磁盘或权限") from error


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines without their ends; one that is too long is cut and so is no JSON any more."""
    first = True
    while line := file.readline(LONGEST_LINE):
        yield (line.removeprefix(codecs.BOM_UTF8) if first else line).rstrip(b"\r\n")
        first = False


def _event(path: Path, number: int, line: bytes) -> StoredEvent:
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_object)
        return StoredEvent(**{name: _typed(found[name], kind) for name, kind in _TYPES.items()})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_event(path, number) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An event's nine keys, each once: what a reader sees must be what is hashed."""
    if sorted(key for key, _ in pairs) != sorted(_TYPES):
        raise ValueError("not the keys of an event")
    return dict(pairs)


def _typed(value: object, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


def _no_event(path: Path, number: int) -> InputRefusedError:
    return InputRefusedError(
        f"文件「{path}」第 {number} 行不是账本事件，文件可能不完整或不是 xfctl export events 导出的；"
        "请重新取得文件。"
    )
