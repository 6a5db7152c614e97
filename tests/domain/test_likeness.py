"""Texts that hang together, against an oracle that compares everything with everything."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from xfctl.domain.likeness import ALIKE, groups, likeness


def slowly(texts: Sequence[str], alike: float) -> list[list[int]]:
    """Grow each group until nothing more is like any of its members."""
    left = list(range(len(texts)))
    found = []
    while left:
        group = [left.pop(0)]
        grown = True
        while grown:
            near = [
                place
                for place in left
                if any(_alike(texts, place, member, alike) for member in group)
            ]
            group += near
            left = [place for place in left if place not in near]
            grown = bool(near)
        found.append(sorted(group))
    return sorted(found)


def _alike(texts: Sequence[str], one: int, other: int, alike: float) -> bool:
    """Likeness depends on the order of its arguments: the text met first comes first."""
    first, second = sorted((one, other), key=lambda place: texts.index(texts[place]))
    return texts[first] == texts[second] or likeness(texts[first], texts[second]) >= alike


words = st.text("停车收费食堂热水", min_size=1, max_size=8)


@given(st.lists(words, max_size=12), st.sampled_from([0.3, ALIKE, 0.8, 1.0]))
def test_the_groups_are_those_of_the_oracle(texts: list[str], alike: float) -> None:
    assert groups(texts, alike) == slowly(texts, alike)


@given(st.lists(words, max_size=12))
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    assert sorted(place for group in groups(texts) for place in group) == list(range(len(texts)))


def test_a_chain_of_likeness_makes_one_group() -> None:
    texts = ["甲乙丙丁", "丙丁戊己", "戊己庚辛", "另外"]
    assert likeness(texts[0], texts[2]) < ALIKE
    assert groups(texts) == [[0, 1, 2], [3]]
