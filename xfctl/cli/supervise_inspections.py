"""Inspections (督查, 细则 10)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from msgspec.structs import replace

from xfctl.cli.options import FormatOption, On, Output, UnitArgument, complete_number_of, read_date
from xfctl.cli.session import day, say, session_of
from xfctl.cli.words import member_argument
from xfctl.domain.classification import InspectionSubject
from xfctl.output.formats import Format

InspectionNumber = Annotated[
    str,
    typer.Argument(
        metavar="督查编号", help="如 DC2026-0001。", autocompletion=complete_number_of("inspection")
    ),
]


def inspect(
    ctx: typer.Context,
    subject: Annotated[
        InspectionSubject,
        member_argument(InspectionSubject, "重点", "督查重点"),
    ],
    title: Annotated[str, typer.Argument(metavar="事由", help="督查什么。")],
    lead: Annotated[
        str | None, typer.Option("--lead", metavar="姓名", help="牵头人，默认操作人。")
    ] = None,
    departments: Annotated[
        list[str] | None, typer.Option("--joint", metavar="部门", help="会同部门，可多次给出。")
    ] = None,
    on: On = None,
) -> None:
    """开始一次督查：政策落实、信访积案化解、重要信访事项处理（细则 10）；输出督查编号。

    例：xfctl supervise inspect backlog 历年积案清理 --joint 学校办公室
    """
    from xfctl.domain.inspection import InspectionOpened, open_inspection
    from xfctl.ledger.load import INSPECTIONS
    from xfctl.output.streams import write_stdout

    session, when = session_of(ctx), day(ctx, on)
    entry = InspectionOpened(
        number="",
        subject=subject,
        title=title,
        lead=lead or session.actor,
        departments=tuple(departments or ()),
    )
    with session.desk() as desk:
        opened = desk.begin(
            INSPECTIONS,
            when,
            lambda number, world: open_inspection(replace(entry, number=number), when, world),
        )
    write_stdout(f"{opened.number}\n")
    say(f"已开始督查：{subject.label}，{title}。")


def inspect_find(
    ctx: typer.Context,
    number: InspectionNumber,
    unit: UnitArgument,
    content: Annotated[str, typer.Option("--content", metavar="内容", help="发现了什么。")],
    due_on: Annotated[
        date | None,
        typer.Option("--due", metavar="日期", parser=read_date, help="单位整改落实的期限。"),
    ] = None,
    on: On = None,
) -> None:
    """记录督查发现；写明期限的，单位负有整改落实的义务。

    例：xfctl supervise inspect-find DC2026-0001 后勤保障部 --content 台账不全 --due 2026-12-31
    """
    from xfctl.domain import inspection as rules
    from xfctl.ledger.load import INSPECTIONS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        found = desk.units.acting(unit, when)
        state = desk.on(
            INSPECTIONS,
            number,
            lambda state, world: rules.find(
                state, when, (found.code, found.name_on(when)), content, due_on, world
            ),
        )
    due = f"，落实期限 {due_on}" if due_on else ""
    say(f"已记录第 {len(state.findings)} 条发现：{found.name_on(when)}{due}。")


def follow_up(
    ctx: typer.Context,
    number: InspectionNumber,
    finding: Annotated[int, typer.Argument(metavar="序号", min=1, help="第几条发现。")],
    content: Annotated[str, typer.Option("--content", metavar="情况", help="怎样落实的。")],
    on: On = None,
) -> None:
    """记录单位对督查发现的整改落实。

    例：xfctl supervise inspect-follow-up DC2026-0001 1 --content 台账已补齐
    """
    from xfctl.domain import inspection as rules
    from xfctl.ledger.load import INSPECTIONS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            INSPECTIONS,
            number,
            lambda state, world: rules.follow_up(state, when, finding, content, world),
        )
    say(f"已记录第 {finding} 条发现的落实情况。")


def inspect_close(
    ctx: typer.Context,
    number: InspectionNumber,
    result: Annotated[str, typer.Option("--result", metavar="结果", help="督查结果。")],
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="范围", help="通报范围（细则 10）。")
    ] = None,
    on: On = None,
) -> None:
    """督查办结，写明结果和通报范围；未落实的发现仍须落实。

    例：xfctl supervise inspect-close DC2026-0001 --result 清理积案两件 --scope 各中层单位
    """
    from xfctl.domain import inspection as rules
    from xfctl.ledger.load import INSPECTIONS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            INSPECTIONS, number, lambda state, world: rules.close(state, when, result, scope, world)
        )
    say(f"督查 {number} 已办结。")


def inspections(
    ctx: typer.Context, format: FormatOption = Format.TABLE, output: Output = None
) -> None:
    """列出督查。

    例：xfctl supervise inspections
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import supervision_lists
    from xfctl.reports.inspections import list_table

    with session_of(ctx).reading() as ledger:
        emit(list_table(supervision_lists.inspections(ledger.connection)), format, output)


def inspection(
    ctx: typer.Context,
    number: InspectionNumber,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """显示一次督查：重点、会同部门、发现和落实、结果。

    例：xfctl supervise inspection DC2026-0001
    """
    from xfctl.cli.emit import emit_all
    from xfctl.ledger.load import INSPECTIONS, load
    from xfctl.reports.inspections import cover_tables

    with session_of(ctx).reading() as ledger:
        state = load(ledger.connection, INSPECTIONS, number)
    emit_all(cover_tables(state), format, output)
