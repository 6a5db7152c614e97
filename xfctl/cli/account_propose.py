"""From candidates to a proposal (细则 13–18)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.account_words import (
    AccountNumber,
    Override,
    Pair,
    complete_account,
    read_measure,
    read_pair,
    read_role,
    read_situation,
    word_option,
)
from xfctl.cli.options import (
    FormatOption,
    On,
    Output,
    Reason,
    UnitArgument,
    UnitOption,
    complete_number,
    read_date,
)
from xfctl.cli.private import PEOPLE, Ask, told_privately
from xfctl.cli.session import calendar_of, day, say, session_of, unit_code
from xfctl.cli.words import member_option
from xfctl.domain.classification import Nature, Severity
from xfctl.output.formats import Format


def due(
    ctx: typer.Context,
    unit: UnitOption = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出问责候选及其依据：整改逾期、督办情形、重大事项未及时报告、集体和越级上访（细则 13–18）。

    例：xfctl account due；xfctl account due --unit 后勤保障部
    """
    from xfctl.cli.emit import emit_all
    from xfctl.ledger import queries
    from xfctl.reports import candidates

    session = session_of(ctx)
    today = session.today
    with session.reading() as ledger:
        connection = ledger.connection
        code = unit_code(connection, unit)
        parameters = queries.parameters(connection)
        found = candidates.due(connection, today, parameters, calendar_of(ledger))
        figures = candidates.petition_figures(connection, today)
    tables = [
        candidates.due_table([each for each in found if code in (None, each.unit)], today),
        candidates.petition_table(
            [each for each in figures if code in (None, each.unit)], parameters, today
        ),
    ]
    emit_all(tables, format, output)


def set_aside(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="候选", help="account due 第一列的候选编号。")],
    reason: Reason,
) -> None:
    """记录一项候选经考虑不予提出，以后不再列出。

    例：xfctl account set-aside XF2026-0001:13.3:A15 --reason 已当面批评并改正
    """
    from xfctl.app.accounts import set_aside
    from xfctl.errors import InputRefusedError
    from xfctl.ledger import queries
    from xfctl.reports import candidates

    session = session_of(ctx)
    with session.reading() as ledger:
        parameters = queries.parameters(ledger.connection)
        found = candidates.due(ledger.connection, session.today, parameters, calendar_of(ledger))
    if key not in {each.key for each in found}:
        raise InputRefusedError(f"没有候选「{key}」；请用 xfctl account due 核对第一列。")
    with session.desk() as desk:
        set_aside(desk, key, reason)
    say(f"已记录：{key} 不予提出。")


