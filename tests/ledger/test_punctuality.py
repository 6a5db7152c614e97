"""Deadlines of units met in time, against the rule told a day at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW, TODAY
from hypothesis import given
from hypothesis import strategies as st

from xfctl.ledger.connection import open_ledger
from xfctl.ledger.create import create_ledger
from xfctl.ledger.queries import punctuality

CLOCK, OTHER = "supervision_response", "risk_review"
FIRST = date(2026, 3, 1)


@dataclass(frozen=True)
class Term:
    """A deadline; ``ended_on`` is the day it was performed, or ended unperformed (``lapsed``)."""

    owed_by: str
    due_on: date
    ended_on: date | None = None
    lapsed: bool = False
    clock: str = CLOCK


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("terms") / "ledger.db"
    create_ledger(path, actor="测试员", now=NOW, today=TODAY)
    with open_ledger(Path(path), writable=True) as ledger:
        yield ledger.connection


def asked(
    connection: sqlite3.Connection, terms: list[Term], first: date, last: date, today: date
) -> dict[str, tuple[int, int]]:
    """What the ledger answers with these deadlines and no others."""
    connection.execute("BEGIN")
    connection.executemany(
        """
        INSERT INTO obligation (stream, key, "case", owed_by, clock, article, started_on, due_on,
            unit, calendar, provisional, reminder, discharged_on, lapsed)
        VALUES (?, 'k', '', ?, ?, '示例', '2026-01-01', ?, 'working_days', '', 0, 0, ?, ?)
        """,
        [
            (
                f"supervision/{number}",
                *(each.owed_by, each.clock, each.due_on.isoformat()),
                *(each.ended_on and each.ended_on.isoformat(), each.lapsed),
            )
            for number, each in enumerate(terms)
        ],
    )
    try:
        return punctuality(connection, CLOCK, first, last, today)
    finally:
        connection.execute("ROLLBACK")


def watched(terms: list[Term], first: date, last: date, today: date) -> dict[str, tuple[int, int]]:
    """A clerk looks at every deadline each evening, and notes how its last day went by."""
    found: dict[str, tuple[int, int]] = {}
    for each in terms:
        if each.clock != CLOCK:
            continue
        evening, verdict = first - timedelta(days=400), None
        while evening <= today and verdict is None:
            if each.ended_on == evening:
                verdict = "gone" if each.lapsed else "in time"
            elif evening == each.due_on and evening < today:
                verdict = "late"
            evening += timedelta(days=1)
        if verdict in ("in time", "late") and first <= each.due_on <= last:
            met, whole = found.get(each.owed_by, (0, 0))
            found[each.owed_by] = (met + (verdict == "in time"), whole + 1)
    return found


DUE = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("ended", "lapsed", "today", "told"),
    [
        (None, False, 10, None),  # due today and open: it may still be met
        (None, False, 11, (0, 1)),
        (None, False, 9, None),
        (10, False, 10, (1, 1)),
        (9, False, 31, (1, 1)),
        (11, False, 11, (0, 1)),  # met, a day late
        (10, True, 31, None),  # ended unperformed on its last day: never late
        (10, True, 10, None),
        (11, True, 31, (0, 1)),  # ended unperformed after it was late
    ],
)
def test_one_deadline(connection, ended, lapsed, today, told) -> None:
    day = date(2026, 3, ended) if ended else None
    terms = [Term("U01", DUE, day, lapsed)]
    found = asked(connection, terms, FIRST, date(2026, 3, 31), date(2026, 3, today))
    assert found == ({"U01": told} if told else {})


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [(10, 10, True), (11, 31, False), (1, 9, False), (1, 10, True), (10, 31, True)],
)
def test_both_ends_of_the_period_belong_to_it(connection, first, last, counted) -> None:
    days = date(2026, 3, first), date(2026, 3, last)
    found = asked(connection, [Term("U01", DUE)], *days, date(2026, 4, 1))
    assert found == ({"U01": (0, 1)} if counted else {})


def test_debtors_and_clocks_are_kept_apart(connection) -> None:
    terms = [
        Term("U01", DUE, DUE),
        Term("U01", DUE),
        Term("U02", DUE, DUE),
        Term("U03", DUE, DUE, clock=OTHER),
    ]
    found = asked(connection, terms, FIRST, date(2026, 3, 31), date(2026, 4, 1))
    assert found == {"U01": (1, 2), "U02": (1, 1)}


days = st.integers(0, 12).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Term], date, date, date]:
    """Deadlines of which nothing is recorded for days to come, a period and a day."""
    today = draw(days)
    first, last = sorted((draw(days), min(draw(days), today)))
    terms = draw(
        st.lists(
            st.builds(
                lambda unit, due, ended, lapsed, clock: Term(
                    unit, due, ended, lapsed and ended is not None, clock
                ),
                st.sampled_from(["U01", "U02"]),
                days,
                st.none() | days.map(lambda day: min(day, today)),
                st.booleans(),
                st.sampled_from([CLOCK, CLOCK, OTHER]),
            ),
            max_size=8,
        )
    )
    return terms, first, last, today


@given(histories())
def test_the_ledger_and_the_clerk_agree(connection, history) -> None:
    assert asked(connection, *history) == watched(*history)
