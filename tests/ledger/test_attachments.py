"""Files put with matters: private, kept once, checked, carried by backups and restores."""

from __future__ import annotations

import stat
from datetime import datetime
from hashlib import sha256

import pytest
from conftest import TODAY, Office
from msgspec.structs import asdict
from raw_ledger import assert_one_sentence, contents

from xfctl.domain.steps.relations import AttachFile
from xfctl.errors import InputRefusedError, IntegrityError, LedgerUnavailableError, RuleRefusedError
from xfctl.ledger import attachments
from xfctl.ledger.attachments import keep, measured, store_of
from xfctl.ledger.backup import back_up, restore
from xfctl.ledger.known_at import known_at
from xfctl.ledger.verify import require_sound, verify

ONE, TWO = "XF2026-0001", "XF2026-0002"
AT = datetime(2026, 3, 20, 9, 30)  # noqa: DTZ001  # local time, only for a file's name


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letters" / "虚构信件.txt"
    path.parent.mkdir()
    path.write_text("虚构内容", encoding="utf-8")
    return path


@pytest.fixture
def with_letter(office, letter):
    """An office with two matters; the letter was put with the first."""
    for number in (ONE, TWO):
        office.register(number)
    office.attach(ONE, letter)
    return office


def kept_files(path):
    return sorted(each.name for each in store_of(path).iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def store_faults(office) -> list[str]:
    with office.reading() as ledger:
        return [each.found for each in verify(ledger) if not each.holds]


# Keeping


def test_a_file_is_kept_under_the_hash_of_its_content_for_its_owner_alone(with_letter, letter):
    digest = sha256(letter.read_bytes()).hexdigest()
    store = store_of(with_letter.path)
    assert store.name == "ledger.db.files"
    assert kept_files(with_letter.path) == [digest]
    assert (store / digest).read_bytes() == letter.read_bytes()
    assert (mode(store), mode(store / digest)) == (0o700, 0o600)


def test_name_size_and_hash_are_recorded_and_nothing_of_the_content(with_letter, letter):
    (row,) = contents(with_letter.path)["attachment"]
    digest = sha256(letter.read_bytes()).hexdigest()
    assert row == (ONE, digest, "虚构信件.txt", letter.stat().st_size)
    assert "虚构内容" not in repr(contents(with_letter.path))


def test_the_original_may_change_or_go(with_letter, letter):
    letter.write_text("别的内容", encoding="utf-8")
    assert store_faults(with_letter) == []
    letter.unlink()
    assert store_faults(with_letter) == []


def test_the_same_content_is_kept_once_for_two_matters(with_letter, letter):
    copy = letter.with_name("副本.txt")
    copy.write_bytes(letter.read_bytes())
    with_letter.attach(TWO, copy)
    assert len(kept_files(with_letter.path)) == 1
    assert len(contents(with_letter.path)["attachment"]) == 2
    assert store_faults(with_letter) == []


def test_the_same_content_is_put_with_a_matter_once(with_letter, letter):
    with pytest.raises(RuleRefusedError, match="内容相同的附件"):
        with_letter.attach(ONE, letter)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 10, b"x" * (1024 * 1024 + 1)])
def test_any_content_is_kept_byte_by_byte(office, tmp_path, content):
    source = tmp_path / "虚构.bin"
    source.write_bytes(content)
    office.register(ONE)
    digest = office.attach(ONE, source)
    assert (store_of(office.path) / digest).read_bytes() == content
    assert store_faults(office) == []


def test_measuring_tells_what_keeping_would(office, letter):
    found = measured(letter)
    assert not store_of(office.path).exists(), "measuring keeps nothing"
    assert keep(office.path, letter) == found


def test_a_folder_or_nothing_at_all_is_refused(office, tmp_path):
    for path in (tmp_path, tmp_path / "没有"):
        for look in (measured, lambda path: keep(office.path, path)):
            with pytest.raises(InputRefusedError, match="没有文件") as refused:
                look(path)
            assert_one_sentence(refused.value)


