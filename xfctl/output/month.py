"""A month as a small picture of plain text, with the days that differ from an ordinary week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from xfctl.output.visible import visible
from xfctl.output.width import centre, pad

_HEADS = "一二三四五六日"
_CELL = 6
_INDENT = "  "
_SATURDAY = 5


class Day(Protocol):
    """A day as the calendar explains it; ``name`` is its festival, or empty."""

    @property
    def day(self) -> date:
        """Which day."""

    @property
    def works(self) -> bool:
        """Whether it counts as a working day."""

    @property
    def name(self) -> str:
        """The festival or closure that changes it; empty on an ordinary day."""

    @property
    def provisional(self) -> bool:
        """Whether no notice has settled it yet."""


def month_picture(year: int, month: int, days: Sequence[Day]) -> str:
    """The month as lines of at most 80 cells, ending with a newline.

    ``days`` may reach beyond the month: festivals that touch it are named with their whole range.
    """
    shown = [day for day in days if (day.day.year, day.day.month) == (year, month)]
    lines = [centre(f"{year} 年 {month} 月", _CELL * 7), "", _head()]
    lines += _weeks(shown)
    lines += _notes(shown, days)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _head() -> str:
    return "".join(pad(f"  {head}", _CELL) for head in _HEADS)


def _weeks(days: Sequence[Day]) -> Iterator[str]:
    week = ""
    for day in days:
        week = week or " " * (_CELL * day.day.weekday())
        week += pad(f"  {day.day.day:>2}{_mark(day)}", _CELL)
        if day.day.weekday() == len(_HEADS) - 1:
            yield week
            week = ""
    if week:
        yield week


def _mark(day: Day) -> str:
    """休 on a weekday off, 班 on a weekend at work, nothing on an ordinary day."""
    weekend = day.day.weekday() >= _SATURDAY
    if day.works == weekend:
        return "班" if day.works else "休"
    return ""


def _notes(shown: Sequence[Day], days: Sequence[Day]) -> Iterator[str]:
    month = {day.day for day in shown}
    named = [group for group in _groups(days) if any(day.day in month for day in group)]
    if named:
        yield ""
    yield from map(_note, named)
    if any(day.provisional for day in shown):
        yield ""
        yield f"{_INDENT}暂定：放假通知尚未公布或未导入，日期可能变动。"


def _groups(days: Iterable[Day]) -> list[list[Day]]:
    """Runs of consecutive days of one festival, all off or all at work."""
    groups: list[list[Day]] = []
    for day in days:
        if not day.name:
            continue
        if groups and _continues(groups[-1][-1], day):
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def _continues(before: Day, day: Day) -> bool:
    same = (before.name, before.works) == (day.name, day.works)
    return same and day.day - before.day == timedelta(days=1)


def _note(group: list[Day]) -> str:
    first, last = group[0], group[-1]
    span = _short(first.day) if first is last else f"{_short(first.day)}至{_short(last.day)}"
    what = "上班" if first.works else f"休息，共 {len(group)} 天" if first is not last else "休息"
    return f"{_INDENT}{visible(first.name)}：{span}{what}"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
