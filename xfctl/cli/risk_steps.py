"""Risk points (隐患点、关键点) from report to end, and the matters that came of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xfctl.cli.options import (
    Number,
    On,
    Reason,
    UnitArgument,
    complete_number,
    complete_number_of,
    read_date,
)
from xfctl.cli.session import day, say, session_of
from xfctl.cli.words import member_option
from xfctl.domain.classification import RiskKind, RiskLevel, RiskTrend

if TYPE_CHECKING:
    from xfctl.ledger.load import Kind

RiskNumber = Annotated[
    str,
    typer.Argument(
        metavar="编号",
        help="隐患点编号，如 FX2026-0001。",
        autocompletion=complete_number_of("risk"),
    ),
]
SourceNumber = Annotated[
    str,
    typer.Argument(
        metavar="编号",
        help="隐患点或决策的编号，如 FX2026-0001、JC2026-0001。",
        autocompletion=complete_number_of("risk", "decision"),
    ),
]
Measures = Annotated[str | None, typer.Option("--measures", metavar="措施", help="防范化解措施。")]


def kind_of(number: str) -> Kind[Any]:
    """The kind of record a number belongs to, by its prefix."""
    from xfctl.ledger.load import DECISIONS, RISKS

    return DECISIONS if number.startswith(DECISIONS.prefix) else RISKS


def add(
    ctx: typer.Context,
    unit: UnitArgument,
    summary: Annotated[str, typer.Argument(metavar="隐患", help="一句话说明；不要写姓名、电话。")],
    level: Annotated[RiskLevel, member_option("--level", RiskLevel, "级别", "风险级别")],
    leader: Annotated[str, typer.Option("--leader", metavar="姓名", help="责任领导。")],
    review_by: Annotated[
        date,
        typer.Option("--review-by", metavar="日期", parser=read_date, help="单位何日以前复查。"),
    ],
    persons: Annotated[int, typer.Option("--persons", metavar="人数", min=1, help="涉及人数。")],
    kind: Annotated[
        RiskKind, member_option("--kind", RiskKind, "类别", "类别", "默认隐患点")
    ] = RiskKind.HAZARD,
    trend: Annotated[
        RiskTrend, member_option("--trend", RiskTrend, "趋势", "趋势", "默认平稳")
    ] = RiskTrend.STEADY,
    measures: Measures = None,
    on: On = None,
) -> None:
    """报一个隐患点或关键点，输出编号；单位负有到期复查的义务（细则 8(3)、9(1)）。

    例：xfctl risk add 后勤保障部 家属区停车收费调整 --level 高 --persons 300 --leader 分管领导甲 --review-by 2026-12-31
    """
    from xfctl.domain import risk as rules
    from xfctl.ledger.load import RISKS
    from xfctl.output.streams import write_stdout

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        found = desk.units.acting(unit, when)
        command = rules.AddRisk(
            on=when,
            kind=kind,
            unit=found.code,
            unit_name=found.name_on(when),
            summary=summary,
            persons=persons,
            level=level,
            trend=trend,
            leader=leader,
            review_by=review_by,
            measures=measures,
        )
        added = desk.begin(RISKS, when, lambda number, world: rules.add(command, number, world))
    write_stdout(f"{added.number}\n")
    say(f"已记录{command.unit_name}的{kind.label}，级别{level.label}；复查期限 {review_by}。")


def review(
    ctx: typer.Context,
    number: RiskNumber,
    content: Annotated[str, typer.Option("--content", metavar="情况", help="复查到的情况。")],
    level: Annotated[
        RiskLevel | None, member_option("--level", RiskLevel, "级别", "风险级别", "有变化的")
    ] = None,
    trend: Annotated[
        RiskTrend | None, member_option("--trend", RiskTrend, "趋势", "趋势", "有变化的")
    ] = None,
    persons: Annotated[
        int | None, typer.Option("--persons", metavar="人数", min=1, help="有变化的涉及人数。")
    ] = None,
    measures: Measures = None,
    review_by: Annotated[
        date | None,
        typer.Option("--review-by", metavar="日期", parser=read_date, help="下一次何日以前复查。"),
    ] = None,
    on: On = None,
) -> None:
    """记录单位的复查；到期的复查义务到此履行，可以指定下一次。

    例：xfctl risk review FX2026-0001 --content 已公示收费依据 --trend 下降 --review-by 2027-03-31
    """
    from xfctl.domain import risk as rules
    from xfctl.ledger.load import RISKS

    command = rules.ReviewRisk(
        on=day(ctx, on),
        content=content,
        level=level,
        trend=trend,
        persons=persons,
        measures=measures,
        review_by=review_by,
    )
    with session_of(ctx).desk() as desk:
        before = desk.get(RISKS, number).owed
        desk.on(RISKS, number, lambda state, world: rules.review(state, command, world))
    timely = ""
    if before is not None:
        timely = f"，{'晚于' if before.is_late(command.on) else '未过'}期限 {before.duty.due_on}"
    coming = f"；下一次复查期限 {review_by}" if review_by else "；没有指定下一次复查"
    say(f"已记录复查{timely}{coming}。")


def resolve(
    ctx: typer.Context,
    number: RiskNumber,
    result: Annotated[str, typer.Option("--result", metavar="结果", help="怎样化解的。")],
    on: On = None,
) -> None:
    """隐患化解，写明结果；未到期的复查义务随之终止。

    例：xfctl risk resolve FX2026-0001 --result 收费标准已重新核定并公示
    """
    from xfctl.domain import risk as rules
    from xfctl.ledger.load import RISKS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(RISKS, number, lambda state, world: rules.resolve(state, when, result, world))
    say(f"{number} 已化解。")


def link(
    ctx: typer.Context,
    number: SourceNumber,
    case: Annotated[
        str,
        typer.Argument(metavar="事项编号", help="由此引发的事项。", autocompletion=complete_number),
    ],
    on: On = None,
) -> None:
    """记录事项由某个隐患点或某项决策引发（细则 8(3)、13(1)）。

    例：xfctl risk link FX2026-0001 XF2026-0001；xfctl risk link JC2026-0001 XF2026-0001
    """
    from xfctl.domain import consequence

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        matter = desk.case(case)
        desk.on(
            kind_of(number),
            number,
            lambda state, world: consequence.link(state.source, matter, when, world),
        )
    say(f"已记录：事项 {case} 由 {number} 引发。")


def unlink(
    ctx: typer.Context, number: SourceNumber, case: Number, reason: Reason, on: On = None
) -> None:
    """撤销事项与隐患点或决策的关联，写明理由。

    例：xfctl risk unlink FX2026-0001 XF2026-0001 --reason 并非由此引发
    """
    from xfctl.domain import consequence

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            kind_of(number),
            number,
            lambda state, world: consequence.unlink(state.source, case, reason, when, world),
        )
    say(f"已撤销 {number} 与事项 {case} 的关联。")
