"""What the letters have in common: one transaction in which the file and its event come about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from xfctl.cli.session import Session, say, session_of
from xfctl.domain.classification import LetterKind
from xfctl.domain.event import Dated
from xfctl.domain.letters import Letter, Office, Wanted
from xfctl.errors import InputRefusedError

if TYPE_CHECKING:
    from xfctl.app import Desk
    from xfctl.domain.case import Case
    from xfctl.domain.event import Stored
    from xfctl.domain.identity import Identity
    from xfctl.domain.world import World
    from xfctl.ledger.load import Kind

_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|]')


def templates_folder(session: Session) -> Path:
    """Where the office keeps templates of its own: beside the ledger."""
    return session.path.parent / "letters"


@dataclass
class Making:
    """One letter on its way: what was asked for, and whether its file is there yet."""

    ctx: typer.Context
    kind: LetterKind
    number: str
    document: str | None
    content: str | None
    on: date | None
    output: Path | None
    _written: bool = field(default=False, init=False)

    @property
    def path(self) -> Path:
        """The file: as named, else after the kind and the number, never after a person."""
        plain = _NOT_IN_NAMES.sub("_", self.number)
        return self.output or Path(f"{self.kind.value}-{plain}.docx")

    @property
    def wanted(self) -> Wanted:
        """What the rules are told. Raises InputRefusedError if the office has no name yet."""
        session = session_of(self.ctx)
        settings = session.settings
        name = settings.text("office.name")
        if name is None:
            raise InputRefusedError(
                "没有设置单位名称，文书无法落款；请先用 xfctl config set office.name 名称 设置。"
            )
        office = Office(
            name=name,
            letterhead=settings.text("office.letterhead") or name,
            contact=settings.text("office.contact") or "",
            phone=settings.text("office.phone") or "",
        )
        on = self.on or session.today
        return Wanted(on=on, office=office, document=self.document, content=self.content)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk; if what happens at it is not stored, the file does not stay either."""
        try:
            with session_of(self.ctx).desk() as desk:
                yield desk
        except BaseException:
            if self._written:
                self.path.unlink(missing_ok=True)
            raise

    def write(self, letter: Letter) -> tuple[bytes, str]:
        """Fill in the template and write the file; returns its bytes and their SHA-256."""
        from xfctl.output.files import write_new
        from xfctl.output.letter_file import fill_in, template_bytes

        name, template = template_bytes(self.kind.value, templates_folder(session_of(self.ctx)))
        data = fill_in(name, template, letter.fields)
        write_new(self.path, data)
        self._written = True
        return data, hashlib.sha256(data).hexdigest()

    def send(self, desk: Desk, of: Kind[Any], letter: Letter, fact: Callable[..., Stored]) -> None:
        """Write the file, and record with its subject, ``of`` a kind, that it was made out."""
        data, sha256 = self.write(letter)
        sent = letter.sent(fact, sha256, len(data))
        desk.record(of.stream(self.number), [Dated(letter.on, sent)])

    def tell(self) -> None:
        """Say where the letter is."""
        say(f"已写成{self.kind.label}「{self.path}」，并记入账本。")


def letter_to_petitioner(
    making: Making,
    reveal: str | None,
    rule: Callable[[Case, Sequence[Identity], Wanted, World], Letter],
) -> None:
    """A letter to the petitioner, without a name unless a reason to see it is given."""
    from xfctl.domain.case_facts import LetterSent
    from xfctl.ledger.load import CASES

    number = making.number
    with making.desk() as desk:
        case = desk.case(number)
        who = [] if reveal is None else desk.reveal(number, reveal)
        letter = rule(case, who, making.wanted, desk.world)
        making.send(desk, CASES, letter, LetterSent)
    making.tell()
