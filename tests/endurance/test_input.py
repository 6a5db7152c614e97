"""Thousands of bad files: each is refused in Chinese with the ledger as it was, or taken whole.

``pytest --full tests/endurance`` tries 10,000 files, without ``--full`` a few hundred. One alone:
``XFCTL_SEED=4711 pytest -n0 tests/endurance -k bad_file``.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from command_line import DATA, Done, Office
from mangle import mangled

from xfctl.output.letter_file import built_in

TODAY = "2026-11-25"
CHUNKS = 20
DOCUMENTED = {0, 3, 4, 6}
SECONDS = 20  # far more than any of them needs, with two processors and much else to do
TESTS = DATA.parent


@dataclass(frozen=True)
class Good:
    """A good file of a kind, and the command that reads it."""

    name: str
    content: bytes
    command: tuple[str, ...]
    place: str = "given"


def good_files(office: Office, folder: Path) -> list[Good]:
    """One of everything an officer can hand to the program."""
    events = folder / "events.jsonl"
    office.must("export", "events", "--output", events)
    cases = folder / "cases.csv"
    office.must("export", "cases", "--format", "csv", "--output", cases)
    posts = (
        "单位,职务,姓名,任职日期,免职日期,分管工作\r\n"
        "U01,党组织主要负责人,示例负责人甲,2020-01-01,,\r\n"
    )
    settings = (
        'actor = "经办甲"\n[office]\nname = "示例大学信访办"\n[display]\nsoon_days = 3\n'
        '[views."晚"]\noverdue = true\nfrom = 2026-03-01\n'
    )
    notices = sorted((TESTS / "workdays" / "notices").iterdir())
    days = "日期,休/班,名称\n2028-01-01,休,元旦\n2028-01-02,休,元旦\n2028-01-03,班,元旦\n"
    bill = ("case", "import", "{file}", "--map", "编号=留言编号", "--unit", "U01")
    return [
        Good("register.csv", (DATA / "register-sample-gb18030.csv").read_bytes(), ("case", "import", "{file}")),
        Good("faults.csv", (DATA / "register-sample-faults.csv").read_bytes(), ("case", "import", "{file}")),
        Good("register.xlsx", (DATA / "register-sample.xlsx").read_bytes(), ("case", "import", "{file}")),
        Good("cases.csv", cases.read_bytes(), ("case", "import", "{file}")),
        Good("board.csv", (DATA / "message-board-times.csv").read_bytes()[:2000], bill),
        Good("units.csv", (DATA / "units.csv").read_bytes(), ("unit", "import", "{file}")),
        Good("posts.csv", posts.encode("utf-8-sig"), ("unit", "import-posts", "{file}")),
        *(Good(each.name, each.read_bytes(), ("calendar", "import", "{file}", "--yes")) for each in notices),
        Good("days.csv", days.encode(), ("calendar", "import", "{file}", "--yes")),
        Good("events.jsonl", events.read_bytes(), ("verify", "--events", "{file}")),
        Good("config.toml", settings.encode(), ("case", "list", "--view", "晚"), "config"),
        Good("config.toml", settings.encode(), ("config", "set", "office.phone", "0000"), "config"),
        Good("assign.docx", built_in("assign"), ("letter", "assign", "XF2026-0001", "--output", "{out}"), "letters"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def office_and_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Good]]:
    """A small office, and the good files."""
    folder = tmp_path_factory.mktemp("good")
    office = Office(folder / "ledger.db", TODAY)
    office.must("init")
    office.must("unit", "add", "U01", "某单位")
    office.must("unit", "import", DATA / "units.csv")
    office.must("case", "register", "宿舍热水供应时段与公示不符", "--on", "2026-11-10")
    office.must("case", "assign", "XF2026-0001", "U01", "--on", "2026-11-11")
    return office.path, good_files(office, folder)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_bad_file_is_refused_or_taken_whole(
    chunk, office_and_files, tmp_path, amount, monkeypatch
):
    ledger, good = office_and_files
    monkeypatch.chdir(tmp_path)
    seeds = range(chunk, amount(200, 10_000), CHUNKS)
    if "XFCTL_SEED" in os.environ:
        seeds = [int(os.environ["XFCTL_SEED"])] if chunk == 0 else []
    for seed in seeds:
        random = Random(seed)
        folder = tmp_path / str(seed)
        try:
            try_one(random, random.choice(good), folder, ledger, monkeypatch)
        except BaseException as error:
            error.add_note(f"XFCTL_SEED={seed}")
            raise
        shutil.rmtree(folder)


def try_one(
    random: Random, good: Good, folder: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    office = Office(Path(shutil.copy(ledger, folder / "ledger.db")), TODAY)
    file = place(good, folder)
    file.write_bytes(mangled(random, good.content))
    monkeypatch.setenv("XFCTL_CONFIG", str(folder / "config.toml"))
    before = office.path.read_bytes()
    began = time.monotonic()
    done = office(*(each.format(file=file, out=folder / "out.docx") for each in good.command))
    assert time.monotonic() - began < SECONDS
    one_sentence(done)
    if done.code != 0:
        assert office.path.read_bytes() == before
        assert not list(folder.glob(".*.tmp"))
    elif random.random() < 0.05:
        monkeypatch.delenv("XFCTL_CONFIG")
        office.must("verify")


def place(good: Good, folder: Path) -> Path:
    """Where a file has to lie to be read."""
    into = folder / "letters" if good.place == "letters" else folder
    into.mkdir(exist_ok=True)
    return into / good.name


def one_sentence(done: Done) -> None:
    """Refused as documented: one Chinese sentence, with a list of faults at most."""
    assert done.code in DOCUMENTED, (done.code, done.err)
    assert "Traceback" not in done.err + done.out
    said = [line for line in done.err.splitlines() if line.startswith("错误：")]
    assert len(said) == (done.code != 0), done.err
    assert all(re.search(r"[一-鿿].*[。：]$", line) for line in said), done.err
