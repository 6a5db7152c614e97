"""The grounds of 细则 11 that the facts of one matter establish: when each began and ended.

Grounds are history: what began is never unsaid, only ended. Whether one exists on a day is a
question about its dates, so the same facts answer for every day. Which grounds there are, and which of
the ways below finds each, is data (``regulation/grounds/``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from xfctl.domain.case import Assignment, Case
from xfctl.domain.case_facts import (
    CaseClosed,
    CaseDeclined,
    CaseDismissed,
    CaseReopened,
    GroundFound,
)
from xfctl.domain.classification import Channel
from xfctl.domain.keys import assignment_of
from xfctl.domain.obligation import OFFICE, PETITIONER, Obligation
from xfctl.regulation.grounds import Ground, grounds, manner_label, order

_FROM_ABOVE = frozenset({Channel.SUPERIOR})
_INDIRECT = frozenset({Channel.SUPERIOR, Channel.LEADER})
_ENDINGS = (CaseClosed, CaseDeclined, CaseDismissed)
_ONE_DAY = timedelta(days=1)


class EstablishedGround(Struct, frozen=True):
    """A ground on a matter, against a unit ("" for the matter as a whole).

    ``ground`` is its key in the rule set; ``key`` is unique within the matter; ``since`` is the
    first day it exists, ``until`` the day on which it ended, None while it has not; ``evidence``
    says in Chinese what shows it.
    """

    key: str
    ground: str
    unit: str
    since: date
    until: date | None
    evidence: str

    def exists(self, on: date) -> bool:
        """Whether it exists at the end of a day."""
        return self.since <= on and (self.until is None or self.until > on)


def grounds_of(case: Case) -> list[EstablishedGround]:
    """Every ground the facts establish, in the order of the article's items.

    A ground counts where it was in force on the day it began (细则 22).
    """
    known = grounds()
    found = [
        each
        for ground in known.values()
        for way in ground.ways
        for each in _WAYS[way](case, ground)
        if ground.in_force(each.since)
    ]
    return sorted(found, key=lambda each: (order(each.ground), each.since, each.key))


def _overdue(case: Case, ground: Ground) -> Iterator[EstablishedGround]:
    """11(1), (5): a clock ran out, until its duty is done, or a reason not to is accepted."""
    rule = ground.overdue
    assert rule is not None, "its file says which clock"
    if rule.direct and (case.entry.channel in _INDIRECT or case.entry.superior is not None):
        return
    for owed in case.obligations:
        late = _late(owed) if owed.duty.clock == rule.clock else None
        if late is not None:
            since, until = late
            excused = f"，{until} {rule.excused}" if rule.excused and owed.lapsed else ""
            yield EstablishedGround(
                owed.key.replace(rule.clock, ground.key, 1),
                ground.key,
                "" if owed.owed_by in (OFFICE, PETITIONER) else owed.owed_by,
                since,
                until,
                f"{_unit_name(case, owed)}{rule.told} {owed.duty.due_on}{excused}",
            )


def _unit_name(case: Case, owed: Obligation) -> str:
    """The unit as it was called when assigned; "" for what is owed whoever has the matter."""
    number = assignment_of(owed.key)
    return next((each.unit_name for each in case.assignments if each.number == number), "")


def _late(owed: Obligation) -> tuple[date, date | None] | None:
    """From the day after the due date to the discharge, if it is or could become late."""
    since = owed.duty.due_on + _ONE_DAY
    if owed.discharged_on is not None and owed.discharged_on < since:
        return None
    return since, owed.discharged_on


def _declined(case: Case, ground: Ground) -> Iterator[EstablishedGround]:
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
            f"{ground.key}/{each.number}", ground.key, each.unit, each.returned_on, until, evidence
        )


def _assigned_again(case: Case, returned: Assignment) -> list[Assignment]:
    later = (each for each in case.assignments if each.number > returned.number)
    return [each for each in later if each.unit == returned.unit]


def _taken_in(case: Case, assignment: Assignment) -> date | None:
    answered = case.written_feedback(assignment.number)
    days = (assignment.received_on, answered.given_on if answered else None)
    return min(filter(None, days), default=None)


def _recorded(case: Case, ground: Ground) -> Iterator[EstablishedGround]:
    """11(3), (4), (5), (7): established by an officer, with evidence.

    Where the ground is also a clock's (5), it ends as that duty does.
    """
    owed = case.obligation(ground.overdue.clock) if ground.overdue else None
    done = owed.discharged_on if owed else None
    for event in case.history:
        fact = event.fact
        if isinstance(fact, GroundFound) and fact.ground == ground.key:
            which = f"{manner_label(ground.key, fact.evasion)}：" if fact.evasion else ""
            yield EstablishedGround(
                f"{ground.key}/found/{event.seq}",
                ground.key,
                fact.unit,
                event.occurred_on,
                max(done, event.occurred_on) if done else None,
                f"{which}{fact.evidence}",
            )


def _transferred(case: Case, ground: Ground) -> Iterator[EstablishedGround]:
    """11(6): always, from registration; it ends with the matter, and begins anew with it."""
    if case.entry.channel not in _FROM_ABOVE and case.entry.superior is None:
        return
    superior = case.entry.superior
    evidence = f"{superior.body if superior else '上级'}转来"
    unit = case.lead.unit if case.lead else ""
    for number, (since, until) in enumerate(_spells(case), start=1):
        yield EstablishedGround(f"{ground.key}/{number}", ground.key, unit, since, until, evidence)


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


# How a rule file may say that its ground is found (``regulation.grounds.WAYS``).
_WAYS: Mapping[str, Callable[[Case, Ground], Iterator[EstablishedGround]]] = {
    "overdue": _overdue,
    "declined": _declined,
    "recorded": _recorded,
    "transferred": _transferred,
}
