"""The fast calendar against the slow one, for every start day and for random offices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfctl.workdays.calendar import Calendar
from xfctl.workdays.days import Decree, OfficeDays

DAY = timedelta(days=1)
LENGTHS = [1, 2, 3, 5, 7, 10, 15, 30, 60]
FIRST, LAST = date(2004, 1, 1), date(2027, 12, 31)
EVERY_DAY = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar()


def wrong(found: list[object], expected: list[object]) -> Iterator[str]:
    """Where two lists over EVERY_DAY part, in words; a whole list in a failure helps nobody."""
    for start, ours, slow in zip(EVERY_DAY, found, expected, strict=True):
        if ours != slow:
            yield f"{start:%Y-%m-%d %a}: {ours}, not {slow}"


def test_every_day_works_as_the_oracle_says(calendar: Calendar) -> None:
    assert not [*wrong([*map(calendar.works, EVERY_DAY)], [*map(oracle.works, EVERY_DAY)])]


def test_what_is_said_of_a_day_is_what_is_counted(calendar: Calendar) -> None:
    said = [calendar.day(day).works for day in EVERY_DAY]
    assert not [*wrong(said, [*map(calendar.works, EVERY_DAY)])]


@pytest.mark.parametrize("length", LENGTHS)
def test_adding_working_days_from_every_day(calendar: Calendar, length: int) -> None:
    found = [calendar.add_working_days(day, length) for day in EVERY_DAY]
    assert not [*wrong(found, [oracle.add(day, length) for day in EVERY_DAY])]
    assert found == sorted(found), "a later start never ends earlier"


@pytest.mark.parametrize("length", LENGTHS)
def test_subtracting_working_days_from_every_day(calendar: Calendar, length: int) -> None:
    found = [calendar.subtract_working_days(day, length) for day in EVERY_DAY]
    assert not [*wrong(found, [oracle.subtract(day, length) for day in EVERY_DAY])]


@pytest.mark.parametrize("length", LENGTHS)
def test_subtracting_undoes_adding_on_working_days(calendar: Calendar, length: int) -> None:
    for day in filter(calendar.works, EVERY_DAY):
        assert calendar.subtract_working_days(calendar.add_working_days(day, length), length) == day
        assert calendar.add_working_days(calendar.subtract_working_days(day, length), length) == day


@pytest.mark.parametrize("length", LENGTHS)
def test_counting_gives_the_number_that_was_added(calendar: Calendar, length: int) -> None:
    for day in EVERY_DAY:
        due = calendar.add_working_days(day, length)
        assert calendar.working_days_between(day, due) == length
        assert calendar.working_days_between(day, due - DAY) == length - 1
        assert calendar.working_days_between(due, day) == 0


def test_adding_step_by_step_gives_the_same_day(calendar: Calendar) -> None:
    for day in EVERY_DAY:
        halfway = calendar.add_working_days(day, 3)
        assert calendar.add_working_days(halfway, 4) == calendar.add_working_days(day, 7)


@pytest.mark.parametrize("length", LENGTHS)
def test_calendar_days_end_on_a_working_day_and_never_early(
    calendar: Calendar, length: int
) -> None:
    found = [calendar.add_days(day, length) for day in EVERY_DAY]
    assert not [*wrong(found, [oracle.add_days(day, length) for day in EVERY_DAY])]
    assert found == sorted(found), "a later start never ends earlier"
    for day, due in zip(EVERY_DAY, found, strict=True):
        assert calendar.works(due)
        assert due >= day + length * DAY
        assert calendar.working_days_between(day + length * DAY - DAY, due) == 1, "and no later"


@pytest.mark.parametrize("length", LENGTHS)
def test_calendar_days_backwards_end_on_a_working_day_and_never_late(
    calendar: Calendar, length: int
) -> None:
    found = [calendar.subtract_days(day, length) for day in EVERY_DAY]
    assert not [*wrong(found, [oracle.subtract_days(day, length) for day in EVERY_DAY])]


def near(first: int, last: int) -> st.SearchStrategy[date]:
    return st.dates(date(first, 1, 1), date(last, 12, 31))


# Days on both sides of the end of the published notices, close together so that records matter.
AROUND = st.dates(date(2025, 11, 1), date(2027, 5, 31))
OFFICES = st.builds(
    OfficeDays,
    decrees=st.dictionaries(
        AROUND, st.builds(Decree, st.booleans(), st.just("节"), st.just("通知")), max_size=30
    ),
    noticed_years=st.frozensets(st.integers(2025, 2028)),
    closures=st.dictionaries(AROUND, st.just("停水停电"), max_size=30),
)


@given(office=OFFICES, start=AROUND, length=st.integers(1, 80))
def test_an_office_with_any_records_counts_as_the_oracle(
    office: OfficeDays, start: date, length: int
) -> None:
    calendar, works = Calendar(office), oracle.works_in(office)
    due = calendar.add_working_days(start, length)
    assert due == oracle.add(start, length, works)
    assert calendar.subtract_working_days(start, length) == oracle.subtract(start, length, works)
    assert calendar.add_days(start, length) == oracle.add_days(start, length, works)
    assert calendar.subtract_days(start, length) == oracle.subtract_days(start, length, works)
    assert calendar.working_days_between(start, due + 9 * DAY) == oracle.between(
        start, due + 9 * DAY, works
    )
    assert calendar.works(start) == calendar.day(start).works == works(start)


@given(office=OFFICES, start=AROUND, length=st.integers(1, 30))
def test_an_explanation_numbers_exactly_the_days_that_were_counted(
    office: OfficeDays, start: date, length: int
) -> None:
    calendar, works = Calendar(office), oracle.works_in(office)
    for end in (
        calendar.add_working_days(start, length),
        calendar.subtract_working_days(start, length),
    ):
        lines = calendar.explain(start, end)
        numbered = [line for line in lines if line.number is not None]
        assert [line.number for line in numbered] == [*range(1, length + 1)]
        assert all(works(line.day.day) for line in numbered)
        assert numbered[-1].day.day == end
        assert len(lines) == abs((end - start).days) + 1


@given(starts=st.lists(near(1990, 2050), min_size=2, max_size=8), length=st.integers(1, 60))
def test_the_order_in_which_years_are_asked_for_does_not_matter(
    starts: list[date], length: int
) -> None:
    shared = Calendar()
    for start in starts:
        fresh = Calendar()
        assert shared.add_working_days(start, length) == fresh.add_working_days(start, length)
        assert shared.subtract_working_days(start, 1) == fresh.subtract_working_days(start, 1)
        assert shared.works(start) == fresh.works(start)


@given(one=near(1990, 2050), other=near(1990, 2050), middle=near(1990, 2050))
def test_counts_add_up_wherever_the_stretch_is_cut(one: date, other: date, middle: date) -> None:
    first, cut, last = sorted([one, other, middle])
    count = Calendar().working_days_between
    assert count(first, cut) + count(cut, last) == count(first, last)
