"""Names of those held to account: for whoever gives a reason, for nobody else (细则 7).

A member of staff is held to account who holds no post, so that the name stands nowhere but in
the accountability; the head held to account beside them has a post, which is no secret.
"""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from command_line import XFCTL, Done, Office, environment, new_office

UNIT, CASE, NUMBER = "后勤保障部", "XF2026-0001", "ZZ2026-0001"
HEAD, STAFF = "示例负责人甲", "示例工作人员戊"
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")
LATER = "2026-12-31"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path, ("A15", UNIT))
    office.must("unit", "appoint", UNIT, HEAD, "--post", "部长", "--on", "2025-03-01")
    office.must("case", "register", "宿舍热水", "--on", "2026-09-10")
    office.must("case", "assign", CASE, UNIT, "--on", "2026-09-11")
    office.must(
        *("account", "propose", UNIT, "--situation", "3", "--severity", "较轻", "--case", CASE),
        *("--basis", "两次敷衍", "--nature", "个人责任", "--staff", f"{STAFF}=科员"),
        *("--on", "2026-10-20"),
    )
    office.must("account", "decide", NUMBER, "--rectify-by", "2026-12-01")
    return office


def at_terminal(office: Office, *arguments: str) -> Done:
    """Run the program with its output on a wide terminal."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [XFCTL, "--ledger", office.path, "--today", office.today, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=subprocess.PIPE,
        env=environment({"LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "200"}),
    ) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
        assert process.stderr is not None
        said = process.stderr.read()
        code = process.wait()
    os.close(leader)
    return Done(code, shown.decode(), said.decode())


@pytest.mark.parametrize("question", [("account", "list"), ("account", "show", NUMBER)])
def test_the_officer_at_the_terminal_needs_a_reason_too(
    office: Office, question: tuple[str, ...]
) -> None:
    before = office.head()
    shown = at_terminal(office, *question)
    assert (shown.code, shown.err) == (0, "")
    assert STAFF not in shown.out
    assert office.head() == before
    revealed = at_terminal(office, *question, "--reveal", "核对材料")
    assert STAFF in revealed.out
    assert HEAD in revealed.out
    assert office.head() != before, "it goes on record"


def test_masked_wherever_it_may_be_passed_on(office: Office, tmp_path: Path) -> None:
    questions = [
        *(("account", "list"), ("export", "accountability"), ("report", "accountability")),
        *(("account", "awards"), ("account", "evidence", UNIT)),
    ]
    texts = {}
    for question in questions:
        for format in FORMATS:
            texts[(*question, format)] = office.must(*question, "--format", format).out
            path = tmp_path / "表"
            office.must(*question, "--format", format, "-o", path)
            texts[(*question, format, "-o")] = path.read_text(encoding="utf-8")
    for format in ("table", "plain", "markdown", "html"):
        shown = office.must("account", "show", NUMBER, "--format", format).out
        assert "已隐去" in shown
        texts["account", "show", format] = shown
    for question in (
        *(("overdue",), ("digest",), ("log",), ("search", STAFF), ("account", "due")),
        *(("unit", "show", UNIT), ("case", "show", CASE), ("export", "obligations")),
        *(("export", "cases"), ("supervise", "due"), ("digest", "--format", "html")),
    ):
        texts[question] = office.must(*question, today=LATER).out
    assert [question for question, text in texts.items() if STAFF in text] == []
    assert "第 1 人（行政主要负责人，领导责任）；第 2 人（科员，直接责任）" in (
        office.must("account", "list", "--format", "json").out
    )


def test_a_pipe_sees_no_name_from_a_real_process(office: Office) -> None:
    for question in (("account", "list"), ("account", "show", NUMBER)):
        done = office.run(*question)
        assert done.code == 0
        assert STAFF not in done.out + done.err
        assert HEAD not in done.out + done.err


def test_spreadsheets_hold_none(office: Office, tmp_path: Path) -> None:
    import openpyxl

    for question in (("account", "list"), ("export", "accountability")):
        path = tmp_path / "问责.xlsx"
        office.must(*question, "--format", "xlsx", "-o", path)
        cells = [
            str(cell)
            for sheet in openpyxl.load_workbook(path)
            for row in sheet.iter_rows(values_only=True)
            for cell in row
        ]
        assert any("科员" in cell for cell in cells)
        assert not any(STAFF in cell or HEAD in cell for cell in cells)


def test_no_event_holds_a_name(office: Office) -> None:
    office.must("account", "list", "--reveal", "组织部门了解情况")
    office.must("account", "appeal", NUMBER, "--person", "2", "--content", "不服")
    with closing(sqlite3.connect(office.path)) as connection:
        sql = "SELECT kind, payload FROM event ORDER BY seq"
        events = connection.execute(sql).fetchall()
        sealed = connection.execute("SELECT count(*) FROM sealed_identity").fetchone()
    mine = [payload for kind, payload in events if kind.startswith("accountability.")]
    assert len(mine) == 4
    assert not any(HEAD in payload or STAFF in payload for payload in mine)
    assert not any(STAFF in payload for _, payload in events)
    assert sealed == (2,)


def test_refusals_repeat_no_name(office: Office) -> None:
    usual = ("account", "propose", UNIT, "--situation", "3", "--severity", "较轻", "--basis", "事")
    individual = (*usual, "--nature", "个人责任")
    for options in (
        (*usual, "--staff", STAFF),
        (*usual, "--staff", f"{STAFF}="),
        (*usual, "--staff", f"{STAFF}=科员"),
        (*individual, "--staff", f"{STAFF}=科\x1b员"),
        (*individual, "--staff", f"{STAFF * 20}=科员"),
        (*usual, "--in-charge", STAFF),
        (*usual, "--took-part", STAFF),
        (*usual, "--leave-out", STAFF),
        (*usual, "--leave-out", STAFF, "--role-reason", "错"),
        (*usual, "--role", STAFF),
        (*usual, "--role", f"领导责任={STAFF}", "--role-reason", "错"),
        (*usual, "--role", f"{STAFF}=没有这种", "--role-reason", "错"),
        (*usual, "--role", f"{STAFF}=领导责任", "--role-reason", "错"),
        ("account", "appeal", NUMBER, "--person", STAFF, "--content", "不服"),
    ):
        done = office(*options)
        assert done.code in {2, 3}
        assert done.err.startswith("错误：")
        assert STAFF not in done.err


# Reveals


@pytest.mark.parametrize(
    "question",
    [
        *(("account", "list"), ("account", "list", "--format", "json")),
        *(("account", "show", NUMBER), ("account", "show", NUMBER, "--format", "html")),
        *(("export", "accountability"), ("export", "accountability", "--format", "markdown")),
    ],
)
def test_a_reveal_shows_them_and_stays_on_record(office: Office, question: tuple[str, ...]) -> None:
    reason = "组织部门考察干部"
    done = office.must("--actor", "经办丁", *question, "--reveal", reason)
    assert STAFF in done.out
    assert HEAD in done.out
    last = office.must("log", "--last", "1", "--format", "json").json[-1]
    assert (last["subject"], last["what"], last["actor"]) == (
        *(NUMBER, f"查看责任人姓名：{reason}", "经办丁"),
    )
    assert STAFF not in office.must(*question).out, "each look has its own reason"


def test_a_reveal_into_a_file(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "问责.csv"
    office.must("export", "accountability", "-o", path, "--reveal", "报送学校办公室")
    assert STAFF in path.read_text(encoding="utf-8-sig")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "查看责任人姓名：报送学校办公室" in office.must("log").out


@pytest.mark.parametrize("reason", ["", "  ", "\n", "考\x00察", "考" * 10_001])
@pytest.mark.parametrize(
    "question", [("account", "list"), ("account", "show", NUMBER), ("export", "accountability")]
)
def test_a_reveal_without_a_proper_reason(
    office: Office, question: tuple[str, ...], reason: str
) -> None:
    before = office.head()
    done = office(*question, "--reveal", reason)
    assert (done.code, done.out) == (3, "")
    assert "查看理由" in done.err
    assert office.head() == before


def test_what_is_not_listed_is_not_revealed(office: Office) -> None:
    before = office.head()
    office.must("account", "list", "--stage", "已撤销", "--reveal", "核对")
    done = office("account", "show", "ZZ2026-0009", "--reveal", "核对")
    assert done.code == 3
    assert office.head() == before


def test_a_reveal_that_could_not_be_shown_is_not_recorded(office: Office) -> None:
    before = office.head()
    for question in (("list",), ("show", NUMBER)):
        done = office("account", *question, "--format", "xlsx", "--reveal", "核对")
        assert (done.code, done.out) == (3, "")
    assert office.head() == before


def test_no_reveal_of_the_ledger_of_an_earlier_moment(office: Office) -> None:
    before = office.head()
    done = office("--as-known-at", "2026-11-25", "account", "list", "--reveal", "核对")
    assert (done.code, done.out) == (3, "")
    assert office.head() == before
