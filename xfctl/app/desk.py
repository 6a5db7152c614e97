"""The desk: one command, or many, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain import case as cases
from xfctl.domain import steps, unit_rules
from xfctl.domain import unit as units
from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseRegistered, IdentityRevealed
from xfctl.domain.classification import Relation
from xfctl.domain.event import Dated
from xfctl.domain.identity import Identity, plain_name
from xfctl.domain.likeness import ALIKE, likeness
from xfctl.domain.steps.accusation import NameAccused
from xfctl.domain.steps.handling import AssignCase
from xfctl.domain.steps.registration import register
from xfctl.domain.steps.relations import LinkCases
from xfctl.domain.unit import UnitAdded, UnitRecord
from xfctl.domain.unit_directory import UnitDirectory
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import Command, World
from xfctl.errors import RuleRefusedError
from xfctl.ledger import accusations, case_lists, petitioners, queries
from xfctl.ledger.connection import Ledger
from xfctl.ledger.load import CASES, Kind
from xfctl.ledger.petitioners import Earlier
from xfctl.ledger.writer import Writer, writing
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar

S = TypeVar("S")


class Context(Struct, frozen=True):
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
        self.writer = writer
        self.context = context
        self.world = World(
            context.today,
            Calendar(queries.office_days(writer.connection)),
            clocks(),
            queries.parameters(writer.connection),
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
        keep = self.writer.identities.keep
        known: dict[str, Any] = {"number": entry.number or self._next_number(on)}
        if identity:
            known["petitioner"] = keep(identity.checked())
            known["contactable"] = bool(identity.phone or identity.address)
        known["signatories"] = tuple(keep(each.checked()) for each in signatories if each)
        entry = replace(entry, **known)
        facts = register(self.find(entry.number), entry, on, self.world, tracked=tracked)
        registered = self._record(entry.number, facts)
        return self.name_accused(registered.number, on, accused) if accused else registered

    def name_accused(self, number: str, on: date, accused: Sequence[Identity]) -> Case:
        """Record whom an accusation is about; their names are kept outside the events."""
        names = (check_text(each.name or "", "被反映人", LONGEST_NAME) for each in accused)
        keep = self.writer.identities.keep
        tokens = tuple(keep(Identity(name=plain_name(name))) for name in names)
        return self.step(NameAccused(number=number, on=on, accused=tokens))

    def alike(self, summary: str, identity: Identity) -> list[Earlier]:
        """Matters of the same petitioner that look like this one, the likest first (细则 6)."""
        known = petitioners.earlier_matters(self.writer.identities, identity)
        scored = [(likeness(summary, each.summary), each) for each in known]
        return [each for score, each in sorted(scored, key=_by_score) if score >= ALIKE]

    def step(self, command: Command) -> Case:
        """Take one step with a registered matter; returns the matter after it."""
        if isinstance(command, LinkCases):
            self._check_link(command)
        if isinstance(command, AssignCase):
            self.units.acting(command.unit, command.on)
        case = self.case(command.number)
        facts = steps.decide(command, case, self.world)
        redacted = accusations.redacted(self.writer.identities, command, case)
        return self._record(command.number, [*redacted, *facts])

    def split(self, number: str, summaries: Sequence[str]) -> list[Case]:
        """Register the further matters of one letter as cases of their own, linked to it."""
        case = self.case(number)
        parts = []
        for summary in summaries:
            own = self._next_number(case.registered_on)
            entry = replace(case.entry, number=own, summary=summary, opens=())
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
        self.record_unit(entry.code, facts)

    def on_unit(self, text: str, decide: Callable[[UnitRecord, World], list[Dated]]) -> UnitRecord:
        """Take one step with a unit known by any of its words; returns it after the step."""
        code = self.units.find(text).code
        return self.record_unit(code, decide(self.unit_record(code), self.world))

    def unit_record(self, code: str) -> UnitRecord:
        """A unit and its posts, by the code under which it entered."""
        record = self.writer.state(units.stream_of(code))
        assert isinstance(record, UnitRecord), "the directory knows only units of the ledger"
        return record

    def reveal(self, number: str, reason: str) -> list[Identity]:
        """Who the petitioners are, unless erased; who asked and why goes on record (细则 7)."""
        fact = IdentityRevealed(reason=check_text(reason, "查看理由"))
        found = petitioners.revealed(self.writer.identities, self.case(number))
        self.record(cases.stream_of(number), [Dated(self.context.today, fact)])
        return found

    def masked(self, number: str) -> list[Identity]:
        """Who the petitioners are, as anyone may see it."""
        return self.writer.identities.masked(petitioners.tokens_of(self.case(number)))

    def units_barred(self, case: Case, units: Iterable[str], on: date) -> frozenset[str]:
        """Which of the units may not read an accusation on a day (细则 13(8))."""
        return accusations.barred_units(self.writer.identities, case, units, on)

    def begin(self, kind: Kind[S], on: date, decide: Callable[[str, World], list[Dated]]) -> S:
        """Begin a record of a kind under the next number of its year; returns it."""
        number = self._running_number(kind.name, f"{kind.prefix}{on.year}-")
        self.record(kind.stream(number), decide(number, self.world))
        return self.get(kind, number)

    def on(self, kind: Kind[S], number: str, decide: Callable[[S, World], list[Dated]]) -> S:
        """Take one step with a record of a kind; returns it after the step."""
        facts = decide(self.get(kind, number), self.world)
        self.record(kind.stream(number), facts)
        return self.get(kind, number)

    def get(self, kind: Kind[S], number: str) -> S:
        """A record of a kind. Raises InputRefusedError if none bears the number."""
        return kind.checked(self.writer.state(kind.stream(number)), number)

    def case(self, number: str) -> Case:
        """A registered matter. Raises InputRefusedError if there is none of that number."""
        return self.get(CASES, number)

    def find(self, number: str) -> Case | None:
        """A matter by its number, or None."""
        state = self.writer.state(cases.stream_of(number))
        return state if isinstance(state, Case) else None

    def _check_link(self, command: LinkCases) -> None:
        """A matter repeats an earlier one, and none comes back to itself over what it belongs to."""
        case, other = self.case(command.number), self.case(command.other)
        if command.relation is Relation.REPEATS and other.registered_on > case.registered_on:
            raise RuleRefusedError(
                f"事项 {other.number} 登记于 {other.registered_on}，"
                f"晚于 {case.number} 的 {case.registered_on}，不能是它重复的那一件；请把两个编号对调。"
            )
        if case.number in self._belongs_to(other):
            raise RuleRefusedError(
                f"{other.number} 已经（直接或间接）关联到 {case.number}，"
                "不能反过来再关联；请核对两个编号。"
            )

    def _belongs_to(self, case: Case) -> set[str]:
        """The matters that a matter repeats, was split from or duplicates, and theirs in turn."""
        found: set[str] = set()
        waiting = [case]
        while waiting:
            others = {each.other for each in waiting.pop().links} - found
            found |= others
            waiting += map(self.case, others)
        return found

    def _link(self, number: str, other: str, relation: Relation) -> LinkCases:
        return LinkCases(number=number, on=self.context.today, other=other, relation=relation)

    def record(self, stream: str, facts: Iterable[Dated]) -> None:
        """Take facts of a stream; they are stored when the desk is left."""
        self.writer.record(stream, facts)

    def record_unit(self, code: str, facts: list[Dated]) -> UnitRecord:
        """Take facts of the unit that entered under a code; returns it after them."""
        self.record(units.stream_of(code), facts)
        record = self.unit_record(code)
        self.units.put(record.unit)
        return record

    def _record(self, number: str, facts: list[Dated]) -> Case:
        self.record(cases.stream_of(number), facts)
        return self.case(number)

    def _next_number(self, on: date) -> str:
        return self._running_number(CASES.name, f"{CASES.prefix}{on.year}-")

    def _running_number(self, table: str, prefix: str) -> str:
        """The next number behind a prefix, counting those given in this transaction."""
        last = self._last_numbers.get(prefix)
        if last is None:
            last = case_lists.last_number(self.writer.connection, table, prefix)
        self._last_numbers[prefix] = last + 1
        return f"{prefix}{last + 1:04d}"


def _by_score(scored: tuple[float, Earlier]) -> float:
    return -scored[0]
