"""A command under trial: what it does undisturbed, and what must hold when it was disturbed."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

from scenarios import (
    LEDGER,
    OLD_EXPORT,
    Scenario,
    call_in,
    faults_of,
    forget_sweeping,
    head_of,
    prepared,
    temporaries,
    too_wide,
)
from traced import Ran, run_for

from xfctl.ledger.chain import Head
from xfctl.ledger.connection import SCHEMA_VERSION, file_kind

# An output file that cannot be written, a ledger that cannot be used.
REFUSALS = {3, 5}
# These make a file beside the ledger, and so remove what a killed one left there.
SWEEPING = {"init", "upgrade", "backup", "restore"}


class Trial:
    """A scenario with a folder to copy, and what its command does when nobody disturbs it."""

    def __init__(self, scenario: Scenario, office: Path, folder: Path) -> None:
        self.scenario = scenario
        self.folder = folder
        self.template = prepared(scenario, office, folder / "template")
        self.before = head_of(self.template / LEDGER)
        whole = self.copy("whole")
        begun = time.monotonic()
        ran = run_for(scenario.line, None, cwd=whole)
        self.seconds = time.monotonic() - begun
        assert ran.code == 0, ran.err
        self.after = head_of(whole / LEDGER)
        self.export = (whole / "事项.csv").read_bytes() if scenario.name == "export" else b""

    def copy(self, name: str) -> Path:
        """A fresh office in a folder of that name; one already there goes."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return Path(shutil.copytree(self.template, self.folder / name))

    def check_killed(self, place: Path, ran: Ran, point: str) -> None:
        """What must hold right after a kill, and after the next command."""
        where = f"{self.scenario.name} killed {point}"
        undone = set() if self._acknowledged(ran) else {_seq(self.before)}
        self._check_ledger(place, {_seq(self.after)} | undone, where)
        self._check_next(place, where)

    def check_refused(self, place: Path, ran: Ran, point: str) -> None:
        """What must hold after a command whose writes were refused: it did all, or nothing.

        It may have succeeded all the same: what was refused came after its work was stored.
        """
        where = f"{self.scenario.name} refused {point}: {ran.code} {ran.err}"
        assert not temporaries(place), where
        if ran.code != 0:
            assert ran.code in REFUSALS, where
            assert re.search("^错误：.*。$", ran.err.splitlines()[-1]), where
            assert not re.search("Error|内部错误", ran.err), where
        self._check_ledger(place, {_seq(self.after if ran.code == 0 else self.before)}, where)
        self._check_next(place, where)

    def _acknowledged(self, ran: Ran) -> bool:
        """Whether it said that it is done; a calendar shows what it read before that."""
        shown = bool(ran.out) and self.scenario.name != "calendar"
        return ran.code == 0 or shown or "已" in ran.err

    def _check_ledger(self, place: Path, heads: set[int], where: str) -> None:
        path = place / LEDGER
        head = head_of(path)
        assert _seq(head) in heads, where
        if head is None:
            return
        assert faults_of(path) == [], where
        done = head == self.after
        match self.scenario.name:
            case "backup" if (place / "新备份.db").exists():
                assert faults_of(place / "新备份.db") == [], where
                assert head_of(place / "新备份.db") == self.before, where
            case "restore" if done:
                assert self.before in _kept_heads(place), where
            case "upgrade" if file_kind(path).schema_version == SCHEMA_VERSION:
                assert self.before in _kept_heads(place), where
            case "export":
                assert (place / "事项.csv").read_bytes() in (OLD_EXPORT, self.export), where
            case "letter" if done:
                assert (place / "交办.docx").exists(), where

    def _check_next(self, place: Path, where: str) -> None:
        """The next commands work, and nothing is open to others or left behind."""
        assert not too_wide(place), where
        forget_sweeping()
        if not (place / LEDGER).exists():
            _must(place, where, "init")
        elif self.scenario.again:
            _must(place, where, *self.scenario.again)
        _must(place, where, "case", "register", "虚构后续事项")
        assert (place / LEDGER).stat().st_nlink == 1, where
        assert not (self.scenario.name in SWEEPING and temporaries(place)), where
        assert not too_wide(place), where
        assert faults_of(place / LEDGER) == [], where


def _must(place: Path, where: str, *command: str) -> None:
    done = call_in(place, *command)
    assert done.code == 0, f"{where}: {done.err}"


def _seq(head: Head | None) -> int:
    """How many events a ledger has; -1 if there is no ledger."""
    return -1 if head is None else head.seq


def _kept_heads(place: Path) -> list[Head | None]:
    """The heads of the files that were put aside."""
    names = (each.name for each in place.glob(f"{LEDGER}.replaced-*") if each.is_file())
    return [head_of(place / name) for name in names if not re.search("-[a-z]+$", name)]


def spread(total: int, wanted: int) -> list[int]:
    """Points out of ``range(total)``: those at its end one by one, the rest evenly before.

    At the end are commit, renames and acknowledgement.
    """
    if wanted >= total:
        return list(range(total))
    last = max(wanted * 2 // 5, 1)
    even = wanted - last
    return [index * (total - last) // even for index in range(even)] + list(
        range(total - last, total)
    )
