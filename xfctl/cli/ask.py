"""Questions at the terminal; each has an option that answers it."""

from __future__ import annotations

import sys

import typer

from xfctl.errors import InputRefusedError


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether the officer agrees. Raises InputRefusedError where there is nobody to ask."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise InputRefusedError("没有终端可以询问，账本没有改动；确认无误请加 --yes 重新执行。")
    typer.echo(f"{question}[y/N] ", nl=False, err=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "是", "对"}
