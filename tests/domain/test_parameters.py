"""Local parameters (本单位规定): dated, the latest wins, what runs already keeps its length."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import TODAY
from hypothesis import given
from hypothesis import strategies as st
from lives import after, lived, owed, parameters

from xfctl.app.office import set_parameter as record_parameter
from xfctl.domain.parameters import KNOWN, Parameters, ParameterSet, award_year, set_parameter
from xfctl.errors import InputRefusedError
from xfctl.ledger import queries
from xfctl.regulation.clocks import clocks

DAY = timedelta(days=1)


def setting(**changes) -> ParameterSet:
    given = {"name": "reply", "value": 3, "effective": TODAY, "reason": "示例规定"} | changes
    return ParameterSet(**given)


@pytest.mark.parametrize(
    ("told", "on", "value"),
    [
        ([], "2026-03-10", 5),
        (["reply 3 自 2026-03-10"], "2026-03-09", 5),
        (["reply 3 自 2026-03-10"], "2026-03-10", 3),
        (["reply 3 自 2026-03-10"], "2026-03-11", 3),
        (["reply 3 自 2026-03-10", "reply 7 自 2026-04-01"], "2026-03-31", 3),
        (["reply 3 自 2026-03-10", "reply 7 自 2026-04-01"], "2026-04-01", 7),
        (["reply 7 自 2026-04-01", "reply 3 自 2026-03-10"], "2026-04-01", 7),
        (["reply 3 自 2026-03-10", "reply 7 自 2026-03-10"], "2026-03-10", 7),
        (["delay-suggestion 3 自 2026-03-10"], "2026-03-10", 5),
    ],
)
def test_the_latest_in_force_on_the_day_holds(told, on, value):
    assert parameters(told).value("reply", date.fromisoformat(on)) == value


DATES = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@given(st.lists(st.tuples(DATES, st.integers(1, 60)), max_size=6), DATES)
def test_the_value_of_a_day_found_by_going_through_the_days(dated, on):
    """Slowly: the settings applied in the order of their days, of one day in that of recording."""
    expected = 5
    day = date(2026, 1, 1)
    while day <= on:
        for effective, value in dated:
            if effective == day:
                expected = value
        day += DAY
    settings = tuple(setting(value=value, effective=effective) for effective, value in dated)
    assert Parameters(settings).value("reply", on) == expected


def test_only_clocks_that_the_regulation_leaves_open_have_a_parameter():
    """A length that an article fixes is never the office's to set."""
    for name, known in KNOWN.items():
        if known.clock is not None:
            for version in clocks()[known.clock].versions:
                assert version.source == "本单位规定", name
                assert known.unit == version.unit.label
                assert version.length == known.default
    for clock in clocks().values():
        if Parameters().length(clock.name, TODAY) is not None:
            assert all(version.source == "本单位规定" for version in clock.versions)


@pytest.mark.parametrize(
    ("told", "on", "year"),
    [
        ([], "2026-01-01", "2026"),
        ([], "2026-12-31", "2026"),
        (["award-year-start 1 自 2026-01-01"], "2026-01-01", "2026"),
        (["award-year-start 1 自 2026-01-01"], "2026-12-31", "2026"),
        (["award-year-start 9 自 2026-01-01"], "2026-08-31", "2025-2026"),
        (["award-year-start 9 自 2026-01-01"], "2026-09-01", "2026-2027"),
        (["award-year-start 9 自 2026-01-01"], "2026-12-31", "2026-2027"),
        (["award-year-start 9 自 2026-01-01"], "2027-01-01", "2026-2027"),
        (["award-year-start 9 自 2026-01-01"], "2027-08-31", "2026-2027"),
        (["award-year-start 12 自 2026-01-01"], "2026-11-30", "2025-2026"),
        (["award-year-start 12 自 2026-01-01"], "2026-12-01", "2026-2027"),
        (["award-year-start 2 自 2026-01-01"], "2026-01-31", "2025-2026"),
        (["award-year-start 2 自 2026-01-01"], "2026-02-01", "2026-2027"),
        # Judged under the setting of the day itself.
        (["award-year-start 9 自 2026-06-01"], "2026-05-31", "2026"),
        (["award-year-start 9 自 2026-06-01"], "2026-06-01", "2025-2026"),
        (
            ["award-year-start 9 自 2026-01-01", "award-year-start 1 自 2027-01-01"],
            "2027-01-01",
            "2027",
        ),
    ],
)
def test_the_year_of_award_eligibility_a_day_falls_into(told, on, year):
    assert award_year(parameters(told), date.fromisoformat(on)) == year


@pytest.mark.parametrize("name", ["", "feedback", "REPLY", "handling", "答复", "reply "])
def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(name):
    with pytest.raises(InputRefusedError, match=f"没有参数「{name}」") as refused:
        set_parameter(setting(name=name), TODAY)
    assert all(known in str(refused.value) for known in KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_a_value_out_of_bounds_is_refused_and_the_bounds_are_taken(name):
    known = KNOWN[name]
    for value in (known.least - 1, known.most + 1, -(10**9)):
        with pytest.raises(InputRefusedError, match="须在"):
            set_parameter(setting(name=name, value=value), TODAY)
    for value in (known.least, known.most):
        (dated,) = set_parameter(setting(name=name, value=value), TODAY)
        assert (dated.occurred_on, dated.fact.value) == (TODAY, value)


@pytest.mark.parametrize("reason", ["", " ", "控\x00制"])
def test_a_setting_needs_a_reason(reason):
    with pytest.raises(InputRefusedError, match="理由"):
        set_parameter(setting(reason=reason), TODAY)


def test_blanks_around_the_reason_are_dropped():
    (dated,) = set_parameter(setting(reason=" 示例规定　"), TODAY)
    assert dated.fact.reason == "示例规定"


def test_what_runs_already_keeps_the_length_under_which_it_began():
    history = ["交办 2026-03-02 周一", "书面反馈 2026-03-05 周四", "采纳反馈 2026-03-06 周五"]
    case = lived(history, matter_is=["可联系"])
    later = after(case, "备注 2026-03-09 周一", set_to=["reply 1 自 2026-01-01"])
    assert owed(later, TODAY, "petitioner_reply") == owed(case, TODAY, "petitioner_reply")


def test_settings_are_stored_in_the_order_of_recording(office):
    settings = [setting(value=value) for value in (3, 9, 4)]
    for each in settings:
        with office.desk() as desk:
            record_parameter(desk, each)
    with office.reading() as ledger:
        stored = queries.parameters(ledger.connection)
    assert stored == Parameters(tuple(settings))
    assert stored.value("reply", TODAY) == 4


def test_a_desk_counts_with_what_the_ledger_holds(office):
    from conftest import REGISTERED_ON, assign

    from xfctl.domain.classification import FeedbackForm
    from xfctl.domain.identity import Identity
    from xfctl.domain.steps.handling import GiveFeedback, ReviewFeedback

    number = "XF2026-0001"
    office.add_units("U01")
    office.register(number, identity=Identity(phone="000-0000"))
    with office.desk() as desk:
        record_parameter(desk, setting(value=2, effective=date(2026, 3, 10)))
    with office.desk() as desk:
        desk.step(assign(number, REGISTERED_ON, "U01"))
        desk.step(GiveFeedback(number=number, on=REGISTERED_ON, form=FeedbackForm.WRITTEN))
        case = desk.step(ReviewFeedback(number=number, on=date(2026, 3, 10), accepted=True))
    assert owed(case, TODAY, "petitioner_reply") == ["答复信访人 2026-03-12 周四 逾期 6 个工作日"]
