"""Fifty planted petitioners: their names, numbers and addresses come out nowhere unasked (细则 7).

They are registered by import, by file and from standard input, as an office does it; then
everything the program writes, prints or shows to other users of the machine is searched.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from command_line import XFCTL, Done, Office, answers_at_terminal, environment, new_office, run

COUNT = 50
UNIT = "后勤保障部"
FORMATS = ("table", "plain", "csv", "json", "markdown", "html")
LATER = "2026-12-28"
STAFF = "示例工作人员戊"


def planted(number: int) -> dict[str, str]:
    """An invented petitioner; every part can be searched for."""
    return {
        "姓名": f"示例信访人{number:03d}",
        "电话": f"0000-555{number:03d}",
        "身份证号": f"X0000000000055{number:03d}X",
        "住址": f"乌有乡子虚路{number:03d}号",
    }


WORDS = [word for number in range(1, COUNT + 1) for word in planted(number).values()] + [STAFF]


def found_in(*texts: str | bytes) -> list[str]:
    """Which planted parts stand in any of the texts."""
    whole = b"\n".join(text.encode() if isinstance(text, str) else text for text in texts)
    return [word for word in WORDS if word.encode() in whole]


def lines(number: int) -> str:
    return "".join(f"{label}：{value}\n" for label, value in planted(number).items())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("confidential")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XFCTL_KEY", str(tmp_path_factory.mktemp("keys") / "office.key"))
        patch.setenv("XFCTL_CONFIG", str(folder / "config.toml"))
        yield filled(new_office(folder, ("A15", UNIT), ("C01", "文学院")), folder)


def filled(office: Office, folder: Path) -> Office:
    """The planted petitioners, and enough of a life for every report to say something."""
    register = folder / "台账.csv"
    heads = "编号,登记日期,信访形式,信访人,联系电话,身份证号,住址,事项,承办单位,交办日期"
    rows = [
        ",".join(
            [
                f"LX-{number:03d}",
                f"2026-11-{1 + number % 20:02d}",
                "来信",
                *planted(number).values(),
                f"虚构事项{number % 7}",
                UNIT,
                f"2026-11-{1 + number % 20:02d}",
            ]
        )
        for number in range(1, 41)
    ]
    register.write_text("\n".join([heads, *rows]), encoding="utf-8")
    office.must("case", "import", register)
    register.unlink()
    for number in range(41, COUNT):
        who = folder / "身份.txt"
        who.write_text(lines(number), encoding="utf-8")
        options = ("--on", "2026-11-10", "--petitioner-file", who, "--new")
        office.must("case", "register", "虚构热水", *options, "--purpose", "检举控告")
        who.unlink()
    done = office.run("case", "register", "虚构校车", "--petitioner-file", "-", input=lines(COUNT))
    assert done.code == 0, done.err
    office.must("config", "set", "office.name", "示例大学信访办公室")
    office.must("unit", "appoint", "A15", "示例处长甲", "--post", "处长", "--on", "2025-01-05")
    office.must("case", "accept", "XF2026-0001", "--on", "2026-11-11")
    office.must("case", "assign", "XF2026-0001", "C01", "--on", "2026-11-11")
    office.must("supervise", "open", "LX-001", "--unit", UNIT, "--ground", "1", "--form", "函件")
    people = folder / "人员.txt"
    people.write_text(f"工作人员：{STAFF}=科员\n", encoding="utf-8")
    office.must(
        *("account", "propose", UNIT, "--situation", "3", "--severity", "较轻", "--case", "LX-001"),
        *("--basis", "两次敷衍", "--nature", "个人责任", "--people-file", people),
    )
    people.unlink()
    office.must("account", "decide", "ZZ2026-0001", "--rectify-by", "2026-12-20")
    office.must("case", "show", "LX-007", "--reveal", "电话回访")
    return office


TABLES = [
    *(("overdue",), ("overdue", "--by-unit"), ("case", "list"), ("case", "show", "LX-001")),
    *(("case", "show", "XF2026-0001"), ("case", "explain", "LX-001"), ("search", "虚构")),
    *(("log",), ("log", "LX-007"), ("log", "--reveals"), ("unit", "show", UNIT)),
    *(("supervise", "due"), ("supervise", "list"), ("supervise", "show", "DB2026-0001")),
    *(("account", "due"), ("account", "list"), ("account", "show", "ZZ2026-0001")),
    *(("account", "evidence", UNIT), ("report", "accountability"), ("report", "supervision")),
    *(("report", "quarter", "2026Q4"), ("report", "trend"), ("report", "topics")),
    *(("report", "ageing"), ("report", "workload"), ("report", "units", "2026Q4")),
    *(("report", "responders", "2026Q4"), ("report", "leader", "示例处长甲"), ("risk", "watch")),
    *(("export", "cases"), ("export", "obligations"), ("export", "supervision")),
    *(("export", "accountability"), ("export", "units")),
]


@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_no_report_or_export_tells_anyone(
    office: Office, command: tuple[str, ...], tmp_path: Path
) -> None:
    told = []
    for format in FORMATS:
        done = office(*command, "--format", format, today=LATER)
        assert done.code == 0, done.err
        told += [done.out, done.err]
    assert "\n".join(told).strip()
    path = tmp_path / "表.xlsx"
    done = office(*command, "--format", "xlsx", "-o", path, today=LATER)
    told.append(done.err)
    if done.code == 0:
        told += unzipped(path)
    assert found_in(*told) == []


def unzipped(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_neither_digests_nor_event_and_calendar_files_do(office: Office, tmp_path: Path) -> None:
    told = [office.must("digest", "--format", each, today=LATER).out for each in ("text", "html")]
    for kind in ("events", "ics"):
        path = tmp_path / kind
        office.must("export", kind, "-o", path)
        told.append(path.read_text(encoding="utf-8"))
    assert "LX-001" in told[-1]
    assert found_in(*told) == []


@pytest.mark.parametrize(
    "letter",
    [
        ("assign", "LX-001"),
        ("assign", "XF2026-0001"),
        ("supervise", "DB2026-0001"),
        ("accept", "XF2026-0001"),
        ("account", "ZZ2026-0001"),
    ],
    ids=" ".join,
)
def test_no_letter_does_unless_a_reason_is_given(
    office: Office, letter: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "文书.docx"
    done = office.must("letter", *letter, "-o", path, today=LATER)
    assert found_in(*unzipped(path), done.out, done.err) == []


def test_no_file_of_the_office_holds_anyone(office: Office) -> None:
    office.must("backup")
    office.must("backup", office.path.parent / "另一份.db")
    files = [each for each in office.path.parent.rglob("*") if each.is_file()]
    names = {each.name for each in files}
    assert {"ledger.db", "另一份.db"} <= names
    assert found_in(*(each.read_bytes() for each in files), *names) == []
    with closing(sqlite3.connect(office.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sealed_identity").fetchone() == (COUNT + 2,)


REFUSED = [
    ("case", "register", "\x1b", "--petitioner-file", "{who}"),
    ("case", "register", "虚构热水", "--petitioner-file", "{who}", "--phone", "0000-555041"),
    ("case", "register", "虚构热水", "--petitioner-file", "{who}"),
    ("case", "register", "虚构热水", "--petitioner-file", "{who}", "--link", "没有"),
    ("case", "register", "虚构热水", "--petitioner-file", "{twice}"),
    ("case", "register", "虚构热水", "--petitioner-file", "{bare}"),
    ("case", "register", "虚构热水", "--petitioner", "示例信访人041\x07", "--new"),
    ("case", "import", "{sheet}"),
    ("account", "propose", UNIT, "--basis", "事", "--situation", "3", "--people-file", "{people}"),
    ("--key", "没有.key", "case", "show", "LX-001", "--reveal", "回访"),
    ("--key", "没有.key", "case", "register", "虚构热水", "--petitioner-file", "{who}"),
]


@pytest.mark.parametrize("command", REFUSED, ids=lambda words: " ".join(words[:3]))
def test_no_refusal_does_and_none_changes_the_ledger(
    office: Office, command: tuple[str, ...], tmp_path: Path
) -> None:
    texts = {
        "who": lines(41),
        "twice": lines(41) + lines(42),
        "bare": "示例信访人041 0000-555041\n",
        "people": f"工作人员：{STAFF}\n",
        "sheet": "编号,登记日期,信访人,电话,事项\nB-1,昨天,示例信访人041,0000-555041,虚构\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    paths = {name: tmp_path / f"{name}.csv" for name in texts}
    before = office.head()
    done = office(*(word.format(**paths) for word in command))
    assert done.code in (3, 4, 5)
    assert "Traceback" not in done.err
    assert found_in(done.out, done.err) == []
    assert office.head() == before


def test_neither_the_process_list_nor_a_core_shows_anyone(office: Office) -> None:
    """What other users of the machine can see of a process, and whether it may leave a core."""
    with subprocess.Popen(
        [XFCTL, "--ledger", office.path, "case", "register", "虚构", "--petitioner-file", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
    ) as process:
        assert process.stdin is not None
        proc = Path("/proc") / str(process.pid)
        until = time.monotonic() + 30
        while not re.search(r"Max core file size +0 ", (proc / "limits").read_text()):
            assert time.monotonic() < until, "it forbids itself a core before it reads anything"
            time.sleep(0.05)
        seen = [(proc / "cmdline").read_bytes(), (proc / "environ").read_bytes()]
        process.stdin.write(b"")
        out, err = process.communicate(lines(49).encode(), timeout=60)
    assert found_in(*seen, out, err) == []


# Who saw whom


def test_every_reveal_is_listed(office: Office, tmp_path: Path) -> None:
    reveals = ("log", "--reveals", "--format", "json")
    before = office.must(*reveals).json
    office.must("case", "show", "LX-002", "--reveal", "核对住址")
    letter = ("letter", "accept", "XF2026-0001", "--reveal", "寄送告知书")
    office.must(*letter, "-o", tmp_path / "文书.docx")
    office.must("account", "list", "--reveal", "向纪委通报")
    office.must("letter", "account", "ZZ2026-0001", "--reveal", "送达", "-o", tmp_path / "书.docx")
    office.must("report", "leader", "示例处长甲", "--reveal", "组织部来函")
    new = office.must(*reveals).json[len(before) :]
    assert [(each["subject"], each["what"], each["reason"]) for each in new] == [
        ("LX-002", "信访人身份", "核对住址"),
        ("XF2026-0001", "信访人身份（写入文书）", "寄送告知书"),
        ("ZZ2026-0001", "责任人姓名", "向纪委通报"),
        ("ZZ2026-0001", "责任人姓名（写入文书）", "送达"),
        ("A15", "履职记录（第 1 项任职）", "组织部来函"),
    ]
    assert {each["actor"] for each in new} != {""}
    one = office.must("log", "LX-002", *reveals[1:]).json
    assert [each["reason"] for each in one] == ["核对住址"]
    assert office("log", "没有", "--reveals").code == 3
    last = office.must(*reveals, "--last", "1").json
    assert [each["reason"] for each in last] == ["组织部来函"]


# Telling identities in private


def shown(office: Office, number: str) -> str:
    return office.must("case", "show", number, "--reveal", "核对").out


def test_a_file_tells_what_the_options_would(office: Office) -> None:
    out = shown(office, "XF2026-0001")
    assert [word for word in planted(41).values() if word not in out] == []


def test_joint_signatories_come_from_the_file_too(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "身份.txt"
    path.write_text(lines(3) + "联名人：示例信访人004\n联名人：示例信访人005\n", encoding="gb18030")
    options = ("--petitioner-file", path, "--new")
    number = office.must("case", "register", "虚构联名", *options).out.strip()
    assert "示例信访人004、示例信访人005" in shown(office, number)


def test_at_a_terminal_each_part_is_asked_for(office: Office) -> None:
    answers = ["示例信访人006", "", "", "", "示例信访人008", ""]
    here = ("--ledger", office.path, "--today", office.today)
    done = answers_at_terminal(answers, *here, "case", "register", "虚构询问", "--ask", "--new")
    assert done.code == 0, done.err
    assert found_in(done.out, done.err) == []
    out = shown(office, done.out.strip())
    assert "示例信访人006" in out
    assert "示例信访人008" in out


def test_without_a_terminal_nobody_is_asked(office: Office) -> None:
    done = office.run("case", "register", "虚构询问", "--ask")
    assert (done.code, done.out) == (3, "")
    assert "没有终端" in done.err


# The commands about the key


def at(office: Office, *arguments: str | Path, **env: str) -> Done:
    return run("--ledger", office.path, "--today", office.today, *arguments, env=env)


def test_a_new_ledger_is_sealed_and_says_where_the_key_is(tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path), "XFCTL_KEY": ""}
    done = run("--ledger", tmp_path / "a.db", "init", env=env)
    assert done.code == 0, done.err
    (key,) = (tmp_path / ".config" / "xfctl" / "keys").iterdir()
    assert str(key) in done.err
    assert "另存一份" in done.err
    assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert run("--ledger", tmp_path / "a.db", "key", "check", env=env).code == 0


def test_an_unsealed_ledger_says_so_and_is_sealed_later(tmp_path: Path) -> None:
    office = Office(tmp_path / "ledger.db")
    office.must("init", "--no-seal")
    office.must("case", "register", "虚构", "--petitioner", "示例信访人001")
    office.must("backup")
    assert office("key", "check").code == 4
    assert office("key", "change").code == 4
    done = office.must("key", "seal")
    assert "已给 1 人的身份加密" in done.err
    (backup,) = (tmp_path / "backups").iterdir()
    assert str(backup) in done.err
    assert found_in(office.path.read_bytes()) == []
    backup.unlink()
    again = office.must("key", "seal")
    assert "早已加密" in again.err
    assert "明文；" not in again.err
    assert "示例信访人001" in shown(office, "XF2026-0001")
    assert "身份加密（密钥文件），原有 1 人" in office.must("log").out


def test_by_passphrase_from_a_file_and_at_a_terminal(tmp_path: Path) -> None:
    words = "虚构的口令，足够长，没有人用"
    office = Office(tmp_path / "ledger.db")
    here = ("--ledger", office.path, "--today", office.today)
    nothing = {"XFCTL_KEY": ""}
    done = answers_at_terminal([words, words], *here, "init", "--passphrase", env=nothing)
    assert done.code == 0, done.err
    assert words not in done.out + done.err
    path = tmp_path / "口令.txt"
    path.write_text(f"{words}\n", encoding="utf-8")
    who = ("case", "register", "虚构", "--petitioner", "示例信访人001")
    assert at(office, *who, XFCTL_KEY=str(path)).code == 0
    refused = at(office, "case", "show", "XF2026-0001", "--reveal", "核对", **nothing)
    assert (refused.code, "没有终端可以询问口令" in refused.err) == (3, True)
    asked = answers_at_terminal(
        [words], *here, "case", "show", "XF2026-0001", "--reveal", "核对", env=nothing
    )
    assert "示例信访人001" in asked.out
    differing = answers_at_terminal(
        [words, "另一个"], "--ledger", tmp_path / "b.db", "init", "--passphrase", env=nothing
    )
    assert differing.code == 3
    assert not (tmp_path / "b.db").exists()


def test_the_key_is_changed(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    office.must("case", "register", "虚构", "--petitioner", "示例信访人001")
    new = tmp_path / "新.key"
    done = office.must("key", "change", "--new-key", new)
    assert str(new) in done.err
    assert office("case", "show", "XF2026-0001", "--reveal", "核对").code == 5
    assert office("--key", new, "case", "show", "XF2026-0001", "--reveal", "核对").code == 0
    assert "更换身份加密的密钥（密钥文件）" in office.must("log").out


# Erasing


def test_erasing_is_recorded_and_for_good(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    who = (
        "--petitioner",
        "示例信访人001",
        "--phone",
        "0000-555001",
        "--signatory",
        "示例信访人002",
    )
    office.must("case", "register", "虚构", *who)
    office.must("backup")
    command = ("case", "erase-identity", "XF2026-0001", "--reason", "本人书面要求")
    refused = office.run(*command)
    assert (refused.code, "--yes" in refused.err) == (3, True)
    done = office.must(*command, "--yes")
    assert "1 个也已删除" in done.err
    cover = office.must("case", "show", "XF2026-0001").out
    assert f"信访人      （已于 {office.today} 删除）" in cover
    assert "删除信访人身份：本人书面要求" in cover
    assert office("case", "show", "XF2026-0001", "--reveal", "核对").code == 4
    head = office.head()
    office.must(*command, "--yes")
    assert office.head() == head
    (backup,) = (tmp_path / "backups").iterdir()
    for path in (office.path, backup):
        assert Office(path)("verify").code == 0
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM sealed_identity").fetchone() == (0,)
    assert json.loads(office.must("log", "--reveals", "--format", "json").out) == []


def test_a_matter_of_nobody_has_nothing_to_erase(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    office.must("case", "register", "虚构")
    done = office("case", "erase-identity", "XF2026-0001", "--reason", "误操作", "--yes")
    assert done.code == 4
