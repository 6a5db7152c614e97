"""Where in a rule file something stands: looked up only when a fault is to be told.

``tomllib`` gives values without places. Rule files are plain (one key a line, lists of tables in
double brackets), so a search of the lines finds the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]?\]")
# The path of a table, with the number of each list item on the way: (("version", 1), ("entry", 0)).
Place = tuple[tuple[str, int], ...]


def line_of(text: str, place: Place, key: str) -> int:
    """The line of a key in the table at ``place``; of the table's header if the key is not there."""
    header = 1
    for number, at, line in _walk(text):
        if at == place and header == 1 and _HEADER.match(line):
            header = number
        if at == place and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
        if at and (at[:-1], at[-1][0]) == (place, key):
            return number
    return header


def lines_naming(text: str, word: str) -> list[int]:
    """The lines with a word in quotes; line 1 where there is none."""
    return [n for n, line in enumerate(text.splitlines(), 1) if f'"{word}"' in line] or [1]


def _walk(text: str) -> Iterator[tuple[int, Place, str]]:
    """Every line with its number and the table it belongs to."""
    counts: dict[str, int] = {}
    at: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            name = header[1]
            counts[name] = counts.get(name, -1) + 1
            for below in [each for each in counts if each.startswith(f"{name}.")]:
                del counts[below]
            parts = name.split(".")
            paths = [".".join(parts[: n + 1]) for n in range(len(parts))]
            at = tuple((part, counts.get(path, 0)) for part, path in zip(parts, paths, strict=True))
        yield number, at, line
