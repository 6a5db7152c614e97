"""Find the header of a table and what each of its columns means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import takewhile

from xfctl.domain.wording import quoted
from xfctl.errors import InputRefusedError
from xfctl.intake.fields import CASE_FIELDS, CASE_REQUIRED, Field
from xfctl.intake.sheet import Record

_HEADER_WITHIN = 20  # rows from the top of the table
_HEADER_NAMES = 2  # known names that make a header for sure; one word may be data by chance
# The names of these columns also stand in their cells, for yes.
_SAID_IN_CELLS = ("leapfrog", "joint", "anonymous")
_REMARK = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
_DECORATION = re.compile(r"[\s:*]+")


@dataclass(frozen=True)
class Header:
    """The header row: the names as the file writes them, and the column of each field.

    ``columns`` maps a field's key to a position counted from 0, in the order of the file;
    ``ignored`` are the named columns that no field uses.
    """

    row: int
    names: tuple[str, ...]
    columns: dict[str, int]
    ignored: tuple[str, ...]

    def name_of(self, key: str) -> str:
        """The field's column as the file names it."""
        return self.names[self.columns[key]]

    def below(self, records: Iterable[Record]) -> list[Record]:
        """The rows under the header, but for those that are it once more, as on a new page."""
        return [each for each in records if each.row > self.row and not self._is_repeated_by(each)]

    def _is_repeated_by(self, record: Record) -> bool:
        return tuple(map(str.strip, record.cells))[: len(self.names)] == self.names


def find_header(
    records: Sequence[Record],
    mapping: Mapping[str, str],
    fields: Sequence[Field] = CASE_FIELDS,
    required: Sequence[str] = CASE_REQUIRED,
) -> Header:
    """The header among the first rows: the first of those with most of the known names.

    ``mapping`` (field label, synonym or key -> column name) overrides the synonyms. Raises
    ``InputRefusedError`` for a mapping that names nothing, for two columns of one field, where a
    required column is missing, and where no row is a header. What may be a row of data, with a
    petitioner's name and phone in it (细则 7), is not quoted.
    """
    wanted = _mapped_fields(mapping, fields)
    synonyms = _synonyms(fields)
    telling = {name for name, key in synonyms.items() if key not in _SAID_IN_CELLS}
    known = telling | {normalised(name) for name in wanted.values()}
    top = list(takewhile(lambda record: record.row <= _HEADER_WITHIN, records)) or records[:1]
    if not top:
        raise InputRefusedError("表格里没有内容，请检查是否选对了文件。")
    best = max(top, key=lambda record: _known_names(record, known))
    if not _known_names(best, known):
        _refuse_none(required, fields)
    names = _names(best)
    shown = names if _known_names(best, known) >= _HEADER_NAMES else ()
    columns = _resolve(names, shown, wanted, synonyms, fields)
    _require(shown, columns, required, fields)
    used = set(columns.values())
    ignored = tuple(name for at, name in enumerate(names) if name and at not in used)
    return Header(best.row, names, columns, ignored)


def normalised(name: str) -> str:
    """A column name without width, case, blanks, colons and remarks in brackets."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _DECORATION.sub("", _REMARK.sub("", plain)) or _DECORATION.sub("", plain)


def _known_names(record: Record, known: Set[str]) -> int:
    return len(known & set(map(normalised, record.cells)))


def _refuse_none(required: Sequence[str], fields: Sequence[Field]) -> None:
    label = _label(required[0], fields)
    raise InputRefusedError(
        f"前 {_HEADER_WITHIN} 行里找不到表头；请在第一行写列名，或用 --map {label}=列名 指定。"
    )


def _names(record: Record) -> tuple[str, ...]:
    """The header's texts, the empty ones at its end left off."""
    names = [cell.strip() for cell in record.cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _synonyms(fields: Sequence[Field]) -> dict[str, str]:
    """Normalised column name -> field key."""
    return {
        normalised(name): field.key for field in fields for name in (field.label, *field.synonyms)
    }


def _mapped_fields(mapping: Mapping[str, str], fields: Sequence[Field]) -> dict[str, str]:
    """Field key -> column name as the user gave it."""
    keys = _synonyms(fields) | {field.key: field.key for field in fields}
    wanted: dict[str, str] = {}
    for field_name, column in mapping.items():
        key = keys.get(normalised(field_name))
        if key is None:
            known = "、".join(field.label for field in fields)
            raise InputRefusedError(f"没有{quoted(field_name)}这个字段；可以用的字段：{known}。")
        if wanted.setdefault(key, column) != column:
            label = _label(key, fields)
            raise InputRefusedError(f"字段「{label}」指定了两次，请只指定一个列名。")
    return wanted


def _resolve(
    names: tuple[str, ...],
    shown: tuple[str, ...],
    wanted: Mapping[str, str],
    synonyms: Mapping[str, str],
    fields: Sequence[Field],
) -> dict[str, int]:
    """Field key -> position: what was asked for first, then what the names say."""
    asked = {key: _position(names, shown, column) for key, column in wanted.items()}
    found: dict[str, list[int]] = {key: [at] for key, at in asked.items()}
    for at, name in enumerate(names):
        key = synonyms.get(normalised(name))
        if key is not None and key not in asked and at not in asked.values():
            found.setdefault(key, []).append(at)
    for key, positions in found.items():
        if len(positions) > 1:
            _refuse_two(_label(key, fields), [names[at] for at in positions])
    return dict(sorted(((key, at) for key, (at,) in found.items()), key=lambda pair: pair[1]))


def _position(names: tuple[str, ...], shown: tuple[str, ...], column: str) -> int:
    """Where the column is that the user named, by its exact text or else its normal form."""
    exact = [at for at, name in enumerate(names) if name == column.strip()]
    alike = [at for at, name in enumerate(names) if name and normalised(name) == normalised(column)]
    positions = exact or alike
    if not positions:
        there = f"现有的列：{_listed(shown)}" if shown else "请核对表头"
        raise InputRefusedError(f"表头里没有{quoted(column)}这一列；{there}。")
    if len(positions) > 1:
        raise InputRefusedError(
            f"表头里有 {len(positions)} 列都叫{quoted(column)}，分不清用哪一列，请先改名。"
        )
    return positions[0]


def _refuse_two(label: str, names: list[str]) -> None:
    shown = "、".join(map(quoted, names))
    raise InputRefusedError(
        f"{shown}这 {len(names)} 列都像是「{label}」，请用 --map {label}=列名 指定一列"
        "（列名相同的请先改名）。"
    )


def _require(
    shown: tuple[str, ...],
    columns: Mapping[str, int],
    required: Sequence[str],
    fields: Sequence[Field],
) -> None:
    missing = [_label(key, fields) for key in required if key not in columns]
    if missing:
        there = f"读到的列：{_listed(shown)}。" if shown else ""
        raise InputRefusedError(
            f"表头里找不到「{'」「'.join(missing)}」列；{there}请用 --map {missing[0]}=列名 指定。"
        )


def _label(key: str, fields: Sequence[Field]) -> str:
    return next(field.label for field in fields if field.key == key)


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(quoted(name) for name in names if name)
