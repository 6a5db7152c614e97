"""The event chain as JSON Lines: one stored event a line, so that anyone can check the hashes."""

from __future__ import annotations

import json

from xfctl.ledger.chain import StoredEvent
from xfctl.output.json_text import escaped


def event_line(event: StoredEvent) -> str:
    """The event's nine columns exactly as stored; ``payload`` stays the text that is hashed."""
    return escaped(json.dumps(event._asdict(), ensure_ascii=False)) + "\n"
