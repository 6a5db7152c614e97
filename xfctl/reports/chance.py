"""Is a count higher than a unit's own past would make one expect? Plain counting, no model."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, lgamma, log


def at_least(recent: int, before: int, recent_days: int, before_days: int) -> float:
    """How often chance alone puts ``recent`` or more of all counted matters into the recent days.

    The conditional exact test for two Poisson rates: were the rate the same all the time, each
    of the matters would fall into the recent days with probability days / all days, so their
    number is binomial. Both numbers of days must be positive.
    """
    total = recent + before
    inside = log(recent_days / (recent_days + before_days))
    outside = log(before_days / (recent_days + before_days))
    terms = (
        exp(
            lgamma(total + 1)
            - lgamma(count + 1)
            - lgamma(total - count + 1)
            + count * inside
            + (total - count) * outside
        )
        for count in range(recent, total + 1)
    )
    return min(1.0, fsum(terms))


def holm(chances: Sequence[float]) -> list[float]:
    """The chances corrected for being compared all at once (Holm's method), in the same order."""
    corrected = [0.0] * len(chances)
    highest = 0.0
    order = sorted(range(len(chances)), key=lambda index: chances[index])
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, chances[index] * (len(chances) - rank)))
        corrected[index] = highest
    return corrected
