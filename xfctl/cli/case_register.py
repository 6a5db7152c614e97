"""Registering a matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.ask import choice
from xfctl.cli.case_shared import Taken, tell
from xfctl.cli.options import On, complete_number, complete_unit, read_date
from xfctl.cli.private import ACCUSED, PETITIONER, Ask, either, told_privately
from xfctl.cli.session import say, session_of
from xfctl.cli.words import CategoryOption, ChannelOption, PurposeOption
from xfctl.domain.classification import Channel, Purpose, Relation

if TYPE_CHECKING:
    from xfctl.ledger.petitioners import Earlier


def register(
    ctx: typer.Context,
    summary: Annotated[
        str, typer.Argument(metavar="事项", help="一句话说明反映的问题；不要写姓名、电话。")
    ],
    number: Annotated[
        str, typer.Option("--number", metavar="编号", help="自定编号，默认按年顺编 XF2026-0001。")
    ] = "",
    on: On = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    category: CategoryOption = None,
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
    signatories: Annotated[
        list[str] | None,
        typer.Option("--signatory", metavar="姓名", help="联名人姓名（保密），可多次给出。"),
    ] = None,
    petitioner_file: Annotated[
        Path | None,
        typer.Option(
            "--petitioner-file",
            metavar="文件",
            help="身份写在文件里，每行一项：姓名、电话、身份证号、住址、联名人，检举控告还有被反映人；- 为标准输入。",
        ),
    ] = None,
    ask: Ask = False,
    accused: Annotated[
        list[str] | None,
        typer.Option(
            "--accused", metavar="姓名", help="检举控告的被反映人姓名（保密），可多次给出。"
        ),
    ] = None,
    superior: Annotated[
        str | None,
        typer.Option("--superior", metavar="单位", help="上级转来：上级单位名称（细则 8(7)）。"),
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="文号", help="上级来文的文号。")
    ] = None,
    superior_due: Annotated[
        date | None,
        typer.Option(
            "--superior-due", metavar="日期", parser=read_date, help="上级要求报告的日期。"
        ),
    ] = None,
    link: Annotated[
        str | None,
        typer.Option(
            "--link",
            metavar="编号",
            help="是这件的重复信访，登记并关联。",
            autocompletion=complete_number,
        ),
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="不是重复信访，照常登记。")] = False,
    note: Annotated[str | None, typer.Option("--note", metavar="备注", help="备注。")] = None,
) -> None:
    """登记一件信访事项，输出它的编号；同一信访人的相似事项会先列出，用 --link 或 --new 决定。

    写在命令行上的姓名、电话会留在历史记录里，同一台电脑上的人也看得见；请用 --ask 或 --petitioner-file。

    例：xfctl case register 宿舍热水供应时段与公示不符 --channel 来信 --persons 3；xfctl case register 食堂价格 --ask
    """
    from xfctl.domain.case_facts import CaseRegistered, Superior
    from xfctl.domain.identity import Identity
    from xfctl.errors import InputRefusedError
    from xfctl.output.streams import write_stdout

    session = session_of(ctx)
    # Whom a matter accuses is asked for only where one does (细则 13(8)).
    labels = PETITIONER | ACCUSED if purpose is Purpose.ACCUSATION else PETITIONER
    told = told_privately(petitioner_file, ask, labels, ["signatories", "accused"])
    identity = Identity(
        name=either(petitioner, told.get("name", []), "姓名"),
        phone=either(phone, told.get("phone", []), "电话"),
        id_number=either(id_number, told.get("id_number", []), "身份证号"),
        address=either(address, told.get("address", []), "住址"),
    )
    others = [Identity(name=each) for each in (*(signatories or ()), *told.get("signatories", ()))]
    if superior is None and (document or superior_due):
        raise InputRefusedError(
            "写了 --document 或 --superior-due，请同时用 --superior 写明上级单位。"
        )
    with session.desk() as desk:
        entry = CaseRegistered(
            number=number,
            summary=summary,
            first_responder=first_responder or session.actor,
            channel=channel or (Channel.SUPERIOR if superior else None),
            purpose=purpose,
            category=category,
            demand=demand,
            persons=persons,
            leapfrog=leapfrog,
            joint=joint or bool(others),
            anonymous=anonymous,
            involved=tuple(desk.units.find(each).code for each in involved or ()),
            superior=Superior(superior, document, superior_due) if superior else None,
            note=note,
        )
        if any(each.named_in((summary, demand, note)) for each in (identity, *others)):
            raise InputRefusedError(
                "事项、诉求或备注里写有信访人的姓名、电话或身份证号，写进账本就删不掉了（细则 7）；"
                "请改写后重试，信访人只写在 --petitioner 等选项里。"
            )
        if link is None and not new and identity:
            link = _asked_about(desk.alike(summary, identity))
        about = [Identity(name=each) for each in (*(accused or ()), *told.get("accused", ()))]
        registered = desk.register(
            on or session.today, entry, identity, signatories=others, accused=about
        )
        if link:
            desk.link(registered.number, link, Relation.REPEATS)
        taken = Taken(None, registered, desk.world.calendar)
    number = registered.number
    write_stdout(f"{number}\n")
    repeat = f"，是 {link} 的重复信访" if link else ""
    following = f"下一步：xfctl case accept {number}，或 xfctl case assign {number} 单位。"
    tell(ctx, f"已登记，登记日期 {registered.registered_on}{repeat}", taken, following)


def _asked_about(candidates: list[Earlier]) -> str | None:
    """Which earlier matter this one repeats, by the officer's word; None if it is new.

    Raises InputRefusedError where there is nobody to ask.
    """
    if not candidates:
        return None
    say("同一信访人有相似的事项：")
    for number, each in enumerate(candidates, start=1):
        say(f"  {number}. {each.number}，{each.registered_on} 登记，{each.summary}")
    return choice(
        f"是哪一件的重复信访？输入 1–{len(candidates)}，不是重复直接回车：",
        [each.number for each in candidates],
        "请加 --link 编号（是重复信访）或 --new（不是）重新执行。",
    )
