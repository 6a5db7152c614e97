"""Supervision from ground to result."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.case_shared import Taken, desk_for, tell
from xfctl.cli.options import (
    FormatOption,
    Number,
    On,
    Output,
    Redacted,
    SupervisionNumber,
    UnitArgument,
    UnitOption,
    complete_number,
    complete_unit,
)
from xfctl.cli.session import calendar_of, day, say, session_of, unit_code
from xfctl.cli.words import complete_ground, complete_manner, member_option
from xfctl.domain.classification import SupervisionForm
from xfctl.output.formats import Format

Content = Annotated[str, typer.Option("--content", metavar="内容", help="做了什么，说了什么。")]
Scope = Annotated[str | None, typer.Option("--scope", metavar="范围", help="通报范围（细则 10）。")]
GroundOption = typer.Option(
    "--ground",
    metavar="项",
    autocompletion=complete_ground,
    help="督办情形：细则 11 的第几项，或其名称，可多次给出。",
)
FormList = member_option("--form", SupervisionForm, "形式", "督办形式", "可多次给出")


def due(
    ctx: typer.Context,
    unit: UnitOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="列出所有曾有的情形：自何日至何日，是否督办过。")
    ] = False,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出有督办情形而没有在办督办的事项：情形、自何日、证据；提示与已成立的分开（细则 11）。

    例：xfctl supervise due；xfctl supervise due --unit 后勤保障部；xfctl supervise due --all
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import queries, supervision_lists
    from xfctl.reports import grounds

    session = session_of(ctx)
    with session.reading() as ledger:
        connection = ledger.connection
        code = unit_code(connection, unit)
        if everything:
            lines = supervision_lists.grounds_ever(connection, session.today)
            mine = [each for each in lines if code in (None, each.unit)]
            emit(grounds.history_table(mine, session.today), format, output)
            return
        parameters = queries.parameters(connection)
        calendar = calendar_of(ledger)
        hints = grounds.suggestions(connection, session.today, parameters, calendar)
        table = grounds.due_table(
            grounds.due(connection, session.today, code),
            [each for each in hints if code in (None, each.line.unit)],
            session.today,
        )
    emit(table, format, output)


def find(
    ctx: typer.Context,
    number: Number,
    unit: UnitArgument,
    ground: Annotated[str, GroundOption],
    evidence: Annotated[str, typer.Option("--evidence", metavar="依据", help="依据什么认定。")],
    evasion: Annotated[
        str | None,
        typer.Option(
            "--evasion",
            metavar="哪一种",
            autocompletion=complete_manner,
            help="细则 11(3) 写明哪一种：推诿、敷衍、拖延、弄虚作假。",
            show_default=False,
        ),
    ] = None,
    on: On = None,
) -> None:
    """认定须由人判断的督办情形，写明依据；其余情形由账本自动得出。

    例：xfctl supervise find XF2026-0001 后勤保障部 --ground 3 --evasion 推诿 --evidence 两次以无关为由退回
    """
    from xfctl.domain.steps.grounds import FindGround, ground_named
    from xfctl.regulation.grounds import grounds

    with desk_for(ctx, number) as (desk, before):
        command = FindGround(
            number=number,
            on=day(ctx, on),
            ground=ground,
            unit=desk.units.find(unit).code,
            evidence=evidence,
            evasion=evasion,
        )
        taken = Taken(before, desk.step(command), desk.world.calendar)
    tell(ctx, f"已认定{ground_named(ground, grounds()).cited}", taken)


def open_(
    ctx: typer.Context,
    numbers: Annotated[
        list[str],
        typer.Argument(
            metavar="事项编号",
            help="一件或同一单位的几件。",
            autocompletion=complete_number,
        ),
    ],
    unit: Annotated[
        str,
        typer.Option("--unit", metavar="单位", help="被督办单位。", autocompletion=complete_unit),
    ],
    ground: Annotated[list[str], GroundOption],
    form: Annotated[list[SupervisionForm], FormList],
    tracker: Annotated[
        str | None,
        typer.Option(
            "--tracker", metavar="姓名", help="跟踪督办人，默认首办人（谁首次办理、谁跟踪督办）。"
        ),
    ] = None,
    joint: Annotated[
        list[str] | None,
        typer.Option("--joint", metavar="部门", help="会同部门，可多次给出（联合督查）。"),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            "--days", metavar="天数", min=1, max=60, help="几个工作日内回复，默认本单位参数。"
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="理由", help="理由；细则 11(7) 必须写。")
    ] = None,
    redacted: Redacted = None,
    on: On = None,
) -> None:
    """立项督办，可以一次督办同一单位的几件事项；输出督办编号，回复期限开始计算。

    例：xfctl supervise open XF2026-0001 --unit 后勤保障部 --ground 1 --form 电话
    """
    from xfctl.app.supervisions import supervise
    from xfctl.domain.supervision import OpenSupervision
    from xfctl.output.streams import write_stdout

    with session_of(ctx).desk() as desk:
        found = desk.units.find(unit)
        when = day(ctx, on)
        command = OpenSupervision(
            on=when,
            cases=tuple(dict.fromkeys(numbers)),
            unit=found.code,
            unit_name=found.name_on(when),
            grounds=tuple(ground),
            forms=tuple(form),
            tracker=tracker,
            days=days,
            joint=tuple(joint or ()),
            reason=reason,
            redacted=redacted,
        )
        opened = supervise(desk, command)
    write_stdout(f"{opened.number}\n")
    duty = opened.response.duty
    mark = "，暂定" if duty.provisional else ""
    say(
        f"已对{opened.entry.unit_name}立项督办，由{opened.entry.tracker}跟踪；回复期限 {duty.due_on}{mark}。"
    )


def act(
    ctx: typer.Context,
    number: SupervisionNumber,
    form: Annotated[
        SupervisionForm,
        member_option("--form", SupervisionForm, "形式", "督办形式"),
    ],
    content: Content,
    on: On = None,
) -> None:
    """记录一次督办行动。

    例：xfctl supervise act DB2026-0001 --form 电话 --content 催办，答应周五前书面回复
    """
    from xfctl.domain import supervision
    from xfctl.ledger.load import SUPERVISIONS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            SUPERVISIONS,
            number,
            lambda state, world: supervision.act(state, when, form, content, world),
        )
    say(f"已记录{form.label}。")


def respond(ctx: typer.Context, number: SupervisionNumber, content: Content, on: On = None) -> None:
    """记录单位对督办的回复；回复期限的义务到此履行。

    例：xfctl supervise respond DB2026-0001 --content 已书面反馈并整改
    """
    from xfctl.domain import supervision
    from xfctl.ledger.load import SUPERVISIONS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        state = desk.on(
            SUPERVISIONS,
            number,
            lambda state, world: supervision.respond(state, when, content, world),
        )
    late = "晚于期限" if state.response.is_late(when) else "按期"
    say(f"已记录回复，{late}（期限 {state.response.duty.due_on}）。")


def close(
    ctx: typer.Context,
    number: SupervisionNumber,
    result: Annotated[str, typer.Option("--result", metavar="结果", help="督办结果。")],
    scope: Scope = None,
    on: On = None,
) -> None:
    """督办办结，写明结果和通报范围。

    例：xfctl supervise close DB2026-0001 --result 已整改 --scope 各中层单位
    """
    from xfctl.domain import supervision
    from xfctl.ledger.load import SUPERVISIONS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            SUPERVISIONS,
            number,
            lambda state, world: supervision.close(state, when, result, scope, world),
        )
    say(f"督办 {number} 已办结。")


def list_(
    ctx: typer.Context,
    unit: UnitOption = None,
    case: Annotated[
        str | None,
        typer.Option(
            "--case", metavar="编号", help="只看这件事项的。", autocompletion=complete_number
        ),
    ] = None,
    only_open: Annotated[bool, typer.Option("--open", help="只看在办的。")] = False,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出督办；同一事项第几次督办一并列出。

    例：xfctl supervise list --open；xfctl supervise list --unit 后勤保障部
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger.supervision_lists import supervisions
    from xfctl.reports.supervision import list_table

    session = session_of(ctx)
    with session.reading() as ledger:
        code = unit_code(ledger.connection, unit)
        today = session.today
        on = today if only_open else None
        lines = supervisions(ledger.connection, unit=code, case=case, begun_by=today, open_on=on)
        emit(list_table(lines, session.today, calendar_of(ledger)), format, output)


def show(
    ctx: typer.Context,
    number: SupervisionNumber,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """显示一项督办：情形、形式、跟踪人、期限、经过、结果。

    例：xfctl supervise show DB2026-0001
    """
    from xfctl.cli.emit import emit_all
    from xfctl.ledger.load import SUPERVISIONS, load
    from xfctl.ledger.supervision_lists import times_supervised
    from xfctl.reports.supervision import cover_tables

    with session_of(ctx).reading() as ledger:
        state = load(ledger.connection, SUPERVISIONS, number)
        nth = times_supervised(ledger.connection, state)
    emit_all(cover_tables(state, nth), format, output)
