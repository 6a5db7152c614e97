"""Short ways to supervise an invented unit, to hold it to account and to fill its posts."""

from __future__ import annotations

from datetime import date
from typing import Any

from conftest import Office, unit_name

from xfctl.app import accounts, supervisions
from xfctl.domain import post_rules, supervision
from xfctl.domain.accountability import appeal, decision
from xfctl.domain.accountability.appeal import DecideAppeal
from xfctl.domain.accountability.decision import Decide
from xfctl.domain.accountability.people import Answerable
from xfctl.domain.accountability.proposal import Propose
from xfctl.domain.classification import AppealResult, Nature, Severity, SupervisionForm
from xfctl.domain.post import Post
from xfctl.domain.post_rules import Appoint
from xfctl.domain.supervision import OpenSupervision
from xfctl.ledger.load import ACCOUNTABILITIES, SUPERVISIONS

TODAY = date(2026, 10, 8)


def appoint(
    office: Office,
    code: str,
    name: str,
    since: date,
    until: date | None = None,
    *,
    post: Post = Post.ADMIN_HEAD,
    area: str | None = None,
) -> None:
    """Someone takes up a post, and leaves it again if so."""
    wanted = Appoint(on=since, post=post, name=name, area=area, until=until)
    with office.desk(today=TODAY) as desk:
        desk.on_unit(code, lambda record, world: post_rules.appoint(record.posts, wanted, world))


def supervise(
    office: Office,
    code: str,
    on: date,
    *cases: str,
    grounds: tuple[str, ...] = ("1",),
    responded_on: date | None = None,
) -> str:
    """A supervision of matters, with five working days to respond."""
    command = OpenSupervision(
        on=on,
        cases=cases,
        unit=code,
        unit_name=unit_name(code),
        grounds=grounds,
        forms=(SupervisionForm.PHONE,),
        tracker="跟踪员甲",
        days=5,
    )
    with office.desk(today=TODAY) as desk:
        number = supervisions.supervise(desk, command).number
        if responded_on is not None:
            desk.on(
                SUPERVISIONS,
                number,
                lambda state, world: supervision.respond(state, responded_on, "虚构回复", world),
            )
    return number


def propose(office: Office, code: str, on: date, **details: Any) -> str:
    """Accountability proposed for one of the situations of 细则 13, light unless said otherwise."""
    usual = {
        "on": on,
        "unit": code,
        "unit_name": unit_name(code),
        "day_in_question": on,
        "nature": Nature.COLLECTIVE,
        "basis": "虚构依据",
        "tracker": "经办甲",
        "people": Answerable(),
        "situations": ("13(3)",),
        "severity": Severity.LIGHT,
    }
    with office.desk(today=TODAY) as desk:
        return accounts.propose(desk, Propose(**usual | details)).number


def decide(office: Office, number: str, on: date) -> None:
    """The decision with the measures of the article and a deadline at the end of the year."""
    command = Decide(on=on, deadlines={"rectification": date(2026, 12, 31)})
    with office.desk(today=TODAY) as desk:
        desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: decision.decide(state, command, world),
        )


def hold_to_account(
    office: Office, code: str, on: date, severity: Severity = Severity.GRAVE, **details: Any
) -> str:
    """A decision of that day over what happened that day; grave ones cost the award (细则 17)."""
    number = propose(office, code, on, severity=severity, effect="虚构后果", **details)
    decide(office, number, on)
    return number


def revoke(office: Office, number: str, on: date, persons: tuple[int, ...] = ()) -> None:
    """Everyone's measures, or some persons', are revoked on appeal."""
    with office.desk(today=TODAY) as desk:
        for step in (
            lambda state, world: appeal.file_appeal(state, on, persons, "虚构申诉", world),
            lambda state, world: appeal.accept_appeal(state, on, None, "学校办公室", None, world),
            lambda state, world: appeal.decide_appeal(
                state,
                DecideAppeal(on=on, result=AppealResult.REVOKED, reason="虚构理由"),
                world,
            ),
        ):
            desk.on(ACCOUNTABILITIES, number, step)
