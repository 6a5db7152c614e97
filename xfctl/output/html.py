"""Tables as HTML: fragments, and one self-contained page that prints and mails well.

The table is a plain one with old attributes, because mail clients drop styles. In a browser the
style follows light and dark, and a narrow screen shows each record as a card.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as _escape

from xfctl.output.cells import NO_ROWS, looked_ahead, numeric_columns, people_text
from xfctl.output.visible import visible
from xfctl.reports.table import Column, Row, Stream, Table

_STYLE = """\
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #c8c8c8; --soft: #f3f3f0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #171717; --line: #484848; --soft: #242424; }
}
* { box-sizing: border-box; }
body {
  margin: 1.5rem auto; padding: 0 1rem; max-width: 75rem;
  color: var(--ink); background: var(--paper);
  font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei", SimSun, sans-serif;
}
h1 { font-size: 1.5rem; }
h2 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; border: 1px solid var(--line); }
th, td {
  border: 1px solid var(--line); padding: .35rem .6rem;
  text-align: left; vertical-align: top; overflow-wrap: anywhere;
}
th { background: var(--soft); }
.whole, .number { white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
th.number, th.whole { white-space: normal; }
.number { text-align: right; }
@media screen and (max-width: 48rem) {
  thead { display: none; }
  table, tbody, tr, td { display: block; border: 0; }
  tr { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 .8rem; padding: .4rem 0; }
  td { display: flex; gap: .8rem; text-align: left; padding: .15rem .8rem; }
  td[data-label]::before { content: attr(data-label); flex: 0 0 7.5em; opacity: .7; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { --ink: #000; --paper: #fff; --line: #888; --soft: #eee; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""

_HEAD = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<h1>{title}</h1>
"""
_TAIL = "</body>\n</html>\n"


def page(title: str, body: str, style: str = "") -> str:
    """A whole page around ``body``, which is HTML already; ``title`` is text.

    ``style`` is CSS that follows the page's own.

    The page loads nothing from elsewhere and runs no script.
    """
    return f"{_head(title, style)}{body}{_TAIL}"


def _head(title: str, style: str = "") -> str:
    return _HEAD.format(title=escape(title), style=_STYLE + style)


def page_pieces(table: Stream) -> Iterator[str]:
    """A whole page of one table under its title."""
    yield _head(table.title)
    yield from _table(table)
    yield _TAIL


def table_html(table: Table) -> str:
    """``table`` as a fragment: heading, table, a paragraph per footer line."""
    title = f"<h2>{escape(table.title)}</h2>\n" if table.title else ""
    return title + "".join(_table(table.stream()))


def _class(column: Column, numeric: bool) -> str:
    if numeric:
        return ' class="number" align="right"'
    return ' class="whole"' if column.whole else ""


def _table(table: Stream) -> Iterator[str]:
    first, rows = looked_ahead(table.rows)
    classes = list(map(_class, table.columns, numeric_columns(first, len(table.columns))))
    headings = [escape(column.heading) for column in table.columns]
    head = "".join(
        f'<th scope="col"{kind}>{heading}</th>'
        for heading, kind in zip(headings, classes, strict=True)
    )
    yield f'<table border="1" cellspacing="0" cellpadding="6">\n<thead><tr>{head}</tr></thead>\n'
    yield "<tbody>\n"
    for row in rows:
        yield _row(row, headings, classes)
    if not first:
        yield _no_rows(len(headings))
    yield "</tbody>\n</table>\n"
    for line in table.footer():
        yield f"<p>{escape(line)}</p>\n"


def _row(row: Row, headings: list[str], classes: list[str]) -> str:
    cells = (
        f'<td data-label="{heading}"{kind}><span>{escape(people_text(value))}</span></td>'
        for value, heading, kind in zip(row, headings, classes, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>\n"


def _no_rows(columns: int) -> str:
    return f'<tr><td colspan="{columns}">{NO_ROWS}</td></tr>\n'


def escape(text: str) -> str:
    """``text`` as HTML that shows exactly it: line breaks kept, acting characters spelled out."""
    shown = visible(text.replace("\r\n", "\n"), keep="\n")
    return _escape(shown).replace("\n", "<br>")
