"""The list of units: adding, changing, merging, importing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.options import Mapping, On, UnitArgument, complete_unit
from xfctl.cli.session import day, say, session_of

Kind = Annotated[
    str | None, typer.Option("--kind", metavar="类别", help="如 学院、机关与直属单位。")
]
Headcount = Annotated[
    int | None, typer.Option("--headcount", metavar="人数", min=1, help="教职工人数。")
]
Parent = Annotated[
    str | None,
    typer.Option("--parent", metavar="单位", help="上级单位。", autocompletion=complete_unit),
]


def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="编号", help="单位编号，如 A15。")],
    name: Annotated[str, typer.Argument(metavar="名称", help="单位名称，如 后勤保障部。")],
    kind: Kind = None,
    by_reference: Annotated[
        bool, typer.Option("--by-reference", help="参照执行（细则 2：第一、第二医院）。")
    ] = False,
    parent: Parent = None,
    former: Annotated[
        list[str] | None,
        typer.Option("--former-name", metavar="曾用名", help="曾用名，可多次给出。"),
    ] = None,
    headcount: Headcount = None,
) -> None:
    """添加一个责任单位。

    例：xfctl unit add A15 后勤保障部 --former-name 后勤集团
    """
    from xfctl.domain import unit_rules
    from xfctl.domain.unit import Applies, UnitAdded, UnitChanged

    entry = UnitAdded(
        code=code,
        name=name,
        kind=kind,
        applies=Applies.BY_REFERENCE if by_reference else Applies.APPLIES,
        former_names=tuple(former or ()),
        headcount=headcount,
    )
    session = session_of(ctx)
    with session.desk() as desk:
        desk.add_unit(entry, session.today)
        if parent is not None:
            change = UnitChanged(parent=desk.units.find(parent).code)
            desk.on_unit(
                code,
                lambda record, world: unit_rules.change(
                    record, change, session.today, desk.units, world
                ),
            )
    say(f"已添加单位 {code} {name}。")


def edit(
    ctx: typer.Context,
    unit: UnitArgument,
    name: Annotated[str | None, typer.Option("--name", metavar="名称", help="新名称。")] = None,
    code: Annotated[str | None, typer.Option("--code", metavar="编号", help="新编号。")] = None,
    kind: Kind = None,
    parent: Parent = None,
    by_reference: Annotated[
        bool | None,
        typer.Option("--by-reference/--applies", help="参照执行，或直接适用（细则 2）。"),
    ] = None,
    headcount: Headcount = None,
    on: On = None,
) -> None:
    """更名、改编号、改上级、类别、适用或人数；以前的事项仍用当时的名称，旧名称旧编号都还能用来查找。

    例：xfctl unit edit 后勤保障部 --name 后勤服务中心 --on 2026-09-01
    """
    from xfctl.domain import unit_rules
    from xfctl.domain.unit import Applies, UnitChanged

    applies = {True: Applies.BY_REFERENCE, False: Applies.APPLIES, None: None}[by_reference]
    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        change = UnitChanged(
            name=name,
            code=code,
            kind=kind,
            parent=desk.units.find(parent).code if parent is not None else None,
            applies=applies,
            headcount=headcount,
        )
        after = desk.on_unit(
            unit,
            lambda record, world: unit_rules.change(record, change, when, desk.units, world),
        ).unit
    say(f"已更改：{after.present_code} {after.name}。")


def merge(
    ctx: typer.Context,
    unit: UnitArgument,
    into: Annotated[
        str,
        typer.Option("--into", metavar="单位", help="并入的单位。", autocompletion=complete_unit),
    ],
    on: On = None,
) -> None:
    """记录一个单位并入另一个：以后不能再向它交办，已有的事项、期限和任职仍是它的。

    例：xfctl unit merge 后勤集团 --into 后勤保障部 --on 2026-09-01
    """
    from xfctl.domain import unit_rules

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        successor = desk.units.find(into)
        before = desk.on_unit(
            unit, lambda record, world: unit_rules.merge(record, successor, when, world)
        ).unit
    say(f"已记录 {before.name}自 {when} 起并入{successor.name}。")


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件",
            help="CSV 或 xlsx：单位编号、单位名称、类别、适用、上级单位、曾用名、教职工人数。",
        ),
    ],
    mapping: Mapping = None,
) -> None:
    """从 CSV 或 xlsx 导入单位；已有的单位不重复添加。

    例：xfctl unit import 单位.csv；xfctl unit import 部门.xlsx --map 单位编号=部门号
    """
    from xfctl.intake.labels import read_mapping
    from xfctl.intake.unit_import import import_units

    session = session_of(ctx)
    with session.open(writable=True) as ledger:
        done = import_units(ledger, file, session.context(), read_mapping(mapping or []))
    say(f"读到 {done.rows} 个单位，新添加 {done.added} 个，其余已在账本中。")
