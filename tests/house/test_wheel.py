"""What is released works: the sdist, the wheel built from it, and the program installed from that.

The program runs in a fresh environment, outside the checkout. Its dependencies are those that
are installed here: nothing is downloaded.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

import xfctl

ROOT = Path(__file__).parents[2]
WRITTEN = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".sql", ".svg", ".png", ".xlsx"}
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def _must(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    _must(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (made,) = folder.glob("*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    folder = sdist.parent
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    _must(*PIP, *build, sdist, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command, in an environment that sees the dependencies installed here."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    install = ("install", "--quiet", "--no-deps", "--no-index", wheel)
    _must(*PIP, "--python", python, *install, cwd=home)
    (packages,) = home.glob("lib/python*/site-packages")
    # A path in a .pth file brings packages, but not the .pth of the checkout that lies there.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home / "bin" / "xfctl"


def _run(program: Path, *arguments: str, cwd: Path) -> str:
    environment = {
        "HOME": str(cwd),
        "PATH": f"{program.parent}:/usr/bin:/bin",
        "XFCTL_TODAY": "2026-11-25",
    }
    done = subprocess.run(
        [program, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_sdist_holds_what_the_tests_need_and_nothing_of_this_machine(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", ".ci/run"} <= names
    for folder in ("tests", "docs", "migrations", "benchmarks"):
        written = [each for each in (ROOT / folder).rglob("*") if each.suffix in WRITTEN]
        assert {str(each.relative_to(ROOT)) for each in written} <= names
    assert [name for name in names if "__pycache__" in name or name.endswith(".db")] == []


def test_the_wheel_tells_licence_and_version(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        told = HeaderParser().parsestr(archive.read(metadata).decode("utf-8"))
    assert (told["Version"], told["License-Expression"]) == (xfctl.__version__, "MIT")
    assert told["License-File"] == "LICENSE"


def test_the_installed_program_is_what_runs(program: Path, tmp_path: Path) -> None:
    assert _run(program, "--version", cwd=tmp_path) == f"xfctl {xfctl.__version__}\n"
    where = [program.parent / "python", "-c", "import xfctl; print(xfctl.__file__)"]
    done = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).is_relative_to(program.parents[1])


def test_a_ledger_can_be_begun_and_used_from_another_directory(
    program: Path, tmp_path: Path
) -> None:
    for command in (["init"], ["unit", "add", "U01", "某单位"], ["verify"], ["overdue"]):
        _run(program, "--ledger", "l.db", *command, cwd=tmp_path)
    assert (tmp_path / "l.db").exists()


def test_the_demo_carries_its_own_data(program: Path, tmp_path: Path) -> None:
    _run(program, "demo", "demo", cwd=tmp_path)
    assert "XF2025-" in _run(program, "--ledger", "demo/ledger.db", "overdue", cwd=tmp_path)
    _run(program, "--ledger", "demo/ledger.db", "verify", cwd=tmp_path)
