"""The rows of a unit."""

from __future__ import annotations

from xfctl.domain.unit import Unit
from xfctl.ledger.chain import canonical_json
from xfctl.ledger.rows.shape import Row, Rows


def unit_rows(unit: Unit) -> Rows:
    """The row of one unit."""
    entry = unit.entry
    row: Row = {
        "code": entry.code,
        "name": entry.name,
        "kind": entry.kind,
        "applies": entry.applies.value,
        "former_names": canonical_json(entry.former_names),
        "headcount": entry.headcount,
        "added_on": unit.added_on.isoformat(),
    }
    return {"unit": [row]}
