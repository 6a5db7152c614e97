"""What stands against handing an accusation to a unit on a day, looked up in the ledger (细则 13(8))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from xfctl.domain.case import Case
from xfctl.domain.event import Dated
from xfctl.domain.identity import Identity, plain_name
from xfctl.domain.post import Post
from xfctl.domain.steps.acceptance import ReferCase
from xfctl.domain.steps.accusation import Place, conflict, handed_over, warning
from xfctl.domain.steps.handling import AssignCase
from xfctl.domain.supervision import OpenSupervision
from xfctl.domain.unit import Unit
from xfctl.domain.unit_directory import UnitDirectory
from xfctl.domain.world import Command
from xfctl.ledger import queries
from xfctl.ledger.identities import Identities
from xfctl.ledger.unit_lists import appointments


def why_not(identities: Identities, case: Case, unit: str, on: date) -> str | None:
    """Why a matter may not be handed to the unit of that code on a day; None if it may."""
    if not case.accusation:
        return None
    directory = UnitDirectory(queries.units(identities.connection))
    accused = {
        each for code in case.entry.involved for each in _with_successors(directory, code, on)
    }
    places = [
        Place(each.name_on(on), each.code in accused, _posts(identities, case, each.code, on))
        for each in _upwards(directory, unit)
    ]
    return conflict(places[0], places[1:])


def redacted(identities: Identities, command: Command | OpenSupervision, case: Case) -> list[Dated]:
    """What goes on record before a command hands a matter over; nothing for other commands.

    A supervision hands it to the unit and to every department that takes part. Raises
    RuleRefusedError where 细则 13(8) stands against one of them.
    """
    if not isinstance(command, AssignCase | ReferCase | OpenSupervision):
        return []
    reason = command.redacted
    # Of several matters under one supervision only some may be accusations.
    if not case.accusation and (reason is None or isinstance(command, OpenSupervision)):
        return []
    facts: list[Dated] = []
    for code, name in _receivers(identities, command):
        if code is not None:
            why = why_not(identities, case, code, command.on)
        else:
            why = f"「{name}」与被反映人同名" if _accuses(identities, case, name) else None
        facts += handed_over(case, (code, name), why, reason, command.on)
    return facts


def _receivers(
    identities: Identities, command: AssignCase | ReferCase | OpenSupervision
) -> list[tuple[str | None, str]]:
    """Who gets a matter: the code, None for whoever is not in the list of units, and the name."""
    if isinstance(command, AssignCase):
        return [(command.unit, command.unit_name)]
    directory = UnitDirectory(queries.units(identities.connection))
    if isinstance(command, ReferCase):
        return [(directory.code_of(command.to), command.to)]
    joint = [(directory.code_of(each), each) for each in command.joint]
    return [(command.unit, command.unit_name), *joint]


def barred_units(
    identities: Identities, case: Case, units: Iterable[str], on: date
) -> frozenset[str]:
    """Which of the units may not read an accusation on a day, or got it only in parts."""
    return frozenset(
        unit
        for unit in units
        if case.redacted_for(unit) or why_not(identities, case, unit, on) is not None
    )


def warnings(identities: Identities, case: Case) -> list[str]:
    """What was handed over already and, as is known now, should not have been.

    Nobody is asked for a passphrase to be warned: without a key at hand only units are compared.
    """
    if not identities.opens_unasked:
        case = replace(case, accused=())
    found = (
        (each, why_not(identities, case, each.unit, each.assigned_on))
        for each in case.active
        if not case.redacted_for(each.unit)
    )
    return [warning(case, each.unit_name, each.assigned_on, why) for each, why in found if why]


def _with_successors(directory: UnitDirectory, code: str, on: date) -> Iterator[str]:
    """A unit, and whichever it was merged into by a day: its people are there."""
    unit = directory.by_code(code)
    yield unit.code
    while unit.ceased(on) and unit.merged_into:
        unit = directory.by_code(unit.merged_into)
        yield unit.code


def _upwards(directory: UnitDirectory, code: str) -> list[Unit]:
    """A unit and the units above it, the nearest first."""
    found: dict[str, Unit] = {}
    above: str | None = code
    while above is not None and above not in found:
        found[above] = directory.by_code(above)
        above = found[above].parent
    return list(found.values())


def _posts(identities: Identities, case: Case, unit: str, on: date) -> tuple[Post, ...]:
    if not case.accused:
        return ()
    return tuple(
        Post(each.post)
        for each in appointments(identities.connection, unit=unit, on=on)
        if _accuses(identities, case, each.name)
    )


def _accuses(identities: Identities, case: Case, name: str) -> bool:
    """Whether an accused person of the matter bears a name."""
    same = identities.matching(Identity(name=plain_name(name)), ("name",))
    return not set(case.accused).isdisjoint(same)
