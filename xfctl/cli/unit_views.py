"""Looking at units."""

from __future__ import annotations

import typer

from xfctl.cli.options import AsOf, FormatOption, Output, UnitArgument
from xfctl.cli.session import calendar_of, session_of
from xfctl.output.formats import Format


def list_(ctx: typer.Context, format: FormatOption = Format.TABLE, output: Output = None) -> None:
    """列出全部单位。

    例：xfctl unit list；xfctl unit list --format csv -o 单位.csv
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import queries
    from xfctl.reports.units import units_table

    with session_of(ctx).reading() as ledger:
        emit(units_table(queries.units(ledger.connection)), format, output)


def show(
    ctx: typer.Context,
    unit: UnitArgument,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """显示一个单位：任职、在办督办、未履行的义务、应督办未督办的情形。

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


def gaps(
    ctx: typer.Context,
    as_of: AsOf = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出某日没有党政主要负责人、没有信访专人、没有预案或预案超过一年的单位（细则 5、9(1)）。

    例：xfctl unit gaps；xfctl unit gaps --as-of 2026-09-01
    """
    from xfctl.cli.emit import emit
    from xfctl.cli.periods import day_of
    from xfctl.ledger import queries, risk_lists, unit_lists
    from xfctl.reports.units import gaps_table

    session = session_of(ctx)
    on = day_of(session, as_of)
    with session.reading() as ledger:
        units = queries.units(ledger.connection)
        held = unit_lists.appointments(ledger.connection, on=on)
        plans = risk_lists.plans(ledger.connection, on)
    emit(gaps_table(units, held, plans, on), format, output)
