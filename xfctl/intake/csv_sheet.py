"""CSV as it is found in offices: any of three encodings, any of three delimiters."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from xfctl.intake.given_file import refusal
from xfctl.intake.sheet import Sheet, collect
from xfctl.neutral import restore

_DELIMITERS = (",", "\t", ";")
_SAMPLE_RECORDS = 50
_SAMPLE_CHARACTERS = 200_000
_QUOTED = re.compile(r'"[^"]*"')

_MARKED = (  # byte order mark, codec, name for the user
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（带 BOM）"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_UNMARKED = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))


def read_csv(name: str, data: bytes) -> Sheet:
    """The records of a CSV file; cells that our own export neutralised are restored."""
    text, encoding = decode(name, data)
    records = collect(name, _numbered(name, text))
    if not records:
        raise refusal(name, "里没有内容，请检查是否选对了文件")
    return Sheet(name, "csv", encoding, records)


def decode(name: str, data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in: the mark decides, else strict UTF-8, else GB18030."""
    marked = [(codec, label) for mark, codec, label in _MARKED if data.startswith(mark)]
    for codec, label in marked or _UNMARKED:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "gb18030" and "\0" in text:  # a binary that happens to decode
            break
        return text, label
    if marked:
        raise refusal(name, f"标明是 {marked[0][1]}，内容却不是，文件可能已损坏；请重新取得或另存")
    raise refusal(name, "不是能识别的表格：只接受 xlsx，以及 UTF-8 或 GB18030 编码的 CSV")


def _numbered(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with their numbers. Strict: a quote left open would swallow the rows after it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            yield row, [restore(cell) for cell in cells]
    except csv.Error as error:
        raise refusal(
            name, f"第 {row + 1} 条记录读不下去：引号没有成对，或一格太长，请改正后再导入"
        ) from error


def _delimiter(text: str) -> str:
    """The sign that cuts most records into the same number of cells; the comma wins a tie."""
    bare = _QUOTED.sub("", text[:_SAMPLE_CHARACTERS])  # what is quoted cuts nothing
    lines = [line for line in bare.splitlines() if line.strip()][:_SAMPLE_RECORDS]
    return max(_DELIMITERS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines share the commonest count of the delimiter above 0, and that count."""
    counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
    return max(((sharing, count) for count, sharing in counts.items()), default=(0, 0))
