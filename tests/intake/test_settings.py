"""What is wrong with a configuration file is said with file, line and key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xfctl.errors import InputRefusedError
from xfctl.intake.settings import read_settings


def reason(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(InputRefusedError) as refused:
        read_settings(path)
    head = f"配置文件「{path}」"
    said = str(refused.value)
    assert said.startswith(head)
    assert said.endswith("；请改正，或用 xfctl config path 找到它。")
    return said.removeprefix(head).partition("；请改正")[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("actor = \n", "第 1 行：不合 TOML 的写法"),
        ("\v\t", "第 1 行：不合 TOML 的写法"),
        ("actor = " + "9" * 5000 + "\n", "第 1 行：不合 TOML 的写法"),
        ('[office]\nname = "甲"\nname = "乙"\n', "第 3 行：不合 TOML 的写法"),
        ('[office]\n# 注\nfax = "1"\n', "第 3 行：不认识设置「office.fax」"),
        ('office.fax = "1"\n', "第 1 行：不认识设置「office.fax」"),
        ("[unknown]\n", "第 1 行：不认识设置「unknown」"),
        (
            'actor = "甲"\n\n[display]\nsoon_days = "3"\n',
            "第 4 行：设置「display.soon_days」须是整数",
        ),
        ("[display]\nsoon_days = true\n", "第 2 行：设置「display.soon_days」须是整数"),
        ("[display]\nsoon_days = 0\n", "第 2 行：设置「display.soon_days」须是 1 至 30 的整数"),
        ("actor = 3\n", "第 1 行：设置「actor」须是文字"),
        ('actor = " "\n', "第 1 行：设置「actor」须是一行不空的文字"),
        ('actor = "甲\\n乙"\n', "第 1 行：设置「actor」须是一行不空的文字"),
        ("views = 3\n", "第 1 行：「views」须是表"),
        ("[views]\n甲 = 3\n", "不合 TOML 的写法"),
        ('[views."甲"]\nunitt = "A15"\n', "第 2 行：视图「甲」不认识条件「unitt」"),
        (
            '[views."甲"]\noverdue = "是"\n',
            "第 2 行：视图「甲」的条件「overdue」须是 true 或 false",
        ),
        ('[views."甲"]\nfrom = "2026-03-01"\n', "第 2 行：视图「甲」的条件「from」须是日期"),
        ('[views."甲"]\nfrom = 2026-03-01T08:00:00\n', "须是日期"),
        ('[views."甲"]\nunit = 15\n', "第 2 行：视图「甲」的条件「unit」须是文字"),
    ],
)
def test_the_fault_is_told_with_its_place(tmp_path: Path, content: str, told: str) -> None:
    assert told in reason(tmp_path / "config.toml", content.encode())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('actor = "甲"'.encode("gb18030"), "不是 UTF-8 编码的文字"),
        (b"#" * (1024 * 1024 + 1), "不是配置文件"),
        (b"a = " + b"[" * 20_000, "不合 TOML 的写法"),
    ],
)
def test_what_is_no_configuration_at_all(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in reason(tmp_path / "config.toml", content)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="不是配置文件"):
        read_settings(tmp_path)


def test_no_file_and_an_empty_one_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "空.toml").write_bytes(b"\xef\xbb\xbf\r\n")
    for name in ("没有.toml", "空.toml"):
        settings = read_settings(tmp_path / name)
        assert (settings.values, settings.views) == ({}, {})


def test_what_is_sound_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'actor = "经办甲"\n[office]\nphone = "0000-0001"\n[display]\nsoon_days = 5\n'
        '[views."甲.乙"]\nfrom = 2026-03-01\noverdue = true\n',
        encoding="utf-8",
    )
    settings = read_settings(path)
    assert (settings.text("actor"), settings.text("office.name")) == ("经办甲", None)
    assert settings.number("display.soon_days", 3) == 5
    assert settings.views == {"甲.乙": {"from": date(2026, 3, 1), "overdue": True}}


def test_a_file_that_the_system_does_not_give_is_told_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="读不出来（文件名太长）"):
        read_settings(tmp_path / ("长" * 200))
