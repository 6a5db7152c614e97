"""The entry point: global options, lazy commands, and every refusal as one sentence."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from xfctl import __version__
from xfctl.cli.arguments import globals_first
from xfctl.cli.lazy import LazyGroup
from xfctl.cli.options import read_date, read_moment
from xfctl.cli.session import new_session
from xfctl.errors import LedgerUnavailableError, XfctlError

USAGE = 2
INTERNAL = 70
INTERRUPTED = 130
_LONG_QUOTE = "「([^」]{100})[^」]{200,}」"

app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    subcommand_metavar="命令 [参数]...",
    options_metavar="[选项]",
    help=(
        "xfctl——高校信访办的台账：登记事项，按工作日计算期限，每天列出谁逾期、逾期几天。\n\n"
        "第一次使用：xfctl init，然后 xfctl unit import 单位.csv、xfctl case import 台账.xlsx；"
        "想先看看样子：xfctl demo 目录。"
    ),
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from xfctl.output.streams import write_stdout

        write_stdout(f"xfctl {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger", metavar="文件", envvar="XFCTL_LEDGER", help="账本文件，默认在用户数据目录。"
        ),
    ] = None,
    today: Annotated[
        date | None,
        typer.Option(
            "--today",
            metavar="日期",
            envvar="XFCTL_TODAY",
            parser=read_date,
            help="把这一天当作今天，默认北京时间的今天。",
        ),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            "--actor", metavar="姓名", envvar="XFCTL_ACTOR", help="操作人，默认登录用户名。"
        ),
    ] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option(
            "--as-known-at",
            metavar="时刻",
            parser=read_moment,
            help="按当时录入的内容查看，如 2026-09-30 或 2026-09-30 18:00；只能查看，不能写入。",
        ),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            metavar="文件",
            envvar="XFCTL_KEY",
            help="打开身份用的密钥文件或口令文件，默认在用户配置目录的 keys 里，或询问口令。",
        ),
    ] = None,
    version: Annotated[  # handled by its callback
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本后退出。"),
    ] = False,
) -> None:
    """Read the global options."""
    from xfctl.regulation.source import judged_under

    ctx.obj = session = new_session(ledger, today, actor, known_at, key)
    ctx.with_resource(judged_under(lambda: session.rules))


def run() -> None:
    """Run the command line and end the process with the documented exit code."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run one command line; returns the exit code and never raises to the user."""
    from xfctl.output.streams import drop_stdout, prepare_streams

    _open_closed_streams()
    _leave_no_core()
    prepare_streams()
    try:
        code = get_command(app).main(
            globals_first(arguments), prog_name="xfctl", standalone_mode=False
        )
    except XfctlError as error:
        return _fail(str(error), error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return _fail("已中断；没有做完的改动不会写入账本。", INTERRUPTED)
    except OSError as error:
        from xfctl.disk import reason

        drop_stdout()
        return _fail(
            f"读写出错（{reason(error)}）；请检查磁盘空间和权限，"
            "并用 xfctl log --last 5 核对这一步是否已记入账本。",
            LedgerUnavailableError.exit_code,
        )
    except Exception as error:
        return _unexpected(error)
    return code if isinstance(code, int) else 0


def _leave_no_core() -> None:
    """No image of the memory is written if the process dies: names may stand in it."""
    import resource

    with suppress(OSError, ValueError):  # a sandbox may forbid it
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _open_closed_streams() -> None:
    """Give a stream that the caller closed (``<&-``) a place to go: nowhere."""
    for name, mode in [("stdin", "r"), ("stdout", "w"), ("stderr", "w")]:
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def _unexpected(error: Exception) -> int:
    """Usage errors of Typer, told by their base class, and what nobody foresaw."""
    from xfctl.cli.chinese import usage_sentence

    if _is_usage_error(error):
        if type(error).__name__ == "NoArgsIsHelpError":
            return USAGE
        return _fail(usage_sentence(error), USAGE)
    # The type alone: the text of an unforeseen error may hold what must stay confidential.
    where = _innermost(error)
    return _fail(
        f"程序内部错误（{type(error).__name__}，{where}）；请用 xfctl log --last 5 核对账本，"
        "并把这一行告诉开发者。",
        INTERNAL,
    )


def _is_usage_error(error: Any) -> bool:
    return isinstance(error, typer.BadParameter.__mro__[2])


def _innermost(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def _fail(sentence: str, code: int) -> int:
    from xfctl.cli.session import say

    # What was typed is quoted, but nobody reads a page of it in a message of one sentence.
    say("错误：" + re.sub(_LONG_QUOTE, r"「\1……」", sentence))
    return code
