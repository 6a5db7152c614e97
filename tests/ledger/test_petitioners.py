"""Who is the same petitioner: by phone or identity-card number; by name only where that is all.

Every test runs on a plain ledger and on ledgers sealed by a key file and by a passphrase.
"""

from __future__ import annotations

from datetime import date

import pytest
from conftest import REGISTERED_ON, TODAY, entry, sealed
from raw_ledger import contents

from xfctl.domain.identity import Identity
from xfctl.domain.office import SealedBy
from xfctl.errors import RuleRefusedError
from xfctl.ledger import custody
from xfctl.ledger.identities import Identities
from xfctl.ledger.petitioners import earlier_matters

NAME, PHONE, CARD = "虚构人甲", "000-0000-0001", "虚构证号一"
OTHER_NAME, OTHER_PHONE, OTHER_CARD = "虚构人乙", "000-0000-0002", "虚构证号二"
KNOWN = Identity(NAME, PHONE, CARD, "虚构路一号")

# Who asks, and whether the matter of 虚构人甲 is a candidate.
CANDIDATES = [
    ("the same phone", Identity(phone=PHONE), True),
    ("the same card number", Identity(id_number=CARD), True),
    ("the same phone, another name", Identity(name=OTHER_NAME, phone=PHONE), True),
    ("the same phone, another card", Identity(phone=PHONE, id_number=OTHER_CARD), True),
    ("the same card, another phone", Identity(phone=OTHER_PHONE, id_number=CARD), True),
    ("the name alone", Identity(name=NAME), True),
    ("the name and an address", Identity(name=NAME, address="虚构路九号"), True),
    ("the name, another phone", Identity(name=NAME, phone=OTHER_PHONE), False),
    ("the name, another card", Identity(name=NAME, id_number=OTHER_CARD), False),
    ("another name alone", Identity(name=OTHER_NAME), False),
    ("the same address alone", Identity(address="虚构路一号"), False),
    ("another person", Identity(OTHER_NAME, OTHER_PHONE, OTHER_CARD, "虚构路二号"), False),
    ("nobody", Identity(), False),
    ("a part of the name", Identity(name="虚构人"), False),
    ("a part of the phone", Identity(phone="0001"), False),
    ("what SQL would take for anything", Identity(name="%"), False),
]


@pytest.fixture(params=[None, *SealedBy], ids=str)
def office(request, office, tmp_path):
    if request.param:
        return sealed(office, tmp_path, request.param)
    return office


def identities_of(ledger):
    return Identities(ledger.connection, ledger.key)


@pytest.mark.parametrize(
    ("who", "found"), [each[1:] for each in CANDIDATES], ids=[each[0] for each in CANDIDATES]
)
def test_whose_earlier_matters_are_shown(office, who, found):
    office.register("XF2026-0001", identity=KNOWN)
    office.register("XF2026-0002")
    with office.reading() as ledger:
        numbers = [each.number for each in earlier_matters(identities_of(ledger), who)]
    assert numbers == (["XF2026-0001"] if found else [])


def test_a_name_does_not_tell_when_the_earlier_one_alone_had_a_phone(office):
    office.register("XF2026-0001", identity=Identity(name=NAME))
    with office.reading() as ledger:
        assert earlier_matters(identities_of(ledger), Identity(name=NAME, phone=PHONE)) == []
        assert earlier_matters(identities_of(ledger), Identity(name=NAME))


def test_earlier_matters_come_newest_first_with_what_an_officer_needs(office):
    office.register("XF2025-0007", on=date(2025, 6, 2), identity=KNOWN, category="虚构类别")
    office.register("XF2026-0001", on=REGISTERED_ON, identity=KNOWN, summary="虚构热水")
    with office.reading() as ledger:
        new, old = earlier_matters(identities_of(ledger), Identity(phone=PHONE))
    assert (new.number, new.registered_on, new.summary) == (
        "XF2026-0001",
        REGISTERED_ON,
        "虚构热水",
    )
    assert (old.number, old.category, old.stage) == ("XF2025-0007", "虚构类别", "registered")


def test_each_matter_keeps_an_identity_of_its_own(office):
    """Two matters of one person: correcting or erasing one identity leaves the other."""
    for number in ("XF2026-0001", "XF2026-0002"):
        office.register(number, identity=KNOWN)
    tables = contents(office.path)
    assert len(tables["identity"] + tables["sealed_identity"]) == 2


def test_an_erased_identity_leaves_a_matter_of_nobody(office):
    office.register("XF2026-0001", identity=KNOWN)
    with office.writer() as writer:
        custody.erase(writer, "XF2026-0001", "虚构理由", TODAY)
    with office.reading() as ledger:
        assert earlier_matters(identities_of(ledger), KNOWN) == []
    head = office.head()
    with pytest.raises(RuleRefusedError, match="已于 2026-03-20 删除"), office.desk() as desk:
        desk.reveal("XF2026-0001", "虚构理由")
    with office.desk() as desk:
        assert desk.masked("XF2026-0001") == [Identity(name="（已于 2026-03-20 删除）")]
    with office.writer() as writer:
        custody.erase(writer, "XF2026-0001", "再次", TODAY)
    assert office.head() == head, "neither the refusal nor a second erasing is an event"


def test_what_anyone_may_see_is_which_parts_are_known(office):
    office.register("XF2026-0001", identity=Identity(name=NAME, address="虚构路一号"))
    with office.desk() as desk:
        (shown,) = desk.masked("XF2026-0001")
    assert shown == Identity(name="（已登记）", address="（已登记）")


def test_everyone_who_signed_is_revealed_in_order(office):
    signers = [Identity(name=OTHER_NAME, phone=OTHER_PHONE), Identity(name="虚构人丙")]
    with office.desk() as desk:
        desk.register(REGISTERED_ON, entry("XF2026-0001", joint=True), KNOWN, signatories=signers)
    with office.desk() as desk:
        assert desk.reveal("XF2026-0001", "虚构理由") == [KNOWN, *signers]
    tables = contents(office.path)
    del tables["identity"]
    assert OTHER_NAME not in repr(tables)
    assert NAME not in repr(tables)


def test_a_matter_of_nobody_reveals_nobody(office):
    office.register("XF2026-0001")
    with office.desk(today=TODAY) as desk:
        assert desk.reveal("XF2026-0001", "虚构理由") == []


def test_an_unknown_token_is_an_empty_identity(office):
    with office.reading() as ledger:
        assert identities_of(ledger).revealed(["没有"]) == {}
        assert identities_of(ledger).masked(["没有"]) == [Identity()]