def evidence(
    ctx: typer.Context,
    unit: UnitArgument,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出一个单位近 12 个月和此前 12 个月的事项、集体、越级、督办情况，供判断情节轻重。

    例：xfctl account evidence 后勤保障部
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger import queries
    from xfctl.reports.account_evidence import evidence_table

    session = session_of(ctx)
    with session.reading() as ledger:
        found = queries.unit_named(ledger.connection, unit)
        table = evidence_table(ledger.connection, found.code, found.name, session.today)
    emit(table, format, output)


def propose(
    ctx: typer.Context,
    unit: UnitArgument,
    basis: Annotated[str, typer.Option("--basis", metavar="事实", help="事实依据。")],
    situation: Annotated[
        list[str] | None,
        word_option(
            "--situation",
            "情形",
            read_situation,
            "细则 13 的第几项，如 3 或 13.3；或细则 15 的上访种类，如 越级上访，可多次给出。",
        ),
    ] = None,
    severity: Annotated[
        Severity | None, member_option("--severity", Severity, "轻重", "情节", "由人判断")
    ] = None,
    effect: Annotated[
        str | None,
        typer.Option(
            "--effect", metavar="后果", help="造成的后果；情节严重以上、按细则 15 追究的必须写。"
        ),
    ] = None,
    nature: Annotated[
        Nature, member_option("--nature", Nature, "性质", "责任性质", "默认集体责任")
    ] = Nature.COLLECTIVE,
    day_in_question: Annotated[
        date | None,
        typer.Option(
            "--day",
            metavar="日期",
            parser=read_date,
            help="行为发生的日期，按这天的任职和规则认定，默认建议日期。",
        ),
    ] = None,
    cases: Annotated[
        list[str] | None,
        typer.Option(
            "--case",
            metavar="编号",
            help="有关事项，可多次给出。",
            autocompletion=complete_number,
        ),
    ] = None,
    after: Annotated[
        str | None,
        typer.Option(
            "--after",
            metavar="问责编号",
            help="逾期未整改的前一问责，据以升级（细则 17、18）。",
            autocompletion=complete_account,
        ),
    ] = None,
    in_charge: Annotated[
        list[str] | None,
        typer.Option(
            "--in-charge", metavar="姓名", help="直接主管的负责人：姓名或分管工作，可多次给出。"
        ),
    ] = None,
    took_part: Annotated[
        list[str] | None,
        typer.Option(
            "--took-part", metavar="姓名", help="参与决策和工作的其他班子成员，可多次给出。"
        ),
    ] = None,
    staff: Annotated[
        list[Pair] | None,
        word_option(
            "--staff",
            "姓名=职务",
            read_pair("职务"),
            "具体负责的工作人员（个人责任），可多次给出。",
        ),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out", metavar="姓名", help="不追究的负责人，可多次给出；须写 --role-reason。"
        ),
    ] = None,
    role: Annotated[
        list[Pair] | None,
        word_option(
            "--role",
            "姓名=责任",
            read_pair("责任"),
            "改变任职得出的责任，可多次给出；须写 --role-reason。",
        ),
    ] = None,
    role_reason: Annotated[
        str | None, typer.Option("--role-reason", metavar="理由", help="改变责任的理由。")
    ] = None,
    people_file: Annotated[
        Path | None,
        typer.Option(
            "--people-file",
            metavar="文件",
            help="责任人写在文件里，每行一人，如「主管：某某」「工作人员：某某=科员」；- 为标准输入。",
        ),
    ] = None,
    ask: Ask = False,
    rung: Annotated[
        str | None,
        typer.Option("--rung", metavar="条", help="按第几条追究，15 至 18；默认由情形和轻重得出。"),
    ] = None,
    measure: Annotated[
        list[str] | None,
        word_option("--measure", "方式", read_measure, "建议的追究方式，可多次给出；默认按条款。"),
    ] = None,
    override: Override = None,
    on: On = None,
) -> None:
    """提出问责建议：党政主要负责人按行为发生那天的任职填入，依据条款和方式由程序给出，可改；输出问责编号。

    写在命令行上的姓名会留在历史记录里，同一台电脑上的人也看得见；请用 --ask 或 --people-file。

    例：xfctl account propose 后勤保障部 --situation 3 --severity 较轻 --case XF2026-0001 --basis 两次推诿
    """
    from xfctl.app.accounts import propose
    from xfctl.domain.accountability.people import Answerable
    from xfctl.domain.accountability.proposal import Propose
    from xfctl.output.streams import write_stdout
    from xfctl.reports.account_cover import proposal_lines

    session, when = session_of(ctx), day(ctx, on)
    told = told_privately(people_file, ask, PEOPLE, list(PEOPLE.values()))
    in_post, in_role = read_pair("职务"), read_pair("责任")
    people = Answerable(
        in_charge=(*(in_charge or ()), *told.get("in_charge", ())),
        took_part=(*(took_part or ()), *told.get("took_part", ())),
        staff=_by_name([*(staff or ()), *map(in_post, told.get("staff", ()))]),
        left_out=(*(leave_out or ()), *told.get("leave_out", ())),
        roles={
            name: read_role(value)
            for name, value in _by_name(
                [*(role or ()), *map(in_role, told.get("role", ()))]
            ).items()
        },
        reason=role_reason,
    )
    with session.desk() as desk:
        found = desk.units.acting(unit, day_in_question or when)
        state = propose(
            desk,
            Propose(
                on=when,
                unit=found.code,
                unit_name=found.name_on(day_in_question or when),
                day_in_question=day_in_question or when,
                nature=nature,
                basis=basis,
                tracker=session.actor,
                people=people,
                situations=tuple(situation or ()),
                severity=severity,
                effect=effect,
                cases=tuple(cases or ()),
                after=after,
                rung=rung,
                measures=tuple(measure or ()),
                override=override,
            ),
        )
    write_stdout(f"{state.number}\n")
    say("\n".join(proposal_lines(state)))


def _by_name(pairs: list[Pair]) -> dict[str, str]:
    return {each.name: each.value for each in pairs}


def withdraw(ctx: typer.Context, number: AccountNumber, reason: Reason, on: On = None) -> None:
    """撤回尚未决定的建议。

    例：xfctl account withdraw ZZ2026-0001 --reason 单位录错
    """
    from xfctl.domain.accountability import proposal
    from xfctl.ledger.load import ACCOUNTABILITIES

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        desk.on(
            ACCOUNTABILITIES,
            number,
            lambda state, world: proposal.withdraw(state, when, reason, world),
        )
    say(f"问责 {number} 的建议已撤回。")
