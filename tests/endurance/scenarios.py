"""Commands that change something, each with the office it is given and what may be left of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from command_line import Done, call
from raw_ledger import plain

from xfctl import disk
from xfctl.ledger import attachments, events
from xfctl.ledger.backup import back_up
from xfctl.ledger.chain import Head
from xfctl.ledger.connection import SCHEMA_VERSION, file_kind, open_ledger
from xfctl.ledger.verify import verify

HERE = Path(__file__).parent
RELEASED = HERE.parent / "ledger" / "released" / f"{SCHEMA_VERSION - 1:04d}.sql"
NOTICE = HERE.parent / "workdays" / "notices" / "2026.txt"
TODAY = "2026-03-20"
LEDGER = "ledger.db"
OLD_EXPORT = "旧的导出".encode()
GROUND = ("--ground", "7", "--form", "电话", "--reason", "虚构理由")
PROPOSAL = ("--situation", "3", "--severity", "较轻", "--basis", "虚构依据")


@dataclass(frozen=True)
class Scenario:
    """A command line of ``xfctl`` on ``ledger.db`` in a folder made by ``prepare``.

    ``again`` is a command that must work afterwards, whatever was done and what was not.
    """

    name: str
    command: tuple[str, ...]
    prepare: Callable[[Path], None] = lambda folder: None
    again: tuple[str, ...] = ()

    @property
    def line(self) -> list[str | Path]:
        """The whole command line."""
        return ["--ledger", LEDGER, "--today", TODAY, *self.command]


def _register_file(folder: Path) -> None:
    rows = [f"K{n},2026-03-0{n % 8 + 1},虚构事项{n},U02,2026-03-10" for n in range(1, 21)]
    text = "\n".join(["编号,登记时间,事由,责任单位,交办时间", *rows])
    (folder / "台账.csv").write_text(text, encoding="utf-8")


def _letter(folder: Path) -> None:
    (folder / "虚构来信.txt").write_text("虚构内容\n" * 40_000, encoding="utf-8")


def _notice(folder: Path) -> None:
    shutil.copyfile(NOTICE, folder / "通知.txt")


def _older(folder: Path) -> None:
    shutil.rmtree(folder / f"{LEDGER}.files")
    (folder / LEDGER).unlink()
    with plain(folder / LEDGER) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(RELEASED.read_text(encoding="utf-8"))
    letter = folder / "虚构信件.txt"
    letter.write_text("虚构内容", encoding="utf-8")
    attachments.keep(folder / LEDGER, letter)
    letter.unlink()


def _backup(folder: Path) -> None:
    with open_ledger(folder / LEDGER) as ledger:
        back_up(ledger, folder / "备份.db")
    assert call_in(folder, "case", "register", "备份之后的虚构事项").code == 0


def _nothing(folder: Path) -> None:
    shutil.rmtree(folder / f"{LEDGER}.files")
    (folder / LEDGER).unlink()


def _office_name(folder: Path) -> None:
    (folder / "config.toml").write_text('[office]\nname = "虚构大学信访办"\n', encoding="utf-8")


def _old_export(folder: Path) -> None:
    (folder / "事项.csv").write_bytes(OLD_EXPORT)


PETITIONER = ("--petitioner", "示例信访人001", "--phone", "000-0001")
SCENARIOS = (
    Scenario("register", ("case", "register", "虚构事项", *PETITIONER)),
    Scenario("feedback", ("case", "feedback", "XF2026-0001", "--form", "书面")),
    Scenario("attach", ("case", "attach", "XF2026-0001", "虚构来信.txt"), _letter),
    Scenario("import", ("case", "import", "台账.csv"), _register_file),
    Scenario(
        "supervise",
        ("supervise", "open", "XF2026-0002", "--unit", "U02", *GROUND),
    ),
    Scenario("propose", ("account", "propose", "U01", *PROPOSAL)),
    Scenario("calendar", ("calendar", "import", "通知.txt", "--yes"), _notice),
    Scenario("letter", ("letter", "assign", "XF2026-0001", "-o", "交办.docx"), _office_name),
    Scenario("export", ("export", "cases", "--format", "csv", "-o", "事项.csv"), _old_export),
    Scenario("rebuild", ("rebuild",)),
    Scenario("upgrade", ("upgrade",), _older, ("upgrade",)),
    Scenario("backup", ("backup", "新备份.db"), again=("backup", "再次备份.db")),
    Scenario("restore", ("restore", "备份.db"), _backup, ("restore", "备份.db")),
    Scenario("init", ("init",), _nothing),
)  # fmt: skip


def call_in(folder: Path, *command: str) -> Done:
    """Run a command line on the folder's ledger inside this process."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return call("--ledger", LEDGER, "--today", TODAY, *command)
    finally:
        os.chdir(before)


def head_of(path: Path) -> Head | None:
    """How far a ledger reaches, seen from outside; None if there is none."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        return events.head(connection)


def faults_of(path: Path) -> list[str]:
    """What ``verify`` finds wrong with a ledger of this schema; an older one is only read."""
    if file_kind(path).schema_version != SCHEMA_VERSION:
        with plain(path) as connection:
            return [
                row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"
            ]
    with open_ledger(path) as ledger:
        return [each.found for each in verify(ledger) if not each.holds]


def too_wide(folder: Path) -> list[str]:
    """Files anybody but their owner may touch."""
    return [
        str(each.relative_to(folder)) for each in folder.rglob("*") if each.lstat().st_mode & 0o077
    ]


def temporaries(folder: Path) -> list[str]:
    """Temporary files of this program, anywhere in a folder."""
    return [str(each.relative_to(folder)) for each in folder.rglob(".xfctl-*")]


def forget_sweeping() -> None:
    """Let this process look for leftovers again, as every new process does."""
    disk.sweep.cache_clear()


def prepared(scenario: Scenario, office: Path, folder: Path) -> Path:
    """A copy of the busy office in ``folder``, as the scenario wants it, private throughout."""
    shutil.copytree(office, folder)
    scenario.prepare(folder)
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o700 if each.is_dir() else 0o600)
    return folder
