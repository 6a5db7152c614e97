"""Which rule files hold: those shipped with the program, or those that a ledger has adopted.

Rules are asked for in many pure functions (``clocks()``, ``ladder(day)``, ``grounds()``). What they
answer is scoped like a variable: inside ``judged_under(files)`` those files hold, outside the
shipped ones. An open ledger is such a scope, so it is always judged under its own rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Texts = Mapping[str, str]
# The parts of a rule set: folders of TOML files; ``ruleset.toml`` stands beside them.
FOLDERS = ("clocks", "grounds", "ladder", "articles")
HEAD = "ruleset.toml"


class RuleFiles:
    """The files of one rule set; each part is read and checked once, when first asked for."""

    def __init__(self, texts: Callable[[str], Texts]) -> None:
        """``texts`` gives the files of a folder by name; of "" those beside the folders."""
        self.texts = texts
        self._loaded: dict[str, object] = {}

    def part(self, folder: str, load: Callable[[Texts], T]) -> T:
        """What ``load`` makes of a folder. Raises RegulationError if a file is unsound."""
        if folder not in self._loaded:
            self._loaded[folder] = load(self.texts(folder))
        return self._loaded[folder]  # type: ignore[return-value]  # one loader a folder


def of_texts(texts: Texts) -> RuleFiles:
    """The rule set of files held in memory, by their path, such as clocks/feedback.toml."""

    def inside(folder: str) -> Texts:
        split = ((path.rpartition("/"), text) for path, text in texts.items())
        return {name: text for (where, _, name), text in split if where == folder}

    return RuleFiles(inside)


def _shipped(folder: str) -> Texts:
    # A plain path: importlib.resources would load zip files and temporary folders at every command.
    root = Path(__file__).parent / folder
    return {path.name: path.read_text(encoding="utf-8") for path in root.glob("*.toml")}


SHIPPED = RuleFiles(_shipped)
_current: ContextVar[Callable[[], RuleFiles]] = ContextVar("rules", default=lambda: SHIPPED)


def current() -> RuleFiles:
    """The rule files that hold here."""
    return _current.get()()


@contextmanager
def judged_under(rules: Callable[[], RuleFiles]) -> Iterator[None]:
    """Let other rule files hold for a while; they are asked for only when a rule is."""
    token = _current.set(rules)
    try:
        yield
    finally:
        _current.reset(token)
