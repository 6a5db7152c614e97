"""Whole processes as work to time: the installed xfctl, and Python importing what it must."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from measure import Work

PYTHON = sys.executable
XFCTL = str(Path(sys.executable).parent / "xfctl")
ROWS, COLUMNS = 24, 80
_NONE: Mapping[str, str] = MappingProxyType({})
_MEBI = 1024

_OURS = ("XFCTL_", "_XFCTL_", "COMP_", "COLUMNS", "NO_COLOR")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(_OURS)} | {
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
}


@dataclass(frozen=True)
class Ran:
    """What one process took: seconds, and its highest memory in MiB."""

    seconds: float
    memory: float


def importing(modules: str) -> Work:
    """Python starting and importing ``modules``."""
    return process(f"import {modules}", [PYTHON, "-c", f"import {modules}"])


def xfctl(name: str, arguments: list[str], variables: Mapping[str, str] = _NONE) -> Work:
    """One command of xfctl, its output into a pipe."""
    return process(name, [XFCTL, *arguments], variables)


def process(name: str, command: list[str], variables: Mapping[str, str] = _NONE) -> Work:
    """One command, its output into a pipe, and its peak of memory."""
    return Work(name, partial(piped, command, variables), peak=partial(_peak, command, variables))


def xfctl_on_screen(name: str, arguments: list[str]) -> Work:
    """One command of xfctl on a terminal of 80 columns."""
    return Work(name, partial(on_screen, [XFCTL, *arguments]))


def piped(command: list[str], variables: Mapping[str, str] = _NONE) -> bytes:
    """Run a command to its end; its output. Raises CalledProcessError if it fails."""
    done = subprocess.run(
        command,
        env={**ENVIRONMENT, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    return done.stdout


# Linux counts the memory of whoever starts a process into the peak of that process, so a small one
# starts it and tells seconds, the peak in KiB, and the exit code.
_STARTED = """
import resource, subprocess, sys, time
nothing = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
began = time.perf_counter()
code = subprocess.run(sys.argv[1:], **nothing).returncode
took = time.perf_counter() - began
print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)
"""


def ran(
    command: Sequence[str], variables: Mapping[str, str] = _NONE, folder: Path | None = None
) -> Ran:
    """Run a command to its end, in a folder; 1 as exit code is an answer (something is overdue).

    Raises CalledProcessError at any other.
    """
    start = [PYTHON, "-c", _STARTED, *command]
    environment = {**ENVIRONMENT, **variables}
    told = subprocess.run(
        start, env=environment, cwd=folder, capture_output=True, text=True, check=True
    )
    seconds, peak, code = told.stdout.split()
    if code not in ("0", "1"):
        raise subprocess.CalledProcessError(int(code), list(command))
    return Ran(float(seconds), float(peak) / _MEBI)


def _peak(command: Sequence[str], variables: Mapping[str, str]) -> float:
    return ran(command, variables).memory


def on_screen(command: list[str]) -> bytes:
    """The same on a pseudo-terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    child = subprocess.Popen(command, env=ENVIRONMENT, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    output = b"".join(iter(partial(_read, ours), b""))
    os.close(ours)
    if child.wait():
        raise subprocess.CalledProcessError(child.returncode, command, output)
    return output


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the last writer has gone.
        return b""
