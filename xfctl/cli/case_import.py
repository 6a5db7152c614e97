"""Taking in a register that exists already."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.options import DryRun, Mapping, UnitOption
from xfctl.cli.session import say, session_of

_MOST_TOLD = 10


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="现有台账：CSV（UTF-8 或 GB18030）或 xlsx。")
    ],
    mapping: Mapping = None,
    unit: UnitOption = None,
    dry_run: DryRun = False,
) -> None:
    """导入已有的台账；有一行不对就全部不导入，并列出所有错误。重复导入不会重复登记。

    例：xfctl case import 台账.xlsx --dry-run；xfctl case import 留言.csv --map 编号=留言编号 --unit U01
    """
    from xfctl.cli.progress import progress
    from xfctl.intake.importer import import_register
    from xfctl.intake.labels import read_mapping
    from xfctl.intake.register import read_register

    session = session_of(ctx)
    with session.open(writable=True) as ledger:
        register = read_register(file, read_mapping(mapping or []))
        say(f"文件「{register.name}」按 {register.encoding} 读取，共 {len(register.rows)} 行。")
        if register.ignored_columns:
            say(f"没有用到的列：{'、'.join(register.ignored_columns)}。")
        with progress("导入", len(register.rows)) as advance:
            done = import_register(
                ledger, register, session.context(), unit=unit, dry_run=dry_run, progress=advance
            )
    verb = "可以登记" if dry_run else "新登记"
    say(
        f"{'检查通过，未写入：' if dry_run else ''}{verb} {done.added} 件，记录 {done.steps} 步；其余已在账本中。"
    )
    if done.naming:
        rows = "、".join(map(str, done.naming[:_MOST_TOLD]))
        more = "……" if len(done.naming) > _MOST_TOLD else ""
        advice = "写进账本就删不掉了；请改好再导入" if dry_run else "已写进账本，清单和文书里会出现"
        say(
            f"注意：第 {rows}{more} 行的事项、诉求或备注里写有信访人的姓名、电话或身份证号"
            f"（共 {len(done.naming)} 行），{advice}（细则 7）。"
        )
