"""Assessments: of units, of first responders, of a leader (细则 6, 12)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.account_views import Reveal
from xfctl.cli.options import FormatOption, Output, UnitOption, complete_unit
from xfctl.cli.periods import DEFAULT_LEAST, First, Last, Least, PeriodWord, period_of, view
from xfctl.cli.session import Session, session_of, unit_code
from xfctl.output.formats import Format

if TYPE_CHECKING:
    from xfctl.reports.period import Period

NoReference = Annotated[
    bool, typer.Option("--no-reference", help="不列参照执行的附属医院（细则 2）。")
]


def units(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    no_reference: NoReference = False,
    least: Least = DEFAULT_LEAST,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """单位考核（细则 12）：件次、按期反馈、重复、督办、追责、评优、隐患；设了权重的还有综合分。

    例：xfctl report units 2026Q3；xfctl report units 2026 --no-reference --format xlsx -o 考核.xlsx
    """
    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    show_units(session, asked, None, no_reference, least, format, output)


def score(
    ctx: typer.Context,
    unit: Annotated[
        str | None,
        typer.Argument(metavar="单位", help="只看这个单位。", autocompletion=complete_unit),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="年份", min=1949, max=9999, help="默认今年。")
    ] = None,
    no_reference: NoReference = False,
    least: Least = DEFAULT_LEAST,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """一年的单位考核（细则 12）；权重是本单位参数（weight-feedback 等），未设置时只列事实，不算综合分。

    例：xfctl unit score --year 2026；xfctl unit score 后勤保障部
    """
    session = session_of(ctx)
    word = f"{year}" if year else f"{session.today.year}"
    asked = period_of(session, word, None, None)
    show_units(session, asked, unit, no_reference, least, format, output)


def show_units(
    session: Session,
    asked: Period,
    unit: str | None,
    no_reference: bool,
    least: int,
    format: Format,
    output: Path | None,
) -> None:
    """The assessment of all units, or of one, over a period."""
    from xfctl.cli.emit import emit_all
    from xfctl.errors import InputRefusedError
    from xfctl.ledger import queries
    from xfctl.reports import unit_score

    with session.reading() as ledger:
        connection = ledger.connection
        code = unit_code(connection, unit)
        seen = view(session, ledger, asked)
        found = unit_score.figures(connection, seen)
        weights = unit_score.weights_of(queries.parameters(connection), seen)
    if no_reference:
        found = unit_score.without_reference(found)
    if code is not None and code not in {each.unit.code for each in found}:
        raise InputRefusedError(
            f"{seen.as_of} 的考核没有这个单位：它当时还没有添加、已并入其他单位，或因 --no-reference 不列；"
            "请用 xfctl unit show 核对。"
        )
    emit_all(unit_score.score_tables(found, weights, seen, least, code), format, output)


def responders(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """首问责任：按首问责任人和主办单位，告知按期率、重复率、初次转重复率、越级率（细则 6）。

    例：xfctl report responders 2026Q3
    """
    from xfctl.cli.emit import emit_all
    from xfctl.reports.responders import responder_tables

    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    with session.reading() as ledger:
        tables = responder_tables(view(session, ledger, asked))
    emit_all(tables, format, output)


def leader(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="姓名", help="任职记录中的姓名。")],
    first: First = None,
    last: Last = None,
    unit: UnitOption = None,
    reveal: Reveal = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """领导干部履行信访职责的事实记录，供组织部门参考（细则 12）：任职、任内情况、追究。

    例：xfctl report leader 示例负责人 --from 2025-01-01 --to 2026-06-30
    """
    from xfctl.app.accounts import reveal_leader
    from xfctl.cli.emit import emit_all
    from xfctl.domain.identity import masked_name
    from xfctl.errors import InputRefusedError
    from xfctl.ledger import queries, unit_lists
    from xfctl.reports import leader as reports
    from xfctl.reports.period import Period

    session = session_of(ctx)
    asked = period_of(session, None, first, last)
    asked = Period(asked.first, min(asked.last, session.today))
    with session.reading() as ledger:
        connection = ledger.connection
        code = unit_code(connection, unit)
        held = unit_lists.appointments(connection, name=name, unit=code)
        names = {each.code: each.name for each in queries.units(connection)}
        served = reports.tenures(held, names, asked)
        if not served:
            raise InputRefusedError(
                f"{asked.first} 至 {asked.last} 没有这个姓名的任职记录；"
                "请核对姓名和日期，或用 xfctl unit appoint 补录。"
            )
        seen = view(session, ledger, asked)
    accounts = None
    if reveal is not None:
        with session.desk() as desk:
            posts = [(each.held.unit, each.held.number) for each in served]
            identities = reveal_leader(desk, posts, reveal)
            accounts = reports.accounts_of(identities, name, code, seen)
    with session.reading() as ledger:
        shown = masked_name(name) if accounts is None else name
        tables = reports.leader_tables(ledger.connection, shown, served, accounts, seen)
    emit_all(tables, format, output)
