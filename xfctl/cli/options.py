"""Options and arguments that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from xfctl.output.formats import Format

# The exit code of a question with ``--exit-code`` whose answer is that there is something to do.
ANSWER_IS_YES = 1


def read_date(text: str) -> date:
    """A date as officers write it. Raises InputRefusedError."""
    from xfctl.intake.dates import parse_date

    return parse_date(text)


def read_moment(text: str) -> datetime:
    """A day, meaning its end, or a minute of it, in Shanghai. Raises InputRefusedError."""
    from xfctl.intake.dates import parse_moment

    return parse_moment(text)


def complete_number_of(*tables: str) -> Callable[[typer.Context, str], list[str]]:
    """The numbers of matters, supervisions, … that a shell may complete to, by their tables."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from xfctl.cli.complete import numbers

        return numbers(ctx, tables, incomplete)

    return complete


complete_number = complete_number_of("case")


def complete_unit(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Units that a shell may complete to."""
    from xfctl.cli.complete import units

    return units(ctx, incomplete)


Number = Annotated[
    str,
    typer.Argument(
        metavar="编号", help="事项编号，如 XF2026-0001。", autocompletion=complete_number
    ),
]
SupervisionNumber = Annotated[
    str,
    typer.Argument(
        metavar="督办编号",
        help="如 DB2026-0001。",
        autocompletion=complete_number_of("supervision"),
    ),
]
UnitArgument = Annotated[
    str,
    typer.Argument(metavar="单位", help="单位编号、名称或曾用名。", autocompletion=complete_unit),
]
UnitOption = Annotated[
    str | None,
    typer.Option(
        "--unit", metavar="单位", help="单位编号、名称或曾用名。", autocompletion=complete_unit
    ),
]
On = Annotated[
    date | None,
    typer.Option("--on", metavar="日期", parser=read_date, help="发生日期，默认今天。"),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="日期", parser=read_date, help="截至哪一天终了，默认今天。"),
]
FormatOption = Annotated[
    Format, typer.Option("--format", metavar="格式", help="输出格式：" + "、".join(Format) + "。")
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="文件", help="写入文件（权限 0600），默认显示在屏幕上。"
    ),
]
Mapping = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="字段=列名", help="指定字段对应的列，可多次给出，如 编号=留言编号。"
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="理由，记入账本。")]
Redacted = Annotated[
    str | None,
    typer.Option(
        "--redacted",
        metavar="说明",
        help="检举控告：写明不宜透露的内容怎样隐去，才可以交给被反映的单位（细则 13(8)）。",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只检查，不写入账本。")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接执行。")]
