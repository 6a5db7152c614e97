"""Every figure of the review, each defined once: what it is called, its formula, how it is measured.

The formula is printed by ``report quarter --formulas`` and in docs/figures.md; the measure beside
it is what the program does.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from xfctl.domain import keys
from xfctl.domain.classification import COLLECTIVE_FROM, Rated, Rating
from xfctl.ledger.snapshot import Matter
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

_TENTH = Decimal("0.1")
_CONTENT = (Rating.SATISFIED.value, Rating.MOSTLY.value)
_LOCAL = "本单位口径"


class Share(Struct, frozen=True):
    """A numerator and a denominator."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Per cent with one decimal, halves rounded up; None where the denominator is 0."""
        return ratio(100 * self.part, self.whole)


class Count(Struct, frozen=True):
    """A figure that is a number: of matters, comings, persons, or working days."""

    key: str
    title: str
    unit: str
    formula: str
    source: str
    measure: Callable[[View], int | Decimal | None]


class Rate(Struct, frozen=True):
    """A figure that is a share; its formula names numerator and denominator."""

    key: str
    title: str
    formula: str
    source: str
    measure: Callable[[View], Share]


def ratio(part: int, whole: int) -> Decimal | None:
    """``part / whole`` with one decimal, halves rounded up; None where ``whole`` is 0."""
    if whole == 0:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def change(now: int | Decimal | None, before: int | Decimal | None) -> Decimal | None:
    """By how many per cent a number grew; None where there is nothing to compare with."""
    if now is None or not before:
        return None
    return (100 * (Decimal(now) - before) / before).quantize(_TENTH, ROUND_HALF_UP)


def _in_time(clock: str) -> Callable[[View], Share]:
    def measure(view: View) -> Share:
        terms = view.terms(clock)
        return Share(sum(map(view.is_in_time, terms)), len(terms))

    return measure


def _answered(view: View) -> Share:
    terms = view.terms(keys.REPLY)
    return Share(sum(map(view.is_met, terms)), len(terms))


def _named(view: View) -> list[Matter]:
    """The closed matters whose petitioners can be asked."""
    return [each for each, _ in view.closed if not each.anonymous]


def _rated(view: View) -> Share:
    closed = _named(view)
    return Share(sum(bool(view.ratings(each)) for each in closed), len(closed))


def _content(whom: Rated) -> Callable[[View], Share]:
    def measure(view: View) -> Share:
        latest = (view.ratings(each).get(whom.value) for each in _named(view))
        given = [each.rating for each in latest if each is not None]
        return Share(sum(each in _CONTENT for each in given), len(given))

    return measure


def _repeated(view: View) -> Share:
    return Share(sum(each.repeats is not None for each in view.registered), len(view.registered))


def _at_once(view: View) -> Share:
    first = sum(each.repeats is None for each, _ in view.closed)
    return Share(len(view.settled_at_once), first)


def _without_term(view: View) -> int:
    handled = view.snapshot.with_handling
    return sum(each.number not in handled for each, _ in view.closed)


COUNTS = (
    Count(
        "petitions",
        "件次",
        "件",
        "期内登记的事项数；登记为「与之重复登记」的不再计",
        _LOCAL,
        lambda view: len(view.registered),
    ),
    Count(
        "batches",
        "批次",
        "批",
        "期内登记的事项数 + 期内再次来访（来信、来电）的次数",
        _LOCAL,
        lambda view: len(view.comings),
    ),
    Count(
        "persons",
        "人次",
        "人",
        "各批次人数之和",
        _LOCAL,
        lambda view: sum(each.persons for each in view.comings),
    ),
    Count(
        "collective",
        "集体信访",
        "件",
        f"期内登记、人数 {COLLECTIVE_FROM} 人以上的事项数",
        "细则 6",
        lambda view: sum(each.persons >= COLLECTIVE_FROM for each in view.registered),
    ),
    Count(
        "leapfrog",
        "越级信访",
        "件",
        "期内登记、记为越级的事项数",
        "细则 6",
        lambda view: sum(each.leapfrog for each in view.registered),
    ),
    Count(
        "from_above",
        "上级转来",
        "件",
        "期内登记、形式为上级转来或记有上级来文的事项数",
        "细则 8(7)",
        lambda view: sum(each.from_above for each in view.registered),
    ),
    Count(
        "closed",
        "期内办结",
        "件",
        "办结日在期内、到期末仍为办结的事项数",
        _LOCAL,
        lambda view: len(view.closed),
    ),
    Count(
        "closed_without_term",
        "其中无办理期限",
        "件",
        "期内办结、没有办理期限（条例 34）的事项数，不进入按期办结率",
        _LOCAL,
        _without_term,
    ),
    Count(
        "open",
        "期末在办",
        "件",
        "期末尚未办结、不予受理或不再受理的事项数",
        _LOCAL,
        lambda view: len(view.open),
    ),
    Count(
        "overdue",
        "期末逾期",
        "项",
        "期限早于期末、期末仍未履行的事项义务数（各条款的期限都计）",
        _LOCAL,
        lambda view: len(view.overdue),
    ),
    Count(
        "average_days",
        "平均办理时间",
        "工作日",
        "期内办结事项从登记到办结的工作日之和 ÷ 件数",
        _LOCAL,
        lambda view: ratio(sum(view.days_to_close), len(view.closed)),
    ),
    Count(
        "longest_days",
        "最长办理时间",
        "工作日",
        "期内办结事项从登记到办结的最长工作日数",
        _LOCAL,
        lambda view: max(view.days_to_close, default=None),
    ),
)

