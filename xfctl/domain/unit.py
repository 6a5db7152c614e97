"""Units (责任单位): the colleges, departments and hospitals that answer for matters (细则 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from xfctl.domain.event import Dated, Event, fact
from xfctl.domain.wording import LONGEST_NAME, check_number, check_text
from xfctl.errors import InputRefusedError


class Applies(StrEnum):
    """Whether the regulation applies as such or is followed by reference (细则 2)."""

    APPLIES = "applies"
    BY_REFERENCE = "by_reference"

    @property
    def label(self) -> str:
        """As officers write it."""
        return {"applies": "适用", "by_reference": "参照执行"}[self]


@fact("unit.added")
class UnitAdded:
    """A unit entered the list; ``headcount`` is its staff where known."""

    code: str
    name: str
    kind: str | None = None
    applies: Applies = Applies.APPLIES
    former_names: tuple[str, ...] = ()
    headcount: int | None = None


@dataclass(frozen=True)
class Unit:
    """A unit as it stands."""

    added_on: date
    entry: UnitAdded


def stream_of(code: str) -> str:
    """The event stream of a unit."""
    return f"unit/{code}"


def evolve(unit: Unit | None, event: Event) -> Unit:
    """Fold one event into the state of a unit."""
    if isinstance(event.fact, UnitAdded):
        return Unit(event.occurred_on, event.fact)
    raise TypeError(f"not a fact of a unit: {type(event.fact).__name__}")


class UnitDirectory:
    """Finds a unit by its code, its name, or a name it bore before."""

    def __init__(self, entries: Iterable[UnitAdded]) -> None:
        self._present: dict[str, UnitAdded] = {}
        self._former: dict[str, list[UnitAdded]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: UnitAdded) -> None:
        """Take a unit in."""
        self._present |= {entry.code: entry, entry.name: entry}
        for name in entry.former_names:
            self._former.setdefault(name, []).append(entry)

    def find(self, text: str) -> UnitAdded:
        """The unit meant. Raises InputRefusedError if there is none, or more than one."""
        name = text.strip()
        if name in self._present:
            return self._present[name]
        candidates = self._former.get(name, [])
        if not candidates:
            raise InputRefusedError(
                f"没有单位「{name}」；请用 xfctl unit list 核对，或用 xfctl unit add 添加。"
            )
        if len(candidates) > 1:
            names = "、".join(each.name for each in candidates)
            raise InputRefusedError(
                f"「{name}」是多个单位的曾用名（{names}）；请改用现在的名称或编号。"
            )
        return candidates[0]

    def holder(self, word: str) -> UnitAdded | None:
        """The unit that bears a code or name at present."""
        return self._present.get(word)


def add(entry: UnitAdded, on: date, directory: UnitDirectory) -> list[Dated]:
    """Add a unit whose code and name are not taken. Raises InputRefusedError otherwise."""
    entry = replace(
        entry,
        code=check_number(entry.code, "单位编号"),
        name=check_text(entry.name, "单位名称", LONGEST_NAME),
    )
    for word, what in [(entry.code, "编号"), (entry.name, "名称")]:
        holder = directory.holder(word)
        if holder is not None:
            raise InputRefusedError(
                f"单位{what}「{word}」已被 {holder.code} {holder.name} 使用；请换一个，或用 xfctl unit list 核对。"
            )
    return [Dated(on, entry)]
