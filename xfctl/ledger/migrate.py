"""Creating and upgrading the schema with Alembic; the only module that imports it.

A ledger is never migrated in place: the schema is built in a new file beside it, which takes the
ledger's name only when it is complete and checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import xfctl
from xfctl.ledger.connection import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy.engine import Engine


def migrations_folder() -> Path:
    """Where the migrations are: inside an installed package, beside it in a checkout."""
    package = Path(xfctl.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def migrate(
    connection: sqlite3.Connection, *, folder: Path | None = None, version: int = SCHEMA_VERSION
) -> None:
    """Bring the database behind the connection to the newest schema and stamp its header.

    ``folder`` and ``version`` are those of another set of migrations, for ledgers of other times.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    config = Config()
    config.set_main_option("script_location", str(folder or migrations_folder()))
    engine = _engine(connection)
    try:
        with engine.connect() as alchemy:
            config.attributes["connection"] = alchemy
            command.upgrade(config, "head")
            alchemy.commit()
    except DBAPIError as error:
        # SQLite's own error is what the rest of the program knows how to speak of.
        raise (error.orig or error) from error
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def _engine(connection: sqlite3.Connection) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
