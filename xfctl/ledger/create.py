"""Beginning a ledger: complete under a temporary name first, then under its own."""

from __future__ import annotations

import uuid
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import xfctl
from xfctl.domain import office
from xfctl.domain.event import Dated
from xfctl.domain.office import SealedBy
from xfctl.errors import InputRefusedError
from xfctl.ledger import files, journal
from xfctl.ledger.connection import connect, transaction, translated
from xfctl.ledger.key_source import KeySource
from xfctl.ledger.migrate import migrate
from xfctl.ledger.writer import Writer


def create_ledger(
    path: Path,
    *,
    actor: str,
    now: datetime,
    today: date,
    rules: office.RulesAdopted | None = None,
    seal: tuple[KeySource, SealedBy] | None = None,
) -> str:
    """Make a new ledger at ``path``, judged under ``rules`` or else under those shipped.

    Its identities are sealed by a key or passphrase if wanted. Returns the ledger's random name.

    Raises InputRefusedError if something is there already.
    """
    if path.exists():
        raise InputRefusedError(f"「{path}」已经存在，没有覆盖；请换一个路径，或直接使用这个账本。")
    with files.new_file(path) as temporary, translated(path):
        with closing(connect(temporary, mode="rw")) as connection:
            migrate(connection)
            with transaction(connection):
                writer = Writer(connection, actor, now)
                created = office.LedgerCreated(
                    ledger_id=uuid.uuid4().hex, program=f"xfctl {xfctl.__version__}"
                )
                facts = [created, rules] if rules else [created]
                writer.record(office.STREAM, [Dated(today, each) for each in facts])
                writer.flush()
                if seal is not None:
                    writer.identities.seal(*seal)
            journal.choose_journal(connection, path)
        files.publish(temporary, path)
    return created.ledger_id
