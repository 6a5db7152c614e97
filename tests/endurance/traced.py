"""A real ``xfctl`` process, killed at one exact moment or refused one exact write.

Linux lets a parent stop a child at chosen system calls: a seccomp filter picks those that change
files (write, create, sync, rename, link, …), ptrace counts them. So "killed before its 37th change"
is a point that can be reached again, and all such points of a run can be visited in turn. Between
two of them nothing on disk changes but SQLite's shared memory; for that, ``run_for`` kills by time.

Only for x86-64 Linux where a process may trace its children; ``require_tracing`` skips elsewhere.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

XFCTL = Path(sys.executable).with_name("xfctl")

# System calls by their x86-64 numbers.
_WRITES = {1: "write", 18: "pwrite64", 20: "writev", 40: "sendfile", 326: "copy_file_range"}
_SYNCS = {74: "fsync", 75: "fdatasync"}
_OTHERS = {
    76: "truncate", 77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 86: "link",
    87: "unlink", 90: "chmod", 91: "fchmod", 258: "mkdirat", 263: "unlinkat", 264: "renameat",
    265: "linkat", 285: "fallocate", 316: "renameat2",
}  # fmt: skip
_OPEN, _OPENAT = 2, 257
NAMES = _WRITES | _SYNCS | _OTHERS | {_OPEN: "open", _OPENAT: "openat"}
FAILING = {*_WRITES, *_SYNCS, 77, 285}

_TRACEME, _CONT, _POKEUSER, _PEEKUSER, _SETOPTIONS = 0, 7, 6, 3, 0x4200
_SECCOMP_EVENT = 7
_OPTIONS = 0x80 | 0x100000  # stop at the filter's calls; die with the tracer
_WALL = 0x40000000
_STDERR = 2
_RAX, _RDI, _ORIG_RAX = 10 * 8, 14 * 8, 15 * 8
_TRACE, _ALLOW = 0x7FF00000, 0x7FFF0000
_CREATE_OR_TRUNCATE = 0x40 | 0x200

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


@dataclass(frozen=True)
class Ran:
    """How a process ended: exit code (None if killed), what it printed, its changes to files."""

    code: int | None
    out: str
    err: str
    calls: tuple[int, ...]


def run(
    command: list[str | Path],
    *,
    cwd: Path,
    kill_before: int | None = None,
    fail_from: int | None = None,
) -> Ran:
    """Run a command line of ``xfctl`` and watch every change it makes to files.

    ``kill_before`` kills it just before that change, counted from 0. ``fail_from`` lets that write
    and every later one fail as on a full disk.
    """
    calls: list[int] = []

    def on_change(process: int) -> None:
        number = _peek(process, _ORIG_RAX)
        if kill_before == len(calls):
            os.kill(process, signal.SIGKILL)
        elif fail_from is not None and len(calls) >= fail_from and _writes_file(process, number):
            _refuse(process, errno.ENOSPC)
        calls.append(number)

    code, out, err = _traced(command, cwd, on_change)
    return Ran(code, out, err, tuple(calls))


def run_for(
    command: list[str | Path], seconds: float | None, *, cwd: Path, largest_file: int | None = None
) -> Ran:
    """Run a command line of ``xfctl``, killed after so many seconds if it is not done by then.

    ``largest_file`` is the most bytes it may write into any file.
    """

    def begin() -> None:
        _open_umask()
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    with _outputs() as outputs:
        process = subprocess.Popen(
            [XFCTL, *command], cwd=cwd, env=ENVIRONMENT, preexec_fn=begin, **outputs.pipes
        )
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        return Ran(None if code < 0 else code, *outputs.texts(), ())


# Nothing of the tester's own; no byte code written, so that runs do the same things.
ENVIRONMENT = {
    "PATH": f"{XFCTL.parent}:{os.defpath}",
    "HOME": "/nonexistent",
    "XFCTL_CONFIG": "config.toml",  # of the folder it runs in, if there is one
    "XFCTL_KEY": "信访.key",  # likewise
    "XFCTL_ACTOR": "经办甲",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@cache
def require_tracing() -> None:
    """Skip the test where processes cannot be traced."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("system calls are traced on x86-64 Linux only")
    try:
        seen = run(["--version"], cwd=Path("/"))
    except (OSError, subprocess.SubprocessError):
        pytest.skip("this system does not let a process trace its children")
    if 1 not in seen.calls:
        pytest.skip("this system does not stop at the traced calls")


