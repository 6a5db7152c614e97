"""Saved views of ``case list``: conditions kept in the configuration file under a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from xfctl.cli.session import Session, say, unit_code
from xfctl.domain.classification import Channel, Labelled, Purpose
from xfctl.domain.lifecycle import Stage
from xfctl.errors import InputRefusedError
from xfctl.ledger.case_lists import CaseFilter, CaseOrder

if TYPE_CHECKING:
    import sqlite3

    from xfctl.intake.settings import Settings

# Conditions that name a member of a classification: written in the file by their labels.
_MEMBERS: Mapping[str, tuple[type[Labelled], str]] = {
    "stage": (Stage, "状态"),
    "channel": (Channel, "信访形式"),
    "purpose": (Purpose, "信访目的"),
    "sort": (CaseOrder, "次序"),
}


def with_view(session: Session, name: str | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions given, on top of those of a saved view if one is named.

    Raises InputRefusedError if there is no such view, or it holds a word that is not known.
    """
    asked = {key: value for key, value in given.items() if value not in (None, False)}
    if name is None:
        return asked
    views = session.settings.views
    if name not in views:
        raise unknown_view(name, session.settings)
    return {key: _read(name, key, value) for key, value in views[name].items()} | asked


def with_unit_code(connection: sqlite3.Connection, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions asked for, the unit named in any way by its code.

    Raises InputRefusedError for an unknown unit.
    """
    code = unit_code(connection, asked.get("unit"))
    return {**asked} if code is None else {**asked, "unit": code}


def case_filter(asked: Mapping[str, Any], today: date) -> CaseFilter:
    """The filter of the conditions asked for, the unit by its code.

    Raises InputRefusedError for a period that ends before it begins.
    """
    first, last = asked.get("from"), asked.get("to")
    if first is not None and last is not None and last < first:
        raise InputRefusedError(f"--to {last} 早于 --from {first}；请把两个日期对调。")
    return CaseFilter(
        unit=asked.get("unit"),
        stage=asked.get("stage"),
        channel=asked.get("channel"),
        purpose=asked.get("purpose"),
        category=asked.get("category"),
        first_responder=asked.get("first-responder"),
        first=first,
        last=last,
        overdue_on=today if asked.get("overdue") else None,
        major=asked.get("major", False),
        leapfrog=asked.get("leapfrog", False),
        collective=asked.get("collective", False),
        from_above=asked.get("from-above", False),
        repeat=asked.get("repeat", False),
    )


def save(session: Session, name: str, conditions: Mapping[str, Any]) -> None:
    """Keep conditions under a name, in place of those it had."""
    from xfctl.domain.wording import LONGEST_NAME, check_text
    from xfctl.output.settings_file import put_view

    name = check_text(name, "视图名", LONGEST_NAME)
    changed = name in session.settings.views
    kept = {key: _plain(value) for key, value in conditions.items()}
    put_view(session.config_path, session.settings_text(), name, kept)
    say(f"已{'更新' if changed else '保存'}视图「{name}」：{conditions_text(kept) or '没有条件'}。")


def unknown_view(name: str, settings: Settings) -> InputRefusedError:
    """The refusal of a name under which nothing is saved."""
    known = "、".join(settings.views) or "无"
    return InputRefusedError(
        f"没有保存过视图「{name}」（现有：{known}）；请用 xfctl case list --save 保存。"
    )


def conditions_text(view: Mapping[str, Any]) -> str:
    """Conditions as the options that would ask for them."""
    return " ".join(
        f"--{key}" if value is True else f"--{key} {value}"
        for key, value in view.items()
        if value is not False
    )


def _plain(value: Any) -> str | bool | date:
    """A condition as the file holds it: people read it, so members stand by their labels."""
    plain: str | bool | date = value.label if isinstance(value, Labelled) else value
    return plain


def _read(name: str, key: str, value: Any) -> Any:
    if key not in _MEMBERS:
        return value
    kind, what = _MEMBERS[key]
    found = kind.from_label(value)
    if found is None:
        raise InputRefusedError(
            f"视图「{name}」里不认识{what}「{value}」；可以用：{kind.labels()}，"
            "请重新 --save 这个视图。"
        )
    return found
