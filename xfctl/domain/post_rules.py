"""The rules of posts: taking one up, leaving it, striking what was recorded by mistake."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from xfctl.domain.event import Dated
from xfctl.domain.post import Appointment, AppointmentStruck, Post, PostLeft, PostTaken
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_future
from xfctl.errors import InputRefusedError, RuleRefusedError


class Appoint(Struct, frozen=True, kw_only=True):
    """What an officer records: who took up which post when, and left it again if so.

    ``succeed`` relieves, on the same day, whoever holds a post that one person holds.
    """

    on: date
    post: Post
    name: str
    area: str | None = None
    until: date | None = None
    succeed: bool = False


def appoint(posts: tuple[Appointment, ...], wanted: Appoint, world: World) -> list[Dated]:
    """Record an appointment.

    Raises InputRefusedError for impossible days, RuleRefusedError where someone else holds a post
    that one person holds, or the same person holds it already.
    """
    check_not_future(wanted.on, world, "任职日期")
    if wanted.until is not None:
        check_not_future(wanted.until, world, "免职日期")
        if wanted.until <= wanted.on:
            raise InputRefusedError(
                f"免职日期 {wanted.until} 不晚于任职日期 {wanted.on}，请核对日期。"
            )
    name = check_text(wanted.name, "姓名", LONGEST_NAME)
    facts = _making_room(posts, wanted, name)
    number = len(posts) + 1
    area = check_text(wanted.area, "分管工作", LONGEST_NAME) if wanted.area else None
    taken = PostTaken(appointment=number, post=wanted.post, name=name, area=area)
    facts.append(Dated(wanted.on, taken))
    if wanted.until is not None:
        facts.append(Dated(wanted.until, PostLeft(appointment=number)))
    return facts


def _making_room(posts: tuple[Appointment, ...], wanted: Appoint, name: str) -> list[Dated]:
    """The relief of the predecessor, where asked for; a refusal where terms overlap."""
    facts = []
    for held in posts:
        if held.struck or held.post is not wanted.post or not _overlap(held, wanted):
            continue
        if held.name == name:
            raise RuleRefusedError(
                f"{name}自 {held.since} 起已任{held.post.label}，任期重叠；请核对日期。"
            )
        if not held.post.single:
            continue
        if wanted.succeed and held.until is None and held.since < wanted.on:
            facts.append(Dated(wanted.on, PostLeft(appointment=held.number)))
            continue
        raise RuleRefusedError(_overlapping(held, wanted))
    return facts


def _overlapping(held: Appointment, wanted: Appoint) -> str:
    """What stands in the way, and which of the three ways out there is."""
    until = f"至 {held.until} " if held.until else "起"
    told = f"{held.post.label}自 {held.since} {until}由{held.name}担任，任期重叠；"
    if wanted.on <= held.since and wanted.until is None:
        return f"{told}补录以前的任期请写明免职日期（--until）。"
    if held.until is None and wanted.on > held.since:
        return f"{told}接任请加 --succeed，或先用 xfctl unit relieve 免去。"
    return f"{told}请核对两人的任职和免职日期，误记的用 xfctl unit strike 作废。"


def _overlap(held: Appointment, wanted: Appoint) -> bool:
    held_first = wanted.until is None or held.since < wanted.until
    return held_first and (held.until is None or wanted.on < held.until)


def relieve(
    posts: tuple[Appointment, ...], name: str, post: Post | None, on: date, world: World
) -> list[Dated]:
    """Record that someone left a post; ``post`` is needed where they hold several."""
    check_not_future(on, world, "免职日期")
    name = name.strip()
    serving = [
        each for each in posts if each.name == name and not each.struck and each.until is None
    ]
    held = _the_one(serving, name, post, "在任的")
    if on <= held.since:
        raise InputRefusedError(f"免职日期 {on} 不晚于任职日期 {held.since}，请核对日期。")
    return [Dated(on, PostLeft(appointment=held.number))]


def strike(
    posts: tuple[Appointment, ...], name: str, post: Post | None, reason: str, world: World
) -> list[Dated]:
    """Strike the latest appointment of someone, recorded by mistake."""
    name = name.strip()
    mine = [each for each in posts if each.name == name and not each.struck]
    latest = {each.post: each for each in mine}
    held = _the_one(list(latest.values()), name, post, "的")
    struck = AppointmentStruck(appointment=held.number, reason=check_text(reason, "理由"))
    return [Dated(world.today, struck)]


def _the_one(
    candidates: list[Appointment], name: str, post: Post | None, standing: str
) -> Appointment:
    """The one appointment meant; ``standing`` says which kind is looked for."""
    fitting = [each for each in candidates if post in (None, each.post)]
    if not fitting:
        what = post.label if post else ""
        raise RuleRefusedError(
            f"该单位没有「{name}」{standing}{what}任职记录；请用 xfctl unit show 核对姓名和职务。"
        )
    if len(fitting) > 1:
        held = "、".join(each.post.label for each in fitting)
        raise InputRefusedError(f"{name}有几项任职（{held}）；请用 --post 指明是哪一项。")
    return fitting[0]
