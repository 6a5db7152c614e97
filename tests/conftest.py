"""An invented office with a real ledger file, for every test that needs one.

``ledger_path`` is a fresh ledger; ``office`` is the same ledger with someone at work in it:

    def test_something(office):
        office.add_units("U01", "U02")
        office.register("XF2026-0001", assigned_to="U01")
        with office.desk() as desk:                       # one transaction, through xfctl.app
            desk.step(GiveFeedback(number="XF2026-0001", on=TODAY, form=FeedbackForm.WRITTEN))
        with office.reading() as ledger:
            ...

Dates are fixed: a Friday in March 2026. Names are invented so that nobody takes them for people.

Endurance tests (``tests/endurance``) do a small amount of their work in every run; all of it with

    pytest --full tests/endurance
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from msgspec import Struct
from msgspec.structs import replace

from xfctl.app import Context, Desk, at_desk
from xfctl.app.accounts import propose, set_aside
from xfctl.app.office import adopt_plan, change_calendar, set_parameter
from xfctl.app.supervisions import supervise
from xfctl.domain.case_facts import CaseRegistered
from xfctl.domain.classification import Relation
from xfctl.domain.identity import Identity
from xfctl.domain.office import SealedBy
from xfctl.domain.parameters import ParameterSet
from xfctl.domain.steps.handling import AssignCase, ReceiveCase
from xfctl.domain.steps.relations import AttachFile
from xfctl.domain.unit import UnitAdded
from xfctl.errors import InputRefusedError
from xfctl.ledger import attachments, custody, events
from xfctl.ledger.chain import Head
from xfctl.ledger.connection import Ledger, open_ledger
from xfctl.ledger.create import create_ledger
from xfctl.ledger.key_source import KeySource
from xfctl.ledger.writer import Writer, writing

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 1, 30, tzinfo=UTC)
ACTOR = "测试员"
REGISTERED_ON = date(2026, 3, 2)

# Nobody's own configuration decides what a test sees, and no key is put among anybody's own.
os.environ["XFCTL_CONFIG"] = "/nonexistent/config.toml"
_KEYS = tempfile.TemporaryDirectory(prefix="xfctl-keys-")
os.environ["XFCTL_KEY"] = str(Path(_KEYS.name) / "office.key")

# Two processors, eight workers, real files: time per example says nothing about the code.
settings.register_profile("xfctl", deadline=None)
settings.load_profile("xfctl")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--full``: every endurance test at its full amount; hours instead of minutes."""
    parser.addoption("--full", action="store_true", help="endurance tests at their full amount")


