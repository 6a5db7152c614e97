from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xfctl.neutral import neutralise, restore

RISKY = st.from_regex(r"'{0,3}[ \t]?[=+\-@＝０0-9./:Ee年月日(),']{0,20}", fullmatch=True)


@given(st.text() | RISKY)
@example("'")
@example("''=1")
@example("'=1\r\n")
def test_neutralised_text_comes_back(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(st.text() | RISKY)
def test_neutralising_twice_is_undone_by_restoring_twice(text: str) -> None:
    assert restore(restore(neutralise(neutralise(text)))) == text


@given(st.text() | RISKY)
def test_what_is_written_never_starts_a_formula(text: str) -> None:
    written = neutralise(text)
    assert not written.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not written.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+8613900000001", "-5", "@SUM(A1)", "\t=1", "\rx", "\nx", "  =1", "\u3000＝1"),
        *("＝1", "＋1", "－1", "＠x", "\ufeff=1", "\x00=1", "﹦1"),
        *("110101199001010011", "13900000001", "007", "０１２", "0.50", "1.10", "(1)", "（1）"),
        *(
            "3-1",
            "1/3",
            "2026-001",
            "2026/3/1",
            "2026.3.1",
            "1 1/2",
            "8:30",
            "3月2日",
            "２０２６年",
        ),
        *("1E5", "1.39E+10", "1,234", "MARCH1", "1-Mar", "true", "'=1", "''007"),
    ],
)
def test_at_risk(text: str) -> None:
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "'",
            "'引号'",
            "'tis",
            "宿舍热水",
            "XF2026-0001",
            "5",
            "12",
            "3.5",
            "0",
            "a=b",
            "9号楼",
        ),
        *("2026-03-01", "2026-03-01 08:30", "一、二", "C01", "第1-3条", "10%"),
    ],
)
def test_not_at_risk(text: str) -> None:
    assert neutralise(text) == text
    assert restore(text) == text
