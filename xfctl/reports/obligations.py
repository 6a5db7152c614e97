"""Who owes what: overdue, due soon, and every obligation there ever was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct

from xfctl.domain.obligation import PETITIONER, is_late, late_by
from xfctl.ledger import queries
from xfctl.ledger.queries import ObligationLine
from xfctl.regulation.units import LengthUnit
from xfctl.reports.grouping import grouped, last_names
from xfctl.reports.table import Column, Row, Rows, Stream, Table, Value
from xfctl.workdays.calendar import Calendar


class Standing(Struct, frozen=True):
    """An obligation as it stands on a day.

    ``late_by`` is None when not late, else working days (days for calendar-day clocks) from the
    due date to the discharge, or to the day asked about while open; it may be 0.
    """

    line: ObligationLine
    late: bool
    late_by: int | None


def standing(line: ObligationLine, on: date, calendar: Calendar) -> Standing:
    """How an obligation stands at the end of a day."""
    until = min(line.discharged_on or on, on)
    if line.reminder or not is_late(line.due_on, until):
        return Standing(line, late=False, late_by=None)
    return Standing(line, True, late_by(line.due_on, until, LengthUnit(line.unit), calendar))


def overdue(connection: sqlite3.Connection, on: date, calendar: Calendar) -> list[Standing]:
    """What is open and past its due date at the end of a day, the longest overdue first (细则 11(1))."""
    return _standings(connection, on, calendar, due_until=on, keep=lambda each: each.late)


def due_within(
    connection: sqlite3.Connection, on: date, calendar: Calendar, days: int
) -> list[Standing]:
    """What the office or a unit must do within ``days`` working days; 0 means today.

    Reminders of the office are among them until their day has passed; rights of petitioners not.
    """
    horizon = calendar.add_working_days(on, days) if days else on

    def is_coming(each: Standing) -> bool:
        return each.line.due_on >= on and each.line.owed_by != PETITIONER

    return _standings(connection, on, calendar, due_until=horizon, keep=is_coming)


def provisional(connection: sqlite3.Connection, on: date, calendar: Calendar) -> list[Standing]:
    """What is open with a due date that no notice has confirmed yet (暂定)."""
    return _standings(
        connection, on, calendar, due_until=date.max, keep=lambda each: each.line.provisional
    )


def _standings(
    connection: sqlite3.Connection,
    on: date,
    calendar: Calendar,
    *,
    due_until: date,
    keep: Callable[[Standing], bool],
) -> list[Standing]:
    lines = queries.open_obligations(connection, on=on, due_until=due_until)
    standings = [standing(line, on, calendar) for line in lines]
    # The earliest due date is the longest overdue, whether counted in days or in working days.
    return sorted(filter(keep, standings), key=lambda each: (each.line.due_on, each.line.case))


def of_unit(standings: Iterable[Standing], unit: str | None) -> list[Standing]:
    """Those a unit owes, by its code; all of them if None."""
    return [each for each in standings if unit in (None, each.line.owed_by)]


_COLUMNS = (
    Column("case", "编号", whole=True),
    Column("summary", "事项"),
    Column("unit", "责任单位"),
    Column("article", "依据"),
    Column("started_on", "起算", whole=True),
    Column("due_on", "期限", whole=True),
)
_LATE = Column("late_by", "逾期(工作日)")
_LATE_IN_FILES = Column("late_by", "逾期天数")
_HANDLER = (Column("handler", "经办人"),)
# Files hold plain dates and numbers; what people read in the cell itself stands in columns here.
_FILE_COLUMNS = (Column("late_unit", "天数单位"), Column("provisional", "暂定"))


def overdue_table(standings: list[Standing], on: date, *, for_files: bool = False) -> Table:
    """The overdue ones; ``for_files`` for formats that programs read."""
    footer = (f"截至 {on}：逾期{_counted(standings)}。",)
    late = _LATE_IN_FILES if for_files else _LATE
    columns = (*_COLUMNS, late, *_HANDLER, *(_FILE_COLUMNS if for_files else ()))
    rows = [_row(each, late=True, for_files=for_files) for each in standings]
    return Table("逾期事项", columns, rows, footer + _provisional_note(standings))


def soon_table(standings: list[Standing], title: str, *, for_files: bool = False) -> Table:
    """Those not yet overdue, by due date."""
    columns = (*_COLUMNS, *_HANDLER, *(_FILE_COLUMNS if for_files else ()))
    rows = [_row(each, late=False, for_files=for_files) for each in standings]
    footer = (f"共{_counted(standings)}。", *_provisional_note(standings))
    return Table(title, columns, rows, footer)


def _counted(standings: list[Standing]) -> str:
    """Obligations, matters and units are three counts: one matter may owe several things.

    Neither the office nor petitioners are units; risk points, inspections and the like no matters.
    What is not among them is not counted.
    """
    cases = {each.line.case for each in standings if each.line.of_matter}
    units = {each.line.owed_by for each in standings if each.line.of_unit}
    counts = ((cases, "件事项"), (units, "个单位"))
    concerned = "、".join(f"{len(found)} {of}" for found, of in counts if found)
    return f" {len(standings)} 项{concerned and f'，涉及 {concerned}'}"


def _row(each: Standing, *, late: bool, for_files: bool) -> tuple[Value, ...]:
    line = each.line
    due_on = line.due_on if for_files or not line.provisional else f"{line.due_on} 暂定"
    late_by = each.late_by if for_files else _late_by(each)
    return (
        *(line.case, line.summary, line.owed_by_name, line.article, line.started_on, due_on),
        *((late_by,) if late else ()),
        line.handler,
        *((line.unit, line.provisional) if for_files else ()),
    )


def _late_by(each: Standing) -> Value:
    """The number alone for working days, which the heading names; days say so themselves."""
    return each.late_by if _in_working_days(each) else f"{each.late_by}日"


_LATE_BY_UNIT = [
    Column("longest", "最长(工作日)"),
    Column("total", "合计(工作日)"),
    Column("longest_days", "最长(日)"),
    Column("total_days", "合计(日)"),
]


def by_unit_table(standings: list[Standing], on: date, *, late: bool) -> Table:
    """One row a unit: how many it owes and, where ``late``, by how much they are overdue.

    A unit that was renamed is one unit, under the name it bore last.
    """
    by_unit = grouped(standings, lambda each: (each.line.owed_by,))
    names = last_names(
        (each.line.owed_by, each.line.started_on, each.line.owed_by_name) for each in standings
    )
    columns = [Column("unit", "责任单位"), Column("count", "项数")]
    if late:
        columns += _LATE_BY_UNIT
    ordered = sorted(by_unit.items(), key=lambda item: (-len(item[1]), names[item[0]]))
    rows = [_unit_row(names[unit], group, late=late) for unit, group in ordered]
    footer = f"截至 {on}：{'逾期' if late else '将到期'}{_counted(standings)}。"
    return Table("按单位汇总", tuple(columns), rows, (footer,))


def _unit_row(name: str, group: list[Standing], *, late: bool) -> tuple[Value, ...]:
    if not late:
        return (name, len(group))
    return (name, len(group), *_longest_and_total(group, working=True), *_longest_and_total(group))


def _longest_and_total(group: list[Standing], *, working: bool = False) -> tuple[Value, Value]:
    """Of the clocks counted in working days or in days; the two are never added up."""
    days = [each.late_by or 0 for each in group if _in_working_days(each) == working]
    return (max(days), sum(days)) if days else (None, None)


def _in_working_days(each: Standing) -> bool:
    return LengthUnit(each.line.unit) is LengthUnit.WORKING_DAYS


def lateness_text(each: Standing) -> str:
    """「逾期 5 个工作日」, or days for a calendar-day clock."""
    return f"逾期 {each.late_by} {'个工作日' if _in_working_days(each) else '日'}"


def _provisional_note(standings: list[Standing]) -> tuple[str, ...]:
    count = sum(each.line.provisional for each in standings)
    note = f"其中 {count} 项的期限为暂定：跨入的年份尚无放假通知，通知导入后重新计算。"
    return (note,) if count else ()


_EXPORT_COLUMNS = (
    Column("case", "编号", whole=True),
    Column("unit", "单位编号", whole=True),
    Column("clock", "期限种类"),
    Column("article", "依据"),
    Column("started_on", "起算", whole=True),
    Column("due_on", "期限", whole=True),
    Column("discharged_on", "履行日期", whole=True),
    Column("late", "逾期"),
    Column("late_by", "逾期天数"),
    Column("late_unit", "天数单位"),
    Column("provisional", "暂定"),
)
_NAME_COLUMNS = (Column("unit_name", "责任单位"), Column("summary", "事项"))


def export_table(
    lines: Iterable[ObligationLine], on: date, calendar: Calendar, *, names: bool
) -> Stream:
    """Every obligation with its standing, in the columns docs/reference.md promises.

    ``names`` adds the unit's name and the matter, for files that people read.
    """
    late = 0

    def read() -> Iterator[Row]:
        nonlocal late
        for line in lines:
            each = standing(line, on, calendar)
            late += each.late
            yield _export_row(each) + (_names(each) if names else ())

    rows = Rows(read())
    return Stream(
        "期限义务",
        _EXPORT_COLUMNS + _NAME_COLUMNS if names else _EXPORT_COLUMNS,
        rows,
        lambda: (f"共 {rows.count} 项，其中逾期 {late} 项。",),
    )


def _export_row(each: Standing) -> tuple[Value, ...]:
    line = each.line
    return (
        line.case,
        line.owed_by,
        line.clock,
        line.article,
        line.started_on,
        line.due_on,
        line.discharged_on,
        each.late,
        each.late_by,
        line.unit,
        line.provisional,
    )


def _names(each: Standing) -> tuple[Value, ...]:
    return (each.line.owed_by_name, each.line.summary)
