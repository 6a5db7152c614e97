"""One cell of a register: its text, checked and made into a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from xfctl.domain.classification import Labelled
from xfctl.intake.dates import DateRefusedError, parse_date
from xfctl.intake.text import half_width

_Kind = TypeVar("_Kind", bound=Labelled)

LONGEST_TEXT = 10_000  # characters

# C0 and C1 without tab and line ends, which texts of several lines contain.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FORMULA_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
# As a spreadsheet writes it: 1.39E+10. A typed code such as 2E5 is not meant.
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+[eE][+-]?|[eE][+-])[0-9]{1,3}")
_DIGITS = re.compile(r"([0-9]{1,7})\s*人?")
_ANY_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?\s*人?")

_ANSWERS = {
    **dict.fromkeys(("是", "有", "√", "✓", "✔", "y", "yes", "true", "1", "对"), True),
    **dict.fromkeys(("否", "无", "没有", "不是", "×", "✗", "x", "n", "no", "false", "0"), False),
}
_NAMELESS = frozenset(("匿名", "匿名信", "匿名者", "匿名人", "不具名", "未具名", "未署名"))


class CellRefusedError(ValueError):
    """The cell cannot be taken; ``str()`` is the short Chinese reason."""


def checked(text: str) -> str:
    """``text`` without the blanks around it, if it is a text that can be kept and shown."""
    if _CONTROL.search(text):
        raise CellRefusedError("含有控制字符")
    if _SURROGATE.search(text):
        raise CellRefusedError("含有残缺的字符")
    if len(text) > LONGEST_TEXT:
        raise CellRefusedError(f"超过 {LONGEST_TEXT} 个字")
    stripped = text.strip()
    if _FORMULA_ERROR.fullmatch(stripped):
        raise CellRefusedError("公式出错，没有值")
    return stripped


def one_line(text: str) -> str:
    """A name on one line, without the marks that show nothing and come along with pasted words."""
    return " ".join("".join(filter(_shows, text)).split())


def digits_text(text: str) -> str:
    """A case number, phone or ID number, half-width; refused when its digits are lost."""
    plain = one_line(half_width(text))
    if _SCIENTIFIC.fullmatch(plain):
        raise CellRefusedError("科学计数法，数字已丢失")
    return plain


def day(text: str) -> date:
    """A whole date, year first."""
    try:
        return parse_date(text)
    except DateRefusedError as error:
        raise CellRefusedError(error.reason) from error


def days(text: str) -> date | tuple[date | None, ...]:
    """A date, or one for each of several units, separated as these are; — where there is none."""
    parts = [part.strip() for part in text.split("、")]
    if len(parts) == 1:
        return day(text)
    return tuple(None if part in ("", "—") else day(part) for part in parts)


def persons(text: str) -> int:
    """A number of people, at least 1."""
    plain = half_width(text)
    match = _DIGITS.fullmatch(plain)
    if match and int(match[1]) > 0:
        return int(match[1])
    raise CellRefusedError("须是正整数" if _ANY_NUMBER.fullmatch(plain) else "不是数字")


def answer(column_word: str) -> Callable[[str], bool]:
    """A reader of yes and no; the column's own word (「越级」) is a yes, 「非越级」 a no."""
    answers = {**_ANSWERS, column_word: True, f"非{column_word}": False, f"不{column_word}": False}

    def read(text: str) -> bool:
        found = answers.get(half_width(text).casefold())
        if found is None:
            raise CellRefusedError("不认识，请填 是 或 否")
        return found

    return read


def member(kind: type[_Kind]) -> Callable[[str], _Kind]:
    """A reader of the labels and synonyms of ``kind``."""

    def read(text: str) -> _Kind:
        found = kind.from_label(text)
        if found is None:
            raise CellRefusedError(f"不认识，可以填：{kind.labels()}")
        return found

    return read


def is_nameless(petitioner: str) -> bool:
    """Whether the name says that there is none (「匿名」)."""
    return half_width(petitioner).strip() in _NAMELESS


def _shows(char: str) -> bool:
    return unicodedata.category(char) != "Cf"
