"""Posts and who holds them (细则 5, 9(1)): heads, other leaders with their areas, 专人.

Who is responsible is who held the post on the day in question. An appointment holds from its
first day until, and not including, the day on which its holder was relieved: on the day of a
succession the successor holds the post.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain.classification import Labelled
from xfctl.domain.event import Stored, fact


class Post(Labelled):
    """The posts that answer for petitions (细则 5: the two heads are 第一责任人)."""

    PARTY_HEAD = (
        "party_head",
        "党组织主要负责人",
        "党委书记",
        "党总支书记",
        "书记",
        "党委主要负责人",
    )
    ADMIN_HEAD = "admin_head", "行政主要负责人", "院长", "处长", "部长", "主任", "行政负责人"
    LEADER = "leader", "班子其他成员", "副院长", "副处长", "副部长", "副书记", "分管负责人"
    LIAISON = "liaison", "信访专人", "专人", "联络员"

    @property
    def leads(self) -> bool:
        """Whether its holder belongs to the unit's leadership."""
        return self is not Post.LIAISON

    @property
    def article(self) -> str:
        """The article that makes its holder answer for petitions."""
        return "细则 5" if self.leads else "细则 9(1)"

    @property
    def single(self) -> bool:
        """Whether one person holds it at a time."""
        return self in (Post.PARTY_HEAD, Post.ADMIN_HEAD)


# The posts that every unit must have filled (细则 5, 9(1)).
NEEDED = (Post.PARTY_HEAD, Post.ADMIN_HEAD, Post.LIAISON)


@fact("unit.appointed")
class PostTaken(Stored, frozen=True, kw_only=True):
    """Someone took up a post; ``area`` is what a leader answers for (分管工作, 一岗双责)."""

    appointment: int
    post: Post
    name: str
    area: str | None = None


@fact("unit.relieved")
class PostLeft(Stored, frozen=True, kw_only=True):
    """The holder left the post; the day is the first on which it is no longer theirs."""

    appointment: int


@fact("unit.appointment_struck")
class AppointmentStruck(Stored, frozen=True, kw_only=True):
    """An appointment was recorded by mistake and counts for no day."""

    appointment: int
    reason: str


@fact("unit.leader_revealed")
class LeaderRevealed(Stored, frozen=True, kw_only=True):
    """The record of a leader went out under the full name, and why (细则 12); names the post."""

    appointment: int
    reason: str


POST_FACTS = (PostTaken, PostLeft, AppointmentStruck, LeaderRevealed)


class Appointment(Struct, frozen=True):
    """One person in one post: from ``since`` to the day before ``until``, if that has come."""

    number: int
    post: Post
    name: str
    area: str | None
    since: date
    until: date | None = None
    struck: bool = False

    def holds(self, on: date) -> bool:
        """Whether the post was theirs on a day."""
        begun = not self.struck and self.since <= on
        return begun and (self.until is None or on < self.until)


def evolve(posts: tuple[Appointment, ...], happened: object, on: date) -> tuple[Appointment, ...]:
    """Fold one fact about posts into a unit's appointments."""
    match happened:
        case PostTaken():
            taken = Appointment(
                happened.appointment, happened.post, happened.name, happened.area, since=on
            )
            return (*posts, taken)
        case PostLeft():
            return _with(posts, happened.appointment, until=on)
        case LeaderRevealed():
            return posts
        case AppointmentStruck():
            return _with(posts, happened.appointment, struck=True)
    raise TypeError(f"not a fact of a post: {type(happened).__name__}")


def _with(
    posts: tuple[Appointment, ...], number: int, **changes: object
) -> tuple[Appointment, ...]:
    assert 0 < number <= len(posts), "an appointment was made before it changes"
    return tuple(replace(each, **changes) if each.number == number else each for each in posts)
