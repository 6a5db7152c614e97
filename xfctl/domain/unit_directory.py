"""Finding a unit by any word an officer may know it by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from xfctl.errors import InputRefusedError, NoSuchUnitError, RuleRefusedError

if TYPE_CHECKING:
    from xfctl.domain.unit import Unit


class UnitDirectory:
    """Finds a unit by its code, its name, or a code or name it bore before.

    What a unit that still is bears at present comes before what any bore in the past.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units: dict[str, Unit] = {}
        self._present: dict[str, str] = {}
        self._former: dict[str, list[str]] = {}
        for unit in units:
            self.put(unit)

    def __len__(self) -> int:
        return len(self._units)

    def put(self, unit: Unit) -> None:
        """Take a unit in, or take note that it changed."""
        self._forget(self._units.get(unit.code))
        self._units[unit.code] = unit
        present, former = _words(unit)
        self._present |= dict.fromkeys(present, unit.code)
        for word in former:
            self._former.setdefault(word, []).append(unit.code)

    def _forget(self, unit: Unit | None) -> None:
        if unit is None:
            return
        present, former = _words(unit)
        for word in present:
            self._present.pop(word, None)
        for word in former:
            self._former[word].remove(unit.code)

    def find(self, text: str) -> Unit:
        """The unit meant. Raises NoSuchUnitError if there is none, InputRefusedError if several."""
        name = text.strip()
        if name in self._present:
            return self._units[self._present[name]]
        candidates = [self._units[code] for code in self._former.get(name, [])]
        if not candidates:
            raise NoSuchUnitError(
                f"没有单位「{name}」；请用 xfctl unit list 核对，或用 xfctl unit add 添加。"
            )
        if len(candidates) > 1:
            names = "、".join(each.name for each in candidates)
            raise InputRefusedError(
                f"「{name}」是多个单位的曾用名（{names}）；请改用现在的名称或编号。"
            )
        return candidates[0]

    def code_of(self, text: str) -> str | None:
        """The code of the unit meant, None if the words name no unit of ours."""
        try:
            return self.find(text).code
        except InputRefusedError:
            return None

    def acting(self, text: str, on: date) -> Unit:
        """The unit meant, which must still be one of its own on a day.

        Raises RuleRefusedError for one that was merged into another by then.
        """
        unit = self.find(text)
        if unit.ceased(on):
            successor = self.by_code(unit.merged_into or "")
            raise RuleRefusedError(
                f"{unit.name}已于 {unit.merged_on} 并入{successor.name}；请改用「{successor.name}」。"
            )
        return unit

    def by_code(self, code: str) -> Unit:
        """The unit entered under a code."""
        return self._units[code]

    def holder(self, word: str) -> Unit | None:
        """The unit that bears a code or name at present."""
        code = self._present.get(word)
        return None if code is None else self._units[code]

    def owner(self, word: str) -> Unit | None:
        """The unit that bears a code or name, or bore it as a code: codes are never given twice."""
        return self.holder(word) or next(
            (
                self._units[each]
                for each in self._former.get(word, [])
                if word in (self._units[each].code, *self._units[each].former_codes)
            ),
            None,
        )


def _words(unit: Unit) -> tuple[set[str], set[str]]:
    """What a unit is called at present, and what else it is known by."""
    present = {unit.present_code, unit.name}
    former = {unit.code, *unit.former_codes, *unit.former_names} - present
    return (set(), present | former) if unit.merged_on is not None else (present, former)
