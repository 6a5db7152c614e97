"""docs/commands.md is written from the commands themselves; ``XFCTL_UPDATE_DOCS=1`` rewrites it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer import Context
from typer.main import get_command

from xfctl.cli.main import app

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"

OPENING = """\
# 命令一览

由程序里的命令生成，请不要手改；`xfctl 命令 --help` 显示同样的内容。次序同 `xfctl --help`：每天用的在前。
按情形查，见[办事指南](guide/README.md)；日期写法、输出格式、导出的列、退出码，见[格式参考](reference.md)。

`--ledger`、`--today`、`--actor`、`--as-known-at` 可以写在任何命令的任何位置。
"""
EXAMPLE = re.compile(r"(?:^|；)\s*(?:例：)?(?=xfctl )", re.MULTILINE)


def page() -> str:
    top: Any = get_command(app)
    lines = [OPENING, *_options(top), ""]
    for name, command in verbs_of(top):
        lines += [f"## {name}", "", *_command(f"xfctl {name}", command, 3)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _command(path: str, command: Any, level: int) -> Iterator[str]:
    """The explanation, the examples and the parameters of a command, or of all a group has."""
    sentences, examples = explained(command)
    yield from ("\n\n".join(sentences), "")
    if verbs := verbs_of(command):
        yield from (*_shown(examples), "")
        for name, verb in verbs:
            yield from (f"{'#' * level} {path.removeprefix('xfctl ')} {name}", "")
            yield from _command(f"{path} {name}", verb, level + 1)
        return
    yield from ("```text", f"{path} {' '.join(_usage(command))}".rstrip(), "```", "")
    yield from _options(command)
    yield from ("", *_shown(examples), "")


def _shown(examples: list[str]) -> list[str]:
    return ["例：", "", "```text", *examples, "```"] if examples else []


def verbs_of(command: Any) -> list[tuple[str, Any]]:
    """The commands of a group, in the order of its help page; of a command, none."""
    if not hasattr(command, "list_commands"):
        return []
    context = Context(command)
    names = command.list_commands(context)
    return [(name, command.resolve_command(context, [name])[1]) for name in names]


def explained(command: Any) -> tuple[list[str], list[str]]:
    """What a command says of itself: its paragraphs, and its examples, one a line."""
    paragraphs = [part.strip() for part in (command.help or "").split("\n\n")]
    said = [part for part in paragraphs if not part.startswith("例：")]
    examples = [
        example.strip()
        for part in paragraphs
        if part.startswith("例：")
        for example in EXAMPLE.split(part)
        if example.strip()
    ]
    return [re.sub(r"\n\s*", "", part) for part in said if part], examples


def _usage(command: Any) -> Iterator[str]:
    for parameter in shown(command):
        if parameter.param_type_name == "argument":
            many = "..." if parameter.nargs == -1 else ""
            word = f"{metavar(parameter)}{many}"
            yield word if parameter.required else f"[{word}]"
        elif parameter.required:
            yield f"{parameter.opts[0]} {metavar(parameter)}"
    yield "[选项]"


def _options(command: Any) -> Iterator[str]:
    rows = [
        (_names(parameter), "；".join(_about(parameter, Context(command))))
        for parameter in shown(command)
    ]
    if rows:
        yield from ("| 参数、选项 | 含义 |", "| --- | --- |")
        yield from (f"| `{names}` | {about} |" for names, about in rows)


def shown(command: Any) -> list[Any]:
    """The parameters an officer may give: arguments first, then options, as the help has them."""
    visible = [
        each
        for each in command.get_params(Context(command))
        if not getattr(each, "hidden", False) and each.name != "help"
    ]
    return sorted(visible, key=lambda each: each.param_type_name != "argument")


def metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name)


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return metavar(parameter)
    names = "、".join([*parameter.opts, *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {metavar(parameter)}"


def _about(parameter: Any, context: Any) -> Iterator[str]:
    yield (parameter.help or "").strip().rstrip("。").replace("|", "\\|").replace("\n", "")
    if parameter.required:
        yield "必填"
    if (default := _default(parameter, context)) is not None:
        yield f"默认 {default}"
    if parameter.envvar:
        yield f"环境变量 `{parameter.envvar}`"


def _default(parameter: Any, context: Any) -> Any:
    """A default worth telling: neither nothing, nor a switch that is off."""
    default = parameter.get_default(context)
    told = parameter.show_default and not callable(default) and not isinstance(default, bool)
    return default if told and default not in (None, "", (), []) else None


def test_the_page_is_what_the_commands_say() -> None:
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    # Another test reads every page meanwhile: what is right already is left alone.
    if os.environ.get("XFCTL_UPDATE_DOCS") == "1" and written != page():
        PAGE.write_text(page(), encoding="utf-8")
        return
    assert written == page()


def _leaves(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    verbs = verbs_of(command)
    if not verbs:
        yield path, command
    for name, verb in verbs:
        yield from _leaves(f"{path} {name}", verb)


LEAVES = [leaf for name, verb in verbs_of(get_command(app)) for leaf in _leaves(name, verb)]


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[path for path, _ in LEAVES])
def test_every_command_explains_itself_in_chinese(path: str, command: Any) -> None:
    sentences, examples = explained(command)
    assert re.search("[一-鿿]", sentences[0])
    assert any(f"xfctl {path}" in example for example in examples)
    for parameter in shown(command):
        assert re.search("[一-鿿]", parameter.help or ""), parameter.name
        # A type of Python's is not a word for an officer.
        assert parameter.metavar or getattr(parameter, "is_flag", False), parameter.name
