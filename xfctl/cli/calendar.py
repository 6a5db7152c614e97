"""Commands about the working calendar (工作日历)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import DryRun, FormatOption, Reason, Yes, read_date
from xfctl.cli.session import Session, calendar_of, say, session_of
from xfctl.output.formats import Format
from xfctl.output.streams import write_stdout
from xfctl.workdays.calendar import Calendar

if TYPE_CHECKING:
    from xfctl.domain.obligation import DueDateMove

app = new_app(
    "工作日历：算期限，看哪天休哪天班，导入放假通知，记录本单位停办。",
    "xfctl calendar due 2026-02-12 7 --explain",
)

Day = Annotated[
    date, typer.Argument(metavar="日期", parser=read_date, help="如 2026-02-12、2026年2月12日。")
]
First = Annotated[date, typer.Argument(metavar="起", parser=read_date, help="第一天。")]
Last = Annotated[
    date, typer.Argument(metavar="止", parser=read_date, help="最后一天；只有一天就写同一天。")
]


def _calendar(session: Session) -> Calendar:
    """The office's calendar; the published one where no ledger was named and none exists."""
    if not session.explicit and not session.path.exists():
        return Calendar()
    with session.reading() as ledger:
        return calendar_of(ledger)


def _is_known(session: Session, digest: str) -> bool:
    """Whether the ledger holds the notice of this very text."""
    if not session.path.exists():
        return False
    from xfctl.ledger.queries import has_notice

    with session.reading() as ledger:
        return has_notice(ledger.connection, digest)


@app.command(cls=Command)
def due(
    ctx: typer.Context,
    start: Day,
    count: Annotated[
        int, typer.Argument(metavar="天数", min=1, max=3660, help="几个工作日（或日）。")
    ],
    days: Annotated[
        bool, typer.Option("--days", help="按日历日计算；末日遇休息日顺延到下一个工作日。")
    ] = False,
    before: Annotated[bool, typer.Option("--before", help="往前推算。")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="逐日说明每一天算不算、为什么、依据是什么。")
    ] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """从一天起算几个工作日的期限；起算日不计入（民法典 201、203）。

    例：xfctl calendar due 2026-02-12 7；xfctl calendar due 2026-02-12 7 --explain
    """
    from xfctl.output.show import show
    from xfctl.reports.calendar import due_date, due_table

    calendar = _calendar(session_of(ctx))
    found = due_date(calendar, start, count, working=not days, forward=not before)
    if explain:
        show(due_table(calendar, start, found, count, working=not days), format)
        return
    mark = " 暂定" if calendar.is_provisional(start, found) else ""
    write_stdout(f"{found}{mark}\n")


@app.command(cls=Command)
def count(ctx: typer.Context, first: First, last: Last) -> None:
    """数一数第一天之后到最后一天（含）有几个工作日。

    例：xfctl calendar count 2026-02-12 2026-02-28
    """
    calendar = _calendar(session_of(ctx))
    if last < first:
        from xfctl.errors import InputRefusedError

        raise InputRefusedError(f"止日 {last} 早于起日 {first}；请把两个日期对调。")
    mark = " 暂定" if calendar.is_provisional(first, last) else ""
    write_stdout(f"{calendar.working_days_between(first, last)}{mark}\n")


@app.command(cls=Command)
def show(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(metavar="年月", help="如 2026-10；只写年份就显示全年。")],
) -> None:
    """按月显示日历：调休放假标「休」，周末上班标「班」。

    例：xfctl calendar show 2026-10；xfctl calendar show 2026
    """
    from xfctl.intake.dates import parse_month
    from xfctl.output.month import month_picture
    from xfctl.reports.calendar import days_around

    year, months = parse_month(month)
    calendar = _calendar(session_of(ctx))
    pictures = [month_picture(year, each, days_around(calendar, year, each)) for each in months]
    write_stdout("\n".join(pictures))


