"""What the calendar knows, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import is_firm, package_version, package_years

# The State Council publishes next year's days off around November.
NOTICE_MONTH = 11


@dataclass(frozen=True)
class CalendarState:
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
