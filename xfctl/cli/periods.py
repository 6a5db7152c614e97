"""The options by which a report is asked for a period, and the ledger seen through it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.options import read_date
from xfctl.cli.session import Session, calendar_of

if TYPE_CHECKING:
    from xfctl.ledger.connection import Ledger
    from xfctl.reports.period import Period
    from xfctl.reports.view import View

DEFAULT_LEAST = 3  # 本单位规定: matters a unit or a topic needs to be ranked

PeriodWord = Annotated[
    str | None,
    typer.Argument(metavar="时期", help="如 2026Q3、2026H1、2026、2026-07。"),
]
First = Annotated[
    date | None,
    typer.Option(
        "--from", metavar="日期", parser=read_date, help="第一天，默认最后一天那年的 1 月 1 日。"
    ),
]
Last = Annotated[
    date | None,
    typer.Option("--to", metavar="日期", parser=read_date, help="最后一天，默认今天。"),
]
Least = Annotated[
    int,
    typer.Option("--least", metavar="件数", min=1, help="至少几件才参加排名。"),
]


def period_of(session: Session, word: str | None, first: date | None, last: date | None) -> Period:
    """The period asked for; without a word, this year up to today. Raises InputRefusedError."""
    from xfctl.intake.periods import read_period
    from xfctl.reports.period import Period

    this_year = Period(date(session.today.year, 1, 1), session.today)
    return read_period(word, first, last, session.today, this_year)


def day_of(session: Session, as_of: date | None) -> date:
    """The day a report stands for, today by default. Raises InputRefusedError for a future one."""
    from xfctl.errors import InputRefusedError

    day = as_of or session.today
    if day > session.today:
        raise InputRefusedError(
            f"--as-of 的日期 {day} 晚于今天（{session.today}）；请改为今天或以前的日期。"
        )
    return day


def view(session: Session, ledger: Ledger, period: Period, since: date | None = None) -> View:
    """The ledger seen through a period, and ``since`` a day through those compared with it."""
    from xfctl.reports.review import view_of

    return view_of(ledger.connection, period, session.today, calendar_of(ledger), since)