def _traced(
    command: list[str | Path], cwd: Path, on_change: Callable[[int], None]
) -> tuple[int | None, str, str]:
    with _outputs() as outputs:
        process = subprocess.Popen(
            [XFCTL, *command], cwd=cwd, env=ENVIRONMENT, preexec_fn=_begin_traced, **outputs.pipes
        )
        _, status = os.waitpid(process.pid, _WALL)
        if not os.WIFSTOPPED(status):
            raise OSError("the child did not stop to be traced")
        _call(_SETOPTIONS, process.pid, _OPTIONS)
        status = _follow(process.pid, on_change)
        process.returncode = os.waitstatus_to_exitcode(status)
        code = process.returncode
        return None if code < 0 else code, *outputs.texts()


def _follow(process: int, on_change: Callable[[int], None]) -> int:
    """Let a stopped child go on until its end; returns its wait status."""
    deliver = 0
    while True:
        if _libc.ptrace(_CONT, process, None, deliver) and ctypes.get_errno() != errno.ESRCH:
            raise OSError(ctypes.get_errno(), "ptrace")
        _, status = os.waitpid(process, _WALL)
        if not os.WIFSTOPPED(status):
            return status
        deliver = 0
        if status >> 16 == _SECCOMP_EVENT:
            on_change(process)
        elif os.WSTOPSIG(status) != signal.SIGTRAP:
            deliver = os.WSTOPSIG(status)


def _writes_file(process: int, number: int) -> bool:
    """A full disk refuses files, not the pipe or terminal that the program speaks to."""
    return number in FAILING and _peek(process, _RDI) > _STDERR


def _refuse(process: int, number: int) -> None:
    """Let the call a child is stopped at do nothing but answer with an error."""
    _call(_POKEUSER, process, -1, address=_ORIG_RAX)
    _call(_POKEUSER, process, -number, address=_RAX)


def _call(request: int, process: int, data: int, *, address: int = 0) -> None:
    if _libc.ptrace(request, process, address, data & (2**64 - 1)):
        raise OSError(ctypes.get_errno(), "ptrace")


def _peek(process: int, address: int) -> int:
    return int(_libc.ptrace(_PEEKUSER, process, address, None))


def _open_umask() -> None:
    os.umask(0o022)


def _begin_traced() -> None:
    """In the child, before it becomes the program."""
    _open_umask()
    _libc.ptrace(_TRACEME, 0, None, None)
    _libc.prctl(38, 1, 0, 0, 0)  # no new privileges, which a filter asks for
    _libc.prctl(22, 2, ctypes.byref(_PROGRAM), 0, 0)


def _filter() -> bytes:
    """The seccomp filter: trace the calls in NAMES, opening only where it creates or truncates."""

    def load(offset: int) -> bytes:
        return struct.pack("=HBBI", 0x20, 0, 0, offset)

    def jump(code: int, value: int, then: int, otherwise: int) -> bytes:
        return struct.pack("=HBBI", code, then, otherwise, value)

    def answer(value: int) -> bytes:
        return struct.pack("=HBBI", 0x06, 0, 0, value)

    equal, any_bit = 0x15, 0x45
    lines = [load(4), jump(equal, 0xC000003E, 1, 0), answer(_ALLOW), load(0)]
    for number in (*_WRITES, *_SYNCS, *_OTHERS):
        lines += [jump(equal, number, 0, 1), answer(_TRACE)]
    for number, flags in ((_OPEN, 16 + 8), (_OPENAT, 16 + 16)):
        lines += [jump(equal, number, 0, 4), load(flags)]
        lines += [jump(any_bit, _CREATE_OR_TRUNCATE, 0, 1), answer(_TRACE), answer(_ALLOW)]
    return b"".join([*lines, answer(_ALLOW)])


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("lines", ctypes.c_char_p)]


_LINES = _filter()
_PROGRAM = _Program(len(_LINES) // 8, _LINES)


class _outputs:  # noqa: N801
    """Standard output and error of a child, in files: a full pipe would stop it for good."""

    def __enter__(self) -> _outputs:
        self._files = [tempfile.TemporaryFile() for _ in range(2)]  # noqa: SIM115
        self.pipes = {
            "stdin": subprocess.DEVNULL, "stdout": self._files[0], "stderr": self._files[1]
        }  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def texts(self) -> list[str]:
        """What it printed to each, as far as it came."""
        for file in self._files:
            file.seek(0)
        return [file.read().decode("utf-8", "replace") for file in self._files]
