"""What a step did to the deadlines of a matter, in one phrase each."""

from __future__ import annotations

from datetime import date

from xfctl.domain.case import Case
from xfctl.domain.obligation import Duty, Obligation
from xfctl.regulation.clocks import clocks
from xfctl.reports.case_cover import lateness
from xfctl.workdays.calendar import Calendar


def deadlines_changed(before: Case | None, after: Case, on: date, calendar: Calendar) -> list[str]:
    """Every deadline that differs between the two, as it stands at the end of a day.

    What a right is used for needs no telling: the step itself says so.
    """
    old = {each.key: each for each in before.obligations} if before else {}
    return [
        deadline_text(after, each, on, calendar)
        for each in after.obligations
        if old.get(each.key) != each and not (each.duty.reminder and each.discharged_on)
    ]


def deadlines_running(case: Case, clock: str, on: date, calendar: Calendar) -> list[str]:
    """The deadlines of one clock that are still open."""
    return [
        deadline_text(case, each, on, calendar)
        for each in case.obligations
        if each.duty.clock == clock and each.discharged_on is None
    ]


def deadline_text(case: Case, each: Obligation, on: date, calendar: Calendar) -> str:
    """Who owes what until when; or how it ended."""
    who, what = case.debtor_name(each), clocks()[each.duty.clock].title
    if each.duty.reminder:
        return f"{who}「{what}」可在 {each.duty.due_on}（含）以前提出（{_basis(each.duty)}）"
    late = lateness(each, on, calendar)
    if each.discharged_on is not None:
        ended = f"{each.discharged_on} {'终止' if each.lapsed else '履行'}"
        how = late or ("" if each.lapsed else "按期")
        return (
            "，".join(filter(None, (f"{who}「{what}」{ended}", how)))
            + f"（期限 {each.duty.due_on}）"
        )
    overdue = f"，{late}" if late else ""
    return f"{who}「{what}」期限 {each.duty.due_on}{overdue}（{_basis(each.duty)}）"


def _basis(duty: Duty) -> str:
    length = f"，{duty.started_on} 起 {duty.length} {duty.unit.label}" if duty.length else ""
    return f"{duty.article}{length}{'，暂定' if duty.provisional else ''}"
