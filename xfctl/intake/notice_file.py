"""A holiday notice from a file: the published text, or a small CSV."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from xfctl.domain.office_calendar import DecreedDay, NoticeImported
from xfctl.errors import FaultyFileError, InputRefusedError
from xfctl.intake.csv_sheet import decode
from xfctl.intake.given_file import input_bytes, input_name
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays
from xfctl.workdays.notice import Notice, parse_notice
from xfctl.workdays.notice_csv import parse_notice_csv

# A line of the CSV form: a whole date in its first cell. Notices never begin a line so.
_CSV_LINE = re.compile(r'^"?[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}"?[ \t]*[,;\t]', re.MULTILINE)


def read_notice(path: Path, calendar: Calendar, year: int | None) -> NoticeImported:
    """The notice in a file, understood; ``-`` reads standard input.

    ``year`` is needed only where the text names none. Raises InputRefusedError if the file
    cannot be read, or the text does not agree with itself.
    """
    data = input_bytes(path)
    name = input_name(path)
    text, _ = decode(name, data)
    if not text.strip():
        raise InputRefusedError(f"文件「{name}」是空的；请选放假通知的文本或 CSV 文件。")
    notice = _understood(name, text, calendar, year)
    return NoticeImported(
        year=notice.year,
        title=notice.title,
        annual=notice.annual,
        days=tuple(DecreedDay(each.day, each.works, each.name) for each in notice.days),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _understood(name: str, text: str, calendar: Calendar, year: int | None) -> Notice:
    if not _CSV_LINE.search(text):
        return parse_notice(text, festival_on=_festivals_before(calendar), year=year)
    try:
        return parse_notice_csv(text)
    except FaultyFileError as error:
        raise FaultyFileError(name, error.faults) from error


def _festivals_before(calendar: Calendar) -> Callable[[date], str | None]:
    """Which festival a rest day belongs to, closures of the office left aside."""
    published = Calendar(OfficeDays(calendar.office.decrees, calendar.office.noticed_years))

    def festival_on(day: date) -> str | None:
        found = published.day(day)
        return None if found.works else found.name or None

    return festival_on
