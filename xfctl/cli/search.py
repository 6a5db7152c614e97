"""Full-text search of matters."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.options import FormatOption, Output
from xfctl.cli.session import say, session_of
from xfctl.errors import InputRefusedError
from xfctl.output.formats import Format

MOST = 1000


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="词", help="要找的词，两个字就能找到；几个词须都出现。")
    ],
    limit: Annotated[
        int, typer.Option("--limit", metavar="件数", min=1, max=MOST, help="最多几件。")
    ] = 50,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """在事项、诉求、备注和单位中查找，最相关的在前；不查信访人身份。

    例：xfctl search 热水；xfctl search 收费 后勤
    """
    from xfctl.cli.emit import emit
    from xfctl.ledger.case_lists import cases_by_number
    from xfctl.ledger.search import find, query_of
    from xfctl.reports.case_list import list_table

    wanted = " ".join(words)
    if not query_of(wanted):
        raise InputRefusedError(f"「{wanted}」里没有可以查找的字；请写要找的词，如 热水。")
    with session_of(ctx).reading() as ledger:
        numbers = find(ledger.connection, wanted, limit)
        emit(list_table(cases_by_number(ledger.connection, numbers)), format, output)
    if len(numbers) == limit:
        say(f"只列出最相关的 {limit} 件，可能还有；请多写几个词，或用 --limit 加大件数。")
