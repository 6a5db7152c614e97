"""Identities at rest: nothing readable without the key, nothing left after erasing."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from conftest import TODAY, Office, sealed
from msgspec.structs import replace
from raw_ledger import assert_one_sentence, contents, held_by_another, plain
from test_released import AT, RELEASED, laid_down

from xfctl.domain.identity import Identity
from xfctl.domain.office import SealedBy
from xfctl.errors import (
    InputRefusedError,
    IntegrityError,
    LedgerUnavailableError,
    RuleRefusedError,
)
from xfctl.ledger import custody, erasure
from xfctl.ledger.backup import back_up, restore
from xfctl.ledger.identities import Identities
from xfctl.ledger.upgrade import upgrade
from xfctl.ledger.verify import verify

WHO = Identity("示例信访人001", "0000-777001", "00000000000000777001", "乌有路第001号")
ONE, TWO = "XF2026-0001", "XF2026-0002"
LATER = datetime(2026, 3, 21, 1, 30, tzinfo=UTC)


@pytest.fixture(params=SealedBy, ids=str)
def kept(request, office, tmp_path):
    """A sealed ledger with one petitioner in two matters, one of them with a second signatory."""
    office = sealed(office, tmp_path, request.param)
    office.register(ONE, identity=WHO)
    office.register(TWO, identity=WHO)
    return office


@pytest.fixture
def by_file(office, tmp_path):
    office = sealed(office, tmp_path, SealedBy.FILE)
    office.register(ONE, identity=WHO)
    office.register(TWO, identity=WHO)
    return office


def revealed(office, number=ONE):
    with office.desk() as desk:
        return desk.reveal(number, "虚构理由")


def bytes_beside(office):
    """Every byte of every file in the ledger's folder, the key's aside."""
    files = [each for each in office.path.parent.rglob("*") if each.is_file()]
    return b"".join(each.read_bytes() for each in files if each.suffix != ".key")


def readable(data):
    parts = [WHO.name, WHO.phone, WHO.id_number, WHO.address]
    return [part[:3] for part in parts if part.encode() in data]


def test_what_is_sealed_is_read_with_the_key_and_nowhere_without(kept):
    assert revealed(kept) == [WHO]
    assert revealed(kept, TWO) == [WHO]
    assert readable(bytes_beside(kept)) == []
    assert contents(kept.path)["identity"] == []


def test_no_two_rows_are_alike_but_for_their_marks(kept):
    one, two = contents(kept.path)["sealed_identity"]
    assert [a == b for a, b in zip(one, two, strict=True)] == [
        *(False, True, False, False),  # token, known, key, content
        *(True, True, True),  # marks
    ]


def test_the_length_tells_no_name(kept):
    kept.register("XF2026-0003", identity=Identity(name="某"))
    lengths = {len(row[3]) for row in contents(kept.path)["sealed_identity"]}
    assert len(lengths) == 1


def test_marks_of_another_ledger_differ(tmp_path, made_once):
    marks = []
    for name in ("甲", "乙"):
        folder = tmp_path / name
        folder.mkdir()
        office = Office(shutil.copy(made_once / "fresh", folder / "ledger.db"))
        office = sealed(replace(office, path=folder / "ledger.db"), tmp_path, SealedBy.FILE)
        office.register(ONE, identity=WHO)
        (row,) = contents(office.path)["sealed_identity"]
        marks.append(row[4:])
    assert not set(marks[0]) & set(marks[1]), "even under one key file"


@pytest.mark.parametrize("what", ["missing", "another", "none", "nonsense"])
def test_without_the_right_key_nothing_is_shown_or_changed(by_file, tmp_path, what):
    key = by_file.key
    wrong = tmp_path / "别的.key"
    if what == "another":
        replace(key, named=wrong).add(bytes(32), "another ledger")
    if what == "nonsense":
        wrong.write_text("不是密钥", encoding="utf-8")
    other = replace(by_file, key=None if what == "none" else replace(key, named=wrong))
    head, before = by_file.head(), contents(by_file.path)
    for act in (
        lambda writer: writer.identities.revealed([row[0] for row in before["sealed_identity"]]),
        lambda writer: writer.identities.matching(WHO),
        lambda writer: writer.identities.keep(WHO),
        lambda writer: custody.change_key(writer, key, SealedBy.FILE, TODAY),
    ):
        with pytest.raises(LedgerUnavailableError) as refused, other.writer() as writer:
            act(writer)
        assert_one_sentence(refused.value)
        assert WHO.name not in str(refused.value)
    assert (by_file.head(), contents(by_file.path)) == (head, before)
    other.register("XF2026-0003")
    with other.desk() as desk:
        assert desk.masked(ONE) == [WHO.masked()]


def test_changed_bytes_are_noticed(by_file):
    with plain(by_file.path) as connection:
        connection.execute("UPDATE sealed_identity SET content = '00' || substr(content, 3)")
    with pytest.raises(IntegrityError, match="解不开"):
        revealed(by_file)


def test_an_identity_put_in_anothers_place_is_noticed(by_file):
    with plain(by_file.path) as connection:
        one, two = connection.execute("SELECT token FROM sealed_identity").fetchall()
        sql = "UPDATE sealed_identity SET token = ? WHERE token = ?"
        for new, old in (("x", *one), (*one, *two), (*two, "x")):
            connection.execute(sql, (new, old))
    with pytest.raises(IntegrityError, match="解不开"):
        revealed(by_file)


def test_a_changed_key_opens_everything_and_the_old_file_still_opens_old_copies(by_file, tmp_path):
    backup = tmp_path / "以前.db"
    with by_file.reading() as ledger:
        back_up(ledger, backup)
    rows = contents(by_file.path)["sealed_identity"]
    old = by_file.key.keys("任何")
    with by_file.writer() as writer:
        custody.change_key(writer, by_file.key, SealedBy.FILE, TODAY)
    assert contents(by_file.path)["sealed_identity"] == rows, "only the master key is wrapped anew"
    assert by_file.key.keys("任何")[1:] == old
    assert revealed(by_file) == [WHO]
    assert revealed(replace(by_file, path=backup)) == [WHO]
    only_old = tmp_path / "旧.key"
    only_old.write_text(old[0].hex(), encoding="utf-8")
    with pytest.raises(LedgerUnavailableError, match="打不开"):
        revealed(replace(by_file, key=replace(by_file.key, named=only_old)))


def test_from_key_file_to_passphrase_and_back(by_file, tmp_path):
    words = tmp_path / "口令.txt"
    words.write_text("虚构口令二，也足够长的一句\n", encoding="utf-8")
    spoken = replace(by_file.key, named=words)
    with by_file.writer() as writer:
        custody.change_key(writer, spoken, SealedBy.PASSPHRASE, TODAY)
    assert revealed(replace(by_file, key=spoken)) == [WHO]
    words.write_text("另一个口令，也足够长的一句\n", encoding="utf-8")
    with pytest.raises(LedgerUnavailableError, match="口令不对"):
        revealed(replace(by_file, key=spoken))
    words.write_text("虚构口令二，也足够长的一句\n", encoding="utf-8")
    with replace(by_file, key=spoken).writer() as writer:
        custody.change_key(writer, by_file.key, SealedBy.FILE, TODAY)
    assert revealed(by_file) == [WHO]


@pytest.mark.parametrize("words", ["短口令", "\n其余", "# xfctl 密钥，账本 0"])
def test_what_is_no_passphrase_is_refused(by_file, tmp_path, words):
    path = tmp_path / "口令.txt"
    path.write_text(words, encoding="utf-8")
    spoken = replace(by_file.key, named=path)
    with (
        pytest.raises((InputRefusedError, LedgerUnavailableError)) as refused,
        by_file.writer() as writer,
    ):
        custody.change_key(writer, spoken, SealedBy.PASSPHRASE, TODAY)
    assert_one_sentence(refused.value)
    assert revealed(by_file) == [WHO]


def test_sealing_twice_is_refused(by_file):
    with pytest.raises(RuleRefusedError, match="key change"), by_file.writer() as writer:
        custody.seal(writer, by_file.key, SealedBy.FILE, TODAY)


def test_a_plain_ledger_is_sealed_without_a_trace(office, tmp_path):
    office.register(ONE, identity=WHO)
    assert len(readable(bytes_beside(office))) == 4
    office = sealed(office, tmp_path, SealedBy.FILE)
    erasure.scrub(office.path)
    assert readable(bytes_beside(office)) == []
    assert revealed(office) == [WHO]
    with office.reading() as ledger:
        assert all(check.holds for check in verify(ledger))


@pytest.mark.parametrize("script", RELEASED, ids=lambda script: script.stem)
def test_a_released_ledger_stays_plain_until_it_is_sealed(script, tmp_path):
    office = Office(laid_down(script, tmp_path / "ledger.db"))
    upgrade(office.path, AT)
    rows = contents(office.path)["identity"]
    before = {token: Identity(*fields) for token, *fields in rows}
    with office.reading() as ledger:
        assert Identities(ledger.connection).revealed(before) == before != {}
    office = sealed(office, tmp_path, SealedBy.FILE)
    with office.reading() as ledger:
        assert Identities(ledger.connection, office.key).revealed(before) == before
        assert all(check.holds for check in verify(ledger))
    assert contents(office.path)["identity"] == []


# Erasing


def erase(office, number=ONE):
    """As the command does it: in the ledger, its pages, its copies."""
    with office.writer() as writer:
        tokens = custody.erase(writer, number, "虚构理由", TODAY)
    erasure.scrub(office.path)
    with office.reading() as ledger:
        ledger_id = Identities(ledger.connection).ledger_id
    return erasure.erase_in_copies(office.path, ledger_id, dict.fromkeys(tokens, f"{TODAY}"))


def row_of(office, number=ONE):
    with office.desk() as desk:
        token = desk.case(number).entry.petitioner
    return next(row for row in contents(office.path)["sealed_identity"] if row[0] == token)


@pytest.fixture
def with_copies(by_file):
    """The sealed ledger with a backup, a former file beside it, and what is no copy of it."""
    folder = by_file.path.parent / "backups"
    folder.mkdir()
    with by_file.reading() as ledger:
        back_up(ledger, folder / "ledger-1.db")
        back_up(ledger, by_file.path.with_name("ledger.db.replaced-20260101-000000"))
    (folder / "说明.txt").write_text("不是账本", encoding="utf-8")
    return by_file


def test_erased_is_gone_from_every_byte_of_ledger_and_copies(with_copies):
    _, _, key, content, *_ = row_of(with_copies)
    other = row_of(with_copies, TWO)
    assert key.encode() in bytes_beside(with_copies)
    found = erase(with_copies)
    assert [each.name for each in found] == ["ledger-1.db", "ledger.db.replaced-20260101-000000"]
    left = bytes_beside(with_copies)
    assert [part for part in (key, content) if part.encode() in left] == []
    assert other[2].encode() in left, "the other matter keeps its own identity"
    assert revealed(with_copies, TWO) == [WHO]
    for copy in found:
        with replace(with_copies, path=copy).reading() as ledger:
            assert all(check.holds for check in verify(ledger))


def test_a_name_that_reads_as_a_pattern_finds_its_copies_too(with_copies):
    folder = with_copies.path.parent
    odd = replace(with_copies, path=folder / "台账[2026].db")
    with_copies.path.rename(odd.path)
    kept = folder / "台账[2026].db.replaced-20260101-000000"
    (folder / "ledger.db.replaced-20260101-000000").rename(kept)
    assert kept in erase(odd)


def test_a_plain_identity_is_gone_from_every_byte_too(office):
    office.register(ONE, identity=WHO)
    (office.path.parent / "backups").mkdir()
    with office.reading() as ledger:
        back_up(ledger, office.path.parent / "backups" / "ledger-1.db")
    erase(office)
    assert readable(bytes_beside(office)) == []


def test_copies_of_older_schemas_lose_it_as_well(tmp_path):
    office = Office(laid_down(RELEASED[0], tmp_path / "ledger.db"))
    upgrade(office.path, AT)
    ((token, name, *_),) = contents(office.path)["identity"][:1]
    with office.reading() as ledger:
        ledger_id = Identities(ledger.connection).ledger_id
    (copy,) = erasure.erase_in_copies(office.path, ledger_id, {token: f"{TODAY}"})
    assert "replaced" in copy.name
    assert name.encode() not in copy.read_bytes()


def test_a_copy_of_another_ledger_is_left_alone(with_copies, made_once):
    other = with_copies.path.parent / "backups" / "别的.db"
    shutil.copy(made_once / "busy", other)
    before = other.read_bytes()
    erase(with_copies)
    assert other.read_bytes() == before


def test_restoring_brings_no_erased_identity_back(with_copies, tmp_path):
    elsewhere = tmp_path / "别处" / "ledger.db"
    elsewhere.parent.mkdir()
    shutil.copy(with_copies.path.parent / "backups" / "ledger-1.db", elsewhere)
    erase(with_copies)
    restore(elsewhere, with_copies.path, LATER)
    with with_copies.desk() as desk:
        assert desk.masked(ONE) == [Identity(name=f"（已于 {TODAY} 删除）")]
    with pytest.raises(RuleRefusedError, match="删除"):
        revealed(with_copies)
    assert revealed(with_copies, TWO) == [WHO]


def test_a_ledger_that_cannot_be_asked_what_was_erased_is_not_taken_for_one_that_knows_of_none(
    with_copies, tmp_path, monkeypatch
):
    backup = shutil.copy(with_copies.path.parent / "backups" / "ledger-1.db", tmp_path / "b.db")
    erase(with_copies)
    monkeypatch.setattr("xfctl.ledger.connection.BUSY_SECONDS", 0)
    with (
        held_by_another(with_copies.path, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE"),
        pytest.raises(LedgerUnavailableError),
    ):
        erasure.carry_over(with_copies.path, backup)


def test_restoring_another_ledger_knows_nothing_of_it(with_copies, tmp_path, made_once):
    erase(with_copies)
    restore(made_once / "busy", with_copies.path, LATER)
    assert contents(with_copies.path)["erased_identity"] == []


def test_while_another_has_the_ledger_open_the_officer_is_told_to_repeat_it(by_file):
    with by_file.writer() as writer:
        custody.erase(writer, ONE, "虚构理由", TODAY)
    with (
        held_by_another(by_file.path, "BEGIN", "SELECT * FROM seal"),
        pytest.raises(LedgerUnavailableError, match="再执行一次"),
    ):
        erasure.scrub(by_file.path)
    key = row_of(by_file, TWO)[2]
    erase(by_file)
    assert key.encode() in bytes_beside(by_file)


def test_a_copy_that_cannot_be_written_is_named(with_copies, monkeypatch):
    """Permissions do not stop root, so SQLite is told what a read-only medium would tell it."""
    backup = with_copies.path.parent / "backups" / "ledger-1.db"
    with plain(backup) as holder:
        holder.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("xfctl.ledger.connection.BUSY_SECONDS", 0)
        with pytest.raises(LedgerUnavailableError, match=r"ledger-1\.db"):
            erase(with_copies)
