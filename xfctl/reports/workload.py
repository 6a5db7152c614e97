"""What every officer had in hand in a period, by the first responder of the matters (细则 6)."""

from __future__ import annotations

from collections import Counter, defaultdict

from xfctl.reports.figures import ratio
from xfctl.reports.picture import bar
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

_COLUMNS = (
    Column("first_responder", "首问责任人"),
    Column("registered", "期内登记"),
    Column("closed", "期内办结"),
    Column("open", "期末在办"),
    Column("overdue", "逾期事项"),
    Column("average_days", "平均办理(工作日)"),
    Column("bar", "在办", whole=True, picture=True),
)


def workload_table(view: View) -> Table:
    """Registered and closed in the period, open and overdue at its end, average handling time."""
    registered = Counter(each.first_responder for each in view.registered)
    still_open = Counter(each.first_responder for each in view.open)
    late = {each.case for each in view.overdue}
    overdue = Counter(each.first_responder for each in view.known if each.number in late)
    days: dict[str, list[int]] = defaultdict(list)
    for each, closed_on in view.closed:
        days[each.first_responder].append(view.handling_days(each, closed_on))
    most = max(still_open.values(), default=0)
    rows: list[tuple[Value, ...]] = []
    for name in sorted({*registered, *still_open, *overdue, *days}):
        handled = days.get(name, [])
        rows.append(
            (
                *(name, registered[name], len(handled), still_open[name], overdue[name]),
                *(ratio(sum(handled), len(handled)), bar(still_open[name], most)),
            )
        )
    footer = (
        f"{view.period.first} 至 {view.period.last}，截至 {view.as_of} 终了；"
        "逾期事项是有期限已过而未履行的事项，不论由谁履行；平均办理为期内办结事项从登记到办结。",
    )
    return Table(f"工作量（{view.period.label}）", _COLUMNS, rows, footer, key="workload")
