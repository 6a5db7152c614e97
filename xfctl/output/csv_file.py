"""A table as CSV that spreadsheets open rightly: BOM, CRLF, nothing that runs or gets mangled."""

from __future__ import annotations

import csv
import io

from xfctl.neutral import neutralise
from xfctl.output.cells import file_text
from xfctl.reports.table import Table, Value

_BOM = "\ufeff"


def csv_text(table: Table) -> str:
    """RFC 4180 with Chinese headings; the first character is the byte order mark.

    Text cells are neutralised; ``xfctl.neutral.restore`` gives back the original.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([_field(value) for value in row] for row in table.rows)
    return _BOM + out.getvalue()


def csv_bytes(table: Table) -> bytes:
    """The file's bytes, UTF-8; a lone surrogate, which UTF-8 lacks, is spelled out."""
    return csv_text(table).encode("utf-8", "backslashreplace")


def _field(value: Value) -> str:
    return neutralise(value) if isinstance(value, str) else file_text(value)
