"""A step with a matter (信访事项) taken and told: what commands about matters share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from xfctl.cli.session import say, session_of

if TYPE_CHECKING:
    from xfctl.app import Desk
    from xfctl.domain.case import Case
    from xfctl.domain.world import Command
    from xfctl.workdays.calendar import Calendar


@dataclass(frozen=True)
class Taken:
    """A step taken: the matter before (None if it was registered) and after, and the calendar."""

    before: Case | None
    after: Case
    calendar: Calendar


@contextmanager
def desk_for(ctx: typer.Context, number: str) -> Iterator[tuple[Desk, Case]]:
    """A desk with one matter on it. Raises InputRefusedError if there is none of that number."""
    with session_of(ctx).desk() as desk:
        yield desk, desk.case(number)


def take(ctx: typer.Context, command: Command) -> Taken:
    """Take one step."""
    with desk_for(ctx, command.number) as (desk, before):
        return Taken(before, desk.step(command), desk.world.calendar)


def take_of_unit(
    ctx: typer.Context,
    number: str,
    unit: str | None,
    command: Callable[[str | None], Command],
) -> Taken:
    """Take one step of a unit, which the officer may leave unnamed.

    ``command`` makes the step of the unit's code, None where none was named. Raises
    InputRefusedError for a unit there is not.
    """
    with desk_for(ctx, number) as (desk, before):
        code = desk.units.find(unit).code if unit is not None else None
        return Taken(before, desk.step(command(code)), desk.world.calendar)


def warnings_of(ctx: typer.Context, number: str) -> list[str]:
    """Which units have an accusation that, as is known now, they should not have (细则 13(8))."""
    from xfctl.ledger.accusations import warnings
    from xfctl.ledger.identities import Identities
    from xfctl.ledger.load import CASES, load

    session = session_of(ctx)
    with session.reading() as ledger:
        identities = Identities(ledger.connection, session.key)
        return warnings(identities, load(ledger.connection, CASES, number))


def tell(ctx: typer.Context, done: str, taken: Taken, *more: str) -> None:
    """Say what was done, every deadline that it started, moved or ended, and what ``more`` says."""
    from xfctl.reports.deadlines import deadlines_changed

    changed = deadlines_changed(taken.before, taken.after, session_of(ctx).today, taken.calendar)
    say("\n".join([f"{done}。", *(f"  {each}" for each in changed), *more]))
