"""Who holds which post on which day (细则 5, 9(1)): terms, succession, relief, striking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from xfctl.domain import post_rules
from xfctl.domain.event import Dated
from xfctl.domain.post import Appointment, Post, evolve
from xfctl.domain.post_rules import Appoint
from xfctl.domain.world import World
from xfctl.errors import InputRefusedError, RuleRefusedError, XfctlError
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar

TODAY = date(2026, 11, 25)
WORLD = World(TODAY, Calendar(), clocks())
Posts = tuple[Appointment, ...]
HEAD, PARTY, LEADER, LIAISON = Post.ADMIN_HEAD, Post.PARTY_HEAD, Post.LEADER, Post.LIAISON
A, B, C = "示例负责人甲", "示例负责人乙", "示例负责人丙"


def day(month: int, of_month: int = 1) -> date:
    return date(2026, month, of_month)


def taken(posts: Posts, facts: Iterable[Dated]) -> Posts:
    for each in facts:
        posts = evolve(posts, each.fact, each.occurred_on)
    return posts


def appointed(
    posts: Posts, name: str, on: date, until: date | None = None, post: Post = HEAD, **more: Any
) -> Posts:
    wanted = Appoint(on=on, post=post, name=name, until=until, **more)
    return taken(posts, post_rules.appoint(posts, wanted, WORLD))


def relieved(posts: Posts, name: str, on: date, post: Post | None = None) -> Posts:
    return taken(posts, post_rules.relieve(posts, name, post, on, WORLD))


def struck(posts: Posts, name: str, post: Post | None = None) -> Posts:
    return taken(posts, post_rules.strike(posts, name, post, "录错", WORLD))


def holders(posts: Posts, on: date, post: Post = HEAD) -> list[str]:
    return [each.name for each in posts if each.post is post and each.holds(on)]


# Terms


def test_a_term_runs_from_its_first_day_to_the_day_before_relief() -> None:
    posts = relieved(appointed((), A, day(3)), A, day(9))
    held = {day(2, 28): [], day(3): [A], day(8, 31): [A], day(9): []}
    assert {each: holders(posts, each) for each in held} == held


def test_on_the_day_of_a_succession_the_successor_holds_the_post() -> None:
    posts = appointed(appointed((), A, day(3)), B, day(9), succeed=True)
    assert holders(posts, day(8, 31)) == [A]
    assert holders(posts, day(9)) == [B]
    assert [each.until for each in posts] == [day(9), None]


def test_an_earlier_term_is_recorded_later_with_both_its_days() -> None:
    posts = appointed(appointed((), A, day(9)), B, day(3), day(9))
    assert [holders(posts, each) for each in (day(3), day(8, 31), day(9))] == [[B], [B], [A]]


def test_leaders_and_liaisons_may_be_several() -> None:
    posts = appointed((), A, day(3), post=LEADER, area="基建")
    posts = appointed(posts, B, day(3), post=LEADER, area="后勤")
    posts = appointed(posts, A, day(3), post=LIAISON)
    assert holders(posts, day(4), LEADER) == [A, B]
    assert holders(posts, day(4), LIAISON) == [A]


@pytest.mark.parametrize(
    ("since", "until", "succeed", "advice"),
    [
        (day(9), None, False, "接任请加 --succeed"),
        (day(3), None, False, "写明免职日期（--until）"),
        (day(3), None, True, "写明免职日期（--until）"),
        (day(2), None, True, "写明免职日期（--until）"),
        (day(2), day(3, 2), False, "请核对两人的任职和免职日期"),
        (day(4), day(5), False, "接任请加 --succeed"),
    ],
)
def test_terms_of_a_single_post_may_not_overlap(
    since: date, until: date | None, succeed: bool, advice: str
) -> None:
    posts = appointed((), A, day(3))
    with pytest.raises(RuleRefusedError, match="任期重叠") as caught:
        appointed(posts, B, since, until, succeed=succeed)
    assert advice in str(caught.value)


def test_a_term_that_has_ended_may_not_be_overlapped_either() -> None:
    posts = appointed((), A, day(3), day(6))
    with pytest.raises(RuleRefusedError, match=r"自 2026-03-01 至 2026-06-01 由示例负责人甲担任"):
        appointed(posts, B, day(5), succeed=True)


@pytest.mark.parametrize("post", Post)
def test_nobody_holds_the_same_post_twice_at_once(post: Post) -> None:
    posts = appointed((), A, day(3), post=post)
    with pytest.raises(RuleRefusedError, match="已任"):
        appointed(posts, A, day(5), post=post, succeed=True)
    posts = relieved(posts, A, day(5))
    assert holders(appointed(posts, A, day(5), post=post), day(5), post) == [A]


@pytest.mark.parametrize(
    ("particulars", "said"),
    [
        ({"on": day(12)}, "任职日期 2026-12-01 晚于今天"),
        ({"until": day(12)}, "免职日期 2026-12-01 晚于今天"),
        ({"until": day(3)}, "不晚于任职日期"),
        ({"until": day(2)}, "不晚于任职日期"),
        ({"name": " "}, "姓名不能为空"),
        ({"name": "示" * 101}, "101 个字"),
        ({"name": "示\x00例"}, "控制字符"),
        ({"area": " "}, "分管工作不能为空"),
        ({"area": "基\x1b建"}, "控制字符"),
    ],
)
def test_an_appointment_that_cannot_be(particulars: dict[str, Any], said: str) -> None:
    wanted = replace(Appoint(on=day(3), post=LEADER, name=A), **particulars)
    with pytest.raises(InputRefusedError, match=said):
        post_rules.appoint((), wanted, WORLD)


# Relief


def test_relief_of_someone_with_several_posts_needs_the_post() -> None:
    posts = appointed(appointed((), A, day(3)), A, day(3), post=LIAISON)
    with pytest.raises(InputRefusedError, match="行政主要负责人、信访专人"):
        relieved(posts, A, day(9))
    posts = relieved(posts, f" {A} ", day(9), LIAISON)
    assert (holders(posts, day(9)), holders(posts, day(9), LIAISON)) == ([A], [])


def test_who_is_gone_or_was_never_there_cannot_be_relieved() -> None:
    posts = relieved(appointed((), A, day(3)), A, day(9))
    for name in (A, B):
        with pytest.raises(RuleRefusedError, match="在任的"):
            relieved(posts, name, day(10))


@pytest.mark.parametrize("on", [day(2), day(3), day(12)])
def test_days_of_relief(on: date) -> None:
    with pytest.raises(InputRefusedError, match=r"不晚于任职日期|晚于今天"):
        relieved(appointed((), A, day(3)), A, on)


# Striking


def test_what_was_struck_counts_for_no_day_and_bars_nobody() -> None:
    posts = struck(appointed((), A, day(3)), A)
    assert holders(posts, day(5)) == []
    assert holders(appointed(posts, B, day(4)), day(5)) == [B]
    with pytest.raises(RuleRefusedError, match="任职记录"):
        struck(posts, A)


def test_the_latest_of_several_terms_is_struck() -> None:
    posts = appointed(appointed((), A, day(3), day(4)), A, day(6))
    posts = struck(posts, A)
    assert (holders(posts, day(3)), holders(posts, day(6))) == ([A], [])


def test_striking_needs_a_reason_and_the_post_where_there_are_several() -> None:
    posts = appointed(appointed((), A, day(3)), A, day(3), post=PARTY)
    with pytest.raises(InputRefusedError, match="几项任职"):
        struck(posts, A)
    with pytest.raises(InputRefusedError, match="理由不能为空"):
        post_rules.strike(posts, A, HEAD, " ", WORLD)
    assert holders(struck(posts, A, HEAD), day(5), PARTY) == [A]


# Against a slow oracle: who holds a post is written down day by day.


class Act(Struct, frozen=True):
    """Something an officer may type, sensible or not; days count from 1 March."""

    verb: str
    name: str
    first: int
    days: int | None
    succeed: bool


FIRST, LAST = day(3), day(3) + timedelta(days=12)
ACTS = st.builds(
    Act,
    st.sampled_from(["appoint", "appoint", "relieve", "strike"]),
    st.sampled_from([A, B, C]),
    st.integers(0, 12),
    st.one_of(st.none(), st.integers(1, 6)),
    st.booleans(),
)


def every_day() -> list[date]:
    return [FIRST + timedelta(days=each) for each in range((LAST - FIRST).days + 8)]


def done(posts: Posts, act: Act) -> Posts:
    on = FIRST + timedelta(days=act.first)
    until = on + timedelta(days=act.days) if act.days else None
    try:
        match act.verb:
            case "appoint":
                return appointed(posts, act.name, on, until, succeed=act.succeed)
            case "relieve":
                return relieved(posts, act.name, on)
    except XfctlError:
        return posts
    try:
        return struck(posts, act.name)
    except XfctlError:
        return posts


def written_down(diary: dict[date, str], act: Act) -> dict[date, str]:
    """The diary after a term was entered: its days, up to its relief, all free before."""
    on = FIRST + timedelta(days=act.first)
    mine = [each for each in every_day() if each >= on]
    if act.days:
        mine = [each for each in mine if each < on + timedelta(days=act.days)]
    return diary | dict.fromkeys(mine, act.name)


@given(st.lists(ACTS, max_size=12))
def test_at_most_one_holds_a_single_post_on_any_day(acts: list[Act]) -> None:
    posts: Posts = ()
    for act in acts:
        posts = done(posts, act)
        assert all(len(holders(posts, each)) <= 1 for each in every_day())


@given(st.lists(ACTS.filter(lambda act: act.verb == "appoint"), max_size=10))
def test_terms_are_taken_and_refused_as_a_diary_of_days_would(acts: list[Act]) -> None:
    posts: Posts = ()
    diary: dict[date, str] = {}
    for act in acts:
        act = replace(act, succeed=False)
        entered = written_down({}, act)
        free = not entered.keys() & diary.keys()
        before, posts = posts, done(posts, act)
        assert (posts != before) == free
        if free:
            diary = written_down(diary, act)
        told = {each: names[0] for each in every_day() if (names := holders(posts, each))}
        assert told == diary


@given(st.lists(st.tuples(st.sampled_from([A, B, C]), st.integers(1, 12)), min_size=1))
def test_successions_in_order_leave_no_gap(terms: list[tuple[str, int]]) -> None:
    posts: Posts = ()
    diary: dict[date, str] = {}
    for name, first in sorted(terms, key=lambda term: term[1]):
        act = Act("appoint", name, first, None, succeed=True)
        after = done(posts, act)
        if after != posts:
            posts, diary = after, written_down(diary, act)
    told = {each: names[0] for each in every_day() if (names := holders(posts, each))}
    assert told == diary
