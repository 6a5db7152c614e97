"""The grounds of 细则 11 that the facts of one matter establish: when each began and ended.

Grounds are history: what began is never unsaid, only ended. Whether one exists on a day is a
question about its dates, so the same facts answer for every day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xfctl.domain.case import Assignment, Case
from xfctl.domain.case_facts import (
    CaseClosed,
    CaseDeclined,
    CaseDismissed,
    CaseReopened,
    GroundFound,
)
from xfctl.domain.classification import Channel, Ground
from xfctl.domain.keys import EXECUTION, feedback_key
from xfctl.domain.obligation import OFFICE, Obligation

_FROM_ABOVE = frozenset({Channel.SUPERIOR})
_INDIRECT = frozenset({Channel.SUPERIOR, Channel.LEADER})
_ENDINGS = (CaseClosed, CaseDeclined, CaseDismissed)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class EstablishedGround:
    """A ground on a matter, against a unit ("" for the matter as a whole).

    ``key`` is unique within the matter; ``since`` is the first day it exists, ``until`` the day
    on which it ended, None while it has not; ``evidence`` says in Chinese what shows it.
    """

    key: str
    ground: Ground
    unit: str
    since: date
    until: date | None
    evidence: str

    def exists(self, on: date) -> bool:
        """Whether it exists at the end of a day."""
        return self.since <= on and (self.until is None or self.until > on)


def grounds_of(case: Case) -> list[EstablishedGround]:
    """Every ground the facts establish, in the order of the article's items."""
    found = (each for rule in _RULES for each in rule(case))
    return sorted(found, key=lambda each: (each.ground.value, each.since, each.key))


def _no_feedback(case: Case) -> Iterator[EstablishedGround]:
    """11(1): a matter raised directly with the office, no written feedback in 7 working days."""
    if case.entry.channel in _INDIRECT or case.entry.superior is not None:
        return
    for each in case.assignments:
        owed = case.obligation(feedback_key(each.number))
        if owed is not None and (late := _overdue(owed)) is not None:
            since, until = late
            evidence = f"{each.unit_name}书面反馈期限 {owed.duty.due_on}"
            yield EstablishedGround(
                f"1/{each.number}", Ground.NO_FEEDBACK, each.unit, since, until, evidence
            )


def _not_accepted(case: Case) -> Iterator[EstablishedGround]:
    """11(2): the unit gave back a first petition that was its own, being assigned to it again.

    It ends when the unit takes the matter in after all, by receipt or by a report, be it only
    after having given it back again.
    """
    if case.repeats is not None:
        return
    for each in case.assignments:
        again = _assigned_again(case, each)
        if each.returned_on is None or not again:
            continue
        evidence = f"{each.unit_name}于 {each.returned_on} 退回，{again[0].assigned_on} 又交其办理"
        taken = [on for later in again if (on := _taken_in(case, later)) is not None]
        until = max(min(taken), each.returned_on) if taken else None
        yield EstablishedGround(
            f"2/{each.number}", Ground.NOT_ACCEPTED, each.unit, each.returned_on, until, evidence
        )


def _assigned_again(case: Case, returned: Assignment) -> list[Assignment]:
    later = (each for each in case.assignments if each.number > returned.number)
    return [each for each in later if each.unit == returned.unit]


def _taken_in(case: Case, assignment: Assignment) -> date | None:
    answered = case.written_feedback(assignment.number)
    days = (assignment.received_on, answered.given_on if answered else None)
    return min(filter(None, days), default=None)


def _found(case: Case) -> Iterator[EstablishedGround]:
    """11(3), (4), (5), (7): established by an officer, with evidence; (5) ends as its duty does."""
    executed = case.obligation(EXECUTION)
    done = executed.discharged_on if executed else None
    for event in case.history:
        fact = event.fact
        if isinstance(fact, GroundFound):
            which = f"{fact.evasion.label}：" if fact.evasion else ""
            yield EstablishedGround(
                f"{fact.ground.value}/found/{event.seq}",
                fact.ground,
                fact.unit,
                event.occurred_on,
                max(done, event.occurred_on)
                if done and fact.ground is Ground.NOT_EXECUTED
                else None,
                f"{which}{fact.evidence}",
            )


def _not_executed(case: Case) -> Iterator[EstablishedGround]:
    """11(5): the opinion not carried out by its date, until it is, or a reason is accepted."""
    owed = case.obligation(EXECUTION)
    if owed is None or (late := _overdue(owed)) is None:
        return
    since, until = late
    excused = f"，{until} 认可未执行的理由" if owed.lapsed else ""
    evidence = f"处理意见执行期限 {owed.duty.due_on}{excused}"
    unit = "" if owed.owed_by == OFFICE else owed.owed_by
    yield EstablishedGround("5", Ground.NOT_EXECUTED, unit, since, until, evidence)


def _from_above(case: Case) -> Iterator[EstablishedGround]:
    """11(6): always, from registration; it ends with the matter, and begins anew with it."""
    if case.entry.channel not in _FROM_ABOVE and case.entry.superior is None:
        return
    superior = case.entry.superior
    evidence = f"{superior.body if superior else '上级'}转来"
    unit = case.lead.unit if case.lead else ""
    for number, (since, until) in enumerate(_spells(case), start=1):
        yield EstablishedGround(f"6/{number}", Ground.FROM_ABOVE, unit, since, until, evidence)


def _spells(case: Case) -> Iterator[tuple[date, date | None]]:
    """From registration, and from every reopening, to what ended the matter."""
    since, until = case.registered_on, None
    for event in case.history:
        if isinstance(event.fact, CaseReopened):
            yield since, until
            since, until = event.occurred_on, None
        elif isinstance(event.fact, _ENDINGS):
            until = min(event.occurred_on, until or event.occurred_on)
    yield since, until


def _overdue(owed: Obligation) -> tuple[date, date | None] | None:
    """From the day after the due date to the discharge, if it is or could become late."""
    since = owed.duty.due_on + _ONE_DAY
    if owed.discharged_on is not None and owed.discharged_on < since:
        return None
    return since, owed.discharged_on


_RULES: tuple[Callable[[Case], Iterator[EstablishedGround]], ...] = (
    _no_feedback,
    _not_accepted,
    _found,
    _not_executed,
    _from_above,
)
