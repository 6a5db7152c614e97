"""Assessments at the command line: every format, files, refusals, names shown and withheld."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from command_line import XFCTL, Office, environment, new_office, register, rows

LOGISTICS, LETTERS, HOSPITAL = "后勤保障部", "文学院", "第一医院"
LEADER, HOMONYM = "子虚负责人", "乌有负责人"
TODAY = "2026-11-25"
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")
FILES = ("csv", "json", "markdown", "html", "xlsx")
COMMANDS = (
    "unit score --year 2026",
    f"unit score {LOGISTICS}",
    "report units 2026Q3",
    "report units --from 2026-07-01 --to 2026-09-30 --no-reference --least 1",
    "report responders 2026Q3",
    f"report leader {LEADER} --from 2026-01-01",
    "unit gaps",
)
# What a record of accountability is told by; none of it may stand in a masked one.
SECRETS = (LEADER, "ZZ2026", "诫勉", "主要领导责任", "细则 17")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = new_office(tmp_path_factory.mktemp("assessed"), ("A15", LOGISTICS), ("C01", LETTERS))
    office.must("unit", "add", "H01", HOSPITAL, "--by-reference", "--headcount", "3000")
    office.must("unit", "edit", LOGISTICS, "--headcount", "50")
    options = ("--anonymous", "--on", "2026-07-01")
    first = register(office, "虚构事项", "--first-responder", "经办乙", *options)
    register(office, "虚构事项", "--first-responder", "经办甲", "--on", "2026-08-03")
    for line in (
        f"case assign {first} {LOGISTICS} --on 2026-07-01",
        f"case feedback {first} --form 书面 --on 2026-07-10",
        f"unit appoint {LOGISTICS} {LEADER} --post 党组织主要负责人 --on 2025-03-03",
        f"unit appoint {LETTERS} {HOMONYM} --post 行政主要负责人 --on 2025-03-03",
        f"unit appoint {HOSPITAL} {HOMONYM} --post 信访专人 --on 2026-02-02",
        f"account propose {LOGISTICS} --situation 3 --severity 严重 --effect 虚构后果"
        " --basis 虚构依据 --on 2026-08-03",
        "account decide ZZ2026-0001 --document 虚构文号 --rectify-by 2026-12-31 --on 2026-08-10",
    ):
        office.must(*line.split())
    return office


def record(office: Office, *options: str, name: str = LEADER) -> list[str]:
    return ["--ledger", f"{office.path}", "--today", TODAY, "report", "leader", name, *options]


def at_terminal(*arguments: str) -> str:
    """What the program writes on a terminal."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [XFCTL, *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment({"LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "200"}),
    ):
        os.close(follower)
        told = b""
        while chunk := _read(leader):
            told += chunk
    os.close(leader)
    return told.decode()


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_the_year_of_a_unit(office: Office) -> None:
    told = office.must("unit", "score", "--year", "2026", "--format", "json").json
    assert list(told) == ["matters", "supervision", "risk"]
    matters = {row["code"]: row for row in told["matters"]}
    ours = matters["A15"]
    assert (ours["cases"], ours["per_hundred"], ours["due"], ours["in_time"]) == (1, 2.0, 1, 1)
    assert (matters["C01"]["per_hundred"], matters["H01"]["per_hundred"]) == (None, 0.0)
    supervision = {row["unit"]: row for row in told["supervision"]}
    assert (supervision[LOGISTICS]["accountabilities"], supervision[LOGISTICS]["award"]) == (
        *(1, "取消"),
    )
    assert supervision[LETTERS]["award"] == "未取消"


def test_this_year_unless_another_is_asked_for(office: Office) -> None:
    this_year = office.must("unit", "score", "--format", "csv").out
    assert this_year == office.must("unit", "score", "--year", "2026", "--format", "csv").out
    assert "2025年" in office.must("unit", "score", "--year", "2025").out


def test_one_unit_and_units_by_reference(office: Office) -> None:
    def listed(*arguments: str) -> list[str]:
        told = office.must(*arguments, "--format", "json").json
        assert len({len(told[key]) for key in ("matters", "supervision", "risk")}) == 1
        return [row["code"] for row in told["matters"]]

    assert listed("unit", "score", LOGISTICS) == ["A15"]
    assert listed("report", "units", "2026") == ["A15", "C01", "H01"]
    assert listed("report", "units", "2026", "--no-reference") == ["A15", "C01"]


