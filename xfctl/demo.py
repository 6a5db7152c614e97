"""A ledger of invented data, made through the same rules as real work.

The matters are spread over the 18 months before today, mostly answered in time, some late and
supervised, some still open or overdue, some come again, so that every report has something to
show. The same day gives the same demo.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

from xfctl.app import Context, Desk, at_desk
from xfctl.app.office import adopt_plan
from xfctl.demo_accounts import fill_posts, hold_to_account
from xfctl.demo_supervisions import supervise_late
from xfctl.domain import consequence, decision, risk
from xfctl.domain.case_facts import CaseRegistered
from xfctl.domain.classification import (
    Channel,
    DecisionOutcome,
    FeedbackForm,
    Outcome,
    Purpose,
    Rated,
    Rating,
    Relation,
    RiskKind,
    RiskLevel,
    RiskTrend,
)
from xfctl.domain.identity import Identity
from xfctl.domain.keys import HANDLING
from xfctl.domain.plan import OVERALL, OVERALL_NAME, PlanAdopted
from xfctl.domain.steps.acceptance import AcceptCase
from xfctl.domain.steps.closing import CloseCase
from xfctl.domain.steps.handling import AssignCase, GiveFeedback, ReceiveCase, ReviewFeedback
from xfctl.domain.steps.outcome import DeliverOpinion, RateCase, ReplyToPetitioner
from xfctl.domain.steps.relations import LinkCases
from xfctl.domain.unit import Unit
from xfctl.errors import InputRefusedError
from xfctl.intake.unit_import import import_units
from xfctl.ledger import queries
from xfctl.ledger.attachments import keeping
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.create import create_ledger
from xfctl.ledger.load import DECISIONS, RISKS

CASES = 400
_DAYS_BACK = 540
# Every so manieth matter is brought again by whom the latest one of its topic came from.
COMES_AGAIN = 16

_TOPICS = (
    ("宿舍热水供应时段与公示不符", "后勤收费"),
    ("食堂价格上调未征求意见", "后勤收费"),
    ("转专业名额公示时间过短", "学籍"),
    ("奖学金评定程序质疑", "学籍"),
    ("研究生学籍延期审批未答复", "学籍"),
    ("毕业证信息错误更正", "学籍"),
    ("导师安排与研究生权益", "师德"),
    ("招聘岗位条件设置疑问", "人事待遇"),
    ("离退休人员医疗费报销周期", "人事待遇"),
    ("集资建房产权办理", "基建"),
    ("实验室通风改造噪声扰民", "基建"),
    ("家属区停车收费标准争议", "后勤收费"),
    ("图书馆闭馆时间调整意见", "其他"),
    ("校园卡重复扣费退款", "后勤收费"),
    ("招生宣传与录取规则不一致", "招生"),
)
_HANDLERS = ("经办甲", "经办乙", "经办丙", "经办丁")
_CHANNELS = (Channel.LETTER, Channel.VISIT, Channel.CALL, Channel.ONLINE, Channel.ONLINE)
_PURPOSES = (Purpose.APPEAL, Purpose.APPEAL, Purpose.SUGGESTION, Purpose.INQUIRY)
_RATINGS = (*[Rating.SATISFIED] * 3, *[Rating.MOSTLY] * 2, Rating.DISSATISFIED)
# Working days from assignment to written feedback: most within 7, a tail beyond.
_ANSWER_AFTER = (2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 9, 12, 18)


def make_demo(
    folder: Path, context: Context, progress: Callable[[int], None] = lambda _: None
) -> Path:
    """Make ``folder/ledger.db``; returns its path.

    Raises InputRefusedError if the folder cannot be made or holds a ledger already.
    """
    path = folder / "ledger.db"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputRefusedError(f"无法建立目录「{folder}」；请换一个目录。") from error
    create_ledger(path, actor=context.actor, now=context.now, today=context.today)
    with open_ledger(path, writable=True) as ledger:
        with as_file(files("xfctl") / "data" / "demo-units.csv") as units_file:
            import_units(ledger, units_file, context)
        units = queries.units(ledger.connection)
        with at_desk(ledger, context) as desk:
            fill_posts(desk, units)
            filled = _fill(desk, units, context.today, progress)
            supervise_late(desk, filled.numbers)
            _report_risks(desk, filled.latest)
            _decide(desk, filled.latest)
            _plan(desk, path)
            hold_to_account(desk, filled.first, context.today)
    return path


@dataclass
class _Filled:
    """The matters made so far, the oldest first: all, the latest of each topic, the first of each unit.

    ``known`` holds of each topic the latest matter whose petitioner is known, and who that is.
    """

    numbers: list[str] = field(default_factory=list)
    latest: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[str, Identity]] = field(default_factory=dict)


def _fill(desk: Desk, units: list[Unit], today: date, progress: Callable[[int], None]) -> _Filled:
    """Register and handle the matters."""
    chance = random.Random(today.toordinal())
    days = sorted(chance.randrange(_DAYS_BACK) for _ in range(CASES))[::-1]
    filled = _Filled()
    for done, back in enumerate(days, start=1):
        on = today - timedelta(days=back)
        number = _register(desk, on, done, filled, chance)
        if chance.random() < 0.97:
            unit = chance.choice(units)
            _handle(desk, number, on, unit, chance)
            filled.first.setdefault(unit.code, number)
        progress(done)
    return filled


def _register(desk: Desk, on: date, serial: int, filled: _Filled, chance: random.Random) -> str:
    summary, category = chance.choice(_TOPICS)
    anonymous = chance.random() < 0.15
    earlier, who = "", Identity(name=f"示例信访人{serial:03d}", phone=f"0000-{serial:06d}")
    if serial % COMES_AGAIN == 0 and not anonymous:
        earlier, who = filled.known.get(summary, (earlier, who))
    entry = CaseRegistered(
        number="",
        summary=summary,
        first_responder=chance.choice(_HANDLERS),
        channel=chance.choice(_CHANNELS),
        purpose=chance.choice(_PURPOSES),
        category=category,
        persons=chance.choice((1, 1, 1, 1, 1, 2, 3, 6, 12)),
        anonymous=anonymous,
        leapfrog=chance.random() < 0.04,
    )
    number = desk.register(on, entry, None if anonymous else who).number
    if earlier:
        desk.step(LinkCases(number=number, on=on, other=earlier, relation=Relation.REPEATS))
    filled.numbers.append(number)
    filled.latest[summary] = number
    if not anonymous:
        filled.known[summary] = number, who
    return number


def _handle(desk: Desk, number: str, on: date, unit: Unit, chance: random.Random) -> None:
    """Acceptance, assignment, receipt, feedback, reply: as far as today lets them have happened."""
    today, calendar = desk.world.today, desk.world.calendar
    accepted = min(today, on + timedelta(days=chance.choice((0, 1, 2, 5))))
    desk.step(AcceptCase(number=number, on=accepted, notified_on=accepted))
    assigned = min(today, accepted + timedelta(days=chance.choice((0, 0, 1, 1, 2))))
    desk.step(AssignCase(number=number, on=assigned, unit=unit.code, unit_name=unit.name))
    received = min(today, assigned + timedelta(days=chance.choice((0, 0, 0, 1, 3))))
    if chance.random() < 0.9:
        desk.step(ReceiveCase(number=number, on=received))
    answered = calendar.add_working_days(received, chance.choice(_ANSWER_AFTER))
    if answered > today or chance.random() < 0.04:
        called = received + timedelta(days=3)
        if chance.random() < 0.3 and called <= today:
            desk.step(GiveFeedback(number=number, on=called, form=FeedbackForm.PHONE))
        return
    desk.step(
        GiveFeedback(
            number=number, on=answered, form=FeedbackForm.WRITTEN, content="已办理并说明情况"
        )
    )
    _finish(desk, number, answered, chance)


def _finish(desk: Desk, number: str, answered: date, chance: random.Random) -> None:
    """Review, opinion, reply, rating and closing."""
    today, calendar = desk.world.today, desk.world.calendar
    desk.step(ReviewFeedback(number=number, on=answered, accepted=True))
    replied = calendar.add_working_days(answered, chance.choice((1, 2, 3, 4, 5, 5, 7)))
    if replied > today or chance.random() < 0.02:
        return
    if desk.case(number).owes(HANDLING):
        outcome = chance.choice(list(Outcome))
        desk.step(DeliverOpinion(number=number, on=replied, outcome=outcome, content="按规定处理"))
    desk.step(ReplyToPetitioner(number=number, on=replied, manner="电话"))
    for whom in Rated:
        if chance.random() < 0.5:
            rating = chance.choice(_RATINGS)
            desk.step(RateCase(number=number, on=replied, whom=whom, rating=rating))
    closed = calendar.add_working_days(replied, chance.choice((1, 2, 3)))
    if closed <= today:
        desk.step(CloseCase(number=number, on=closed, result="已答复信访人"))


# unit, what, kind, level, trend, persons, days since reported, days until the review.
_RISKS = (
    (
        "A14",
        "集资建房产权长期未办",
        RiskKind.HAZARD,
        RiskLevel.MIDDLE,
        RiskTrend.STEADY,
        85,
        90,
        20,
    ),
    ("A15", "家属区停车收费调整", RiskKind.HAZARD, RiskLevel.HIGH, RiskTrend.RISING, 320, 60, -3),
    ("A17", "离退休人员医疗费报销", RiskKind.KEY, RiskLevel.LOW, RiskTrend.FALLING, 40, 75, -40),
)


def _report_risks(desk: Desk, numbers: dict[str, str]) -> None:
    """One risk point not due yet, one whose review is late and that led to a matter, one gone."""
    today = desk.world.today
    found = []
    for code, summary, kind, level, trend, persons, since, until in _RISKS:
        command = risk.AddRisk(
            on=today - timedelta(days=since),
            kind=kind,
            unit=code,
            unit_name=desk.units.find(code).name,
            summary=summary,
            persons=persons,
            level=level,
            trend=trend,
            leader="分管领导甲",
            review_by=today + timedelta(days=until),
            measures="公示依据，定期听取意见",
        )
        found.append(desk.begin(RISKS, command.on, partial(risk.add, command)).number)
    _, late, gone = found
    matter = desk.case(numbers["家属区停车收费标准争议"])
    desk.on(RISKS, late, lambda state, world: consequence.link(state.source, matter, today, world))
    before = today - timedelta(days=45)
    review = risk.ReviewRisk(on=before, content="报销周期已缩短")
    desk.on(RISKS, gone, lambda state, world: risk.review(state, review, world))
    desk.on(RISKS, gone, lambda state, world: risk.resolve(state, before, "已按月报销", world))


def _decide(desk: Desk, numbers: dict[str, str]) -> None:
    """A decision well prepared, and one decided first that led to a matter."""
    today = desk.world.today
    put_forward, decided = today - timedelta(days=120), today - timedelta(days=100)
    adopted = DecisionOutcome.ADOPTED

    def begin(code: str, title: str) -> str:
        unit = (code, desk.units.find(code).name)
        return desk.begin(
            DECISIONS,
            put_forward,
            lambda number, world: decision.record(number, unit, title, put_forward, world),
        ).number

    good, hasty = begin("A20", "图书馆闭馆时间调整"), begin("A15", "食堂价格上调")
    for rule in (
        lambda state, world: decision.consult(state, put_forward, "教代会代表座谈", world),
        lambda state, world: decision.assess(
            state, put_forward, RiskLevel.LOW, "可能有个别意见", world
        ),
        lambda state, world: decision.ask(state, put_forward, None, world),
        lambda state, world: decision.give_opinion(state, decided, "建议提前公告", world),
        lambda state, world: decision.settle(state, decided, adopted, "党政联席会议", world),
    ):
        desk.on(DECISIONS, good, rule)
    matter = desk.case(numbers["食堂价格上调未征求意见"])
    for rule in (
        lambda state, world: decision.settle(state, decided, adopted, None, world),
        lambda state, world: consequence.link(state.source, matter, today, world),
    ):
        desk.on(DECISIONS, hasty, rule)


def _plan(desk: Desk, path: Path) -> None:
    """The overall plan, and the plan of one unit that is older than a year."""
    today, unit = desk.world.today, desk.units.find("A15")
    with as_file(files("xfctl") / "data" / "demo-plan.txt") as file, keeping(path, file) as kept:
        for code, name, back in ((OVERALL, OVERALL_NAME, 200), (unit.code, unit.name, 500)):
            adopted = today - timedelta(days=back)
            adopt_plan(
                desk,
                adopted,
                PlanAdopted(
                    unit=code,
                    unit_name=name,
                    version=f"{adopted.year} 版",
                    name=file.name,
                    size=kept.size,
                    sha256=kept.sha256,
                ),
            )
