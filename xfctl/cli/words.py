"""Options and arguments whose values are words of classification; a shell completes them.

A module of its own: the entry point reads ``options`` and must not load the domain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer

from xfctl.domain.classification import Channel, Labelled, Purpose

Member = TypeVar("Member", bound=Labelled)


def read_member(kind: type[Member], what: str) -> Callable[[str], Member]:
    """A parser of words that name a member by label, synonym or identifier."""

    def read(text: str) -> Member:
        from xfctl.intake.labels import member_named

        return member_named(kind, text, what)

    return read


def complete_member(kind: type[Labelled]) -> Callable[[str], list[tuple[str, str]]]:
    """The labels of a kind, or its identifiers, that a shell may complete to."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        by_label = [(each.label, each.value) for each in kind if each.label.startswith(incomplete)]
        by_value = [(each.value, each.label) for each in kind if each.value.startswith(incomplete)]
        return by_label + (by_value if incomplete else [])

    return complete


def member_option(flag: str, kind: type[Labelled], metavar: str, what: str, help: str = "") -> Any:
    """An option whose value names a member of ``kind``; ``what`` it is called in refusals."""
    return typer.Option(
        flag,
        metavar=metavar,
        parser=read_member(kind, what),
        autocompletion=complete_member(kind),
        help=f"{help or what}：{kind.labels()}。",
        show_default=False,
    )


def member_argument(kind: type[Labelled], metavar: str, what: str) -> Any:
    """An argument that names a member of ``kind``."""
    return typer.Argument(
        metavar=metavar,
        parser=read_member(kind, what),
        autocompletion=complete_member(kind),
        help=f"{kind.labels()}。",
    )


def complete_ground(incomplete: str) -> list[tuple[str, str]]:
    """The grounds for supervision that a shell may complete to, by key or title."""
    from xfctl.regulation.grounds import grounds

    known = [(each.key, each.title) for each in grounds().values()]
    return [
        *((key, title) for key, title in known if key.startswith(incomplete)),
        *((title, key) for key, title in known if incomplete and title.startswith(incomplete)),
    ]


def complete_manner(incomplete: str) -> list[str]:
    """The manners of any ground that a shell may complete to."""
    from xfctl.regulation.grounds import grounds

    labels = (manner.label for each in grounds().values() for manner in each.manners)
    return [label for label in labels if label.startswith(incomplete)]


ChannelOption = Annotated[Channel | None, member_option("--channel", Channel, "形式", "信访形式")]
PurposeOption = Annotated[Purpose | None, member_option("--purpose", Purpose, "目的", "信访目的")]
CategoryOption = Annotated[
    str | None, typer.Option("--category", metavar="类别", help="问题类别，如 后勤收费。")
]
