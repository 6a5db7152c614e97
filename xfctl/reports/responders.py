"""Repeats, leapfrog petitions and notices by first responder and by unit (细则 6: 首问负责)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from xfctl.domain import keys
from xfctl.ledger.snapshot import Matter
from xfctl.reports.figures import Share
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

_FIGURES = (
    Column("registered", "登记"),
    Column("notices", "应告知"),
    Column("notices_in_time", "按期"),
    Column("notices_percent", "按期率(%)"),
    Column("repeats", "重复"),
    Column("repeats_percent", "重复率(%)"),
    Column("first", "初次"),
    Column("turned", "其后转重复"),
    Column("turned_percent", "转重复率(%)"),
    Column("leapfrog", "越级"),
    Column("leapfrog_percent", "越级率(%)"),
)


def responder_tables(view: View) -> list[Table]:
    """The matters registered in a period, by who took them first and by the unit that leads."""
    footer = (
        f"期内登记的事项，截至 {view.as_of}；应告知是期限在期内届满的受理告知（条例 22–23）；"
        "初次是不重复以前事项的，其后转重复是其中后来又有重复信访的（细则 6）。",
    )
    return [
        _table(
            "responders",
            "首问责任人",
            view,
            lambda each: each.first_responder,
            lambda name: name,
            footer,
        ),
        _table(
            "units", "主办单位", view, lambda each: view.lead(each) or "", view.unit_name, footer
        ),
    ]


def _table(
    key: str,
    heading: str,
    view: View,
    group_of: Callable[[Matter], str],
    name_of: Callable[[str], str],
    footer: tuple[str, ...],
) -> Table:
    """One row a group, in their order; the matters of no group, "", come last."""
    groups: defaultdict[str, list[Matter]] = defaultdict(list)
    for each in view.registered:
        groups[group_of(each)].append(each)
    repeated = {each.repeats for each in view.known}
    notices = _notices(view, group_of)
    rows: list[tuple[Value, ...]] = [
        (name_of(group), *_figures(groups[group], repeated, notices.get(group, Share(0, 0))))
        for group in sorted({*groups, *notices}, key=lambda group: (not group, group))
    ]
    columns = (Column("name", heading), *_FIGURES)
    return Table(f"按{heading}（{view.period.label}）", columns, rows, footer, key=key)


def _figures(
    matters: Iterable[Matter], repeated: set[str | None], notices: Share
) -> tuple[Value, ...]:
    mine = list(matters)
    first = [each for each in mine if each.repeats is None]
    repeats = Share(len(mine) - len(first), len(mine))
    turned = Share(sum(each.number in repeated for each in first), len(first))
    leapfrog = Share(sum(each.leapfrog for each in mine), len(mine))
    return (
        *(len(mine), notices.whole, notices.part, notices.percent),
        *(repeats.part, repeats.percent, turned.whole, turned.part, turned.percent),
        *(leapfrog.part, leapfrog.percent),
    )


def _notices(view: View, group_of: Callable[[Matter], str]) -> dict[str, Share]:
    """Notices of acceptance that fell due in the period, by the same groups."""
    groups = {each.number: group_of(each) for each in view.known}
    due: defaultdict[str, list[bool]] = defaultdict(list)
    for term in view.terms(keys.NOTICE):
        due[groups[term.case]].append(view.is_in_time(term))
    return {group: Share(sum(met), len(met)) for group, met in due.items()}
