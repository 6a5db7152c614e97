"""Commands about petition matters (信访事项)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import (
    DryRun,
    FormatOption,
    Mapping,
    Number,
    On,
    Output,
    UnitArgument,
    UnitOption,
    complete_unit,
    read_date,
)
from xfctl.cli.session import calendar_of, say, session_of
from xfctl.domain.classification import Channel, FeedbackForm, Purpose
from xfctl.domain.lifecycle import Stage
from xfctl.output.formats import Format

app = new_app("信访事项：从登记到办结的每一步。")


def _channel(text: str) -> Channel:
    from xfctl.intake.labels import member_named

    return member_named(Channel, text, "信访形式")


def _purpose(text: str) -> Purpose:
    from xfctl.intake.labels import member_named

    return member_named(Purpose, text, "信访目的")


def _form(text: str) -> FeedbackForm:
    from xfctl.intake.labels import member_named

    return member_named(FeedbackForm, text, "反馈形式")


def _stage(text: str) -> Stage:
    from xfctl.intake.labels import stage_named

    return stage_named(text)


@app.command(cls=Command)
def register(
    ctx: typer.Context,
    summary: Annotated[
        str, typer.Argument(metavar="事项", help="一句话说明反映的问题；不要写姓名、电话。")
    ],
    number: Annotated[
        str, typer.Option("--number", metavar="编号", help="自定编号，默认按年顺编 XF2026-0001。")
    ] = "",
    on: On = None,
    channel: Annotated[
        Channel | None,
        typer.Option(
            "--channel", metavar="形式", parser=_channel, help=f"信访形式：{Channel.labels()}。"
        ),
    ] = None,
    purpose: Annotated[
        Purpose | None,
        typer.Option(
            "--purpose", metavar="目的", parser=_purpose, help=f"信访目的：{Purpose.labels()}。"
        ),
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="类别", help="问题类别，如 后勤收费。")
    ] = None,
    demand: Annotated[
        str | None, typer.Option("--demand", metavar="诉求", help="信访人的诉求。")
    ] = None,
    persons: Annotated[
        int, typer.Option("--persons", metavar="人数", min=1, help="人数；5 人以上为集体。")
    ] = 1,
    first_responder: Annotated[
        str | None,
        typer.Option(
            "--first-responder", metavar="姓名", help="首问责任人，默认操作人（细则 6）。"
        ),
    ] = None,
    involved: Annotated[
        list[str] | None,
        typer.Option(
            "--involved",
            metavar="单位",
            help="涉及单位，可多次给出。",
            autocompletion=complete_unit,
        ),
    ] = None,
    leapfrog: Annotated[bool, typer.Option("--leapfrog", help="越级。")] = False,
    joint: Annotated[bool, typer.Option("--joint", help="联名。")] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="匿名。")] = False,
    petitioner: Annotated[
        str | None, typer.Option("--petitioner", metavar="姓名", help="信访人姓名（保密）。")
    ] = None,
    phone: Annotated[
        str | None, typer.Option("--phone", metavar="电话", help="联系电话（保密）。")
    ] = None,
    id_number: Annotated[
        str | None, typer.Option("--id-number", metavar="号码", help="身份证号（保密）。")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--address", metavar="住址", help="住址（保密）。")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="备注", help="备注。")] = None,
) -> None:
    """登记一件信访事项，输出它的编号。

    例：xfctl case register 宿舍热水供应时段与公示不符 --channel 来信 --persons 3
    """
    from xfctl.domain.case import CaseRegistered
    from xfctl.domain.identity import Identity
    from xfctl.output.streams import write_stdout

    session = session_of(ctx)
    identity = Identity(petitioner, phone, id_number, address)
    with session.desk() as desk:
        entry = CaseRegistered(
            number=number,
            summary=summary,
            first_responder=first_responder or session.actor,
            channel=channel,
            purpose=purpose,
            category=category,
            demand=demand,
            persons=persons,
            leapfrog=leapfrog,
            joint=joint,
            anonymous=anonymous,
            involved=tuple(desk.units.find(each).code for each in involved or ()),
            note=note,
        )
        registered = desk.register(on or session.today, entry, identity)
    write_stdout(f"{registered.number}\n")
    say(
        f"已登记，登记日期 {registered.registered_on}；下一步：xfctl case assign {registered.number} 单位。"
    )


@app.command(cls=Command)
def assign(ctx: typer.Context, number: Number, unit: UnitArgument, on: On = None) -> None:
    """交办给责任单位；书面反馈期限从收件日起算，未记收件的从交办日起算（细则 11(1)）。

    例：xfctl case assign XF2026-0001 后勤保障部 --on 2026-11-20
    """
    from xfctl.domain.case_commands import AssignCase

    session = session_of(ctx)
    with session.desk() as desk:
        found = desk.units.find(unit)
        case = desk.step(AssignCase(number, on or session.today, found.code, found.name))
    say(f"已交办给{found.name}；{_due_phrase(case.obligations[-1])}")


@app.command(cls=Command)
def receive(ctx: typer.Context, number: Number, on: On = None, unit: UnitOption = None) -> None:
    """记录责任单位收件；期限改从收件日起算。

    例：xfctl case receive XF2026-0001 --on 2026-11-21
    """
    from xfctl.domain.case_commands import ReceiveCase

    session = session_of(ctx)
    with session.desk() as desk:
        code = desk.units.find(unit).code if unit is not None else None
        before = desk.case(number)
        case = desk.step(ReceiveCase(number, on or session.today, code))
    moved = [
        new for old, new in zip(before.obligations, case.obligations, strict=True) if old != new
    ]
    say("已记录收件；" + "".join(map(_due_phrase, moved or case.obligations[-1:])))


@app.command(cls=Command)
def feedback(
    ctx: typer.Context,
    number: Number,
    form: Annotated[
        FeedbackForm,
        typer.Option(
            "--form",
            metavar="形式",
            parser=_form,
            help="书面 written、口头 oral、电话 phone；只有书面停止计时。",
        ),
    ],
    on: On = None,
    unit: UnitOption = None,
    content: Annotated[
        str | None, typer.Option("--content", metavar="内容", help="反馈内容摘要。")
    ] = None,
) -> None:
    """记录责任单位的反馈；只有书面反馈才履行期限义务（细则 11(1)）。

    例：xfctl case feedback XF2026-0001 --form 书面 --content 已调整供水时段
    """
    from xfctl.domain.case_commands import GiveFeedback
    from xfctl.reports.cases import standing_text

    session = session_of(ctx)
    with session.desk() as desk:
        code = desk.units.find(unit).code if unit is not None else None
        case = desk.step(GiveFeedback(number, on or session.today, form, code, content))
        answered = case.obligation_of(case.feedbacks[-1].assignment)
        standing = standing_text(answered, session.today, desk.world.calendar)
    if form is FeedbackForm.WRITTEN:
        say(f"已记录书面反馈：{standing}。")
    else:
        say(f"已记录{form.label}反馈，仍须书面反馈，{standing}；{_due_phrase(answered)}")


@app.command(cls=Command)
def close(
    ctx: typer.Context,
    number: Number,
    on: On = None,
    result: Annotated[
        str | None, typer.Option("--result", metavar="结果", help="办理结果。")
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="理由", help="单位尚未书面反馈而先办结的理由。"),
    ] = None,
) -> None:
    """办结一件事项；单位尚欠书面反馈的须写明理由，反馈期限继续计算。

    例：xfctl case close XF2026-0001 --result 已解决
    """
    from xfctl.domain.case_commands import CloseCase

    session = session_of(ctx)
    with session.desk() as desk:
        desk.step(CloseCase(number, on or session.today, result, reason))
    say(f"事项 {number} 已办结。")


@app.command(cls=Command)
def show(
    ctx: typer.Context,
    number: Number,
    reveal: Annotated[
        str | None,
        typer.Option(
            "--reveal", metavar="理由", help="显示信访人身份；理由和查看人记入账本（细则 7）。"
        ),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """像案卷封面一样显示一件事项：要素、期限、经过、下一步。

    例：xfctl case show XF2026-0001；xfctl case show XF2026-0001 --reveal 电话回访
    """
    from xfctl.cli.emit import check_format, emit_all
    from xfctl.ledger.load import case_and_identity
    from xfctl.reports.cases import cover_tables

    check_format(format)
    session = session_of(ctx)
    revealed = None
    if reveal is not None:
        with session.desk() as desk:
            revealed = desk.reveal(number, reveal)
    with session.reading() as ledger:
        case, identity = case_and_identity(ledger.connection, number)
        shown = revealed or identity.masked()
        emit_all(cover_tables(case, shown, session.today, calendar_of(ledger)), format)


@app.command(cls=Command)
def explain(ctx: typer.Context, number: Number, format: FormatOption = Format.TABLE) -> None:
    """逐日说明期限怎样算出、是否逾期、依据哪一条。

    例：xfctl case explain XF2026-0001
    """
    from xfctl.cli.emit import emit_all
    from xfctl.errors import RuleRefusedError
    from xfctl.ledger.load import case_and_identity
    from xfctl.reports.explanation import explanation_tables

    session = session_of(ctx)
    with session.reading() as ledger:
        case, _ = case_and_identity(ledger.connection, number)
        if not case.obligations:
            raise RuleRefusedError(
                f"事项 {number} 还没有交办，没有期限可以说明；请先用 xfctl case assign 交办。"
            )
        emit_all(explanation_tables(case, session.today, calendar_of(ledger)), format)


@app.command("list", cls=Command)
def list_(
    ctx: typer.Context,
    unit: UnitOption = None,
    stage: Annotated[
        Stage | None,
        typer.Option(
            "--stage", metavar="状态", parser=_stage, help="已登记、交办中、已反馈、已办结。"
        ),
    ] = None,
    first: Annotated[
        date | None,
        typer.Option("--from", metavar="日期", parser=read_date, help="登记日期不早于。"),
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", metavar="日期", parser=read_date, help="登记日期不晚于。")
    ] = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出事项；不含信访人身份。

    例：xfctl case list --unit 后勤保障部 --stage 交办中
    """
    from xfctl.cli.emit import emit
    from xfctl.domain.unit import UnitDirectory
    from xfctl.ledger import queries
    from xfctl.reports.cases import list_table

    with session_of(ctx).reading() as ledger:
        connection = ledger.connection
        code = (
            UnitDirectory(queries.units(connection)).find(unit).code if unit is not None else None
        )
        lines = queries.cases(connection, unit=code, stage=stage, first=first, last=last)
        emit(list_table(lines), format, output)


