"""Matters that came of a risk point (细则 8(3)) or were caused by a decision (细则 13(1)).

The stream of the risk point or decision holds the link; the matter's own stream stays as it is.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from xfctl.domain.case import Case
from xfctl.domain.event import Dated, Stored, fact
from xfctl.domain.wording import check_text
from xfctl.domain.world import World, check_not_before, check_not_future
from xfctl.errors import RuleRefusedError


@fact("consequence.linked")
class ConsequenceLinked(Stored, frozen=True, kw_only=True):
    """A matter came of it."""

    case: str


@fact("consequence.unlinked")
class ConsequenceUnlinked(Stored, frozen=True, kw_only=True):
    """The link was a mistake, and why."""

    case: str
    reason: str


ConsequenceFact = ConsequenceLinked | ConsequenceUnlinked


class Consequence(Struct, frozen=True):
    """A matter that came of a risk point or decision, and the day that was established."""

    case: str
    linked_on: date


def after(
    held: tuple[Consequence, ...], fact: ConsequenceFact, on: date
) -> tuple[Consequence, ...]:
    """The links after one more fact."""
    if isinstance(fact, ConsequenceLinked):
        return (*held, Consequence(fact.case, on))
    return tuple(each for each in held if each.case != fact.case)


class Source(Struct, frozen=True):
    """What a matter may come of: its name for messages, the day it begins, its links so far."""

    name: str
    began_on: date
    held: tuple[Consequence, ...]


def link(source: Source, matter: Case, on: date, world: World) -> list[Dated]:
    """Say that a registered matter came of it; legal after its end too."""
    if any(each.case == matter.number for each in source.held):
        raise RuleRefusedError(f"{source.name}已经关联事项 {matter.number}；无需重复关联。")
    check_not_future(on, world, "关联日期")
    check_not_before(on, source.began_on, "关联日期", f"{source.name}的登记日期")
    check_not_before(on, matter.registered_on, "关联日期", f"事项 {matter.number} 的登记日期")
    return [Dated(on, ConsequenceLinked(case=matter.number))]


def unlink(source: Source, case: str, reason: str, on: date, world: World) -> list[Dated]:
    """Undo a link, with a reason."""
    linked_on = next((each.linked_on for each in source.held if each.case == case), None)
    if linked_on is None:
        raise RuleRefusedError(f"{source.name}没有关联事项 {case}；请用 xfctl risk show 核对。")
    check_not_future(on, world, "撤销日期")
    check_not_before(on, linked_on, "撤销日期", "关联日期")
    return [Dated(on, ConsequenceUnlinked(case=case, reason=check_text(reason, "理由")))]
