"""What words a ledger takes: no control characters, no lone surrogates, nothing without end.

A name is one line, of characters that can be seen.
"""

from __future__ import annotations

import re
import unicodedata

from xfctl.errors import InputRefusedError

LONGEST_TEXT = 10_000
LONGEST_NAME = 100
_SHOWN = 30

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_LINE_END = re.compile(r"[\t\n\u2028\u2029]")
_NUMBER = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,40}")


def check_text(text: str, name: str, longest: int = LONGEST_TEXT) -> str:
    """The text without blanks around it, if the ledger can take it.

    What may be shorter than LONGEST_TEXT is a name. Raises InputRefusedError naming the field if it
    is empty, too long, or holds characters that no one can have meant.
    """
    stripped = text.strip()
    if not stripped:
        raise InputRefusedError(f"{name}不能为空；请填写后重试。")
    if len(stripped) > longest:
        raise InputRefusedError(f"{name}有 {len(stripped)} 个字，超过 {longest} 个；请缩短后重试。")
    if _FORBIDDEN.search(stripped):
        raise InputRefusedError(f"{name}含有控制字符或无法识别的字符；请删去后重试。")
    if longest < LONGEST_TEXT:
        _check_line(stripped, name)
    return stripped


def check_number(number: str, name: str = "编号") -> str:
    """A case number or unit code: up to 40 characters without blanks.

    Raises InputRefusedError otherwise.
    """
    if not _NUMBER.fullmatch(number):
        raise InputRefusedError(f"{name}须为 1 至 40 个字符，且不含空格和控制字符；请改正后重试。")
    return number


def _check_line(text: str, name: str) -> None:
    if text.isprintable():
        return
    if _LINE_END.search(text):
        raise InputRefusedError(f"{name}须写在一行里；请去掉换行后重试。")
    if unseen := [char for char in text if unicodedata.category(char) == "Cf"]:
        raise InputRefusedError(
            f"{name}里有看不见的字符（U+{ord(unseen[0]):04X}）；请重新输入后重试。"
        )


def plain(text: str) -> str:
    """``text`` without blanks, width and case, so that spellings compare equal."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def quoted(text: str) -> str:
    """``text`` shortened to one printable line, in Chinese quotation marks, for a message."""
    line = "".join(char if char.isprintable() else " " for char in text[: _SHOWN + 1])
    return f"「{line[:_SHOWN]}…」" if len(line) > _SHOWN else f"「{line}」"
