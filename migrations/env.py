"""Alembic's environment: xfctl hands over an open connection, nothing is read from an ini file."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
