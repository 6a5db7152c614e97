"""Units at work on a matter (细则 11(1))."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from xfctl.cli.case_shared import Taken, desk_for, take_of_unit, tell
from xfctl.cli.options import (
    Number,
    On,
    Reason,
    Redacted,
    UnitArgument,
    UnitOption,
    read_date,
)
from xfctl.cli.session import day, session_of
from xfctl.cli.words import member_option
from xfctl.domain.classification import FeedbackForm, Role
from xfctl.domain.keys import FEEDBACK
from xfctl.domain.steps.accusation import unknown_accused
from xfctl.domain.steps.handling import (
    AssignCase,
    GiveFeedback,
    ReceiveCase,
    ReturnAssignment,
    ReviewFeedback,
)
from xfctl.errors import InputRefusedError


def assign(
    ctx: typer.Context,
    number: Number,
    unit: UnitArgument,
    on: On = None,
    lead: Annotated[
        bool | None,
        typer.Option("--lead/--co", help="主办或协办；默认第一个单位主办，以后的协办。"),
    ] = None,
    redacted: Redacted = None,
) -> None:
    """交办给责任单位；书面反馈期限从收件日起算，未记收件的从交办日起算（细则 11(1)）。

    检举控告不交给被反映的单位，也不交给被反映人当日任负责人的单位（细则 13(8)）。

    例：xfctl case assign XF2026-0001 后勤保障部 --on 2026-11-20
    例：xfctl case assign XF2026-0001 文学院 --redacted 只转问题线索，隐去举报人
    """
    role = {True: Role.LEAD, False: Role.CO, None: None}[lead]
    with desk_for(ctx, number) as (desk, before):
        found = desk.units.find(unit)
        when = day(ctx, on)
        command = AssignCase(
            number=number,
            on=when,
            unit=found.code,
            unit_name=found.name_on(when),
            role=role,
            redacted=redacted,
        )
        taken = Taken(before, desk.step(command), desk.world.calendar)
    done = f"已交办给{found.name_on(when)}（{taken.after.assignments[-1].role.label}）"
    tell(ctx, done, taken, *unknown_accused(taken.after))


def receive(ctx: typer.Context, number: Number, on: On = None, unit: UnitOption = None) -> None:
    """记录责任单位收件；期限改从收件日起算。

    例：xfctl case receive XF2026-0001 --on 2026-11-21
    """
    when = day(ctx, on)
    taken = take_of_unit(
        ctx, number, unit, lambda code: ReceiveCase(number=number, on=when, unit=code)
    )
    tell(ctx, "已记录收件", taken)


def return_(
    ctx: typer.Context, number: Number, reason: Reason, on: On = None, unit: UnitOption = None
) -> None:
    """记录责任单位退回交办；它的期限到退回日为止，之前的逾期留在记录里。

    例：xfctl case return XF2026-0001 --reason 不属本单位职责
    """
    when = day(ctx, on)
    taken = take_of_unit(
        *(ctx, number, unit),
        lambda code: ReturnAssignment(number=number, on=when, reason=reason, unit=code),
    )
    tell(ctx, "已记录退回", taken)


def feedback(
    ctx: typer.Context,
    number: Number,
    form: Annotated[
        FeedbackForm,
        member_option("--form", FeedbackForm, "形式", "反馈形式", "只有书面才停止计时"),
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
    when = day(ctx, on)
    taken = take_of_unit(
        *(ctx, number, unit),
        lambda code: GiveFeedback(number=number, on=when, form=form, unit=code, content=content),
    )
    if form is FeedbackForm.WRITTEN:
        tell(ctx, "已记录书面反馈", taken)
        return
    from xfctl.reports.deadlines import deadlines_running

    running = deadlines_running(taken.after, FEEDBACK, session_of(ctx).today, taken.calendar)
    still = "，仍须书面反馈" if running else ""
    tell(ctx, f"已记录{form.label}反馈{still}", taken, *(f"  {each}" for each in running))


def review_feedback(
    ctx: typer.Context,
    number: Number,
    accepted: Annotated[bool, typer.Option("--accept/--send-back", help="采纳，或退回补充。")],
    on: On = None,
    unit: UnitOption = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="理由", help="退回的理由。")
    ] = None,
    due_on: Annotated[
        date | None,
        typer.Option("--due", metavar="日期", parser=read_date, help="退回后补充反馈的期限。"),
    ] = None,
) -> None:
    """审核书面反馈：采纳后开始计算答复信访人的期限（细则 8(5)）；退回不恢复已履行的 7 日义务。

    例：xfctl case review-feedback XF2026-0001 --accept
    """
    if accepted and due_on is not None:
        raise InputRefusedError("采纳的反馈不需要补充；请去掉 --due，或改用 --send-back。")
    when = day(ctx, on)
    taken = take_of_unit(
        *(ctx, number, unit),
        lambda code: ReviewFeedback(
            number=number, on=when, accepted=accepted, reason=reason, unit=code, due_on=due_on
        ),
    )
    tell(ctx, "已采纳反馈" if accepted else "已退回反馈，由单位补充", taken)
