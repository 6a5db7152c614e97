"""The rows of a unit."""

from __future__ import annotations

from xfctl.domain.unit import UnitRecord
from xfctl.ledger.chain import canonical_json
from xfctl.ledger.rows.shape import Row, Rows, iso_or_none


def unit_rows(record: UnitRecord) -> Rows:
    """A unit and whoever holds or held its posts; appointments struck out are left out."""
    unit = record.unit
    row: Row = {
        "code": unit.code,
        "present_code": unit.present_code,
        "name": unit.name,
        "kind": unit.kind,
        "applies": unit.applies.value,
        "parent": unit.parent,
        "former_names": canonical_json(unit.former_names),
        "former_codes": canonical_json(unit.former_codes),
        "renames": canonical_json([[each.on.isoformat(), each.before] for each in unit.renames]),
        "headcount": unit.headcount,
        "added_on": unit.added_on.isoformat(),
        "merged_on": iso_or_none(unit.merged_on),
        "merged_into": unit.merged_into,
    }
    posts: list[Row] = [
        {
            "unit": unit.code,
            "number": each.number,
            "post": each.post.value,
            "name": each.name,
            "area": each.area,
            "since": each.since.isoformat(),
            "until": iso_or_none(each.until),
        }
        for each in record.posts
        if not each.struck
    ]
    return {"unit": [row], "appointment": posts}
