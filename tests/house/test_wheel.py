"""The wheel is complete: it runs from elsewhere, migrations and rule files included."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", built, ROOT], check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(built / "unpacked")
    return built / "unpacked"


def _python(unpacked: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_is_what_runs(unpacked: Path, tmp_path: Path) -> None:
    done = _python(unpacked, "-c", "import xfctl; print(xfctl.__file__)", cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(unpacked)


def test_a_ledger_can_be_begun_and_used_from_another_directory(
    unpacked: Path, tmp_path: Path
) -> None:
    for command in (["init"], ["unit", "add", "U01", "某单位"], ["verify"], ["overdue"]):
        done = _python(unpacked, "-m", "xfctl", "--ledger", "l.db", *command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "l.db").exists()


def test_the_demo_carries_its_own_data(unpacked: Path, tmp_path: Path) -> None:
    done = _python(unpacked, "-m", "xfctl", "demo", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
