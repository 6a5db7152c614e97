"""Units (责任单位): the colleges, departments and hospitals that answer for matters (细则 2).

A unit keeps for ever the code under which it was entered: that is what events name. It may be
renamed, given another code, and merged into another unit; what was recorded before stays readable
under the name of its day.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.classification import Labelled
from xfctl.domain.event import Event, Stored, fact
from xfctl.domain.post import POST_FACTS, Appointment
from xfctl.domain.post import evolve as evolve_posts


class Applies(Labelled):
    """Whether the regulation applies as such or is followed by reference (细则 2)."""

    APPLIES = "applies", "适用"
    BY_REFERENCE = "by_reference", "参照执行"


@fact("unit.added")
class UnitAdded(Stored, frozen=True, kw_only=True):
    """A unit entered the list; ``headcount`` is its staff where known."""

    code: str
    name: str
    kind: str | None = None
    applies: Applies = Applies.APPLIES
    former_names: tuple[str, ...] = ()
    headcount: int | None = None


@fact("unit.changed")
class UnitChanged(Stored, frozen=True, kw_only=True):
    """Particulars of a unit changed; what is None stayed. ``code`` is its present code."""

    name: str | None = None
    code: str | None = None
    kind: str | None = None
    parent: str | None = None
    applies: Applies | None = None
    headcount: int | None = None


@fact("unit.merged")
class UnitMerged(Stored, frozen=True, kw_only=True):
    """A unit ceased to be; ``into`` is the code of the unit that goes on with its work."""

    into: str


class Rename(Struct, frozen=True):
    """The day from which a unit bears another name, and the name it bore before."""

    on: date
    before: str


class Unit(Struct, frozen=True):
    """A unit's particulars as they stand; ``code`` never changes, ``present_code`` may.

    ``parent`` and ``merged_into`` are the codes of other units.
    """

    code: str
    present_code: str
    name: str
    added_on: date
    kind: str | None = None
    applies: Applies = Applies.APPLIES
    parent: str | None = None
    headcount: int | None = None
    former_names: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    renames: tuple[Rename, ...] = ()
    merged_on: date | None = None
    merged_into: str | None = None

    def name_on(self, day: date) -> str:
        """The name it bore on a day."""
        return next((each.before for each in self.renames if each.on > day), self.name)

    def ceased(self, on: date) -> bool:
        """Whether it had been merged into another by a day."""
        return self.merged_on is not None and self.merged_on <= on


class UnitRecord(Struct, frozen=True):
    """Everything the events of one unit add up to; posts in the order of recording."""

    unit: Unit
    posts: tuple[Appointment, ...] = ()


def stream_of(code: str) -> str:
    """The event stream of a unit."""
    return f"unit/{code}"


def evolve(record: UnitRecord | None, event: Event) -> UnitRecord:
    """Fold one event into the state of a unit."""
    happened, on = event.fact, event.occurred_on
    if record is None:
        assert isinstance(happened, UnitAdded), "a unit's first event adds it"
        return UnitRecord(_entered(happened, on))
    if isinstance(happened, POST_FACTS):
        return replace(record, posts=evolve_posts(record.posts, happened, on))
    if isinstance(happened, UnitChanged):
        return replace(record, unit=_changed(record.unit, happened, on))
    if isinstance(happened, UnitMerged):
        return replace(record, unit=replace(record.unit, merged_on=on, merged_into=happened.into))
    raise TypeError(f"not a fact of a unit: {type(happened).__name__}")


def _entered(entry: UnitAdded, on: date) -> Unit:
    return Unit(
        code=entry.code,
        present_code=entry.code,
        name=entry.name,
        added_on=on,
        kind=entry.kind,
        applies=entry.applies,
        headcount=entry.headcount,
        former_names=entry.former_names,
    )


def _changed(unit: Unit, change: UnitChanged, on: date) -> Unit:
    if change.name is not None:
        unit = replace(
            unit,
            name=change.name,
            former_names=tuple(
                each for each in (*unit.former_names, unit.name) if each != change.name
            ),
            renames=(*unit.renames, Rename(on, unit.name)),
        )
    if change.code is not None:
        unit = replace(
            unit,
            present_code=change.code,
            former_codes=tuple(
                each for each in (*unit.former_codes, unit.present_code) if each != change.code
            ),
        )
    return replace(
        unit,
        kind=change.kind or unit.kind,
        parent=change.parent or unit.parent,
        applies=change.applies or unit.applies,
        headcount=change.headcount or unit.headcount,
    )
