"""Accountability (细则 13–20) at the desk, and who is held to account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xfctl.domain import candidate
from xfctl.domain.accountability import proposal
from xfctl.domain.accountability.facts import Person, PersonsRevealed
from xfctl.domain.accountability.people import answerable
from xfctl.domain.accountability.proposal import Propose
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.event import Dated
from xfctl.domain.identity import Identity
from xfctl.domain.post import LeaderRevealed
from xfctl.domain.wording import check_text
from xfctl.ledger.identities import Identities
from xfctl.ledger.load import ACCOUNTABILITIES

if TYPE_CHECKING:
    from xfctl.app.desk import Desk


def propose(desk: Desk, command: Propose) -> Accountability:
    """Propose accountability; who answers is filled in from the posts of the day in question.

    Names are kept outside the events.
    """
    desk.units.acting(command.unit, command.day_in_question)
    matters = [desk.case(number) for number in command.cases]
    before = desk.get(ACCOUNTABILITIES, command.after) if command.after else None
    posts = desk.unit_record(command.unit).posts
    answering = answerable(posts, command.day_in_question, command.nature, command.people)
    named = [
        Person(
            number=number,
            token=desk.writer.identities.keep(Identity(name=each.name)),
            post=each.post,
            role=each.role,
            leads=each.leads,
            changed=each.changed,
        )
        for number, each in enumerate(answering, start=1)
    ]
    return desk.begin(
        ACCOUNTABILITIES,
        command.on,
        lambda number, world: proposal.propose(command, number, named, before, matters, world),
    )


def persons_shown(desk: Desk, state: Accountability, reason: str | None) -> dict[int, str]:
    """Who is held to account, by number: in full only where a reason goes on record."""
    names = {} if reason is None else reveal_persons(desk, [state.number], reason)
    return {
        each.number: names.get(each.token, f"第 {each.number} 人") for each in state.entry.persons
    }


def reveal_persons(desk: Desk, numbers: Iterable[str], reason: str) -> dict[str, str]:
    """The names, by token, of who is held to account; that they are shown goes on record."""
    revealed = PersonsRevealed(reason=check_text(reason, "查看理由"))
    tokens: list[str] = []
    for number in numbers:
        state = desk.on(ACCOUNTABILITIES, number, lambda *_: [Dated(desk.context.today, revealed)])
        tokens += (each.token for each in state.entry.persons)
    return desk.writer.identities.names(tokens)


def reveal_leader(desk: Desk, posts: Iterable[tuple[str, int]], reason: str) -> Identities:
    """Put on record at each post (unit, number) that its record is shown; returns identities."""
    why = check_text(reason, "查看理由")
    for unit, number in posts:
        revealed = LeaderRevealed(appointment=number, reason=why)
        desk.record_unit(unit, [Dated(desk.context.today, revealed)])
    return desk.writer.identities


def set_aside(desk: Desk, key: str, reason: str) -> None:
    """Record that no accountability will be proposed over a candidate."""
    facts = candidate.set_aside(key, reason, desk.context.today)
    desk.record(candidate.STREAM, facts)
