"""Help and usage errors in Chinese, on top of what Typer writes in English."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_TYPERS_OWN = {
    "help": "显示这份说明后退出。",
    "install_completion": "为现在的 shell 安装命令补全。",
    "show_completion": "显示命令补全脚本，可复制或自行安装。",
}
# What Typer shows as an argument's type: <str>, <path>, <int range>, the name of a parser.
_PYTHON_TYPE = re.compile(r"<[\w ]+>")
_CLAUSE_END = re.compile("[：；。]")
_HELP_HINT = "运行 {command} --help 查看用法。"


class _Chinese:
    """What commands and groups have in common: a help page that is Chinese from the first word."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]  # mixed into Typer's classes
        return usage.replace("Usage: ", "用法：", 1)

    def get_params(self, ctx: Any) -> list[Any]:
        """All parameters, those that Typer adds by itself explained in Chinese."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.name in _TYPERS_OWN:
                param.help = _TYPERS_OWN[param.name]
        return params

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """The arguments; an error about an option learns which command it happened in."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc]
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                setattr(error, "ctx", ctx)  # noqa: B010  # only usage errors have it
            raise

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help page."""
        _set_up_rich_help()
        self.help: str | None = _one_example_a_line(self.help or "")
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Chinese, TyperCommand):
    """A verb; its group lists it by the first clause of its help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.short_help = self.short_help or _CLAUSE_END.split(self.help or "", maxsplit=1)[0]


class Group(_Chinese, TyperGroup):
    """A noun with its verbs."""


def new_app(help_text: str, examples: str, cls: type[TyperGroup] = Group) -> typer.Typer:
    """A noun's Typer app; its commands use ``Command``. Examples are set apart by ``；``."""
    return typer.Typer(
        cls=cls,
        help=f"{help_text}\n\n例：{examples}",
        no_args_is_help=True,
        add_completion=False,
        subcommand_metavar="命令 [参数]...",
        options_metavar="[选项]",
    )


def usage_sentence(error: Any) -> str:
    """A usage error of Typer as one Chinese sentence, told by its class."""
    what = _sentences.get(type(error).__name__, _other)(error)
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx is not None else "xfctl"
    return f"{what}；{_HELP_HINT.format(command=command)}"


def _set_up_rich_help() -> None:
    """Name Typer's panels, and let Chinese, which has no blanks, wrap instead of being cut."""
    from rich import text
    from rich.table import Table
    from typer import rich_utils

    class FoldingTable(Table):
        def add_row(self, *args: Any, **kwargs: Any) -> None:
            cells = ["" if _PYTHON_TYPE.fullmatch(str(cell)) else cell for cell in args]
            super().add_row(*cells, **kwargs)
            for column in self.columns:
                column.overflow = "fold"

    def one_text(parts: list[text.Text]) -> text.Text:
        return text.Text(" ").join(parts)

    # Names that are not Typer's and Rich's to export. Columns would cut what one text wraps.
    setattr(rich_utils, "Table", FoldingTable)  # noqa: B010
    setattr(rich_utils, "Columns", one_text)  # noqa: B010
    setattr(text, "divide_line", _line_breaks)  # noqa: B010
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.RANGE_STRING = ""
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.ENVVAR_STRING = "[环境变量：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"


def _one_example_a_line(help_text: str) -> str:
    return help_text.replace("；xfctl ", "\n例：xfctl ")


def _line_breaks(text: str, width: int, fold: bool = True) -> list[int]:
    """Where lines end in ``text``; unlike Rich's own, no line begins with 。 or ends with （."""
    from xfctl.output.wrap import wrap

    at, starts = 0, []
    for line in wrap(text, width):
        starts.append(text.index(line, at))
        at = starts[-1] + len(line)
    return starts[1:]


def _missing(error: Any) -> str:
    if error.param.param_type_name == "option":
        return f"缺少选项「{error.param.opts[0]}」"
    return f"缺少参数「{error.param.metavar or error.param.name}」"


def _bad(error: Any) -> str:
    if error.param is None:
        return _other(error)
    is_option = error.param.param_type_name == "option"
    name = error.param.opts[0] if is_option else error.param.metavar or error.param.name
    choices = getattr(error.param.type, "choices", None)
    if choices:
        known = "、".join(str(getattr(choice, "value", choice)) for choice in choices)
        return f"「{name}」的值不对，可以用：{known}"
    return f"「{name}」的值不对，须是{_wanted(error.param.type)}"


def _wanted(kind: Any) -> str:
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if most is not None:
        return f" {least} 至 {most} 的整数"
    if least is not None:
        return f"不小于 {least} 的整数"
    return "整数" if kind.name == "int" else "合适的值"


def _option_usage(error: Any) -> str:
    needs = "requires" in error.format_message()
    return f"选项「{error.option_name}」后面{'缺少它的值' if needs else '不能写值'}"


def _no_option(error: Any) -> str:
    near = "、".join(error.possibilities or ())
    return f"没有「{error.option_name}」这个选项" + (f"，是不是 {near}" if near else "")


def _other(error: Any) -> str:
    message = error.format_message()
    for english, chinese in _PHRASES:
        if message.startswith(english):
            return chinese.format(rest=message.removeprefix(english).strip(" .'\"()"))
    return f"命令写法不对（{message}）"


_PHRASES = (
    ("No such command", "没有「{rest}」这个命令"),
    ("Got unexpected extra argument(s)", "多出了参数「{rest}」"),
    ("Missing command", "缺少命令"),
)
_sentences = {
    "MissingParameter": _missing,
    "BadParameter": _bad,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _option_usage,
}
