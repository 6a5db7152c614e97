"""Major decisions (重大事项决策, 细则 9(2)): put forward, prepared, settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.options import FormatOption, On, Output, UnitArgument, UnitOption, complete_number_of
from xfctl.cli.session import day, say, session_of, unit_code
from xfctl.cli.words import member_option
from xfctl.domain.classification import DecisionOutcome, RiskLevel
from xfctl.output.formats import Format

if TYPE_CHECKING:
    from xfctl.domain.decision import Decision
    from xfctl.domain.event import Dated
    from xfctl.domain.world import World

DecisionNumber = Annotated[
    str,
    typer.Argument(
        metavar="决策编号", help="如 JC2026-0001。", autocompletion=complete_number_of("decision")
    ),
]


def _step(
    ctx: typer.Context,
    number: str,
    on: date | None,
    decide: Callable[[Decision, date, World], list[Dated]],
) -> None:
    from xfctl.ledger.load import DECISIONS

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(DECISIONS, number, lambda state, world: decide(state, when, world))


def decide(
    ctx: typer.Context,
    unit: UnitArgument,
    title: Annotated[str, typer.Argument(metavar="决策事项", help="拟决策什么。")],
    on: On = None,
) -> None:
    """记录单位提出的重大事项决策，输出编号；以后记录征求意见、评估和决定（细则 9(2)）。

    例：xfctl risk decide 后勤保障部 调整家属区停车收费 --on 2026-11-02
    """
    from xfctl.domain.decision import record
    from xfctl.ledger.load import DECISIONS
    from xfctl.output.streams import write_stdout

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        found = desk.units.acting(unit, when)
        recorded = desk.begin(
            DECISIONS,
            when,
            lambda number, world: record(
                number, (found.code, found.name_on(when)), title, when, world
            ),
        )
    write_stdout(f"{recorded.number}\n")
    say(f"已记录{found.name_on(when)}提出的决策；决定之前请记录征求职工意见和信访风险评估。")


def consult(
    ctx: typer.Context,
    number: DecisionNumber,
    content: Annotated[
        str, typer.Option("--content", metavar="情况", help="怎样征求的，职工有什么意见。")
    ],
    on: On = None,
) -> None:
    """记录征求职工意见；决定之后才征求的，不算事先。

    例：xfctl risk consult JC2026-0001 --content 教代会团组长会议，多数同意分步调整
    """
    from xfctl.domain.decision import consult as rule

    _step(ctx, number, on, lambda state, when, world: rule(state, when, content, world))
    say("已记录征求职工意见。")


def assess(
    ctx: typer.Context,
    number: DecisionNumber,
    level: Annotated[RiskLevel, member_option("--level", RiskLevel, "级别", "预测的风险级别")],
    content: Annotated[
        str, typer.Option("--content", metavar="内容", help="预测评估和综合研判的内容。")
    ],
    on: On = None,
) -> None:
    """记录信访风险预测评估和综合研判。

    例：xfctl risk assess JC2026-0001 --level 中 --content 可能引起租住户集中反映
    """
    from xfctl.domain.decision import assess as rule

    _step(ctx, number, on, lambda state, when, world: rule(state, when, level, content, world))
    say(f"已记录风险评估，级别{level.label}。")


def ask(
    ctx: typer.Context,
    number: DecisionNumber,
    content: Annotated[
        str | None, typer.Option("--content", metavar="内容", help="征求什么意见。")
    ] = None,
    on: On = None,
) -> None:
    """记录单位征求信访工作管理部门的意见。

    例：xfctl risk ask JC2026-0001 --content 分步调整是否妥当
    """
    from xfctl.domain.decision import ask as rule

    _step(ctx, number, on, lambda state, when, world: rule(state, when, content, world))
    say("已记录征求信访办意见；答复用 xfctl risk opinion 记录。")


def opinion(
    ctx: typer.Context,
    number: DecisionNumber,
    content: Annotated[str, typer.Option("--content", metavar="意见", help="信访办的意见。")],
    on: On = None,
) -> None:
    """记录信访工作管理部门答复的意见。

    例：xfctl risk opinion JC2026-0001 --content 建议先公示成本
    """
    from xfctl.domain.decision import give_opinion

    _step(ctx, number, on, lambda state, when, world: give_opinion(state, when, content, world))
    say("已记录信访办意见。")


def settle(
    ctx: typer.Context,
    number: DecisionNumber,
    outcome: Annotated[
        DecisionOutcome, member_option("--outcome", DecisionOutcome, "决定", "决定")
    ],
    discussion: Annotated[
        str | None,
        typer.Option("--discussion", metavar="情况", help="哪次会议、怎样集体讨论的。"),
    ] = None,
    on: On = None,
) -> None:
    """记录集体讨论和决定；暂缓的以后可以再决定。

    例：xfctl risk settle JC2026-0001 --outcome 实施 --discussion 党政联席会议讨论通过
    """
    from xfctl.domain.decision import settle as rule

    _step(ctx, number, on, lambda state, when, world: rule(state, when, outcome, discussion, world))
    say(f"已记录决定：{outcome.label}。")


def decisions(
    ctx: typer.Context,
    unit: UnitOption = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出重大事项决策：征求意见、评估、决定，以及引发的事项。

    例：xfctl risk decisions；xfctl risk decisions --unit 后勤保障部
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import risk_lists
    from xfctl.reports.decisions import list_table

    session = session_of(ctx)
    with session.reading() as ledger:
        code = unit_code(ledger.connection, unit)
        lines = risk_lists.decisions(ledger.connection, session.today, unit=code)
    emit(list_table(lines, session.today), format, output)
