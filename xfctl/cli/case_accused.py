"""Whom an accusation (检举控告) is about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.case_shared import warnings_of
from xfctl.cli.options import Number, On
from xfctl.cli.private import ACCUSED, Ask, told_privately
from xfctl.cli.session import day, say, session_of


def accused(
    ctx: typer.Context,
    number: Number,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[姓名]...", help="被反映人姓名（保密），可多次给出。"),
    ] = None,
    accused_file: Annotated[
        Path | None,
        typer.Option(
            "--accused-file",
            metavar="文件",
            help="姓名写在文件里，每行「被反映人：某某」；- 为标准输入。",
        ),
    ] = None,
    ask: Ask = False,
    on: On = None,
) -> None:
    """登记检举控告的被反映人；他任党政主要负责人或信访专人的单位，不能再接办这件事项（细则 13(8)）。

    例：xfctl case accused XF2026-0001 --ask
    """
    from xfctl.domain.identity import Identity
    from xfctl.errors import InputRefusedError

    told = told_privately(accused_file, ask, ACCUSED, ["accused"])
    everyone = [Identity(name=each) for each in (*(names or ()), *told.get("accused", ()))]
    if not everyone:
        raise InputRefusedError(
            "没有写被反映人的姓名；请用 --ask 或 --accused-file 写明，不留在命令行里。"
        )
    with session_of(ctx).desk() as desk:
        desk.name_accused(number, day(ctx, on), everyone)
    told_of = [f"已登记事项 {number} 的被反映人 {len(everyone)} 人。", *warnings_of(ctx, number)]
    say("\n".join(told_of))
