"""细则 11: the seven grounds of supervision; the cases are in ``art_11_grounds.toml``.

Each history is lived through ``Desk`` on a real ledger, and read back as of the day asked about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Office, assign, entry, unit_name

from xfctl.app import Desk
from xfctl.app.office import set_parameter
from xfctl.app.supervisions import supervise
from xfctl.domain import case_facts, supervision
from xfctl.domain.case_facts import Superior
from xfctl.domain.classification import (
    Channel,
    FeedbackForm,
    Outcome,
    Relation,
    SupervisionForm,
)
from xfctl.domain.parameters import ParameterSet
from xfctl.domain.steps.acceptance import AcceptCase, DeclineCase, DismissCase
from xfctl.domain.steps.closing import CloseCase, ReopenCase
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.grounds import FindGround
from xfctl.domain.steps.handling import (
    GiveFeedback,
    ReceiveCase,
    ReturnAssignment,
    ReviewFeedback,
)
from xfctl.domain.steps.outcome import DeliverOpinion, ExecuteOpinion
from xfctl.domain.steps.relations import LinkCases, UnlinkCases
from xfctl.domain.supervision import OpenSupervision
from xfctl.ledger import queries, supervision_lists
from xfctl.ledger.load import SUPERVISIONS
from xfctl.ledger.supervision_lists import GroundLine
from xfctl.reports import grounds
from xfctl.workdays.calendar import Calendar

TABLE = Path(__file__).parent / "art_11_grounds.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
KEYS = {"why", "channel", "superior", "history", "asked", "grounds", "due", "suggested"}
NUMBER, EARLIER = "XF0002", "XF0001"
LONG_AFTER = date(2026, 12, 31)
THRESHOLDS = {
    "拖延": "delay-suggestion",
    "推诿": "return-suggestion",
    "敷衍": "perfunctory-suggestion",
}
CORRECTED = {
    "登记": case_facts.CaseRegistered,
    "收件": case_facts.CaseReceived,
    "退回": case_facts.AssignmentReturned,
    "书面反馈": case_facts.FeedbackGiven,
    "认定": case_facts.GroundFound,
}


def day(iso: str, weekday: str) -> date:
    """Read 「2026-03-11 周三」; the weekday must be right, so that no case holds a slip."""
    found = date.fromisoformat(iso)
    assert weekday == f"周{'一二三四五六日'[found.weekday()]}", f"{iso} {weekday}"
    return found


# What an officer does on a day, by the word the history has for it.
Doing = Callable[..., object]
STEPS: dict[str, Doing] = {
    "交办": lambda on, unit: assign(NUMBER, on, unit),
    "收件": lambda on, unit: ReceiveCase(number=NUMBER, on=on, unit=unit),
    "退回": lambda on, unit: ReturnAssignment(number=NUMBER, on=on, unit=unit, reason="示例"),
    "书面反馈": lambda on, unit: GiveFeedback(
        number=NUMBER, on=on, form=FeedbackForm.WRITTEN, unit=unit
    ),
    "口头反馈": lambda on, unit: GiveFeedback(
        number=NUMBER, on=on, form=FeedbackForm.ORAL, unit=unit
    ),
    "退回反馈": lambda on, unit: ReviewFeedback(
        number=NUMBER, on=on, accepted=False, reason="示例", unit=unit
    ),
    "采纳反馈": lambda on, unit: ReviewFeedback(number=NUMBER, on=on, accepted=True, unit=unit),
    "受理": lambda on: AcceptCase(number=NUMBER, on=on),
    "办结": lambda on: CloseCase(number=NUMBER, on=on, reason="示例"),
    "重启": lambda on: ReopenCase(number=NUMBER, on=on, reason="示例"),
    "不予受理": lambda on: DeclineCase(number=NUMBER, on=on, reason="示例", path="示例途径"),
    "不再受理": lambda on: DismissCase(number=NUMBER, on=on, reason="示例"),
    "重复": lambda on: LinkCases(number=NUMBER, on=on, other=EARLIER, relation=Relation.REPEATS),
    "撤销重复": lambda on: UnlinkCases(number=NUMBER, on=on, other=EARLIER, reason="示例"),
    "意见": lambda on, _="", limit=None: DeliverOpinion(
        number=NUMBER,
        on=on,
        outcome=Outcome.SUPPORTED,
        content="示例",
        execute_by=limit and date.fromisoformat(limit),
    ),
    "执行": lambda on: ExecuteOpinion(number=NUMBER, on=on, content="示例"),
    "认可理由": lambda on: ExecuteOpinion(number=NUMBER, on=on, content="示例", excused=True),
    "认定": lambda on, unit, item, which=None: FindGround(
        number=NUMBER,
        on=on,
        ground=item,
        unit=unit,
        evidence="示例依据",
        evasion=which,
    ),
}


def supervised(desk: Desk, on: date, unit: str, items: str) -> str:
    opened = supervise(
        desk,
        OpenSupervision(
            on=on,
            cases=(NUMBER,),
            unit=unit,
            unit_name=unit_name(unit),
            grounds=tuple(items.split("、")),
            forms=(SupervisionForm.PHONE,),
            tracker="示例跟踪人",
            days=5,
            reason="示例理由",
        ),
    )
    return opened.number


def correct(desk: Desk, on: date, step: str, right: str) -> None:
    fact = CORRECTED["登记" if step == "形式" else step]
    seq = [each.seq for each in desk.case(NUMBER).history if isinstance(each.fact, fact)][-1]
    changed: dict[str, Any] = (
        {"changes": {"channel": Channel.from_label(right)}}
        if step == "形式"
        else {"right_date": date.fromisoformat(right)}
    )
    desk.step(CorrectFact(number=NUMBER, on=on, seq=seq, reason="示例", **changed))


def live(desk: Desk, each: dict[str, Any]) -> None:
    """Live through a history: 「步骤 日期 周几 …」."""
    happened = [
        (step, day(iso, weekday), more)
        for step, iso, weekday, *more in map(str.split, each["history"])
    ]
    began = min(on for step, on, _ in happened if step != "规定")
    superior = Superior(each["superior"]) if "superior" in each else None
    channel = Channel.from_label(each.get("channel", "来信"))
    desk.register(began, entry(EARLIER))
    desk.register(began, entry(NUMBER, channel=channel, superior=superior))
    numbers: list[str] = []
    for step, on, more in happened:
        match step:
            case "登记":
                assert on == began
            case "规定":
                name, value = more
                set_parameter(
                    desk,
                    ParameterSet(
                        name=THRESHOLDS[name], value=int(value), effective=on, reason="示例"
                    ),
                )
            case "督办":
                numbers.append(supervised(desk, on, *more))
            case "督办办结":
                desk.on(
                    SUPERVISIONS,
                    numbers[-1],
                    lambda state, world, on=on: supervision.close(state, on, "示例", None, world),
                )
            case "更正":
                correct(desk, on, *more)
            case _:
                desk.step(STEPS[step](on, *more))


def told(line: GroundLine) -> str:
    until = f" 至 {line.until}" if line.until else ""
    times = f" 督办 {len(line.supervised)} 次" if line.supervised else ""
    return f"{_which(line)} 自 {line.since}{until}{times}"


def _which(line: GroundLine) -> str:
    return f"({line.ground}) {line.unit or '全案'}"


@pytest.mark.parametrize("each", CASES, ids=[each["why"] for each in CASES])
def test_case(each: dict[str, Any], office: Office) -> None:
    assert each.keys() <= KEYS
    office.add_units("U01", "U02")
    with office.desk(today=LONG_AFTER) as desk:
        live(desk, each)
    asked = day(*each["asked"].split())
    with office.reading() as ledger:
        connection = ledger.connection
        on_record = supervision_lists.grounds_of_case(connection, NUMBER, asked)
        due = supervision_lists.grounds_due(connection, asked)
        parameters = queries.parameters(connection)
        hints = grounds.suggestions(connection, asked, parameters, Calendar())
    assert sorted(map(told, on_record)) == sorted(each["grounds"])
    assert sorted(map(_which, due)) == sorted(each["due"])
    suggested = [f"{hint.manner.label} {hint.line.unit} 自 {hint.line.since}" for hint in hints]
    assert suggested == each.get("suggested", [])


def test_no_case_is_told_twice() -> None:
    assert len({each["why"] for each in CASES}) == len(CASES)
    told = {
        (*each["history"], each["asked"], each.get("channel"), "superior" in each) for each in CASES
    }
    assert len(told) == len(CASES)


def test_every_item_of_the_article_has_its_cases() -> None:
    opening = [each["why"][:3] for each in CASES]
    assert all(opening.count(f"({item})") >= 2 for item in range(1, 8))
