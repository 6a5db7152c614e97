"""What lies beside a judgement of severity: how a unit stood in the year before, and before that."""

from __future__ import annotations

import sqlite3
from datetime import date

from dateutil.relativedelta import relativedelta

from xfctl.domain.classification import COLLECTIVE_FROM
from xfctl.domain.keys import FEEDBACK
from xfctl.ledger import account_lists
from xfctl.ledger.supervision_lists import grounds_ever, supervisions
from xfctl.regulation.grounds import of_clock
from xfctl.reports.period import Period
from xfctl.reports.table import Column, Table, Value

_COLUMNS = (
    Column("figure", "项目"),
    Column("last_year", "近 12 个月"),
    Column("year_before", "此前 12 个月"),
)


def evidence_table(connection: sqlite3.Connection, unit: str, name: str, on: date) -> Table:
    """Counts of a unit over the twelve months up to a day, and over the twelve before those."""
    months = relativedelta(months=12)
    later = Period(on - months + relativedelta(days=1), on)
    earlier = Period(later.first - months, on - months)
    columns = [_figures(connection, unit, period) for period in (later, earlier)]
    rows: list[tuple[Value, ...]] = [
        (figure, columns[0][figure], columns[1][figure]) for figure in columns[0]
    ]
    footer = (
        f"{later.first} 至 {later.last} 和 {earlier.first} 至 {earlier.last}；"
        "供判断情节轻重时参考，程序不作判断。",
    )
    return Table(f"{name}的有关情况", _COLUMNS, rows, footer, key="evidence")


def _figures(connection: sqlite3.Connection, unit: str, period: Period) -> dict[str, int]:
    cases = account_lists.assigned(connection, unit, period.first, period.last, COLLECTIVE_FROM)
    grounds = [
        each
        for each in grounds_ever(connection, period.last)
        if each.unit == unit and period.holds(each.since)
    ]
    opened = [each for each in supervisions(connection, unit=unit) if period.holds(each.opened_on)]
    decided = [
        each
        for each in account_lists.accountabilities(connection, unit=unit)
        if period.holds(each.milestones.decided_on)
    ]
    return {
        "交办事项（件）": cases.count,
        "集体访（件）": cases.collective,
        "集体访最大人数": cases.largest,
        "越级（件）": cases.leapfrog,
        "重复信访（件）": cases.repeated,
        "督办情形（项）": len(grounds),
        "其中未按期书面反馈": sum(each.ground in of_clock(FEEDBACK) for each in grounds),
        "督办（项）": len(opened),
        "责任追究决定（项）": len(decided),
    }
