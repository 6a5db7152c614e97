"""Any steps of an accountability, on any days, against a plain list of dated things.

The model keeps what was recorded and not voided, in the order of recording, and answers every
question by going through that list again. It also says whether a step is allowed; a step that is
not must be refused and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from account_lives import DAY, Life
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from xfctl.domain.accountability.milestones import in_force
from xfctl.domain.accountability.state import Accountability, evolve
from xfctl.domain.classification import AppealResult, Severity
from xfctl.errors import XfctlError

FIRST, TODAY = date(2026, 3, 2), date(2026, 5, 20)
PERSONS = (1, 2, 3)
# The measures of each rung as its article has them: its own, then what may be combined with them.
OWN = {"15": ("14(1)",), "16": ("14(3)",), "17": ("14(4)",), "18": ("14(5)", "14(6)")}
COMBINED = {
    "15": (),
    "16": ("14(1)", "14(2)"),
    "17": ("14(1)", "14(2)", "14(3)"),
    "18": ("14(1)", "14(2)", "14(3)", "14(4)"),
}
CLOCKS = {"14(1)": "explanation", "14(2)": "self_criticism"}
OPENED_BY = {
    "15": {"situations": ("15/leapfrog",), "severity": None},
    "16": {"severity": Severity.LIGHT},
    "17": {"severity": Severity.GRAVE},
    "18": {"severity": Severity.EXCEPTIONAL},
}
Entry = tuple[str, date, dict[str, Any]]


class Model:
    """What was recorded: word, day, particulars."""

    def __init__(self, rung: str, proposed_on: date) -> None:
        self.rung, self.proposed_on = rung, proposed_on
        self.log: list[Entry] = []

    def all(self, word: str) -> list[tuple[date, dict[str, Any]]]:
        return [(on, what) for each, on, what in self.log if each == word]

    def day(self, word: str) -> date | None:
        return next((on for on, _ in self.all(word)), None)

    # Measures

    def changes(self, person: int) -> list[tuple[date, set[str]]]:
        """From which day on a person had which measures; the decision first."""
        found = []
        for word, on, what in self.log:
            if word == "decide" and (mine := had(what["measures"], person)):
                found.append((on, mine))
            if word == "settle" and person in what["persons"] and what["result"] != "upheld":
                found.append((on, had(what["measures"], person)))
        return found

    def current(self, person: int) -> set[str]:
        changes = self.changes(person)
        return changes[-1][1] if changes else set()

    def since(self, person: int) -> date:
        return self.changes(person)[-1][0]

    def in_force(self, on: date) -> set[tuple[str, int]]:
        found = set()
        for person in PERSONS:
            by_then = [measures for day, measures in self.changes(person) if day <= on]
            found |= {(each, person) for each in (by_then[-1] if by_then else ())}
        return found

    def done(self, measure: str, person: int, nth: int) -> date | None:
        """When a measure was carried out on a person, after the nth change of what they have."""
        changes = 0
        for word, on, what in self.log:
            if word == "decide":
                changes += bool(had(what["measures"], person))
            if word == "settle" and person in what["persons"] and what["result"] != "upheld":
                changes += 1
            carried = word == "carry_out" and what["measure"] == measure
            if carried and person in what["persons"] and changes == nth:
                return on
        return None

    def all_done(self, on: date) -> bool:
        """Whether everything in force at the end of a day had been carried out."""
        for measure, person in self.in_force(on):
            nth = sum(day <= on for day, _ in self.changes(person))
            done = self.done(measure, person, nth)
            if done is None or done > on:
                return False
        return bool(self.in_force(on))

    def revoked_on(self) -> date | None:
        held = [person for person in PERSONS if self.changes(person)]
        if not held or any(map(self.current, held)):
            return None
        return max(map(self.since, held))

    # Rectification

    def due(self) -> date | None:
        for _, what in self.all("decide"):
            return next((what["to"] for _, what in self.all("extend")), what["rectify_by"])
        return None

    def accepted_on(self) -> date | None:
        return next((on for on, what in self.all("review") if what["accepted"]), None)

    def failed_on(self) -> date | None:
        due = self.due()
        if due is None:
            return None
        ended = self.accepted_on() or self.gone_on()
        return None if ended is not None and ended <= due else due + DAY

    def gone_on(self) -> date | None:
        """The day of the decision, in the order of recording, that left nothing in force."""
        return self.first_settled(lambda before: not any(before.current(n) for n in PERSONS))

    def first_settled(self, holds: Callable[[Model], bool]) -> date | None:
        so_far = Model(self.rung, self.proposed_on)
        for each in self.log:
            so_far.log.append(each)
            if each[0] == "settle" and holds(so_far):
                return each[1]
        return None

    def stage(self, on: date) -> str:
        def by(day: date | None) -> bool:
            return day is not None and day <= on

        told = [
            ("withdrawn", by(self.day("withdraw"))),
            ("not_adopted", by(self.day("not_adopt"))),
            ("proposed", not by(self.day("decide"))),
            ("revoked", by(self.revoked_on())),
            ("rectified", by(self.accepted_on())),
            ("unrectified", by(self.failed_on())),
            ("decided", not self.all_done(on)),
            ("rectifying", self.due() is not None),
            ("carried_out", True),
        ]
        return next(stage for stage, holds in told if holds)

    # What is owed: key → due, ended, lapsed

    def owed(self) -> dict[str, tuple[date, date | None, bool]]:
        found: dict[str, tuple[date, date | None, bool]] = {}
        if due := self.due():
            accepted, gone = self.accepted_on(), self.gone_on()
            found["rectification"] = (due, accepted or gone, accepted is None and gone is not None)
        for measure, clock in CLOCKS.items():
            for person in PERSONS:
                for time, told in enumerate(self.statements(measure, person), start=1):
                    found[f"{clock}/{person}" + (f"/{time}" if time > 1 else "")] = told
        for number, (_, what) in enumerate(self.all("appeal"), start=1):
            if "accepted_on" in what:
                found[f"appeal/{number}"] = (what["due_on"], what.get("settled_on"), False)
        return found

    def statements(self, measure: str, person: int) -> list[tuple[date, date | None, bool]]:
        """Each time a statement was asked for: by when it is owed, when it ended, and how."""
        found: list[tuple[date, date | None, bool]] = []
        for word, on, what in self.log:
            given = measure in had(what.get("measures") or {}, person)
            gone = word == "settle" and person in what["persons"] and what["result"] != "upheld"
            if found and found[-1][1] is None:
                due = found[-1][0]
                carried = word == "carry_out" and what["measure"] == measure
                if carried and person in what["persons"]:
                    found[-1] = (due, on, False)
                elif gone:
                    found[-1] = (due, on, True)
            if word in ("decide", "settle") and given:
                found.append((what["state_by"], None, False))
        return found

    # Awards

    def award(self) -> tuple[date, date | None] | None:
        """From when to when the unit is without award eligibility (细则 17)."""
        decided = self.day("decide")
        if self.rung != "17" or decided is None:
            return None

        def nobody_was_talked_to(model: Model) -> bool:
            return not any("14(4)" in model.current(person) for person in PERSONS)

        return decided, self.first_settled(nobody_was_talked_to)

    # What may be done

    def allows(self, word: str, on: date, what: dict[str, Any]) -> bool:
        return on <= TODAY and on >= self.proposed_on and getattr(self, f"may_{word}")(on, what)

    def pending(self) -> bool:
        return not any(self.day(word) for word in ("withdraw", "not_adopt", "decide"))

    def stands(self, on: date) -> bool:
        decided = self.day("decide")
        return decided is not None and decided <= on and self.revoked_on() is None

    def may_withdraw(self, on: date, what: dict[str, Any]) -> bool:
        return self.pending()

    may_not_adopt = may_withdraw

    def may_decide(self, on: date, what: dict[str, Any]) -> bool:
        named = [each for each in (what["rectify_by"], what["state_by"]) if each]
        return self.pending() and all(each >= on for each in named)

    def may_hand_over(self, on: date, what: dict[str, Any]) -> bool:
        return True

    def may_carry_out(self, on: date, what: dict[str, Any]) -> bool:
        return self.stands(on) and all(
            what["measure"] in self.current(person)
            and self.done(what["measure"], person, len(self.changes(person))) is None
            and self.since(person) <= on
            for person in what["persons"]
        )

    def open_rectification(self, on: date) -> bool:
        return self.stands(on) and self.due() is not None and self.accepted_on() is None

    def may_report(self, on: date, what: dict[str, Any]) -> bool:
        return self.open_rectification(on)

    def may_review(self, on: date, what: dict[str, Any]) -> bool:
        before = [day for day, _ in (*self.all("report"), *self.all("review"))]
        return self.open_rectification(on) and all(day <= on for day in before)

    def may_extend(self, on: date, what: dict[str, Any]) -> bool:
        due = self.due()
        again = bool(self.all("extend"))
        return bool(
            self.open_rectification(on) and due and not again and on <= due and what["to"] > due
        )

    def running(self) -> set[int]:
        return {
            person
            for _, what in self.all("appeal")
            if "settled_on" not in what
            for person in what["persons"]
        }

    def may_appeal(self, on: date, what: dict[str, Any]) -> bool:
        return self.stands(on) and all(
            self.current(person) and self.since(person) <= on and person not in self.running()
            for person in what["persons"]
        )

    def nth_appeal(self, number: int) -> tuple[date, dict[str, Any]] | None:
        filed = self.all("appeal")
        return filed[number - 1] if number <= len(filed) else None

    def may_accept(self, on: date, what: dict[str, Any]) -> bool:
        found = self.nth_appeal(what["number"])
        return found is not None and "accepted_on" not in found[1] and found[0] <= on

    def may_settle(self, on: date, what: dict[str, Any]) -> bool:
        found = self.nth_appeal(what["number"])
        if found is None or "accepted_on" not in found[1] or "settled_on" in found[1]:
            return False
        mine = all(set(each) <= set(found[1]["persons"]) for each in what["measures"].values())
        return mine and found[1]["accepted_on"] <= on


def had(measures: dict[str, tuple[int, ...]], person: int) -> set[str]:
    return {measure for measure, persons in measures.items() if person in persons}


def bodies_for(measures: Iterable[str]) -> tuple[str, ...]:
    """The bodies to name: of the two that may decide the gravest measures, one must be chosen."""
    gravest = set(measures) & {"14(5)", "14(6)"}
    if not gravest:
        return ()
    return ("personnel", "school_office") if set(measures) - gravest else ("personnel",)


DAYS = st.integers(-2, (TODAY - FIRST).days + 1).map(lambda n: FIRST + n * DAY)
SOME = st.sets(st.sampled_from(PERSONS), min_size=1).map(lambda found: tuple(sorted(found)))


class Machine(RuleBasedStateMachine):
    """One accountability over three persons, and whatever may be tried with it."""

    @initialize(data=st.data(), rung=st.sampled_from(sorted(OWN)), at_once=st.integers(0, 4))
    def propose(self, data: st.DataObject, rung: str, at_once: int) -> None:
        self.life = Life(today=TODAY).propose(on=FIRST, **OPENED_BY[rung])
        self.model = Model(rung, FIRST)
        self.before: list[Accountability] = []
        self.latest = FIRST
        if at_once:
            self.record_decision(data)

    def soon(self, data: st.DataObject) -> date:
        """Soon after the latest step, so that lives get long; around the deadline; or any day."""
        kind, due = data.draw(st.integers(0, 4)), self.model.due()
        if kind == 0:
            return data.draw(DAYS)
        if kind == 1 and due is not None:
            return due + data.draw(st.integers(0, 1)) * DAY
        return min(TODAY, self.latest + data.draw(st.integers(0, 6)) * DAY)

    def attempt(self, word: str, on: date, act: Callable[[], object], **what: Any) -> bool:
        """Try a step: it is refused and changes nothing, or taken and noted."""
        life, before = self.life, (self.life.state, len(self.life.events))
        failed = life.state.failed_on
        allowed = self.model.allows(word, on, what)
        try:
            act()
        except XfctlError:
            assert not allowed, f"{word} on {on} {what}"
            assert (life.state, len(life.events)) == before
            return False
        assert allowed, f"{word} on {on} {what}"
        if failed is not None and on >= failed:
            assert life.state.failed_on == failed, "what was late stays so"
        self.before.append(before[0])
        self.model.log.append((word, on, what))
        self.latest = max(self.latest, on)
        return True

    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        self.record_decision(data)

    def record_decision(self, data: st.DataObject) -> None:
        on, rung = self.soon(data), self.model.rung
        own = data.draw(st.sampled_from(OWN[rung]))
        beside = data.draw(st.sets(st.sampled_from(COMBINED[rung]))) if COMBINED[rung] else set()
        measures = {each: data.draw(SOME) for each in sorted({own, *beside})}
        limit = on + data.draw(st.integers(-1, 20)) * DAY
        rectify_by = limit if rung in ("16", "17") else None
        state_by = on + 7 * DAY if set(measures) & set(CLOCKS) else None
        deadlines = {"rectification": rectify_by} if rectify_by else {}
        deadlines |= {CLOCKS[each]: state_by for each in measures if each in CLOCKS}
        self.attempt(
            "decide",
            on,
            lambda: self.life.decide(
                on, measures=measures, deadlines=deadlines, bodies=bodies_for(measures)
            ),
            measures=measures,
            rectify_by=rectify_by,
            state_by=state_by,
        )

    @rule(data=st.data(), word=st.sampled_from(["withdraw", "not_adopt"]))
    def end_without_decision(self, data: st.DataObject, word: str) -> None:
        if data.draw(st.integers(0, 3)) == 0:
            on = self.soon(data)
            self.attempt(word, on, lambda: getattr(self.life, word)(on))

    @rule(data=st.data())
    def hand_over(self, data: st.DataObject) -> None:
        on = self.soon(data)
        self.attempt("hand_over", on, lambda: self.life.hand_over(on))

    @rule(data=st.data())
    def carry_out(self, data: st.DataObject) -> None:
        on = self.soon(data)
        known = sorted({each for person in PERSONS for each in self.model.current(person)})
        measure = data.draw(st.sampled_from(known or ["14(3)"]))
        having = [n for n in PERSONS if measure in self.model.current(n)] or PERSONS
        persons = tuple(sorted(data.draw(st.sets(st.sampled_from(having), min_size=1))))
        self.attempt(
            "carry_out",
            on,
            lambda: self.life.carry_out(on, measure, *persons),
            measure=measure,
            persons=persons,
        )

    @rule(data=st.data())
    def report(self, data: st.DataObject) -> None:
        on = self.soon(data)
        self.attempt("report", on, lambda: self.life.report(on))

    @rule(data=st.data(), accepted=st.booleans())
    def review(self, data: st.DataObject, accepted: bool) -> None:
        on, due = self.soon(data), self.model.due()
        if due is not None and data.draw(st.booleans()):
            on = due + data.draw(st.integers(0, 1)) * DAY
        act = lambda: self.life.review(on, accepted=accepted)  # noqa: E731
        self.attempt("review", on, act, accepted=accepted)

    @rule(data=st.data())
    def extend(self, data: st.DataObject) -> None:
        on = self.soon(data)
        to = (self.model.due() or on) + data.draw(st.integers(0, 10)) * DAY
        self.attempt("extend", on, lambda: self.life.extend(on, to), to=to)

    @rule(data=st.data(), persons=SOME, result=st.sampled_from(list(AppealResult)))
    def appeal_from_end_to_end(
        self, data: st.DataObject, persons: tuple[int, ...], result: AppealResult
    ) -> None:
        """Filed, taken in and decided, one after the other where that is allowed."""
        self.file(data, persons)
        number = len(self.model.all("appeal")) or 1
        self.take_in(data, number)
        self.conclude(data, number, result)

    @rule(data=st.data(), persons=SOME)
    def appeal(self, data: st.DataObject, persons: tuple[int, ...]) -> None:
        self.file(data, persons)

    def file(self, data: st.DataObject, persons: tuple[int, ...]) -> None:
        on = self.soon(data)
        able = [n for n in PERSONS if self.model.current(n) and n not in self.model.running()]
        if able and data.draw(st.integers(0, 3)):
            persons = tuple(sorted(data.draw(st.sets(st.sampled_from(able), min_size=1))))
        self.attempt("appeal", on, lambda: self.life.appeal(on, *persons), persons=persons)

    @rule(data=st.data(), number=st.integers(1, 3))
    def accept(self, data: st.DataObject, number: int) -> None:
        self.take_in(data, number)

    def take_in(self, data: st.DataObject, number: int) -> None:
        on = self.soon(data)
        due_on = on + data.draw(st.integers(0, 40)) * DAY
        if self.attempt("accept", on, lambda: self.life.accept(on, number, due_on), number=number):
            self.note(number, accepted_on=on, due_on=due_on)

    @rule(data=st.data(), number=st.integers(1, 3), result=st.sampled_from(list(AppealResult)))
    def settle(self, data: st.DataObject, number: int, result: AppealResult) -> None:
        self.conclude(data, number, result)

    def conclude(self, data: st.DataObject, number: int, result: AppealResult) -> None:
        on, found = self.soon(data), self.model.nth_appeal(number)
        persons = found[1]["persons"] if found else PERSONS
        measures: dict[str, tuple[int, ...]] = {}
        if result is AppealResult.VARIED:
            reach = (*OWN[self.model.rung], *COMBINED[self.model.rung])
            had_now = sorted({each for n in persons for each in self.model.current(n)})
            if had_now and data.draw(st.booleans()):
                reach = tuple(had_now)
            wanted = data.draw(st.sets(st.sampled_from(reach), min_size=1, max_size=2))
            whom = PERSONS if data.draw(st.integers(0, 9)) == 0 else persons
            some = st.sets(st.sampled_from(whom), min_size=1)
            measures = {each: tuple(sorted(data.draw(some))) for each in sorted(wanted)}
        bodies = bodies_for(measures)
        deadlines = {CLOCKS[each]: on + 7 * DAY for each in measures if each in CLOCKS}
        if self.attempt(
            "settle",
            on,
            lambda: self.life.settle(
                on, result, number, measures=measures, bodies=bodies, deadlines=deadlines
            ),
            number=number,
            persons=persons,
            result=result.value,
            measures=measures,
            state_by=on + 7 * DAY,
        ):
            self.note(number, settled_on=on)

    def note(self, number: int, **more: Any) -> None:
        """Write on an appeal's entry how it went on; entries are replaced, so voiding forgets it."""
        position = [n for n, each in enumerate(self.model.log) if each[0] == "appeal"][number - 1]
        word, on, what = self.model.log[position]
        self.model.log[position] = (word, on, what | more)

    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        if data.draw(st.integers(0, 2)):
            return
        if not self.model.log:
            before = self.life.state
            try:
                self.life.void()
            except XfctlError:
                assert self.life.state == before
                return
            raise AssertionError("a proposal is withdrawn, not voided")
        self.life.void()
        word, _, what = self.model.log.pop()
        if word in ("accept", "settle"):
            self.forget(what["number"], word)
        back = self.before.pop()
        assert replace(self.life.state, as_recorded=()) == replace(back, as_recorded=())
        assert len(self.life.state.as_recorded) == len(self.life.events)

    def forget(self, number: int, word: str) -> None:
        gone = {"accept": ("accepted_on", "due_on"), "settle": ("settled_on",)}[word]
        position = [n for n, each in enumerate(self.model.log) if each[0] == "appeal"][number - 1]
        appeal, on, what = self.model.log[position]
        left = {key: value for key, value in what.items() if key not in gone}
        self.model.log[position] = (appeal, on, left)

    @invariant()
    def they_say_the_same(self) -> None:
        if not hasattr(self, "life"):
            return
        state, model = self.life.state, self.model
        days = {FIRST - DAY, FIRST, TODAY, TODAY + 60 * DAY}
        days |= {on + n * DAY for _, on, _ in model.log for n in (-1, 0)}
        days |= {day for day in (model.due(), model.failed_on()) if day}
        for on in sorted(days):
            assert state.stage(on).value == model.stage(on), on
            found = {(each.measure, each.person) for each in state.sanctions if in_force(each, on)}
            assert found == model.in_force(on), on
        assert {
            each.key: (each.duty.due_on, each.discharged_on, each.lapsed)
            for each in state.obligations
        } == model.owed()
        assert state.failed_on == model.failed_on()
        assert state.rectified_on == model.accepted_on()
        assert state.revoked_on == model.revoked_on()
        handed = [on for on, _ in model.all("hand_over")]
        assert state.handed_over_on == min(handed, default=None)
        lost = state.decision is not None and state.decision.award_year is not None
        assert ((state.decided_on, state.award_until) if lost else None) == model.award()
        if lost:
            assert state.decision.award_year == "2026"

    @invariant()
    def folding_everything_anew_comes_to_the_same(self) -> None:
        if not hasattr(self, "life"):
            return
        state: Accountability | None = None
        for event in self.life.events:
            state = evolve(state, event)
        assert state == self.life.state


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
