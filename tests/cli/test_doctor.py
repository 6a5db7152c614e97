"""``xfctl doctor``: every kind of trouble is made for real, told in one line, and left as it is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import Office, new_office

from xfctl.app import Context, at_desk
from xfctl.domain.unit import UnitAdded
from xfctl.ledger import files
from xfctl.ledger.connection import SCHEMA_VERSION, open_ledger


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A ledger of its own with a good backup, on a day for which the calendar is known."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    office = new_office(folder, ("U01", "虚构单位"))
    office.must("case", "register", "虚构事项", "--on", "2026-03-02")
    office.must("backup")
    return office


def findings(office: Office, *options: str) -> list[dict[str, str]]:
    """What doctor finds, as objects; the ledger's folder is as before."""
    before = modes_in(office.path.parent)
    done = office("doctor", "--format", "json", *options, today="2026-03-20")
    assert done.err == ""
    assert modes_in(office.path.parent) == before
    return list(done.json)


def modes_in(folder: Path) -> dict[Path, int]:
    """Every file with its permissions, but for what SQLite keeps beside a database in use."""
    found = {each: each.lstat().st_mode for each in folder.rglob("*")}
    return {each: mode for each, mode in found.items() if not each.name.endswith(("-wal", "-shm"))}


def only(office: Office) -> dict[str, str]:
    (found,) = findings(office)
    return found


def backup_of(office: Office) -> Path:
    (found,) = (office.path.parent / "backups").glob("*.db")
    return found


def events_rewritten(office: Office, sql: str) -> None:
    """Change stored events as somebody with SQLite at hand could."""
    with closing(sqlite3.connect(office.path)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql)
        for _, text in triggers:
            connection.execute(text)
        connection.commit()


def test_nothing_amiss(office: Office) -> None:
    done = office("doctor", "--exit-code", today="2026-03-20")
    assert done.code == 0
    assert "没有发现问题" in done.out
    assert f"最近一份核验通过的备份：{backup_of(office)}" in done.out
    assert f"SQLite {sqlite3.sqlite_version}" in done.out


@pytest.mark.parametrize("name", ["ledger.db", "ledger.key", "ledger.db.replaced-x"])
def test_a_file_that_others_may_read(office: Office, name: str) -> None:
    path = office.path.with_name(name)
    path.touch(0o600)
    path.chmod(0o640)
    found = [each for each in findings(office) if each["where"] == str(path)]
    assert found[0]["level"] == "注意"
    assert f"chmod 600 {path}" in found[0]["advice"]


@pytest.mark.parametrize("folder", ["backups", "ledger.db.files", "letters"])
def test_a_folder_with_files_that_others_may_read(office: Office, folder: str) -> None:
    path = office.path.parent / folder
    path.mkdir(mode=0o700, exist_ok=True)
    for number in range(3):
        (path / f"{number}.x").touch(0o600)
        (path / f"{number}.x").chmod(0o644)
    found = only(office)
    assert (found["where"], "3 处" in found["what"]) == (str(path), True)
    assert f"chmod -R go-rwx {path}" in found["advice"]


