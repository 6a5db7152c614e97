"""A backup's attachments are its own: what happens to the originals does not reach them."""

from __future__ import annotations

from conftest import TODAY, Office

from xfctl.ledger.attachments import store_of
from xfctl.ledger.backup import back_up
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.verify import require_sound


def test_a_backup_shares_no_bytes_with_the_store_it_was_made_from(busy_office: Office) -> None:
    target = busy_office.path.with_name("备份.db")
    with busy_office.reading() as ledger:
        back_up(ledger, target)
    for original in store_of(busy_office.path).iterdir():
        original.write_bytes(f"改写于 {TODAY}".encode())
    with open_ledger(target) as backup:
        require_sound(backup)
