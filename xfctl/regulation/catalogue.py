"""Every article and item of the rule set, in our own words, from ``articles/catalogue.toml``.

Each names the commands that show it, or says why it asks nothing of software; and the clocks and
local parameters that give it a length or a measure.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from xfctl.regulation.errors import RegulationError
from xfctl.regulation.reader import Reader
from xfctl.regulation.source import current

_FILE = "catalogue.toml"


class Item(Struct, frozen=True):
    """An article, like 11, or an item of one, like 11(1); an item has no title of its own.

    ``shown`` are the commands to see it with; where there are none, ``nothing`` says why.
    ``local`` is what this office decided where the text is silent (本单位规定).
    """

    key: str
    title: str | None
    summary: str
    shown: tuple[str, ...]
    nothing: str | None
    clocks: tuple[str, ...]
    parameters: tuple[str, ...]
    local: tuple[str, ...]

    @property
    def article(self) -> str:
        """The number of its article."""
        return self.key.partition("(")[0]


def catalogue() -> Mapping[str, Item]:
    """All articles and items by key, in the order of the file; empty if the rule set has none.

    Raises RegulationError for an unsound file.
    """
    return current().part("articles", load_catalogue)


def load_catalogue(texts: Mapping[str, str]) -> Mapping[str, Item]:
    """Read the file of a folder of articles."""
    for name in texts:
        if name != _FILE:
            raise RegulationError(name, "", f"这个目录只有 {_FILE}")
    if not texts:
        return {}
    reader = Reader.of(_FILE, texts[_FILE])
    items: dict[str, Item] = {}
    for each in reader.tables("article"):
        item = _item(each)
        each.check(item.key not in items, "key", f"「{item.key}」用了两次")
        parent = item.article == item.key or item.article in items
        each.check(parent, "key", f"「{item.key}」前面没有第 {item.article} 条")
        items[item.key] = item
    reader.finish()
    return items


def _item(reader: Reader) -> Item:
    item = Item(
        key=reader.take("key", str),
        title=reader.take_optional("title", str),
        summary=reader.take("summary", str),
        shown=reader.take_texts("shown"),
        nothing=reader.take_optional("nothing", str),
        clocks=reader.take_texts("clocks"),
        parameters=reader.take_texts("parameters"),
        local=reader.take_texts("local"),
    )
    reader.check(bool(item.shown) != bool(item.nothing), "shown", "须写 shown 或 nothing 之一")
    whole = item.article == item.key
    reader.check(whole == (item.title is not None), "title", "条有标题，款项没有")
    reader.finish()
    return item
