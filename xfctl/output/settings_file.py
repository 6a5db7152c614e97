"""Changing the configuration file; the only module that loads tomlkit, which keeps comments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xfctl.disk import PRIVATE_FOLDER
from xfctl.errors import InputRefusedError
from xfctl.output.files import write_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def put(path: Path, text: str, keys: tuple[str, ...], value: object) -> None:
    """Write ``text``, the file's content, back with one value set, the tables above it made.

    The officer's comments and order stay. Raises InputRefusedError if the file cannot be written.
    """
    from tomlkit import parse, table

    document = parse(text)
    *above, last = keys
    held: Any = document
    for name in above:
        if name not in held:
            # A table that only holds others needs no line of its own.
            held[name] = table(is_super_table=name == "views")
        held = held[name]
    held[last] = value
    _write(path, document)


def put_view(path: Path, text: str, name: str, conditions: Mapping[str, object]) -> None:
    """Write the file back with a saved view set anew."""
    from tomlkit import table

    view = table()
    for key, value in conditions.items():
        view[key] = value
    put(path, text, ("views", name), view)


def drop(path: Path, text: str, keys: tuple[str, ...]) -> bool:
    """Write the file back without one value or table; False if it was not there."""
    from tomlkit import parse

    document = parse(text)
    *above, last = keys
    held: Any = document
    for name in above:
        held = held.get(name, {})
    if last not in held:
        return False
    del held[last]
    _write(path, document)
    return True


def _write(path: Path, document: TOMLDocument) -> None:
    from tomlkit import dumps

    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise InputRefusedError(
            f"不能建立目录「{path.parent}」；请检查权限，或用 XFCTL_CONFIG 指定别的配置文件。"
        ) from error
    write_file(path, dumps(document).encode("utf-8"))
