"""Every command line in README and docs runs, and shows what the page says it shows.

A ``console`` block holds commands after ``$ `` and their output; the blocks of one page run in
order, in one folder with the sample files below. ``XFCTL_UPDATE_DOCS=1`` writes the output anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
SAMPLES = {
    "单位.csv": DATA / "units.csv",
    "留言.csv": DATA / "message-board-times.csv",
    "台账.csv": DATA / "register-sample-gb18030.csv",
    "本月台账.csv": DATA / "guide-register.csv",
    "2026.txt": ROOT / "tests" / "workdays" / "notices" / "2026.txt",
}
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
UPDATING = os.environ.get("XFCTL_UPDATE_DOCS") == "1"

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page_tells_the_truth(page: Path, tmp_path: Path) -> None:
    written = page.read_text(encoding="utf-8")
    for name, source in SAMPLES.items():
        shutil.copy(source, tmp_path / name)
    run = _BLOCK.sub(lambda block: f"```console\n{_rerun(block[1], tmp_path)}```", written)
    if UPDATING:
        page.write_text(run, encoding="utf-8")
    assert run == written


def _rerun(block: str, folder: Path) -> str:
    """The block with the output its commands have now."""
    shown = (f"$ {command}\n{_output(command, folder)}" for command in _COMMAND.findall(block))
    return "".join(shown)


def _output(command: str, folder: Path) -> str:
    environment = {
        "HOME": str(folder),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "XFCTL_TODAY": "2026-11-25",
        "XFCTL_ACTOR": "经办甲",
        "COLUMNS": "80",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    text = done.stdout.replace(str(folder), "~")
    # What differs from run to run: random chain heads and names of ledgers, the time in records
    # and in names of files.
    text = re.sub(r"\b[0-9a-f]{32}\b", "账本编号", text)
    text = re.sub(r"\b(\d+):[0-9a-f]{16}\b", r"\1:……", text)
    text = re.sub(r"\b20\d{6}-\d{6}\b", "20261125-090000", text)
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "2026-11-25 09:00:00", text)
