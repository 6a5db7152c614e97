"""What the articles forbid: combinations of rung, measures, bodies and persons (细则 14–18).

Faults are collected, so an officer sees all of them at once; a written reason overrides them and
stays with the record.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from msgspec import Struct

from xfctl.domain.accountability.facts import Imposed, Person
from xfctl.domain.accountability.recommendation import may_have
from xfctl.domain.wording import check_text
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.ladder import Ladder, Rung


class Violation(Struct, frozen=True):
    """One thing that an article forbids."""

    article: str
    what: str


def check_rung(rung: Rung, opened: Iterable[Rung]) -> Iterator[Violation]:
    """A rung must be open to what happened."""
    if rung not in list(opened):
        yield Violation(rung.article, f"所写的情形和严重程度不符合{rung.article}的条件")


def check_reach(rung: Rung, measures: Sequence[str], ladder: Ladder) -> Iterator[Violation]:
    """Measures must be the rung's own, or ones that may be combined with them."""
    for each in measures:
        if each not in (*rung.measures, *rung.combined_with):
            label = ladder.measures[each].label
            yield Violation(rung.article, f"「{label}」超出{rung.article}的追究方式")


def check_own(rung: Rung, measures: Sequence[str], ladder: Ladder) -> Iterator[Violation]:
    """A decision must hold one of the rung's own measures."""
    if not set(measures) & set(rung.measures):
        own = "或".join(ladder.measures[each].label for each in rung.measures)
        yield Violation(rung.article, f"{rung.article}须有「{own}」")


def check_persons(
    rung: Rung, imposed: Iterable[Imposed], persons: Sequence[Person], ladder: Ladder
) -> Iterator[Violation]:
    """Measures must be given to those to whom the rung's article lets them be given."""
    known = {each.number: each for each in persons}
    for each in imposed:
        wrong = [n for n in each.persons if not may_have(rung, each.measure, known[n])]
        if wrong:
            label = ladder.measures[each.measure].label
            numbers = "、".join(f"第 {number} 人" for number in wrong)
            yield Violation(rung.article, f"按{rung.article}，{numbers}不能给予「{label}」")


def check_powers(imposed: Iterable[Imposed], ladder: Ladder) -> Iterator[Violation]:
    """A body must have the power over a measure (细则 14)."""
    for each in imposed:
        measure = ladder.measures[each.measure]
        if each.body not in measure.decided_by:
            powers = "、".join(ladder.bodies[body].label for body in measure.decided_by)
            yield Violation(
                measure.powers,
                f"「{measure.label}」由{powers}决定，不能由{ladder.bodies[each.body].label}决定",
            )


def check_known(keys: Iterable[str], there: Container[str], what: str) -> None:
    """Refuse what the ladder of the day in question lacks (细则 22). Raises InputRefusedError."""
    for each in keys:
        if each not in there:
            raise InputRefusedError(
                f"行为发生那天的规则里没有{what} {each}；请用 xfctl rule show 条号 --as-of 日期 核对。"
            )


def overridden(
    violations: Iterable[Violation], reason: str | None
) -> tuple[tuple[str, ...], str | None]:
    """The articles overridden and the reason, both empty where nothing is forbidden.

    Raises RuleRefusedError naming every article where there is no reason.
    """
    found = list(violations)
    if not found:
        return (), None
    if not reason:
        told = "；".join(
            each.what if each.article in each.what else f"{each.what}（{each.article}）"
            for each in found
        )
        raise RuleRefusedError(f"{told}；请改正，确需如此请用 --override 写明理由，理由长期可见。")
    articles = tuple(dict.fromkeys(each.article for each in found))
    return articles, check_text(reason, "破例理由")