_DUE = "期限在期内届满的"
RATES = (
    Rate(
        "accepted_in_time",
        "及时受理率",
        f"期限内告知是否受理的 ÷ {_DUE}受理告知（匿名和无法告知的没有这项期限）",
        "条例 22–23",
        _in_time(keys.NOTICE),
    ),
    Rate(
        "feedback_in_time",
        "按期反馈率",
        f"期限内书面反馈的 ÷ {_DUE}交办（口头、电话反馈不算；期限内退回的不计）",
        "细则 11(1)",
        _in_time(keys.FEEDBACK),
    ),
    Rate(
        "handled_in_time",
        "按期办结率",
        f"期限内出具处理意见的 ÷ {_DUE}办理期限（不按处理意见书办理的没有办理期限，不进入）",
        "条例 34",
        _in_time(keys.HANDLING),
    ),
    Rate(
        "answered",
        "答复率",
        f"到期末已答复信访人的（晚的也算）÷ {_DUE}答复",
        "细则 8(5)",
        _answered,
    ),
    Rate(
        "answered_in_time",
        "按期答复率",
        f"期限内答复信访人的 ÷ {_DUE}答复",
        "细则 8(5)",
        _in_time(keys.REPLY),
    ),
    Rate(
        "rated",
        "参评率",
        "到期末评价过信访部门或责任单位的 ÷ 期内办结的非匿名事项",
        _LOCAL,
        _rated,
    ),
    Rate(
        "content_with_office",
        "满意率（信访部门）",
        "满意和基本满意的 ÷ 期内办结、评价过信访部门的非匿名事项（以最后一次评价为准）",
        _LOCAL,
        _content(Rated.OFFICE),
    ),
    Rate(
        "content_with_unit",
        "满意率（责任单位）",
        "满意和基本满意的 ÷ 期内办结、评价过责任单位的非匿名事项（以最后一次评价为准）",
        _LOCAL,
        _content(Rated.UNIT),
    ),
    Rate(
        "repeated",
        "重复信访率",
        "期内登记、与以前的事项关联为重复信访的 ÷ 期内登记的事项",
        "细则 6",
        _repeated,
    ),
    Rate(
        "settled_at_once",
        "一次性化解率",
        "到期末没有重启、也没有再次信访（办结以后没有再次来访来信，没有重复信访关联到它或它的重复登记）的"
        " ÷ 期内办结的初次信访事项",
        "细则 6",
        _at_once,
    ),
)

# What holds of all of them.
CONVENTIONS = (
    "各数截至时期最后一天终了（时期未结束的截至今天）：其后发生的办结、反馈、答复等都不算；"
    "事项的类别、人数、关联按现在的记录，要按过去某时的记录重印请用 --as-known-at。",
    "各项及时率、按期率：到期未履行的计入分母，不计入分子；尚未到期的不计；分母为零的记作「—」。",
    "环比与紧接的前一个同样长的时期相比，同比与上年同期相比，都截至各自的最后一天；率相差以百分点计。",
)

_FORMULA_COLUMNS = (
    Column("figure", "指标"),
    Column("unit", "单位"),
    Column("formula", "算法"),
    Column("source", "依据"),
)


def formulas_table() -> Table:
    """Every figure with its formula and where it comes from."""
    rows: list[tuple[Value, ...]] = [
        *((each.title, each.unit, each.formula, each.source) for each in COUNTS),
        *((each.title, "%", each.formula, each.source) for each in RATES),
    ]
    return Table("指标口径", _FORMULA_COLUMNS, rows, CONVENTIONS, key="formulas")
