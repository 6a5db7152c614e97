"""Matters from above, major matters, relations, files, notes, corrections, closing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.case_shared import Taken, desk_for, take, tell, warnings_of
from xfctl.cli.options import Number, On, Reason, complete_number, complete_unit, read_date
from xfctl.cli.session import day, say, session_of
from xfctl.cli.words import CategoryOption, ChannelOption, PurposeOption, member_option
from xfctl.domain.classification import Channel, Relation
from xfctl.domain.steps.above import MarkMajor, ObjectToReferral, ReportToLeader, ReportUp
from xfctl.domain.steps.closing import CloseCase, ReopenCase
from xfctl.domain.steps.relations import AddNote, AttachFile, RecordVisit, UnlinkCases

Other = Annotated[
    str,
    typer.Argument(metavar="另一编号", help="另一件事项的编号。", autocompletion=complete_number),
]
# How a link reads between the two numbers.
_LINKED = {
    Relation.REPEATS: "{} 是 {} 的重复信访",
    Relation.DUPLICATES: "{} 与 {} 是重复登记的同一件",
    Relation.SPLIT_FROM: "{} 拆分自 {}",
}


def object_(ctx: typer.Context, number: Number, reason: Reason, on: On = None) -> None:
    """对上级转来但不属本校职权的事项提出异议，5 个工作日内（条例 23）。

    例：xfctl case object XF2026-0001 --reason 不属本校职权
    """
    command = ObjectToReferral(number=number, on=day(ctx, on), reason=reason)
    tell(ctx, "已记录异议", take(ctx, command))


def report_up(
    ctx: typer.Context,
    number: Number,
    on: On = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="文号", help="报告的文号。")
    ] = None,
) -> None:
    """记录向上级部门报告办理情况（细则 8(7)）。

    例：xfctl case report-up XF2026-0001 --document 校信〔2026〕1号
    """
    command = ReportUp(number=number, on=day(ctx, on), document=document)
    tell(ctx, "已记录向上级报告", take(ctx, command))


def major(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="理由", help="标为重大紧急事项的理由。")
    ] = None,
    leader: Annotated[
        str | None, typer.Option("--reported-to", metavar="领导", help="已向哪位校领导报告。")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="时刻", help="报告的时刻，如 09:30。")
    ] = None,
    on: On = None,
) -> None:
    """标为重大紧急事项，记录向分管校领导和学校主要领导的报告（细则 8(4)）。

    例：xfctl case major XF2026-0001 --reason 涉及人数多 --reported-to 分管校领导 --at 09:30
    """
    from xfctl.errors import InputRefusedError

    if reason is None and leader is None:
        raise InputRefusedError("请用 --reason 写明理由，或用 --reported-to 记录向谁报告。")
    if at is not None and leader is None:
        raise InputRefusedError("写了 --at，请同时用 --reported-to 写明向哪位校领导报告。")
    with desk_for(ctx, number) as (desk, _):
        if reason is not None:
            desk.step(MarkMajor(number=number, on=day(ctx, on), reason=reason))
        if leader is not None:
            desk.step(ReportToLeader(number=number, on=day(ctx, on), leader=leader, at=at))
    marked = ["已标为重大紧急"] if reason is not None else []
    told = f"已记录向{leader}报告" if leader else "请尽快向校领导报告，并用 --reported-to 记录"
    say(f"事项 {number} {'，'.join([*marked, told])}。")


def visit(
    ctx: typer.Context,
    number: Number,
    persons: Annotated[
        int, typer.Option("--persons", metavar="人数", min=1, help="这一批几人。")
    ] = 1,
    channel: Annotated[
        Channel, member_option("--channel", Channel, "形式", "信访形式", "默认来访")
    ] = Channel.VISIT,
    note: Annotated[str | None, typer.Option("--note", metavar="备注", help="备注。")] = None,
    on: On = None,
) -> None:
    """同一事项再次来访（来信、来电）：多一批次，不另立事项。

    例：xfctl case visit XF2026-0001 --persons 8
    """
    command = RecordVisit(
        number=number, on=day(ctx, on), channel=channel, persons=persons, note=note
    )
    from xfctl.reports.case_cover import batches

    counted = batches(take(ctx, command).after)
    say(f"已记录再次{channel.label} {persons} 人，至此 {counted}。")


def link(
    ctx: typer.Context,
    number: Number,
    other: Other,
    relation: Annotated[
        Relation, member_option("--as", Relation, "关系", "关系", "默认重复信访")
    ] = Relation.REPEATS,
) -> None:
    """关联两件事项：重复信访，或同一件被登记了两次。

    例：xfctl case link XF2026-0009 XF2026-0001；xfctl case link XF2026-0009 XF2026-0001 --as 与之重复登记
    """
    with session_of(ctx).desk() as desk:
        desk.link(number, other, relation)
    say(f"已记录：{_LINKED[relation].format(number, other)}。")


def unlink(ctx: typer.Context, number: Number, other: Other, reason: Reason) -> None:
    """撤销两件事项的关联。

    例：xfctl case unlink XF2026-0009 XF2026-0001 --reason 并非同一事项
    """
    command = UnlinkCases(number=number, on=session_of(ctx).today, other=other, reason=reason)
    tell(ctx, f"已撤销 {number} 与 {other} 的关联", take(ctx, command))


def split(
    ctx: typer.Context,
    number: Number,
    summaries: Annotated[
        list[str], typer.Argument(metavar="事项", help="信中另外的事项，每件一句话。")
    ],
) -> None:
    """把一封信里的几件事拆开，各立一件并关联；输出新编号。

    例：xfctl case split XF2026-0001 食堂价格 校车班次
    """
    from xfctl.output.streams import write_stdout

    with session_of(ctx).desk() as desk:
        parts = desk.split(number, summaries)
    write_stdout("".join(f"{part.number}\n" for part in parts))
    say(f"已从 {number} 拆出 {len(parts)} 件，登记日期相同。")


def attach(
    ctx: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="文件", help="要存入的文件。")],
    on: On = None,
) -> None:
    """存入附件：复制到账本旁的 .files 目录，记下名称、大小和 SHA-256。

    例：xfctl case attach XF2026-0001 答复书.pdf
    """
    from xfctl.ledger.attachments import keeping

    with desk_for(ctx, number) as (desk, _), keeping(session_of(ctx).path, file) as found:
        desk.step(
            AttachFile(
                number=number,
                on=day(ctx, on),
                name=file.name,
                size=found.size,
                sha256=found.sha256,
            )
        )
    say(f"已存入附件「{file.name}」，{found.size} 字节，SHA-256 {found.sha256[:12]}…。")


def note(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(metavar="内容", help="备注内容；不要写姓名、电话。")],
    on: On = None,
) -> None:
    """添一条备注。

    例：xfctl case note XF2026-0001 已与单位电话沟通
    """
    take(ctx, AddNote(number=number, on=day(ctx, on), text=text))
    say("已添加备注。")


def correct(
    ctx: typer.Context,
    number: Number,
    seq: Annotated[
        int, typer.Argument(metavar="序号", min=1, help="xfctl log 编号 所示的事件序号。")
    ],
    reason: Reason,
    right_date: Annotated[
        date | None,
        typer.Option("--date", metavar="日期", parser=read_date, help="正确的发生日期。"),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="单位",
            help="正确的责任单位（交办）。",
            autocompletion=complete_unit,
        ),
    ] = None,
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="事项", help="正确的事项（登记）。")
    ] = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    category: CategoryOption = None,
    persons: Annotated[
        int | None, typer.Option("--persons", metavar="人数", min=1, help="正确的人数（登记）。")
    ] = None,
    involved: Annotated[
        list[str] | None,
        typer.Option(
            "--involved",
            metavar="单位",
            help="正确的涉及单位（登记），可多次给出。",
            autocompletion=complete_unit,
        ),
    ] = None,
    content: Annotated[
        str | None, typer.Option("--content", metavar="内容", help="正确的内容（反馈、意见）。")
    ] = None,
) -> None:
    """更正一条记错的事实：写明理由，原记录保留，期限随之重算。

    例：xfctl case correct XF2026-0001 12 --date 2026-11-09 --reason 收件日期看错
    """
    from xfctl.domain.steps.correction import CorrectFact

    given = {
        "summary": summary,
        "channel": channel,
        "purpose": purpose,
        "category": category,
        "persons": persons,
        "content": content,
    }
    changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    with desk_for(ctx, number) as (desk, before):
        if unit is not None:
            recorded = (each.occurred_on for each in before.history if each.seq == seq)
            then = right_date or next(recorded, session_of(ctx).today)
            found = desk.units.acting(unit, then)
            changes |= {"unit": found.code, "unit_name": found.name_on(then)}
        if involved:
            changes["involved"] = tuple(desk.units.find(each).code for each in involved)
        command = CorrectFact(
            number=number,
            on=session_of(ctx).today,
            seq=seq,
            reason=reason,
            right_date=right_date,
            changes=changes,
        )
        taken = Taken(before, desk.step(command), desk.world.calendar)
    tell(ctx, f"已更正事项 {number} 的第 {seq} 条事件", taken, *warnings_of(ctx, number))


def close(
    ctx: typer.Context,
    number: Number,
    on: On = None,
    result: Annotated[
        str | None, typer.Option("--result", metavar="结果", help="办理结果。")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="理由", help="尚有义务未履行而先办结的理由。")
    ] = None,
) -> None:
    """办结；尚有未履行义务的须写明理由，期限继续计算。

    例：xfctl case close XF2026-0001 --result 已解决
    """
    command = CloseCase(number=number, on=day(ctx, on), result=result, reason=reason)
    tell(ctx, f"事项 {number} 已办结", take(ctx, command))


def reopen(ctx: typer.Context, number: Number, reason: Reason, on: On = None) -> None:
    """重启已办结、不予受理或不再受理的事项；以前的逾期留在记录里。

    例：xfctl case reopen XF2026-0001 --reason 发现新情况
    """
    command = ReopenCase(number=number, on=day(ctx, on), reason=reason)
    tell(ctx, f"事项 {number} 已重启", take(ctx, command))
