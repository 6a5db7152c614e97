"""The record of one leader's duty performance, for the organisation department (细则 12).

Facts alone, by the posts the person held and only for the days they held them; no judgement.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from xfctl.domain.accountability.milestones import in_force
from xfctl.domain.classification import COLLECTIVE_FROM
from xfctl.domain.identity import Identity
from xfctl.domain.post import Post
from xfctl.ledger.account_lists import AccountLine, accountabilities
from xfctl.ledger.identities import Identities
from xfctl.ledger.supervision_lists import SupervisionLine, supervisions
from xfctl.ledger.unit_lists import AppointmentLine
from xfctl.regulation.grounds import order
from xfctl.regulation.ladder import ladder
from xfctl.reports import account_words as words
from xfctl.reports.accounts import stage_text
from xfctl.reports.figures import Share
from xfctl.reports.period import Period
from xfctl.reports.supervision import grounds_text
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.unit_figures import feedback_shares
from xfctl.reports.view import View

_ONE_DAY = timedelta(days=1)
_POSTS = (
    Column("unit", "单位"),
    Column("post", "职务"),
    Column("area", "分管工作"),
    Column("first", "期内自", whole=True),
    Column("last", "至", whole=True),
    Column("article", "职责依据"),
)
_FIGURES = (
    Column("unit", "单位"),
    Column("term", "任职期间"),
    Column("cases", "事项"),
    Column("due", "应反馈"),
    Column("in_time", "按期"),
    Column("percent", "按期率(%)"),
    Column("repeats", "重复"),
    Column("collective", "集体"),
    Column("leapfrog", "越级"),
    Column("supervisions", "督办"),
    Column("grounds", "督办情形"),
)
_ACCOUNTS = (
    Column("number", "问责编号", whole=True),
    Column("day", "行为日期", whole=True),
    Column("unit", "单位"),
    Column("post", "时任职务"),
    Column("role", "责任"),
    Column("article", "依据"),
    Column("measures", "追究方式"),
    Column("standing", "状态"),
)


class Tenure(Struct, frozen=True):
    """A post as far as it lies within the period asked about."""

    held: AppointmentLine
    unit_name: str
    period: Period


def tenures(held: Sequence[AppointmentLine], names: dict[str, str], asked: Period) -> list[Tenure]:
    """The posts that touch a period, cut off at its ends; the day of leaving is not part of it."""
    found = []
    for each in held:
        last = min(asked.last, each.until - _ONE_DAY) if each.until else asked.last
        first = max(asked.first, each.since)
        if first <= last:
            found.append(Tenure(each, names.get(each.unit, each.unit), Period(first, last)))
    return found


def accounts_of(
    identities: Identities, name: str, unit: str | None, view: View
) -> list[tuple[AccountLine, int]]:
    """The accountabilities decided against a person whose day in question lies in the period.

    With the person's number in each; of all units, or of the one with a code. What nobody decided
    (pending, withdrawn, not adopted) is no part of a record of facts.
    """
    tokens = tuple(identities.matching(Identity(name=name), ("name",)))
    lines = accountabilities(
        identities.connection, unit=unit, proposed_by=view.as_of, tokens=tokens
    )
    return [
        (line, person.number)
        for line in lines
        for person in line.persons
        if person.token in tokens
        and view.period.holds(line.day_in_question)
        and _sanctioned(line, person.number, view.as_of)
    ]


def _sanctioned(line: AccountLine, number: int, on: date) -> bool:
    """Whether a measure was decided against a person by a day, be it gone again on appeal."""
    return any(each.person == number and each.since <= on for each in line.sanctions)


def leader_tables(
    connection: sqlite3.Connection,
    shown_name: str,
    served: Sequence[Tenure],
    accounts: Sequence[tuple[AccountLine, int]] | None,
    view: View,
) -> list[Table]:
    """The record under a name, as it is to be shown; ``accounts`` with the person's number each.

    ``accounts`` is None where they are to be withheld.
    """
    label = f"{view.period.first} 至 {view.period.last}"
    tables = [
        Table(
            f"{shown_name}履行信访工作职责情况（{label}）",
            _POSTS,
            [_post_row(each) for each in served],
            (
                "只列任职期间的事实，不作评价（细则 12）；党政主要负责人是第一责任人，"
                "班子其他成员按分管负责（细则 5）。",
                *_namesakes(served, accounts),
            ),
            key="posts",
        ),
        Table(
            "任职期间本单位的情况",
            _FIGURES,
            [_figure_row(connection, each, view) for each in served],
            (
                f"各数只算任职的日子，截至 {view.as_of}；按期率是书面反馈期限在任内届满的（细则 11(1)）。",
            ),
            key="figures",
        ),
    ]
    if accounts is None:
        hidden = "追究情况已隐去；用 --reveal 理由 查看（记入账本）。"
        return [
            *tables,
            Table(
                "追究情况（细则 13–20）",
                _ACCOUNTS[:1],
                [("（已隐去）",)],
                (hidden,),
                key="accounts",
            ),
        ]
    rows = [_account_row(line, number, view.as_of) for line, number in accounts]
    footer = (f"行为日期在期内的 {len(rows)} 项。",)
    return [*tables, Table("追究情况（细则 13–20）", _ACCOUNTS, rows, footer, key="accounts")]


def _namesakes(
    served: Sequence[Tenure], accounts: Sequence[tuple[AccountLine, int]] | None
) -> tuple[str, ...]:
    """A name alone tells nobody apart, where what is shown under it lies in several units."""
    units = {each.held.unit for each in served} | {line.unit for line, _ in accounts or ()}
    return ("同名的可能是不同的人；用 --unit 分开。",) if len(units) > 1 else ()


def _post_row(each: Tenure) -> tuple[Value, ...]:
    post = Post(each.held.post)
    return (
        *(each.unit_name, post.label, each.held.area),
        *(each.period.first, each.period.last, post.article),
    )


def _figure_row(connection: sqlite3.Connection, each: Tenure, view: View) -> tuple[Value, ...]:
    unit, days = each.held.unit, view.of(each.period)
    mine = [one for one in days.registered if days.lead(one) == unit]
    share = feedback_shares(days).get(unit, Share(0, 0))
    opened = _opened(connection, unit, each.period)
    found = sorted({ground for line in opened for ground in line.grounds}, key=order)
    return (
        *(each.unit_name, f"{each.period.first} 至 {each.period.last}", len(mine)),
        *(share.whole, share.part, share.percent),
        sum(one.repeats is not None for one in mine),
        sum(one.persons >= COLLECTIVE_FROM for one in mine),
        sum(one.leapfrog for one in mine),
        len(opened),
        grounds_text(found) or None,
    )


def _opened(connection: sqlite3.Connection, unit: str, period: Period) -> list[SupervisionLine]:
    lines = supervisions(connection, unit=unit, begun_by=period.last)
    return [each for each in lines if period.holds(each.opened_on)]


def _account_row(line: AccountLine, number: int, on: date) -> tuple[Value, ...]:
    rules = ladder(line.day_in_question)
    person = next(each for each in line.persons if each.number == number)
    mine = [each for each in line.sanctions if each.person == number and each.since <= on]
    left = [each.measure for each in mine if in_force(each, on)]
    return (
        *(line.number, line.day_in_question, line.unit_name, person.post),
        words.role(person.role, rules),
        words.rung(line.rung, rules),
        words.measures(left, rules) or "已撤销或变更",
        stage_text(line, on),
    )
