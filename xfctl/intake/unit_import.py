"""Take a list of units into the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from xfctl.app import Context, Desk, at_desk
from xfctl.domain import unit_rules
from xfctl.domain.unit import Applies, Unit, UnitAdded, UnitChanged
from xfctl.errors import InputRefusedError
from xfctl.intake import cells
from xfctl.intake.fields import Field
from xfctl.intake.plain_table import CellFaultError, TableRow, take_rows
from xfctl.ledger.connection import Ledger

UNIT_FIELDS = (
    Field("code", "单位编号", ("编号", "代码", "单位代码", "编码", "单位编码")),
    Field("name", "单位名称", ("名称", "单位", "单位全称")),
    Field("kind", "类别", ("单位类别", "性质", "单位性质")),
    Field("applies", "适用", ("适用情况", "适用方式")),
    Field("parent", "上级单位", ("隶属", "隶属单位", "主管单位")),
    Field("former_names", "曾用名", ("原名", "曾用名称")),
    Field("headcount", "教职工人数", ("人数", "职工人数", "教职工数")),
)
UNIT_REQUIRED = ("code", "name")

_SEPARATORS = re.compile(r"[、,，;；/]")


@dataclass(frozen=True)
class UnitsImported:
    """What an import of units did: rows read and units added; the others were known."""

    rows: int
    added: int


def import_units(
    ledger: Ledger, path: Path, context: Context, mapping: Mapping[str, str] = MappingProxyType({})
) -> UnitsImported:
    """Add the units of a CSV or xlsx file that the ledger does not hold yet.

    A unit may stand above the one it belongs to (上级单位). Raises FaultyFileError with every
    fault, nothing stored, also where a unit is known under the same code with other particulars.
    """
    with at_desk(ledger, context) as desk:
        before = len(desk.units)
        rows = take_rows(
            path,
            mapping,
            UNIT_FIELDS,
            UNIT_REQUIRED,
            lambda row: _take(row, desk, context),
            lambda row: _place(row, desk, context),
        )
        return UnitsImported(rows, len(desk.units) - before)


def _take(row: TableRow, desk: Desk, context: Context) -> None:
    entry = UnitAdded(
        code=row.need("code"),
        name=row.need("name"),
        kind=row.texts.get("kind") or None,
        applies=row.get("applies", cells.member(Applies)) or Applies.APPLIES,
        former_names=tuple(
            filter(None, map(str.strip, _SEPARATORS.split(row.texts.get("former_names", ""))))
        ),
        headcount=row.get("headcount", cells.persons),
    )
    known = desk.units.holder(entry.code)
    if known is None or not _says_the_same(known, entry):
        desk.add_unit(entry, context.today)


def _says_the_same(known: Unit, entry: UnitAdded) -> bool:
    return (known.name, known.kind, known.applies, known.former_names, known.headcount) == (
        *(entry.name, entry.kind, entry.applies, entry.former_names, entry.headcount),
    )


def _place(row: TableRow, desk: Desk, context: Context) -> None:
    """Put a unit below the one it belongs to, where the file tells and the ledger does not."""
    text = row.texts.get("parent")
    if not text:
        return
    try:
        parent = desk.units.find(text)
    except InputRefusedError as error:
        raise CellFaultError("parent", str(error).removesuffix("。")) from error
    unit = desk.units.find(row.need("code"))
    if unit.parent == parent.code:
        return
    if unit.parent is not None:
        held = desk.units.by_code(unit.parent).name
        raise CellFaultError("parent", f"账本中的上级单位是{held}")
    change = UnitChanged(parent=parent.code)
    desk.on_unit(
        unit.code,
        lambda record, world: unit_rules.change(record, change, context.today, desk.units, world),
    )
