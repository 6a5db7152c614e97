"""An article or item as an officer reads it: our summary, what rests on which source, where to see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from xfctl.domain.parameters import KNOWN, Parameters
from xfctl.domain.wording import quoted
from xfctl.errors import InputRefusedError
from xfctl.regulation.catalogue import Item, catalogue
from xfctl.regulation.clocks import Clock, clocks
from xfctl.regulation.grounds import Ground, grounds
from xfctl.regulation.ladder import articles
from xfctl.regulation.ladder import ladder as ladder_of
from xfctl.regulation.ruleset import head
from xfctl.regulation.units import LengthUnit
from xfctl.reports import ladder
from xfctl.reports.table import Column, Table, Value

_FIELDS = (Column("field", "项目"), Column("value", "内容"))
_ITEMS = (
    Column("item", "条款", whole=True),
    Column("summary", "内容"),
    Column("shown", "在哪里看"),
)
_LOCAL = "本单位规定"
_NATIONAL = "条例"
_WAYS = {
    "overdue": "期限届满没有履行，由账本自动得出",
    "declined": "单位退回属于自己的首次诉求，由账本自动得出",
    "recorded": "由人认定，须写依据",
    "transferred": "上级转来的事项，由账本自动得出",
}


def article_tables(text: str, parameters: Parameters, on: date) -> list[Table]:
    """An article, or one item of it, with what is in force on a day.

    Raises InputRefusedError for what is no article of the rule set.
    """
    item = _item(text)
    number = item.article
    ladder_has = any(each.number == number and each.in_force(on) for each in articles())
    tables = [_head(item, parameters, on)]
    below = [each for each in catalogue().values() if each.article == number != each.key]
    if item.key == number and below:
        rows: list[tuple[Value, ...]] = [
            (_cited(each), each.summary, where(each)) for each in below
        ]
        tables.append(Table("各项", _ITEMS, rows, key="items"))
    if ladder_has and item.key == number:
        tables += ladder.article_tables(number, on)
    return tables


def where(item: Item) -> str:
    """The commands that show an item, or why it asks nothing of software."""
    return "、".join(f"xfctl {each}" for each in item.shown) or f"不涉及：{item.nothing}"


def _item(text: str) -> Item:
    plain = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    plain = plain.removeprefix(head().citation)
    for word, sign in (("第", ""), ("条", ""), ("款", ""), ("项", ""), (".", "("), ("((", "(")):
        plain = plain.replace(word, sign)
    if "(" in plain and not plain.endswith(")"):
        plain += ")"
    found = catalogue().get(plain)
    if found is None:
        numbers = [key for key, each in catalogue().items() if key == each.article]
        known = f"{numbers[0]} 至 {numbers[-1]}" if numbers else "（这套规则没有条文目录）"
        raise InputRefusedError(
            f"没有{quoted(text)}这一条；可以写条或款项，如 11 或 11(1)，条为 {known}。"
        )
    return found


def _cited(item: Item) -> str:
    return f"{head().citation} {item.key}"


def _head(item: Item, parameters: Parameters, on: date) -> Table:
    pairs = [("内容", item.summary)]
    pairs += [(head().citation, each) for each in _own(item, on)]
    pairs += [("条例（类推适用）", each) for each in _lengths(item, parameters, on, _NATIONAL)]
    pairs += [(_LOCAL, each) for each in _lengths(item, parameters, on, _LOCAL)]
    pairs += [(_LOCAL, each) for each in item.local]
    pairs += [(_LOCAL, each) for each in _parameters(item, parameters, on)]
    pairs.append(("在哪里看", where(item)))
    rows: list[tuple[Value, ...]] = [*pairs]
    title = catalogue()[item.article].title
    return Table(f"{_cited(item)} {title}", _FIELDS, rows, (f"{on} 有效。",), key="summary")


def _own(item: Item, on: date) -> Iterator[str]:
    """What the rule set itself says: its lengths, its grounds, or dates that a document names."""
    for clock in map(clocks().__getitem__, item.clocks):
        version = _in_force(clock, on)
        if version not in (None, _LOCAL, _NATIONAL):
            yield _length(clock, None, on)
    for ground in grounds().values():
        if ground.article == _cited(item):
            yield _ground(ground, on)
    rules = ladder_of(on)
    if item.key in rules.situations:
        yield f"追究情形「{rules.situations[item.key].label}」"
    if item.key in rules.measures:
        yield f"追究方式「{rules.measures[item.key].label}」"


def _ground(ground: Ground, on: date) -> str:
    ways = "；".join(_WAYS[each] for each in ground.ways)
    again = "督办办结后仍存在的再次列为应督办" if ground.due_again else "督办过即了结"
    if not ground.in_force(on):
        return f"督办情形「{ground.title}」：{on} 无效"
    return f"督办情形「{ground.title}」：{ways}；{again}"


def _lengths(item: Item, parameters: Parameters, on: date, source: str) -> Iterator[str]:
    for clock in map(clocks().__getitem__, item.clocks):
        if _in_force(clock, on) == source:
            yield _length(clock, parameters.length(clock.name, on), on)


def _in_force(clock: Clock, on: date) -> str | None:
    """The source of a clock's version on a day; None before the first."""
    return clock.in_force(on).source if clock.holds(on) else None


def _length(clock: Clock, local: int | None, on: date) -> str:
    version = clock.in_force(on)
    if version.unit is LengthUnit.NAMED_DATE:
        return f"{clock.title}：{version.source}指定的日期（{version.article}）"
    more = f"，可延长 {version.extension}" if version.extension else ""
    count = local or version.length
    return f"{clock.title}：{count} {version.unit.label}{more}（{version.article}）"


def _parameters(item: Item, parameters: Parameters, on: date) -> Iterator[str]:
    for name in item.parameters:
        known, value = KNOWN[name], parameters.value(name, on)
        told = "未设置，不作提示" if value is None else f"{value} {known.unit}"
        yield f"{known.title}（{name}）：{told}；{known.source}"
