"""Thousands of damaged ledgers: found, told in one sentence, never repaired behind one's back.

``pytest --full tests/endurance`` harms 10,000 ledgers, without ``--full`` a few hundred. The number
of a failing example alone makes it again: ``XFCTL_SEED=4711 pytest -n0 tests/endurance -k harm``.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from random import Random

import pytest
from command_line import Done, Office
from damage import ONLY_BY_HEAD, WAYS, UnharmedError, Way, unguarded
from raw_ledger import Tables, contents

from xfctl.disk import sidecars

TODAY = "2026-03-20"
CHUNKS = 20
DOCUMENTED = {0, 3, 4, 5, 6}
SOUND, UNAVAILABLE, DAMAGED = 0, 5, 6

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("digest",),
    ("overdue",),
    ("case", "show", "XF2026-0001"),
    ("case", "list"),
    ("case", "explain", "XF2026-0001"),
    ("case", "note", "XF2026-0001", "虚构备注"),
    ("case", "assign", "XF2026-0003", "U01"),
    ("log",),
    ("search", "虚构"),
    ("export", "cases"),
    ("export", "events"),
    ("export", "units"),
    ("report", "quarter", "2026Q1"),
    ("unit", "show", "U01"),
    ("supervise", "due"),
    ("account", "list"),
    ("risk", "list"),
    ("calendar", "show", "2026-03"),
    ("rule", "list"),
    ("rebuild",),
    ("upgrade",),
    ("restore", "{other}"),
)


@pytest.fixture(scope="module")
def original(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tables, str]:
    """The ledger that is harmed, what it holds, and its head as a log printed it."""
    folder = tmp_path_factory.mktemp("original")
    shutil.copytree(made_once / "busy.files", folder / "ledger.db.files")
    path = Path(shutil.copy(made_once / "busy", folder / "ledger.db"))
    return path, decoded(path), Office(path, TODAY).head()


def decoded(path: Path) -> Tables:
    """Every row of events and state; identities may be corrected and erased, so they are not it."""
    found = contents(path)
    found.pop("identity")
    return found


def one_sentence(done: Done) -> None:
    """Refused as documented: one Chinese sentence, or none where all went well."""
    assert done.code in DOCUMENTED, (done.code, done.err)
    assert "Traceback" not in done.err + done.out
    said = [line for line in done.err.splitlines() if line.startswith("错误：")]
    assert len(said) == (done.code != 0), done.err
    assert all(re.search(r"[一-鿿].*。$", line) for line in said), done.err


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_harm_is_found_and_told(chunk, original, tmp_path, amount):
    seeds = range(chunk, amount(200, 10_000), CHUNKS)
    if "XFCTL_SEED" in os.environ:
        seeds = [int(os.environ["XFCTL_SEED"])] if chunk == 0 else []
    for seed in seeds:
        folder = tmp_path / str(seed)
        try:
            harm_one(Random(seed), folder, original)
        except UnharmedError:
            pass
        except BaseException as error:
            error.add_note(f"XFCTL_SEED={seed}")
            raise
        shutil.rmtree(folder)


def harm_one(random: Random, folder: Path, original: tuple[Path, Tables, str]) -> None:
    source, before, head = original
    folder.mkdir()
    path = Path(shutil.copy(source, folder / "ledger.db"))
    shutil.copytree(f"{source}.files", f"{path}.files")
    way = random.choice(WAYS)
    first_bad = way(random, path)
    verified = Office(path, TODAY)("verify")
    one_sentence(verified)
    if verified.code == SOUND:
        check_sound(way, path, before, head)
    elif verified.code == DAMAGED and first_bad is not None:
        told = re.search(r"第 (\d+) 条事件", verified.out)
        assert told or "事件链" not in verified.out, verified.out
        assert told is None or int(told[1]) == first_bad, verified.out
    check_commands(random, folder, path, way, verified)


def check_sound(way: Way, path: Path, before: Tables, head: str) -> None:
    """Called sound: then all that can be decoded is as it was, or an earlier head tells."""
    after = decoded(path)
    if after == before:
        return
    assert way in ONLY_BY_HEAD, way
    done = Office(path, TODAY)("verify", "--head", head)
    assert done.code == DAMAGED, way
    assert f"没有账本头 {head}" in done.out


def check_commands(random: Random, folder: Path, path: Path, way: Way, verified: Done) -> None:
    office = Office(path, TODAY)
    other = Path(shutil.copy(path, folder / "other.db"))
    for extra in sidecars(path):
        if extra.exists():
            shutil.copy(extra, extra.with_name(extra.name.replace("ledger", "other")))
    shutil.copytree(f"{path}.files", f"{other}.files")
    for command in random.sample(COMMANDS, 6 if "state" in way.__name__ else 2):
        one_sentence(office(*(each.format(other=other) for each in command)))
    if verified.code != SOUND:
        check_not_spread(folder, other)
    if random.random() < 0.02:  # a process of its own says the same
        done = Office(other, TODAY).run("verify")
        one_sentence(done)
        assert done.code == verified.code or way in ONLY_BY_HEAD


def check_not_spread(folder: Path, harmed: Path) -> None:
    """A damaged ledger is not backed up as good, and a damaged backup replaces nothing."""
    backup = Office(harmed, TODAY)("backup", folder / "backup.db")
    one_sentence(backup)
    assert backup.code != 0
    assert not (folder / "backup.db").exists()
    target = folder / "target.db"
    target.write_bytes(b"kept")
    done = Office(target, TODAY)("restore", harmed)
    one_sentence(done)
    assert done.code != 0
    assert target.read_bytes() == b"kept"


# Rows that break a reader in ways of their own: whatever breaks, the damage is what is told.
BROKEN = {
    ("case", "list"): "UPDATE \"case\" SET stage = '虚构'",
    ("risk", "list"): "UPDATE risk SET kind = '虚构'",
    ("report", "quarter", "2026Q1"): "UPDATE visit SET day = '虚构'",
    ("overdue",): "UPDATE obligation SET due_on = '2026-02-30'",
    ("unit", "list"): "UPDATE unit SET former_names = '虚构'",
    ("calendar", "show", "2026-03"): "UPDATE calendar_day SET day = '虚构' || day",
}


@pytest.mark.parametrize("command", BROKEN, ids=" ".join)
def test_a_damaged_row_is_told_as_damage(command, busy_office):
    with unguarded(busy_office.path) as connection:
        connection.execute(BROKEN[command])
    done = Office(busy_office.path, TODAY)(*command)
    one_sentence(done)
    assert done.code == DAMAGED
    assert "已损坏（状态与重放" in done.err


def test_an_error_over_a_sound_ledger_stays_one_of_the_program(busy_office, monkeypatch):
    from xfctl.ledger import case_lists

    def broken(*_):
        raise ValueError

    monkeypatch.setattr(case_lists, "cases", broken)
    done = Office(busy_office.path, TODAY)("case", "list")
    assert done.code == 70
    assert "程序内部错误" in done.err
