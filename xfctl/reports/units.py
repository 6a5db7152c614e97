"""The list of units, and one unit with what it owes."""

from __future__ import annotations

import sqlite3
from datetime import date

from dateutil.relativedelta import relativedelta

from xfctl.domain.post import NEEDED, Post
from xfctl.domain.unit import Unit
from xfctl.ledger import queries, unit_lists
from xfctl.ledger.risk_lists import PlanLine
from xfctl.ledger.supervision_lists import supervisions
from xfctl.ledger.unit_lists import AppointmentLine
from xfctl.reports import grounds, obligations, supervision
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar

_COLUMNS = (
    Column("code", "单位编号", whole=True),
    Column("name", "单位名称"),
    Column("kind", "类别"),
    Column("applies", "适用"),
    Column("parent", "上级单位"),
    Column("former_names", "曾用名"),
    Column("headcount", "教职工人数"),
    Column("former_codes", "曾用编号"),
    Column("merged_into", "已并入"),
)


def units_table(units: list[Unit]) -> Table:
    """All units by code; the columns down to the headcount are those `unit import` reads."""
    names = {unit.code: unit.name for unit in units}
    rows: list[tuple[Value, ...]] = [
        (
            unit.present_code,
            unit.name,
            unit.kind,
            unit.applies.label,
            names.get(unit.parent or ""),
            "、".join(unit.former_names) or None,
            unit.headcount,
            "、".join(unit.former_codes) or None,
            names.get(unit.merged_into or ""),
        )
        for unit in units
    ]
    merged = sum(unit.merged_on is not None for unit in units)
    told = f"，其中 {merged} 个已并入其他单位" if merged else ""
    return Table("责任单位", _COLUMNS, rows, (f"共 {len(rows)} 个单位{told}。",))


_GAP_COLUMNS = (
    Column("code", "单位编号", whole=True),
    Column("name", "单位名称"),
    Column("applies", "适用"),
    Column("missing", "缺什么"),
    Column("article", "依据"),
)
_PLAN = "细则 9(1)"
_PLAN_MONTHS = 12


def gaps_table(
    units: list[Unit], held: list[AppointmentLine], plans: list[PlanLine], on: date
) -> Table:
    """Units without a head, a 专人 or a plan of twelve months on a day (细则 5, 8(2), 9(1)).

    ``held`` are the posts held that day, ``plans`` the latest plans by it. The ledger knows when a
    unit was entered, not since when there is one: of units entered later only those are looked at
    of which it knows something by that day.
    """
    there = {(each.unit, each.post) for each in held}
    dated = {each.unit: each.dated_on for each in plans}
    recorded = {*(each.unit for each in held), *dated}
    present = [each for each in units if not each.ceased(on)]
    known = [each for each in present if each.added_on <= on or each.code in recorded]
    rows: list[tuple[Value, ...]] = []
    for unit in known:
        missing = [post for post in NEEDED if (unit.code, post.value) not in there]
        told = [(post.label, post.article) for post in missing]
        told += _plan_gap(dated.get(unit.code), on)
        if told:
            rows.append(
                (
                    unit.present_code,
                    unit.name,
                    unit.applies.label,
                    "、".join(what for what, _ in told),
                    "、".join(dict.fromkeys(article for _, article in told)),
                )
            )
    footer = [
        f"{on}：{len(rows)} 个单位有缺；补录用 xfctl unit appoint、unit import-posts、risk plan。"
    ]
    if unknown := len(present) - len(known):
        footer.append(f"另有 {unknown} 个单位在这天以后才录入账本，没有核对。")
    return Table("缺负责人、专人或预案的单位", _GAP_COLUMNS, rows, tuple(footer))


def _plan_gap(dated_on: date | None, on: date) -> list[tuple[str, str]]:
    """No plan, or one that nobody renewed for a year."""
    if dated_on is None:
        return [("预案", _PLAN)]
    if dated_on < on - relativedelta(months=_PLAN_MONTHS):
        return [(f"预案更新（现行 {dated_on}）", _PLAN)]
    return []


_POST_COLUMNS = (
    Column("post", "职务"),
    Column("name", "姓名"),
    Column("area", "分管工作"),
    Column("since", "任职", whole=True),
    Column("until", "免职", whole=True),
)


def _posts_table(held: list[AppointmentLine]) -> Table:
    """Who held which post, former holders too."""
    rows: list[tuple[Value, ...]] = [
        (Post(each.post).label, each.name, each.area, each.since, each.until) for each in held
    ]
    return Table("任职", _POST_COLUMNS, rows, key="posts")


_FIELD_COLUMNS = (Column("field", "项目"), Column("value", "内容"))


def unit_tables(
    connection: sqlite3.Connection, unit: Unit, on: date, calendar: Calendar
) -> list[Table]:
    """One unit: particulars, what it owes, its open supervisions, grounds not supervised."""
    names = {each.code: each.name for each in queries.units(connection)}
    particulars: list[tuple[Value, ...]] = [
        (name, value)
        for name, value in (
            ("编号", unit.present_code),
            ("名称", unit.name),
            ("类别", unit.kind),
            ("适用", unit.applies.label),
            ("上级单位", names.get(unit.parent or "")),
            ("曾用名", "、".join(unit.former_names) or None),
            ("曾用编号", "、".join(unit.former_codes) or None),
            ("已并入", unit.merged_on and f"{names[unit.merged_into or '']}（{unit.merged_on}）"),
            ("教职工人数", f"{unit.headcount}" if unit.headcount else None),
        )
        if value is not None
    ]
    overdue = obligations.of_unit(obligations.overdue(connection, on, calendar), unit.code)
    open_ones = supervisions(connection, unit=unit.code, open_on=on)
    return [
        Table(f"{unit.present_code} {unit.name}", _FIELD_COLUMNS, particulars, key="unit"),
        _posts_table(unit_lists.appointments(connection, unit=unit.code)),
        obligations.overdue_table(overdue, on),
        supervision.list_table(open_ones, on, calendar),
        grounds.due_table(grounds.due(connection, on, unit.code), [], on),
    ]
