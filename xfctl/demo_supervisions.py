"""The demo's supervisions of late reports: two answered and closed, one that still waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from xfctl.app import Desk
from xfctl.app.supervisions import supervise
from xfctl.domain import supervision
from xfctl.domain.classification import SupervisionForm
from xfctl.domain.keys import feedback_key
from xfctl.domain.supervision import OpenSupervision
from xfctl.ledger.load import SUPERVISIONS

_NOT_IN_TIME = "1"  # 细则 11(1)
# Longer than any holiday: working days lie between then and today.
_LATELY = timedelta(days=14)


def supervise_late(desk: Desk, numbers: Iterable[str]) -> None:
    """Over two reports that came late, and over the latest that is missing."""
    calendar = desk.world.calendar
    lately = calendar.add_working_days(desk.world.today - _LATELY, 1)
    came: list[tuple[date, date, str]] = []
    missing: list[tuple[date, str]] = []
    for number in numbers:
        owed = desk.case(number).obligation(feedback_key(1))
        if owed is None or not owed.is_late(lately):
            continue
        due, answered = owed.duty.due_on, owed.discharged_on
        if answered is None:
            missing.append((due, number))
        elif calendar.add_working_days(due, 2) <= answered <= lately:
            came.append((answered, due, number))
    for answered, due, number in sorted(came)[-2:]:
        opened = _open(desk, number, calendar.add_working_days(due, 1))
        _answer(desk, opened, answered)
        _close(desk, opened, calendar.add_working_days(answered, 1))
    waiting = _open(desk, max(missing)[1], lately)
    _act(desk, waiting, calendar.add_working_days(lately, 1))


def _open(desk: Desk, case: str, on: date) -> str:
    lead = desk.case(case).lead
    assert lead is not None, "it owes a report"
    command = OpenSupervision(
        on=on,
        cases=(case,),
        unit=lead.unit,
        unit_name=lead.unit_name,
        grounds=(_NOT_IN_TIME,),
        forms=(SupervisionForm.PHONE,),
    )
    return supervise(desk, command).number


def _act(desk: Desk, number: str, on: date) -> None:
    desk.on(
        SUPERVISIONS,
        number,
        lambda state, world: supervision.act(
            state, on, SupervisionForm.LETTER, "示例：再次函告办理进度", world
        ),
    )


def _answer(desk: Desk, number: str, on: date) -> None:
    desk.on(
        SUPERVISIONS,
        number,
        lambda state, world: supervision.respond(state, on, "示例：已补交书面反馈", world),
    )


def _close(desk: Desk, number: str, on: date) -> None:
    desk.on(
        SUPERVISIONS,
        number,
        lambda state, world: supervision.close(state, on, "示例：已书面反馈", None, world),
    )