def test_weights_make_a_score_from_their_day_on(tmp_path: Path) -> None:
    office = new_office(tmp_path, ("A15", LOGISTICS), ("C01", LETTERS))
    plain = office.must("unit", "score")
    assert "权重未设置" in plain.out
    assert "综合分（" not in plain.out
    office.must("rule", "set", "weight-accountability", "100", "--reason", "虚构决定")
    told = office.must("unit", "score", "--format", "json").json["score"]
    assert told == [
        {"rank": None, "unit": LOGISTICS, "score": 100.0},
        {"rank": None, "unit": LETTERS, "score": 100.0},
    ]
    before = office.must("report", "units", "2026Q3", "--format", "json").json
    assert "score" not in before


def test_responders_and_what_nobody_has(office: Office) -> None:
    told = office.must("report", "responders", "2026Q3", "--format", "json").json
    assert [(row["name"], row["registered"]) for row in told["responders"]] == [
        ("经办乙", 1),
        ("经办甲", 1),
    ]
    assert [row["name"] for row in told["units"]] == [LOGISTICS, "未交办"]


def test_gaps_of_a_day(office: Office) -> None:
    def missing(*arguments: str) -> dict[str, str]:
        found = rows(office.must("unit", "gaps", *arguments, "--format", "plain"))
        return {row[0]: row[3] for row in found}

    assert missing() == {
        "A15": "行政主要负责人、信访专人、预案",
        "C01": "党组织主要负责人、信访专人、预案",
        "H01": "党组织主要负责人、行政主要负责人、预案",
    }
    assert set(missing("--as-of", "2026-02-01")) == {"A15", "C01"}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_on_standard_output(office: Office, command: str, format: str) -> None:
    done = office.must(*command.split(), "--format", format)
    assert LOGISTICS in done.out
    assert done.err == ""
    if format == "json":
        assert done.json
    if format == "csv":
        assert done.out.startswith("\ufeff")
        assert LOGISTICS in {cell for row in csv.reader(io.StringIO(done.out)) for cell in row}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("format", FILES)
def test_every_format_as_a_file(office: Office, tmp_path: Path, command: str, format: str) -> None:
    path = tmp_path / f"考核.{format}"
    done = office.must(*command.split(), "--format", format, "--output", path)
    assert done.out == ""
    assert done.err.startswith(f"已写入「{path}」")
    assert path.stat().st_mode & 0o777 == 0o600
    text = _text_of(path)
    assert LOGISTICS in text
    assert not [each for each in (LEADER, HOMONYM) if each in text]


