"""Folders in memory where there is one: what is killed and refused here does not wait for a disk."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# `command_line` runs xfctl inside this process, `raw_ledger` sees the file from outside.
sys.path += [str(TESTS / "cli"), str(TESTS / "ledger")]


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of the test's own, in memory if the system has such a place."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="xfctl-test-") as folder:
        yield Path(folder)
