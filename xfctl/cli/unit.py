"""Commands about units (责任单位)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import FormatOption, Mapping, Output, UnitArgument
from xfctl.cli.session import calendar_of, say, session_of
from xfctl.output.formats import Format

app = new_app("责任单位：学院、部处、直属单位和附属医院。")


@app.command(cls=Command)
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="编号", help="单位编号，如 A15。")],
    name: Annotated[str, typer.Argument(metavar="名称", help="单位名称，如 后勤保障部。")],
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="类别", help="如 学院、机关与直属单位。")
    ] = None,
    by_reference: Annotated[
        bool, typer.Option("--by-reference", help="参照执行（细则 2：第一、第二医院）。")
    ] = False,
    former: Annotated[
        list[str] | None,
        typer.Option("--former-name", metavar="曾用名", help="曾用名，可多次给出。"),
    ] = None,
    headcount: Annotated[
        int | None, typer.Option("--headcount", metavar="人数", min=1, help="教职工人数。")
    ] = None,
) -> None:
    """添加一个责任单位。

    例：xfctl unit add A15 后勤保障部 --former-name 后勤集团
    """
    from xfctl.domain.unit import Applies, UnitAdded

    entry = UnitAdded(
        code=code,
        name=name,
        kind=kind,
        applies=Applies.BY_REFERENCE if by_reference else Applies.APPLIES,
        former_names=tuple(former or ()),
        headcount=headcount,
    )
    session = session_of(ctx)
    with session.desk() as desk:
        desk.add_unit(entry, session.today)
    say(f"已添加单位 {code} {name}。")


@app.command("import", cls=Command)
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", help="CSV 或 xlsx：单位编号、单位名称、类别、适用、曾用名、教职工人数。"
        ),
    ],
    mapping: Mapping = None,
) -> None:
    """从 CSV 或 xlsx 导入单位；已有的单位不重复添加。

    例：xfctl unit import 单位.csv；xfctl unit import 部门.xlsx --map 单位编号=部门号
    """
    from xfctl.intake.labels import read_mapping
    from xfctl.intake.unit_import import import_units

    session = session_of(ctx)
    with session.open(writable=True) as ledger:
        done = import_units(ledger, file, session.context(), read_mapping(mapping or []))
    say(f"读到 {done.rows} 个单位，新添加 {done.added} 个，其余已在账本中。")


@app.command(cls=Command)
def show(
    ctx: typer.Context,
    unit: UnitArgument,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """显示一个单位：在办督办、未履行的义务、应督办未督办的情形。

    例：xfctl unit show 后勤保障部
    """
    from xfctl.cli.emit import emit_all
    from xfctl.ledger import queries
    from xfctl.reports.units import unit_tables

    session = session_of(ctx)
    with session.reading() as ledger:
        found = queries.unit_named(ledger.connection, unit)
        tables = unit_tables(ledger.connection, found, session.today, calendar_of(ledger))
    emit_all(tables, format, output)


@app.command("list", cls=Command)
def list_(ctx: typer.Context, format: FormatOption = Format.TABLE, output: Output = None) -> None:
    """列出全部单位。

    例：xfctl unit list；xfctl unit list --format csv -o 单位.csv
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import queries
    from xfctl.reports.units import units_table

    with session_of(ctx).reading() as ledger:
        emit(units_table(queries.units(ledger.connection)), format, output)
