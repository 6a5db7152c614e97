"""Further figures of a period: trends, topics, ages, workload, supervision."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.options import AsOf, FormatOption, Output
from xfctl.cli.periods import (
    DEFAULT_LEAST,
    First,
    Last,
    Least,
    PeriodWord,
    day_of,
    period_of,
    view,
)
from xfctl.cli.session import calendar_of, session_of
from xfctl.cli.words import member_option
from xfctl.domain.classification import Labelled
from xfctl.output.formats import Format


class By(Labelled):
    """What a trend is told by."""

    MONTH = "month", "月", "月份"
    UNIT = "unit", "单位", "责任单位"


def trend(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    by: Annotated[
        By, member_option("--by", By, "分组", "分组", "按月或按单位，默认按月")
    ] = By.MONTH,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """走势：每月的件次、批次、人次、办结、在办、按期反馈；或每个单位每月的件次。

    例：xfctl report trend --from 2026-01-01；xfctl report trend 2026 --by 单位
    """
    from xfctl.cli.emit import emit_sections
    from xfctl.reports.trend import by_month, by_unit

    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    with session.reading() as ledger:
        seen = view(session, ledger, asked, asked.year_before().first)
        section = (by_unit if by is By.UNIT else by_month)(seen)
    emit_sections(section.tables[0].title, [section], format, output)


def topics(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    least: Least = DEFAULT_LEAST,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """投诉较多的问题和单位，至少几件才排名。

    例：xfctl report topics 2026Q3；xfctl report topics 2026 --least 5
    """
    from xfctl.cli.emit import emit_sections
    from xfctl.reports import ranking
    from xfctl.reports.review import Review

    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    with session.reading() as ledger:
        seen = view(session, ledger, asked, asked.previous().first)
        reviewed = Review(ledger.connection, seen, least)
        sections = [ranking.topics(reviewed), ranking.most_complained_units(reviewed)]
    emit_sections(f"投诉较多的问题和单位 {asked.label}", sections, format, output)


def ageing(
    ctx: typer.Context,
    as_of: AsOf = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """在办事项从登记起已有多少工作日，分五档，按主办单位。

    例：xfctl report ageing；xfctl report ageing --as-of 2026-09-30
    """
    from xfctl.cli.emit import emit
    from xfctl.reports.ageing import ageing_table
    from xfctl.reports.period import Period

    session = session_of(ctx)
    day = day_of(session, as_of)
    with session.reading() as ledger:
        emit(ageing_table(view(session, ledger, Period(day, day))), format, output)


def workload(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """每个首问责任人的工作量：登记、办结、在办、逾期、平均办理时间。

    例：xfctl report workload 2026Q3；xfctl report workload --from 2026-09-01 --to 2026-09-30
    """
    from xfctl.cli.emit import emit
    from xfctl.reports.workload import workload_table

    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    with session.reading() as ledger:
        emit(workload_table(view(session, ledger, asked)), format, output)


def supervision(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """督办统计：按单位、情形、形式，期内立项、办结，在办天数，结果。

    例：xfctl report supervision 2026Q3；xfctl report supervision --from 2026-07-01 --to 2026-09-30
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger.supervision_lists import supervisions
    from xfctl.reports.supervision import report_table

    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    with session.reading() as ledger:
        lines = supervisions(ledger.connection)
        emit(report_table(lines, asked, calendar_of(ledger)), format, output)


def accountability(
    ctx: typer.Context,
    period: PeriodWord = None,
    first: First = None,
    last: Last = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """责任追究统计：按单位、条款、追究方式、期末状态，期内建议、决定、实施、整改、申诉。

    例：xfctl report accountability 2026；xfctl report accountability --from 2026-01-01 --to 2026-06-30
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger.account_lists import accountabilities
    from xfctl.reports.accounts import report_table

    session = session_of(ctx)
    asked = period_of(session, period, first, last)
    with session.reading() as ledger:
        lines = accountabilities(ledger.connection, proposed_by=asked.last)
    emit(report_table(lines, asked, session.today), format, output)
