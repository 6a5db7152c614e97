"""Contingency plans (预案, 细则 8(3), 9(1))."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.options import FormatOption, On, Output, complete_unit
from xfctl.cli.session import day, say, session_of
from xfctl.output.formats import Format


def plan(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="预案文件。")],
    version: Annotated[str, typer.Option("--as", metavar="版本", help="版本，如 2026 版。")],
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="单位",
            help="哪个单位的预案；不写的是学校总体预案。",
            autocompletion=complete_unit,
        ),
    ] = None,
    on: On = None,
) -> None:
    """存入预案的一个版本：文件复制到账本旁的 .files 目录；日期是预案所署的日期。

    例：xfctl risk plan 预案.docx --unit 后勤保障部 --as 2026版；xfctl risk plan 总体预案.docx --as 2026版
    """
    from xfctl.app.office import adopt_plan
    from xfctl.domain.plan import OVERALL, OVERALL_NAME, PlanAdopted
    from xfctl.ledger.attachments import keeping

    session, when = session_of(ctx), day(ctx, on)
    with session.desk() as desk, keeping(session.path, file) as kept:
        found = desk.units.acting(unit, when) if unit is not None else None
        entry = PlanAdopted(
            unit=found.code if found else OVERALL,
            unit_name=found.name_on(when) if found else OVERALL_NAME,
            version=version,
            name=file.name,
            size=kept.size,
            sha256=kept.sha256,
        )
        adopt_plan(desk, when, entry)
    say(f"已存入{entry.unit_name}预案「{version}」，{when}，SHA-256 {kept.sha256[:12]}…。")


def plans(ctx: typer.Context, format: FormatOption = Format.TABLE, output: Output = None) -> None:
    """列出学校总体预案和各单位预案的现行版本；没有预案的单位也列出。

    例：xfctl risk plans；xfctl risk plans --format csv -o 预案.csv
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import queries, risk_lists
    from xfctl.reports.plans import plans_table

    session = session_of(ctx)
    with session.reading() as ledger:
        units = queries.units(ledger.connection)
        found = risk_lists.plans(ledger.connection, session.today)
    emit(plans_table(units, found, session.today), format, output)
