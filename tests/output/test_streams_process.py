"""Real processes: encodings, locales, closed pipes, a real pseudo-terminal, lazy imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PRELUDE = """\
import sys
from output_samples import OVERDUE, SMALL, one_text
from xfctl.output.formats import Format
from xfctl.output.show import show
from xfctl.output.streams import prepare_streams
prepare_streams()
"""


def environment(**extra: str) -> dict[str, str]:
    paths = os.pathsep.join((str(HERE), str(ROOT)))
    return {"PATH": os.environ["PATH"], "PYTHONPATH": paths, **extra}


def run(code: str, **extra: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", PRELUDE + code]
    return subprocess.run(command, env=environment(**extra), capture_output=True, check=False)


@pytest.mark.parametrize("fmt", ["table", "plain", "markdown"])
def test_gbk_stdout(fmt: str) -> None:
    done = run(f"show(one_text('\\u597d\\U0001f600'), Format('{fmt}'))", PYTHONIOENCODING="gbk")
    assert (done.returncode, done.stderr) == (0, b"")
    printed = done.stdout.decode("gbk")
    assert "好" in printed
    assert "1f600" in printed.lower()


@pytest.mark.parametrize(
    "extra",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
@pytest.mark.parametrize("fmt", ["table", "plain", "csv", "json", "markdown", "html"])
def test_locales_without_chinese_get_utf8(extra: dict[str, str], fmt: str) -> None:
    done = run(f"show(OVERDUE, Format('{fmt}')); print('\\u63d0\\u793a', file=sys.stderr)", **extra)
    assert done.returncode == 0
    assert done.stderr.decode() == "提示\n"
    assert "网络安全与信息化办公室" in done.stdout.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "latin-1"])
def test_csv_on_stdout_is_exact(encoding: str) -> None:
    done = run("show(SMALL, Format.CSV)", PYTHONIOENCODING=encoding)
    assert done.stdout == "\ufeff编号,事项,天数\r\nXF-1,漏水,3\r\nXF-2,,12\r\n".encode()


def test_text_before_exact_bytes_keeps_its_place() -> None:
    done = run("sys.stdout.write('\\u5148\\n'); show(SMALL, Format.JSON)")
    assert done.stdout.decode().startswith("先\n[\n")


@pytest.mark.parametrize("fmt", ["table", "plain", "csv"])
def test_a_closed_pipe_ends_quietly(fmt: str) -> None:
    code = f"""
from msgspec.structs import replace
show(replace(SMALL, rows=SMALL.rows * 50_000), Format('{fmt}'))
"""
    command = [sys.executable, "-c", PRELUDE + code]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_lone_surrogate_on_stdout_is_spelled_out() -> None:
    done = run("print('\\udc80')")
    assert done.stdout == b"\\udc80\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize("columns", [80, 100, 140])
def test_a_real_terminal(columns: int) -> None:
    printed = in_terminal("show(OVERDUE, Format.TABLE)", columns, TERM="xterm-256color")
    assert "\x1b[1m" in printed
    plain = in_terminal("show(OVERDUE, Format.TABLE)", columns, TERM="dumb")
    assert "\x1b" not in plain
    from rich.cells import cell_len

    lines = plain.splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert "XF2026-0001" in plain
    assert any(line.startswith("━" * 80) for line in lines)


def in_terminal(code: str, columns: int, **extra: str) -> str:
    import pty
    import termios

    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (30, columns))
    command = [sys.executable, "-c", PRELUDE + code]
    with subprocess.Popen(
        command, env=environment(LC_ALL="C.UTF-8", **extra), stdin=follower, stdout=follower
    ) as process:
        os.close(follower)
        printed = read_all(leader)
    os.close(leader)
    assert process.returncode == 0
    return printed.decode()


def read_all(leader: int) -> bytes:
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(leader, 65_536)
        except OSError:  # Linux reports the closed terminal as an error.
            part = b""
        if not part:
            return b"".join(parts)
        parts.append(part)


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import xfctl.output, xfctl.output.formats, xfctl.output.show", {"rich", "openpyxl"}),
        ("import xfctl.output.rich_table, xfctl.output.xlsx_file", {"rich", "openpyxl"}),
        ("import io; __import__('xfctl.output.formats').output.formats", {"rich", "openpyxl"}),
        ("from xfctl.output import month, html, markdown, json_text", {"rich", "openpyxl"}),
    ],
)
def test_heavy_packages_are_not_loaded(code: str, absent: set[str]) -> None:
    check = f"{code}\nimport sys\nprint(sorted({absent!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", check], env=environment(), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"[]"
