"""Global options may stand anywhere on the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfctl.cli.arguments import globals_first

LINES = [
    ("overdue --ledger a.db", "--ledger a.db overdue"),
    ("overdue --ledger=a.db --unit U01", "--ledger=a.db overdue --unit U01"),
    (
        "case show N --today 2026-03-01 --format json",
        "--today 2026-03-01 case show N --format json",
    ),
    ("--actor 甲 case note N 内容", "--actor 甲 case note N 内容"),
    ("case note N --as-known-at 2026-03-01 文", "--as-known-at 2026-03-01 case note N 文"),
    ("case note N -- --ledger", "case note N -- --ledger"),
    ("overdue --ledger", "--ledger overdue"),
    ("overdue --ledgers a.db", "overdue --ledgers a.db"),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_global_options_come_first(line: str, expected: str) -> None:
    assert globals_first(line.split()) == expected.split()


@given(st.lists(st.sampled_from(["a", "--unit", "--ledger", "--today=x", "--", "值"])))
def test_no_word_is_lost_or_made_up_and_a_second_time_changes_nothing(words: list[str]) -> None:
    once = globals_first(words)
    assert sorted(once) == sorted(words)
    if words.count("--ledger") <= 1 and words[-1:] != ["--ledger"] and "--" not in words:
        assert globals_first(once) == once
