"""The lists of grounds against slow statements of the rule, for random histories on a real ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import NOW, Office, assign, entry, unit_name
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xfctl.app import Desk
from xfctl.app.supervisions import supervise
from xfctl.domain import case_facts as facts
from xfctl.domain import supervision
from xfctl.domain.case import Case
from xfctl.domain.classification import (
    Channel,
    FeedbackForm,
    Outcome,
    Relation,
    Role,
    SupervisionForm,
)
from xfctl.domain.keys import EXECUTION
from xfctl.domain.steps.acceptance import DeclineCase
from xfctl.domain.steps.closing import CloseCase, ReopenCase
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.grounds import FindGround
from xfctl.domain.steps.handling import GiveFeedback, ReceiveCase, ReturnAssignment
from xfctl.domain.steps.outcome import DeliverOpinion, ExecuteOpinion
from xfctl.domain.steps.relations import LinkCases
from xfctl.domain.supervision import OpenSupervision
from xfctl.errors import XfctlError
from xfctl.ledger import events, supervision_lists
from xfctl.ledger.connection import Ledger, open_ledger
from xfctl.ledger.create import create_ledger
from xfctl.ledger.known_at import known_at
from xfctl.ledger.load import CASES, SUPERVISIONS, load
from xfctl.ledger.projection import SUBJECTS, fold
from xfctl.ledger.rebuild import rebuild
from xfctl.ledger.verify import verify
from xfctl.workdays.calendar import Calendar

CALENDAR = Calendar()
BEGAN = date(2026, 3, 2)
UNITS = ("U01", "U02")
NUMBERS = ("XF0001", "XF0002", "XF0003")
CHANNELS = (Channel.LETTER, Channel.SUPERIOR, Channel.LEADER)


# Random histories


@dataclass(frozen=True)
class Draw:
    """One attempt of an officer: what, on which matter and unit, when; ``pick`` chooses further."""

    verb: str
    number: str
    unit: str
    pause: int
    back: int
    pick: int


JUDGED = ("3", "4", "5", "7")


def found(draw: Draw, on: date) -> FindGround:
    ground = JUDGED[draw.pick % len(JUDGED)]
    evasion = "delay" if ground == "3" else None
    return FindGround(
        number=draw.number, on=on, ground=ground, unit=draw.unit, evidence="示例", evasion=evasion
    )


def opinion(draw: Draw, on: date) -> DeliverOpinion:
    limit = on + timedelta(days=draw.pick) if draw.pick else None
    return DeliverOpinion(
        number=draw.number, on=on, outcome=Outcome.SUPPORTED, content="示例", execute_by=limit
    )


COMMANDS: dict[str, Callable[[Draw, date], object]] = {
    "assign": lambda draw, on: assign(draw.number, on, draw.unit),
    "receive": lambda draw, on: ReceiveCase(number=draw.number, on=on, unit=draw.unit),
    "return": lambda draw, on: ReturnAssignment(
        number=draw.number, on=on, reason="示例", unit=draw.unit
    ),
    "feedback": lambda draw, on: GiveFeedback(
        number=draw.number, on=on, unit=draw.unit, form=list(FeedbackForm)[draw.pick % 3]
    ),
    "opinion": opinion,
    "execute": lambda draw, on: ExecuteOpinion(
        number=draw.number, on=on, content="示例", excused=draw.pick % 2 == 1
    ),
    "find": found,
    "decline": lambda draw, on: DeclineCase(number=draw.number, on=on, reason="示例", path="示例"),
    "close": lambda draw, on: CloseCase(number=draw.number, on=on, reason="示例"),
    "reopen": lambda draw, on: ReopenCase(number=draw.number, on=on, reason="示例"),
    "link": lambda draw, on: LinkCases(
        number=draw.number, on=on, other=NUMBERS[draw.pick % 3], relation=Relation.REPEATS
    ),
}
# What makes grounds comes up more often than what hides them.
VERBS = (
    *COMMANDS,
    *("assign", "assign", "return", "feedback", "opinion", "find", "supervise", "supervise"),
    *("end", "end", "correct", "correct", "reopen"),
)
DRAWS = st.builds(
    Draw,
    verb=st.sampled_from(VERBS),
    number=st.sampled_from(NUMBERS),
    unit=st.sampled_from(UNITS),
    pause=st.integers(0, 6),
    back=st.integers(0, 2),
    pick=st.integers(0, 6),
)


def attempt(desk: Desk, draw: Draw, on: date) -> None:
    match draw.verb:
        case "supervise":
            supervised(desk, draw, on)
        case "end":
            desk.on(
                SUPERVISIONS,
                f"DB2026-{draw.pick + 1:04d}",
                lambda state, world: supervision.close(state, on, "示例", None, world),
            )
        case "correct":
            history = desk.case(draw.number).history
            event = history[draw.pick % len(history)]
            right = event.occurred_on + timedelta(days=draw.pause - 3)
            desk.step(
                CorrectFact(
                    number=draw.number, on=on, seq=event.seq, reason="示例", right_date=right
                )
            )
        case _:
            desk.step(COMMANDS[draw.verb](draw, on))


def supervised(desk: Desk, draw: Draw, on: date) -> None:
    numbers = (draw.number, NUMBERS[draw.pick % 3])
    supervise(
        desk,
        OpenSupervision(
            on=on,
            cases=tuple(dict.fromkeys(numbers)),
            unit=draw.unit,
            unit_name=unit_name(draw.unit),
            grounds=(str(draw.pick + 1), "3"),
            forms=(SupervisionForm.PHONE,),
            tracker="示例跟踪人",
            days=5,
            reason="示例",
        ),
    )


@pytest.fixture(scope="module")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "ledger.db"
    create_ledger(path, actor="测试员", now=NOW, today=BEGAN)
    return path


# Twice, so that two processors share the work.
@pytest.mark.parametrize("round", range(2))
def test_grounds_kept_step_by_step_are_those_counted_from_scratch(
    round: int, empty_ledger: Path
) -> None:
    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(DRAWS, min_size=6, max_size=14))
    def check(draws: list[Draw]) -> None:
        with TemporaryDirectory() as folder:
            office = Office(Path(shutil.copy(empty_ledger, folder)))
            begin(office)
            today = BEGAN
            for draw in draws:
                today += timedelta(days=draw.pause)
                on = max(BEGAN, today - timedelta(days=draw.back))
                take(office, draw, on, today)
                with office.reading() as ledger:
                    assert kept(ledger) == from_scratch(ledger)
                    assert due(ledger, today) == due_slowly(ledger, today)
                    earlier = today - timedelta(days=draw.pick)
                    assert due(ledger, earlier) == due_slowly(ledger, earlier)
            check_whole(office.path)

    check()


def begin(office: Office) -> None:
    office.add_units(*UNITS)
    with office.desk(today=BEGAN) as desk:
        for number, channel in zip(NUMBERS, CHANNELS, strict=True):
            desk.register(BEGAN, entry(number, channel=channel))
            desk.step(assign(number, BEGAN, "U01"))


def take(office: Office, draw: Draw, on: date, today: date) -> None:
    """Attempt a step; what the rules refuse leaves nothing behind."""
    try:
        with office.desk(today=today) as desk:
            attempt(desk, draw, on)
    except XfctlError:
        pass


def kept(ledger: Ledger) -> list[dict[str, object]]:
    cursor = ledger.connection.execute('SELECT * FROM ground ORDER BY "case", key')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def from_scratch(ledger: Ledger) -> list[dict[str, object]]:
    subject = SUBJECTS["case"]
    rows = []
    for number in NUMBERS:
        state = fold(subject, events.stream(ledger.connection, f"case/{number}"))
        rows += subject.rows(state)["ground"]
    return sorted(rows, key=lambda row: (row["case"], row["key"]))


def check_whole(path: Path) -> None:
    with open_ledger(path, writable=True) as ledger:
        assert [each.name for each in verify(ledger) if not each.holds] == []
        before = kept(ledger)
        rebuild(ledger)
        assert kept(ledger) == before


def due(ledger: Ledger, on: date) -> list[tuple[str, ...]]:
    lines = supervision_lists.grounds_due(ledger.connection, on)
    return sorted((each.case, each.ground, each.unit, str(each.since)) for each in lines)


# The rule once more, slowly and from the facts alone (domain.md, section 4)

Existing = tuple[str, str, date, bool]  # ground, unit, since, whether it is a lasting state


def due_slowly(ledger: Ledger, on: date) -> list[tuple[str, ...]]:
    """A ground, and no open supervision; an event is done with once it was supervised by name."""
    listed = []
    supervisions = supervisions_in(ledger)
    for number in NUMBERS:
        case = load(ledger.connection, CASES, number)
        over = [
            each for each in supervisions if number in each.entry.cases and each.opened_on <= on
        ]
        for ground, unit, since, lasting in existing(case, on):
            mine = [each for each in over if unit in ("", each.entry.unit)]
            running = any(each.closed_on is None or each.closed_on > on for each in mine)
            dealt_with = any(
                each.opened_on >= since and ground in each.entry.grounds for each in mine
            )
            if not running and (lasting or not dealt_with):
                listed.append((number, ground, unit, str(since)))
    return sorted(listed)


def supervisions_in(ledger: Ledger) -> list[supervision.Supervision]:
    numbers = ledger.connection.execute("SELECT number FROM supervision")
    return [load(ledger.connection, SUPERVISIONS, number) for (number,) in numbers.fetchall()]


def existing(case: Case, on: date) -> Iterator[Existing]:
    if case.registered_on <= on:
        yield from no_feedback(case, on)
        yield from not_accepted(case, on)
        yield from judged_or_not_executed(case, on)
        yield from from_above(case, on)


def days_of(case: Case, kind: type, assignment: int) -> list[date]:
    """When facts of a kind happened to an assignment; of reports, the written ones."""
    return [
        each.occurred_on
        for each in case.history
        if isinstance(each.fact, kind)
        and each.fact.assignment == assignment
        and getattr(each.fact, "form", FeedbackForm.WRITTEN) is FeedbackForm.WRITTEN
    ]


def assigned(case: Case) -> list[tuple[date, facts.CaseAssigned]]:
    return [
        (each.occurred_on, each.fact)
        for each in case.history
        if isinstance(each.fact, facts.CaseAssigned)
    ]


def no_feedback(case: Case, on: date) -> Iterator[Existing]:
    if case.entry.channel in (Channel.SUPERIOR, Channel.LEADER):
        return
    for day, fact in assigned(case):
        received = days_of(case, facts.CaseReceived, fact.assignment)
        due_on = CALENDAR.add_working_days(received[0] if received else day, 7)
        ended = [
            *days_of(case, facts.FeedbackGiven, fact.assignment),
            *days_of(case, facts.AssignmentReturned, fact.assignment),
        ]
        if on > due_on and not any(each <= on for each in ended):
            yield "1", fact.unit, due_on + timedelta(days=1), True


def not_accepted(case: Case, on: date) -> Iterator[Existing]:
    if case.repeats is not None:
        return
    for _, fact in assigned(case):
        later = [
            each.assignment
            for _, each in assigned(case)
            if each.unit == fact.unit and each.assignment > fact.assignment
        ]
        taken = [
            day
            for number in later
            for kind in (facts.CaseReceived, facts.FeedbackGiven)
            for day in days_of(case, kind, number)
        ]
        for returned in days_of(case, facts.AssignmentReturned, fact.assignment):
            if later and returned <= on and not any(day <= on for day in taken):
                yield "2", fact.unit, returned, False


def judged_or_not_executed(case: Case, on: date) -> Iterator[Existing]:
    executed = [
        each.occurred_on for each in case.history if isinstance(each.fact, facts.OpinionExecuted)
    ]
    done = any(day <= on for day in executed)
    for each in case.history:
        match each.fact:
            case facts.GroundFound() as fact if each.occurred_on <= on:
                if not (fact.ground == "5" and done):
                    yield fact.ground, fact.unit, each.occurred_on, False
            case facts.OpinionDelivered(execute_by=date() as limit) if on > limit and not done:
                yield "5", told_last(case, EXECUTION), limit + timedelta(days=1), True


def told_last(case: Case, key: str) -> str:
    """The unit to which a fact gave a duty last, "" if it was the office: it passes with the lead."""
    given = [op.owed_by for each in case.history for op in each.fact.opens if op.key == key]
    return given[-1].replace("office", "")


def from_above(case: Case, on: date) -> Iterator[Existing]:
    if case.entry.channel is not Channel.SUPERIOR:
        return
    leads = [
        fact.unit
        for _, fact in assigned(case)
        if fact.role is Role.LEAD and not days_of(case, facts.AssignmentReturned, fact.assignment)
    ]
    spells: list[tuple[date, list[date]]] = [(case.registered_on, [])]
    for each in case.history:
        if isinstance(each.fact, facts.CaseReopened):
            spells.append((each.occurred_on, []))
        elif isinstance(each.fact, facts.CaseClosed | facts.CaseDeclined):
            spells[-1][1].append(each.occurred_on)
    for since, ended in spells:
        if since <= on and not any(day <= on for day in ended):
            yield "6", leads[-1] if leads else "", since, False


# What the questions cost


@pytest.mark.parametrize("index", ["ix_ground_until", "ix_supervision_case_case"])
def test_what_is_due_is_found_by_index(office: Office, index: str) -> None:
    """The cost follows the grounds that stand, not all there ever were."""
    with office.reading() as ledger:
        plan = ledger.connection.execute(
            f"EXPLAIN QUERY PLAN {supervision_lists._DUE}", {"on": "2026-03-20", "recurring": "[]"}
        ).fetchall()
    steps = [row[-1] for row in plan]
    assert any(index in step for step in steps)
    assert not [step for step in steps if step.startswith(("SCAN g", "SCAN s"))]


def test_supervisions_of_a_unit_are_found_by_index(office: Office) -> None:
    with office.reading() as ledger:
        sql = f"EXPLAIN QUERY PLAN {supervision_lists._SUPERVISIONS} WHERE s.unit = :unit"
        plan = ledger.connection.execute(sql, {"unit": "U01", "case": None}).fetchall()
    steps = [row[-1] for row in plan]
    assert any("ix_supervision_unit" in step for step in steps)
    assert not [step for step in steps if step.startswith(("SCAN o", "SCAN s "))]


# Counting, and days gone by


def opened(office: Office, on: date, *numbers: str, unit: str = "U01", ground: str = "1") -> str:
    with office.desk(today=date(2026, 12, 31)) as desk:
        state = supervise(
            desk,
            OpenSupervision(
                on=on,
                cases=numbers,
                unit=unit,
                unit_name=unit_name(unit),
                grounds=(ground,),
                forms=(SupervisionForm.LETTER,),
                tracker="示例跟踪人",
                days=5,
            ),
        )
    return state.number


def closed(office: Office, number: str, on: date) -> None:
    with office.desk(today=date(2026, 12, 31)) as desk:
        desk.on(
            SUPERVISIONS,
            number,
            lambda state, world: supervision.close(state, on, "示例结果", "示例范围", world),
        )


def test_second_and_third_supervision_are_counted_for_each_matter(office: Office) -> None:
    office.add_units("U01", "U02")
    office.register("XF0001", assigned_to="U01")
    office.register("XF0002", assigned_to="U01")
    first = opened(office, date(2026, 3, 12), "XF0001")
    closed(office, first, date(2026, 3, 13))
    opened(office, date(2026, 3, 16), "XF0001", "XF0002")
    opened(office, date(2026, 3, 17), "XF0001", unit="U02")
    with office.reading() as ledger:
        connection = ledger.connection
        assert [each.nth for each in supervision_lists.supervisions(connection)] == [1, 2, 3]
        of_first = supervision_lists.supervisions(connection, case="XF0001")
        of_second = supervision_lists.supervisions(connection, case="XF0002")
    assert [(each.number, each.nth) for each in of_first] == [
        ("DB2026-0001", 1),
        ("DB2026-0002", 2),
        ("DB2026-0003", 3),
    ]
    assert [(each.number, each.nth) for each in of_second] == [("DB2026-0002", 1)]


def test_a_supervision_entered_late_takes_its_place_by_date(office: Office) -> None:
    office.add_units("U01")
    office.register("XF0001", assigned_to="U01")
    opened(office, date(2026, 3, 16), "XF0001")
    opened(office, date(2026, 3, 12), "XF0001")
    with office.reading() as ledger:
        lines = supervision_lists.supervisions(ledger.connection)
    assert [(each.number, each.nth) for each in lines] == [("DB2026-0001", 2), ("DB2026-0002", 1)]


def test_supervisions_are_chosen_by_unit_matter_and_day(office: Office) -> None:
    office.add_units("U01", "U02")
    office.register("XF0001", assigned_to="U01")
    office.register("XF0002", assigned_to="U02")
    first = opened(office, date(2026, 3, 12), "XF0001")
    opened(office, date(2026, 3, 16), "XF0002", unit="U02")
    closed(office, first, date(2026, 3, 17))
    with office.reading() as ledger:

        def numbers(**wanted: object) -> list[int]:
            lines = supervision_lists.supervisions(ledger.connection, **wanted)
            return [int(each.number[-4:]) for each in lines]

        assert numbers(unit="U01") == [1]
        assert numbers(case="XF0002") == [2]
        assert numbers(begun_by=date(2026, 3, 15)) == [1]
        assert numbers(open_on=date(2026, 3, 11)) == []
        assert numbers(open_on=date(2026, 3, 16)) == [1, 2]
        assert numbers(open_on=date(2026, 3, 17)) == [2]
        assert numbers(unit="U01", open_on=date(2026, 3, 17)) == []


def test_one_supervision_over_several_matters_covers_each(office: Office) -> None:
    office.add_units("U01")
    for number in NUMBERS:
        office.register(number, assigned_to="U01")
    opened(office, date(2026, 3, 12), "XF0001", "XF0002")
    with office.reading() as ledger:
        lines = supervision_lists.grounds_due(ledger.connection, date(2026, 3, 12))
    assert [each.case for each in lines] == ["XF0003"]


def test_feedback_entered_later_does_not_change_what_was_known_before(office: Office) -> None:
    office.add_units("U01")
    office.register("XF0001", assigned_to="U01")
    in_time = GiveFeedback(number="XF0001", on=date(2026, 3, 11), form=FeedbackForm.WRITTEN)
    with office.desk(now=NOW + timedelta(hours=2)) as desk:
        desk.step(in_time)
    with office.reading() as ledger:
        assert due(ledger, date(2026, 3, 13)) == []
        with known_at(ledger, NOW + timedelta(hours=1)):
            assert due(ledger, date(2026, 3, 13)) == [("XF0001", "1", "U01", "2026-03-12")]