def test_no_backup_and_old_backups(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = backup_of(office)
    old = backup.with_name("ledger-20200101-080000.db")
    backup.rename(old)
    assert "超过 7 天" in only(office)["what"]
    config = office.path.parent / "config.toml"
    monkeypatch.setenv("XFCTL_CONFIG", str(config))
    office.must("config", "set", "backup.max_age_days", "30")
    assert "超过 30 天" in only(office)["what"]
    old.unlink()
    found = only(office)
    assert found["what"] == "没有核验通过的备份"
    assert "xfctl backup" in found["advice"]
    done = office("doctor", "--exit-code", today="2026-03-20")
    assert done.code == 1


def test_a_damaged_backup_and_the_good_one_before_it(office: Office) -> None:
    good = backup_of(office)
    bad = good.with_name("ledger-29990101-080000.db")
    bad.write_bytes(good.read_bytes()[:-8192])
    bad.chmod(0o600)
    found = only(office)
    assert (found["level"], found["where"]) == ("严重", str(bad))
    assert f"备份：{good}" in office("doctor", today="2026-03-20").out


def test_a_backup_that_cannot_be_read_now_is_not_called_damaged(office: Office) -> None:
    newer = backup_of(office).with_name("ledger-29990101-080000.db")
    content = backup_of(office).read_bytes()
    newer.write_bytes(content[:60] + (99).to_bytes(4, "big") + content[64:])
    newer.chmod(0o600)
    found = only(office)
    assert "由更新版本的 xfctl 写成" in found["what"]
    assert ("损坏" in found["what"], found["advice"]) == (False, "请先升级 xfctl")


def test_a_missing_ledger(office: Office) -> None:
    office.path.unlink()
    assert f"xfctl restore {backup_of(office)}" in findings(office)[0]["advice"]
    backup_of(office).unlink()
    assert "xfctl init" in findings(office)[0]["advice"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:8192])


