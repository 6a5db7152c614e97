"""Whether two matters look like the same one: a hint for the officer, never a decision."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

# Share of characters in common from which two summaries are shown as alike.
ALIKE = 0.5


def likeness(one: str, other: str) -> float:
    """How much two summaries have in common, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def groups(texts: Sequence[str], alike: float = ALIKE) -> list[list[int]]:
    """Positions of texts that hang together, each like some other one of its group (single link).

    Groups and their members are in the order of the texts; a text like no other is a group of one.
    Every pair is compared, so the cost grows with the square of the number of different texts.
    """
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(text, []).append(place)
    different = list(places)
    root = list(range(len(different)))
    matcher = SequenceMatcher(None, autojunk=False)
    for second, text in enumerate(different):
        matcher.set_seq2(text)
        for first in range(second):
            if _root(root, first) == _root(root, second):
                continue
            matcher.set_seq1(different[first])
            # The two upper bounds are cheap and settle most pairs.
            if (
                matcher.real_quick_ratio() >= alike
                and matcher.quick_ratio() >= alike
                and matcher.ratio() >= alike
            ):
                root[_root(root, second)] = _root(root, first)
    found: dict[int, list[int]] = {}
    for index, text in enumerate(different):
        found.setdefault(_root(root, index), []).extend(places[text])
    return sorted(sorted(group) for group in found.values())


def _root(root: list[int], index: int) -> int:
    while root[index] != index:
        root[index] = root[root[index]]
        index = root[index]
    return index
