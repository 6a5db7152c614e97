r"""Tab-separated lines for scripts: one heading line, one line per record, nothing else.

A backslash is doubled; tab, line feed and carriage return are ``\t``, ``\n`` and ``\r``; other
acting characters are ``\xNN``, ``\uNNNN`` or ``\UNNNNNNNN``. ``printf %b`` undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xfctl.output.cells import file_text
from xfctl.output.visible import acts
from xfctl.reports.table import Stream

_SHORT = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


def plain_pieces(table: Stream) -> Iterator[str]:
    """The heading line and the records of ``table``; nothing is an empty field."""
    yield _line(column.heading for column in table.columns)
    for row in table.rows:
        yield _line(map(file_text, row))


def _line(fields: Iterable[str]) -> str:
    return "\t".join(map(escape_field, fields)) + "\n"


def escape_field(text: str) -> str:
    """``text`` without tabs, line ends or acting characters, reversibly."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(map(_escape_char, text))


def _escape_char(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if not acts(char):
        return char
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
