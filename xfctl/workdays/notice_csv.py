"""Read holiday arrangements from a small table: 日期, 休/班, 名称, one day a line.

For offices that type the notice themselves, and for a notice whose wording ``parse_notice`` does
not know. The text is already decoded; commas or tabs separate the cells.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from datetime import date

from xfctl.errors import Fault, FaultyFileError, InputRefusedError
from xfctl.workdays.notice import Notice, NoticeDay
from xfctl.workdays.notice_festivals import NATIONAL, NEW_YEAR, SPRING, festivals_in
from xfctl.workdays.notice_text import YEARS

_COLUMNS = ("日期", "休/班", "名称")
_KINDS = {
    **dict.fromkeys(("休", "放假", "休息", "假"), False),
    **dict.fromkeys(("班", "上班", "调休上班", "工作"), True),
}
_DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))"
)
_TITLE = "{year}年放假安排表"
# Festivals whose presence shows that a table arranges the whole year.
_WHOLE_YEAR = {NEW_YEAR, SPRING, NATIONAL}


def parse_notice_csv(text: str) -> Notice:
    """Understand a table of days, with or without a header line.

    The year is the one most days fall in; days may reach one month into its neighbours. It is
    annual when 元旦, 春节 and 国庆节 all have rest days. Raises FaultyFileError listing every bad
    cell by row and column, or InputRefusedError when there are no days at all.
    """
    faults: list[Fault] = []
    days: dict[date, NoticeDay] = {}
    for row, cells in _rows(text):
        if (day := _day(row, cells, faults)) is None:
            continue
        if day.day in days:
            faults.append(Fault(row, _COLUMNS[0], f"{day.day} 重复出现，请只留一行"))
        days[day.day] = day
    if not days and not faults:
        raise InputRefusedError("表格里没有任何日期，请按「日期,休/班,名称」每天写一行。")
    year = _year(days, faults)
    if faults:
        raise FaultyFileError("放假安排表", faults)
    rest = {name for day in days.values() if not day.works for name in festivals_in(day.name)}
    title = _TITLE.format(year=year)
    return Notice(year, title, rest >= _WHOLE_YEAR, tuple(days[key] for key in sorted(days)))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, numbered as a spreadsheet does, without the header."""
    lines = unicodedata.normalize("NFKC", text).removeprefix("\ufeff").splitlines()
    delimiter = "\t" if any("\t" in line for line in lines) else ","
    cells = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        stripped = [[cell.strip() for cell in row] for row in cells]
    except csv.Error as error:
        raise InputRefusedError(
            "表格里有一格太长，或引号没有成对；请按「日期,休/班,名称」每天写一行。"
        ) from error
    rows = [(number, row) for number, row in enumerate(stripped, start=1) if any(row)]
    has_header = bool(rows) and rows[0][1][0].lower() in {"日期", "date"}
    return rows[1:] if has_header else rows


def _day(row: int, cells: list[str], faults: list[Fault]) -> NoticeDay | None:
    """One row as a day; what is wrong with it goes into ``faults``."""
    if len(cells) != len(_COLUMNS):
        faults.append(
            Fault(row, "", f"应有{len(_COLUMNS)}格（{'、'.join(_COLUMNS)}），却有{len(cells)}格")
        )
        return None
    day = _date(cells[0])
    wrong = (
        (day is None, f"「{cells[0]}」不是日期，或不会有那一年的通知，请写成 2026-10-01 的样子"),
        (cells[1] not in _KINDS, f"「{cells[1]}」应为「休」或「班」"),
        (not cells[2], "缺少节日名称"),
    )
    bad = [
        Fault(row, column, reason)
        for column, (is_bad, reason) in zip(_COLUMNS, wrong, strict=True)
        if is_bad
    ]
    faults += bad
    return None if bad or day is None else NoticeDay(day, _KINDS[cells[1]], _name(cells[2]))


def _date(cell: str) -> date | None:
    match = _DATE.fullmatch(cell)
    if not match:
        return None
    year, _, *others = match.groups()
    month, day = (int(part) for part in others if part)
    try:
        found = date(int(year), month, day)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _name(cell: str) -> str:
    """The festival by its notice name when the cell names just one, else as written."""
    known = festivals_in(cell)
    return known[0] if len(known) == 1 else cell


def _year(days: dict[date, NoticeDay], faults: list[Fault]) -> int:
    """The year of most days; a day beyond its neighbouring months is a typing error."""
    if not days:
        return 0
    year = Counter(day.year for day in days).most_common(1)[0][0]
    first, last = date(year - 1, 12, 1), date(year + 1, 1, 31)
    faults += [
        Fault(0, _COLUMNS[0], f"{day} 与其余日期（{year}年）相距太远，请核对年份")
        for day in sorted(days)
        if not first <= day <= last
    ]
    return year
