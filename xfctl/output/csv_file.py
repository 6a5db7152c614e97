"""A table as CSV that spreadsheets open rightly: BOM, CRLF, nothing that runs or gets mangled."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from xfctl.neutral import neutralise
from xfctl.output.cells import file_text
from xfctl.reports.table import Stream, Table, Value

_BOM = "\ufeff"


def csv_pieces(table: Stream) -> Iterator[str]:
    """RFC 4180 with Chinese headings; the first character is the byte order mark.

    Text cells are neutralised; ``xfctl.neutral.restore`` gives back the original.
    """
    yield _BOM
    yield from _lines(table)


def csv_of_several(tables: Sequence[Table]) -> str:
    """The tables one under another: a line with the title, the table, an empty line between."""
    parts = (f"{_quoted([table.title])}{''.join(_lines(table.stream()))}" for table in tables)
    return _BOM + "\r\n".join(parts)


def _lines(table: Stream) -> Iterator[str]:
    yield _quoted([column.heading for column in table.columns])
    yield from map(_quoted, table.rows)


def _quoted(row: Sequence[Value]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(map(_field, row))
    return out.getvalue()


def _field(value: Value) -> str:
    return neutralise(value) if isinstance(value, str) else file_text(value)
