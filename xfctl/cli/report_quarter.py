"""The review of a period with every figure."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.options import FormatOption, Output
from xfctl.cli.periods import DEFAULT_LEAST, First, Last, Least, PeriodWord, period_of, view
from xfctl.cli.session import session_of
from xfctl.output.formats import Format


def quarter(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    least: Least = DEFAULT_LEAST,
    formulas: Annotated[
        bool, typer.Option("--formulas", help="只显示每个指标的算法和依据。")
    ] = False,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """季度（年、半年、任何一段时间）分析：总量、比率、分类、单位、排名、督办，同比、环比。

    各数截至时期最后一天；以后要照原样重印，用 --as-known-at 写明当时。

    例：xfctl report quarter 2026Q3；xfctl report quarter 2026Q3 --format html -o 季报.html
    """
    from xfctl.cli.emit import emit, emit_sections
    from xfctl.reports.figures import formulas_table
    from xfctl.reports.quarter import sections
    from xfctl.reports.review import Review, first_compared

    if formulas:
        emit(formulas_table(), format, output)
        return
    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    with session.reading() as ledger:
        seen = view(session, ledger, asked, first_compared(asked, session.today))
        found = sections(Review(ledger.connection, seen, least))
    emit_sections(f"信访工作分析 {asked.label}", found, format, output)
