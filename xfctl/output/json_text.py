"""A table as a JSON array, one object a line, so that a line reader can follow it too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from xfctl.output.visible import acts
from xfctl.reports.table import Row, Stream, Table, Value


def json_pieces(table: Stream) -> Iterator[str]:
    """Objects keyed by ``Column.key``: dates as ISO strings, nothing as null; ends with a newline.

    Chinese stands as itself; acting characters and lone surrogates are escaped, so the text can
    be encoded and shown anywhere and still reads back exactly.
    """
    keys = [column.key for column in table.columns]
    before = "["
    for row in table.rows:
        yield f"{before}\n{_object(keys, row)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def json_of_several(tables: Mapping[str, Table]) -> str:
    """One object: under each table's key the array of its records."""
    arrays = (
        f"{escaped(json.dumps(key, ensure_ascii=False))}: "
        f"{''.join(json_pieces(table.stream())).rstrip()}"
        for key, table in tables.items()
    )
    return "{\n" + ",\n".join(arrays) + "\n}\n"


def _object(keys: list[str], row: Row) -> str:
    fields = dict(zip(keys, map(_plain, row), strict=True))
    return escaped(json.dumps(fields, ensure_ascii=False))


def _plain(value: Value) -> str | int | float | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def escaped(line: str) -> str:
    """JSON text with acting characters and lone surrogates escaped."""
    if line.isprintable():
        return line
    return "".join(json.dumps(char)[1:-1] if acts(char) else char for char in line)
