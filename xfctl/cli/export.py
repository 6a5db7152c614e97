"""Commands that hand the ledger's lists to other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xfctl.cli.account_views import Reveal, shown_names
from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import FormatOption, Output, UnitOption
from xfctl.cli.session import calendar_of, say, session_of, unit_code
from xfctl.output.formats import Format

if TYPE_CHECKING:
    from xfctl.ledger.connection import Ledger
    from xfctl.reports.table import Stream, Table

app = new_app(
    "导出：列名固定，见 docs/reference.md；不含信访人身份。",
    "xfctl export obligations --format json",
)


@app.command(cls=Command)
def cases(ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None) -> None:
    """导出全部事项；可以用 case import 读回。

    例：xfctl export cases -o 事项.csv；xfctl export cases --format xlsx -o 事项.xlsx
    """
    from xfctl.ledger.case_states import all_cases
    from xfctl.reports.case_export import export_table

    _export(ctx, format, output, lambda ledger: export_table(all_cases(ledger.connection)))


@app.command(cls=Command)
def obligations(
    ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None
) -> None:
    """导出全部期限义务：起算、期限、履行日期、是否逾期、逾期天数。

    例：xfctl export obligations -o 期限.csv；xfctl export obligations --format json
    """
    from xfctl.ledger.queries import all_obligations
    from xfctl.reports.obligations import export_table

    def table(ledger: Ledger) -> Stream:
        lines = all_obligations(ledger.connection)
        names = format is not Format.JSON
        return export_table(lines, session_of(ctx).today, calendar_of(ledger), names=names)

    _export(ctx, format, output, table)


@app.command(cls=Command)
def supervision(
    ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None
) -> None:
    """导出全部督办：情形、形式、跟踪人、期限、回复、结果、通报范围。

    例：xfctl export supervision -o 督办.csv；xfctl export supervision --format json
    """
    from xfctl.ledger.supervision_lists import supervisions
    from xfctl.reports.supervision import export_table

    today = session_of(ctx).today

    def table(ledger: Ledger) -> Stream:
        lines = supervisions(ledger.connection, begun_by=today)
        return export_table(lines, today, calendar_of(ledger))

    _export(ctx, format, output, table)


@app.command(cls=Command)
def units(ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None) -> None:
    """导出全部责任单位；可以用 unit import 读回。

    例：xfctl export units -o 单位.csv；xfctl export units --format xlsx -o 单位.xlsx
    """
    from xfctl.ledger import queries
    from xfctl.reports.units import units_table

    _export(ctx, format, output, lambda ledger: units_table(queries.units(ledger.connection)))


@app.command(cls=Command)
def accountability(
    ctx: typer.Context,
    reveal: Reveal = None,
    format: FormatOption = Format.CSV,
    output: Output = None,
) -> None:
    """导出全部问责；责任人姓名隐去，除非用 --reveal 写明理由。

    例：xfctl export accountability -o 问责.csv
    """
    from xfctl.ledger.account_lists import accountabilities
    from xfctl.reports.accounts import export_table

    session = session_of(ctx)
    with session.reading() as ledger:
        lines = accountabilities(ledger.connection, proposed_by=session.today)
    names = shown_names(ctx, lines, reveal, format, output)
    _export(ctx, format, output, lambda _: export_table(lines, names, session.today))


@app.command(cls=Command)
def risks(ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None) -> None:
    """导出全部隐患点和关键点，已化解的也在内。

    例：xfctl export risks -o 隐患.csv；xfctl export risks --format xlsx -o 隐患.xlsx
    """
    from xfctl.ledger import risk_lists
    from xfctl.reports.risks import list_table

    on = session_of(ctx).today

    def table(ledger: Ledger) -> Table:
        return list_table(risk_lists.risks(ledger.connection, on, everything=True), on)

    _export(ctx, format, output, table)


@app.command(cls=Command)
def decisions(ctx: typer.Context, format: FormatOption = Format.CSV, output: Output = None) -> None:
    """导出全部重大事项决策：征求意见、评估、决定、引发的事项（细则 9(2)）。

    例：xfctl export decisions -o 决策.csv
    """
    from xfctl.ledger import risk_lists
    from xfctl.reports.decisions import list_table

    on = session_of(ctx).today

    def table(ledger: Ledger) -> Table:
        return list_table(risk_lists.decisions(ledger.connection, on), on)

    _export(ctx, format, output, table)


@app.command("events", cls=Command)
def events_(ctx: typer.Context, output: Output = None) -> None:
    """导出事件链，每行一条 JSON（JSON Lines）；可以离开账本用 verify --events 核验。

    例：xfctl export events -o 事件.jsonl；xfctl verify --events 事件.jsonl
    """
    from xfctl.ledger import events
    from xfctl.ledger.chain import GENESIS, Head
    from xfctl.output.event_lines import event_line
    from xfctl.output.files import write_pieces
    from xfctl.output.streams import write_stdout_pieces

    last = Head(0, GENESIS)

    def pieces(ledger: Ledger) -> Iterator[bytes]:
        nonlocal last
        for row in events.stored(ledger.connection):
            last = Head(row.seq, row.hash)
            yield event_line(row).encode()

    with session_of(ctx).reading() as ledger:
        if output is None:
            write_stdout_pieces(pieces(ledger))
        else:
            write_pieces(output, pieces(ledger))
            say(f"已写入「{output}」，共 {last.seq} 条事件。")
    say(f"账本头 {last}")


@app.command(cls=Command)
def ics(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="已履行的也导出，标为已取消，日历会把它们撤下。")
    ] = False,
    unit: UnitOption = None,
    output: Output = None,
) -> None:
    """把未履行的期限导出为日历（iCalendar），可导入 Outlook 和手机；不含事项内容和信访人。

    例：xfctl export ics -o 期限.ics；xfctl export ics --unit 后勤保障部 --all -o 后勤.ics
    """
    from xfctl.ledger import queries
    from xfctl.output.files import write_pieces
    from xfctl.output.ics_file import ics_pieces
    from xfctl.output.streams import write_stdout_pieces
    from xfctl.reports.due_entries import DueEntry, due_entries

    session = session_of(ctx)
    name = session.settings.text("office.name") or "信访期限"
    count = 0

    def wanted(ledger: Ledger, code: str | None) -> Iterator[DueEntry]:
        nonlocal count
        lines = queries.all_obligations(ledger.connection)
        of_unit = (each for each in lines if code in (None, each.owed_by))
        ledger_id = queries.ledger_id(ledger.connection)
        for each in due_entries(of_unit, ledger_id, session.today, calendar_of(ledger)):
            if everything or not each.discharged:
                count += 1
                yield each

    with session.reading() as ledger:
        code = unit_code(ledger.connection, unit)
        pieces = ics_pieces(wanted(ledger, code), name, session.today)
        if output is None:
            write_stdout_pieces(pieces)
        else:
            write_pieces(output, pieces)
    say(f"共 {count} 项期限。")


def _export(
    ctx: typer.Context,
    format: Format,
    output: Path | None,
    table: Callable[[Ledger], Table | Stream],
) -> None:
    """Hand over one list, and say how far the ledger's chain reached."""
    from xfctl.cli.emit import emit
    from xfctl.ledger.chain import head

    with session_of(ctx).reading() as ledger:
        emit(table(ledger), format, output)
        say(f"账本头 {head(ledger.connection)}")
