"""A child process that obeys file permissions, even when the tests run as root."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_PR_CAPBSET_DROP = 24


def run_obeying(program: str, path: Path) -> str:
    """What a Python program prints that is given a path and may not ignore its permissions.

    Skips the test where no such child can be made.
    """
    _require_obedience(path.parent)
    done = subprocess.run(
        [sys.executable, "-c", program, path],
        capture_output=True,
        check=False,
        preexec_fn=_drop_capabilities,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def _require_obedience(folder: Path) -> None:
    mode = folder.stat().st_mode
    folder.chmod(0o700)
    probe = folder / "probe"
    probe.touch(0o000)
    tried = subprocess.run(
        ["cat", probe], capture_output=True, check=False, preexec_fn=_drop_capabilities
    )
    probe.unlink()
    folder.chmod(mode & 0o777)
    if tried.returncode == 0:
        pytest.skip("a child process cannot be made to obey file permissions here")


def _drop_capabilities() -> None:
    libc = ctypes.CDLL(None)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
