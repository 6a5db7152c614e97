"""The exact test of two Poisson rates, against brute force with whole numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfctl.reports.chance import at_least, holm


def exactly(recent: int, before: int, recent_days: int, before_days: int) -> Fraction:
    total = recent + before
    share = Fraction(recent_days, recent_days + before_days)
    return sum(
        (
            comb(total, count) * share**count * (1 - share) ** (total - count)
            for count in range(recent, total + 1)
        ),
        Fraction(0),
    )


counts = st.integers(0, 60)
days = st.integers(1, 360)


@given(counts, counts, days, days)
def test_the_chance_is_the_exact_one(recent: int, before: int, near: int, past: int) -> None:
    exact = float(exactly(recent, before, near, past))
    assert at_least(recent, before, near, past) == pytest.approx(exact, rel=1e-9)


def test_every_way_the_matters_can_fall_is_counted() -> None:
    """Four matters over one recent day and two before: 81 ways, each as likely as another."""
    ways = list(product(range(3), repeat=4))
    for recent in range(5):
        as_many = sum(way.count(0) >= recent for way in ways)
        assert at_least(recent, 4 - recent, 1, 2) == pytest.approx(as_many / 81)


def test_large_counts_stay_exact() -> None:
    exact = float(exactly(600, 6000, 30, 360))
    assert at_least(600, 6000, 30, 360) == pytest.approx(exact, rel=1e-8)


def test_nothing_recent_is_no_surprise() -> None:
    assert at_least(0, 7, 30, 360) == pytest.approx(1.0)
    assert at_least(0, 0, 30, 360) == pytest.approx(1.0)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_is_the_step_down_rule(chances: list[float]) -> None:
    """By the definition: reject in order as long as each is at most level / what is left."""
    corrected = holm(chances)
    for level in (0.01, 0.05, 0.2, 0.5):
        rejected = set()
        for rank, index in enumerate(sorted(range(len(chances)), key=lambda at: chances[at])):
            if chances[index] * (len(chances) - rank) > level:
                break
            rejected.add(index)
        assert {index for index, each in enumerate(corrected) if each <= level} == rejected


def test_one_comparison_needs_no_correction() -> None:
    assert holm([0.03]) == [0.03]
    assert holm([0.02, 0.01, 0.9]) == pytest.approx([0.04, 0.03, 0.9])
    assert holm([]) == []
