"""检举控告: whom a matter accuses, and to which units it may not be handed (细则 13(8)).

细则 13(8) makes it an offence to let an accusation reach the accused, a person or a unit. So handing
a matter to a unit (交办, 转送, 督办) is refused where the accused would read it, unless the officer
records that what must not be told was taken out, and how. To be an accused person's namesake is
enough: the program cannot tell two people of one name apart, the officer can, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from msgspec import Struct

from xfctl.domain.case import Case
from xfctl.domain.case_facts import AccusedNamed, MaterialRedacted
from xfctl.domain.event import Dated
from xfctl.domain.lifecycle import Step
from xfctl.domain.post import Post
from xfctl.domain.wording import check_text
from xfctl.domain.world import Command, World, facts
from xfctl.errors import RuleRefusedError

ARTICLE = "细则 13(8)"


class NameAccused(Command, frozen=True, kw_only=True):
    """Record whom the matter accuses; ``accused`` are tokens of identities kept outside events."""

    step: ClassVar[Step] = Step.ACCUSED
    accused: tuple[str, ...]


class Place(Struct, frozen=True):
    """A unit as it stood on a day.

    ``accused`` says that the matter is about it, or about a unit merged into it; ``posts`` are
    those held on that day by someone who bears the name of an accused person.
    """

    name: str
    accused: bool = False
    posts: tuple[Post, ...] = ()


def name_accused(command: NameAccused, case: Case, world: World) -> list[Dated]:
    """Only accusations have someone accused."""
    if not case.accusation:
        raise RuleRefusedError(
            f"事项 {case.number} 的信访目的不是检举控告，不登记被反映人；"
            "请核对编号，或先用 xfctl case correct 更正信访目的。"
        )
    return facts(command.on, AccusedNamed(accused=command.accused))


def conflict(unit: Place, above: Sequence[Place]) -> str | None:
    """Why an accusation may not be handed to a unit; None if it may.

    The unit is accused; an accused person heads it, or is its 信访专人, who would open the letter;
    or the same is true of the heads of a unit above, whose orders it takes. A unit above the accused
    one may have the matter: it is the one to look into it.
    """
    if unit.accused:
        return f"{unit.name}是被反映单位"
    for post in unit.posts:
        if post.single or post is Post.LIAISON:
            return f"{unit.name}当日的{post.label}与被反映人同名"
    for each in above:
        if each.accused:
            return f"{unit.name}的上级{each.name}是被反映单位"
        if heads := [post for post in each.posts if post.single]:
            return f"{unit.name}的上级{each.name}当日的{heads[0].label}与被反映人同名"
    return None


def handed_over(
    case: Case, unit: tuple[str | None, str], why_not: str | None, redacted: str | None, on: date
) -> list[Dated]:
    """What goes on record before a matter is handed to a unit (its code, if it has one, and name).

    ``why_not`` is the ``conflict``; ``redacted`` says how what must not be told was taken out, which
    holds for the unit from then on. Raises RuleRefusedError where 细则 13(8) stands against it.
    """
    code, name = unit
    if redacted is not None:
        if not case.accusation:
            raise RuleRefusedError(
                f"事项 {case.number} 的信访目的不是检举控告，不需要 --redacted；请去掉后重试。"
            )
        reason = check_text(redacted, "隐去说明")
        return facts(on, MaterialRedacted(unit=code, unit_name=name, reason=reason))
    if why_not is None or case.redacted_for(code):
        return []
    raise RuleRefusedError(
        f"{why_not}，检举控告 {case.number} 不能交给它（{ARTICLE}）；"
        "请改交别的单位，或在隐去不宜透露的内容后加 --redacted 写明怎样隐去的。"
    )


def warning(case: Case, unit_name: str, on: date, why: str) -> str:
    """That a matter already lies where it must not, to be told whenever that comes out."""
    return f"注意：事项 {case.number} 已于 {on} 交办给{unit_name}，而{why}（{ARTICLE}）；请尽快收回材料、改交别的单位。"


def unknown_accused(case: Case) -> list[str]:
    """That nobody can tell whether an accusation reached the accused; empty where one can."""
    if not case.accusation or case.accused or case.entry.involved:
        return []
    return [
        f"提示：检举控告 {case.number} 没有登记涉及单位和被反映人，无法核对是否交给了被反映的一方（{ARTICLE}）；"
        f"请用 xfctl case accused {case.number} 或 xfctl case correct 补上。"
    ]
