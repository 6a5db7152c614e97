"""What rows are, and the parts that several subjects have in common."""

from __future__ import annotations

from datetime import date

from xfctl.domain.obligation import Obligation

Row = dict[str, str | int | None]
Rows = dict[str, list[Row]]


def iso_or_none(day: date | None) -> str | None:
    """A date as the tables hold it."""
    return day.isoformat() if day else None


def obligation_row(
    stream: str,
    number: str,
    each: Obligation,
    *,
    summary: str | None = None,
    handler: str | None = None,
) -> Row:
    """An obligation of a stream, shown under ``number``.

    One that is not a matter's brings its own ``summary`` and ``handler``.
    """
    return {
        "stream": stream,
        "key": each.key,
        "case": number,
        "summary": summary,
        "handler": handler,
        "owed_by": each.owed_by,
        "clock": each.duty.clock,
        "article": each.duty.article,
        "started_on": each.duty.started_on.isoformat(),
        "due_on": each.duty.due_on.isoformat(),
        "length": each.duty.length,
        "unit": each.duty.unit.value,
        "calendar": each.duty.calendar,
        "provisional": int(each.duty.provisional),
        "reminder": int(each.duty.reminder),
        "discharged_on": iso_or_none(each.discharged_on),
        "lapsed": int(each.lapsed),
    }