@app.command(cls=Command)
def check(ctx: typer.Context) -> None:
    """哪些年份的放假安排已确定，缺哪一年的通知。

    例：xfctl calendar check
    """
    from xfctl.reports.calendar import calendar_state, state_lines

    session = session_of(ctx)
    state = calendar_state(_calendar(session), session.today)
    write_stdout("\n".join([*state_lines(state), ""]))
    for warning in state.warnings:
        say(f"注意：{warning}")


@app.command("import", cls=Command)
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="放假通知原文（文本）或 CSV；- 表示标准输入。")
    ],
    year: Annotated[
        int | None, typer.Option("--year", metavar="年份", help="原文没有写年份时指明。")
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """导入国务院办公厅放假通知：先显示读懂的日历，确认后写入，并重算未履行的期限。

    例：xfctl calendar import 2027.txt；xfctl calendar import 2027.csv --yes
    """
    from xfctl.app.office import change_calendar
    from xfctl.cli.ask import confirmed
    from xfctl.errors import InputRefusedError
    from xfctl.intake.notice_file import read_notice
    from xfctl.output.month import month_picture
    from xfctl.reports.calendar import notice_months

    session = session_of(ctx)
    calendar = _calendar(session)
    fact = read_notice(file, calendar, year)
    if _is_known(session, fact.digest):
        say(f"《{fact.title}》的同一份文件已经导入过，没有重复写入。")
        return
    for picture_year, month, days in notice_months(calendar, fact):
        write_stdout(f"{month_picture(picture_year, month, days)}\n")
    say(
        f"读懂《{fact.title}》：{fact.year} 年，休 {fact.rest_days} 天，调休上班 {fact.make_up_days} 天。"
    )
    if dry_run:
        say("只检查，没有写入账本。")
        return
    if not confirmed("以上安排对吗，要写入账本吗？", yes=yes):
        raise InputRefusedError(
            "没有写入账本；安排有误请核对通知原文，确认无误请重新执行并回答 y。"
        )
    with session.desk() as desk:
        moves = change_calendar(desk, fact)
    _report(moves, "已导入放假通知")


@app.command("close", cls=Command)
def close(ctx: typer.Context, first: First, last: Last, reason: Reason) -> None:
    """记录本单位停办的日子，这些天不计入期限；未履行的期限重新计算。寒暑假本身不停止计算。

    例：xfctl calendar close 2026-12-07 2026-12-08 --reason 全校停电检修
    """
    from xfctl.app.office import change_calendar
    from xfctl.domain.office_calendar import ClosureRecorded, check_closure

    with session_of(ctx).desk() as desk:
        moves = change_calendar(
            desk, check_closure(ClosureRecorded(first=first, last=last, reason=reason))
        )
    _report(moves, f"已记录停办 {first} 至 {last}")


@app.command(cls=Command)
def reopen(ctx: typer.Context, first: First, last: Last, reason: Reason) -> None:
    """撤销停办记录；未履行的期限重新计算。

    例：xfctl calendar reopen 2026-12-08 2026-12-08 --reason 提前恢复供电
    """
    from xfctl.app.office import change_calendar
    from xfctl.domain.office_calendar import ClosureWithdrawn, check_closure

    with session_of(ctx).desk() as desk:
        moves = change_calendar(
            desk, check_closure(ClosureWithdrawn(first=first, last=last, reason=reason))
        )
    _report(moves, f"已撤销停办 {first} 至 {last}")


@app.command(cls=Command)
def refresh(ctx: typer.Context) -> None:
    """按现在的日历重算未履行的期限，用在升级了放假数据之后。

    例：xfctl calendar refresh
    """
    from xfctl.app.office import recount
    from xfctl.workdays.days import package_version

    with session_of(ctx).desk() as desk:
        moves = recount(desk, f"按现行日历重算（{package_version()}）")
    _report(moves, "已重算")


def _report(moves: list[DueDateMove], done: str) -> None:
    from xfctl.output.show import show
    from xfctl.reports.calendar import moves_table

    if moves:
        show(moves_table(moves), Format.TABLE)
    say(f"{done}，{len(moves)} 项未履行的期限有变动。")
