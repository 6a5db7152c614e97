"""Charts as SVG for our pages; the only module that loads pygal.

pygal lays the chart out; its script, styles, tooltips and remarks are taken away, and the page's
own style gives colours that follow light, dark and print. The same numbers give the same bytes.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from xfctl.output.visible import visible
from xfctl.output.width import text_width
from xfctl.reports.chart import Chart, Shape

if TYPE_CHECKING:
    from pygal.graph.graph import Graph

_WIDTH = 720
_CELL = 6.5  # pixels of half a Chinese character at the size of a label
_WIDEST_LABEL = 40
_ROW, _SERIES = 14, 12
_FRAME, _LEGEND = 44, 30
_HEIGHT = 300

STYLE = """\
:root { --c0: #1f5f99; --c1: #c27a1a; --c2: #8a8f98; --guide: #d9d9d9; }
@media (prefers-color-scheme: dark) {
  :root { --c0: #6fb1ea; --c1: #e6a953; --c2: #8b919b; --guide: #3a3a3a; }
}
figure { margin: 1rem 0 1.6rem; break-inside: avoid; }
figcaption { font-weight: 600; margin-bottom: .2rem; }
figure svg { display: block; width: 100%; max-width: 52rem; height: auto; }
figure text { fill: var(--ink); font-family: inherit; font-size: 12px; }
figure text.value { font-size: 11px; }
figure .background { fill: none; }
figure .guides path { stroke: var(--guide); fill: none; }
figure .axis.y text { text-anchor: end; dominant-baseline: middle; }
figure .axis.x text { text-anchor: middle; }
figure.bars text.value { text-anchor: start; }
figure .color-0 { fill: var(--c0); }
figure .color-1 { fill: var(--c1); }
figure .color-2 { fill: var(--c2); }
@media print {
  :root { --c0: #1f5f99; --c1: #c27a1a; --c2: #8a8f98; --guide: #ccc; }
  figure { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
_UNWANTED = {"defs", "desc", "title"}
_OVERLAYS = {"plot overlay", "plot tooltip-overlay", "titles"}


def figure(chart: Chart) -> str:
    """A chart as an HTML figure with its title; the table beside it holds every number."""
    from xfctl.output.html import escape

    caption = f"<figcaption>{escape(chart.title)}</figcaption>\n"
    return f'<figure class="{chart.shape.value}">\n{caption}{_svg(chart)}\n</figure>\n'


def _svg(chart: Chart) -> str:
    # pygal lays the rows of horizontal bars from the bottom up.
    order = -1 if chart.shape is Shape.BARS else 1
    drawn = _graph(chart)
    drawn.x_labels = _labels(chart)[::order]
    for each in chart.series:
        values = [None if value is None else float(value) for value in each.values]
        drawn.add(visible(each.name), values[::order])
    tree = drawn.render_tree()
    _strip(tree)
    tree.attrib.pop("id", None)
    tree.set("role", "img")
    tree.set("aria-label", visible(chart.title))
    return ElementTree.tostring(tree, encoding="unicode")


def _labels(chart: Chart) -> list[str]:
    """The names; long ones lose their end to an ellipsis, the table beside has them whole."""
    return [_shortened(visible(each)) for each in chart.labels]


def _shortened(text: str) -> str:
    if text_width(text) <= _WIDEST_LABEL:
        return text
    while text_width(text) >= _WIDEST_LABEL:
        text = text[:-1]
    return f"{text}…"


def _graph(chart: Chart) -> Graph:
    pygal = _loaded()
    settings = {
        "js": [],
        "css": [],
        "no_prefix": True,
        "disable_xml_declaration": True,
        "width": _WIDTH,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": len(chart.series),
        "legend_box_size": 10,
        "show_legend": len(chart.series) > 1,
        "print_values": True,
        "print_values_position": "top",
        "truncate_label": -1,
        "truncate_legend": -1,
        "max_scale": 6,
        "margin": 6,
        "include_x_axis": True,
        "value_formatter": _number,
    }
    if chart.most is not None:
        settings["range"] = (0, chart.most)
    if chart.shape is Shape.COLUMNS:
        return pygal.Bar(height=_HEIGHT, margin_right=12, **settings)
    rows = len(chart.labels) * (_ROW + _SERIES * len(chart.series))
    widest = max((text_width(each) for each in _labels(chart)), default=0)
    left = int(widest * _CELL) + 12
    return pygal.HorizontalBar(
        height=rows + _FRAME + (_LEGEND if len(chart.series) > 1 else 0),
        margin_left=left,
        margin_right=40,
        **settings,
    )


def _loaded() -> Any:
    """pygal, without what it does to the rest of the process.

    It hooks into every import that fails, in a way that Python warns of, to look for plug-ins we
    have not; and it would take lxml where that happens to be installed.
    """
    import pygal
    from pygal.etree import etree

    sys.meta_path[:] = [
        hook for hook in sys.meta_path if not isinstance(hook, pygal.PluginImportFixer)
    ]
    etree.to_etree()
    return pygal


def _number(value: float) -> str:
    return f"{value:g}"


def _strip(element: ElementTree.Element) -> None:
    """Take away what is not drawn: scripts, styles, remarks (one bears today's date), tooltips."""
    for child in list(element):
        tag: object = child.tag  # of a remark it is a function
        named = isinstance(tag, str) and tag.rpartition("}")[2] not in _UNWANTED
        if named and child.get("class") not in _OVERLAYS:
            _strip(child)
        else:
            element.remove(child)
