"""Whole processes as work to time: the installed xfctl, and Python importing what it must."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from measure import Work

PYTHON = sys.executable
XFCTL = str(Path(sys.executable).parent / "xfctl")
ROWS, COLUMNS = 24, 80
_NONE: Mapping[str, str] = MappingProxyType({})

_OURS = ("XFCTL_", "_XFCTL_", "COMP_", "COLUMNS", "NO_COLOR")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(_OURS)} | {
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
}


def importing(modules: str) -> Work:
    """Python starting and importing ``modules``."""
    command = [PYTHON, "-c", f"import {modules}"]
    return Work(f"import {modules}", partial(piped, command))


def xfctl(name: str, arguments: list[str], variables: Mapping[str, str] = _NONE) -> Work:
    """One command of xfctl, its output into a pipe."""
    return Work(name, partial(piped, [XFCTL, *arguments], variables))


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


def on_screen(command: list[str]) -> bytes:
    """The same on a pseudo-terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(command, env=ENVIRONMENT, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    output = b"".join(iter(partial(_read, ours), b""))
    os.close(ours)
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return output


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the last writer has gone.
        return b""
