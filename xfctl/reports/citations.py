"""Which functions cite which article: read from the source itself, so that it cannot be out of date.

A function, class or module cites what its docstrings and messages name: 细则 11(1), 细则 8(3)、9(1),
细则 13–18. Rule files cite in their own words.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

_ITEM = r"[0-9]{1,2}(?:\([0-9]\))?"
_MORE = rf"(?:\s*(?:[、,–]|至|和)\s*(?:{_ITEM}|\([0-9]\)))*"
_AFTER_NAME = re.compile(rf"细则\s*({_ITEM}{_MORE})")
# A text may begin with the items alone, as docstrings of domain/grounds do: 「11(1), (5): …」.
_LEADING = re.compile(rf"^({_ITEM}{_MORE}):")
# A situation or measure by its key, as the rule files and the tests write it.
_KEY = re.compile(r"\"([0-9]{1,2}\([0-9]\))\"")
_PART = re.compile(r"([、,–]|至|和)?\s*([0-9]{1,2})?(?:\(([0-9])\))?")


def articles_in(text: str) -> set[str]:
    """The articles and items that a text cites; 13–18 is each of the six."""
    found: set[str] = set()
    for pattern in (_AFTER_NAME, _LEADING):
        for match in pattern.finditer(text):
            found |= set(_expanded(match[1]))
    return found


def _expanded(cited: str) -> Iterator[str]:
    article, item, last = "", "", ""
    for sign, number, part in _PART.findall(cited):
        if not (number or part):
            continue
        before = (article, item)
        article, item = number or article, part
        if sign in ("–", "至"):
            yield from _between(before, (article, item))
        last = f"{article}({item})" if item else article
        yield last


def _between(first: tuple[str, str], last: tuple[str, str]) -> Iterator[str]:
    if first[0] == last[0]:
        yield from (f"{first[0]}({n})" for n in range(int(first[1] or 1), int(last[1] or 1)))
    else:
        yield from (str(n) for n in range(int(first[0]) + 1, int(last[0])))


def cited_in(package: Path) -> Mapping[str, list[str]]:
    """For every article cited under a folder, the places: module:function, or a rule file."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(package.rglob("*.py")):
        module = ".".join(path.relative_to(package).with_suffix("").parts)
        for name, text in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            for article in articles_in(text):
                found[article].add(f"{module}:{name}" if name else module)
    for path in sorted(package.rglob("*.toml")):
        if path.parent.name == "articles":
            continue  # the catalogue names every article and implements none
        text = path.read_text(encoding="utf-8")
        for article in articles_in(text) | set(_KEY.findall(text)):
            found[article].add(path.relative_to(package).as_posix())
    return {article: sorted(places) for article, places in found.items()}


def _texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every string of a module with the function or class it stands in, "" outside of them."""
    for node in tree.body:
        name = node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield name, inner.value


def cases_in(tests: Path) -> Mapping[str, int]:
    """How many cases try an article: rows of tables, and test functions that cite it.

    A table cites in its first line; a row that begins with an item, as (3), tries that item. A test
    function cites in its own docstring, else in the first line of its module's; and whatever
    situation or measure it names by key.
    """
    import tomllib

    found: defaultdict[str, int] = defaultdict(int)
    for path in sorted((tests / "regulation").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        table = articles_in(text.partition("\n\n")[0].partition("\n")[0])
        for case in tomllib.loads(text)["case"]:
            item = re.match(r"\(([0-9])\)", case["why"])
            own = {f"{each}({item[1]})" for each in table} if item else table
            named = {
                each for cites in case.get("cites", []) for each in articles_in(f"细则 {cites}")
            }
            for article in own | named:
                found[article] += 1
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        whole = articles_in((ast.get_docstring(tree) or "").partition("\n")[0])
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named = set(_KEY.findall(ast.unparse(node).replace("'", '"')))
                for article in (articles_in(ast.get_docstring(node) or "") or whole) | named:
                    found[article] += 1
    return found
