"""Standard output and error that never crash a command: encodings, exact bytes, closed pipes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from xfctl.output.visible import can_encode

# What a shell reports for a program ended by SIGPIPE (128 + 13); 1 would mean "overdue".
PIPE_CLOSED = 141


def prepare_streams() -> None:
    """Make both streams able to print Chinese, whatever the locale says.

    An encoding without Chinese (C locale, latin-1) gives way to UTF-8; GBK stays, because its
    console shows nothing else, and spells out what it lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if can_encode("中文", stream.encoding) else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def write_stdout(text: str) -> None:
    """Print text for people, in the console's encoding and line ends."""
    write_stdout_texts((text,))


def write_stdout_texts(texts: Iterable[str]) -> None:
    """Print text for people as it is made, as ``write_stdout`` does."""
    with pipe_guard():
        sys.stdout.writelines(texts)


def write_stdout_exact(text: str) -> None:
    """Print a file's text (CSV, JSON, HTML): UTF-8, line ends and BOM untouched."""
    write_stdout_pieces((text.encode("utf-8", "backslashreplace"),))


def write_stdout_pieces(pieces: Iterable[bytes]) -> None:
    """Print a file's bytes as they are made."""
    with pipe_guard():
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)


def drop_stdout() -> None:
    """Leave nothing for Python to flush at the end, which would fail once more."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def pipe_guard() -> Iterator[None]:
    """End the program quietly when the reader (``| head``) has gone away.

    Raises:
        SystemExit: with ``PIPE_CLOSED``; nothing is left for Python to flush and complain about.

    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop_stdout()
        raise SystemExit(PIPE_CLOSED) from None
