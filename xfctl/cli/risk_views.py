"""Looking at risk points and decisions."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.options import FormatOption, Output, UnitOption
from xfctl.cli.risk_steps import SourceNumber, kind_of
from xfctl.cli.session import session_of, unit_code
from xfctl.output.formats import Format


def list_(
    ctx: typer.Context,
    unit: UnitOption = None,
    everything: Annotated[bool, typer.Option("--all", help="已化解的也列出。")] = False,
    part: Annotated[
        str | None,
        typer.Option("--part", metavar="哪张表", help="只要一张表：隐患、未报、决策。"),
    ] = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出隐患点和关键点，今年未报的单位，引发信访而未事先评估的决策；写明单位的只列它的隐患点。

    例：xfctl risk list；xfctl risk list --unit 后勤保障部 --all；xfctl risk list --part 隐患 --format csv
    """
    from xfctl.cli.emit import emit_parts
    from xfctl.ledger import risk_lists
    from xfctl.reports.decisions import unprepared_table
    from xfctl.reports.risks import list_table, silent_table

    session = session_of(ctx)
    on = session.today
    with session.reading() as ledger:
        connection = ledger.connection
        code = unit_code(connection, unit)
        lines = risk_lists.risks(connection, on, unit=code, everything=everything)
        parts = {"隐患": list_table(lines, on)}
        if code is None:
            parts["未报"] = silent_table(risk_lists.silent_units(connection, on), on)
            parts["决策"] = unprepared_table(risk_lists.unprepared(connection, on))
    emit_parts(parts, part or ("隐患" if code else None), format, output)


def show(
    ctx: typer.Context,
    number: SourceNumber,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """显示一个隐患点或一项决策：情况、经过、引发的事项。

    例：xfctl risk show FX2026-0001；xfctl risk show JC2026-0001
    """
    from xfctl.cli.emit import emit_all
    from xfctl.domain.decision import Decision
    from xfctl.ledger.load import load
    from xfctl.reports import decisions, risks

    with session_of(ctx).reading() as ledger:
        state = load(ledger.connection, kind_of(number), number)
    tables = (
        decisions.cover_tables(state) if isinstance(state, Decision) else risks.cover_tables(state)
    )
    emit_all(tables, format, output)
