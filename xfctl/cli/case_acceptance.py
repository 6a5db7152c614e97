"""Whether the office takes a matter up, and who is told."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.case_shared import take, tell
from xfctl.cli.options import Number, On, Reason, Redacted, read_date
from xfctl.cli.session import day
from xfctl.domain.steps.acceptance import (
    AcceptCase,
    DeclineCase,
    DismissCase,
    NotifyPetitioner,
    ReferCase,
)

NotifiedOn = Annotated[
    date | None,
    typer.Option("--notified-on", metavar="日期", parser=read_date, help="告知信访人的日期。"),
]


def accept(
    ctx: typer.Context,
    number: Number,
    on: On = None,
    notified_on: NotifiedOn = None,
    by_opinion: Annotated[
        bool | None,
        typer.Option(
            "--opinion/--no-opinion",
            help="是否按处理意见书办理（60 日），默认申诉求决的是（条例 34）。",
        ),
    ] = None,
) -> None:
    """受理；申诉求决按处理意见书办理的，60 日办理期限开始计算（条例 22–23、34）。

    例：xfctl case accept XF2026-0001 --notified-on 2026-11-20
    """
    command = AcceptCase(
        number=number, on=day(ctx, on), notified_on=notified_on, by_opinion=by_opinion
    )
    tell(ctx, f"事项 {number} 已受理", take(ctx, command))


def decline(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    path: Annotated[
        str,
        typer.Option(
            "--path", metavar="途径", help="指引信访人去的法定途径，如 行政复议、劳动仲裁。"
        ),
    ],
    on: On = None,
    notified_on: NotifiedOn = None,
) -> None:
    """不予受理，并指明应走的法定途径（细则 6）。

    例：xfctl case decline XF2026-0001 --reason 已进入仲裁 --path 劳动仲裁 --notified-on 2026-11-20
    """
    command = DeclineCase(
        number=number, on=day(ctx, on), reason=reason, path=path, notified_on=notified_on
    )
    tell(ctx, f"事项 {number} 不予受理", take(ctx, command))


def dismiss(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    on: On = None,
    notified_on: NotifiedOn = None,
) -> None:
    """不再受理已经办结过的同一事项。

    例：xfctl case dismiss XF2026-0001 --reason 复核已终结
    """
    command = DismissCase(number=number, on=day(ctx, on), reason=reason, notified_on=notified_on)
    tell(ctx, f"事项 {number} 不再受理", take(ctx, command))


def notify(ctx: typer.Context, number: Number, on: On = None) -> None:
    """记录已告知信访人是否受理（条例 22–23）。

    例：xfctl case notify XF2026-0001 --on 2026-11-20
    """
    command = NotifyPetitioner(number=number, on=day(ctx, on))
    tell(ctx, f"已记录告知事项 {number} 的信访人", take(ctx, command))


def refer(
    ctx: typer.Context,
    number: Number,
    to: Annotated[str, typer.Argument(metavar="去向", help="转送给哪个单位或机关。")],
    on: On = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="理由", help="转送理由。")
    ] = None,
    redacted: Redacted = None,
) -> None:
    """转送：不定期限，不要求报告。检举控告不转给被反映的单位或个人（细则 13(8)）。

    例：xfctl case refer XF2026-0001 市人社局 --reason 不属本校职权
    """
    command = ReferCase(number=number, on=day(ctx, on), to=to, reason=reason, redacted=redacted)
    tell(ctx, f"事项 {number} 已转送{to}", take(ctx, command))
