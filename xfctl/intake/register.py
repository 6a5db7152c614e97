"""A register of cases as a file holds it: typed rows, and every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from xfctl.domain.classification import Channel, FeedbackForm, Purpose
from xfctl.domain.wording import quoted
from xfctl.errors import Fault, InputRefusedError
from xfctl.intake import cells
from xfctl.intake.columns import Header, find_header
from xfctl.intake.fields import CASE_REQUIRED
from xfctl.intake.sheet import Record, Sheet
from xfctl.intake.sheet_file import read_sheet

_TOTAL = re.compile(
    r"(?:本?[页月季年周]度?)?(?:合计|总计|小计|共计|累计)[:：]?[0-9０-９人件次批条共,，、\s]*"
)


# One date, or one for each unit where the row names several.
Days: TypeAlias = date | tuple[date | None, ...] | None


@dataclass(frozen=True)
class RegisterRow:
    """One case as the file tells it; None where the cell is empty, faulty or not there.

    ``row`` counts as in ``Record``. ``feedback_form`` is written when the column itself says so.
    Identities stay out of ``repr``, and so out of tracebacks and logs.
    """

    row: int
    number: str | None = None
    registered_on: date | None = None
    channel: Channel | None = None
    purpose: Purpose | None = None
    category: str | None = None
    petitioner: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    id_number: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    persons: int | None = None
    summary: str | None = None
    demand: str | None = None
    unit: str | None = None
    assigned_on: Days = None
    received_on: Days = None
    feedback_on: Days = None
    feedback_form: FeedbackForm | None = None
    accepted_on: date | None = None
    replied_on: date | None = None
    reply_manner: str | None = None
    closed_on: date | None = None
    result: str | None = None
    superior: str | None = None
    superior_document: str | None = None
    superior_due_on: date | None = None
    first_responder: str | None = None
    leapfrog: bool | None = None
    joint: bool | None = None
    anonymous: bool | None = None
    note: str | None = None


@dataclass(frozen=True)
class Register:
    """A file read: all its rows, faulty ones too, and all faults in the order of the file.

    ``columns`` maps each field the file has to its column's name there; ``has`` is their set.
    """

    name: str
    encoding: str
    ignored_columns: tuple[str, ...]
    rows: list[RegisterRow]
    faults: list[Fault]
    columns: dict[str, str]

    @property
    def has(self) -> frozenset[str]:
        """The fields that the file has a column for."""
        return frozenset(self.columns)


# Fields not named here are texts of any length, kept as written.
_READERS: dict[str, Callable[[str], Any]] = {
    "number": cells.digits_text,
    "phone": cells.digits_text,
    "id_number": cells.digits_text,
    "persons": cells.persons,
    "channel": cells.member(Channel),
    "purpose": cells.member(Purpose),
    "feedback_form": cells.member(FeedbackForm),
    "leapfrog": cells.answer("越级"),
    "joint": cells.answer("联名"),
    "anonymous": cells.answer("匿名"),
}
_READERS |= dict.fromkeys(
    (
        *("category", "petitioner", "address", "unit", "reply_manner"),
        *("superior", "superior_document", "first_responder"),
    ),
    cells.one_line,
)
_READERS |= dict.fromkeys(
    ("registered_on", "accepted_on", "replied_on", "closed_on", "superior_due_on"), cells.day
)
_READERS |= dict.fromkeys(("assigned_on", "received_on", "feedback_on", "feedback_any"), cells.days)


def read_register(path: Path, mapping: Mapping[str, str]) -> Register:
    """The cases in the CSV or xlsx file at ``path``; ``mapping`` as for ``find_header``.

    Faults of cells are collected in the result. Raises ``InputRefusedError`` when the file, its
    header or the mapping cannot be used at all.
    """
    sheet = read_sheet(path)
    header = _with_plain_feedback(find_header(sheet.records, mapping))
    faults: list[Fault] = []
    rows = [_row(record, header, sheet, faults) for record in _cases(sheet, header)]
    columns = {_canonical(key): header.name_of(key) for key in header.columns}
    return Register(sheet.name, sheet.encoding, header.ignored, rows, faults, columns)


def _canonical(key: str) -> str:
    return "feedback_on" if key == "feedback_any" else key


def _with_plain_feedback(header: Header) -> Header:
    """``header`` with at most one date of feedback, whose form the file tells.

    Raises ``InputRefusedError`` when it does not: only written feedback stops the clock.
    """
    columns = dict(header.columns)
    if "feedback_any" not in columns:
        return header
    name = header.name_of("feedback_any")
    if "feedback_on" in columns:
        del columns["feedback_any"]
        return Header(header.row, header.names, columns, (*header.ignored, name))
    if "feedback_form" not in columns:
        raise InputRefusedError(
            f"{quoted(name)}列没有说明是不是书面反馈：都是书面的，请加 --map 书面反馈时间={name}；"
            "否则请在表中加一列「反馈形式」（书面、口头、电话）。"
        )
    return header


def _cases(sheet: Sheet, header: Header) -> Iterator[Record]:
    """The records below the header that tell a case: no totals, no second header, no blanks."""
    for record in header.below(sheet.records):
        first = next(filter(None, map(str.strip, record.cells)))
        told = any(record.cell(at).strip() for at in header.columns.values())
        if told and not _TOTAL.fullmatch(first):
            yield record


def _row(record: Record, header: Header, sheet: Sheet, faults: list[Fault]) -> RegisterRow:
    """The typed row; what cannot be read is added to ``faults``."""
    values: dict[str, Any] = {}
    for key, at in header.columns.items():
        try:
            values[key] = _value(key, record.cell(at))
        except cells.CellRefusedError as refused:
            faults.append(Fault(record.row, header.names[at], str(refused)))
    faults.extend(_row_faults(record, header, sheet, values))
    return RegisterRow(record.row, **_settled(values))


def _value(key: str, cell: str) -> Any:
    text = cells.checked(cell)
    if text:
        return _READERS.get(key, str)(text)
    if key in CASE_REQUIRED:
        raise cells.CellRefusedError("没有填写")
    return None


def _row_faults(
    record: Record, header: Header, sheet: Sheet, values: Mapping[str, Any]
) -> Iterator[Fault]:
    """Faults that one cell alone does not show."""
    if values.get("feedback_any") and values.get("feedback_form", ...) is None:
        yield Fault(record.row, header.name_of("feedback_form"), "有反馈时间，没有填写反馈形式")
    if sheet.kind == "csv" and any(map(str.strip, record.cells[len(header.names) :])):
        yield Fault(record.row, "", "比表头多出格子，可能有逗号没有加引号")


def _settled(values: dict[str, Any]) -> dict[str, Any]:
    """``values`` as fields of a ``RegisterRow``: one feedback, no name for the nameless."""
    if "feedback_any" in values:
        values["feedback_on"] = values.pop("feedback_any")
    elif values.get("feedback_on") and values.get("feedback_form") is None:
        values["feedback_form"] = FeedbackForm.WRITTEN
    if cells.is_nameless(values.get("petitioner") or ""):
        values |= {"petitioner": None, "anonymous": True}
    return values
