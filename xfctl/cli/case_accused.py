"""Whom an accusation (检举控告) is about."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.case_shared import day, warnings_of
from xfctl.cli.options import Number, On
from xfctl.cli.session import say, session_of


def accused(
    ctx: typer.Context,
    number: Number,
    names: Annotated[
        list[str], typer.Argument(metavar="姓名", help="被反映人姓名（保密），可以写几个。")
    ],
    on: On = None,
) -> None:
    """登记检举控告的被反映人；他任党政主要负责人或信访专人的单位，不能再接办这件事项（细则 13(8)）。

    例：xfctl case accused XF2026-0001 示例被反映人甲
    """
    from xfctl.domain.identity import Identity

    with session_of(ctx).desk() as desk:
        desk.name_accused(number, day(ctx, on), [Identity(name=each) for each in names])
    told = [f"已登记事项 {number} 的被反映人 {len(names)} 人。", *warnings_of(ctx, number)]
    say("\n".join(told))