@app.command("import", cls=Command)
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="现有台账：CSV（UTF-8 或 GB18030）或 xlsx。")
    ],
    mapping: Mapping = None,
    unit: UnitOption = None,
    dry_run: DryRun = False,
) -> None:
    """导入已有的台账；有一行不对就全部不导入，并列出所有错误。重复导入不会重复登记。

    例：xfctl case import 台账.xlsx --dry-run；xfctl case import 留言.csv --map 编号=留言编号 --unit U01
    """
    from xfctl.cli.progress import progress
    from xfctl.intake.importer import import_register
    from xfctl.intake.labels import read_mapping
    from xfctl.intake.register import read_register

    session = session_of(ctx)
    with session.open(writable=True) as ledger:
        register = read_register(file, read_mapping(mapping or []))
        say(f"文件「{register.name}」按 {register.encoding} 读取，共 {len(register.rows)} 行。")
        if register.ignored_columns:
            say(f"没有用到的列：{'、'.join(register.ignored_columns)}。")
        with progress("导入", len(register.rows)) as advance:
            done = import_register(
                ledger, register, session.context(), unit=unit, dry_run=dry_run, progress=advance
            )
    verb = "可以登记" if dry_run else "新登记"
    say(
        f"{'检查通过，未写入：' if dry_run else ''}{verb} {done.added} 件，记录 {done.steps} 步；其余已在账本中。"
    )


def _due_phrase(owed: object) -> str:
    from xfctl.domain.obligation import Obligation

    assert isinstance(owed, Obligation)
    duty = owed.duty
    mark = "，暂定" if duty.provisional else ""
    return f"书面反馈期限 {duty.due_on}（{duty.article}，{duty.started_on} 起 {duty.length} {duty.unit.label}{mark}）。"
