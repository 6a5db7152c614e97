"""The review of a period: a list of sections, one function each, in the order they are printed."""

from __future__ import annotations

from xfctl.ledger import risk_lists
from xfctl.ledger.account_lists import accountabilities
from xfctl.ledger.supervision_lists import supervisions
from xfctl.reports import accounts
from xfctl.reports.breakdown import breakdown
from xfctl.reports.overview import rates, totals
from xfctl.reports.period import Period
from xfctl.reports.ranking import most_complained_units, topics
from xfctl.reports.review import Part, Review, Section
from xfctl.reports.risks import figures_table
from xfctl.reports.supervision import report_table
from xfctl.reports.unit_figures import units


def supervision(review: Review) -> Section:
    """Supervisions by unit, ground and form (细则 10–11)."""
    now = review.now
    lines = supervisions(review.connection, begun_by=now.as_of)
    period = Period(now.period.first, now.as_of)
    return Section((report_table(lines, period, now.calendar),))


def accountability(review: Review) -> Section:
    """Accountabilities by unit, rung, measure and state (细则 13–20)."""
    now = review.now
    lines = accountabilities(review.connection, proposed_by=now.as_of)
    return Section((accounts.report_table(lines, Period(now.period.first, now.as_of), now.today),))


def risks(review: Review) -> Section:
    """Risk points by level: reported, resolved and open, and their reviews (细则 8(3), 9(1))."""
    now = review.now
    lines = risk_lists.risks(review.connection, now.as_of, everything=True)
    return Section((figures_table(lines, Period(now.period.first, now.as_of)),))


PARTS: tuple[Part, ...] = (
    totals,
    rates,
    breakdown,
    units,
    most_complained_units,
    topics,
    supervision,
    accountability,
    risks,
)


def sections(review: Review) -> list[Section]:
    """Every part of the review."""
    return [part(review) for part in PARTS]
