"""The assessment of units over a period (细则 12): facts first, a score only by the office's weights.

Whatever the regulation leaves open (weights, what counts how much) is a local parameter; until one
is set, no score is worked out.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from xfctl.domain.classification import COLLECTIVE_FROM, AccountStage
from xfctl.domain.parameters import Parameters
from xfctl.domain.unit import Applies, Unit
from xfctl.ledger import account_lists, queries, risk_lists
from xfctl.ledger.snapshot import Matter
from xfctl.ledger.supervision_lists import supervisions
from xfctl.reports.figures import Share, ratio
from xfctl.reports.period import Period
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.unit_figures import feedback_shares
from xfctl.reports.view import View

_TENTH = Decimal("0.1")
# What an appeal took away entirely no longer counts against a unit (细则 20).
_REVOKED = AccountStage.REVOKED


class UnitFigures(Struct, frozen=True):
    """What the ledger says of one unit in a period, as of its last day."""

    unit: Unit
    cases: int
    collective: int
    leapfrog: int
    feedback: Share
    repeats: Share
    supervised: Share
    responses: Share
    accountabilities: int
    award_lost: bool
    risks: int
    reviews: Share
    plan: str | None

    @property
    def per_hundred(self) -> Decimal | None:
        """Matters per hundred staff, where the headcount is known."""
        return ratio(100 * self.cases, self.unit.headcount or 0)


def figures(connection: sqlite3.Connection, view: View) -> list[UnitFigures]:
    """The figures of every unit that was one of its own at the end of the period.

    The ledger knows when a unit was entered, not since when there is one: a unit entered later
    counts where the ledger has something of it in the period.
    """
    on, period = view.as_of, Period(view.period.first, view.as_of)
    led: defaultdict[str | None, list[Matter]] = defaultdict(list)
    for each in view.registered:
        led[view.lead(each)].append(each)
    supervised = {
        (line.unit, case) for line in supervisions(connection, begun_by=on) for case in line.cases
    }
    feedback = feedback_shares(view)
    responses = _shares(connection, "supervision_response", view)
    reviews = _shares(connection, "risk_review", view)
    decided = Counter(
        each.unit
        for each in account_lists.accountabilities(connection, proposed_by=on)
        if period.holds(each.milestones.decided_on) and each.milestones.stage(on) is not _REVOKED
    )
    lost = {
        each.unit
        for each in account_lists.award_losses(connection, None, on)
        if each.until is None and period.holds(each.since)
    }
    risks = Counter(
        each.unit
        for each in risk_lists.risks(connection, on, everything=True)
        if period.holds(each.added_on)
    )
    plans = {each.unit: each for each in risk_lists.plans(connection, on)}
    there = {*led, *feedback, *responses, *reviews, *decided, *risks, *plans}
    found = []
    for unit in queries.units(connection):
        if unit.ceased(on) or (unit.added_on > on and unit.code not in there):
            continue
        mine = led[unit.code]
        plan = plans.get(unit.code)
        found.append(
            UnitFigures(
                unit=unit,
                cases=len(mine),
                collective=sum(each.persons >= COLLECTIVE_FROM for each in mine),
                leapfrog=sum(each.leapfrog for each in mine),
                feedback=feedback.get(unit.code, Share(0, 0)),
                repeats=Share(sum(each.repeats is not None for each in mine), len(mine)),
                supervised=Share(
                    sum((unit.code, each.number) in supervised for each in mine), len(mine)
                ),
                responses=responses.get(unit.code, Share(0, 0)),
                accountabilities=decided[unit.code],
                award_lost=unit.code in lost,
                risks=risks[unit.code],
                reviews=reviews.get(unit.code, Share(0, 0)),
                plan=f"{plan.version}（{plan.dated_on}）" if plan else None,
            )
        )
    return found


def _shares(connection: sqlite3.Connection, clock: str, view: View) -> dict[str, Share]:
    found = queries.punctuality(connection, clock, view.period.first, view.as_of, view.today)
    return {debtor: Share(*pair) for debtor, pair in found.items()}


# What a score may be made of: the parameter of its weight, and its value from 0 to 100, None
# where there is nothing to judge by; then its weight does not count either.
_PARTS: tuple[tuple[str, str, Callable[[UnitFigures], Decimal | None]], ...] = (
    ("weight-feedback", "按期反馈率", lambda each: each.feedback.percent),
    ("weight-repeat", "100 − 重复信访率", lambda each: _rest(each.repeats)),
    ("weight-supervision", "100 − 被督办事项比例", lambda each: _rest(each.supervised)),
    ("weight-accountability", "未被追责 100，被追责 0", lambda each: _spared(each)),
    ("weight-risk", "隐患按期复查率", lambda each: each.reviews.percent),
)


def score(each: UnitFigures, weights: dict[str, int]) -> Decimal | None:
    """The weighted mean of the parts that can be judged, one decimal; None where there are none."""
    judged = [
        (weights[name], value)
        for name, _, measure in _PARTS
        if name in weights and (value := measure(each)) is not None
    ]
    whole = sum(weight for weight, _ in judged)
    if not whole:
        return None
    total = sum((weight * value for weight, value in judged), start=Decimal(0))
    return (total / whole).quantize(_TENTH, ROUND_HALF_UP)


def weights_of(parameters: Parameters, view: View) -> dict[str, int]:
    """The weights in force on the last day: those that are set, and not to nothing."""
    found = {name: parameters.value(name, view.as_of) for name, _, _ in _PARTS}
    return {name: value for name, value in found.items() if value}


def _rest(share: Share) -> Decimal | None:
    return None if share.percent is None else 100 - share.percent


def _spared(each: UnitFigures) -> Decimal:
    return Decimal(0 if each.accountabilities else 100)


_MATTER_COLUMNS = (
    Column("code", "单位编号", whole=True),
    Column("unit", "单位"),
    Column("applies", "适用"),
    Column("cases", "件次"),
    Column("per_hundred", "每百人"),
    Column("due", "应反馈"),
    Column("in_time", "按期"),
    Column("percent", "按期率(%)"),
    Column("repeats", "重复"),
    Column("repeat_percent", "重复率(%)"),
    Column("collective", "集体"),
    Column("leapfrog", "越级"),
)
_SUPERVISION_COLUMNS = (
    Column("unit", "单位"),
    Column("supervised", "被督办事项"),
    Column("responses_due", "应回复督办"),
    Column("responses_in_time", "按期"),
    Column("responses_percent", "按期率(%)"),
    Column("accountabilities", "追责决定"),
    Column("award", "评优资格"),
)
_RISK_COLUMNS = (
    Column("unit", "单位"),
    Column("risks", "新报隐患"),
    Column("reviews_due", "应复查"),
    Column("reviews_in_time", "按期"),
    Column("reviews_percent", "按期率(%)"),
    Column("plan", "预案"),
)
_UNWEIGHTED = (
    "权重未设置（或都是 0），不计算综合分；用 xfctl rule set weight-feedback 等设置（本单位规定）。"
)
_SCORE_COLUMNS = (Column("rank", "名次"), Column("unit", "单位"), Column("score", "综合分"))


def score_tables(
    found: Iterable[UnitFigures],
    weights: dict[str, int],
    view: View,
    least: int,
    only: str | None = None,
) -> list[Table]:
    """The facts in three tables, and the score where the office set weights.

    Units with fewer than ``least`` matters get a score but no rank. ``only`` shows one unit, by
    code, with its rank among all.
    """
    compared = list(found)
    shown = [each for each in compared if only in (None, each.unit.code)]
    label = view.period.label
    unweighted = () if weights else (_UNWEIGHTED,)
    tables = [
        Table(
            f"单位考核：事项与反馈（{label}）",
            _MATTER_COLUMNS,
            [_matter_row(each) for each in shown],
            (
                f"截至 {view.as_of}；件次按主办单位计，应反馈是书面反馈期限在期内届满的（细则 11(1)、12）；"
                "每百人只在教职工人数已知时计算。",
                *(_left_out(compared, view) if only is None else ()),
            ),
            key="matters",
        ),
        Table(
            f"单位考核：督办与追责（{label}）",
            _SUPERVISION_COLUMNS,
            [_supervision_row(each) for each in shown],
            (
                "督办细则 10、11，追责细则 13–18，评优细则 17；申诉后全部撤销的追责不计（细则 20）。",
            ),
            key="supervision",
        ),
        Table(
            f"单位考核：隐患与预案（{label}）",
            _RISK_COLUMNS,
            [_risk_row(each) for each in shown],
            ("隐患和预案细则 9(1)；应复查是复查期限在期内届满的。", *unweighted),
            key="risk",
        ),
    ]
    if weights:
        tables.append(_score_table(compared, weights, least, only))
    return tables


def _left_out(found: list[UnitFigures], view: View) -> list[str]:
    """How many matters of the period stand in no row, so that nobody misses them."""
    registered, listed = len(view.registered), sum(each.cases for each in found)
    if registered == listed:
        return []
    return [
        f"期内登记 {registered} 件，表内 {listed} 件；其余尚未交办，或由已并入其他单位的、未列出的单位主办。"
    ]


def _matter_row(each: UnitFigures) -> tuple[Value, ...]:
    unit = each.unit
    return (
        *(unit.present_code, unit.name, unit.applies.label, each.cases, each.per_hundred),
        *(each.feedback.whole, each.feedback.part, each.feedback.percent),
        *(each.repeats.part, each.repeats.percent, each.collective, each.leapfrog),
    )


def _supervision_row(each: UnitFigures) -> tuple[Value, ...]:
    return (
        *(each.unit.name, each.supervised.part),
        *(each.responses.whole, each.responses.part, each.responses.percent),
        *(each.accountabilities, "取消" if each.award_lost else "未取消"),
    )


def _risk_row(each: UnitFigures) -> tuple[Value, ...]:
    return (
        *(each.unit.name, each.risks),
        *(each.reviews.whole, each.reviews.part, each.reviews.percent, each.plan),
    )


def _score_table(
    compared: list[UnitFigures], weights: dict[str, int], least: int, only: str | None
) -> Table:
    scored = [(score(each, weights), each) for each in compared]
    ordered = sorted(scored, key=lambda pair: (pair[0] is None, -(pair[0] or 0), pair[1].unit.code))
    ranked = [points for points, each in ordered if points is not None and each.cases >= least]
    rows: list[tuple[Value, ...]] = [
        (
            1 + sum(other > points for other in ranked)
            if points is not None and each.cases >= least
            else None,
            each.unit.name,
            points,
        )
        for points, each in ordered
        if only in (None, each.unit.code)
    ]
    parts = "，".join(f"{what} × {weights[name]}" for name, what, _ in _PARTS if name in weights)
    footer = (
        f"综合分 = 各项按权重的平均（本单位规定）：{parts}；没有分母的项连同权重不计；"
        f"件次不足 {least} 件的不排名。",
    )
    return Table("单位考核：综合分", _SCORE_COLUMNS, rows, footer, key="score")


def without_reference(found: Iterable[UnitFigures]) -> list[UnitFigures]:
    """Only the units to which the regulation applies as such (细则 2)."""
    return [each for each in found if each.unit.applies is Applies.APPLIES]
