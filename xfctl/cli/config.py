"""The officer's own settings: shown, set, and the views saved by ``case list --save``."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.chinese import Command, new_app
from xfctl.cli.options import FormatOption, Output
from xfctl.cli.session import say, session_of
from xfctl.output.formats import Format

app = new_app(
    "配置：单位名称、红头、联系人、默认操作人、显示天数，和保存的视图。",
    "xfctl config set office.name 某大学信访办公室",
)

Key = Annotated[str, typer.Argument(metavar="设置", help="如 office.name，见 xfctl config show。")]
ViewName = Annotated[str, typer.Argument(metavar="视图", help="视图的名字。")]


@app.command(cls=Command)
def show(ctx: typer.Context, format: FormatOption = Format.TABLE, output: Output = None) -> None:
    """显示每一项设置和它的含义；空的是没有设置。

    例：xfctl config show
    """
    from xfctl.cli.emit import emit
    from xfctl.intake.settings import SETTINGS
    from xfctl.reports.table import Column, Table

    settings = session_of(ctx).settings
    columns = (Column("key", "设置", whole=True), Column("value", "值"), Column("meaning", "含义"))
    rows = [(each.key, settings.values.get(each.key), each.meaning) for each in SETTINGS]
    footer = (f"配置文件 {session_of(ctx).config_path}；保存的视图 {len(settings.views)} 个。",)
    emit(Table("配置", columns, [*rows], footer), format, output)


@app.command("set", cls=Command)
def set_(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="值", help="新的值。")],
) -> None:
    """改一项设置，写入配置文件；文件里的注释保留。

    例：xfctl config set office.name 示例大学信访办公室；xfctl config set actor 经办甲
    """
    from xfctl.intake.settings import checked, setting
    from xfctl.output.settings_file import put

    session = session_of(ctx)
    found = setting(key)
    new = checked(found, value)
    put(session.config_path, session.settings_text(), tuple(key.split(".")), new)
    say(f"已设置 {key} = {new}。")


@app.command(cls=Command)
def unset(ctx: typer.Context, key: Key) -> None:
    """去掉一项设置，恢复默认。

    例：xfctl config unset display.soon_days
    """
    from xfctl.errors import InputRefusedError
    from xfctl.intake.settings import setting

    setting(key)
    if not _drop(ctx, tuple(key.split("."))):
        raise InputRefusedError(f"没有设置过「{key}」；请用 xfctl config show 核对。")
    say(f"已去掉 {key}。")


@app.command(cls=Command)
def path(ctx: typer.Context) -> None:
    """输出配置文件的路径；可以直接用编辑器修改。

    例：xfctl config path
    """
    from xfctl.output.streams import write_stdout

    write_stdout(f"{session_of(ctx).config_path}\n")


@app.command(cls=Command)
def views(ctx: typer.Context, format: FormatOption = Format.TABLE, output: Output = None) -> None:
    """列出保存的视图和它们的条件。

    例：xfctl config views
    """
    from xfctl.cli.emit import emit
    from xfctl.cli.saved_views import conditions_text
    from xfctl.reports.table import Column, Table

    found = session_of(ctx).settings.views
    rows = [(name, conditions_text(view)) for name, view in found.items()]
    columns = (Column("name", "视图"), Column("conditions", "条件"))
    footer = (f"共 {len(rows)} 个；用 xfctl case list --view 视图 查看。",)
    emit(Table("保存的视图", columns, [*rows], footer), format, output)


@app.command("remove-view", cls=Command)
def remove_view(ctx: typer.Context, name: ViewName) -> None:
    """删除一个保存的视图。

    例：xfctl config remove-view 后勤逾期
    """
    from xfctl.cli.saved_views import unknown_view

    if not _drop(ctx, ("views", name)):
        raise unknown_view(name, session_of(ctx).settings)
    say(f"已删除视图「{name}」。")


def _drop(ctx: typer.Context, keys: tuple[str, ...]) -> bool:
    from xfctl.output.settings_file import drop

    session = session_of(ctx)
    return drop(session.config_path, session.settings_text(), keys)