def _text_of(path: Path) -> str:
    """Everything that can be read in a file, of a workbook its cells and all its parts."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    sheets = openpyxl.load_workbook(path).worksheets
    cells = [
        f"{cell}" for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    with zipfile.ZipFile(path) as parts:
        raw = [parts.read(name).decode(errors="replace") for name in parts.namelist()]
    return "\n".join((*cells, *raw))


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("unit score 无此单位", 3, "没有单位「无此单位」"),
        (f"unit score {HOSPITAL} --no-reference", 3, "2026-11-25 的考核没有这个单位"),
        (f"unit score {LETTERS} --year 2025", 3, "2025-12-31 的考核没有这个单位"),
        ("unit score --year 2027", 3, "时期「2027年」还没有开始"),
        ("unit score --year 去年", 2, "--year"),
        ("report units 第三季", 3, "看不懂时期「第三季」"),
        ("report units 2026 --least 0", 2, "--least"),
        ("report units 2026 --from 2026-01-01", 3, "不能同时给出"),
        ("report responders --from 2026-09-01 --to 2026-08-01", 3, "早于 --from"),
        ("unit gaps --as-of 2026-11-26", 3, "晚于今天"),
        ("report leader 查无此人", 3, "没有这个姓名的任职记录"),
        (f"report leader {LEADER} --unit {LETTERS}", 3, "没有这个姓名的任职记录"),
        (f"report leader {LEADER} --from 2024-01-01 --to 2025-03-02", 3, "没有这个姓名的任职记录"),
        (f"report leader {LEADER} --from 2026-12-01 --to 2026-12-31", 3, "还没有开始"),
        ("report leader", 2, "姓名"),
    ],
)
def test_refusals_are_one_sentence(office: Office, command: str, code: int, told: str) -> None:
    head = office.head()
    done = office(*command.split())
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert len(done.err.splitlines()) == 1
    assert "查无此人" not in done.err
    assert LEADER not in done.err
    assert office.head() == head


def test_a_blank_reason_reveals_nothing_and_leaves_no_trace(office: Office) -> None:
    head = office.head()
    done = office("report", "leader", LEADER, "--reveal", " ")
    assert (done.code, done.out) == (3, "")
    assert "查看理由不能为空" in done.err
    assert office.head() == head


def test_a_record_of_what_is_known_at_a_moment_cannot_be_revealed(office: Office) -> None:
    head = office.head()
    done = office("--as-known-at", TODAY, "report", "leader", LEADER, "--reveal", "虚构理由")
    assert (done.code, done.out) == (3, "")
    assert office.head() == head


@pytest.mark.parametrize("format", FORMATS)
def test_at_a_terminal_nothing_of_it_is_told_either(office: Office, format: str) -> None:
    told = at_terminal(*record(office, "--format", format))
    assert [each for each in SECRETS if each in told] == []


def test_a_file_is_masked_at_a_terminal_too(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "记录.txt"
    told = at_terminal(*record(office, "--output", f"{path}"))
    assert [each for each in SECRETS if each in told + path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("format", FORMATS)
def test_in_a_pipe_nothing_of_it_is_told(office: Office, format: str) -> None:
    done = office.run("report", "leader", LEADER, "--format", format)
    assert done.code == 0
    assert [each for each in SECRETS if each in done.out + done.err] == []
    assert "已隐去" in done.out
    assert LOGISTICS in done.out


@pytest.mark.parametrize("format", FILES)
def test_in_a_file_nothing_of_it_is_told(office: Office, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"记录.{format}"
    done = office.must("report", "leader", LEADER, "--format", format, "--output", path)
    assert [each for each in SECRETS if each in _text_of(path) + done.err] == []


def test_masked_does_not_tell_whether_there_was_accountability(office: Office) -> None:
    of_one_held, of_one_never_held = (
        office.must("report", "leader", name, "--format", "json").json["accounts"]
        for name in (LEADER, HOMONYM)
    )
    assert of_one_held == of_one_never_held == [{"number": "（已隐去）"}]


def test_revealed_with_a_reason_that_the_log_keeps(tmp_path: Path) -> None:
    """For a name in two units, both posts go on record; the name itself does not."""
    office = new_office(tmp_path, ("A15", LOGISTICS), ("C01", LETTERS))
    for unit in (LOGISTICS, LETTERS):
        office.must("unit", "appoint", unit, LEADER, "--post", "书记", "--on", "2026-03-02")
    line = (
        f"account propose {LOGISTICS} --situation 3 --severity 严重 --effect 虚构后果"
        " --basis 虚构依据 --on 2026-08-03"
    )
    office.must(*line.split())
    office.must(
        *["account", "decide", "ZZ2026-0001", "--rectify-by", "2026-12-31", "--on", "2026-08-10"]
    )
    reason = "虚构部门来函"
    done = office.must("--actor", "经办甲", "report", "leader", LEADER, "--reveal", reason)
    assert [each for each in SECRETS if each not in done.out] == []
    log = office.must("log", "--last", "2", "--format", "json").json
    told = [json.dumps(event, ensure_ascii=False) for event in log]
    assert len(told) == 2
    for text, code in zip(told, ("A15", "C01"), strict=True):
        assert all(each in text for each in (code, reason, "经办甲"))
        assert LEADER not in text
    path = tmp_path / "记录.xlsx"
    arguments = ("--unit", LETTERS, "--reveal", reason, "--format", "xlsx", "--output", path)
    office.must("report", "leader", LEADER, *arguments)
    assert LEADER in _text_of(path)
    assert "ZZ2026" not in _text_of(path)
    (last,) = office.must("log", "--last", "1", "--format", "json").json
    assert "C01" in json.dumps(last)


def test_a_homonym_is_told_apart_by_the_unit(office: Office) -> None:
    def units(*options: str) -> list[str]:
        told = office.must("report", "leader", HOMONYM, *options, "--format", "json").json
        return [row["unit"] for row in told["posts"]]

    assert units() == [LETTERS, HOSPITAL]
    assert units("--unit", HOSPITAL) == [HOSPITAL]


def test_a_record_ends_today_even_if_asked_for_longer(office: Office) -> None:
    options = ("--from", "2026-01-01", "--to", "2026-12-31", "--format", "json")
    told = office.must("report", "leader", LEADER, *options).json
    assert (told["posts"][0]["first"], told["posts"][0]["last"]) == ("2026-01-01", TODAY)
    assert told["figures"][0]["term"] == f"2026-01-01 至 {TODAY}"
