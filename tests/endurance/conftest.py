"""Folders in memory where there is one: what is killed and refused here does not wait for a disk."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
# `command_line` runs xfctl inside this process, `raw_ledger` sees the file from outside.
sys.path += [str(TESTS / "cli"), str(TESTS / "ledger")]


from trials import Trial  # noqa: E402


@pytest.fixture
def busy_folder(busy_office: Any) -> Path:
    """The busy office of the tests, alone in its folder."""
    return Path(busy_office.path.parent)


@pytest.fixture
def trial(request: pytest.FixtureRequest, quick_folder: Path, busy_folder: Path) -> Trial:
    """The scenario that a test names, ready to be tried."""
    return Trial(request.param, busy_folder, quick_folder)


@pytest.fixture
def quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of the test's own, in memory if the system has such a place."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path_factory.mktemp("quick")
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="xfctl-test-") as folder:
        yield Path(folder)
