"""Take a list of units into the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from xfctl.app import Context, at_desk
from xfctl.domain.unit import Applies, UnitAdded
from xfctl.errors import Fault, FaultyFileError, XfctlError
from xfctl.intake import cells
from xfctl.intake.columns import Header, find_header
from xfctl.intake.fields import Field
from xfctl.intake.sheet import Record, read_sheet
from xfctl.ledger.connection import Ledger

UNIT_FIELDS = (
    Field("code", "单位编号", ("编号", "代码", "单位代码", "编码", "单位编码")),
    Field("name", "单位名称", ("名称", "单位", "单位全称")),
    Field("kind", "类别", ("单位类别", "性质", "单位性质")),
    Field("applies", "适用", ("适用情况", "适用方式")),
    Field("former_names", "曾用名", ("原名", "曾用名称")),
    Field("headcount", "教职工人数", ("人数", "职工人数", "教职工数")),
)
UNIT_REQUIRED = ("code", "name")

_SEPARATORS = re.compile(r"[、,，;；/]")
_APPLIES = {member.label: member for member in Applies}


@dataclass(frozen=True)
class UnitsImported:
    """What an import of units did: rows read and units added; the others were known."""

    rows: int
    added: int


def import_units(
    ledger: Ledger, path: Path, context: Context, mapping: Mapping[str, str] = MappingProxyType({})
) -> UnitsImported:
    """Add the units of a CSV or xlsx file that the ledger does not hold yet.

    ``mapping`` (field -> column name) as for ``find_header``. Raises FaultyFileError with every
    fault, nothing stored, also where a unit is known under the same code with other particulars.
    """
    sheet = read_sheet(path)
    header = find_header(sheet.records, mapping, UNIT_FIELDS, UNIT_REQUIRED)
    faults: list[Fault] = []
    rows = added = 0
    with at_desk(ledger, context) as desk:
        for record in sheet.records:
            if record.row <= header.row or header.is_repeated_by(record):
                continue
            rows += 1
            try:
                entry = _entry(record, header)
                if desk.units.holder(entry.code) != entry:
                    desk.add_unit(entry, context.today)
                    added += 1
            except _UnitFaultError as fault:
                faults.append(Fault(record.row, fault.column, str(fault)))
            except XfctlError as error:
                reason = str(error).removesuffix("。")
                faults.append(Fault(record.row, header.name_of("code"), reason))
        if faults:
            raise FaultyFileError(sheet.name, faults)
    return UnitsImported(rows, added)


class _UnitFaultError(Exception):
    def __init__(self, column: str, reason: str) -> None:
        self.column = column
        super().__init__(reason)


def _entry(record: Record, header: Header) -> UnitAdded:
    texts = {key: _text(record, header, key) for key in header.columns}
    return UnitAdded(
        code=_needed(texts, header, "code"),
        name=_needed(texts, header, "name"),
        kind=texts.get("kind") or None,
        applies=_applies(texts, header),
        former_names=tuple(
            filter(None, map(str.strip, _SEPARATORS.split(texts.get("former_names", ""))))
        ),
        headcount=_headcount(texts, header),
    )


def _text(record: Record, header: Header, key: str) -> str:
    at = header.columns[key]
    try:
        return cells.checked(record.cells[at]) if at < len(record.cells) else ""
    except cells.CellRefusedError as error:
        raise _UnitFaultError(header.name_of(key), str(error)) from error


def _needed(texts: dict[str, str], header: Header, key: str) -> str:
    if not texts[key]:
        raise _UnitFaultError(header.name_of(key), "没有填写")
    return texts[key]


def _applies(texts: dict[str, str], header: Header) -> Applies:
    text = texts.get("applies") or Applies.APPLIES.label
    if text not in _APPLIES:
        known = "、".join(_APPLIES)
        raise _UnitFaultError(header.name_of("applies"), f"不认识，可以填：{known}")
    return _APPLIES[text]


def _headcount(texts: dict[str, str], header: Header) -> int | None:
    text = texts.get("headcount", "")
    try:
        return cells.persons(text) if text else None
    except cells.CellRefusedError as error:
        raise _UnitFaultError(header.name_of("headcount"), str(error)) from error
