"""The commands of every morning."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.options import ANSWER_IS_YES, AsOf, FormatOption, Output, UnitOption
from xfctl.cli.periods import day_of
from xfctl.cli.session import calendar_of, session_of, unit_code
from xfctl.output.digest import DigestFormat
from xfctl.output.formats import Format


def overdue(
    ctx: typer.Context,
    within: Annotated[
        int | None,
        typer.Option(
            "--due-within",
            metavar="天数",
            min=0,
            max=366,
            help="改看未逾期、在几个工作日内到期的；0 为今天。",
        ),
    ] = None,
    unit: UnitOption = None,
    by_unit: Annotated[bool, typer.Option("--by-unit", help="按单位汇总。")] = False,
    as_of: AsOf = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="只要列出了任何一件，就以退出码 1 结束。")
    ] = False,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出逾期的事项，逾期最久的在前：未按期书面反馈（细则 11(1)）、告知、办理、答复等。

    例：xfctl overdue；xfctl overdue --unit 后勤保障部；xfctl overdue --due-within 3
    """
    from xfctl.cli.emit import emit
    from xfctl.reports import obligations

    session = session_of(ctx)
    on = day_of(session, as_of)
    with session.reading() as ledger:
        calendar = calendar_of(ledger)
        connection = ledger.connection
        code = unit_code(connection, unit)
        if within is None:
            found = obligations.overdue(connection, on, calendar)
        else:
            found = obligations.due_within(connection, on, calendar, within)
        found = obligations.of_unit(found, code)
    if by_unit:
        table = obligations.by_unit_table(found, on, late=within is None)
    elif within is None:
        table = obligations.overdue_table(found, on, for_files=format.for_files)
    else:
        title = f"{within} 个工作日内到期" if within else "今日到期"
        table = obligations.soon_table(found, title, for_files=format.for_files)
    emit(table, format, output)
    if exit_code and found:
        raise typer.Exit(ANSWER_IS_YES)


def digest(
    ctx: typer.Context,
    workdays_only: Annotated[
        bool, typer.Option("--workdays-only", help="休息日什么也不输出（定时任务用）。")
    ] = False,
    format: Annotated[
        DigestFormat,
        typer.Option(
            "--format", metavar="格式", help="输出格式：" + "、".join(DigestFormat) + "。"
        ),
    ] = DigestFormat.TEXT,
    output: Output = None,
    notify: Annotated[
        list[str] | None,
        typer.Option(
            "--notify",
            metavar="地址",
            envvar="XFCTL_NOTIFY",
            help="发送到邮箱、企业微信、钉钉、飞书等（apprise 地址），可多次给出；每天只发一次。",
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="今天已经发送过也再发一次。")] = False,
) -> None:
    """每日提醒：重大事项未报告、已逾期、今日到期、即将到期、暂定期限、日历提醒。

    例：xfctl digest；xfctl digest --workdays-only --format html -o 今日.html；xfctl digest --notify mailtos://用户:口令@example.invalid
    """
    from xfctl.output import digest as rendering
    from xfctl.reports.digest import SOON_DAYS
    from xfctl.reports.digest import digest as gather

    session = session_of(ctx)
    with session.reading() as ledger:
        calendar = calendar_of(ledger)
        if workdays_only and not calendar.works(session.today):
            return
        soon_days = session.settings.number("display.soon_days", SOON_DAYS)
        found = gather(ledger.connection, session.today, calendar, soon_days)
        text = rendering.render(found, format)
    if not notify:
        rendering.deliver(text, output)
        return
    from xfctl.cli.notify import send_digest

    send_digest(session, text, format, notify, again=again, output=output)
