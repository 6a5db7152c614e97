"""Read a State Council holiday notice, as published, into the days it decrees.

The copies officers find on the web are often damaged, so nothing is guessed: every word of every
item must be understood, and the notice's own figures must agree, or the text is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from xfctl.workdays.notice_checks import check_notice
from xfctl.workdays.notice_clauses import read_clauses
from xfctl.workdays.notice_dates import Reader
from xfctl.workdays.notice_festivals import NATIONAL, NEW_YEAR, festivals_in
from xfctl.workdays.notice_items import Arrangement, arrange
from xfctl.workdays.notice_text import Item, NoticeText, take_apart


class NoticeDay(Struct, frozen=True):
    """One day decreed; a make-up day bears the festival it makes up for."""

    day: date
    works: bool
    name: str


class Notice(Struct, frozen=True):
    """A notice understood; ``annual`` when it arranges the whole year, else it supplements.

    ``days`` are sorted and unique, hold the weekend days inside a holiday, and may reach into
    the year before.
    """

    year: int
    title: str
    annual: bool
    days: tuple[NoticeDay, ...]


def parse_notice(
    text: str, *, festival_on: Callable[[date], str | None], year: int | None = None
) -> Notice:
    """Understand a whole notice or refuse it.

    ``festival_on`` names the festival a rest day belongs to before this notice; ``year`` is
    needed only where the text does not tell it. Raises InputRefusedError with one sentence.
    """
    parts = take_apart(text, year)
    present = _present_days(parts.year, festival_on)
    items = tuple(_arrangement(item, parts, present) for item in parts.items)
    check_notice(parts, items, present)
    days = sorted(_days(items, present), key=lambda each: each.day)
    return Notice(parts.year, parts.title, parts.annual, tuple(days))


def _present_days(year: int, festival_on: Callable[[date], str | None]) -> dict[str, set[date]]:
    """The rest days of each festival of a year under the calendar so far."""
    found: dict[str, set[date]] = {}
    for offset in range(366):
        day = date(year, 1, 1) + timedelta(days=offset)
        if (name := festival_on(day)) and day.year == year:
            for festival in festivals_in(name) or (name,):
                found.setdefault(festival, set()).add(day)
    return found


def _arrangement(item: Item, parts: NoticeText, present: dict[str, set[date]]) -> Arrangement:
    festivals = item.festivals
    if not festivals and not parts.annual and parts.subject:
        festivals = (parts.subject,)
    reader = Reader(parts.year, december_before=NEW_YEAR in festivals)
    clauses = read_clauses(item.body, reader, annual=parts.annual)
    return arrange(clauses, festivals, item.quote, present)


def _days(items: tuple[Arrangement, ...], present: dict[str, set[date]]) -> Iterator[NoticeDay]:
    for item in items:
        main = NATIONAL if NATIONAL in item.festivals else "".join(item.festivals[:1])
        for day in item.rest:
            own = [name for name in item.festivals if day in present.get(name, ())]
            yield NoticeDay(day, False, own[0] if len(own) == 1 else main)
        for day in item.work:
            yield NoticeDay(day, True, main)
