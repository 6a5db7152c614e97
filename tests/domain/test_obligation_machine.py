"""Any steps on several matters at once, on a real ledger, against a model made of plain dicts.

The model knows only the table of clocks: what starts, restarts, ends or lapses each, who owes it and
for how long. Whether a step is legal is left to the rules (``test_lifecycle.py`` tests that); a step
that they refuse must change nothing. After every step the model, the matter, the obligation table
and the reports must say the same.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from conftest import ACTOR, NOW, Office, entry
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from lives import COMMANDS, Line
from msgspec.structs import replace

from xfctl.app.office import change_calendar, set_parameter
from xfctl.domain.case import Case
from xfctl.domain.case_facts import FactCorrected, Superior
from xfctl.domain.classification import Purpose
from xfctl.domain.event import kind_of
from xfctl.domain.identity import Identity
from xfctl.domain.lifecycle import next_steps
from xfctl.domain.office_calendar import ClosureRecorded
from xfctl.domain.parameters import ParameterSet
from xfctl.domain.steps.correction import CorrectFact
from xfctl.errors import XfctlError
from xfctl.ledger import queries
from xfctl.ledger.case_lists import CaseFilter, cases
from xfctl.ledger.create import create_ledger
from xfctl.ledger.load import CASES, load
from xfctl.ledger.verify import require_sound
from xfctl.reports import obligations
from xfctl.reports.case_cover import standing_text
from xfctl.workdays.calendar import Calendar

DAY = timedelta(days=1)
FIRST, TODAY = date(2026, 7, 1), date(2026, 8, 31)
# From today on, so that every fact has happened: most is not due yet; much is overdue; all of it is.
ASKED = [TODAY, TODAY + 45 * DAY, TODAY + 200 * DAY]
UNITS = ["U01", "U02", "U03"]
NUMBERS = ["XF2026-0001", "XF2026-0002", "XF2026-0003"]

# The days off from July 2026 to March 2027 that are not plain weekends, written out by hand;
# 2027 has no notice yet, so only the statutory days count.
OFF = {date(2026, 9, 25), *(date(2026, 10, n) for n in (1, 2, 5, 6, 7)), date(2027, 1, 1)}
OFF |= {date(2027, 2, n) for n in (5, 8, 9, 10)}
ON = {date(2026, 9, 20), date(2026, 10, 10)}

# The clocks: length and unit, as domain.md has them. None: the date is named by a document.
CLOCKS = {
    "acceptance_notice": (15, "days"),
    "misrouted_objection": (5, "working_days"),
    "superior_report": (None, "named_date"),
    "feedback": (7, "working_days"),
    "supplement": (None, "named_date"),
    "handling": (60, "days"),
    "opinion_execution": (None, "named_date"),
    "petitioner_reply": (5, "working_days"),
    "review_request": (30, "days"),
    "review_decision": (30, "days"),
    "rereview_request": (30, "days"),
    "rereview_decision": (30, "days"),
}
REMINDERS = {"misrouted_objection", "review_request", "rereview_request"}


class Model:
    """What is owed on every matter, in dicts: number → key → the obligation."""

    def __init__(self) -> None:
        self.owed: dict[str, dict[str, dict[str, Any]]] = {}
        self.known: dict[str, dict[str, Any]] = {}
        self.closures: set[date] = set()
        self.reply_lengths: list[tuple[date, int]] = []

    # Counting

    def works(self, day: date) -> bool:
        if day in self.closures or day in OFF:
            return False
        return day in ON or day.weekday() < 5

    def due(self, start: date, length: int, unit: str) -> date:
        if unit == "days":
            day = start + length * DAY
            while not self.works(day):
                day += DAY
            return day
        day = start
        while length:
            day += DAY
            length -= self.works(day)
        return day

    def late_by(self, each: dict[str, Any], on: date) -> int | None:
        """How late at the end of a day; None if not at all."""
        until = min(each["done"] or on, on)
        if each["reminder"] or until <= each["due"]:
            return None
        days = [each["due"] + n * DAY for n in range(1, (until - each["due"]).days + 1)]
        return sum(map(self.works, days)) if each["unit"] == "working_days" else len(days)

    # What happens to obligations

    def open(self, number: str, key: str, debtor: str, on: date, named: date | None = None) -> None:
        clock = key.partition("/")[0]
        length, unit = CLOCKS[clock]
        if clock == "petitioner_reply":
            length = self.reply_length(on)
        due = named or self.due(on, length, unit)
        held = self.owed[number].get(key, {"done": None, "lapsed": False})
        self.owed[number][key] = {
            **held,
            "debtor": debtor,
            "start": on,
            "length": length,
            "unit": unit,
            "due": due,
            "reminder": clock in REMINDERS,
        }

    def reply_length(self, on: date) -> int:
        in_force = [each for each in self.reply_lengths if each[0] <= on]
        return max(reversed(in_force), key=lambda each: each[0])[1] if in_force else 5

    def restart(self, number: str, key: str, on: date) -> None:
        held = self.owed[number][key]
        if held["start"] != on:
            held.update(start=on, due=self.due(on, held["length"], held["unit"]))

    def end(self, number: str, key: str, on: date) -> None:
        """Performed; the earliest performance counts, whenever it is recorded."""
        held = self.owed[number].get(key)
        if held and (held["done"] is None or on < held["done"]):
            held.update(done=on, lapsed=False)

    def lapse(self, number: str, key: str, on: date) -> None:
        held = self.owed[number].get(key)
        if held and held["done"] is None:
            held.update(done=on, lapsed=True)

    def close_office(self, days: list[date]) -> None:
        """A closure: what is still open is counted anew."""
        self.closures |= set(days)
        for held in self.all():
            if held["done"] is None and held["length"]:
                held["due"] = self.due(held["start"], held["length"], held["unit"])

    def all(self) -> list[dict[str, Any]]:
        return [each for by_key in self.owed.values() for each in by_key.values()]

    def is_open(self, number: str, key: str) -> bool:
        held = self.owed[number].get(key)
        return held is not None and held["done"] is None

    # What each step does, by its word

    def register(self, number: str, on: date, **known: Any) -> None:
        self.owed[number] = {}
        self.known[number] = {**known, "assignments": [], "opinion": None, "replied": False}
        if known["reachable"]:
            self.open(number, "acceptance_notice", "office", on)
        if known["from_above"]:
            self.open(number, "misrouted_objection", "office", on)
        if known["report_by"]:
            self.open(number, "superior_report", "office", on, known["report_by"])

    def lead(self, number: str) -> str:
        leads = [
            each
            for each in self.known[number]["assignments"]
            if each["role"] == "lead" and not each["returned"]
        ]
        return leads[-1]["unit"] if leads else "office"

    def accepted(self, number: str, line: Line, _: int | None) -> None:
        if self.known[number]["appeal"] and not self.known[number]["opinion"]:
            self.open(number, "handling", self.lead(number), line.on)
        self.told(number, line, _)

    def told(self, number: str, line: Line, _: int | None) -> None:
        on = line.on if line.word == "告知" else line.date
        if on:
            self.end(number, "acceptance_notice", on)

    def opined(self, number: str, line: Line, _: int | None) -> None:
        self.known[number]["opinion"] = line.on
        self.reply_owed(number, line, _)
        if line.date:
            self.open(number, "opinion_execution", self.lead(number), line.on, line.date)
        self.end(number, "handling", line.on)

    def extended(self, number: str, line: Line, _: int | None) -> None:
        held = self.owed[number]["handling"]
        held["length"] += line.number
        held["due"] = self.due(held["start"], held["length"], "days")

    def reply_owed(self, number: str, line: Line, _: int | None) -> None:
        known, owed = self.known[number], self.owed[number]
        if known["reachable"] and not known["replied"] and "petitioner_reply" not in owed:
            self.open(number, "petitioner_reply", "office", line.on)

    def replied(self, number: str, line: Line, _: int | None) -> None:
        self.known[number]["replied"] = True
        opinion = self.known[number]["opinion"]
        if line.word == "书面答复" and opinion and opinion <= line.on:
            self.open(number, "review_request", "petitioner", line.date or line.on)
        self.end(number, "petitioner_reply", line.on)

    def requested(self, number: str, line: Line, _: int | None) -> None:
        level = LEVELS[line.word]
        self.end(number, f"{level}_request", line.on)
        self.open(number, f"{level}_decision", "office", line.on)

    def decided(self, number: str, line: Line, _: int | None) -> None:
        self.end(number, f"{LEVELS[line.word]}_decision", line.on)
        if line.word == "复查决定":
            self.open(number, "rereview_request", "petitioner", line.on)

    def assigned(self, number: str, line: Line, assignment: int) -> None:
        role = "lead" if self.lead(number) == "office" else "co"
        new = {"unit": line.unit, "role": role, "returned": False, "written": []}
        self.known[number]["assignments"].append(new)
        self.open(number, f"feedback/{assignment}", line.unit, line.on)
        for held in self.led(number, line.on) if role == "lead" else ():
            held["debtor"] = line.unit

    def received(self, number: str, line: Line, assignment: int) -> None:
        self.restart(number, f"feedback/{assignment}", line.on)

    def returned(self, number: str, line: Line, assignment: int) -> None:
        mine = self.known[number]["assignments"][assignment - 1]
        mine["returned"] = True
        self.lapse(number, f"feedback/{assignment}", line.on)
        for held in self.led(number, line.on):
            if held["debtor"] == mine["unit"]:
                held["debtor"] = "office"

    def led(self, number: str, on: date) -> list[dict[str, Any]]:
        """What passes from lead unit to lead unit: the handling, and an execution not yet late."""
        return [
            held
            for key, held in self.owed[number].items()
            if held["done"] is None
            and (key == "handling" or (key == "opinion_execution" and on <= held["due"]))
        ]

    def dismissed(self, number: str, line: Line, _: int | None) -> None:
        self.known[number]["ran"] = self.is_open(number, "handling")
        self.lapse(number, "handling", line.on)
        self.told(number, line, _)

    def reopened(self, number: str, line: Line, _: int | None) -> None:
        if self.known[number].pop("ran", False):
            held = self.owed[number]["handling"]
            due = self.due(held["start"], held["length"], held["unit"])
            held.update(done=None, lapsed=False, due=due)

    def reported(self, number: str, line: Line, assignment: int) -> None:
        self.known[number]["assignments"][assignment - 1]["written"].append(line.on)
        self.end(number, f"feedback/{assignment}", line.on)
        for key, held in self.supplements(number, assignment).items():
            if held["done"] is None and held["start"] <= line.on:
                self.end(number, key, line.on)

    def sent_back(self, number: str, line: Line, assignment: int) -> None:
        if line.date:
            time = len(self.supplements(number, assignment)) + 1
            key = f"supplement/{assignment}" + (f"/{time}" if time > 1 else "")
            unit = self.known[number]["assignments"][assignment - 1]["unit"]
            self.open(number, key, unit, line.on, line.date)

    def supplements(self, number: str, assignment: int) -> dict[str, dict[str, Any]]:
        return {
            key: held
            for key, held in self.owed[number].items()
            if key.split("/")[:2] == ["supplement", str(assignment)]
        }


LEVELS = {"申请复查": "review", "复查决定": "review"} | {
    "申请复核": "rereview",
    "复核决定": "rereview",
}
# What each step does to what is owed; the others do nothing.
EFFECTS: dict[str, Callable[[Model, str, Line, Any], None]] = {
    "受理": Model.accepted,
    "不予受理": Model.told,
    "不再受理": Model.dismissed,
    "重启": Model.reopened,
    "告知": Model.told,
    "交办": Model.assigned,
    "收件": Model.received,
    "退回交办": Model.returned,
    "书面反馈": Model.reported,
    "采纳反馈": Model.reply_owed,
    "退回反馈": Model.sent_back,
    "出具意见": Model.opined,
    "延期": Model.extended,
    "答复": Model.replied,
    "书面答复": Model.replied,
    "执行": lambda model, number, line, _: model.end(number, "opinion_execution", line.on),
    "免予执行": lambda model, number, line, _: model.lapse(number, "opinion_execution", line.on),
    "申请复查": Model.requested,
    "复查决定": Model.decided,
    "申请复核": Model.requested,
    "复核决定": Model.decided,
    "提出异议": lambda model, number, line, _: model.end(number, "misrouted_objection", line.on),
    "报告上级": lambda model, number, line, _: model.end(number, "superior_report", line.on),
}


@cache
def ledger_with_units() -> Path:
    folder = tempfile.mkdtemp(prefix="xfctl-machine-")
    atexit.register(shutil.rmtree, folder)
    path = Path(folder) / "ledger.db"
    create_ledger(path, actor=ACTOR, now=NOW, today=FIRST)
    Office(path).add_units(*UNITS, on=FIRST)
    return path


# A file must lie in the store before it is put with a matter; ``test_attachments.py`` does that.
WORDS = sorted(COMMANDS.keys() - {"附件"})
# Steps that carry a matter on; the others end it, or say something about it.
ONWARD = EFFECTS.keys() - {"不予受理", "不再受理", "答复", "报告上级", "提出异议"}
# What a step needs besides its date.
OF_UNITS = {"交办", "收件", "退回交办", "书面反馈", "口头反馈", "电话反馈", "采纳反馈", "退回反馈"}
NOTICES = {"受理", "不予受理", "不再受理", "书面答复"}
LIMITS = {"出具意见", "退回反馈"}
RARELY = st.integers(0, 9).map(lambda n: n == 9)
# Dates around which things happen, one too early, one in the future.
DATES = st.integers(-1, (TODAY - FIRST).days + 1).map(lambda n: FIRST + n * DAY)


class Machine(RuleBasedStateMachine):
    """Three matters and whatever may be tried with them."""

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.folder = tempfile.mkdtemp(prefix="xfctl-machine-")
        self.office = Office(Path(shutil.copy(ledger_with_units(), self.folder)))
        self.model = Model()
        self.calendar = Calendar()
        with self.office.desk(today=TODAY) as desk:
            for number in NUMBERS:
                on = FIRST + data.draw(st.integers(0, 10)) * DAY
                reachable, anonymous, appeal, from_above, dated = data.draw(
                    st.tuples(*[st.booleans()] * 5)
                )
                report_by = on + 30 * DAY if from_above and dated else None
                desk.register(
                    on,
                    entry(
                        number,
                        anonymous=anonymous,
                        purpose=Purpose.APPEAL if appeal else Purpose.INQUIRY,
                        superior=Superior("虚构上级", None, report_by) if from_above else None,
                    ),
                    Identity(phone="000-0000-0001") if reachable else None,
                )
                self.model.register(
                    number,
                    on,
                    reachable=reachable and not anonymous,
                    appeal=appeal,
                    from_above=from_above,
                    report_by=report_by,
                )
        for number in NUMBERS:
            self.go_on_with(data, number, data.draw(st.integers(0, 12)))

    def case(self, number: str) -> Case:
        with self.office.reading() as ledger:
            return load(ledger.connection, CASES, number)

    def teardown(self) -> None:
        try:
            with self.office.reading() as ledger:
                require_sound(ledger)
        finally:
            shutil.rmtree(self.folder)

    @rule(data=st.data(), number=st.sampled_from(NUMBERS), steps=st.integers(2, 6))
    def go_on(self, data: st.DataObject, number: str, steps: int) -> None:
        """Some of the steps that are offered, soon after one another."""
        self.go_on_with(data, number, steps)

    def go_on_with(self, data: st.DataObject, number: str, steps: int) -> None:
        for _ in range(steps):
            case = self.case(number)
            offered = {step.value for step in next_steps(case, TODAY)}
            words = [word for word in WORDS if step_of(word) in offered]
            onward = [word for word in words if word in ONWARD] or words
            word = data.draw(st.sampled_from(words if data.draw(RARELY) else onward))
            last = max(each.occurred_on for each in case.history)
            on = min(TODAY, last + data.draw(st.integers(-3, 4)) * DAY)
            units = [each.unit for each in case.active] if word != "交办" else UNITS
            self.attempt(data, number, word, on, units or UNITS)

    @rule(
        data=st.data(),
        number=st.sampled_from(NUMBERS),
        word=st.sampled_from(WORDS),
        on=DATES,
    )
    def try_anything(self, data: st.DataObject, number: str, word: str, on: date) -> None:
        """Any step, on any day: often one that the rules refuse."""
        self.attempt(data, number, word, on, UNITS)

    def attempt(
        self, data: st.DataObject, number: str, word: str, on: date, units: list[str]
    ) -> None:
        line = Line(
            word,
            on,
            unit=data.draw(st.sampled_from(units)) if word in OF_UNITS else None,
            date=data.draw(further_date(word, on)),
            number=data.draw(st.sampled_from([30, 10, 0, 31])) if word == "延期" else None,
        )
        command = replace(COMMANDS[word](line), number=number)
        before = self.office.head()
        try:
            with self.office.desk(today=TODAY) as desk:
                case = desk.step(command)
        except XfctlError:
            assert self.office.head() == before, "a refused step changes nothing"
            return
        assert on <= TODAY, "nothing happens in the future"
        assert on >= case.registered_on, "nothing happens before the matter came in"
        if word in EFFECTS:
            assignment = getattr(case.as_recorded[-1].fact, "assignment", None)
            EFFECTS[word](self.model, number, line, assignment)

    @rule(data=st.data(), number=st.sampled_from(NUMBERS), on=DATES)
    def correct_a_receipt_or_a_report(self, data: st.DataObject, number: str, on: date) -> None:
        """The right date of a receipt moves the clock; that of a report, the discharge."""
        case = self.case(number)
        kinds = ("case.received", "case.feedback_given")
        wrong = [each for each in case.history if kind_of(each.fact) in kinds]
        if not wrong:
            return
        event = data.draw(st.sampled_from(wrong))
        command = CorrectFact(
            number=number, on=TODAY, seq=event.seq, reason="虚构更正", right_date=on
        )
        before = self.office.head()
        try:
            with self.office.desk(today=TODAY) as desk:
                corrected = desk.step(command)
        except XfctlError:
            assert self.office.head() == before
            return
        assert any(isinstance(each.fact, FactCorrected) for each in corrected.as_recorded)
        self.follow(number, event, on)

    def follow(self, number: str, event: Any, on: date) -> None:
        key = f"feedback/{event.fact.assignment}"
        if kind_of(event.fact) == "case.received":
            self.model.restart(number, key, on)
        elif event.fact.form == "written":
            written = self.model.known[number]["assignments"][event.fact.assignment - 1]["written"]
            written[written.index(event.occurred_on)] = on
            self.model.owed[number][key]["done"] = min(written)
            for other, held in self.model.supplements(number, event.fact.assignment).items():
                if other in event.fact.ends and held["done"] == event.occurred_on:
                    held["done"] = on

    @rule(value=st.integers(1, 10), effective=DATES)
    def set_the_length_of_replies(self, value: int, effective: date) -> None:
        setting = ParameterSet(name="reply", value=value, effective=effective, reason="虚构规定")
        with self.office.desk(today=TODAY) as desk:
            set_parameter(desk, setting)
        self.model.reply_lengths.append((effective, value))

    @rule(start=st.integers(0, 90), length=st.integers(1, 5))
    def close_the_office(self, start: int, length: int) -> None:
        days = [FIRST + (start + n) * DAY for n in range(length)]
        fact = ClosureRecorded(first=days[0], last=days[-1], reason="虚构停办")
        with self.office.desk(today=TODAY) as desk:
            change_calendar(desk, fact)
            self.calendar = desk.world.calendar
        self.model.close_office(days)

    @invariant()
    def everyone_says_the_same(self) -> None:
        with self.office.reading() as ledger:
            found = {number: load(ledger.connection, CASES, number) for number in NUMBERS}
            for number, case in found.items():
                assert of_case(case) == self.model.owed[number]
            rows = ledger.connection.execute(
                'SELECT "case", key, owed_by, started_on, due_on, discharged_on, lapsed, reminder'
                " FROM obligation"
            )
            assert {row[:2]: row[2:] for row in rows} == {
                (number, key): as_row(held)
                for number, by_key in self.model.owed.items()
                for key, held in by_key.items()
            }
            for on in ASKED:
                self.reports_agree(ledger.connection, list(found.values()), on)

    def reports_agree(self, connection: Any, found: list[Case], on: date) -> None:
        expected = {
            (number, key): self.model.late_by(held, on)
            for number, by_key in self.model.owed.items()
            for key, held in by_key.items()
        }
        late = {each: days for each, days in expected.items() if days is not None}
        still_open = {
            (number, key) for number, key in late if self.model.owed[number][key]["done"] is None
        }

        overdue = obligations.overdue(connection, on, self.calendar)
        assert Counter((each.line.case, each.late_by) for each in overdue) == Counter(
            (number, late[number, key]) for number, key in still_open
        )
        listed = {each.number for each in cases(connection, CaseFilter(overdue_on=on))}
        assert listed == {number for number, _ in still_open}

        lines = queries.all_obligations(connection)
        table = obligations.export_table(lines, on, self.calendar, names=False)
        names = [column.key for column in table.columns]
        told = [dict(zip(names, row, strict=True)) for row in table.rows]
        assert sum(bool(each["late"]) for each in told) == len(late)
        assert Counter((each["case"], each["late_by"]) for each in told) == Counter(
            (number, days) for (number, _), days in expected.items()
        )

        words = {
            (case.number, each.key): standing_text(each, on, self.calendar)
            for case in found
            for each in case.obligations
        }
        assert {each for each, text in words.items() if "逾期" in text} == late.keys()
        for each, days in late.items():
            assert f"逾期 {days} " in words[each]


def further_date(word: str, on: date) -> st.SearchStrategy[date | None]:
    """When the petitioner was told, or until when something is to be done."""
    if word in NOTICES:
        return st.none() | st.integers(-1, 5).map(lambda n: on + n * DAY)
    if word in LIMITS:
        return st.none() | st.integers(-1, 40).map(lambda n: on + n * DAY)
    return st.none()


def step_of(word: str) -> str:
    return COMMANDS[word](Line(word, TODAY, unit="U01", number=1)).step.value


def of_case(case: Case) -> dict[str, dict[str, Any]]:
    return {
        each.key: {
            "debtor": each.owed_by,
            "start": each.duty.started_on,
            "length": each.duty.length,
            "unit": each.duty.unit.value,
            "due": each.duty.due_on,
            "reminder": each.duty.reminder,
            "done": each.discharged_on,
            "lapsed": each.lapsed,
        }
        for each in case.obligations
    }


def as_row(held: dict[str, Any]) -> tuple[Any, ...]:
    done = held["done"].isoformat() if held["done"] else None
    flags = (int(held["lapsed"]), int(held["reminder"]))
    return (held["debtor"], held["start"].isoformat(), held["due"].isoformat(), done, *flags)


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=25, stateful_step_count=10, deadline=None)


def test_the_days_off_written_here_are_those_of_the_calendar():
    calendar, model = Calendar(), Model()
    for n in range((date(2027, 3, 31) - FIRST).days):
        on = FIRST + n * DAY
        assert calendar.works(on) == model.works(on), on