def scribble(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


@pytest.mark.parametrize("spoil", [cut, scribble])
def test_a_damaged_ledger(office: Office, spoil) -> None:
    spoil(office.path)
    found = findings(office)[0]
    assert found["level"] == "严重"
    assert f"xfctl restore {backup_of(office)}" in found["advice"]


def test_a_changed_event_and_a_changed_state(office: Office) -> None:
    with closing(sqlite3.connect(office.path)) as connection:
        connection.execute("UPDATE unit SET name = '别名'")
        connection.commit()
    assert "xfctl rebuild" in only(office)["advice"]
    events_rewritten(office, "UPDATE event SET actor = '别人' WHERE seq = 2")
    found = only(office)
    assert "第 2 条事件" in found["what"]
    assert "xfctl restore" in found["advice"]


@pytest.mark.parametrize(
    ("version", "advice"), [(SCHEMA_VERSION - 1, "xfctl upgrade"), (99, "升级 xfctl")]
)
def test_a_ledger_of_another_time(office: Office, version: int, advice: str) -> None:
    with closing(sqlite3.connect(office.path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    assert advice in findings(office)[0]["advice"]


def test_a_clock_that_was_set_back(office: Office) -> None:
    """An hour of the future is written where the real clock of that day would have written it."""
    later = datetime(2090, 1, 1, tzinfo=UTC)
    context = Context(later.date(), later, "经办甲")
    with open_ledger(office.path, writable=True) as ledger, at_desk(ledger, context) as desk:
        desk.add_unit(UnitAdded(code="U02", name="虚构单位二"), later.date())
    found = findings(office)
    assert [each["what"].partition("：")[0] for each in found] == [
        "1 条事件的录入时间晚于现在",
        "1 条事件的发生日期晚于今天",
    ]
    assert all("时钟" in each["advice"] and "第 4 条事件" in each["where"] for each in found)


def test_years_without_a_notice(office: Office) -> None:
    office.must("case", "register", "虚构事项", "--on", "2026-12-28", today="2026-12-30")
    office.must("case", "assign", "XF2026-0002", "U01", "--on", "2026-12-28", today="2026-12-30")
    found = [each["what"] for each in findings(office)]
    assert any("2027 年到期的期限是暂定的" in each for each in found)


# Dies while it holds a temporary file beside a path.
DYING = """
import os, signal, sys
from pathlib import Path
from xfctl.disk import temporary_beside

with temporary_beside(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_killed_commands_leave(office: Office) -> None:
    folder = office.path.parent
    subprocess.run([sys.executable, "-c", DYING, office.path], check=False)
    (folder / "backups" / "ledger-20260101-080000.db.files").mkdir(mode=0o700)
    assert {each["what"][:5] for each in findings(office)} == {"中断的命令", "中断的备份"}
    assert office.run("backup", folder / "另一份.db").code == 0
    assert only(office)["what"][:5] == "中断的备份"


def dying_beside(target: Path, link_to: Path | None = None) -> Path:
    """What a command killed beside a target leaves: its temporary file, or one name more."""
    subprocess.run([sys.executable, "-c", DYING, target], check=False)
    (left,) = target.parent.glob(".xfctl-*")
    if link_to:
        left.unlink()
        os.link(link_to, left)
    return left


def test_a_command_killed_before_it_took_away_the_temporary_name(office: Office) -> None:
    """The ledger has two names then; the next write leaves it with one."""
    left = dying_beside(office.path, link_to=office.path)
    assert office.run("--today", "2026-03-20", "case", "register", "虚构事项").code == 0
    assert not left.exists()
    assert office.path.stat().st_nlink == 1


def test_an_upgrade_with_nothing_to_do_takes_away_what_a_killed_one_left(office: Office) -> None:
    left = dying_beside(office.path)
    assert office.run("upgrade").code == 0
    assert not left.exists()


def test_a_backup_takes_away_what_one_killed_among_its_attachments_left(office: Office) -> None:
    store = office.path.parent / "中断.db.files"
    store.mkdir(mode=0o700)
    left = dying_beside(store / "incoming")
    assert office.run("backup", office.path.parent / "另一份.db").code == 0
    assert not left.exists()


def test_a_living_process_keeps_its_temporary_file(office: Office) -> None:
    living = DYING.replace("os.kill(os.getpid(), signal.SIGKILL)", "print(flush=True); input()")
    with subprocess.Popen(
        [sys.executable, "-c", living, office.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        assert office.run("backup", office.path.parent / "另一份.db").code == 0
        assert list(office.path.parent.glob(".xfctl-*"))
        assert findings(office) == []
        child.communicate(b"\n")
    assert child.returncode == 0
    assert not list(office.path.parent.glob(".xfctl-*"))


def test_a_restore_that_was_killed_between_its_two_renames(office: Office) -> None:
    """The ledger has two names then; the next write leaves it with one."""
    kept = office.path.with_name("ledger.db.replaced-20260320-093000")
    os.link(office.path, kept)
    found = only(office)
    assert (found["level"], found["where"]) == ("注意", str(kept))
    refused = Office(kept)("case", "register", "虚构事项")
    assert refused.code == 5
    assert "请改用账本原来的路径" in refused.err
    office.must("case", "register", "虚构事项", today="2026-03-20")
    assert not kept.exists()
    assert findings(office) == []


def test_files_kept_by_a_restore_are_a_note(office: Office) -> None:
    office.must("restore", backup_of(office))
    found = only(office)
    assert (found["level"], "保留的旧账本" in found["what"]) == ("提示", True)
    assert office("doctor", "--exit-code", today="2026-03-20").code == 0


def test_what_is_kept_is_found_whatever_the_ledger_is_called(tmp_path: Path) -> None:
    office = Office(tmp_path / "xf-2026-a.db")
    office.must("init")
    office.must("backup")
    (backup,) = (tmp_path / "backups").glob("*.db")
    office.must("restore", backup)
    (kept,) = tmp_path.glob("xf-2026-a.db.replaced-*")
    kept.with_name(f"{kept.name}-wal").touch(mode=0o600)
    whats = [each["what"] for each in findings(office)]
    assert "有 1 份恢复或升级时保留的旧账本" in whats


def test_a_network_file_system(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind of file system is the only thing that is not as it is."""
    monkeypatch.setattr(files, "file_system", lambda path: "nfs4")
    assert "网络文件系统" in only(office)["what"]


@pytest.mark.parametrize("format", ["table", "plain", "csv", "markdown", "html"])
def test_every_format(office: Office, format: str) -> None:
    office.path.chmod(0o644)
    done = office("doctor", "--format", format, today="2026-03-20")
    assert done.code == 0
    assert "权限宽于 0600" in done.out
