"""Every argument and option of every command, given words that nobody should type.

The commands are found by walking the program, so a new one is tried without being named here.
``pytest --full tests/endurance`` tries every word in every place, without ``--full`` a sample.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from command_line import XFCTL, Done, Office, call, environment
from typer.main import get_command

from xfctl.cli.lazy import ENTRIES, LazyGroup, load
from xfctl.cli.main import app

TODAY = "2026-03-20"
DOCUMENTED = {0, 2, 3, 4, 5, 6, 7}
WORDS = {
    "empty": "",
    "blank": " \t",
    "huge": "a" * 100_000,
    "huge Chinese": "字" * 100_000,
    "control": "\x1b[31m甲\x07\x9b",
    "markup": "[red]甲[/]",
    "broken markup": "[/red]甲[",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
    "surrogates": os.fsdecode(b"\xff\xfe\xe7"),
    "right to left": "\u202e甲\u2066乙\u200b",
    "line break": "甲\n乙\r\n丙",
    "option": "-x",
    "number": "9" * 40,
    "braces": "{0}{name}%s%n",
}
# NUL is not among them: no system hands it to a process.

# What a terminal would obey: controls but the line's end, and marks that turn text around.
ACTING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def places() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command's words, and each of its parameters; the global ones come without words."""
    root = get_command(app)
    yield from (((), each) for each in root.params if each.name != "help")
    for name in ENTRIES:
        yield from _below((name,), load(name, ENTRIES[name]))


def _below(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(command, LazyGroup):
        for name, entry in command.entries.items():
            yield from _below((*words, name), load(name, entry))
    elif hasattr(command, "commands"):
        for name, each in command.commands.items():
            yield from _below((*words, name), each)
    else:
        for each in command.params:
            if not getattr(each, "is_flag", False):
                yield words, (command, each)


PLACES = list(places())
USUAL = {
    "编号": "XF2026-0001",
    "单位": "U01",
    "文件": "given.csv",
    "备份": "given.csv",
    "目录": "new",
}


def usual(param: Any) -> str:
    """A word that fits a place, as far as its kind tells."""
    choices = getattr(param.type, "choices", None)
    if choices:
        first = next(iter(choices))
        return str(getattr(first, "value", first))
    if param.type.name.startswith("int"):
        return str(getattr(param.type, "min", None) or 1)
    if "date" in param.type.name or "day" in (param.name or "") or param.metavar == "日期":
        return "2026-03-18"
    return USUAL.get(param.metavar or "", "虚构")


def line(words: tuple[str, ...], place: Any, word: str) -> list[str]:
    """A command line with the word in its place, and usual words wherever one is needed."""
    if not words:
        return [f"{place.opts[0]}={word}", "overdue"]
    command, tried = place
    options, arguments = [], []
    for each in command.params:
        if each is not tried and not each.required:
            continue
        held = word if each is tried else usual(each)
        if each.param_type_name == "option":
            options.append(f"{each.opts[0]}={held}")
        else:
            arguments.append(held)
    return [*words, *options, "--", *arguments]


@pytest.fixture(scope="module")
def ledger(made_once: Path) -> Path:
    """A ledger with something of everything; each command gets a copy."""
    return made_once / "busy"


def harmless(done: Done) -> None:
    """One sentence or none, the words told so that a terminal shows them and obeys nothing."""
    assert done.code in DOCUMENTED, (done.code, done.err[:500])
    assert "Traceback" not in done.err + done.out
    said = [each for each in done.err.splitlines() if each.startswith("错误：")]
    assert len(said) == (done.code not in (0, 7)), done.err[:500]
    assert not ACTING.search(done.err), ascii(done.err[:500])


def fresh(ledger: Path, folder: Path) -> Office:
    """A copy of the ledger with its attachments, and a file to be read."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(f"{ledger}.files", folder / "ledger.db.files")
    (folder / "given.csv").write_text("单位编号,单位名称\nZ9,虚构单位\n", encoding="utf-8")
    return Office(Path(shutil.copy(ledger, folder / "ledger.db")), TODAY)


@pytest.mark.parametrize("kind", WORDS)
def test_no_word_breaks_a_command(kind, ledger, tmp_path, amount, monkeypatch):
    word = WORDS[kind]
    monkeypatch.setenv("XFCTL_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("XFCTL_ACTOR", "经办甲")
    folder = tmp_path / "office"
    chosen = Random(kind).sample(PLACES, amount(20, len(PLACES)))
    for words, place in chosen:
        office = fresh(ledger, folder)
        monkeypatch.chdir(folder)
        given = line(words, place, word)
        done = call(*given) if not words else office(*given)
        try:
            harmless(done)
            if done.code == 0 and words[:1] not in (("log",), ("export",)):
                shown = office("log", "--last", "3")
                assert shown.code == 0
                assert not ACTING.search(shown.out), ascii(shown.out)
        except AssertionError as error:
            error.add_note(ascii([each[:60] for each in given]))
            raise


def at_terminal(*arguments: str | bytes | Path) -> Done:
    """Run the program with its output on a terminal."""
    leader, follower = pty.openpty()
    # A file, not a pipe: nobody empties a pipe while the terminal is read.
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [XFCTL, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=follower,
            stderr=errors,
            env=environment({"LC_ALL": "C.UTF-8", "TERM": "dumb", "COLUMNS": "80"}),
        ) as process,
    ):
        os.close(follower)
        out = b""
        while piece := _read(leader):
            out += piece
        process.wait()
        errors.seek(0)
        err = errors.read()
    os.close(leader)
    return Done(process.returncode, out.decode(), err.decode())


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other side is closed
        return b""


@pytest.mark.parametrize("kind", WORDS)
def test_a_process_takes_it_or_refuses_and_a_terminal_obeys_nothing(
    kind, ledger, tmp_path, monkeypatch
):
    word = os.fsencode(WORDS[kind])[:100_000]
    office = fresh(ledger, tmp_path / "office")
    told = ("--ledger", office.path, "--today", TODAY)
    for arguments in (
        ("case", "register", "--demand", word, "--", word),
        ("case", "note", "XF2026-0001", "--", word),
        ("search", "--", word),
        ("case", "show", "--", word),
    ):
        harmless(at_terminal(*told, *arguments))
    shown = at_terminal(*told, "case", "list")
    assert shown.code == 0
    assert not ACTING.search(shown.out.replace("\r\n", "\n")), ascii(shown.out)
    if "markup" in kind:
        assert WORDS[kind] in shown.out
