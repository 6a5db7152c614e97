"""Under which rules a ledger is judged: those it adopted when it was begun, else the shipped ones."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache

from xfctl.errors import IntegrityError
from xfctl.regulation.source import SHIPPED, RuleFiles, of_texts

# Among the few events of the ledger's own stream, through the index by stream.
_ADOPTED = """
    SELECT payload FROM event WHERE stream = 'ledger' AND kind = 'ledger.rules_adopted'
    ORDER BY seq DESC LIMIT 1
"""


def rules_in(connection: sqlite3.Connection) -> RuleFiles:
    """The rules of a ledger. Raises IntegrityError if what it adopted cannot be read."""
    found = connection.execute(_ADOPTED).fetchone()
    return _rules(found[0]) if found else SHIPPED


@lru_cache(maxsize=8)
def _rules(payload: str) -> RuleFiles:
    try:
        return of_texts({each["path"]: each["text"] for each in json.loads(payload)["files"]})
    except (ValueError, TypeError, LookupError) as error:
        raise IntegrityError(
            "账本里采用的规则无法读取；请运行 xfctl verify，必要时从备份恢复。"
        ) from error
