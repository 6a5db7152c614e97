"""What the office itself decides at the desk: parameters, plans, calendar, the sending of digests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from xfctl.domain import digest, office_calendar, parameters, plan
from xfctl.domain.digest import DigestClaimed, DigestFailed, DigestSent, Sending
from xfctl.domain.event import Dated
from xfctl.domain.obligation import DueDateMove
from xfctl.domain.office_calendar import CalendarFact
from xfctl.domain.parameters import ParameterSet
from xfctl.domain.plan import PlanAdopted
from xfctl.domain.recounting import owed, recounted
from xfctl.ledger import events, queries
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays

if TYPE_CHECKING:
    from xfctl.app.desk import Desk


def set_parameter(desk: Desk, setting: ParameterSet) -> None:
    """Set a local parameter from a day on; what runs already keeps its length."""
    facts = parameters.set_parameter(setting, desk.context.today)
    desk.record(parameters.STREAM, facts)


def adopt_plan(desk: Desk, on: date, entry: PlanAdopted) -> None:
    """Record a version of a unit's plan, or of the overall one (细则 8(3), 9(1))."""
    stream = plan.stream_of(entry.unit)
    held = desk.writer.state(stream)
    facts = plan.adopt(held if isinstance(held, plan.Plan) else None, entry, on, desk.world)
    desk.record(stream, facts)


def claim_digest(desk: Desk, sha256: str, destinations: tuple[str, ...], *, again: bool) -> Sending:
    """Claim the destinations that are to have today's digest and have not had it."""
    today, now = desk.context.today, desk.context.now
    history = events.stream(desk.writer.connection, digest.STREAM)
    found = digest.plan(history, today, destinations, now, again=again)
    if found.send:
        claimed = DigestClaimed(destinations=found.send, sha256=sha256)
        desk.record(digest.STREAM, [Dated(today, claimed)])
    return found


def digest_outcome(desk: Desk, sent: tuple[str, ...], failed: tuple[str, ...]) -> None:
    """Record where today's digest went, and where it could not go."""
    outcomes = (DigestSent(destinations=sent), DigestFailed(destinations=failed))
    facts = [Dated(desk.context.today, each) for each in outcomes if each.destinations]
    desk.record(digest.STREAM, facts)


def change_calendar(desk: Desk, fact: CalendarFact) -> list[DueDateMove]:
    """Record a change of the calendar and count the open obligations anew."""
    today = desk.context.today
    desk.record(office_calendar.STREAM, [Dated(today, fact)])
    days = desk.writer.state(office_calendar.STREAM)
    assert isinstance(days, OfficeDays)
    desk.world = replace(desk.world, calendar=Calendar(days))
    return recount(desk, office_calendar.describe(fact))


def recount(desk: Desk, reason: str) -> list[DueDateMove]:
    """Count every open obligation on the present calendar; each difference is recorded."""
    moves = []
    for stream in queries.streams_with_open_obligations(desk.writer.connection):
        before = desk.writer.state(stream)
        desk.record(stream, recounted(before, desk.world.calendar, reason, desk.context.today))
        after = desk.writer.state(stream)
        moves += [
            DueDateMove(stream.partition("/")[2], old, new)
            for old, new in zip(owed(before), owed(after), strict=True)
            if old != new
        ]
    return moves
