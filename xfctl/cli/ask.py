"""Questions at the terminal; each has an option that answers it."""

from __future__ import annotations

import sys

from xfctl.errors import InputRefusedError


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether the officer agrees. Raises InputRefusedError where there is nobody to ask."""
    if yes:
        return True
    answer = line(f"{question}[y/N] ", "确认无误请加 --yes 重新执行。")
    return answer.casefold() in {"y", "yes", "是", "对"}


def choice(question: str, choices: list[str], otherwise: str) -> str | None:
    """Which of the numbered choices the officer means; None for none of them.

    Raises InputRefusedError, ending with what to do ``otherwise``, where there is nobody to ask.
    """
    answer = line(question, otherwise)
    if not answer:
        return None
    if not answer.isdecimal() or not 1 <= int(answer) <= len(choices):
        raise InputRefusedError(
            f"「{answer}」不在可选的 1–{len(choices)} 之中，账本没有改动；{otherwise}"
        )
    return choices[int(answer) - 1]


def passphrase(question: str) -> str:
    """A passphrase, typed without being shown.

    Raises InputRefusedError where there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise InputRefusedError(
            "没有终端可以询问口令，账本没有改动；请用 --key（环境变量 XFCTL_KEY）指明口令文件。"
        )
    from getpass import getpass

    return getpass(question, stream=sys.stderr)


def line(question: str, otherwise: str) -> str:
    """One line typed at the terminal, without blanks around it.

    Raises InputRefusedError, ending with what to do ``otherwise``, where there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise InputRefusedError(f"没有终端可以询问，账本没有改动；{otherwise}")
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()