@pytest.fixture(scope="session")
def amount(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How much of a thing an endurance test does: ``amount(quick, full)``."""
    full = request.config.getoption("--full")
    return lambda quick, whole: whole if full else quick


class Office(Struct, frozen=True):
    """A ledger and short ways to work in it; every write goes through ``xfctl.app``.

    ``key`` opens its identities if they are sealed.
    """

    path: Path
    key: KeySource | None = None

    @contextmanager
    def desk(
        self, *, today: date = TODAY, now: datetime = NOW, actor: str = ACTOR
    ) -> Iterator[Desk]:
        """A desk for one write transaction."""
        context = Context(today, now, actor)
        with self._opened(writable=True) as ledger, at_desk(ledger, context) as desk:
            yield desk

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A write transaction without a desk."""
        with self._opened(writable=True) as ledger, writing(ledger, ACTOR, NOW) as writer:
            yield writer

    def reading(self) -> Ledger:
        """The ledger opened for reading, to be used in a ``with`` statement."""
        return self._opened()

    def _opened(self, *, writable: bool = False) -> Ledger:
        ledger = open_ledger(self.path, writable=writable)
        ledger.key = self.key
        return ledger

    def head(self) -> Head:
        """How far the chain reaches now."""
        with self.reading() as ledger:
            return events.head(ledger.connection)

    def add_units(self, *codes: str, on: date = REGISTERED_ON) -> None:
        """Add a unit with an invented name for every code."""
        with self.desk() as desk:
            for code in codes:
                desk.add_unit(unit(code), on)

    def register(
        self,
        number: str,
        *,
        on: date = REGISTERED_ON,
        assigned_to: str | None = None,
        received: bool = False,
        identity: Identity | None = None,
        **details: Any,
    ) -> None:
        """Register a matter and, if asked, assign it to a unit and record receipt the same day."""
        with self.desk() as desk:
            desk.register(on, entry(number, **details), identity)
            if assigned_to:
                desk.step(assign(number, on, assigned_to))
            if received:
                desk.step(ReceiveCase(number=number, on=on))

    def attach(self, number: str, source: Path, *, on: date = TODAY) -> str:
        """Put a file with a matter; returns the SHA-256 it is kept under."""
        kept = attachments.keep(self.path, source)
        with self.desk() as desk:
            desk.step(
                AttachFile(
                    number=number, on=on, name=source.name, size=kept.size, sha256=kept.sha256
                )
            )
        return kept.sha256


def sealed(office: Office, folder: Path, by: SealedBy) -> Office:
    """The same ledger with its identities sealed by a key file or passphrase in a folder."""
    named = folder / f"{by}.key"
    if by is SealedBy.PASSPHRASE:
        named.write_text("虚构的口令，足够长，没有人用\n", encoding="utf-8")
    source = KeySource(named, lambda: folder, _nobody)
    with office.writer() as writer:
        custody.seal(writer, source, by, TODAY)
    return replace(office, key=source)


def _nobody(question: str) -> str:
    raise InputRefusedError(f"没有人回答「{question}」；请改用文件。")


def unit_name(code: str) -> str:
    """The invented name of the unit with this code."""
    return f"虚构单位{code}"


def unit(code: str, **details: Any) -> UnitAdded:
    """An invented unit; ``details`` are further fields of UnitAdded."""
    return UnitAdded(**{"code": code, "name": unit_name(code)} | details)


def assign(number: str, on: date, code: str, **details: Any) -> AssignCase:
    """The command that hands a matter to an invented unit."""
    return AssignCase(number=number, on=on, unit=code, unit_name=unit_name(code), **details)


def entry(number: str = "XF2026-0001", **details: Any) -> CaseRegistered:
    """An invented matter; ``details`` are further fields of CaseRegistered."""
    words = {"summary": f"虚构事项{number}", "first_responder": "首问员甲"}
    return CaseRegistered(**{"number": number} | words | details)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledgers that tests are given copies of: complete, closed, without sidecars."""
    folder = tmp_path_factory.mktemp("ledgers")
    for name in ("fresh", "busy"):
        create_ledger(folder / name, actor=ACTOR, now=NOW, today=TODAY)
    _make_busy(Office(folder / "busy"), tmp_path_factory.mktemp("letters"))
    assert sorted(each.name for each in folder.iterdir()) == ["busy", "busy.files", "fresh"]
    return folder


@pytest.fixture
def ledger_path(tmp_path: Path, made_once: Path) -> Path:
    """A fresh ledger of its own, holding nothing but its first event."""
    return Path(shutil.copy(made_once / "fresh", tmp_path / "ledger.db"))


@pytest.fixture
def office(ledger_path: Path) -> Office:
    """The fresh ledger with someone at work in it."""
    return Office(ledger_path)


@pytest.fixture
def busy_office(tmp_path: Path, made_once: Path) -> Office:
    """An office with something in every table.

    3 units, one of them renamed and merged into another, the heads of one, 3 matters, two of them
    linked, a file, a notice, a closure, a parameter, a ground, a supervision, an inspection, a
    risk point, a decision, a plan, one more coming, a closing, a rating, an accountability with a
    measure varied on appeal, a candidate set aside.
    """
    shutil.copytree(made_once / "busy.files", tmp_path / "ledger.db.files")
    return Office(Path(shutil.copy(made_once / "busy", tmp_path / "ledger.db")))


@pytest.fixture
def busy_folder(busy_office: Office) -> Path:
    """The busy office of the tests, alone in its folder."""
    return busy_office.path.parent


@pytest.fixture
def trial(request: pytest.FixtureRequest, quick_folder: Path, busy_folder: Path) -> Any:
    """The scenario that an endurance test names, ready to be tried."""
    from trials import Trial

    return Trial(request.param, busy_folder, quick_folder)


@pytest.fixture
def quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of the test's own, in memory if the system has such a place."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path_factory.mktemp("quick")
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="xfctl-test-") as folder:
        yield Path(folder)


def _make_busy(office: Office, letters: Path) -> None:
    office.add_units("U01", "U02")
    office.register("XF2026-0001", assigned_to="U01", received=True)
    office.register("XF2026-0002", assigned_to="U02", involved=("U02",))
    office.register("XF2026-0003", identity=Identity(name="虚构人甲", phone="000-0000"))
    with office.desk() as desk:
        for fact in calendar_facts():
            change_calendar(desk, fact)
        desk.link("XF2026-0003", "XF2026-0001", Relation.REPEATS)
        reply = ParameterSet(name="reply", value=3, effective=TODAY, reason="虚构规定")
        set_parameter(desk, reply)
    letter = letters / "虚构信件.txt"
    letter.write_text("虚构内容", encoding="utf-8")
    office.attach("XF2026-0001", letter)
    _supervise(office)
    _prepare(office, letter)
    _come_again(office)
    _reorganise(office)
    _hold_to_account(office)


def _come_again(office: Office) -> None:
    """One more coming about a matter that is closed, and a rating of it."""
    from xfctl.domain.classification import Channel, Rated, Rating
    from xfctl.domain.steps.closing import CloseCase
    from xfctl.domain.steps.outcome import RateCase
    from xfctl.domain.steps.relations import RecordVisit

    number = "XF2026-0002"
    with office.desk() as desk:
        desk.step(RecordVisit(number=number, on=TODAY, channel=Channel.VISIT, persons=6))
        desk.step(CloseCase(number=number, on=TODAY, reason="虚构理由"))
        desk.step(RateCase(number=number, on=TODAY, whom=Rated.UNIT, rating=Rating.MOSTLY))


def _supervise(office: Office) -> None:
    """A ground found against U01, a supervision over it, and an inspection."""
    from xfctl.domain.classification import InspectionSubject, SupervisionForm
    from xfctl.domain.inspection import InspectionOpened, open_inspection
    from xfctl.domain.steps.grounds import FindGround
    from xfctl.domain.supervision import OpenSupervision
    from xfctl.ledger.load import INSPECTIONS

    number = "XF2026-0001"
    with office.desk() as desk:
        desk.step(FindGround(number=number, on=TODAY, ground="7", unit="U01", evidence="虚构依据"))
        supervise(
            desk,
            OpenSupervision(
                on=TODAY,
                cases=(number,),
                unit="U01",
                unit_name=unit_name("U01"),
                grounds=("7",),
                forms=(SupervisionForm.PHONE,),
                tracker="跟踪员甲",
                days=5,
                reason="虚构理由",
            ),
        )
        entry = InspectionOpened(
            number="", subject=InspectionSubject.POLICY, title="虚构督查", lead="牵头员甲"
        )
        desk.begin(
            INSPECTIONS,
            TODAY,
            lambda number, world: open_inspection(replace(entry, number=number), TODAY, world),
        )


def add_risk(office: Office, unit_code: str = "U01", **details: Any) -> str:
    """Report an invented risk point; ``details`` are further fields of AddRisk."""
    from xfctl.domain import risk
    from xfctl.domain.classification import RiskKind, RiskLevel, RiskTrend
    from xfctl.ledger.load import RISKS

    usual = {
        "on": TODAY,
        "kind": RiskKind.HAZARD,
        "unit": unit_code,
        "unit_name": unit_name(unit_code),
        "summary": "虚构隐患",
        "persons": 10,
        "level": RiskLevel.HIGH,
        "trend": RiskTrend.STEADY,
        "leader": "领导甲",
        "review_by": date(2026, 6, 30),
    }
    command = risk.AddRisk(**usual | details)
    with office.desk() as desk:
        added = desk.begin(
            RISKS, command.on, lambda number, world: risk.add(command, number, world)
        )
    return added.number


def _prepare(office: Office, letter: Path) -> None:
    """A risk point that led to a matter, an assessed decision, and a plan of U01."""
    from xfctl.domain import consequence, decision
    from xfctl.domain.classification import RiskLevel
    from xfctl.domain.plan import PlanAdopted
    from xfctl.ledger.load import DECISIONS, RISKS

    number = add_risk(office)
    unit = ("U01", unit_name("U01"))
    with office.desk() as desk, attachments.keeping(office.path, letter) as kept:
        matter = desk.case("XF2026-0001")
        desk.on(
            RISKS, number, lambda state, world: consequence.link(state.source, matter, TODAY, world)
        )
        made = desk.begin(
            DECISIONS,
            TODAY,
            lambda number, world: decision.record(number, unit, "虚构决策", TODAY, world),
        )
        desk.on(
            DECISIONS,
            made.number,
            lambda state, world: decision.assess(state, TODAY, RiskLevel.LOW, "虚构评估", world),
        )
        plan = PlanAdopted(
            unit="U01",
            unit_name=unit_name("U01"),
            version="1",
            name=letter.name,
            size=kept.size,
            sha256=kept.sha256,
        )
        adopt_plan(desk, TODAY, plan)


def _reorganise(office: Office) -> None:
    """U01 gets its two heads; U03 is renamed and merged into U02."""
    from xfctl.domain import post_rules, unit_rules
    from xfctl.domain.post import Post
    from xfctl.domain.post_rules import Appoint
    from xfctl.domain.unit import UnitChanged

    office.add_units("U03")
    renamed = UnitChanged(name="虚构新名U03")
    with office.desk() as desk:
        for post, name in ((Post.PARTY_HEAD, "虚构书记甲"), (Post.ADMIN_HEAD, "虚构院长乙")):
            wanted = Appoint(on=REGISTERED_ON, post=post, name=name)
            desk.on_unit(
                "U01",
                lambda record, world, wanted=wanted: post_rules.appoint(
                    record.posts, wanted, world
                ),
            )
        desk.on_unit(
            "U03",
            lambda record, world: unit_rules.change(
                record, renamed, REGISTERED_ON, desk.units, world
            ),
        )
        into = desk.units.find("U02")
        desk.on_unit("U03", lambda record, world: unit_rules.merge(record, into, TODAY, world))


def _hold_to_account(office: Office) -> None:
    """Both heads of U01 are to be talked to (细则 17); one of them appeals with some success."""
    from xfctl.domain.accountability import appeal, decision
    from xfctl.domain.accountability.people import Answerable
    from xfctl.domain.accountability.proposal import Propose
    from xfctl.domain.classification import AppealResult, Nature, Severity
    from xfctl.ledger.load import ACCOUNTABILITIES

    wanted = Propose(
        on=date(2026, 3, 16),
        unit="U01",
        unit_name=unit_name("U01"),
        day_in_question=date(2026, 3, 13),
        nature=Nature.COLLECTIVE,
        basis="虚构依据",
        tracker="跟踪员甲",
        people=Answerable(),
        situations=("13(3)",),
        severity=Severity.GRAVE,
        effect="虚构后果",
        cases=("XF2026-0001",),
    )
    decided = decision.Decide(on=date(2026, 3, 17), deadlines={"rectification": date(2026, 4, 17)})
    varied = appeal.DecideAppeal(
        on=TODAY, result=AppealResult.VARIED, reason="虚构理由", measures={"14(3)": ()}
    )
    with office.desk() as desk:
        number = propose(desk, wanted).number
        for step in (
            lambda state, world: decision.decide(state, decided, world),
            lambda state, world: decision.carry_out(
                state, date(2026, 3, 18), "14(4)", (1,), "虚构校领导", None, world
            ),
            lambda state, world: appeal.file_appeal(
                state, date(2026, 3, 18), [2], "虚构申诉", world
            ),
            lambda state, world: appeal.accept_appeal(
                state, date(2026, 3, 19), None, "虚构部门", None, world
            ),
            lambda state, world: appeal.decide_appeal(state, varied, world),
        ):
            desk.on(ACCOUNTABILITIES, number, step)
        set_aside(desk, "XF2026-0002:13.2:U02", "虚构理由")


def calendar_facts() -> list[Any]:
    """An invented notice of a far year and an invented closure, for the calendar's tables."""
    from xfctl.domain.office_calendar import ClosureRecorded, DecreedDay, NoticeImported

    days = (
        DecreedDay(date(2090, 1, 2), False, "虚构节"),
        DecreedDay(date(2090, 1, 7), True, "虚构节"),
    )
    notice = NoticeImported(year=2090, title="虚构通知", annual=True, days=days, digest="0" * 64)
    closure = ClosureRecorded(first=date(2026, 3, 5), last=date(2026, 3, 6), reason="虚构停办")
    return [notice, closure]
