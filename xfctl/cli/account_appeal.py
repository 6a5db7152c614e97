"""Appeals (细则 20); the decision stays in force meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.account_decide import CriticiseBy, Document, ExplainBy, dated
from xfctl.cli.account_words import (
    AccountNumber,
    MeasureFor,
    Override,
    Persons,
    by_measure,
    read_body,
    read_measure_for,
    word_option,
)
from xfctl.cli.options import On, Reason, read_date
from xfctl.cli.session import day, say, session_of
from xfctl.cli.words import member_option
from xfctl.domain.classification import AppealResult

WhichAppeal = Annotated[
    int | None,
    typer.Option("--appeal", metavar="第几件", min=1, help="第几件申诉；只有一件时可不写。"),
]


def appeal(
    ctx: typer.Context,
    number: AccountNumber,
    content: Annotated[str, typer.Option("--content", metavar="理由", help="书面申诉的理由。")],
    person: Persons = None,
    on: On = None,
) -> None:
    """记录书面申诉；申诉期间不停止决定的执行（细则 20）。

    例：xfctl account appeal ZZ2026-0001 --person 2 --content 当时未分管此项工作
    """
    from xfctl.domain.accountability import appeal as rules
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        state = desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: rules.file_appeal(state, when, person or [], content, world),
        )
    say(f"已记录第 {len(state.appeals)} 件申诉；决定照常执行（细则 20）。")


def appeal_accept(
    ctx: typer.Context,
    number: AccountNumber,
    by: Annotated[str, typer.Option("--by", metavar="部门", help="受理部门。")],
    which: WhichAppeal = None,
    due_on: Annotated[
        date | None,
        typer.Option(
            "--due",
            metavar="日期",
            parser=read_date,
            help="处理期限，默认按本单位参数 appeal-decision。",
        ),
    ] = None,
    on: On = None,
) -> None:
    """受理申诉，处理期限开始计算。

    例：xfctl account appeal-accept ZZ2026-0001 --by 学校办公室
    """
    from xfctl.domain.accountability import appeal as rules
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        state = desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: rules.accept_appeal(state, when, which, by, due_on, world),
        )
    duty = state.obligations[-1].duty
    say(f"申诉已受理；处理期限 {duty.due_on}{'（暂定）' if duty.provisional else ''}。")


def appeal_decide(
    ctx: typer.Context,
    number: AccountNumber,
    outcome: Annotated[AppealResult, member_option("--outcome", AppealResult, "结果", "申诉结果")],
    reason: Reason,
    which: WhichAppeal = None,
    measure: Annotated[
        list[MeasureFor] | None,
        word_option(
            "--measure", "方式[=序号]", read_measure_for, "变更后的方式，只对申诉人；可多次给出。"
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        word_option("--by", "部门", read_body, "决定变更后方式的部门，可多次给出；默认按细则 14。"),
    ] = None,
    document: Document = None,
    explain_by: ExplainBy = None,
    criticise_by: CriticiseBy = None,
    override: Override = None,
    on: On = None,
) -> None:
    """记录申诉决定；撤销或变更自决定之日起生效，此前的记录保留。

    例：xfctl account appeal-decide ZZ2026-0001 --outcome 撤销 --reason 责任认定有误
    """
    from xfctl.domain.accountability import appeal as rules
    from xfctl.domain.accountability.appeal import DecideAppeal
    from xfctl.domain.accountability.facts import AppealDecided
    from xfctl.ledger.load import ACCOUNTABILITIES

    command = DecideAppeal(
        on=day(ctx, on),
        appeal=which,
        result=outcome,
        reason=reason,
        document=document,
        measures=by_measure(measure or ()),
        bodies=tuple(by or ()),
        deadlines=dated(explanation=explain_by, self_criticism=criticise_by),
        override=override,
    )
    with session_of(ctx).desk() as desk:
        state = desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: rules.decide_appeal(state, command, world),
        )
    decided = state.history[-1].fact
    assert isinstance(decided, AppealDecided)
    restored = "；评优资格自此恢复" if decided.ends_award else ""
    say(f"申诉决定：{outcome.label}{restored}。")
