"""How the tests of the command line run ``xfctl``: as a real process, or inside this one.

``run`` starts the installed program, as a user does. ``call`` runs the same ``main`` in this
process, for steps where a process of its own proves nothing. ``Office`` is a ledger in a folder
of its own with a date that does not move; all data in it is invented.
"""

from __future__ import annotations

import io
import json
import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xfctl.cli.main import main

DATA = Path(__file__).parent.parent / "data"
XFCTL = Path(sys.executable).with_name("xfctl")
TODAY = "2026-11-25"
_PROMPT = "：".encode()

# A petitioner who cannot be mistaken for anybody, each part of a kind that is searched for.
PLANTED = {
    "--petitioner": "子虚乌有先生",
    "--phone": "00000077777",
    "--id-number": "000000000000077777",
    "--address": "乌有乡零号",
}


@dataclass(frozen=True)
class Done:
    """What a command left behind: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def table(self) -> list[list[str]]:
        """Standard output of ``--format plain``: the fields of each line, the heading first."""
        return [line.split("\t") for line in self.out.splitlines()]


def run(
    *arguments: str | Path,
    env: Mapping[str, str] | None = None,
    input: str = "",
    cwd: Path | None = None,
) -> Done:
    """Run the installed program; ``env`` is its whole environment besides PATH."""
    done = subprocess.run(
        [XFCTL, *arguments],
        input=input.encode(),
        capture_output=True,
        env=environment(env or {}),
        cwd=cwd,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """An environment with nothing of the tester's own: a PATH, a home that is nobody's, extras."""
    own = {"PATH": f"{XFCTL.parent}:{os.defpath}", "HOME": "/nonexistent"}
    return own | {"XFCTL_KEY": os.environ["XFCTL_KEY"]} | extra


def call(*arguments: str | Path) -> Done:
    """Run a command line inside this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(map(str, arguments)))
    return Done(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@dataclass(frozen=True)
class Office:
    """A ledger and the day it is worked on."""

    path: Path
    today: str = TODAY

    def __call__(self, *arguments: str | Path, today: str = "") -> Done:
        """Run a command on this ledger inside this process."""
        return call("--ledger", self.path, "--today", today or self.today, *arguments)

    def run(self, *arguments: str | Path, input: str = "") -> Done:
        """Run a command on this ledger as a process."""
        return run("--ledger", self.path, "--today", self.today, *arguments, input=input)

    def must(self, *arguments: str | Path, today: str = "") -> Done:
        """Run a command that has to succeed."""
        done = self(*arguments, today=today)
        assert done.code == 0, done.err
        return done

    def head(self) -> str:
        """The ledger's head as `log` prints it."""
        return head_in(self.must("log", "--last", "1").out)


def head_in(text: str) -> str:
    """The ledger head that a digest, a log or an export prints."""
    return text.split("账本头 ")[-1].split()[0].strip("。`")


def new_office(folder: Path, *units: tuple[str, str]) -> Office:
    """A fresh ledger in ``folder`` with the units given."""
    office = Office(folder / "ledger.db")
    office.must("init")
    for code, name in units:
        office.must("unit", "add", code, name)
    return office


def four_units(folder: Path) -> Office:
    """A fresh ledger with four units."""
    units = ("A15", "后勤保障部"), ("A22", "校园卡中心"), ("C01", "文学院"), ("U01", "某单位")
    return new_office(folder, *units)


def register(office: Office, summary: str, *options: str) -> str:
    """Register a matter; returns its number."""
    return office.must("case", "register", summary, *options).out.strip()


def rows(done: Done) -> list[list[str]]:
    """The rows of ``--format plain``, without the heading."""
    return done.table[1:]


def tables_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything a ledger holds, table by table; not how its text index is laid out on disk."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case_search_%'"
        )
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for (name,) in names.fetchall()
        }


def answer_at_terminal(answer: str, *arguments: str | Path) -> Done:
    """Run the program at a terminal where someone types an answer."""
    return answers_at_terminal([answer], *arguments)


def answers_at_terminal(
    answers: list[str], *arguments: str | Path, env: Mapping[str, str] | None = None
) -> Done:
    """Run the program at a terminal where someone answers each question when it is asked."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [XFCTL, *arguments],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({"LC_ALL": "C.UTF-8", **(env or {})}),
        start_new_session=True,  # no terminal but this one
    ) as process:
        os.close(follower)
        assert process.stderr is not None
        asked = b""
        for answer in answers:
            while not asked.endswith((_PROMPT, b"] ")) and (more := process.stderr.read1()):
                asked += more
            asked += b"\n"
            os.write(leader, f"{answer}\n".encode())
        out, err = process.communicate()
    os.close(leader)
    return Done(process.returncode, out.decode(), (asked + err).decode())


def leaks(*texts: str | bytes) -> list[str]:
    """Which parts of the planted identity stand in any text; never the parts themselves.

    Call it outside the assertion: pytest prints the arguments of calls inside one.
    """
    whole = b"\n".join(text.encode() if isinstance(text, str) else text for text in texts)
    return [option for option, value in PLANTED.items() if value.encode() in whole]
