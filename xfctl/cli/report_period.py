"""Figures of supervision and accountability over a period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.options import FormatOption, Output, read_date
from xfctl.cli.session import calendar_of, session_of
from xfctl.output.formats import Format

if TYPE_CHECKING:
    from xfctl.reports.supervision import Period

First = Annotated[
    date | None,
    typer.Option("--from", metavar="日期", parser=read_date, help="第一天，默认今年 1 月 1 日。"),
]
Last = Annotated[
    date | None,
    typer.Option("--to", metavar="日期", parser=read_date, help="最后一天，默认今天。"),
]


def supervision(
    ctx: typer.Context,
    first: First = None,
    last: Last = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """督办统计：按单位、按情形，期内立项、办结，在办天数，形式，结果。

    例：xfctl report supervision --from 2026-07-01 --to 2026-09-30
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger.supervision_lists import supervisions
    from xfctl.reports.supervision import report_table

    period = period_of(ctx, first, last)
    with session_of(ctx).reading() as ledger:
        lines = supervisions(ledger.connection)
        emit(report_table(lines, period, calendar_of(ledger)), format, output)


def accountability(
    ctx: typer.Context,
    first: First = None,
    last: Last = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """责任追究统计：按单位、条款、追究方式、期末状态，期内建议、决定、实施、整改、申诉。

    例：xfctl report accountability --from 2026-01-01 --to 2026-12-31
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger.account_lists import accountabilities
    from xfctl.reports.accounts import report_table

    period = period_of(ctx, first, last)
    with session_of(ctx).reading() as ledger:
        lines = accountabilities(ledger.connection, proposed_by=period.last)
    emit(report_table(lines, period, session_of(ctx).today), format, output)


def period_of(ctx: typer.Context, first: date | None, last: date | None) -> Period:
    """The period asked for, by default this year so far."""
    from xfctl.errors import InputRefusedError
    from xfctl.reports.supervision import Period

    last = last or session_of(ctx).today
    first = first or date(last.year, 1, 1)
    if last < first:
        raise InputRefusedError(f"--to {last} 早于 --from {first}；请把两个日期对调。")
    return Period(first, last)
