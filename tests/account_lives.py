"""Accountabilities lived through, by the pure rules alone (``Life``) or at a desk (``Held``).

    life = Life().propose(situations=("13(3)",), severity=Severity.LIGHT)
    life.decide(date(2026, 3, 10)).review(date(2026, 4, 1))
    life.state.stage(date(2026, 4, 1))

Both take the same steps with the same words and return themselves; each step is refused as the rules
refuse it. The unit is led by the invented persons of ``POSTS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from conftest import Office, unit, unit_name

from xfctl.app.accounts import propose
from xfctl.domain.accountability import appeal, decision, proposal, rectification
from xfctl.domain.accountability.appeal import DecideAppeal
from xfctl.domain.accountability.decision import Decide
from xfctl.domain.accountability.facts import Person
from xfctl.domain.accountability.people import Answerable, answerable
from xfctl.domain.accountability.proposal import Propose
from xfctl.domain.accountability.state import Accountability, evolve
from xfctl.domain.accountability.voiding import void_latest
from xfctl.domain.case import Case
from xfctl.domain.classification import AppealResult, Nature, Severity
from xfctl.domain.event import Dated, Event
from xfctl.domain.parameters import Parameters
from xfctl.domain.post import Appointment, Post
from xfctl.domain.post_rules import Appoint, appoint
from xfctl.domain.world import World
from xfctl.ledger.load import ACCOUNTABILITIES, load
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar

DAY = timedelta(days=1)
TODAY = date(2026, 11, 25)
PROPOSED = date(2026, 3, 2)
DECIDED = date(2026, 3, 10)
RECTIFY_BY = date(2026, 4, 10)
UNIT = "U01"
SINCE = date(2024, 1, 1)
PARTY_HEAD, ADMIN_HEAD = "示例书记甲", "示例院长乙"
LOGISTICS, TEACHING, STAFF = "示例副院长丙", "示例副院长丁", "示例科员戊"
POSTS = (
    Appointment(1, Post.PARTY_HEAD, PARTY_HEAD, None, SINCE),
    Appointment(2, Post.ADMIN_HEAD, ADMIN_HEAD, None, SINCE),
    Appointment(3, Post.LEADER, LOGISTICS, "后勤、基建", SINCE),
    Appointment(4, Post.LEADER, TEACHING, "教学", SINCE),
)
THREE = Answerable(in_charge=(LOGISTICS,))
# How grave a situation of 细则 13 must be to open each rung.
SEVERITIES = {"16": Severity.LIGHT, "17": Severity.GRAVE, "18": Severity.EXCEPTIONAL}


def world(today: date = TODAY) -> World:
    """The world of the rules on a day."""
    return World(today, Calendar(), clocks(), Parameters())


def proposing(**changes: Any) -> Propose:
    """A proposal over 13(3), lighter; ``changes`` are further or other fields."""
    usual: dict[str, Any] = {
        "on": PROPOSED,
        "unit": UNIT,
        "unit_name": unit_name(UNIT),
        "day_in_question": changes.get("on", PROPOSED),
        "nature": Nature.COLLECTIVE,
        "basis": "示例依据",
        "tracker": "经办员甲",
        "people": THREE,
        "situations": ("13(3)",),
        "severity": Severity.LIGHT,
        "effect": "示例后果",
    }
    return Propose(**(usual | changes))


def persons_of(command: Propose, posts: Iterable[Appointment] = POSTS) -> list[Person]:
    """The persons of a proposal as the desk makes them, with invented tokens."""
    named = answerable(posts, command.day_in_question, command.nature, command.people)
    return [
        Person(number, f"token{number}", each.post, each.role, each.leads, each.changed)
        for number, each in enumerate(named, start=1)
    ]


def at_rung(rung: str) -> dict[str, Any]:
    """Fields of a proposal that open a rung."""
    if rung == "15":
        return {"situations": ("15/leapfrog",), "severity": None}
    return {"situations": ("13(3)",), "severity": SEVERITIES[rung]}


def _able(state: Accountability) -> str:
    """A body with the power over what was proposed."""
    return state.rules.measures[state.entry.measures[0]].decided_by[0]


class Steps:
    """The steps after a proposal, by the words both kinds of life share."""

    state: Accountability

    def take(self, decide: Callable[[Accountability, World], list[Dated]]) -> Self:
        """Take one step."""
        raise NotImplementedError

    def decide(self, on: date = DECIDED, **more: Any) -> Self:
        """Decide what was proposed; deadlines default to what its measures need."""
        rung = self.state.entry.rung
        measures: Mapping[str, Any] = more.get("measures") or dict.fromkeys(
            self.state.entry.measures
        )
        deadlines = {"rectification": on + 31 * DAY} if rung in ("16", "17") else {}
        deadlines |= {"explanation": on + 7 * DAY} if "14(1)" in measures else {}
        deadlines |= {"self_criticism": on + 7 * DAY} if "14(2)" in measures else {}
        command = Decide(**({"on": on, "deadlines": deadlines} | more))
        return self.take(lambda state, world: decision.decide(state, command, world))

    def withdraw(self, on: date = DECIDED) -> Self:
        """Take the proposal back."""
        return self.take(lambda state, world: proposal.withdraw(state, on, "示例理由", world))

    def not_adopt(self, on: date = DECIDED) -> Self:
        """Not adopt it."""
        return self.take(
            lambda state, world: proposal.not_adopt(state, on, _able(state), "示例", world)
        )

    def carry_out(self, on: date, measure: str, *persons: int) -> Self:
        """Carry a measure out."""
        return self.take(
            lambda state, world: decision.carry_out(
                state, on, measure, persons, "实施员甲", None, world
            )
        )

    def hand_over(self, on: date) -> Self:
        """Hand a suspected crime over."""
        return self.take(
            lambda state, world: decision.hand_over(state, on, "示例机关", "示例", world)
        )

    def report(self, on: date) -> Self:
        """The unit reports its rectification."""
        return self.take(lambda state, world: rectification.report(state, on, "示例", world))

    def review(self, on: date, *, accepted: bool = True) -> Self:
        """Accept the rectification, or not."""
        return self.take(
            lambda state, world: rectification.review(state, on, accepted, "示例", world)
        )

    def extend(self, on: date, to: date) -> Self:
        """Extend the deadline of the rectification."""
        return self.take(lambda state, world: rectification.extend(state, on, to, "示例", world))

    def appeal(self, on: date, *persons: int) -> Self:
        """Persons appeal; all of them by default."""
        return self.take(
            lambda state, world: appeal.file_appeal(state, on, persons, "示例理由", world)
        )

    def accept(self, on: date, number: int | None = None, due_on: date | None = None) -> Self:
        """Take an appeal in."""
        return self.take(
            lambda state, world: appeal.accept_appeal(
                state, on, number, "示例受理部门", due_on, world
            )
        )

    def settle(
        self, on: date, result: AppealResult, number: int | None = None, **more: Any
    ) -> Self:
        """Decide an appeal."""
        command = DecideAppeal(on=on, result=result, reason="示例", appeal=number, **more)
        return self.take(lambda state, world: appeal.decide_appeal(state, command, world))

    def void(self) -> Self:
        """Void the latest record."""
        return self.take(lambda state, world: void_latest(state, "示例误记", world))


@dataclass
class Life(Steps):
    """One accountability without a ledger."""

    today: date = TODAY
    events: list[Event] = field(default_factory=list)
    state: Accountability = field(init=False)

    def propose(
        self, before: Accountability | None = None, matters: Sequence[Case] = (), **changes: Any
    ) -> Self:
        """Begin it, over matters."""
        command = proposing(**changes)
        facts = proposal.propose(
            command, "ZZ2026-0001", persons_of(command), before, matters, world(self.today)
        )
        return self._fold(facts)

    def take(self, decide: Callable[[Accountability, World], list[Dated]]) -> Self:
        """Take one step, and fold what happened."""
        return self._fold(decide(self.state, world(self.today)))

    def _fold(self, facts: Iterable[Dated]) -> Self:
        for each in facts:
            seq = len(self.events) + 1
            event = Event(
                seq, "accountability/ZZ2026-0001", each.occurred_on, "", "测试员", each.fact
            )
            self.state = evolve(self.state if self.events else None, event)
            self.events.append(event)
        return self


@dataclass
class Held(Steps):
    """One accountability on a ledger."""

    office: Office
    number: str = ""
    today: date = TODAY

    @property
    def state(self) -> Accountability:  # type: ignore[override]
        """As the ledger has it."""
        with self.office.reading() as ledger:
            return load(ledger.connection, ACCOUNTABILITIES, self.number)

    def propose(self, **changes: Any) -> Self:
        """Begin it through the desk."""
        with self.office.desk(today=self.today) as desk:
            self.number = propose(desk, proposing(**changes)).number
        return self

    def take(self, decide: Callable[[Accountability, World], list[Dated]]) -> Self:
        """Take one step through the desk."""
        with self.office.desk(today=self.today) as desk:
            desk.on(ACCOUNTABILITIES, self.number, decide)
        return self


def staff_unit(office: Office, code: str = UNIT, posts: Iterable[Appointment] = POSTS) -> None:
    """Add a unit with the persons who lead it."""
    with office.desk(today=TODAY) as desk:
        desk.add_unit(unit(code), SINCE)
        for each in posts:
            wanted = Appoint(
                on=each.since, post=each.post, name=each.name, area=each.area, until=each.until
            )
            desk.on_unit(code, lambda record, world, wanted=wanted: _posts(record, wanted, world))


def _posts(record: Any, wanted: Appoint, world: World) -> list[Dated]:
    return appoint(record.posts, wanted, world)
