"""The statements that the daily commands really run find their rows by an index.

Nothing is timed: a plan that walks through all events, matters or obligations fails, whatever the
machine. The statements are those SQLite was given, with their values, while the command ran.
"""

from __future__ import annotations

import re
import sqlite3

import pytest
from conftest import Office

from xfctl.cli.main import main
from xfctl.ledger import connection as connections

# What grows with the years. An index walked from end to end is as slow as the table.
_GROWING = "event|case|obligation|ground|assignment|milestone|visit|rating|involvement"
_WALK = re.compile(rf'SCAN "?({_GROWING}|[a-z])"?(?= |$)')
_ALIASES = re.compile(rf'(?:FROM|JOIN)\s+"?({_GROWING})"?\s+(?:AS\s+)?([a-z])\b')
# Indexes that hold only what still waits; walking through them is the question itself.
_WAITING = ("ix_case_untold", "ix_obligation_open")
COMMANDS = {
    "overdue": ("overdue",),
    "digest": ("digest",),
    "show": ("case", "show", "XF2026-0001"),
    "due": ("supervise", "due"),
    "period": ("report", "quarter", "2026Q1"),
    "trend": ("report", "trend", "2026-03"),
    "ageing": ("report", "ageing"),
    "late": ("case", "list", "--overdue"),
    "unit": ("case", "list", "--unit", "U01"),
    "last": ("log", "--last", "5"),
    "stage": ("case", "list", "--stage", "已登记", "--sort", "date"),
    "dates": ("case", "list", "--from", "2026-03-01"),
    "watch": ("risk", "watch"),
}


def statements(office: Office, arguments: tuple[str, ...], monkeypatch) -> list[str]:
    """Every statement of a command, as SQLite ran it."""
    ran: list[str] = []
    connect = connections.connect

    def traced(*args, **kwargs) -> sqlite3.Connection:
        opened = connect(*args, **kwargs)
        opened.set_trace_callback(ran.append)
        return opened

    monkeypatch.setattr(connections, "connect", traced)
    assert main(["--ledger", str(office.path), *arguments]) in (0, 1)
    monkeypatch.setattr(connections, "connect", connect)
    return [sql for sql in ran if sql.lstrip().startswith(("SELECT", "INSERT"))]


def plans(office: Office, ran: list[str]) -> list[tuple[str, str]]:
    """Every step of the plans, with its statement."""
    opened = sqlite3.connect(office.path)
    opened.execute("CREATE TEMP TABLE wanted (number TEXT PRIMARY KEY) WITHOUT ROWID")
    found = [(step, sql) for sql in ran for *_, step in opened.execute(f"EXPLAIN QUERY PLAN {sql}")]
    opened.close()
    return found


def walks(step: str, sql: str) -> bool:
    """Whether a step goes through all of a table that grows, or makes an index for once."""
    grown = {*_GROWING.split("|"), *(alias for _, alias in _ALIASES.findall(sql))}
    walked = None if step.endswith(_WAITING) else _WALK.match(step)
    return "AUTOMATIC" in step or bool(walked and walked[1] in grown and "LIMIT" not in sql)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("capfd")
def test_no_statement_walks_through_what_grows(busy_office, monkeypatch, command):
    found = plans(busy_office, statements(busy_office, COMMANDS[command], monkeypatch))
    assert found
    assert [each for each in found if walks(*each)] == []


@pytest.mark.parametrize(
    ("command", "index"),
    [
        ("overdue", "ix_obligation_open"),
        ("digest", "ix_obligation_open"),
        ("late", "ix_obligation_open"),
        ("digest", "ix_case_untold"),
        ("digest", "ix_ground_until"),
        ("unit", "ix_assignment_unit"),
        ("show", "ix_event_stream"),
        ("due", "ix_ground_until"),
        ("period", "ix_case_stage"),
        ("period", "ix_milestone_day"),
        ("period", "ix_visit_day"),
        ("period", "ix_obligation_due_on"),
        ("period", "ix_obligation_discharged_on"),
        ("period", "ix_case_repeats"),
        ("dates", "ix_case_registered_on"),
    ],
)
@pytest.mark.usefixtures("capfd")
def test_the_index_made_for_a_command_is_used(busy_office, monkeypatch, command, index):
    found = plans(busy_office, statements(busy_office, COMMANDS[command], monkeypatch))
    assert any(index in step for step, _ in found)
