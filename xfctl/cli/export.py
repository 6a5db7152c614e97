"""Commands that hand the ledger's lists to other programs."""

from __future__ import annotations

import typer

from xfctl.cli.account_views import Reveal, shown_names
from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import FormatOption, Output
from xfctl.cli.session import calendar_of, say, session_of
from xfctl.output.formats import Format

app = new_app("导出：列名固定，见 docs/reference.md；不含信访人身份。")


@app.command(cls=Command)
def cases(ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None) -> None:
    """导出全部事项。

    例：xfctl export cases -o 事项.csv；xfctl export cases --format xlsx -o 事项.xlsx
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import case_lists, events
    from xfctl.reports.case_list import export_table

    with session_of(ctx).reading() as ledger:
        emit(export_table(case_lists.cases(ledger.connection)), format, output)
        say(f"账本头 {events.head(ledger.connection)}")


@app.command(cls=Command)
def obligations(
    ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None
) -> None:
    """导出全部期限义务：起算、期限、履行日期、是否逾期、逾期天数。

    例：xfctl export obligations -o 期限.csv；xfctl export obligations --format json
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import events, queries
    from xfctl.reports.obligations import export_table

    session = session_of(ctx)
    with session.reading() as ledger:
        lines = queries.all_obligations(ledger.connection)
        calendar = calendar_of(ledger)
        names = format is not Format.JSON
        emit(export_table(lines, session.today, calendar, names=names), format, output)
        say(f"账本头 {events.head(ledger.connection)}")


@app.command(cls=Command)
def accountability(
    ctx: typer.Context,
    reveal: Reveal = None,
    format: FormatOption = Format.CSV,
    output: Output = None,
) -> None:
    """导出全部问责；责任人姓名隐去，除非用 --reveal 写明理由。

    例：xfctl export accountability -o 问责.csv
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import events
    from xfctl.ledger.account_lists import accountabilities
    from xfctl.reports.accounts import export_table

    session = session_of(ctx)
    with session.reading() as ledger:
        lines = accountabilities(ledger.connection, proposed_by=session.today)
    names = shown_names(ctx, lines, reveal, format, output)
    emit(export_table(lines, names, session.today), format, output)
    with session.reading() as ledger:
        say(f"账本头 {events.head(ledger.connection)}")
