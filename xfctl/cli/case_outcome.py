"""What comes of a matter: opinion, reply, execution, rating, review."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.case_shared import take, tell
from xfctl.cli.options import Number, On, Reason, read_date
from xfctl.cli.session import day
from xfctl.cli.words import member_argument, member_option
from xfctl.domain.classification import Outcome, Rated, Rating, ReviewLevel
from xfctl.domain.steps.outcome import (
    DeliverOpinion,
    ExecuteOpinion,
    ExtendHandling,
    RateCase,
    ReplyToPetitioner,
)
from xfctl.domain.steps.review import DecideReview, RequestReview


def opinion(
    ctx: typer.Context,
    number: Number,
    outcome: Annotated[Outcome, member_option("--outcome", Outcome, "结论", "结论")],
    content: Annotated[
        str, typer.Option("--content", metavar="内容", help="诉求、事实、依据和处理意见的摘要。")
    ],
    on: On = None,
    execute_by: Annotated[
        date | None,
        typer.Option("--execute-by", metavar="日期", parser=read_date, help="执行期限。"),
    ] = None,
) -> None:
    """出具并送达处理意见；办理期限到此为止，执行和答复的期限开始计算（条例 34，细则 11(5)）。

    例：xfctl case opinion XF2026-0001 --outcome 支持 --content 退还多收费用 --execute-by 2026-12-31
    """
    command = DeliverOpinion(
        number=number, on=day(ctx, on), outcome=outcome, content=content, execute_by=execute_by
    )
    tell(ctx, f"已记录处理意见（{outcome.label}）", take(ctx, command))


def extend(
    ctx: typer.Context,
    number: Number,
    days: Annotated[int, typer.Argument(metavar="天数", min=1, help="延长几日，最多 30。")],
    approver: Annotated[
        str, typer.Option("--approver", metavar="批准人", help="批准的单位负责人。")
    ],
    reason: Reason,
    on: On = None,
    notified_on: Annotated[
        date | None,
        typer.Option(
            "--notified-on", metavar="日期", parser=read_date, help="告知信访人延期理由的日期。"
        ),
    ] = None,
) -> None:
    """延长办理期限：只能一次，最多 30 日，须经负责人批准并告知信访人（条例 34）。

    例：xfctl case extend XF2026-0001 30 --approver 示例负责人 --reason 需要鉴定
    """
    command = ExtendHandling(
        number=number,
        on=day(ctx, on),
        days=days,
        approver=approver,
        reason=reason,
        notified_on=notified_on,
    )
    tell(ctx, f"办理期限已延长 {days} 日", take(ctx, command))


def reply(
    ctx: typer.Context,
    number: Number,
    manner: Annotated[str, typer.Option("--manner", metavar="方式", help="如 当面、电话、邮寄。")],
    on: On = None,
    written: Annotated[
        bool,
        typer.Option("--written", help="书面答复；对处理意见的书面答复开始计算申请复查的期限。"),
    ] = False,
    delivered_on: Annotated[
        date | None,
        typer.Option("--delivered-on", metavar="日期", parser=read_date, help="送达日期。"),
    ] = None,
) -> None:
    """记录向信访人反馈结果（细则 8(5)）。

    例：xfctl case reply XF2026-0001 --manner 邮寄 --written --delivered-on 2026-11-25
    """
    command = ReplyToPetitioner(
        number=number,
        on=day(ctx, on),
        manner=manner,
        written=written,
        delivered_on=delivered_on,
    )
    tell(ctx, "已记录答复信访人", take(ctx, command))


def execute(
    ctx: typer.Context,
    number: Number,
    content: Annotated[
        str, typer.Option("--content", metavar="情况", help="执行情况，或未执行的理由。")
    ],
    on: On = None,
    excused: Annotated[
        bool, typer.Option("--excused", help="未执行，但理由经认可（细则 11(5)）。")
    ] = False,
) -> None:
    """记录处理意见的执行。

    例：xfctl case execute XF2026-0001 --content 费用已退还
    """
    command = ExecuteOpinion(number=number, on=day(ctx, on), content=content, excused=excused)
    tell(ctx, "已记录执行情况", take(ctx, command))


def rate(
    ctx: typer.Context,
    number: Number,
    whom: Annotated[Rated, member_argument(Rated, "对象", "评价对象")],
    rating: Annotated[Rating, member_argument(Rating, "评价", "评价")],
    on: On = None,
) -> None:
    """记录信访人的满意度评价，信访部门和责任单位分开评。

    例：xfctl case rate XF2026-0001 责任单位 基本满意
    """
    command = RateCase(number=number, on=day(ctx, on), whom=whom, rating=rating)
    tell(ctx, f"已记录对{whom.label}的评价：{rating.label}", take(ctx, command))


def review(
    ctx: typer.Context,
    number: Number,
    level: Annotated[ReviewLevel, member_argument(ReviewLevel, "层级", "层级")],
    on: On = None,
    result: Annotated[
        str | None,
        typer.Option("--result", metavar="结果", help="写明结果即为记录决定，不写为记录申请。"),
    ] = None,
) -> None:
    """记录复查、复核的申请或决定，各 30 日（条例 35–36）。

    例：xfctl case review XF2026-0001 复查；xfctl case review XF2026-0001 复查 --result 维持
    """
    when = day(ctx, on)
    command: DecideReview | RequestReview
    if result is None:
        command = RequestReview(number=number, on=when, level=level)
    else:
        command = DecideReview(number=number, on=when, level=level, result=result)
    tell(ctx, f"已记录{level.label}{'决定' if result else '申请'}", take(ctx, command))
