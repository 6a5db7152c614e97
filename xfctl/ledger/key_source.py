"""Where the office's key comes from: a file of random keys, or a passphrase from file or prompt.

A key file is text: lines of explanation, then keys in hexadecimal, the newest first. Older keys
stay in it because backups made before a change are opened by them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from xfctl.disk import PRIVATE_FOLDER
from xfctl.errors import InputRefusedError, LedgerUnavailableError
from xfctl.ledger import files

SHORTEST_PASSPHRASE = 12
_HEADING = "# xfctl"
_KEY = re.compile(r"^[0-9a-f]{64}$", re.MULTILINE)
_MOST_BYTES = 64 * 1024


class KeySource(Struct, frozen=True):
    """What one run of the program may open a sealed ledger with.

    ``named`` is the file given for it: of keys, or with the passphrase in its first line.
    ``folder`` tells where key files lie otherwise. ``ask`` asks for a passphrase at the terminal and
    raises InputRefusedError where there is none.
    """

    named: Path | None
    folder: Callable[[], Path]
    ask: Callable[[str], str]

    def file(self, ledger_id: str) -> Path:
        """The key file of a ledger."""
        return self.named or self.folder() / f"{ledger_id}.key"

    def at_hand(self, ledger_id: str) -> bool:
        """Whether there is a file to open the ledger with."""
        return self.file(ledger_id).is_file()

    def keys(self, ledger_id: str) -> list[bytes]:
        """The keys in the file. Raises LedgerUnavailableError if it is missing or no key file."""
        path = self.file(ledger_id)
        found = _KEY.findall("\n".join(_read(path).split()))
        if not found:
            raise LedgerUnavailableError(
                f"「{path}」不是 xfctl 的密钥文件；请用 --key 指明正确的密钥文件。"
            )
        return [bytes.fromhex(each) for each in found]

    def add(self, key: bytes, ledger_id: str) -> None:
        """Write a key in front of those that the file has, or into a new one (0600)."""
        path = self.file(ledger_id)
        if self.named is None:
            _make_folder(path.parent)
        older = self.keys(ledger_id) if path.exists() else []
        lines = [
            f"{_HEADING} 密钥，账本 {ledger_id}：信访人和责任人的身份用它加密。",
            "# 请另存一份，与备份分开存放；丢了它，谁也读不出这些姓名。最上面的是现在用的。",
            *(each.hex() for each in (key, *older)),
        ]
        with files.new_file(path) as temporary:
            temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
            files.replace(temporary, path)

    def passphrase(self) -> str:
        """The passphrase, from the file named, else asked for."""
        return _first_line(self.named) if self.named else self.ask("账本口令：")

    def new_passphrase(self) -> str:
        """A passphrase to be used from now on. Raises InputRefusedError if it is too short."""
        chosen = _first_line(self.named) if self.named else self._asked_twice()
        if len(chosen) < SHORTEST_PASSPHRASE:
            raise InputRefusedError(
                f"口令不足 {SHORTEST_PASSPHRASE} 个字符，容易被猜出；请换一个长的，例如几个不相干的词。"
            )
        return chosen

    def _asked_twice(self) -> str:
        chosen = self.ask("新口令：")
        if self.ask("再输一次：") != chosen:
            raise InputRefusedError("两次输入的口令不同，没有作任何改动；请重新执行。")
        return chosen


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerUnavailableError(
            f"无法建立密钥目录「{folder}」（{os.strerror(error.errno or 0)}）；"
            "请检查权限，或用 --key 指明密钥文件放在哪里。"
        ) from error


def _first_line(path: Path) -> str:
    first = _read(path).partition("\n")[0].strip()
    if not first or first.startswith(_HEADING):
        raise LedgerUnavailableError(f"「{path}」不是口令文件；请把口令写在文件的第一行。")
    return first


def _read(path: Path) -> str:
    try:
        if path.is_file() and path.stat().st_size <= _MOST_BYTES:
            return path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise LedgerUnavailableError(
            f"无法读取密钥文件「{path}」（{os.strerror(error.errno or 0)}）；请检查文件权限。"
        ) from error
    if path.exists():
        raise LedgerUnavailableError(f"「{path}」不是密钥文件；请用 --key 指明密钥文件或口令文件。")
    raise LedgerUnavailableError(
        f"没有找到密钥文件「{path}」，身份打不开，账本没有改动；"
        "请把另存的密钥放回这里，或用 --key（环境变量 XFCTL_KEY）指明。"
    )
