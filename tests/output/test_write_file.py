"""Files are all there or not there at all, and a refusal is one Chinese sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from output_samples import SMALL
from unprivileged import run_obeying

from xfctl.errors import InputRefusedError
from xfctl.output.files import write_file
from xfctl.output.formats import Format
from xfctl.output.show import save, show


def test_writes_privately_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "a", tmp_path / "b"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_refuses_what_is_no_file_place(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="这是一个目录"):
        write_file(tmp_path, b"")
    with pytest.raises(InputRefusedError, match="上级目录不存在"):
        write_file(tmp_path / "无" / "表.csv", b"")
    with pytest.raises(InputRefusedError, match="不是普通文件"):
        write_file(Path(os.devnull), b"")
    with pytest.raises(InputRefusedError, match="文件名太长"):
        write_file(tmp_path / ("长" * 200), b"")


WRITE = """
import sys
from pathlib import Path
from xfctl.errors import InputRefusedError
from xfctl.output.files import write_file
try:
    write_file(Path(sys.argv[1]), b"new")
    print("written")
except InputRefusedError as error:
    print(error)
"""


def test_refuses_a_directory_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"old")
    tmp_path.chmod(0o500)
    said = run_obeying(WRITE, path)
    tmp_path.chmod(0o700)
    assert "没有权限" in said
    assert "原有文件未作改动" in said
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_a_read_only_file_is_replaced_where_the_directory_may_be_written(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.touch(0o400)
    assert run_obeying(WRITE, path) == "written"
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EIO, "出错")],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, step: str
) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(InputRefusedError, match=words) as refused:
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert "原有文件未作改动" in str(refused.value)


@pytest.mark.parametrize("fmt", list(Format))
def test_save_writes_every_format(tmp_path: Path, fmt: Format) -> None:
    path = tmp_path / f"表.{fmt}"
    save(SMALL, fmt, path)
    starts = {Format.CSV: b"\xef\xbb\xbf", Format.XLSX: b"PK", Format.HTML: b"<!DOCTYPE"}
    assert path.read_bytes().startswith(starts.get(fmt, b""))
    assert b"\r\n" in path.read_bytes() or fmt is not Format.CSV


def test_show_refuses_xlsx() -> None:
    with pytest.raises(InputRefusedError, match="xlsx 不能显示在屏幕上"):
        show(SMALL, Format.XLSX)
