"""The twelve months of a review's chart: whole calendar months, the first from its first day."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import entry

from xfctl.reports.period import Period
from xfctl.reports.review import Review, first_compared, view_of
from xfctl.workdays.calendar import Calendar


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 9, 30), Period(date(2025, 10, 1), date(2025, 10, 31)), date(2026, 9, 30)),
        (date(2026, 3, 31), Period(date(2025, 4, 1), date(2025, 4, 30)), date(2026, 3, 31)),
        (date(2025, 1, 15), Period(date(2024, 2, 1), date(2024, 2, 29)), date(2025, 1, 15)),
        (date(2026, 12, 31), Period(date(2026, 1, 1), date(2026, 1, 31)), date(2026, 12, 31)),
    ],
)
def test_the_twelve_months_begin_on_the_first_of_a_month(office, today, first, last):
    asked = Period(today, today)
    with office.desk(today=today) as desk:
        for serial, on in enumerate((first.first, first.last, today), start=1):
            desk.register(on, entry(f"XF{on.year}-{serial:04d}"), None)
    with office.reading() as ledger:
        since = first_compared(asked, today)
        now = view_of(ledger.connection, asked, today, Calendar(), since)
        months = Review(ledger.connection, now, least=1).months
    assert since <= first.first
    assert (len(months), months[0].period, months[-1].period.last) == (12, first, last)
    assert [len(each.registered) for each in months] == [2, *[0] * 10, 1]
