"""What every command shares: where the ledger is, what day it is, who acts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from xfctl.errors import InputRefusedError, IntegrityError, XfctlError
from xfctl.time_zone import SHANGHAI

if TYPE_CHECKING:
    import sqlite3

    from xfctl.app import Context, Desk
    from xfctl.intake.settings import Settings
    from xfctl.ledger.connection import Ledger
    from xfctl.ledger.key_source import KeySource
    from xfctl.ledger.writer import Writer
    from xfctl.regulation.source import RuleFiles
    from xfctl.workdays.calendar import Calendar


@dataclass(frozen=True)
class Session:
    """The global options of one run; ``explicit`` tells whether a ledger was named."""

    path: Path
    explicit: bool
    today: date
    now: datetime
    named_actor: str | None
    known_at: datetime | None = None
    named_key: Path | None = None

    @property
    def key(self) -> KeySource:
        """Where the key of sealed identities is: as named, else in the user's configuration."""
        from xfctl.cli.ask import passphrase
        from xfctl.ledger.key_source import KeySource

        return KeySource(self.named_key, keys_folder, passphrase)

    @property
    def actor(self) -> str:
        """Who acts: as named, as configured, or the login name; asked only when someone acts."""
        return self.named_actor or self.settings.text("actor") or _user()

    @property
    def config_path(self) -> Path:
        """The configuration file: in the user's configuration directory unless named."""
        if named := os.environ.get("XFCTL_CONFIG"):
            return Path(named)
        from platformdirs import user_config_path

        return user_config_path("xfctl") / "config.toml"

    @cached_property
    def settings(self) -> Settings:
        """What the configuration file says, read when first asked for."""
        from xfctl.intake.settings import read_settings

        return read_settings(self.config_path)

    def settings_text(self) -> str:
        """The configuration file as text, to be changed; one with a fault is refused instead."""
        from xfctl.intake.settings import read_settings, settings_text

        read_settings(self.config_path)
        return settings_text(self.config_path)

    def context(self) -> Context:
        """Who acts and when, for the rules."""
        from xfctl.app import Context

        return Context(self.today, self.now, self.actor)

    @cached_property
    def rules(self) -> RuleFiles:
        """The rules under which words are read: the ledger's, or the shipped ones if there is none."""
        from xfctl.errors import XfctlError
        from xfctl.ledger.adopted import rules_in
        from xfctl.regulation.source import SHIPPED

        try:
            with self.open() as ledger:
                return rules_in(ledger.connection)
        except XfctlError:
            # Whatever is wrong with the ledger is told when the command itself opens it.
            return SHIPPED

    @contextmanager
    def open(self, *, writable: bool = False) -> Iterator[Ledger]:
        """The ledger, open. Raises LedgerUnavailableError or IntegrityError."""
        if writable:
            self.refuse_as_known_at()
        from xfctl.ledger.connection import open_ledger

        with _damage_told(self.path), open_ledger(self.path, writable=writable) as ledger:
            if writable:
                ledger.key = self.key
            yield ledger

    def refuse_as_known_at(self) -> None:
        """Refuse what is not a question when the ledger of an earlier moment is asked."""
        if self.known_at is not None:
            raise InputRefusedError(
                "--as-known-at 只用于查看过去的内容，不能写入、备份或核验账本；请去掉这个选项。"
            )

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """The ledger for reading, as it was known at the moment asked about."""
        with self.open() as ledger:
            if self.known_at is None:
                yield ledger
                return
            from xfctl.ledger.known_at import known_at

            with known_at(ledger, self.known_at):
                yield ledger

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk for one write transaction."""
        from xfctl.app import at_desk

        with self.open(writable=True) as ledger, at_desk(ledger, self.context()) as desk:
            yield desk

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A write transaction without a desk, for what no rule decides."""
        from xfctl.ledger.writer import writing

        with self.open(writable=True) as ledger, writing(ledger, self.actor, self.now) as writer:
            yield writer


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """An error that nobody foresaw, over a ledger that does not verify, is told as its damage."""
    try:
        yield
    except (XfctlError, typer.Exit, typer.Abort):
        raise
    except Exception as error:
        from xfctl.ledger.connection import open_ledger
        from xfctl.ledger.verify import verify

        with open_ledger(path) as ledger:
            failed = [check for check in verify(ledger) if not check.holds]
        if not failed:
            raise
        raise IntegrityError(
            f"账本「{path}」已损坏（{failed[0].name}——{failed[0].found}），"
            "这条命令没有做完；请停止写入，先运行 xfctl verify 查看。"
        ) from error


def session_of(ctx: typer.Context) -> Session:
    """The session of the running command."""
    session = ctx.find_object(Session)
    assert session is not None
    return session


def new_session(
    path: Path | None,
    today: date | None,
    actor: str | None,
    known_at: datetime | None,
    key: Path | None,
) -> Session:
    """A session from the global options, with today's date in Shanghai unless given."""
    now = datetime.now(UTC)
    return Session(
        path=path or default_path(),
        explicit=path is not None,
        today=today or now.astimezone(SHANGHAI).date(),
        now=now,
        named_actor=_checked(actor) if actor else None,
        known_at=known_at,
        named_key=key,
    )


def default_path() -> Path:
    """The ledger in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("xfctl") / "ledger.db"


def keys_folder() -> Path:
    """The folder of key files: in the user's configuration directory, not with the ledgers."""
    from platformdirs import user_config_path

    return user_config_path("xfctl") / "keys"


def calendar_of(ledger: Ledger) -> Calendar:
    """The calendar with what the ledger's office recorded."""
    from xfctl.ledger.queries import office_days
    from xfctl.workdays.calendar import Calendar

    return Calendar(office_days(ledger.connection))


def day(ctx: typer.Context, on: date | None) -> date:
    """The day a step happened: as given, else today."""
    return on or session_of(ctx).today


def unit_code(connection: sqlite3.Connection, unit: str | None) -> str | None:
    """The code of a unit named by code, name or former name; None where none was named.

    Raises InputRefusedError for a unit there is not, as for an empty word.
    """
    if unit is None:
        return None
    from xfctl.ledger.queries import unit_named

    return unit_named(connection, unit).code


def say(message: str) -> None:
    """A message for the person at the keyboard: standard error, never data."""
    from xfctl.output.visible import visible

    sys.stderr.write(visible(message, keep="\n") + "\n")


def _checked(actor: str) -> str:
    from xfctl.domain.wording import LONGEST_NAME, check_text

    return check_text(actor, "操作人", LONGEST_NAME)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
