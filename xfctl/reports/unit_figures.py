"""The figures of every unit in a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xfctl.domain import keys
from xfctl.domain.obligation import DEBTOR_NAMES
from xfctl.ledger.snapshot import Matter
from xfctl.reports.figures import Share
from xfctl.reports.picture import bar
from xfctl.reports.review import Review, Section
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

_UNIT_COLUMNS = (
    Column("unit", "单位"),
    Column("petitions", "件次"),
    Column("previous", "上期"),
    Column("year_before", "去年同期"),
    Column("closed", "办结"),
    Column("open", "在办"),
    Column("overdue", "逾期"),
    Column("due", "应反馈"),
    Column("in_time", "按期"),
    Column("percent", "按期率(%)"),
    Column("bar", "图", whole=True, picture=True),
)
_BAR_WIDTH = 5


def units(review: Review) -> Section:
    """Matters by the unit that leads, and the written feedback of every unit."""
    now = review.now
    registered, before, earlier = (
        _by_lead(each, each.registered) for each in (now, review.before, review.year_before)
    )
    closed = _by_lead(now, [each for each, _ in now.closed])
    still_open = _by_lead(now, now.open)
    owing = (each.owed_by for each in now.overdue)
    overdue = Counter[str | None](each for each in owing if each not in DEBTOR_NAMES)
    shares = feedback_shares(now)
    codes = {*registered, *before, *earlier, *closed, *still_open, *overdue, *shares}
    rows: list[tuple[Value, ...]] = []
    for code in sorted(codes, key=lambda code: (code is None, -registered[code], code or "")):
        share = shares.get(code, Share(0, 0))
        rows.append(
            (
                *(now.unit_name(code), registered[code], before[code], earlier[code]),
                *(closed[code], still_open[code], overdue[code]),
                *(share.whole, share.part, share.percent),
                bar(share.percent, 100, _BAR_WIDTH),
            )
        )
    footer = (
        "事项按期末的主办单位计，尚无主办单位的计入「未交办」；在办、逾期是期末的；应反馈是书面反馈期限在期内届满的；"
        "应反馈、按期、逾期按负有期限的单位计。",
    )
    return Section((Table("单位", _UNIT_COLUMNS, rows, footer, key="units"),))


def _by_lead(view: View, matters: Iterable[Matter]) -> Counter[str | None]:
    return Counter(view.lead(each) for each in matters)


def feedback_shares(view: View) -> dict[str | None, Share]:
    """Of the written feedback that fell due, how much came in time, by unit."""
    due: Counter[str] = Counter()
    in_time: Counter[str] = Counter()
    for each in view.terms(keys.FEEDBACK):
        due[each.owed_by] += 1
        in_time[each.owed_by] += view.is_in_time(each)
    return {code: Share(in_time[code], due[code]) for code in due}
