"""The wordings of holiday notices as one table of clause patterns.

An item is read from its first letter to its last: at each place some pattern must match, and what
no pattern knows is refused with the words in question. Nothing is ever skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from xfctl.workdays.notice_dates import DAY, DAYS, Reader
from xfctl.workdays.notice_festivals import ANY_FESTIVAL
from xfctl.workdays.notice_text import NUMERALS, refusal

Kind: TypeAlias = Literal[
    "rest", "joined", "total", "work", "resume", "statutory", "weekend", "moved", "prolong",
    "remark", "prose", "closing",
]  # fmt: skip

_NUMBER = "[0-9]+|[一二两三四五六七八九十]"

# Order matters only where one wording begins like another: the longer comes first.
_CLAUSES: tuple[tuple[Kind, str], ...] = (
    ("closing", r"[^,。;\d]{0,8}期间,各?|国务院(?:办公厅)?(?=$|[\d〇○零一二三四五六七八九])"),
    ("statutory", rf"(?P<days>{DAYS}),?均?为(?:{ANY_FESTIVAL})?法定节?假日"),
    (
        "moved",
        rf"将?(?P<days>{DAYS})(?:(?P<total>{_NUMBER})个)?的?公休日?(?:及(?P<also>{ANY_FESTIVAL}))?"
        rf"(?:分别)?(?:调至|调到|移至)(?P<target>{DAYS})(?:休息|补休)?",
    ),
    ("weekend", rf"(?P<days>{DAYS})(?:照常公休|为公休日|公休)"),
    (
        "rest",
        rf"(?P<days>{DAYS})(?:全国)?(?:放假调休|调休放假|放假公休|放假|补休|调休)"
        rf"(?:,?共?(?P<total>{_NUMBER})天)?",
    ),
    ("joined", r"与(?:前后)?周末连休"),
    ("total", rf"共(?:放假)?(?P<total>{_NUMBER})天"),
    ("work", rf"(?P<days>{DAYS})(?:正常|照常|均)?上班"),
    ("resume", rf"(?P<days>{DAY})起(?:正常|照常|恢复)?上班"),
    ("prolong", rf"(?:将)?延长(?:\d{{4}}年)?(?P<name>{ANY_FESTIVAL})假期至(?P<days>{DAY})"),
    ("remark", r"不(?:安排)?调休"),
    ("remark", rf"鼓励[^。\d]*(?:\(?{DAY}\)?)?[^。\d]*?休息"),
)
_SUPPLEMENTARY: tuple[tuple[Kind, str], ...] = (
    ("prose", r"\d{4}年是[^,。;]*|(?!放假|上班|补休|公休|调至|不?调休)[^\d,。;:]+(?=[,。;:]|$)"),
)
_SEPARATOR = re.compile("(?:[,;。:]|其中)*")
_BREAK = re.compile("[。;]")

_YEARLY_TABLE = [(kind, re.compile(pattern)) for kind, pattern in _CLAUSES]
_SHORT_TABLE = _YEARLY_TABLE + [(kind, re.compile(pattern)) for kind, pattern in _SUPPLEMENTARY]

_DECREE = re.compile(r"\d日[^。;]*(?:放假|上班|补休|公休|调休)")


class Clause(Struct, frozen=True):
    """One understood clause: its kind, the days it names, and the words it was read from.

    ``target`` are the days weekend days are moved to; ``total`` the number of days it states.
    """

    kind: Kind
    quote: str
    days: tuple[date, ...] = ()
    target: tuple[date, ...] = ()
    total: int | None = None
    also: str = ""


def read_clauses(body: str, reader: Reader, *, annual: bool) -> tuple[Clause, ...]:
    """Read one item to its end.

    Raises InputRefusedError for words no pattern knows and for days decreed after the closing.
    """
    return tuple(_clauses(body, reader, _YEARLY_TABLE if annual else _SHORT_TABLE))


def _clauses(
    body: str, reader: Reader, table: list[tuple[Kind, re.Pattern[str]]]
) -> Iterator[Clause]:
    start: date | None = None
    at = _skip(body, 0)
    while at < len(body):
        kind, match = _match(body, at, table)
        if kind == "closing":
            _require_no_decree(body[at:])
            return
        if kind == "statutory":
            # 「1月29日—2月4日放假，其中29日……」: the list begins again where the holiday began.
            reader.last = start or reader.last
        clause = _clause(kind, match, reader)
        start = clause.days[0] if kind == "rest" else start
        yield clause
        at = _skip(body, match.end())


def _skip(body: str, at: int) -> int:
    separator = _SEPARATOR.match(body, at)
    return separator.end() if separator else at


def _match(
    body: str, at: int, table: list[tuple[Kind, re.Pattern[str]]]
) -> tuple[Kind, re.Match[str]]:
    for kind, pattern in table:
        if match := pattern.match(body, at):
            return kind, match
    raise refusal("这一句看不懂", _BREAK.split(body[at:])[0], "请对照原文核对，或改用 CSV 表格导入")


def _clause(kind: Kind, match: re.Match[str], reader: Reader) -> Clause:
    named = match.groupdict()
    return Clause(
        kind=kind,
        quote=match.group(),
        days=reader.days(named.get("days") or ""),
        target=reader.days(named.get("target") or ""),
        total=_number(named.get("total")),
        also=named.get("also") or named.get("name") or "",
    )


def _number(words: str | None) -> int | None:
    if words is None:
        return None
    return int(words) if words.isdecimal() else NUMERALS.index(words.replace("两", "二")) + 1


def _require_no_decree(closing: str) -> None:
    if decree := _DECREE.search(closing):
        raise refusal("结束语之后还有放假安排", decree.group(), "请核对各条的先后次序")
