"""The demo: a realistic ledger of invented data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.session import say, session_of


def demo(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="目录", help="示例账本放在这个目录的 ledger.db。")
    ],
) -> None:
    """建立一个示例账本：63 个单位、400 件虚构事项，供试用和培训。

    例：xfctl demo demo；xfctl --ledger demo/ledger.db overdue
    """
    from xfctl.cli.progress import progress
    from xfctl.demo import CASES, make_demo

    session = session_of(ctx)
    session.refuse_as_known_at()
    with progress("登记示例事项", CASES) as advance:
        path = make_demo(folder, session.context(), advance)
    say(
        f"已建立示例账本「{path}」，内容全部虚构。可以试试：\n"
        f"  xfctl --ledger {path} overdue\n"
        f"  xfctl --ledger {path} overdue --by-unit\n"
        f"  xfctl --ledger {path} digest\n"
        f"  xfctl --ledger {path} case list --stage 交办中\n"
        f"  xfctl --ledger {path} case explain 编号\n"
        f"  xfctl --ledger {path} risk list\n"
        f"  xfctl --ledger {path} risk watch"
    )
