"""What the calendar knows, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.obligation import DueDateMove
from xfctl.domain.office_calendar import NoticeImported
from xfctl.reports.counted_days import days_table
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import Day, Decree, is_firm, package_version, package_years

# The State Council publishes next year's days off around November.
NOTICE_MONTH = 11


class CalendarState(Struct, frozen=True):
    """Which years rest on a published notice, and what to do about those that do not."""

    package: str
    package_years: range
    imported_years: tuple[int, ...]
    closures: tuple[date, ...]
    warnings: tuple[str, ...]


def calendar_state(calendar: Calendar, today: date) -> CalendarState:
    """The state of the calendar on a day."""
    office = calendar.office
    return CalendarState(
        package=package_version(),
        package_years=package_years(),
        imported_years=tuple(sorted(office.noticed_years)),
        closures=tuple(sorted(office.closures)),
        warnings=calendar_warnings(calendar, today),
    )


def calendar_warnings(calendar: Calendar, today: date) -> tuple[str, ...]:
    """What an officer must do about missing notices: this year at once, next year from November."""
    advice = "请用 xfctl calendar import 导入国务院办公厅放假通知。"
    missing = []
    if not is_firm(today.year, calendar.office):
        missing.append(f"{today.year} 年没有放假通知，今年的期限都是暂定的；{advice}")
    if today.month >= NOTICE_MONTH and not is_firm(today.year + 1, calendar.office):
        missing.append(f"{today.year + 1} 年还没有放假通知，跨年的期限都是暂定的；{advice}")
    return tuple(missing)


def state_lines(state: CalendarState) -> list[str]:
    """The state as lines for the terminal."""
    first, last = state.package_years[0], state.package_years[-1]
    imported = "、".join(map(str, state.imported_years)) or "无"
    return [
        f"随程序安装的放假数据：{state.package}，{first}–{last} 年确定",
        f"已导入通知的年份：{imported}",
        f"本单位停办日：{len(state.closures)} 天",
        "其余年份：按法定节假日与周末推定，期限标为「暂定」",
    ]


def due_date(calendar: Calendar, start: date, count: int, *, working: bool, forward: bool) -> date:
    """The day ``count`` working days, or calendar days, after or before ``start``."""
    if working:
        add = calendar.add_working_days if forward else calendar.subtract_working_days
    else:
        add = calendar.add_days if forward else calendar.subtract_days
    return add(start, count)


def due_table(calendar: Calendar, start: date, due: date, count: int, *, working: bool) -> Table:
    """The count day by day, backwards when the due date lies before the start."""
    unit = "个工作日" if working else "日"
    forward = due >= start
    title = f"{start} {'起' if forward else '往前'} {count} {unit}：{due}"
    days = calendar.explain(start, due, working=working, length=count)
    rolled = () if working or len(days) == count + 1 else ("末日是休息日，移到工作日。",)
    return days_table(days, title, rolled)


def days_around(calendar: Calendar, year: int, month: int) -> list[Day]:
    """The days of a month and of the weeks around it, so that holidays are seen whole."""
    first = date(year, month, 1) - timedelta(days=15)
    return [calendar.day(first + timedelta(days=offset)) for offset in range(62)]


def notice_months(
    calendar: Calendar, notice: NoticeImported
) -> Iterator[tuple[int, int, list[Day]]]:
    """The months a notice touches, as they will be once it is taken."""
    decrees = {each.day: Decree(each.works, each.name, notice.title) for each in notice.days}
    office = calendar.office
    years = office.noticed_years | ({notice.year} if notice.annual else set())
    after = Calendar(replace(office, decrees={**office.decrees, **decrees}, noticed_years=years))
    for year, month in sorted({(each.day.year, each.day.month) for each in notice.days}):
        yield year, month, days_around(after, year, month)


_MOVE_COLUMNS = (
    Column("case", "编号", whole=True),
    Column("article", "依据"),
    Column("started_on", "起算", whole=True),
    Column("before", "原期限", whole=True),
    Column("after", "新期限", whole=True),
)


def moves_table(moves: list[DueDateMove]) -> Table:
    """The due dates that a change of the calendar moved or made firm."""
    rows: list[tuple[Value, ...]] = [
        (
            move.case,
            move.after.duty.article,
            move.after.duty.started_on,
            _due_text(move.before.duty.due_on, provisional=move.before.duty.provisional),
            _due_text(move.after.duty.due_on, provisional=move.after.duty.provisional),
        )
        for move in moves
    ]
    return Table("期限变动", _MOVE_COLUMNS, rows)


def _due_text(due_on: date, *, provisional: bool) -> str:
    return f"{due_on} 暂定" if provisional else f"{due_on}"
