"""Looking at accountabilities."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.account_words import AccountNumber
from xfctl.cli.options import AsOf, FormatOption, Output, UnitOption, complete_number
from xfctl.cli.periods import day_of
from xfctl.cli.session import session_of, unit_code
from xfctl.cli.words import member_option
from xfctl.domain.classification import AccountStage
from xfctl.output.formats import Format

if TYPE_CHECKING:
    from xfctl.ledger.account_lists import AccountLine

Reveal = Annotated[
    str | None,
    typer.Option(
        "--reveal", metavar="理由", help="显示责任人姓名；理由和查看人记入账本（细则 7）。"
    ),
]


def list_(
    ctx: typer.Context,
    unit: UnitOption = None,
    case: Annotated[
        str | None,
        typer.Option(
            "--case", metavar="编号", help="只看这件事项的。", autocompletion=complete_number
        ),
    ] = None,
    stage: Annotated[
        AccountStage | None, member_option("--stage", AccountStage, "状态", "状态")
    ] = None,
    reveal: Reveal = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出问责：依据、责任人、方式、期限、状态，破例的理由一并列出。

    例：xfctl account list；xfctl account list --stage 逾期未整改
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger.account_lists import accountabilities
    from xfctl.reports.accounts import list_table

    session = session_of(ctx)
    today = session.today
    with session.reading() as ledger:
        connection = ledger.connection
        code = unit_code(connection, unit)
        lines = accountabilities(connection, unit=code, case=case, proposed_by=today)
        lines = [each for each in lines if stage in (None, each.milestones.stage(today))]
    names = shown_names(ctx, lines, reveal, format, output)
    emit(list_table(lines, names, today), format, output)


def show(
    ctx: typer.Context,
    number: AccountNumber,
    reveal: Reveal = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """显示一项问责：责任人、追究方式、整改、申诉，从信访登记到追究的经过，单位的有关情况。

    例：xfctl account show ZZ2026-0001
    """
    from xfctl.cli.emit import emit_all
    from xfctl.ledger.account_lists import accountabilities
    from xfctl.ledger.load import ACCOUNTABILITIES, load
    from xfctl.reports.account_cover import cover_tables
    from xfctl.reports.account_evidence import evidence_table

    session = session_of(ctx)
    with session.reading() as ledger:
        state = load(ledger.connection, ACCOUNTABILITIES, number)
        lines = accountabilities(ledger.connection, number=number)
    names = shown_names(ctx, lines, reveal, format, output)
    with session.reading() as ledger:
        tables = cover_tables(ledger.connection, state, names, session.today)
        entry = state.entry
        tables.append(
            evidence_table(ledger.connection, entry.unit, entry.unit_name, state.proposed_on)
        )
    emit_all(tables, format, output)


def awards(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="年份",
            min=1949,
            max=9999,
            help="默认 --as-of 那天所在的评优年度。",
        ),
    ] = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出某年度被取消评优资格的单位：自何日、依据哪项决定、是否因申诉恢复（细则 17）。

    例：xfctl account awards --year 2026；xfctl account awards --year 2026 --as-of 2026-06-30
    """
    from xfctl.cli.emit import emit
    from xfctl.domain.parameters import award_year
    from xfctl.ledger import queries
    from xfctl.ledger.account_lists import award_losses
    from xfctl.reports.accounts import awards_table

    session = session_of(ctx)
    on = day_of(session, as_of)
    with session.reading() as ledger:
        connection = ledger.connection
        wanted = f"{year}" if year else award_year(queries.parameters(connection), on)
        lines = award_losses(connection, wanted, on)
    emit(awards_table(lines, wanted, on), format, output)


def shown_names(
    ctx: typer.Context,
    lines: list[AccountLine],
    reveal: str | None,
    format: Format,
    output: Path | None,
) -> Mapping[str, str]:
    """Names by token, for whoever gives a reason, which goes on record; empty otherwise."""
    from xfctl.app.accounts import reveal_persons
    from xfctl.cli.emit import check_format

    check_format(format, output)
    if reveal is None:
        return {}
    with session_of(ctx).desk() as desk:
        return reveal_persons(desk, [each.number for each in lines], reveal)
