"""Looking at matters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.options import FormatOption, Number, Output, UnitOption, read_date
from xfctl.cli.session import calendar_of, session_of
from xfctl.cli.words import CategoryOption, ChannelOption, PurposeOption, member_option
from xfctl.domain.lifecycle import Stage
from xfctl.ledger.case_lists import CaseOrder
from xfctl.output.formats import Format

if TYPE_CHECKING:
    from xfctl.domain.case import Case
    from xfctl.domain.identity import Identity
    from xfctl.ledger.identities import Identities


def show(
    ctx: typer.Context,
    number: Number,
    reveal: Annotated[
        str | None,
        typer.Option(
            "--reveal", metavar="理由", help="显示信访人身份；理由和查看人记入账本（细则 7）。"
        ),
    ] = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """像案卷封面一样显示一件事项：要素、期限、经过、下一步。

    例：xfctl case show XF2026-0001；xfctl case show XF2026-0001 --reveal 电话回访
    """
    from xfctl.cli.emit import emit_all
    from xfctl.errors import InputRefusedError
    from xfctl.ledger.identities import Identities
    from xfctl.ledger.load import CASES, load
    from xfctl.ledger.petitioners import tokens_of
    from xfctl.ledger.supervision_lists import grounds_of_case, supervisions
    from xfctl.reports.case_cover import cover_tables
    from xfctl.reports.relatives import relatives_of

    if reveal is not None and (format.for_files or output is not None):
        raise InputRefusedError(
            "信访人身份只显示在屏幕上，不写入文件，也不输出供程序读取的格式（细则 7）；"
            "请去掉 --reveal，或去掉 --output 并改用 --format table。"
        )
    session = session_of(ctx)
    revealed = None
    if reveal is not None:
        with session.desk() as desk:
            revealed = desk.reveal(number, reveal)
    with session.reading() as ledger:
        connection = ledger.connection
        case = load(connection, CASES, number)
        identities = Identities(connection, session.key)
        shown = revealed or identities.masked(tokens_of(case))
        about, warned = _accusation(identities, case, reveal is not None)
        relatives = relatives_of(connection, case)
        calendar = calendar_of(ledger)
        tables = cover_tables(
            *(case, shown, relatives, session.today, calendar),
            accused=about,
            warnings=warned,
        )
        if grounds := grounds_of_case(connection, number, session.today):
            from xfctl.reports.grounds import history_table

            tables.append(history_table(grounds, session.today))
        if lines := supervisions(connection, case=number, begun_by=session.today):
            from xfctl.reports.supervision import list_table

            tables.append(list_table(lines, session.today, calendar))
        emit_all(tables, format, output)


def _accusation(
    identities: Identities, case: Case, revealed: bool
) -> tuple[list[Identity], list[str]]:
    """Whom a matter accuses, and which units should not have it (细则 13(8)); mostly nobody."""
    if not case.accusation:
        return [], []
    from xfctl.ledger.accusations import warnings

    who = identities.masked(case.accused)
    if revealed:
        found = identities.revealed(case.accused)
        who = [found.get(token, masked) for token, masked in zip(case.accused, who, strict=True)]
    return who, warnings(identities, case)


def explain(
    ctx: typer.Context,
    number: Number,
    everything: Annotated[
        bool, typer.Option("--all", help="已按期履行的和只作提醒的也说明。")
    ] = False,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """逐日说明未履行和逾期的期限：怎样算出、是否逾期、依据哪一条。

    例：xfctl case explain XF2026-0001；xfctl case explain XF2026-0001 --all
    """
    from xfctl.cli.emit import emit_all
    from xfctl.errors import RuleRefusedError
    from xfctl.ledger.load import CASES, load
    from xfctl.reports.explanation import explanation_tables

    session = session_of(ctx)
    with session.reading() as ledger:
        case = load(ledger.connection, CASES, number)
        if not case.obligations:
            raise RuleRefusedError(
                f"事项 {number} 还没有期限可以说明；请先用 xfctl case accept 受理，"
                "或用 xfctl case assign 交办。"
            )
        calendar = calendar_of(ledger)
        tables = explanation_tables(case, session.today, calendar, everything=everything)
        emit_all(tables, format, output)


def list_(
    ctx: typer.Context,
    unit: UnitOption = None,
    stage: Annotated[Stage | None, member_option("--stage", Stage, "状态", "状态")] = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    category: CategoryOption = None,
    first_responder: Annotated[
        str | None, typer.Option("--first-responder", metavar="姓名", help="首问责任人。")
    ] = None,
    first: Annotated[
        date | None,
        typer.Option("--from", metavar="日期", parser=read_date, help="登记日期不早于。"),
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", metavar="日期", parser=read_date, help="登记日期不晚于。")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="有逾期未履行的义务。")] = False,
    major: Annotated[bool, typer.Option("--major", help="重大紧急。")] = False,
    leapfrog: Annotated[bool, typer.Option("--leapfrog", help="越级。")] = False,
    collective: Annotated[bool, typer.Option("--collective", help="集体（5 人以上）。")] = False,
    from_above: Annotated[bool, typer.Option("--from-above", help="上级转来。")] = False,
    repeat: Annotated[bool, typer.Option("--repeat", help="重复信访。")] = False,
    sort: Annotated[
        CaseOrder | None, member_option("--sort", CaseOrder, "次序", "次序", "次序，默认登记日期")
    ] = None,
    view: Annotated[
        str | None,
        typer.Option("--view", metavar="视图", help="用保存的视图；同时给出的条件优先。"),
    ] = None,
    save: Annotated[
        str | None, typer.Option("--save", metavar="视图", help="把这次的条件保存为视图。")
    ] = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """列出事项，条件可以合用；不含信访人身份。

    例：xfctl case list --unit 后勤保障部 --stage 交办中；xfctl case list --overdue --sort 单位
    """
    from xfctl.cli import saved_views
    from xfctl.cli.emit import emit
    from xfctl.ledger.case_lists import cases
    from xfctl.reports.case_list import list_table

    given = {
        "unit": unit,
        "stage": stage,
        "channel": channel,
        "purpose": purpose,
        "category": category,
        "first-responder": first_responder,
        "from": first,
        "to": last,
        "overdue": overdue,
        "major": major,
        "leapfrog": leapfrog,
        "collective": collective,
        "from-above": from_above,
        "repeat": repeat,
        "sort": sort,
    }
    session = session_of(ctx)
    asked = saved_views.with_view(session, view, given)
    with session.reading() as ledger:
        connection = ledger.connection
        asked = saved_views.with_unit_code(connection, asked)
        wanted = saved_views.case_filter(asked, session.today)
        if save is not None:
            saved_views.save(session, save, asked)
        lines = cases(connection, wanted, asked.get("sort", CaseOrder.DATE).value)
        emit(list_table(lines), format, output)
