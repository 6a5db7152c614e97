"""Who answers for what happened (细则 13, last paragraph; 细则 5): from the posts of that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from xfctl.domain.classification import Nature
from xfctl.domain.post import Appointment, Post
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.errors import InputRefusedError
from xfctl.regulation.ladder import Ladder, RoleRule, ladder

IN_CHARGE, TOOK_PART, STAFF = "in_charge", "took_part", "staff"
_BEARERS = {
    IN_CHARGE: "直接主管的负责人",
    TOOK_PART: "参与决策和工作的班子其他成员",
    STAFF: "具体负责的工作人员",
}


class Named(Struct, frozen=True):
    """Someone held to account, by name, before the name is put away behind a token."""

    name: str
    post: str
    role: str
    leads: bool
    changed: bool = False

    def __repr__(self) -> str:
        """Never the name: it must not reach a log or a test report."""
        return f"Named(post={self.post!r}, role={self.role!r})"


class Answerable(Struct, frozen=True):
    """Whom an officer names beside the heads, who are filled in from their posts.

    ``in_charge`` the leaders directly in charge, by name or by area; ``took_part`` other leaders
    who took part; ``staff`` who handled it, name to post; ``left_out`` and ``roles`` change what
    the posts say, for ``reason``.
    """

    in_charge: tuple[str, ...] = ()
    took_part: tuple[str, ...] = ()
    staff: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None


def answerable(
    posts: Iterable[Appointment], on: date, nature: Nature, named: Answerable
) -> list[Named]:
    """Everyone who bears a responsibility of that nature, under the post of the day in question.

    Judged under the rules of that day (细则 22): heads are filled in where a role of that nature is
    theirs. Raises InputRefusedError for a leader who held no post that day, for someone named whom
    no role of that nature concerns, and for changes without a reason.
    """
    rules = ladder(on)
    held = [each for each in posts if each.holds(on) and each.post.leads]
    found: dict[str, Named] = {}
    for head in (Post.PARTY_HEAD, Post.ADMIN_HEAD):
        for each in held:
            if each.post is head and _role_of(head.value, nature, rules):
                _add(found, each.name, each.post.label, head.value, nature, rules)
    for bearer, words in ((IN_CHARGE, named.in_charge), (TOOK_PART, named.took_part)):
        for word in words:
            for each in _leaders(held, word, on):
                _add(found, each.name, _post_of(each), bearer, nature, rules)
    for name, post in named.staff.items():
        checked = check_text(name, "姓名", LONGEST_NAME)
        _add(found, checked, check_text(post, "职务", LONGEST_NAME), STAFF, nature, rules)
    return _changed(found, named, rules)


def _add(
    found: dict[str, Named], name: str, post: str, bearer: str, nature: Nature, rules: Ladder
) -> None:
    """Add someone unless they are named already, as a head who is also directly in charge."""
    role = _role_of(bearer, nature, rules)
    if role is None:
        articles = "、".join(dict.fromkeys(each.article for each in rules.roles.values()))
        other = Nature.INDIVIDUAL if nature is Nature.COLLECTIVE else Nature.COLLECTIVE
        raise InputRefusedError(
            f"{nature.label}不涉及{_BEARERS[bearer]}（{articles}）；请去掉，或改为{other.label}。"
        )
    found.setdefault(name, Named(name, post, role.key, leads=bearer != STAFF))


def _role_of(bearer: str, nature: Nature, rules: Ladder) -> RoleRule | None:
    """The responsibility of that nature that such a person bears, if any."""
    roles = (
        each for each in rules.roles.values() if each.nature == nature and bearer in each.bearers
    )
    return next(roles, None)


def _leaders(held: list[Appointment], word: str, on: date) -> list[Appointment]:
    """Leaders of that name, or who answered for that area, on the day in question."""
    word = check_text(word, "负责人的姓名或分管工作", LONGEST_NAME)
    by_name = [each for each in held if each.name == word]
    found = by_name[:1] or [each for each in held if each.area and word in each.area]
    if not found:
        raise InputRefusedError(
            f"{on} 该单位没有姓名或分管工作为所写内容的班子成员；请用 xfctl unit show 核对任职记录，"
            "或用 xfctl unit appoint 补录。"
        )
    return found


def _post_of(held: Appointment) -> str:
    return f"{held.post.label}（分管{held.area}）" if held.area else held.post.label


def _changed(found: dict[str, Named], named: Answerable, rules: Ladder) -> list[Named]:
    changes = [*named.left_out, *named.roles]
    for name in changes:
        if name not in found:
            raise InputRefusedError(
                "要改变责任的人不在这次的责任人之中；请核对姓名，或先用 --in-charge、--staff 等写明。"
            )
    if changes and not named.reason:
        raise InputRefusedError("改变任职记录得出的责任须写明理由；请加 --role-reason。")
    for name, role in named.roles.items():
        if role not in rules.roles:
            labels = "、".join(each.label for each in rules.roles.values())
            raise InputRefusedError(f"没有「{role}」这种责任；可以写：{labels}。")
        found[name] = replace(found[name], role=role, changed=role != found[name].role)
    left = [each for each in found.values() if each.name not in named.left_out]
    if found and not left:
        raise InputRefusedError("不能把责任人全部去掉；请至少留下一人，或不提出建议。")
    if not left:
        raise InputRefusedError(
            "没有任何责任人：该日没有负责人的任职记录；请用 xfctl unit appoint 补录，"
            "或用 --staff 写明具体负责的工作人员。"
        )
    return left
