"""Early warning (细则 6, 8(3)): matters that grow collective, turn into repeats, or are alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from xfctl.domain.classification import COLLECTIVE_FROM, Outcome, Rating
from xfctl.domain.likeness import groups
from xfctl.domain.obligation import is_late
from xfctl.ledger import watch_lists
from xfctl.ledger.watch_lists import OpenMatter, RecentMatter, Voice
from xfctl.reports.breakdown import UNSORTED
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.watch import Thresholds

# Different summaries of a category that are compared with each other, pair by pair.
MOST_COMPARED = 400


class Clusters(Struct, frozen=True):
    """Matters of the window that hang together, and how many were too many to be compared."""

    groups: list[list[RecentMatter]]
    left_out: int


class Seen(Struct, frozen=True):
    """All that the three questions ask the ledger, asked once."""

    clusters: Clusters
    open: list[OpenMatter]
    said: list[Voice]


def look(connection: sqlite3.Connection, on: date, limits: Thresholds) -> Seen:
    """Read the matters of the window and the open ones."""
    said = watch_lists.voices(connection, on)
    return Seen(
        clusters(watch_lists.matters(connection, limits.first(on), on)),
        watch_lists.open_matters(connection, on, said),
        said,
    )


def clusters(matters: Iterable[RecentMatter]) -> Clusters:
    """Matters of one category with similar summaries; of a large category the newest only."""
    by_category: dict[str | None, list[RecentMatter]] = {}
    for each in matters:
        by_category.setdefault(each.category, []).append(each)
    found: list[list[RecentMatter]] = []
    left_out = 0
    for members in by_category.values():
        newest = list(dict.fromkeys(each.summary for each in reversed(members)))[:MOST_COMPARED]
        compared = [each for each in members if each.summary in set(newest)]
        left_out += len(members) - len(compared)
        together = groups([each.summary for each in compared])
        found += [[compared[place] for place in group] for group in together]
    return Clusters(found, left_out)


_SIZE_COLUMNS = (
    Column("scope", "范围"),
    Column("numbers", "编号"),
    Column("summary", "事项"),
    Column("units", "主办单位"),
    Column("persons", "人数"),
    Column("standing", "提示"),
)


def sizes_table(seen: Seen, limits: Thresholds) -> Table:
    """Open matters, and open similar ones together, that approach a collective petition."""
    near = [each for each in seen.open if limits.near <= each.persons < COLLECTIVE_FROM]
    rows: list[tuple[Value, ...]] = [
        ("单件", each.number, each.summary, each.unit_name, each.persons, "接近集体规模")
        for each in sorted(near, key=lambda each: -each.persons)
    ]
    rows += _joint_sizes(seen, limits)
    footer = (
        f"{COLLECTIVE_FROM} 人以上为集体；{limits.near} 人起列出（显示参数，本单位规定）。人数为登记人数，"
        "或以后来访一批最多的人数。",
        f"相似的在办事项，把其中不足 {COLLECTIVE_FROM} 人的各件人数相加；"
        "同一件事的重复信访和重复登记只计一次。" + _bound(seen, limits),
    )
    return Table("接近集体规模", _SIZE_COLUMNS, rows, footer, key="sizes")


def _joint_sizes(seen: Seen, limits: Thresholds) -> Iterator[tuple[Value, ...]]:
    small = {each.number: each for each in seen.open if each.persons < COLLECTIVE_FROM}
    same = {each.number: each.same for group in seen.clusters.groups for each in group}
    for group in seen.clusters.groups:
        members = [small[each.number] for each in group if each.number in small]
        persons: dict[str, int] = {}
        for each in members:
            root = _origin(each.number, same)
            persons[root] = max(persons.get(root, 0), each.persons)
        total = sum(persons.values())
        if len(persons) > 1 and total >= limits.near:
            reached = "合计已达集体规模" if total >= COLLECTIVE_FROM else "合计接近集体规模"
            numbers = "、".join(each.number for each in members)
            units = _names(each.unit_name for each in members)
            scope = f"相似 {len(members)} 件"
            yield (scope, numbers, members[0].summary, units, total, reached)


def _origin(number: str, same: dict[str, str | None]) -> str:
    """The matter that a chain of repeats and doubles goes back to, as far as it is known here."""
    seen = {number}
    while (other := same.get(number)) is not None and other not in seen:
        seen.add(other)
        number = other
    return number


_REPEAT_COLUMNS = (
    Column("number", "编号", whole=True),
    Column("registered_on", "登记日期", whole=True),
    Column("summary", "事项"),
    Column("unit", "主办单位"),
    Column("reasons", "缘由"),
)


def repeats_table(seen: Seen, on: date) -> Table:
    """Open first petitions that may come back, with every reason for it (细则 6)."""
    rows: list[tuple[Value, ...]] = []
    said: dict[str, list[Voice]] = {}
    for voice in seen.said:
        said.setdefault(voice.case, []).append(voice)
    for each in seen.open:
        reasons = list(_reasons(each, said.get(each.number, []), on)) if each.first else []
        if reasons:
            told = "；".join(reasons)
            rows.append((each.number, each.registered_on, each.summary, each.unit_name, told))
    footer = (
        f"共 {len(rows)} 件：在办的初信、初访，答复逾期，或意见为不支持、解释说明而评价不满意，或信访人再次来过"
        "（细则 6）。",
    )
    return Table("可能转为重复的初信初访", _REPEAT_COLUMNS, rows, footer, key="repeats")


def _reasons(each: OpenMatter, said: list[Voice], on: date) -> Iterator[str]:
    if each.reply_due_on is not None and is_late(each.reply_due_on, on):
        yield f"答复期限 {each.reply_due_on} 已过，尚未答复"
    latest = {voice.whom: voice.rating for voice in said if voice.whom}
    refused = each.outcome in (Outcome.REJECTED, Outcome.EXPLAINED)
    if refused and each.outcome and Rating.DISSATISFIED in latest.values():
        yield f"处理意见为{Outcome(each.outcome).label}，信访人评价不满意"
    visits = [voice for voice in said if voice.persons]
    if visits:
        last = max(voice.on for voice in visits)
        yield f"登记后又来 {len(visits)} 次，最近 {last}"


_CLUSTER_COLUMNS = (
    Column("category", "类别"),
    Column("count", "件数"),
    Column("units_count", "单位数"),
    Column("summary", "事项"),
    Column("units", "主办单位"),
    Column("numbers", "编号"),
    Column("verdict", "提示"),
)


def clusters_table(seen: Seen, limits: Thresholds) -> Table:
    """Similar matters of the window, the largest clusters first; those across units are marked."""
    rows: list[tuple[Value, ...]] = []
    large = [group for group in seen.clusters.groups if len(group) >= limits.cluster]
    for group in sorted(large, key=len, reverse=True):
        units = {each.unit_name for each in group if each.unit_name}
        rows.append(
            (
                group[0].category or UNSORTED,
                len(group),
                len(units),
                group[0].summary,
                _names(each.unit_name for each in group),
                "、".join(each.number for each in group),
                "跨单位" if len(units) > 1 else None,
            )
        )
    footer = (
        f"至少 {limits.cluster} 件为一组（显示参数，本单位规定）；同一类别中，事项文字一半以上相同的连成一组。"
        + _bound(seen, limits),
    )
    return Table("相似事项聚集", _CLUSTER_COLUMNS, rows, footer, key="clusters")


def _bound(seen: Seen, limits: Thresholds) -> str:
    more = f"；另有 {seen.clusters.left_out} 件过多，未比较" if seen.clusters.left_out else ""
    return f"只比较近 {limits.days} 日登记的，每类最近 {MOST_COMPARED} 种写法{more}。"


def _names(names: Iterable[str | None]) -> str | None:
    return "、".join(dict.fromkeys(name for name in names if name)) or None
