"""The officer's configuration file (TOML): who acts, the office's name, saved views.

Read with the standard library, and only by the commands that ask for it; ``output.settings_file``
writes it. Nothing in it decides a rule: what the office sets about deadlines is a dated event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xfctl.disk import reason
from xfctl.errors import InputRefusedError

LARGEST = 1024 * 1024  # bytes
_FEWEST_DAYS, _MOST_DAYS = 1, 30


@dataclass(frozen=True)
class Setting:
    """What may be set: its key in the file, what it means, and whether it is a number."""

    key: str
    meaning: str
    number: bool = False


SETTINGS = (
    Setting("actor", "默认操作人"),
    Setting("office.name", "单位名称，用于文书落款和日历"),
    Setting("office.letterhead", "文书的红头，默认为单位名称"),
    Setting("office.contact", "联系人"),
    Setting("office.phone", "联系电话"),
    Setting("display.soon_days", "每日提醒中「即将到期」是几个工作日内", number=True),
    Setting("backup.max_age_days", "xfctl doctor 提醒备份过旧的天数", number=True),
)
_BY_KEY = {each.key: each for each in SETTINGS}
_TABLES = {each.key.partition(".")[0] for each in SETTINGS if "." in each.key}

# The conditions a saved view of `case list` may hold, named as its options are, with their types.
VIEW_KEYS: Mapping[str, type] = {
    **dict.fromkeys(
        ("unit", "stage", "channel", "purpose", "category", "first-responder", "sort"), str
    ),
    **dict.fromkeys(("from", "to"), date),
    **dict.fromkeys(
        ("overdue", "major", "leapfrog", "collective", "from-above", "repeat"),
        bool,
    ),
}
_TYPE_NAMES = {str: "文字", int: "整数", date: "日期（如 2026-03-01）", bool: " true 或 false"}


@dataclass(frozen=True)
class Settings:
    """What the file says: values by key, and the conditions of each saved view by its name."""

    values: Mapping[str, str | int] = field(default_factory=dict)
    views: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def text(self, key: str) -> str | None:
        """A setting that is a text; None where the file does not say."""
        value = self.values.get(key)
        return None if value is None else str(value)

    def number(self, key: str, default: int) -> int:
        """A setting that is a number."""
        return int(self.values.get(key, default))


def setting(key: str) -> Setting:
    """The setting of that key. Raises InputRefusedError if there is none."""
    if key not in _BY_KEY:
        raise InputRefusedError(f"没有设置「{key}」；可以设置：{'、'.join(_BY_KEY)}。")
    return _BY_KEY[key]


def checked(found: Setting, text: str) -> str | int:
    """A value as given on the command line. Raises InputRefusedError if it cannot be one."""
    from xfctl.domain.wording import LONGEST_NAME, check_text

    value = check_text(text, f"设置「{found.key}」", LONGEST_NAME)
    if not found.number:
        return value
    number = int(value) if re.fullmatch(r"[0-9]{1,3}", value) else -1
    if reason := _unsuitable(found, number):
        raise InputRefusedError(f"设置「{found.key}」{reason}；请改正后重试。")
    return number


def read_settings(path: Path) -> Settings:
    """The settings in a file; none where there is no file.

    Raises InputRefusedError naming the file, the line and the key of what cannot be used.
    """
    text = settings_text(path)
    if not text.strip(" \t\r\n"):  # spared loading a parser; to TOML nothing else is blank
        return Settings()
    content = _parsed(path, text)
    views = content.pop("views", {})
    values = dict(_flat(content))
    for key, value in values.items():
        _check_value(path, text, key, value)
    _check_views(path, text, views)
    return Settings(values, views)


def settings_text(path: Path) -> str:
    """The file as text, "" where there is none. Raises InputRefusedError if it is unreadable."""
    try:
        if not path.exists():
            return ""
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise _refused(path, 0, "不是配置文件")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _refused(path, 0, f"读不出来（{reason(error)}）") from error
    except UnicodeDecodeError as error:
        raise _refused(path, 0, "不是 UTF-8 编码的文字") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5000 digits is only a ValueError
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else len(text.splitlines())
        raise _refused(path, line, "不合 TOML 的写法") from error


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys as ``office.name``; a table that is none of ours stands under its own name."""
    for key, value in content.items():
        if isinstance(value, dict) and key in _TABLES:
            yield from ((f"{key}.{inner}", held) for inner, held in value.items())
        else:
            yield key, value


def _check_value(path: Path, text: str, key: str, value: object) -> None:
    known = _BY_KEY.get(key)
    line = _line_of(text, key)
    if known is None:
        raise _refused(path, line, f"不认识设置「{key}」（可以用：{'、'.join(_BY_KEY)}）")
    wanted = int if known.number else str
    if type(value) is not wanted:
        raise _refused(path, line, f"设置「{key}」须是{_TYPE_NAMES[wanted]}")
    reason = _unsuitable(known, value) if isinstance(value, int) else _unprintable(value)
    if reason:
        raise _refused(path, line, f"设置「{key}」{reason}")


def _unsuitable(known: Setting, number: int) -> str:
    if _FEWEST_DAYS <= number <= _MOST_DAYS:
        return ""
    return f"须是 {_FEWEST_DAYS} 至 {_MOST_DAYS} 的整数（{known.meaning}）"


def _unprintable(value: object) -> str:
    from xfctl.domain.wording import LONGEST_NAME

    sound = isinstance(value, str) and value.strip() and value.isprintable()
    return "" if sound and len(str(value)) <= LONGEST_NAME else "须是一行不空的文字，至多 100 字"


def _check_views(path: Path, text: str, views: object) -> None:
    if not isinstance(views, dict):
        raise _refused(path, _line_of(text, "views"), "「views」须是表")
    for name, view in views.items():
        if not isinstance(view, dict):
            raise _refused(path, _line_of(text, f"views.{name}"), f"视图「{name}」须是表")
        for key, value in view.items():
            line = _line_of(text, f"views.{name}.{key}")
            wanted = VIEW_KEYS.get(key)
            if wanted is None:
                known = "、".join(VIEW_KEYS)
                raise _refused(path, line, f"视图「{name}」不认识条件「{key}」（可以用：{known}）")
            if not isinstance(value, wanted) or isinstance(value, datetime):
                reason = f"视图「{name}」的条件「{key}」须是{_TYPE_NAMES[wanted]}"
                raise _refused(path, line, reason)


_TABLE_LINE = re.compile(r"\s*\[+\s*(.+?)\s*\]+\s*(?:#.*)?")
_KEY_LINE = re.compile(r"""\s*([^=#]+?)\s*=""")


def _line_of(text: str, path: str) -> int:
    """The line on which a key, or the table that holds it, is written; 0 where not found."""
    table, holder = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE_LINE.fullmatch(line):
            table = _bare(found[1])
            holder = number if path == table or path.startswith(f"{table}.") else holder
        elif (found := _KEY_LINE.match(line)) and path in (
            f"{table}.{_bare(found[1])}".lstrip("."),
            table,
        ):
            return number
    return holder


def _bare(key: str) -> str:
    return re.sub(r"\s*\.\s*", ".", key.replace('"', "").replace("'", ""))


def _refused(path: Path, line: int, reason: str) -> InputRefusedError:
    where = f"第 {line} 行" if line else ""
    return InputRefusedError(
        f"配置文件「{path}」{where}{'：' if where else ''}{reason}；请改正，或用 xfctl config path 找到它。"
    )
