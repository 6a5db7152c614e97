"""Early warning (风险预警, 细则 8(3))."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.options import FormatOption, Output
from xfctl.cli.session import session_of
from xfctl.output.formats import Format


def watch(
    ctx: typer.Context,
    days: Annotated[
        int, typer.Option("--days", metavar="天数", min=1, max=360, help="看近多少日。")
    ] = 30,
    least: Annotated[
        int, typer.Option("--least", metavar="件数", min=1, help="近期至少几件才列出。")
    ] = 3,
    percent: Annotated[
        int,
        typer.Option("--percent", metavar="百分数", min=1, max=50, help="偶然概率低于它才提示。"),
    ] = 5,
    near: Annotated[
        int, typer.Option("--near", metavar="人数", min=2, max=4, help="几人起算接近集体。")
    ] = 3,
    cluster: Annotated[
        int, typer.Option("--cluster", metavar="件数", min=2, help="几件相似算聚集。")
    ] = 3,
    part: Annotated[
        str | None,
        typer.Option("--part", metavar="哪张表", help="只要一张表：上升、集体、重复、相似。"),
    ] = None,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """预警：比自己的过去上升的单位和类别，接近集体规模的，可能转为重复的初信初访，相似事项的聚集。

    例：xfctl risk watch；xfctl risk watch --days 60 --part 上升 --format json
    """
    from xfctl.cli.emit import emit_parts
    from xfctl.reports import watch as rates
    from xfctl.reports import watch_matters as matters

    session = session_of(ctx)
    limits = rates.Thresholds(days, least, percent, near, cluster)
    with session.reading() as ledger:
        compared = rates.rises(ledger.connection, session.today, limits)
        seen = matters.look(ledger.connection, session.today, limits)
    parts = {
        "上升": rates.rises_table(compared, session.today, limits),
        "集体": matters.sizes_table(seen, limits),
        "重复": matters.repeats_table(seen, session.today),
        "相似": matters.clusters_table(seen, limits),
    }
    emit_parts(parts, part, format, output)
