"""The demo's people in posts, and four accountabilities: two rungs, an appeal, one undecided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from xfctl.app import Desk
from xfctl.app.accounts import propose
from xfctl.domain import post_rules
from xfctl.domain.accountability import appeal, decision, rectification
from xfctl.domain.accountability.decision import Decide
from xfctl.domain.accountability.people import Answerable
from xfctl.domain.accountability.proposal import Propose
from xfctl.domain.classification import Nature, Severity
from xfctl.domain.post import Post
from xfctl.domain.post_rules import Appoint
from xfctl.domain.unit import Unit
from xfctl.ledger.load import ACCOUNTABILITIES

_POSTS = ((Post.PARTY_HEAD, "书记"), (Post.ADMIN_HEAD, "主任"), (Post.LIAISON, "专人"))
# Every so manieth unit has nobody named for petitions yet, so that the list of gaps is not empty.
_LACKING = 9


def fill_posts(desk: Desk, units: list[Unit]) -> None:
    """Give every unit its two heads, and most of them someone named for petitions (细则 5, 9(1))."""
    since = date(desk.world.today.year - 3, 9, 1)
    for serial, unit in enumerate(units, start=1):
        for post, word in _POSTS:
            if post is Post.LIAISON and serial % _LACKING == 0:
                continue
            wanted = Appoint(on=since, post=post, name=f"示例{word}{serial:02d}")
            _appoint(desk, unit.code, wanted)


def _appoint(desk: Desk, unit: str, wanted: Appoint) -> None:
    desk.on_unit(unit, lambda record, world: post_rules.appoint(record.posts, wanted, world))


def hold_to_account(desk: Desk, cases: Mapping[str, str], today: date) -> None:
    """A warning not put right and the talk that followed it, one put right, a proposal that waits.

    ``cases`` holds a matter of each of three units, by the unit's code, oldest first.
    """
    (first, second, third), numbers = list(cases)[:3], cases
    warned = _propose(desk, first, numbers[first], today - timedelta(days=120), Severity.LIGHT)
    _decide(desk, warned, today - timedelta(days=110), today - timedelta(days=60))
    _carry_out(desk, warned, "14(3)", today - timedelta(days=105), "学校办公室")
    talked = _propose(desk, first, numbers[first], today - timedelta(days=50), None, after=warned)
    _decide(desk, talked, today - timedelta(days=45), today + timedelta(days=30))
    _carry_out(desk, talked, "14(4)", today - timedelta(days=40), "分管校领导")
    _appeal(desk, talked, today - timedelta(days=30))
    done = _propose(desk, second, numbers[second], today - timedelta(days=90), Severity.LIGHT)
    _decide(desk, done, today - timedelta(days=80), today - timedelta(days=20))
    _carry_out(desk, done, "14(3)", today - timedelta(days=78), "学校办公室")
    _rectify(desk, done, today - timedelta(days=25))
    _propose(desk, third, numbers[third], today - timedelta(days=5), Severity.LIGHT)


def _propose(
    desk: Desk,
    unit: str,
    case: str,
    on: date,
    severity: Severity | None,
    after: str | None = None,
) -> str:
    found = desk.units.by_code(unit)
    command = Propose(
        on=on,
        unit=unit,
        unit_name=found.name_on(on),
        day_in_question=on,
        nature=Nature.COLLECTIVE,
        basis="示例：多次推诿，未按期反馈",
        tracker="经办甲",
        people=Answerable(),
        situations=() if after else ("13(3)",),
        severity=severity,
        cases=(case,),
        after=after,
    )
    return propose(desk, command).number


def _decide(desk: Desk, number: str, on: date, rectify_by: date) -> None:
    command = Decide(on=on, document="示例校办文号", deadlines={"rectification": rectify_by})
    desk.on(
        ACCOUNTABILITIES,
        number,
        lambda state, world: decision.decide(state, command, world),
    )


def _carry_out(desk: Desk, number: str, measure: str, on: date, by: str) -> None:
    desk.on(
        ACCOUNTABILITIES,
        number,
        lambda state, world: decision.carry_out(state, on, measure, (), by, None, world),
    )


def _rectify(desk: Desk, number: str, on: date) -> None:
    for decide in (
        lambda state, world: rectification.report(state, on, "示例：已建立制度", world),
        lambda state, world: rectification.review(state, on, True, None, world),
    ):
        desk.on(ACCOUNTABILITIES, number, decide)


def _appeal(desk: Desk, number: str, on: date) -> None:
    for decide in (
        lambda state, world: appeal.file_appeal(state, on, (2,), "示例：当时未分管", world),
        lambda state, world: appeal.accept_appeal(state, on, None, "学校办公室", None, world),
    ):
        desk.on(ACCOUNTABILITIES, number, decide)
