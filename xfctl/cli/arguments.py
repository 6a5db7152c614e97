"""The order of words: global options may stand anywhere on the line."""

from __future__ import annotations

_GLOBAL = ("--ledger", "--today", "--actor", "--as-known-at", "--key")


def globals_first(arguments: list[str]) -> list[str]:
    """The same words with the global options in front, where Typer looks for them.

    What follows ``--`` is text and stays where it is.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    words, text = iter(arguments[:end]), arguments[end:]
    front: list[str] = []
    rest: list[str] = []
    for word in words:
        if word in _GLOBAL:
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word.startswith(tuple(f"{name}=" for name in _GLOBAL)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest + text
