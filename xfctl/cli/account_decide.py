"""Decisions and their carrying out (细则 14)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.account_words import (
    AccountNumber,
    MeasureFor,
    Override,
    Persons,
    by_measure,
    read_body,
    read_measure,
    read_measure_for,
    word_option,
)
from xfctl.cli.options import On, Reason, read_date
from xfctl.cli.session import day, say, session_of

ExplainBy = Annotated[
    date | None,
    typer.Option("--explain-by", metavar="日期", parser=read_date, help="说明情况的期限。"),
]
CriticiseBy = Annotated[
    date | None,
    typer.Option("--criticise-by", metavar="日期", parser=read_date, help="书面检查的期限。"),
]
Document = Annotated[str | None, typer.Option("--document", metavar="文号", help="文号。")]


def decide(
    ctx: typer.Context,
    number: AccountNumber,
    measure: Annotated[
        list[MeasureFor] | None,
        word_option(
            "--measure",
            "方式[=序号]",
            read_measure_for,
            "追究方式，可只对某几人，如 责令书面检查=2；可多次给出，默认按建议。",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        word_option("--by", "部门", read_body, "决定部门，可多次给出；默认按细则 14 有权的部门。"),
    ] = None,
    document: Document = None,
    rectify_by: Annotated[
        date | None,
        typer.Option(
            "--rectify-by", metavar="日期", parser=read_date, help="整改期限（细则 16、17）。"
        ),
    ] = None,
    explain_by: ExplainBy = None,
    criticise_by: CriticiseBy = None,
    override: Override = None,
    on: On = None,
) -> None:
    """记录对建议的决定：方式可单用或合用，期限成为义务；按细则 17 决定的，单位当年度不得评优。

    例：xfctl account decide ZZ2026-0001 --document 校办〔2026〕8号 --rectify-by 2026-12-31
    """
    from xfctl.domain.accountability import decision
    from xfctl.domain.accountability.decision import Decide
    from xfctl.ledger.load import ACCOUNTABILITIES
    from xfctl.reports.account_cover import decision_lines

    command = Decide(
        on=day(ctx, on),
        measures=by_measure(measure or ()),
        bodies=tuple(by or ()),
        document=document,
        deadlines=dated(
            rectification=rectify_by, explanation=explain_by, self_criticism=criticise_by
        ),
        override=override,
    )
    with session_of(ctx).desk() as desk:
        state = desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: decision.decide(state, command, world),
        )
    say("\n".join(decision_lines(state)))


def dated(**deadlines: date | None) -> dict[str, date]:
    """The deadlines that were given, by clock."""
    return {clock: on for clock, on in deadlines.items() if on is not None}


def not_adopt(
    ctx: typer.Context,
    number: AccountNumber,
    reason: Reason,
    by: Annotated[
        str | None,
        word_option("--by", "部门", read_body, "未采纳的部门；默认按细则 14 有权决定的部门。"),
    ] = None,
    on: On = None,
) -> None:
    """记录建议未被采纳及理由。

    例：xfctl account not-adopt ZZ2026-0001 --reason 情节显著轻微
    """
    from xfctl.domain.accountability import proposal
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: proposal.not_adopt(state, when, by, reason, world),
        )
    say(f"问责 {number} 的建议未被采纳。")


def carry_out(
    ctx: typer.Context,
    number: AccountNumber,
    measure: Annotated[
        str, word_option("--measure", "方式", read_measure, "实施了哪一种追究方式。")
    ],
    by: Annotated[
        str,
        typer.Option("--by", metavar="实施人", help="谁实施的；诫勉谈话由分管校领导（细则 17）。"),
    ],
    person: Persons = None,
    content: Annotated[
        str | None, typer.Option("--content", metavar="情况", help="实施情况。")
    ] = None,
    on: On = None,
) -> None:
    """记录追究方式的实施；说明情况和书面检查指已交来并认可，其期限义务随之履行。

    例：xfctl account carry-out ZZ2026-0001 --measure 通报批评 --by 学校办公室
    """
    from xfctl.domain.accountability import decision
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        state = desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: decision.carry_out(
                state, when, measure, tuple(person or ()), by, content, world
            ),
        )
    say(f"已记录实施；问责 {number} 现在是「{state.stage(session_of(ctx).today).label}」。")


def hand_over(
    ctx: typer.Context,
    number: AccountNumber,
    to: Annotated[str, typer.Option("--to", metavar="机关", help="移送给哪个机关。")],
    content: Annotated[str, typer.Option("--content", metavar="情况", help="移送什么、为什么。")],
    on: On = None,
) -> None:
    """记录涉嫌违法犯罪的移送（细则 14）；追究方式照常进行。

    例：xfctl account hand-over ZZ2026-0001 --to 有关机关 --content 涉嫌违法，材料一册
    """
    from xfctl.domain.accountability import decision
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: decision.hand_over(state, when, to, content, world),
        )
    say(f"已记录问责 {number} 移送{to}。")


def void(ctx: typer.Context, number: AccountNumber, reason: Reason) -> None:
    """作废最近一条误记的记录（决定、实施、整改、申诉等），状态回到它之前；账本里仍留有两条记录。

    例：xfctl account void ZZ2026-0001 --reason 文号录错
    """
    from xfctl.domain.accountability import voiding
    from xfctl.ledger.load import ACCOUNTABILITIES
    from xfctl.reports.sentences import sentence

    session = session_of(ctx)
    with session.desk() as desk:
        state = desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: voiding.void_latest(state, reason, world),
        )
    taken_back = sentence(voiding.latest_voided(state).fact)
    say(f"已作废「{taken_back}」；问责 {number} 现在是「{state.stage(session.today).label}」。")
