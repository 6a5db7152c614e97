"""Words given as options, read as the members they name."""

from __future__ import annotations

from typing import TypeVar

from xfctl.domain.classification import Labelled
from xfctl.domain.wording import quoted
from xfctl.errors import InputRefusedError

_Kind = TypeVar("_Kind", bound=Labelled)


def member_named(kind: type[_Kind], text: str, what: str) -> _Kind:
    """The member a label, synonym or identifier names. Raises InputRefusedError."""
    found = kind.from_label(text)
    if found is None:
        raise InputRefusedError(f"不认识{what}{quoted(text)}；可以用：{kind.labels()}。")
    return found


def read_mapping(pairs: list[str]) -> dict[str, str]:
    """``字段=列名`` pairs as a mapping. Raises InputRefusedError for anything else."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (equals and field.strip() and column.strip()):
            raise InputRefusedError(
                f"--map {quoted(pair)}的写法不对；请写成 --map 字段=列名，如 --map 编号=留言编号。"
            )
        if mapping.setdefault(field.strip(), column.strip()) != column.strip():
            raise InputRefusedError(f"--map 里字段{quoted(field)}给了两个列名；请只留一个。")
    return mapping
