"""What follows from a correction: the clocks, debtors and periods built on the wrong fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.case_facts import (
    AssignmentReturned,
    CaseAssigned,
    CaseFact,
    CaseReopened,
    DueDateChanged,
    HandlingExtended,
)
from xfctl.domain.classification import Purpose
from xfctl.domain.keys import EXECUTION, HANDLING, NOTICE, REPLY, assignment_of
from xfctl.domain.obligation import DEBTOR_NAMES, OFFICE, Obligation, Opening, recount
from xfctl.domain.steps.acceptance import handling_owed
from xfctl.domain.world import World


def moved(fact: CaseFact, opening: Opening, wrong: date, right: date, world: World) -> Opening:
    """A clock that the fact had started on its own day, started on the right day instead."""
    if opening.duty.started_on != wrong or not _starts(fact, opening.key):
        return opening
    duty = replace(opening.duty, started_on=right)
    return replace(opening, duty=recount(duty, world.calendar))


def _starts(fact: CaseFact, key: str) -> bool:
    """Whether the fact itself started the clock, or only carries it on."""
    if isinstance(fact, AssignmentReturned | CaseReopened | HandlingExtended | DueDateChanged):
        return False
    return not (isinstance(fact, CaseAssigned) and key in (HANDLING, EXECUTION))


def followed(case: Case, after: Case, world: World) -> list[CaseFact]:
    """What later facts had built on the wrong one: their clocks, debtors, notices, the period."""
    opens = (*_realigned(after, world), *_handling_opened(case, after, world))
    unreachable = (NOTICE, REPLY) if after.entry.anonymous else ()
    elsewhere = (HANDLING,) if _by_opinion(case) and not _by_opinion(after) else ()
    lapses = tuple(key for key in (*unreachable, *elsewhere) if after.owes(key))
    if not opens and not lapses:
        return []
    return [DueDateChanged(reason="随更正改变", opens=opens, lapses=lapses)]


def _realigned(case: Case, world: World) -> Iterator[Opening]:
    """Every obligation whose start or debtor is no longer what the facts say."""
    for held in case.obligations:
        started_on = _started_on(case, held)
        duty = held.duty
        if started_on != duty.started_on:
            duty = recount(replace(duty, started_on=started_on), world.calendar)
        debtor = _debtor(case, held)
        if (debtor, duty) != (held.owed_by, held.duty):
            yield Opening(held.key, debtor, duty)


def _started_on(case: Case, held: Obligation) -> date:
    if held.key == HANDLING:
        return case.accepted_on or held.duty.started_on
    starts = [
        opening.duty.started_on
        for event in case.history
        if isinstance(event.fact, CaseFact) and _starts(event.fact, held.key)
        for opening in event.fact.opens
        if opening.key == held.key
    ]
    return starts[-1] if starts else held.duty.started_on


def _debtor(case: Case, held: Obligation) -> str:
    """The unit of the assignment; for what the lead owes, the lead if the debtor is out of it."""
    assignment = assignment_of(held.key)
    if assignment is not None:
        return case.assignment(assignment).unit
    units = {each.unit for each in case.assignments}
    if held.owed_by in units | DEBTOR_NAMES.keys():
        return held.owed_by
    return case.lead.unit if case.lead else OFFICE


def _by_opinion(case: Case) -> bool:
    return case.entry.purpose is Purpose.APPEAL


def _handling_opened(case: Case, after: Case, world: World) -> tuple[Opening, ...]:
    """The handling period that an accepted matter owes once its purpose is right (条例 34)."""
    if _by_opinion(case) or not _by_opinion(after):
        return ()
    if after.accepted_on is None or after.obligation(HANDLING):
        return ()
    return handling_owed(after, after.accepted_on, world)
