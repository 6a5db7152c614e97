"""Deadlines as an iCalendar file (RFC 5545); the only module that loads icalendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from xfctl.reports.due_entries import DueEntry

if TYPE_CHECKING:
    from icalendar import Event


def ics_text(entries: Iterable[DueEntry], name: str, on: date) -> str:
    """A calendar called ``name``; stamped with the day, so the same ledger gives the same file."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//xfctl//petition deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    stamp = datetime.combine(on, time(), UTC)
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    data: bytes = calendar.to_ical()
    return data.decode("utf-8")


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
