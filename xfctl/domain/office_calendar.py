"""What the office records about the calendar: imported notices and local closures."""

from __future__ import annotations

from datetime import date
from functools import singledispatch
from typing import TypeAlias, TypeVar

from msgspec.structs import replace

from xfctl.domain.event import Event, Stored, fact
from xfctl.domain.wording import check_text
from xfctl.errors import InputRefusedError
from xfctl.workdays.days import Decree, OfficeDays

STREAM = "calendar"


class DecreedDay(Stored, frozen=True):
    """One day of a notice: at work or not, and for which festival."""

    day: date
    works: bool
    name: str


@fact("calendar.notice_imported")
class NoticeImported(Stored, frozen=True, kw_only=True):
    """A State Council notice was taken; an ``annual`` one makes its year firm.

    ``digest`` is the SHA-256 of the notice's text, in hexadecimal.
    """

    year: int
    title: str
    annual: bool
    days: tuple[DecreedDay, ...]
    digest: str

    @property
    def rest_days(self) -> int:
        """How many days off it grants, weekend days among them."""
        return sum(not each.works for each in self.days)

    @property
    def make_up_days(self) -> int:
        """How many weekend days it puts to work."""
        return sum(each.works for each in self.days)


@fact("calendar.closure_recorded")
class ClosureRecorded(Stored, frozen=True, kw_only=True):
    """The office closed on its own account (本单位停办); those days do not count."""

    first: date
    last: date
    reason: str


@fact("calendar.closure_withdrawn")
class ClosureWithdrawn(Stored, frozen=True, kw_only=True):
    """Recorded closures within the days named no longer hold."""

    first: date
    last: date
    reason: str


CalendarFact: TypeAlias = NoticeImported | ClosureRecorded | ClosureWithdrawn
Closure = TypeVar("Closure", ClosureRecorded, ClosureWithdrawn)

LONGEST_CLOSURE = 60  # days; longer ones are typing errors: vacations stop no clock


def check_closure(fact: Closure) -> Closure:
    """A closure or its withdrawal, if its days make sense. Raises InputRefusedError otherwise."""
    if fact.last < fact.first:
        raise InputRefusedError(f"止日 {fact.last} 早于起日 {fact.first}；请把两个日期对调。")
    if (fact.last - fact.first).days >= LONGEST_CLOSURE:
        raise InputRefusedError(
            f"{fact.first} 至 {fact.last} 超过 {LONGEST_CLOSURE} 天；请核对日期。"
        )
    return replace(fact, reason=check_text(fact.reason, "理由"))


def describe(fact: CalendarFact) -> str:
    """A fact of the calendar as one Chinese phrase, for the record of what it changed."""
    match fact:
        case NoticeImported():
            return f"导入放假通知：{fact.title}"
        case ClosureRecorded():
            return f"本单位停办 {fact.first} 至 {fact.last}：{fact.reason}"
        case ClosureWithdrawn():
            return f"撤销停办 {fact.first} 至 {fact.last}：{fact.reason}"


def evolve(days: OfficeDays | None, event: Event) -> OfficeDays:
    """Fold one event into the recorded days; later notices come on top, day by day."""
    return _apply(event.fact, days or OfficeDays())


@singledispatch
def _apply(fact: object, days: OfficeDays) -> OfficeDays:
    raise TypeError(f"not a fact of the calendar: {type(fact).__name__}")


@_apply.register(NoticeImported)
def _(fact: NoticeImported, days: OfficeDays) -> OfficeDays:
    decreed = {each.day: Decree(each.works, each.name, fact.title) for each in fact.days}
    years = days.noticed_years | {fact.year} if fact.annual else days.noticed_years
    return replace(days, decrees={**days.decrees, **decreed}, noticed_years=frozenset(years))


@_apply.register(ClosureRecorded)
def _(fact: ClosureRecorded, days: OfficeDays) -> OfficeDays:
    closed = dict.fromkeys(_span(fact.first, fact.last), fact.reason)
    return replace(days, closures={**days.closures, **closed})


@_apply.register(ClosureWithdrawn)
def _(fact: ClosureWithdrawn, days: OfficeDays) -> OfficeDays:
    open_again = set(_span(fact.first, fact.last))
    kept = {day: reason for day, reason in days.closures.items() if day not in open_again}
    return replace(days, closures=kept)


def _span(first: date, last: date) -> list[date]:
    return [date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1)]
