"""Who holds which post (细则 5, 9(1))."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.options import Mapping, On, Reason, UnitArgument, read_date
from xfctl.cli.session import day, say, session_of
from xfctl.cli.words import member_option
from xfctl.domain.post import Post

PostName = Annotated[str, typer.Argument(metavar="姓名", help="任职人姓名。")]
WhichPost = Annotated[Post | None, member_option("--post", Post, "职务", "职务")]


def appoint(
    ctx: typer.Context,
    unit: UnitArgument,
    name: PostName,
    post: Annotated[Post, member_option("--post", Post, "职务", "职务")],
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="分管工作", help="分管工作（一岗双责），如 基建、后勤。"),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(
            "--until", metavar="日期", parser=read_date, help="免职日期，补录以前的任期时用。"
        ),
    ] = None,
    succeed: Annotated[
        bool, typer.Option("--succeed", help="接任：同日免去现任（每个单位一人的职务）。")
    ] = False,
    on: On = None,
) -> None:
    """记录任职：从 --on 那天起由谁担任什么职务。责任按行为发生那天的任职认定（细则 5）。

    例：xfctl unit appoint 后勤保障部 示例负责人 --post 行政主要负责人 --on 2026-03-01
    """
    from xfctl.domain import post_rules
    from xfctl.domain.post_rules import Appoint

    wanted = Appoint(on=day(ctx, on), post=post, name=name, area=area, until=until, succeed=succeed)
    with session_of(ctx).desk() as desk:
        found = desk.units.acting(unit, wanted.on)
        record = desk.on_unit(
            found.code, lambda record, world: post_rules.appoint(record.posts, wanted, world)
        )
    term = f"{wanted.on} 起" + (f"，{until} 免职" if until else "")
    say(f"已记录{record.unit.name}：{post.label}，{name}，{term}。")


def relieve(
    ctx: typer.Context, unit: UnitArgument, name: PostName, post: WhichPost = None, on: On = None
) -> None:
    """记录免职：从 --on 那天起不再担任。

    例：xfctl unit relieve 后勤保障部 示例负责人 --on 2026-09-01
    """
    from xfctl.domain import post_rules

    when = day(ctx, on)
    with session_of(ctx).desk() as desk:
        record = desk.on_unit(
            unit, lambda record, world: post_rules.relieve(record.posts, name, post, when, world)
        )
    say(f"已记录{record.unit.name}：{name}自 {when} 起不再任职。")


def strike(
    ctx: typer.Context,
    unit: UnitArgument,
    name: PostName,
    reason: Reason,
    post: WhichPost = None,
) -> None:
    """作废一项误记的任职（最近的一项）；账本里仍留有记录。

    例：xfctl unit strike 后勤保障部 示例负责人 --reason 单位录错
    """
    from xfctl.domain import post_rules

    with session_of(ctx).desk() as desk:
        record = desk.on_unit(
            unit,
            lambda record, world: post_rules.strike(record.posts, name, post, reason, world),
        )
    say(f"已作废{record.unit.name}的这项任职记录。")


def import_posts(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", help="CSV 或 xlsx：单位、职务、姓名、任职日期、免职日期、分管工作。"
        ),
    ],
    mapping: Mapping = None,
) -> None:
    """从 CSV 或 xlsx 导入任职；已有的不重复记录，后任到任即免去前任。

    例：xfctl unit import-posts 任职.csv
    """
    from xfctl.intake.labels import read_mapping
    from xfctl.intake.post_import import import_posts as take

    session = session_of(ctx)
    with session.open(writable=True) as ledger:
        done = take(ledger, file, session.context(), read_mapping(mapping or []))
    say(f"读到 {done.rows} 行任职，新记录 {done.recorded} 项，其余已在账本中。")
