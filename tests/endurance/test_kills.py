"""kill -9 at points spread over every command that changes something.

After each kill: what was acknowledged is there, nothing is half there, the ledger verifies, no file
is open to others, the next command works and leaves nothing of the killed one behind.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from scenarios import (
    LEDGER,
    SCENARIOS,
    Scenario,
    call_in,
    faults_of,
    forget_sweeping,
    head_of,
    prepared,
    temporaries,
    too_wide,
)
from traced import Ran, require_tracing, run, run_for

from xfctl.ledger.chain import Head
from xfctl.ledger.connection import SCHEMA_VERSION, file_kind

# Of a command's changes to files: its last ones (commit, rename, acknowledgement) are all visited.
LAST = 0.4


class Trial:
    """A scenario with a folder to copy, and what its command does when nobody kills it."""

    def __init__(self, scenario: Scenario, office: Path, folder: Path) -> None:
        self.scenario = scenario
        self.folder = folder
        self.template = prepared(scenario, office, folder / "template")
        self.before = head_of(self.template / LEDGER)
        whole = self.copy("whole")
        begun = time.monotonic()
        self.ran = run_for(scenario.line, None, cwd=whole)
        self.seconds = time.monotonic() - begun
        assert self.ran.code == 0, self.ran.err
        after = head_of(whole / LEDGER)
        assert after is not None
        self.after = after
        self.files = {each.name for each in whole.iterdir()}
        self.export = (whole / "事项.csv").read_bytes() if scenario.name == "export" else b""

    def copy(self, name: str) -> Path:
        return Path(shutil.copytree(self.template, self.folder / name))

    def check(self, place: Path, ran: Ran, point: str) -> None:
        """What must hold right after a kill, and after the next command."""
        where = f"{self.scenario.name} killed {point}"
        assert not too_wide(place), where
        self._check_ledger(place, done=self._acknowledged(ran), where=where)
        forget_sweeping()
        if (place / LEDGER).exists():
            self._check_goes_on(place, where)
        else:
            assert self.scenario.name == "init", where
            done = call_in(place, "init")
            assert done.code == 0, f"{where}: {done.err}"
        assert not temporaries(place) or not self._sweeps, where
        assert not too_wide(place), where
        assert faults_of(place / LEDGER) == [], where

    def _acknowledged(self, ran: Ran) -> bool:
        """Whether it said that it is done; a calendar shows what it read before that."""
        shown = bool(ran.out) and self.scenario.name != "calendar"
        return ran.code == 0 or shown or "已" in ran.err

    @property
    def _sweeps(self) -> bool:
        """Whether the next command makes a file beside the ledger, and so removes leftovers."""
        return self.scenario.name in ("init", "upgrade", "backup", "restore")

    def _check_ledger(self, place: Path, *, done: bool, where: str) -> None:
        path = place / LEDGER
        if not path.exists():
            assert self.before is None, where
            assert not done, where
            return
        head = head_of(path)
        assert head is not None, where
        allowed = {self.after.seq} if done else {self.after.seq, self.before_seq}
        assert head.seq in allowed, where
        assert faults_of(path) == [], where
        match self.scenario.name:
            case "backup" if (place / "新备份.db").exists():
                assert faults_of(place / "新备份.db") == [], where
                assert head_of(place / "新备份.db") == self.before, where
            case "restore" if head.seq == self.after.seq != self.before_seq:
                self._check_kept(place, where)
            case "upgrade" if file_kind(path).schema_version == SCHEMA_VERSION:
                self._check_kept(place, where)
            case "export":
                held = (place / "事项.csv").read_bytes()
                assert held in ("旧的导出".encode(), self.export), where
            case "letter" if head.seq == self.after.seq:
                assert (place / "交办.docx").exists(), where

    @property
    def before_seq(self) -> int:
        return self.before.seq if self.before else 0

    def _check_kept(self, place: Path, where: str) -> None:
        """The file that was replaced is there with all its events."""
        heads: list[Head | None] = [head_of(each) for each in _kept(place)]
        assert self.before in heads, where

    def _check_goes_on(self, place: Path, where: str) -> None:
        if self.scenario.name == "init":
            again = ("case", "register", "虚构后续事项")
        elif self.scenario.name == "backup":
            again = ("backup", "再次备份.db")
        else:
            again = self.scenario.again
        done = call_in(place, *again)
        assert done.code == 0, f"{where}: {done.err}"
        done = call_in(place, "case", "register", "虚构后续事项")
        assert done.code == 0, f"{where}: {done.err}"
        assert (place / LEDGER).stat().st_nlink == 1, where


def _kept(place: Path) -> list[Path]:
    return [
        each
        for each in place.glob(f"{LEDGER}.replaced-*")
        if each.is_file() and not each.name.endswith(("-wal", "-shm", "-journal"))
    ]


@pytest.fixture
def trial(request: pytest.FixtureRequest, quick_folder: Path, busy_folder: Path) -> Iterator[Trial]:
    return Trial(request.param, busy_folder, quick_folder)


@pytest.fixture
def busy_folder(busy_office) -> Path:
    """The busy office of the tests, alone in its folder."""
    return Path(busy_office.path.parent)


def spread(total: int, wanted: int) -> list[int]:
    """Points out of ``range(total)``: some at its end one by one, the rest evenly before."""
    if wanted >= total:
        return list(range(total))
    last = round(wanted * LAST)
    even = wanted - last
    early = [index * (total - last) // even for index in range(even)]
    return early + list(range(total - last, total))


@pytest.mark.parametrize("trial", SCENARIOS, ids=lambda each: each.name, indirect=True)
def test_killed_at_any_point(trial, amount):
    _killed_after_a_time(trial, amount(1, 30))
    require_tracing()
    place = trial.copy("measured")
    total = len(run(trial.scenario.line, cwd=place).calls)
    shutil.rmtree(place)
    for point in spread(total, amount(3, 130)):
        place = trial.copy("killed")
        ran = run(trial.scenario.line, cwd=place, kill_before=point)
        trial.check(place, ran, f"before change {point} of {total}")
        shutil.rmtree(place)


def _killed_after_a_time(trial: Trial, moments: int) -> None:
    for moment in range(1, moments + 1):
        place = trial.copy("killed")
        ran = run_for(trial.scenario.line, trial.seconds * moment / (moments + 1), cwd=place)
        trial.check(place, ran, f"{moment}/{moments + 1} of the way")
        shutil.rmtree(place)
