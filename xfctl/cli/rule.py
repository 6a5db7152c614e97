"""Commands about the rules: the clocks of the regulation and the office's own parameters."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import AsOf, FormatOption, Output, Reason, read_date
from xfctl.cli.session import say, session_of
from xfctl.output.formats import Format

app = new_app(
    "规则：条款规定的期限，和本单位规定的参数。",
    "xfctl rule show 11(1)",
)


@app.command("list", cls=Command)
def list_(ctx: typer.Context, format: FormatOption = Format.TABLE, output: Output = None) -> None:
    """列出今天有效的期限和本单位参数。

    例：xfctl rule list
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import queries
    from xfctl.regulation.clocks import clocks
    from xfctl.reports.rules import rules_table

    session = session_of(ctx)
    with session.reading() as ledger:
        parameters = queries.parameters(ledger.connection)
    emit(rules_table(clocks(), parameters, session.today), format, output)


@app.command(cls=Command)
def show(
    ctx: typer.Context,
    article: Annotated[str, typer.Argument(metavar="条", help="第几条或哪一项，如 8、11(1)。")],
    as_of: AsOf = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """显示一条或一项：内容、哪些是细则、哪些类推条例、哪些是本单位规定，以及在哪里看。

    例：xfctl rule show 17；xfctl rule show "11(1)"；xfctl rule show 13.8 --as-of 2026-01-01
    """
    from xfctl.cli.emit import emit_all
    from xfctl.domain.parameters import Parameters
    from xfctl.ledger import queries
    from xfctl.reports.articles import article_tables

    session = session_of(ctx)
    parameters = Parameters()
    if session.path.exists():
        with session.reading() as ledger:
            parameters = queries.parameters(ledger.connection)
    emit_all(article_tables(article, parameters, as_of or session.today), format, output)


@app.command(cls=Command)
def coverage(format: FormatOption = Format.TABLE, output: Output = None) -> None:
    """列出细则每一条、每一项：由哪里实现、用什么命令看、有多少用例，或者为什么不涉及程序。

    例：xfctl rule coverage；xfctl rule coverage --format csv --output 条文对照.csv
    """
    from xfctl.cli.emit import emit
    from xfctl.reports.coverage import coverage_table

    emit(coverage_table(), format, output)


@app.command("set", cls=Command)
def set_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="参数", help="如 reply；见 xfctl rule list。")],
    value: Annotated[int, typer.Argument(metavar="值", min=0, help="整数。")],
    reason: Reason,
    effective: Annotated[
        date | None,
        typer.Option("--from", metavar="日期", parser=read_date, help="从哪天起有效，默认今天。"),
    ] = None,
) -> None:
    """设置本单位参数，从某日起有效；已经在计算的期限不变。

    例：xfctl rule set reply 3 --from 2026-12-01 --reason 办公会决定
    """
    from xfctl.app.office import set_parameter
    from xfctl.domain.parameters import KNOWN, ParameterSet

    session = session_of(ctx)
    setting = ParameterSet(
        name=name, value=value, effective=effective or session.today, reason=reason
    )
    with session.desk() as desk:
        set_parameter(desk, setting)
    known = KNOWN[name]
    say(f"自 {setting.effective} 起，{known.title}为 {value} {known.unit}；已经在计算的期限不变。")
