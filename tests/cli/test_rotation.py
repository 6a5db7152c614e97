"""``backup --keep``: the oldest backups of this ledger go, and nothing else does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path, ("U01", "虚构单位"))
    office.must("case", "register", "虚构事项", "--on", "2026-11-20")
    letter = tmp_path / "虚构来信.txt"
    letter.write_text("虚构内容", encoding="utf-8")
    office.must("case", "attach", "XF2026-0001", letter)
    return office


def stamped(office: Office, day: str) -> Path:
    """A backup as one of that day would be: the file and its folder of files."""
    made = Path(office.must("backup").out.strip())
    target = made.with_name(f"ledger-{day}-080000.db")
    made.rename(target)
    Path(f"{made}.files").rename(f"{target}.files")
    return target


def names(office: Office) -> set[str]:
    return {each.name for each in (office.path.parent / "backups").iterdir()}


def test_the_newest_stay_with_their_files(office: Office) -> None:
    days = ("20260101", "20260102", "20260103", "20260104")
    old = [stamped(office, day) for day in days]
    done = office.must("backup", "--keep", "3")
    made = Path(done.out.strip())
    kept = {each.name for each in (*old[2:], made)}
    assert names(office) == kept | {f"{name}.files" for name in kept}
    assert "保留最近 3 份，删除旧备份 2 份。" in done.err


def test_a_backup_just_verified_stays_even_if_the_clock_was_set_back(office: Office) -> None:
    later = [stamped(office, day) for day in ("20980101", "20990101")]
    made = Path(office.must("backup", "--keep", "1").out.strip())
    assert made.exists()
    assert not any(each.exists() for each in later)


def test_what_is_not_a_backup_of_this_ledger_stays(office: Office, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    ours = stamped(office, "20260101")
    (tmp_path / "other").mkdir()
    other = new_office(tmp_path / "other")
    foreign = backups / "ledger-20250101-080000.db"
    shutil.move(other.must("backup").out.strip(), foreign)
    damaged = backups / "ledger-20250102-080000.db"
    damaged.write_bytes(ours.read_bytes()[:4096])
    own_name = shutil.copy(ours, backups / "年终.db")
    office.must("backup", "--keep", "1")
    assert not ours.exists()
    assert foreign.exists()
    assert damaged.exists()
    assert Path(own_name).exists()


def test_nothing_goes_when_the_new_backup_fails(office: Office) -> None:
    old = [stamped(office, day) for day in ("20260101", "20260102")]
    (kept,) = Path(f"{office.path}.files").iterdir()
    kept.write_bytes(b"x")
    done = office("backup", "--keep", "1")
    assert done.code == 6
    assert all(each.exists() for each in old)
    assert names(office) == {f"{each.name}{end}" for each in old for end in ("", ".files")}


def test_a_backup_whose_files_are_not_good_is_not_called_one(
    office: Office, tmp_path: Path
) -> None:
    """A file that lay where the copy was to go has the name of the right one, not its content."""
    (name,) = [each.name for each in Path(f"{office.path}.files").iterdir()]
    (tmp_path / "新.db.files").mkdir()
    (tmp_path / "新.db.files" / name).write_bytes(b"x")
    done = office("backup", tmp_path / "新.db")
    assert done.code == 6
    assert "的内容与登记时不同" in done.err
    assert not (tmp_path / "新.db").exists()
