"""Load, decide, append, evolve: one command, or many, in one transaction.

``Desk`` is where the pure rules meet the ledger. The command line, the importer and the demo all
work through it, so each obeys the same rules and stores the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from xfctl.domain import case as cases
from xfctl.domain import case_commands, office_calendar
from xfctl.domain import unit as units
from xfctl.domain.case import Case, CaseRegistered, IdentityRevealed
from xfctl.domain.case_commands import AssignCase, CloseCase, GiveFeedback, ReceiveCase, World
from xfctl.domain.event import Dated
from xfctl.domain.identity import Identity
from xfctl.domain.obligation import DueDateMove
from xfctl.domain.office_calendar import CalendarFact
from xfctl.domain.unit import UnitAdded, UnitDirectory
from xfctl.domain.wording import check_text
from xfctl.ledger import queries
from xfctl.ledger.connection import Ledger
from xfctl.ledger.load import unknown_case
from xfctl.ledger.writer import Writer, writing
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays

Step: TypeAlias = AssignCase | ReceiveCase | GiveFeedback | CloseCase


@dataclass(frozen=True)
class Context:
    """Who acts, and when: ``today`` in Asia/Shanghai decides dates, ``now`` is only recorded."""

    today: date
    now: datetime
    actor: str


@contextmanager
def at_desk(ledger: Ledger, context: Context) -> Iterator[Desk]:
    """A desk for one transaction: all that is done at it is stored, or nothing."""
    with writing(ledger, context.actor, context.now) as writer:
        yield Desk(writer, context)


class Desk:
    """Carries out commands inside one write transaction."""

    def __init__(self, writer: Writer, context: Context) -> None:
        self._writer = writer
        self._context = context
        calendar = Calendar(queries.office_days(writer.connection))
        self.world = World(context.today, calendar, clocks())
        self.units = UnitDirectory(queries.units(writer.connection))
        self._last_numbers: dict[str, int] = {}

    def register(self, on: date, entry: CaseRegistered, identity: Identity | None = None) -> Case:
        """Register a matter; an empty number takes the next one of its year."""
        entry = replace(entry, number=entry.number or self._next_number(on))
        if identity:
            entry = replace(entry, petitioner=self._writer.keep_identity(identity))
        facts = case_commands.register(self.find(entry.number), entry, on, self.world)
        return self._record(entry.number, facts)

    def step(self, command: Step) -> Case:
        """Take one step with a registered matter; returns the matter after it."""
        case = self.case(command.number)
        facts = case_commands.decide(command, case, self.world)
        return self._record(command.number, facts)

    def add_unit(self, entry: UnitAdded, on: date) -> None:
        """Add a unit to the list."""
        facts = units.add(entry, on, self.units)
        self.units.add(entry)
        self._writer.record(units.stream_of(entry.code), facts)

    def reveal(self, number: str, reason: str) -> Identity:
        """Who the petitioner is; that it was asked, by whom and why goes on record (细则 7)."""
        case = self.case(number)
        fact = IdentityRevealed(reason=check_text(reason, "查看理由"))
        self._writer.record(cases.stream_of(number), [Dated(self._context.today, fact)])
        token = case.entry.petitioner
        return queries.identity(self._writer.connection, token) if token else Identity()

    def change_calendar(self, fact: CalendarFact) -> list[DueDateMove]:
        """Record a change of the calendar and count the open obligations anew."""
        today = self._context.today
        self._writer.record(office_calendar.STREAM, [Dated(today, fact)])
        days = self._writer.state(office_calendar.STREAM)
        assert isinstance(days, OfficeDays)
        self.world = replace(self.world, calendar=Calendar(days))
        return self.recount(office_calendar.describe(fact))

    def recount(self, reason: str) -> list[DueDateMove]:
        """Count every open obligation on the present calendar; each difference is recorded."""
        moves = []
        for number in queries.numbers_with_open_obligations(self._writer.connection):
            before = self.case(number)
            facts = case_commands.recount_open(
                before, self.world.calendar, reason, self._context.today
            )
            after = self._record(number, facts)
            moves += [
                DueDateMove(number, old, new)
                for old, new in zip(before.obligations, after.obligations, strict=True)
                if old != new
            ]
        return moves

    def case(self, number: str) -> Case:
        """A registered matter. Raises InputRefusedError if there is none of that number."""
        found = self.find(number)
        if found is None:
            raise unknown_case(number)
        return found

    def find(self, number: str) -> Case | None:
        """A matter by its number, or None."""
        state = self._writer.state(cases.stream_of(number))
        return state if isinstance(state, Case) else None

    def _record(self, number: str, facts: list[Dated]) -> Case:
        self._writer.record(cases.stream_of(number), facts)
        return self.case(number)

    def _next_number(self, on: date) -> str:
        prefix = f"XF{on.year}-"
        last = self._last_numbers.get(prefix)
        if last is None:
            last = queries.last_number(self._writer.connection, prefix)
        self._last_numbers[prefix] = last + 1
        return f"{prefix}{last + 1:04d}"
