"""The daily digest: what the office must know this morning, before anyone opens a ledger."""

from __future__ import annotations

import sqlite3
from datetime import date

from msgspec import Struct

from xfctl.ledger import chain
from xfctl.ledger.case_lists import CaseLine, major_unreported
from xfctl.ledger.supervision_lists import GroundLine, grounds_due
from xfctl.regulation.grounds import article_of
from xfctl.reports import obligations
from xfctl.reports.calendar import calendar_warnings
from xfctl.reports.obligations import Standing
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar

SOON_DAYS = 3
UNSUPERVISED_TITLE = "应督办未督办"
MAJOR_TITLE = "重大紧急事项，尚未记录向校领导报告"


class Digest(Struct, frozen=True):
    """The digest of one day; ``head`` anchors the ledger's chain outside the ledger.

    ``soon`` is due within ``soon_days`` working days.
    """

    on: date
    soon_days: int
    major: list[CaseLine]
    overdue: list[Standing]
    today: list[Standing]
    soon: list[Standing]
    provisional: list[Standing]
    unsupervised: list[GroundLine]
    warnings: tuple[str, ...]
    head: str


def digest(
    connection: sqlite3.Connection, on: date, calendar: Calendar, soon_days: int = SOON_DAYS
) -> Digest:
    """Gather the digest of a day, which is today: ``major`` is asked as it stands now."""
    soon = obligations.due_within(connection, on, calendar, soon_days)
    return Digest(
        on=on,
        soon_days=soon_days,
        major=major_unreported(connection),
        overdue=obligations.overdue(connection, on, calendar),
        today=[each for each in soon if each.line.due_on == on],
        soon=[each for each in soon if each.line.due_on != on],
        provisional=obligations.provisional(connection, on, calendar),
        unsupervised=grounds_due(connection, on),
        warnings=calendar_warnings(calendar, on),
        head=str(chain.head(connection)),
    )


def tables(digest: Digest) -> list[Table]:
    """The sections as tables, for formats that have tables."""
    return [
        _major_table(digest.major),
        obligations.overdue_table(digest.overdue, digest.on),
        obligations.soon_table(digest.today, "今日到期"),
        obligations.soon_table(digest.soon, f"{digest.soon_days} 个工作日内到期"),
        obligations.soon_table(digest.provisional, "暂定期限"),
        _unsupervised_table(digest.unsupervised),
    ]


_MAJOR_COLUMNS = (
    Column("number", "编号", whole=True),
    Column("registered_on", "登记日期", whole=True),
    Column("summary", "事项"),
    Column("first_responder", "首问责任人"),
)


def _major_table(lines: list[CaseLine]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (line.number, line.registered_on, line.summary, line.first_responder) for line in lines
    ]
    return Table(MAJOR_TITLE, _MAJOR_COLUMNS, rows, (f"共 {len(rows)} 件（细则 8(4)）。",))


_GROUND_COLUMNS = (
    Column("case", "编号", whole=True),
    Column("article", "依据"),
    Column("unit", "责任单位"),
    Column("since", "自", whole=True),
    Column("evidence", "证据"),
)


def _unsupervised_table(lines: list[GroundLine]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (each.case, article_of(each.ground), each.unit_name or None, each.since, each.evidence)
        for each in lines
    ]
    return Table(UNSUPERVISED_TITLE, _GROUND_COLUMNS, rows, (f"共 {len(rows)} 项（细则 11）。",))
