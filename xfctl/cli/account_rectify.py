"""Rectification (限期整改, 细则 16–17)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.account_words import AccountNumber
from xfctl.cli.options import On, Reason, read_date
from xfctl.cli.session import day, say, session_of


def rectify(
    ctx: typer.Context,
    number: AccountNumber,
    content: Annotated[str, typer.Option("--content", metavar="内容", help="整改情况。")],
    on: On = None,
) -> None:
    """记录单位的整改报告；通过验收才算履行。

    例：xfctl account rectify ZZ2026-0001 --content 已建立制度并答复信访人
    """
    from xfctl.domain.accountability import rectification
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: rectification.report(state, when, content, world),
        )
    say(f"已记录整改报告；请用 xfctl account rectify-review {number} 验收。")


def rectify_review(
    ctx: typer.Context,
    number: AccountNumber,
    accept: Annotated[bool, typer.Option("--accept/--reject", help="通过验收，或不予认可。")],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="理由", help="理由；不予认可必须写。")
    ] = None,
    on: On = None,
) -> None:
    """验收整改：逾期仍未通过的，列为下一级追究的候选（细则 17、18）。

    例：xfctl account rectify-review ZZ2026-0001 --accept
    """
    from xfctl.domain.accountability import rectification
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        state = desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: rectification.review(state, when, accept, reason, world),
        )
    owed = state.rectification
    assert owed is not None
    late = "，已逾期" if owed.is_late(when) else ""
    told = "已通过验收" if accept else "未通过验收，整改期限不变"
    say(f"整改{told}（期限 {owed.duty.due_on}{late}）。")


def rectify_extend(
    ctx: typer.Context,
    number: AccountNumber,
    due: Annotated[
        date, typer.Option("--due", metavar="日期", parser=read_date, help="新的期限。")
    ],
    reason: Reason,
    on: On = None,
) -> None:
    """延长整改期限，只能一次，须在期限届满之前（本单位规定）。

    例：xfctl account rectify-extend ZZ2026-0001 --due 2027-01-31 --reason 涉及预算，须校务会通过
    """
    from xfctl.domain.accountability import rectification
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: rectification.extend(state, when, due, reason, world),
        )
    say(f"问责 {number} 的整改期限延至 {due}。")
