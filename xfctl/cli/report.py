"""The noun ``report``: figures of a period."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import FormatOption, Output, read_date
from xfctl.cli.session import calendar_of, session_of
from xfctl.output.formats import Format

app = new_app("统计：一段时间的数字，任何格式。")


@app.callback()
def _report() -> None:
    """A group even while it has one command."""


@app.command(cls=Command)
def supervision(
    ctx: typer.Context,
    first: Annotated[
        date | None,
        typer.Option(
            "--from", metavar="日期", parser=read_date, help="第一天，默认今年 1 月 1 日。"
        ),
    ] = None,
    last: Annotated[
        date | None,
        typer.Option("--to", metavar="日期", parser=read_date, help="最后一天，默认今天。"),
    ] = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """督办统计：按单位、按情形，期内立项、办结，在办天数，形式，结果。

    例：xfctl report supervision --from 2026-07-01 --to 2026-09-30
    """
    from xfctl.cli.emit import emit
    from xfctl.errors import InputRefusedError
    from xfctl.ledger.supervision_lists import supervisions
    from xfctl.reports.supervision import Period, report_table

    session = session_of(ctx)
    last = last or session.today
    period = Period(first or date(last.year, 1, 1), last)
    if period.last < period.first:
        raise InputRefusedError(
            f"--to {period.last} 早于 --from {period.first}；请把两个日期对调。"
        )
    with session.reading() as ledger:
        lines = supervisions(ledger.connection)
        emit(report_table(lines, period, calendar_of(ledger)), format, output)
