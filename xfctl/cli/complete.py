"""Shell completion of case numbers and units; silent when there is no ledger to look in."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xfctl.cli.session import default_path
from xfctl.errors import XfctlError
from xfctl.ledger import case_lists, queries
from xfctl.ledger.connection import Ledger, open_ledger

if TYPE_CHECKING:
    import typer

_MOST = 100


def numbers(ctx: typer.Context, tables: Sequence[str], incomplete: str) -> list[str]:
    """Numbers of matters, supervisions, … that begin with what was typed."""
    try:
        with _ledger(ctx) as ledger:
            return [
                number
                for table in tables
                for number in case_lists.numbers(ledger.connection, table, incomplete, _MOST)
            ]
    except (XfctlError, sqlite3.Error):
        return []


def units(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The code or the name of each unit, whichever begins with what was typed."""
    try:
        with _ledger(ctx) as ledger:
            known = queries.units(ledger.connection)
    except (XfctlError, sqlite3.Error):
        return []
    by_code = [
        (unit.present_code, unit.name) for unit in known if unit.present_code.startswith(incomplete)
    ]
    by_name = [(unit.name, unit.present_code) for unit in known if unit.name.startswith(incomplete)]
    return by_code + (by_name if incomplete else [])


def _ledger(ctx: typer.Context) -> Ledger:
    """The ledger named on the line being completed; callbacks do not run while completing."""
    named = ctx.find_root().params.get("ledger") or os.environ.get("XFCTL_LEDGER")
    return open_ledger(Path(named) if named else default_path())
