"""Load, decide, append, evolve: one command, or many, in one transaction.

``Desk`` is where the pure rules meet the ledger. The command line, the importer and the demo all
work through it, so each obeys the same rules and stores the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from xfctl.domain import candidate, digest, office_calendar, parameters, plan, steps, unit_rules
from xfctl.domain import case as cases
from xfctl.domain import unit as units
from xfctl.domain.accountability.facts import Person, PersonsRevealed
from xfctl.domain.accountability.people import answerable
from xfctl.domain.accountability.proposal import Propose, propose
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseRegistered, IdentityRevealed, LetterSent
from xfctl.domain.classification import Relation
from xfctl.domain.digest import DigestClaimed, DigestFailed, DigestSent, Plan
from xfctl.domain.event import Dated
from xfctl.domain.identity import Identity, plain_name
from xfctl.domain.likeness import ALIKE, likeness
from xfctl.domain.obligation import DueDateMove
from xfctl.domain.office_calendar import CalendarFact
from xfctl.domain.parameters import Parameters, ParameterSet
from xfctl.domain.plan import PlanAdopted
from xfctl.domain.post import LeaderRevealed
from xfctl.domain.recounting import owed, recounted
from xfctl.domain.steps.accusation import NameAccused
from xfctl.domain.steps.handling import AssignCase
from xfctl.domain.steps.registration import register
from xfctl.domain.steps.relations import LinkCases
from xfctl.domain.steps.world import Command, World, check_not_before
from xfctl.domain.supervision import (
    OpenSupervision,
    Supervision,
    open_supervision,
)
from xfctl.domain.unit import UnitAdded, UnitRecord
from xfctl.domain.unit_directory import UnitDirectory
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.errors import RuleRefusedError
from xfctl.ledger import accusations, case_lists, events, petitioners, queries, supervision_lists
from xfctl.ledger.connection import Ledger
from xfctl.ledger.load import ACCOUNTABILITIES, CASES, SUPERVISIONS, Kind
from xfctl.ledger.petitioners import Earlier
from xfctl.ledger.writer import Writer, writing
from xfctl.regulation.clocks import clocks
from xfctl.regulation.ladder import ladder
from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import OfficeDays

S = TypeVar("S")


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
        self.world = World(
            context.today,
            Calendar(queries.office_days(writer.connection)),
            clocks(),
            Parameters(tuple(queries.parameters(writer.connection))),
        )
        self.units = UnitDirectory(queries.units(writer.connection))
        self._last_numbers: dict[str, int] = {}

    def register(
        self,
        on: date,
        entry: CaseRegistered,
        identity: Identity | None = None,
        *,
        signatories: Sequence[Identity] = (),
        accused: Sequence[Identity] = (),
        tracked: bool = True,
    ) -> Case:
        """Register a matter; an empty number takes the next one of its year.

        ``signatories`` are further persons of a joint letter, ``accused`` the persons whom a
        检举控告 is about; ``tracked`` as in the rule.
        """
        entry = replace(entry, number=entry.number or self._next_number(on))
        if identity:
            entry = replace(
                entry,
                petitioner=self._writer.keep_identity(identity),
                contactable=bool(identity.phone or identity.address),
            )
        tokens = tuple(self._writer.keep_identity(each) for each in signatories)
        entry = replace(entry, signatories=tokens)
        facts = register(self.find(entry.number), entry, on, self.world, tracked=tracked)
        registered = self._record(entry.number, facts)
        return self.name_accused(registered.number, on, accused) if accused else registered

    def name_accused(self, number: str, on: date, accused: Sequence[Identity]) -> Case:
        """Record whom an accusation is about; their names are kept outside the events."""
        names = (check_text(each.name or "", "被反映人", LONGEST_NAME) for each in accused)
        tokens = tuple(
            self._writer.keep_identity(Identity(name=plain_name(name))) for name in names
        )
        return self.step(NameAccused(number=number, on=on, accused=tokens))

    def alike(self, summary: str, identity: Identity) -> list[Earlier]:
        """Matters of the same petitioner that look like this one, the likest first (细则 6)."""
        known = petitioners.earlier_matters(self._writer.connection, identity)
        scored = [(likeness(summary, each.summary), each) for each in known]
        return [each for score, each in sorted(scored, key=_by_score) if score >= ALIKE]

    def step(self, command: Command) -> Case:
        """Take one step with a registered matter; returns the matter after it."""
        if isinstance(command, LinkCases):
            self._check_no_circle(command)
        if isinstance(command, AssignCase):
            self.units.acting(command.unit, command.on)
        case = self.case(command.number)
        facts = steps.decide(command, case, self.world)
        redacted = accusations.redacted(self._writer.connection, command, case)
        return self._record(command.number, [*redacted, *facts])

    def split(self, number: str, summaries: Sequence[str]) -> list[Case]:
        """Register the further matters of one letter as cases of their own, linked to it."""
        case = self.case(number)
        parts = []
        for summary in summaries:
            entry = replace(case.entry, number="", summary=summary, opens=())
            entry = replace(entry, number=self._next_number(case.registered_on))
            facts = register(None, entry, case.registered_on, self.world)
            self._record(entry.number, facts)
            if case.accused:
                named = NameAccused(
                    number=entry.number, on=case.registered_on, accused=case.accused
                )
                self.step(named)
            parts.append(self.step(self._link(entry.number, number, Relation.SPLIT_FROM)))
        return parts

    def link(self, number: str, other: str, relation: Relation) -> Case:
        """Say how a matter belongs to another."""
        return self.step(self._link(number, other, relation))

    def add_unit(self, entry: UnitAdded, on: date) -> None:
        """Add a unit to the list."""
        facts = unit_rules.add(entry, on, self.units)
        self._record_unit(entry.code, facts)

    def on_unit(self, text: str, decide: Callable[[UnitRecord, World], list[Dated]]) -> UnitRecord:
        """Take one step with a unit known by any of its words; returns it after the step."""
        code = self.units.find(text).code
        return self._record_unit(code, decide(self.unit_record(code), self.world))

    def unit_record(self, code: str) -> UnitRecord:
        """A unit and its posts, by the code under which it entered."""
        record = self._writer.state(units.stream_of(code))
        assert isinstance(record, UnitRecord), "the directory knows only units of the ledger"
        return record

    def set_parameter(self, setting: ParameterSet) -> None:
        """Set a local parameter from a day on; what runs already keeps its length."""
        facts = parameters.set_parameter(setting, self._context.today)
        self._writer.record(parameters.STREAM, facts)

    def reveal(self, number: str, reason: str) -> list[Identity]:
        """Who the petitioners are; that it was asked, by whom and why goes on record (细则 7)."""
        case = self.case(number)
        fact = IdentityRevealed(reason=check_text(reason, "查看理由"))
        self._writer.record(cases.stream_of(number), [Dated(self._context.today, fact)])
        return petitioners.of_case(self._writer.connection, case)

    def masked(self, number: str) -> list[Identity]:
        """Who the petitioners are, as anyone may see it."""
        found = petitioners.of_case(self._writer.connection, self.case(number))
        return [each.masked() for each in found]

    def accused(self, case: Case, units: Iterable[str], on: date) -> frozenset[str]:
        """Which of the units may not read an accusation on a day (细则 13(8))."""
        return accusations.among(self._writer.connection, case, units, on)

    def letter_sent(self, number: str, on: date, fact: LetterSent) -> None:
        """Record that a letter on a matter was made out."""
        self._record(number, [Dated(on, fact)])

    def times_supervised(self, state: Supervision) -> int:
        """Which supervision of its first matter this is."""
        first = state.entry.cases[0]
        lines = supervision_lists.supervisions(self._writer.connection, case=first)
        return next(each.nth for each in lines if each.number == state.number)

    def supervise(self, command: OpenSupervision) -> Supervision:
        """Open a supervision over registered matters, under the next number of its year."""
        self.units.acting(command.unit, command.on)
        matters = [self.case(number) for number in command.cases]
        for each in matters:
            self._record(each.number, accusations.redacted(self._writer.connection, command, each))
        return self.begin(
            SUPERVISIONS,
            command.on,
            lambda number, world: open_supervision(command, number, matters, world),
        )

    def begin(self, kind: Kind[S], on: date, decide: Callable[[str, World], list[Dated]]) -> S:
        """Begin a record of a kind under the next number of its year; returns it."""
        number = self._running_number(kind.name, f"{kind.prefix}{on.year}-")
        self._writer.record(kind.stream(number), decide(number, self.world))
        return self.get(kind, number)

    def on(self, kind: Kind[S], number: str, decide: Callable[[S, World], list[Dated]]) -> S:
        """Take one step with a record of a kind; returns it after the step."""
        facts = decide(self.get(kind, number), self.world)
        self._writer.record(kind.stream(number), facts)
        return self.get(kind, number)

    def get(self, kind: Kind[S], number: str) -> S:
        """A record of a kind. Raises InputRefusedError if none bears the number."""
        return kind.checked(self._writer.state(kind.stream(number)), number)

    def propose(self, command: Propose) -> Accountability:
        """Propose accountability; who answers is filled in from the posts of the day in question.

        Names are kept outside the events.
        """
        self.units.acting(command.unit, command.day_in_question)
        for number in command.cases:
            registered_on = self.case(number).registered_on
            check_not_before(command.on, registered_on, "建议日期", f"事项 {number} 的登记日期")
        before = self.get(ACCOUNTABILITIES, command.after) if command.after else None
        rules = ladder(command.day_in_question)
        posts = self.unit_record(command.unit).posts
        named = answerable(posts, command.day_in_question, command.nature, command.people, rules)
        persons = [
            Person(
                number=number,
                token=self._writer.keep_identity(Identity(name=each.name)),
                post=each.post,
                role=each.role,
                leads=each.leads,
                changed=each.changed,
            )
            for number, each in enumerate(named, start=1)
        ]
        return self.begin(
            ACCOUNTABILITIES,
            command.on,
            lambda number, world: propose(command, number, persons, before, rules, world),
        )

    def reveal_persons(self, numbers: Iterable[str], reason: str) -> None:
        """Put on record that someone is shown who is held to account, and why."""
        revealed = PersonsRevealed(reason=check_text(reason, "查看理由"))
        for number in numbers:
            self.on(ACCOUNTABILITIES, number, lambda *_: [Dated(self._context.today, revealed)])

    def persons(self, state: Accountability, reason: str | None) -> dict[int, str]:
        """Who is held to account, by number: masked, or in full where a reason goes on record."""
        connection = self._writer.connection
        who = {
            each.number: petitioners.identity(connection, each.token)
            for each in state.entry.persons
        }
        if reason is None:
            who = {number: each.masked() for number, each in who.items()}
        else:
            self.reveal_persons([state.number], reason)
        return {number: each.name or f"第 {number} 人" for number, each in who.items()}

    def reveal_leader(self, posts: Iterable[tuple[str, int]], reason: str) -> None:
        """Put on record, with each post (unit, number), that its holder's record is shown."""
        why = check_text(reason, "查看理由")
        for unit, number in posts:
            revealed = LeaderRevealed(appointment=number, reason=why)
            self._record_unit(unit, [Dated(self._context.today, revealed)])

    def set_aside(self, key: str, reason: str) -> None:
        """Record that no accountability will be proposed over a candidate."""
        facts = candidate.set_aside(key, reason, self._context.today)
        self._writer.record(candidate.STREAM, facts)

    def adopt_plan(self, on: date, entry: PlanAdopted) -> None:
        """Record a version of a unit's plan, or of the overall one (细则 8(3), 9(1))."""
        stream = plan.stream_of(entry.unit)
        held = self._writer.state(stream)
        facts = plan.adopt(held if isinstance(held, plan.Plan) else None, entry, on, self.world)
        self._writer.record(stream, facts)

    def claim_digest(self, sha256: str, destinations: tuple[str, ...], *, again: bool) -> Plan:
        """Claim the destinations that are to have today's digest and have not had it."""
        today, now = self._context.today, self._context.now
        history = events.stream(self._writer.connection, digest.STREAM)
        found = digest.plan(history, today, destinations, now, again=again)
        if found.send:
            claimed = DigestClaimed(destinations=found.send, sha256=sha256)
            self._writer.record(digest.STREAM, [Dated(today, claimed)])
        return found

    def digest_outcome(self, sent: tuple[str, ...], failed: tuple[str, ...]) -> None:
        """Record where today's digest went, and where it could not go."""
        outcomes = (DigestSent(destinations=sent), DigestFailed(destinations=failed))
        facts = [Dated(self._context.today, each) for each in outcomes if each.destinations]
        self._writer.record(digest.STREAM, facts)

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
        for stream in queries.streams_with_open_obligations(self._writer.connection):
            before = self._writer.state(stream)
            facts = recounted(before, self.world.calendar, reason, self._context.today)
            self._writer.record(stream, facts)
            after = self._writer.state(stream)
            moves += [
                DueDateMove(stream.partition("/")[2], old, new)
                for old, new in zip(owed(before), owed(after), strict=True)
                if old != new
            ]
        return moves

    def case(self, number: str) -> Case:
        """A registered matter. Raises InputRefusedError if there is none of that number."""
        return self.get(CASES, number)

    def find(self, number: str) -> Case | None:
        """A matter by its number, or None."""
        state = self._writer.state(cases.stream_of(number))
        return state if isinstance(state, Case) else None

    def _check_no_circle(self, command: LinkCases) -> None:
        """A matter may not come back to itself over the matters it repeats or was split from."""
        other = self.case(command.other).related(command.relation)
        while other is not None:
            if other == command.number:
                raise RuleRefusedError(
                    f"{command.other} 已经（直接或间接）{command.relation.label} {command.number}，"
                    "不能反过来再关联；请核对两个编号。"
                )
            other = self.case(other).related(command.relation)

    def _link(self, number: str, other: str, relation: Relation) -> LinkCases:
        return LinkCases(number=number, on=self._context.today, other=other, relation=relation)

    def _record_unit(self, code: str, facts: list[Dated]) -> UnitRecord:
        self._writer.record(units.stream_of(code), facts)
        record = self.unit_record(code)
        self.units.put(record.unit)
        return record

    def _record(self, number: str, facts: list[Dated]) -> Case:
        self._writer.record(cases.stream_of(number), facts)
        return self.case(number)

    def _next_number(self, on: date) -> str:
        return self._running_number(CASES.name, f"{CASES.prefix}{on.year}-")

    def _running_number(self, table: str, prefix: str) -> str:
        """The next number behind a prefix, counting those given in this transaction."""
        last = self._last_numbers.get(prefix)
        if last is None:
            last = case_lists.last_number(self._writer.connection, table, prefix)
        self._last_numbers[prefix] = last + 1
        return f"{prefix}{last + 1:04d}"


def _by_score(scored: tuple[float, Earlier]) -> float:
    return -scored[0]
