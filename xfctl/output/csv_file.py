"""A table as CSV that spreadsheets open rightly: BOM, CRLF, nothing that runs or gets mangled."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from xfctl.neutral import neutralise
from xfctl.output.cells import file_text
from xfctl.reports.table import Table, Value

_BOM = "\ufeff"


def csv_text(table: Table) -> str:
    """RFC 4180 with Chinese headings; the first character is the byte order mark.

    Text cells are neutralised; ``xfctl.neutral.restore`` gives back the original.
    """
    return _BOM + _lines(table)


def csv_of_several(tables: Sequence[Table]) -> str:
    """The tables one under another: a line with the title, the table, an empty line between."""
    parts = (f"{_quoted([table.title])}{_lines(table)}" for table in tables)
    return _BOM + "\r\n".join(parts)


def _lines(table: Table) -> str:
    headings = [column.heading for column in table.columns]
    return _quoted(headings, *table.rows)


def _quoted(*rows: Sequence[Value]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_field(value) for value in row] for row in rows)
    return out.getvalue()


def csv_bytes(table: Table) -> bytes:
    """The file's bytes, UTF-8; a lone surrogate, which UTF-8 lacks, is spelled out."""
    return csv_text(table).encode("utf-8", "backslashreplace")


def _field(value: Value) -> str:
    return neutralise(value) if isinstance(value, str) else file_text(value)
