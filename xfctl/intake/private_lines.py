"""Identities from a file or standard input, one a line: 「姓名：…」.

A command line is seen by everyone on the machine and kept by the shell; a file or a pipe is not.
No refusal repeats what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xfctl.errors import InputRefusedError
from xfctl.intake.given_file import input_bytes, input_name
from xfctl.intake.text import half_width


def private_lines(path: Path, labels: Mapping[str, str]) -> dict[str, list[str]]:
    """What stands under each label of a file (``-`` is standard input), by the label's key.

    ``labels`` maps what may be written, synonyms too, to keys. Raises InputRefusedError, naming
    the line.
    """
    name = f"文件「{input_name(path)}」"
    found: dict[str, list[str]] = {}
    for number, line in enumerate(_text(path, name).splitlines(), start=1):
        if not line.strip():
            continue
        label, _, value = line.replace("：", ":", 1).partition(":")
        key = labels.get(half_width(label).strip())
        if key is None or not value.strip():
            raise InputRefusedError(
                f"{name}第 {number} 行看不懂；每行请写成「{next(iter(labels))}：…」，"
                f"冒号前可以写：{'、'.join(labels)}。"
            )
        found.setdefault(key, []).append(value.strip())
    if not found:
        raise InputRefusedError(f"{name}是空的；每行请写成「{next(iter(labels))}：…」。")
    return found


def _text(path: Path, name: str) -> str:
    data = input_bytes(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputRefusedError(f"{name}不是文字；请存成 UTF-8 的文本文件。")
