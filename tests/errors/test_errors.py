"""Every message a user can meet: the commands that bring it about, the words, the exit code.

Each ``*.txt`` beside this file is one case, written as at a shell:

    # What the officer did wrong.
    $ xfctl case show XF2026-9999
    错误：没有编号为「XF2026-9999」的事项；请用 xfctl case list 核对编号。
    [3]

All commands but the last prepare the case and succeed; the lines after it are its standard
error. They run in a folder with ``ledger.db``, the invented office of ``OFFICE`` below, and the
invented notice ``2027.txt``, on 25 November 2026; with a shell where they need one.

After a change of words, ``XFCTL_REWRITE=1 pytest tests/errors`` writes the files anew: read the
diff.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from xfctl.cli.main import main

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.txt"))
LEDGER = "ledger.db"

# One matter only registered; one in hand and late; one closed; one with two units.
OFFICE = """
init
unit add U01 某单位
unit add A15 后勤保障部 --former-name 后勤集团
unit add B01 教务处 --former-name 教学科
unit add B02 研究生院 --former-name 教学科
case register 宿舍热水供应时段与公示不符 --on 2026-11-10
case register 食堂价格上调未征求意见 --on 2026-11-10
case assign XF2026-0002 后勤集团 --on 2026-11-11
case receive XF2026-0002 --on 2026-11-12
case register 校园卡重复扣费退款 --on 2026-11-10
case assign XF2026-0003 U01 --on 2026-11-11
case feedback XF2026-0003 --form 书面 --on 2026-11-16
case close XF2026-0003 --on 2026-11-17 --result 已退款
case register 家属区停车收费标准争议 --on 2026-11-10
case assign XF2026-0004 A15 --on 2026-11-12
case assign XF2026-0004 U01 --on 2026-11-12
"""
WITHIN = {
    "XFCTL_LEDGER": LEDGER,
    "XFCTL_TODAY": "2026-11-25",
    "XFCTL_ACTOR": "经办甲",
    "XFCTL_CONFIG": "config.toml",
    "XFCTL_KEY": "office.key",
}
NEEDS_SHELL = re.compile(r"[|<>$]")

# docs/reference.md and design.md: usage, input, rule, ledger, integrity.
EXIT_CODES = {2, 3, 4, 5, 6}
# Where nothing is left to do but to know: the article allows no more.
FACT_ALONE = {"extend-after-expiry", "extend-nothing-running", "extend-twice", "object-too-late"}
# What SQLite keeps beside a database while it looks at it.
SIDECAR = re.compile(r"-(?:wal|shm)$")


@dataclass(frozen=True)
class Case:
    """A golden file: its heading, preparing commands, the command at fault, what it says."""

    heading: str
    preparing: list[str]
    command: str
    stderr: str
    code: int


def read_case(path: Path) -> Case:
    heading, *lines = path.read_text(encoding="utf-8").splitlines()
    commands = [line[2:] for line in lines if line.startswith("$ ")]
    said = [line for line in lines if not line.startswith("$ ")]
    code = re.fullmatch(r"\[(\d+)\]", said.pop() if said else "")
    return Case(heading, commands[:-1], commands[-1], "\n".join(said), int(code[1]) if code else -1)


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented office, made once; every case works on a copy."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(HERE.parent / "cli" / "notice-2027.txt", folder / "2027.txt")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WITHIN.items():
            patch.setenv(name, value)
        for line in OFFICE.strip().splitlines():
            done = execute(f"xfctl {line}", folder)
            assert done.code == 0, done.err
    return folder


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_message(path: Path, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WITHIN.items():
        monkeypatch.setenv(name, value)
    case = read_case(path)
    folder = shutil.copytree(office, tmp_path / "office")
    for command in case.preparing:
        done = execute(command, folder)
        assert done.code == 0, done.err
    before = (files_in(folder), tables_in(folder / LEDGER))
    done = execute(case.command, folder)
    if "XFCTL_REWRITE" in os.environ:
        rewrite(path, case, done)
        return
    assert (done.err, done.code) == (case.stderr, case.code)
    assert done.out == ""
    assert (files_in(folder), tables_in(folder / LEDGER)) == before


def execute(command: str, folder: Path) -> Done:
    """Run one line in the folder: in this process if it is no more than a call of xfctl."""
    if command.startswith("xfctl ") and not NEEDS_SHELL.search(command):
        return call(shlex.split(command)[1:], folder)
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={"PATH": f"{Path(sys.executable).parent}:{os.defpath}", **WITHIN},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.rstrip("\n"))


def call(arguments: list[str], folder: Path) -> Done:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read().rstrip("\n"))
    return Done(code, *texts)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes: nothing may change, appear or be left behind."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if not SIDECAR.search(path.name)
    }


def tables_in(path: Path) -> list[str]:
    """All that the ledger holds, as SQL; empty for a file that SQLite cannot read."""
    if not path.is_file():
        return []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return list(connection.iterdump())
        except sqlite3.DatabaseError:
            return []


def rewrite(path: Path, case: Case, done: Done) -> None:
    commands = [f"$ {command}" for command in (*case.preparing, case.command)]
    lines = [case.heading, *commands, done.err, f"[{done.code}]", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_message_is_one_sentence_that_says_what_to_do(path: Path) -> None:
    case = read_case(path)
    assert case.heading.startswith("# ")
    assert case.code in EXIT_CODES
    said = case.stderr.splitlines()
    errors = [line for line in said if line.startswith("错误：")]
    assert len(errors) == 1, "one sentence and no more"
    (sentence,) = errors
    advises = re.search("请|可以|运行|用 --|现有的列|只接受|无需|须在", sentence) is not None
    assert advises != (path.stem in FACT_ALONE), "it says what to do next"
    faults = said[said.index(sentence) + 1 :]
    if sentence.endswith("："):
        assert faults
        assert all(re.match("  (?:第 [0-9]+ 行|文件)(?:「[^」]+」列)?：", line) for line in faults)
    else:
        assert sentence.endswith("。")
        assert faults == []
    assert not re.search(r"Traceback|Error|None|\bsqlite3\b", case.stderr)


def test_every_exit_code_of_a_refusal_has_its_cases() -> None:
    assert {read_case(path).code for path in CASES} == EXIT_CODES
