"""The noun ``letter`` (文书): Word files for units and petitioners, each on record by its hash."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.account_words import AccountNumber
from xfctl.cli.chinese import Command, new_app
from xfctl.cli.letter_shared import Making, letter_to_petitioner, templates_folder
from xfctl.cli.options import Number, On, Output, SupervisionNumber, UnitOption
from xfctl.cli.session import say, session_of
from xfctl.cli.words import member_argument
from xfctl.domain import letters
from xfctl.domain.classification import LetterKind

app = new_app(
    "文书：交办函、督办函、告知书、答复意见书，按收件人遮盖，发出即记入账本。",
    "xfctl letter assign XF2026-0001 A15 -o 交办函.docx",
)

Document = Annotated[
    str | None,
    typer.Option("--document", metavar="文号", help="发文字号；不写的留空，由人填写。"),
]
Content = Annotated[
    str | None,
    typer.Option("--content", metavar="内容", help="另拟的内容，代替账本里的事项、理由或意见。"),
]
Reveal = Annotated[
    str | None,
    typer.Option(
        "--reveal", metavar="理由", help="写明信访人全名；理由和查看人记入账本（细则 7）。"
    ),
]


@app.command(cls=Command)
def assign(
    ctx: typer.Context,
    number: Number,
    unit: UnitOption = None,
    document: Document = None,
    content: Content = None,
    on: On = None,
    output: Output = None,
) -> None:
    """交办函，给承办单位：信访人只写遮盖的姓名；检举控告不写姓名，给被反映单位的连内容也不写。

    例：xfctl letter assign XF2026-0001；xfctl letter assign XF2026-0001 --document 示例信〔2026〕8号 -o 交办.docx
    """
    from xfctl.domain.case_facts import LetterSent
    from xfctl.ledger.load import CASES

    making = Making(ctx, LetterKind.ASSIGN, number, document, content, on, output)
    with making.desk() as desk:
        case, who = desk.case(number), desk.masked(number)
        code = desk.units.find(unit).code if unit is not None else None
        barred = desk.units_barred(case, [each.unit for each in case.active], making.wanted.on)
        letter = letters.assign_letter(case, code, who, making.wanted, desk.world, barred=barred)
        making.send(desk, CASES, letter, LetterSent)
    making.tell()


@app.command(cls=Command)
def supervise(
    ctx: typer.Context,
    number: SupervisionNumber,
    document: Document = None,
    content: Content = None,
    on: On = None,
    output: Output = None,
) -> None:
    """督办函，给被督办单位：情形、第几次、回复期限；不写信访人。

    例：xfctl letter supervise DB2026-0001 --document 示例信〔2026〕9号
    """
    from xfctl.domain.supervision import SupervisionLetterSent
    from xfctl.ledger.load import SUPERVISIONS
    from xfctl.ledger.supervision_lists import times_supervised

    making = Making(ctx, LetterKind.SUPERVISE, number, document, content, on, output)
    with making.desk() as desk:
        state = desk.get(SUPERVISIONS, number)
        matters = [desk.case(each) for each in state.entry.cases]
        nth = times_supervised(desk.writer.connection, state)
        wanted, unit = making.wanted, [state.entry.unit]
        accusing = [each.number for each in matters if desk.units_barred(each, unit, wanted.on)]
        letter = letters.supervise_letter(
            state, matters, nth, wanted, desk.world, accusing=accusing
        )
        making.send(desk, SUPERVISIONS, letter, SupervisionLetterSent)
    making.tell()


@app.command(cls=Command)
def account(
    ctx: typer.Context,
    number: AccountNumber,
    document: Document = None,
    reveal: Annotated[
        str | None,
        typer.Option(
            "--reveal", metavar="理由", help="写明责任人全名；理由和查看人记入账本（细则 7）。"
        ),
    ] = None,
    on: On = None,
    output: Output = None,
) -> None:
    """责任追究决定通知书，给单位：依据、方式、整改期限、评优、申诉（细则 14–20）；姓名默认遮盖。

    例：xfctl letter account ZZ2026-0001 --reveal 送达决定
    """
    from xfctl.app.accounts import persons_shown
    from xfctl.domain.accountability.facts import AccountLetterSent
    from xfctl.domain.accountability.letter import account_letter
    from xfctl.ledger.load import ACCOUNTABILITIES

    making = Making(ctx, LetterKind.ACCOUNT, number, document, None, on, output)
    with making.desk() as desk:
        state = desk.get(ACCOUNTABILITIES, number)
        names = persons_shown(desk, state, reveal)
        letter = account_letter(state, names, making.wanted, desk.world)
        making.send(desk, ACCOUNTABILITIES, letter, AccountLetterSent)
    making.tell()


@app.command(cls=Command)
def accept(
    ctx: typer.Context,
    number: Number,
    document: Document = None,
    reveal: Reveal = None,
    on: On = None,
    output: Output = None,
) -> None:
    """受理告知书，给信访人（条例 22–23）；姓名默认遮盖。

    例：xfctl letter accept XF2026-0001 --reveal 寄送受理告知书
    """
    making = Making(ctx, LetterKind.ACCEPT, number, document, None, on, output)
    letter_to_petitioner(making, reveal, letters.accept_letter)


@app.command(cls=Command)
def decline(
    ctx: typer.Context,
    number: Number,
    document: Document = None,
    content: Content = None,
    reveal: Reveal = None,
    on: On = None,
    output: Output = None,
) -> None:
    """不予受理告知书，给信访人：理由和法定途径（条例 22–23）；姓名默认遮盖。

    例：xfctl letter decline XF2026-0001 --reveal 寄送不予受理告知书
    """
    making = Making(ctx, LetterKind.DECLINE, number, document, content, on, output)
    letter_to_petitioner(making, reveal, letters.decline_letter)


@app.command(cls=Command)
def extend(
    ctx: typer.Context,
    number: Number,
    document: Document = None,
    content: Content = None,
    reveal: Reveal = None,
    on: On = None,
    output: Output = None,
) -> None:
    """延期告知书，给信访人：延长几日、到哪一天、理由（条例 34）；姓名默认遮盖。

    例：xfctl letter extend XF2026-0001 --reveal 寄送延期告知书
    """
    making = Making(ctx, LetterKind.EXTEND, number, document, content, on, output)
    letter_to_petitioner(making, reveal, letters.extend_letter)


@app.command(cls=Command)
def reply(
    ctx: typer.Context,
    number: Number,
    document: Document = None,
    content: Content = None,
    reveal: Reveal = None,
    on: On = None,
    output: Output = None,
) -> None:
    """答复意见书，给信访人：处理意见、结论、申请复查的期限（细则 8(5)、条例 35）；姓名默认遮盖。

    例：xfctl letter reply XF2026-0001 --reveal 寄送答复意见书
    """
    making = Making(ctx, LetterKind.REPLY, number, document, content, on, output)
    letter_to_petitioner(making, reveal, letters.reply_letter)


@app.command(cls=Command)
def template(
    ctx: typer.Context,
    kind: Annotated[LetterKind, member_argument(LetterKind, "文书", "文书")],
) -> None:
    """把一种文书的内置模板放到账本旁的 letters 目录，供修改；以后用修改过的。输出它的路径。

    例：xfctl letter template 交办函；xfctl letter template reply
    """
    from xfctl.disk import PRIVATE_FOLDER
    from xfctl.output.files import write_new
    from xfctl.output.letter_file import built_in
    from xfctl.output.streams import write_stdout

    folder = templates_folder(session_of(ctx))
    target = folder / f"{kind.value}.docx"
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    write_new(target, built_in(kind.value))
    write_stdout(f"{target}\n")
    say("请用 Word 修改；字段写在两层大括号里，见 docs/reference.md。")
