"""Words of the ladder as officers type them: situations, measures, bodies, roles, and pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from xfctl.cli.options import complete_number_of
from xfctl.errors import InputRefusedError
from xfctl.regulation.ladder import Ladder, ladder

_PERSON_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


complete_account = complete_number_of("accountability")
AccountNumber = Annotated[
    str,
    typer.Argument(metavar="问责编号", help="如 ZZ2026-0001。", autocompletion=complete_account),
]
Persons = Annotated[
    list[int] | None,
    typer.Option("--person", metavar="序号", min=1, help="第几人，可多次给出；默认全部。"),
]
Override = Annotated[
    str | None,
    typer.Option("--override", metavar="理由", help="条款不允许而确需如此的理由，长期可见。"),
]


@dataclass(frozen=True)
class MeasureFor:
    """A measure's key, and the numbers of the persons it is for; none means everyone."""

    measure: str
    persons: tuple[int, ...]


@dataclass(frozen=True)
class Pair:
    """What is given for a name."""

    name: str
    value: str


def rules() -> Ladder:
    """The ladder whose words are understood: the newest wording of every article."""
    return ladder(date.max)


def read_situation(text: str) -> str:
    """A situation's key, from 13(3), 13.3, 3, or its label. Raises InputRefusedError."""
    return _named(rules().situations.values(), text, "追究情形")


def read_measure(text: str) -> str:
    """A measure's key, from 14(3), 3, or its label. Raises InputRefusedError."""
    return _named(rules().measures.values(), text, "追究方式")


def read_body(text: str) -> str:
    """A body's key, from its label or the beginning of it. Raises InputRefusedError."""
    return _named(rules().bodies.values(), text, "部门")


def read_role(text: str) -> str:
    """A role's key, from its label. Raises InputRefusedError, never with a name in it."""
    known = rules().roles.values()
    found = next((each.key for each in known if _plain(text) in _names(each.key, each.label)), None)
    if found is None:
        labels = "、".join(each.label for each in known)
        raise InputRefusedError(f"--role 须写成 姓名=责任，责任可以写：{labels}；请改正后重试。")
    return found


def read_measure_for(text: str) -> MeasureFor:
    """A measure and the persons it is for: 通报批评, or 责令书面检查=2,3."""
    word, sign, numbers = unicodedata.normalize("NFKC", text).partition("=")
    parts = [part.strip() for part in numbers.replace("、", ",").split(",")] if sign else []
    if not all(map(_PERSON_NUMBER.fullmatch, parts)):
        raise InputRefusedError(
            f"「{text}」的写法不对；请写方式，或方式=序号，如 责令书面检查=2,3。"
        )
    return MeasureFor(read_measure(word), tuple(map(int, parts)))


def by_measure(given: Iterable[MeasureFor]) -> dict[str, tuple[int, ...]]:
    """The persons of each measure; one given several times is for all of those named."""
    found: dict[str, tuple[int, ...]] = {}
    for each in given:
        before = found.get(each.measure)
        if before is None:
            found[each.measure] = each.persons
        else:
            found[each.measure] = (*before, *each.persons) if before and each.persons else ()
    return found


def read_pair(what: str) -> Callable[[str], Pair]:
    """A reader of 姓名=…; ``what`` stands for the right side in the refusal."""

    def read(text: str) -> Pair:
        name, sign, value = text.partition("=")
        if not (name.strip() and sign and value.strip()):
            raise InputRefusedError(f"姓名须写成 姓名={what}；请改正后重试。")
        return Pair(name.strip(), value.strip())

    return read


def word_option(flag: str, metavar: str, read: Callable[[str], Any], help: str) -> Any:
    """An option whose value is a word of the ladder."""
    return typer.Option(flag, metavar=metavar, parser=read, help=help, show_default=False)


def _named(items: Iterable[Any], text: str, what: str) -> str:
    known = list(items)
    wanted = _plain(text)
    exact = [each.key for each in known if wanted in _names(each.key, each.label)]
    found = exact or [
        each.key for each in known if wanted and _plain(each.label).startswith(wanted)
    ]
    if len(found) != 1:
        told = "、".join(f"{_shown(each.key)}{each.label}" for each in known)
        raise InputRefusedError(f"没有{what}「{text}」，或指不止一项；可以写：{told}。")
    return str(found[0])


def _names(key: str, label: str) -> set[str]:
    """13(3) is also 13.3 and 3; 15/leapfrog is also leapfrog."""
    plain = _plain(key)
    dotted = plain.replace("(", ".").replace(")", "")
    short = dotted.rpartition(".")[2].rpartition("/")[2]
    return {plain, dotted, short, _plain(label)}


def _shown(key: str) -> str:
    return f"{key} " if key[0].isdigit() and "(" in key else ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().removeprefix("细则")
