"""Deadlines as an iCalendar file (RFC 5545); the only module that loads icalendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from xfctl.reports.due_entries import DueEntry

if TYPE_CHECKING:
    from icalendar import Event


def ics_pieces(entries: Iterable[DueEntry], name: str, on: date) -> Iterator[bytes]:
    """A calendar called ``name``, an entry a piece.

    It is stamped with the day, so that the same ledger gives the same file.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//xfctl//petition deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    head, end, line_end = calendar.to_ical().rpartition(b"END:VCALENDAR")
    yield head
    stamp = datetime.combine(on, time(), UTC)
    for entry in entries:
        yield _event(entry, stamp).to_ical()
    yield end + line_end


def _event(entry: DueEntry, stamp: datetime) -> Event:
    """Cancelled once discharged: calendars that had it open then take it off."""
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("categories", ["信访期限"])
    event.add("transp", "TRANSPARENT")
    if entry.discharged:
        event.add("status", "CANCELLED")
        return event
    event.add("status", "TENTATIVE" if entry.provisional else "CONFIRMED")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    alarm.add("trigger", entry.remind)
    event.add_component(alarm)
    return event
