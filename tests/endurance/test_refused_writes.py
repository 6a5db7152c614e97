"""Disks that refuse: every command does all it was asked to, or nothing, and says why in Chinese."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from scenarios import LEDGER, SCENARIOS, TODAY, call_in, head_of
from traced import FAILING, require_tracing, run, run_for
from trials import spread

from xfctl.ledger import connection as connection_module

PAGE = 4096
STORED_AT_A_DESK = {"register", "feedback", "attach", "import", "supervise", "propose", "calendar"}


@pytest.mark.parametrize("trial", SCENARIOS, ids=lambda each: each.name, indirect=True)
def test_every_write_refused_from_some_point_on(trial, amount):
    """As on a disk that fills up meanwhile: ENOSPC for this write and all that follow."""
    require_tracing()
    calls = run(trial.scenario.line, cwd=trial.copy("measured")).calls
    writes = [index for index, call in enumerate(calls) if call in FAILING]
    for index in spread(len(writes), amount(2, 60)):
        place = trial.copy("refused")
        ran = run(trial.scenario.line, cwd=place, fail_from=writes[index])
        trial.check_refused(place, ran, f"from change {writes[index]} of {len(calls)}")


@pytest.mark.parametrize("trial", SCENARIOS, ids=lambda each: each.name, indirect=True)
def test_a_limit_on_the_size_of_files(trial, amount):
    """RLIMIT_FSIZE, from one page up to what the command needs."""
    ledger = trial.template / LEDGER
    most = (ledger.stat().st_size if ledger.exists() else 100 * PAGE) // PAGE
    steps = amount(2, 20)
    for pages in {1 + most * step // steps for step in range(steps)}:
        place = trial.copy("refused")
        ran = run_for(trial.scenario.line, None, cwd=place, largest_file=pages * PAGE)
        trial.check_refused(place, ran, f"files over {pages} pages")


@pytest.mark.parametrize(
    "trial",
    [each for each in SCENARIOS if each.name in STORED_AT_A_DESK],
    ids=lambda each: each.name,
    indirect=True,
)
def test_a_ledger_that_may_not_grow(trial, amount, monkeypatch):
    """SQLite's own ``max_page_count``."""
    plain_connect = connection_module.connect
    for pages in range(amount(1, 8)):
        place = trial.copy("refused")
        with monkeypatch.context() as patch:

            def bounded(path, *, mode, spare=pages):
                connection = plain_connect(path, mode=mode)
                (count,) = connection.execute("PRAGMA page_count").fetchone()
                connection.execute(f"PRAGMA max_page_count = {count + spare}")
                return connection

            patch.setattr(connection_module, "connect", bounded)
            done = call_in(place, *trial.scenario.command)
        trial.check_refused(place, done, f"more than {pages} new pages")


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of its own with 3 MB."""
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("mounting a file system needs rights that the tests do not have here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("trial", SCENARIOS, ids=lambda each: each.name, indirect=True)
def test_a_full_disk(trial, small_disk, amount):
    """A real file system with no more than a few pages left."""
    for step in range(amount(1, 12)):
        place = small_disk / "office"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(trial.template, place)
        filler = small_disk / "filler"
        left = shutil.disk_usage(small_disk).free - step * 6 * PAGE
        filler.write_bytes(b"x" * max(left, 0))
        ran = run_for(trial.scenario.line, None, cwd=place)
        filler.unlink()
        trial.check_refused(place, ran, f"with {step * 6} pages left")


def test_on_a_full_disk_even_reading_needs_a_little_room_and_says_so(busy_folder, small_disk):
    """SQLite keeps the readers of a write-ahead log in a file of its own."""
    place = Path(shutil.copytree(busy_folder, small_disk / "office"))
    head = head_of(place / LEDGER)
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * shutil.disk_usage(small_disk).free)
    digest = ["--ledger", LEDGER, "--today", TODAY, "digest"]
    full = run_for(digest, None, cwd=place)
    assert (full.code, full.out) == (5, "")
    assert "空间不足" in full.err
    filler.unlink()
    ran = run_for(digest, None, cwd=place)
    assert ran.code == 0, ran.err
    assert "信访期限提醒" in ran.out
    assert head_of(place / LEDGER) == head
