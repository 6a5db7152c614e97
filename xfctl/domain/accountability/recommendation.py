"""What the ladder recommends (细则 15–18): one pure function over the ladder's data."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from xfctl.domain.accountability.facts import Person
from xfctl.domain.classification import Severity
from xfctl.regulation.ladder import Entry, Ladder, Rung


class Opened(Struct, frozen=True):
    """A rung that is open, and the entries of its article by which it is."""

    rung: Rung
    entries: tuple[Entry, ...]


def open_rungs(
    ladder: Ladder,
    situations: Iterable[str],
    severity: Severity | None,
    unrectified: str | None = None,
) -> list[Opened]:
    """Every rung open to what happened, from the lowest to the highest.

    ``situations`` are keys of the ladder, ``severity`` a person's judgement, ``unrectified`` the
    rung whose rectification failed before. A rung opens by any one of its entries: by the rung
    below left unrectified, or by severity alone, in no forced order.
    """
    groups = {ladder.situations[each].group for each in situations}
    found = []
    for rung in ladder.rungs.values():
        entries = tuple(
            each for each in rung.entries if _is_met(each, groups, severity, unrectified)
        )
        if entries:
            found.append(Opened(rung, entries))
    return found


def measures_for(rung: Rung, persons: Iterable[Person]) -> dict[str, tuple[int, ...]]:
    """The rung's own measures, each with the numbers of those to whom it may be given."""
    people = list(persons)
    fitting = {
        measure: tuple(each.number for each in people if may_have(rung, measure, each))
        for measure in rung.measures
    }
    return {measure: numbers for measure, numbers in fitting.items() if numbers}


def may_have(rung: Rung, measure: str, person: Person) -> bool:
    """Whether the rung's article lets a person be given a measure."""
    limits = [each for each in rung.only if each.measure == measure]
    return all(
        (person.leads or not each.leaders) and (not each.roles or person.role in each.roles)
        for each in limits
    )


def _is_met(
    entry: Entry, groups: set[str], severity: Severity | None, unrectified: str | None
) -> bool:
    if entry.unrectified is not None:
        return entry.unrectified == unrectified
    return entry.situations in groups and entry.severity in (None, severity)
