"""What the commands of the noun ``case`` (信访事项) share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import typer

from xfctl.cli.session import say, session_of
from xfctl.domain.classification import Labelled

if TYPE_CHECKING:
    from xfctl.domain.case import Case
    from xfctl.domain.obligation import Obligation
    from xfctl.domain.steps.world import Command

M = TypeVar("M", bound=Labelled)


def member(kind: type[M], what: str) -> Callable[[str], M]:
    """A parser of an option that names a member by label, synonym or identifier."""

    def read(text: str) -> M:
        from xfctl.intake.labels import member_named

        return member_named(kind, text, what)

    return read


def day(ctx: typer.Context, on: date | None) -> date:
    """The day a step happened: as given, else today."""
    return on or session_of(ctx).today


def take(ctx: typer.Context, command: Command) -> tuple[Case, Case]:
    """Take one step; returns the matter before and after it."""
    with session_of(ctx).desk() as desk:
        before = desk.case(command.number)
        return before, desk.step(command)


def unit_code(ctx: typer.Context, unit: str | None) -> str | None:
    """The code of a unit named by code, name or former name."""
    if unit is None:
        return None
    from xfctl.domain.unit import UnitDirectory
    from xfctl.ledger import queries

    with session_of(ctx).reading() as ledger:
        return UnitDirectory(queries.units(ledger.connection)).find(unit).code


def tell(done: str, before: Case, after: Case) -> None:
    """Say what was done, and every deadline that it started, moved or ended."""
    old = {each.key: each for each in before.obligations}
    moved = [each for each in after.obligations if old.get(each.key) != each]
    say(f"{done}。" + "".join(f"\n  {_phrase(after, each)}" for each in moved))


def _phrase(case: Case, owed: Obligation) -> str:
    from xfctl.regulation.clocks import clocks

    duty = owed.duty
    name = f"{case.debtor_name(owed)}「{clocks()[duty.clock].title}」"
    if owed.lapsed:
        return f"{name}终止，{owed.discharged_on}"
    if owed.discharged_on is not None:
        late = "，晚于期限" if owed.is_late(owed.discharged_on) else "，按期"
        return f"{name}已履行，{owed.discharged_on}（期限 {duty.due_on}{late}）"
    mark = "，暂定" if duty.provisional else ""
    length = f"，{duty.started_on} 起 {duty.length} {duty.unit.label}" if duty.length else ""
    return f"{name}期限 {duty.due_on}（{duty.article}{length}{mark}）"
