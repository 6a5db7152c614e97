"""From the clauses of one item to its rest days and make-up days, with the item's own checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from xfctl.workdays.days import SATURDAY
from xfctl.workdays.notice_clauses import Clause
from xfctl.workdays.notice_festivals import festivals_in
from xfctl.workdays.notice_text import refusal

_DAY = timedelta(days=1)
_LONGEST_PROLONGATION = timedelta(days=14)


@dataclass
class Arrangement:
    """What one item decrees for its festivals; ``quote`` is its text, for messages.

    ``totals`` are the numbers of days it states (共N天), ``latest`` the days such a number counts.
    The sets below only serve to hold its clauses against each other.
    """

    festivals: tuple[str, ...]
    quote: str
    rest: set[date] = field(default_factory=set)
    work: set[date] = field(default_factory=set)
    prolongs: bool = False
    totals: list[int] = field(default_factory=list)
    latest: set[date] = field(default_factory=set)
    statutory: set[date] = field(default_factory=set)
    moved_from: set[date] = field(default_factory=set)
    moved_to: set[date] = field(default_factory=set)
    weekends: set[date] = field(default_factory=set)
    resumed: set[date] = field(default_factory=set)


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY


def arrange(
    clauses: tuple[Clause, ...],
    festivals: tuple[str, ...],
    quote: str,
    present: dict[str, set[date]],
) -> Arrangement:
    """Fold an item's clauses into its days and check that they agree with each other.

    ``present`` holds the rest days each festival has before this notice.
    Raises InputRefusedError naming the clause that contradicts the others.
    """
    result = Arrangement(festivals, quote)
    for clause in clauses:
        if clause.kind == "prolong":
            _prolong(result, clause, present)
        elif clause.kind in _FOLD:
            _FOLD[clause.kind](result, clause)
    _settle(result)
    return result


def _rest(result: Arrangement, clause: Clause) -> None:
    result.latest = set(clause.days)
    result.rest |= result.latest
    _total(result, clause)


def _total(result: Arrangement, clause: Clause) -> None:
    if clause.total is None:
        return
    result.totals.append(clause.total)
    if clause.total != len(result.latest):
        raise refusal(
            f"原文写共{clause.total}天，所列日期却是{len(result.latest)}天",
            clause.quote if clause.days else result.quote,
            "请对照原文核对",
        )


def _joined(result: Arrangement, _: Clause) -> None:
    days = sorted(result.rest)
    weekend = {*_run(days[0], -_DAY), *_run(days[-1], _DAY)} if days else set()
    if not weekend:
        raise refusal("所说的放假日期并不与周末相连", result.quote, "请对照原文核对")
    result.latest |= weekend
    result.rest |= weekend


def _run(day: date, step: timedelta) -> list[date]:
    """The unbroken weekend days next to a day, in one direction."""
    found = []
    while is_weekend(day := day + step):
        found.append(day)
    return found


def _moved(result: Arrangement, clause: Clause) -> None:
    moved = len(clause.days) + bool(clause.also)
    if moved != len(clause.target) or clause.total not in (None, len(clause.days)):
        raise refusal("调出与调入的公休日数目不等", clause.quote, "请对照原文核对")
    if not all(map(is_weekend, clause.days)):
        raise refusal("被调的公休日不是星期六或星期日", clause.quote, "请对照原文核对")
    result.moved_from |= set(clause.days)
    result.moved_to |= set(clause.target)


def _weekend(result: Arrangement, clause: Clause) -> None:
    if not all(map(is_weekend, clause.days)):
        raise refusal("所说的公休日不是星期六或星期日", clause.quote, "请对照原文核对")
    result.weekends |= set(clause.days)


_FOLD: dict[str, Callable[[Arrangement, Clause], None]] = {
    "rest": _rest,
    "total": _total,
    "joined": _joined,
    "moved": _moved,
    "weekend": _weekend,
    "statutory": lambda result, clause: result.statutory.update(clause.days),
    "work": lambda result, clause: result.work.update(clause.days),
    "resume": lambda result, clause: result.resumed.update(clause.days),
}


def _prolong(result: Arrangement, clause: Clause, present: dict[str, set[date]]) -> None:
    """Make the days from the festival's present end up to the day named rest days."""
    name = festivals_in(clause.also)[0]
    until = clause.days[0]
    if not (known := present.get(name)):
        raise refusal(f"不知道{name}假期原来到哪一天", clause.quote, "请先导入该年的年度放假通知")
    end = max(known)
    if not timedelta(0) <= until - end <= _LONGEST_PROLONGATION:
        raise refusal(
            f"{name}假期原到{end:%Y-%m-%d}，谈不上延长到这一天", clause.quote, "请对照原文核对"
        )
    result.prolongs, result.festivals = True, (name,)
    # Imported a second time, the festival already ends on that day: decree the day itself.
    result.rest |= {end + n * _DAY for n in range(1, (until - end).days + 1)} | {until}


def _settle(result: Arrangement) -> None:
    """Close weekend gaps, then hold rest, work and the accounting of old notices together."""
    result.rest = result.rest or result.statutory | result.weekends | result.moved_to
    if not result.rest:
        return
    first, last = min(result.rest), max(result.rest)
    between = {first + n * _DAY for n in range((last - first).days)}
    result.rest |= {day for day in between if is_weekend(day)}
    if between - result.rest:
        raise refusal("所列放假日期不相连", result.quote, "请对照原文核对")
    if result.resumed - {last + _DAY}:
        raise refusal("恢复上班的日期不是放假后的第一天", result.quote, "请对照原文核对")
    _check_accounts(result)
    if both := result.rest & result.work:
        day = min(both)
        raise refusal(f"{day.month}月{day.day}日既放假又上班", result.quote, "请对照原文核对")


def _check_accounts(result: Arrangement) -> None:
    """Notices up to 2009 tell why each day is free: every day once, nothing left over."""
    told = result.statutory | result.weekends | result.moved_to
    if result.statutory and told != result.rest:
        odd = min(told ^ result.rest)
        raise refusal(
            f"{odd.month}月{odd.day}日的休息缘由与放假日期对不上", result.quote, "请对照原文核对"
        )
    moved = result.moved_from - result.rest
    if result.work and moved != result.work and result.moved_from:
        raise refusal("上班日期与被调出的公休日不一致", result.quote, "请对照原文核对")
    result.work |= moved