def test_a_file_too_large_is_refused_before_it_is_read(office, letter, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", 3)
    with pytest.raises(InputRefusedError, match="超过") as refused:
        keep(office.path, letter)
    assert_one_sentence(refused.value)
    assert not store_of(office.path).exists()


def test_a_store_that_cannot_be_made_is_told_in_one_sentence(office, letter):
    store_of(office.path).write_text("挡路的文件", encoding="utf-8")
    with pytest.raises(LedgerUnavailableError, match="附件目录") as refused:
        keep(office.path, letter)
    assert_one_sentence(refused.value)


@pytest.mark.parametrize("name", ["", " ", "长" * 201, "控\x00制", "换\x1b行"])
def test_a_name_that_cannot_be_taken_is_refused(office, name):
    office.register(ONE)
    command = AttachFile(number=ONE, on=TODAY, name=name, size=1, sha256="a" * 64)
    with pytest.raises(InputRefusedError), office.desk() as desk:
        desk.step(command)


# Checking


def test_a_missing_file_is_noticed(with_letter):
    (name,) = kept_files(with_letter.path)
    (store_of(with_letter.path) / name).unlink()
    (fault,) = store_faults(with_letter)
    assert name[:12] in fault
    assert "不在" in fault


def test_a_missing_store_is_noticed(with_letter):
    store_of(with_letter.path).rename(with_letter.path.with_name("elsewhere"))
    (fault,) = store_faults(with_letter)
    assert "不在" in fault


@pytest.mark.parametrize("content", [b"", b"\xe8\x99\x9a\xe6\x9e\x84\xe5\x86\x85", b"x" * 12])
def test_a_changed_file_is_noticed(with_letter, content):
    (name,) = kept_files(with_letter.path)
    (store_of(with_letter.path) / name).write_bytes(content)
    (fault,) = store_faults(with_letter)
    assert "内容与登记时不同" in fault


def test_a_folder_in_the_place_of_a_file_is_noticed(with_letter):
    (name,) = kept_files(with_letter.path)
    (store_of(with_letter.path) / name).unlink()
    (store_of(with_letter.path) / name).mkdir()
    assert len(store_faults(with_letter)) == 1


def test_a_file_that_no_matter_refers_to_is_no_fault(with_letter):
    (store_of(with_letter.path) / ("0" * 64)).write_bytes(b"")
    assert store_faults(with_letter) == []


# Backup and restore


@pytest.fixture
def backup(with_letter, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    with with_letter.reading() as ledger:
        back_up(ledger, folder / "backup.db")
    return folder / "backup.db"


def test_a_backup_has_the_files_for_its_owner_alone(with_letter, backup):
    assert kept_files(backup) == kept_files(with_letter.path)
    (name,) = kept_files(backup)
    assert (mode(store_of(backup)), mode(store_of(backup) / name)) == (0o700, 0o600)
    assert store_faults(Office(backup)) == []


def test_a_backup_has_only_what_matters_refer_to(with_letter, tmp_path):
    (store_of(with_letter.path) / ("0" * 64)).write_bytes(b"")
    with with_letter.reading() as ledger:
        back_up(ledger, tmp_path / "backup.db")
    assert len(kept_files(tmp_path / "backup.db")) == 1


def test_a_ledger_without_files_has_no_store_and_its_backup_neither(office, tmp_path):
    with office.reading() as ledger:
        back_up(ledger, tmp_path / "backup.db")
    assert not store_of(office.path).exists()
    assert not store_of(tmp_path / "backup.db").exists()


def test_a_restore_elsewhere_has_the_files(backup, tmp_path):
    target = tmp_path / "new.db"
    restore(backup, target, AT)
    assert kept_files(target) == kept_files(backup)
    assert store_faults(Office(target)) == []


def test_a_restore_brings_back_files_that_were_lost(with_letter, backup):
    (name,) = kept_files(with_letter.path)
    (store_of(with_letter.path) / name).unlink()
    restore(backup, with_letter.path, AT)
    assert store_faults(with_letter) == []


def test_the_ledger_that_was_replaced_keeps_its_own_later_files(with_letter, backup, tmp_path):
    later = tmp_path / "后来.txt"
    later.write_text("后来的内容", encoding="utf-8")
    with_letter.attach(TWO, later)
    kept = restore(backup, with_letter.path, AT)
    with Office(kept).reading() as old:
        require_sound(old)
    assert len(kept_files(kept)) == 2
    assert store_faults(with_letter) == []


def test_a_damaged_ledger_that_was_replaced_keeps_its_files_too(with_letter, backup):
    whole = with_letter.path.read_bytes()
    with_letter.path.write_bytes(whole[: len(whole) // 2])
    kept = restore(backup, with_letter.path, AT)
    assert kept_files(kept) == kept_files(backup)


def spoil(path):
    (name,) = kept_files(path)
    (store_of(path) / name).write_bytes(b"changed")


def lose(path):
    (name,) = kept_files(path)
    (store_of(path) / name).unlink()


@pytest.mark.parametrize("damage", [spoil, lose])
def test_a_backup_whose_files_are_damaged_is_not_restored(with_letter, backup, damage, tmp_path):
    # Not the same file under two names: the stick of this test may share a disk with the ledger.
    (name,) = kept_files(backup)
    content = (store_of(backup) / name).read_bytes()
    (store_of(backup) / name).unlink()
    (store_of(backup) / name).write_bytes(content)
    damage(backup)
    before = contents(with_letter.path)
    with pytest.raises(IntegrityError, match="附件") as refused:
        restore(backup, with_letter.path, AT)
    assert_one_sentence(refused.value)
    assert contents(with_letter.path) == before
    with pytest.raises(IntegrityError):
        restore(backup, tmp_path / "new.db", AT)
    assert not (tmp_path / "new.db").exists()
    assert store_faults(with_letter) == []


@pytest.mark.parametrize("damage", [spoil, lose])
def test_a_ledger_whose_files_are_damaged_gives_no_backup(with_letter, damage, tmp_path):
    damage(with_letter.path)
    with with_letter.reading() as ledger, pytest.raises(IntegrityError, match="附件") as refused:
        back_up(ledger, tmp_path / "backup.db")
    assert_one_sentence(refused.value)
    assert f"「{with_letter.path}」" in str(refused.value)
    assert not (tmp_path / "backup.db").exists()
    assert not store_of(tmp_path / "backup.db").exists()


def test_files_are_copied_where_there_are_no_hard_links(with_letter, tmp_path, monkeypatch):
    """As on a USB stick: FAT knows no second name for a file."""
    monkeypatch.setattr("os.link", refuse_to_link)
    target = tmp_path / "backup.db"
    with with_letter.reading() as ledger:
        back_up(ledger, target)
    (name,) = kept_files(target)
    copy = store_of(target) / name
    assert copy.stat().st_ino != (store_of(with_letter.path) / name).stat().st_ino
    assert mode(copy) == 0o600
    assert store_faults(Office(target)) == []


def refuse_to_link(*_):
    raise PermissionError(1, "no hard links")


def test_what_was_attached_later_was_not_known_before(with_letter, tmp_path):
    from datetime import timedelta

    from conftest import NOW

    later = tmp_path / "后来.txt"
    later.write_text("后来的内容", encoding="utf-8")
    kept = keep(with_letter.path, later)
    with with_letter.desk(now=NOW + timedelta(hours=1)) as desk:
        desk.step(AttachFile(number=ONE, on=TODAY, name=later.name, **asdict(kept)))
    with with_letter.reading() as ledger:
        with known_at(ledger, NOW):
            assert len(attachments.listed(ledger.connection)) == 1
        assert len(attachments.listed(ledger.connection)) == 2
