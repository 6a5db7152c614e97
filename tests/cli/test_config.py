"""The configuration file and the views saved in it, through the commands."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from command_line import Office, call, four_units, register, rows, run

FIRST, SECOND = "XF2026-0001", "XF2026-0002"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "配置" / "config.toml"
    monkeypatch.setenv("XFCTL_CONFIG", str(path))
    return path


@pytest.fixture
def office(tmp_path: Path, config: Path) -> Office:
    office = four_units(tmp_path)
    register(office, "食堂价格", "--channel", "来信", "--on", "2026-11-02")
    register(office, "停车收费", "--channel", "来访", "--on", "2026-11-03")
    office.must("case", "assign", FIRST, "A15", "--on", "2026-11-03")
    return office


def numbers(office: Office, *options: str) -> list[str]:
    return [row[0] for row in rows(office.must("case", "list", *options, "--format", "plain"))]


def test_a_setting_is_written_shown_and_taken_away(config: Path) -> None:
    done = call("config", "set", "office.name", "示例大学信访办公室")
    assert (done.code, done.err) == (0, "已设置 office.name = 示例大学信访办公室。\n")
    assert config.read_text(encoding="utf-8") == '[office]\nname = "示例大学信访办公室"\n'
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    shown = rows(call("config", "show", "--format", "plain"))
    assert ["office.name", "示例大学信访办公室"] in [row[:2] for row in shown]
    assert call("config", "path").out == f"{config}\n"
    assert call("config", "unset", "office.name").code == 0
    assert call("config", "unset", "office.name").code == 3


def test_comments_and_order_survive(config: Path) -> None:
    config.parent.mkdir()
    written = '# 本办公室\n[office]\nphone = "0000-0001"  # 总机\nname = "旧名"\n'
    config.write_text(written, encoding="utf-8")
    assert call("config", "set", "office.name", "新名").code == 0
    assert config.read_text(encoding="utf-8") == written.replace("旧名", "新名")


def test_the_actor_is_taken_from_the_option_the_environment_the_file_in_this_order(
    office: Office, config: Path
) -> None:
    office.must("config", "set", "actor", "经办丁")
    office.must("case", "note", FIRST, "备注一")
    ledger = ("--ledger", office.path)
    env = {"XFCTL_CONFIG": str(config), "XFCTL_ACTOR": "经办戊"}
    assert run(*ledger, "case", "note", FIRST, "备注二", env=env).code == 0
    assert run(*ledger, "--actor", "经办己", "case", "note", FIRST, "备注三", env=env).code == 0
    actors = [row[4] for row in rows(office.must("log", "--last", "3", "--format", "plain"))]
    assert actors == ["经办丁", "经办戊", "经办己"]


def test_the_days_of_the_digest_are_displayed_as_set(office: Office) -> None:
    assert "3 个工作日内到期" in office.must("digest").out
    office.must("config", "set", "display.soon_days", "7")
    for form in ("text", "markdown", "html"):
        assert "7 个工作日内到期" in office.must("digest", "--format", form).out


def test_a_view_keeps_conditions_and_the_unit_by_its_code(office: Office, config: Path) -> None:
    office.must("unit", "add", "A16", "保卫处", "--former-name", "保卫部")
    done = office.must(
        *("case", "list", "--unit", "后勤保障部", "--overdue", "--from", "2026-11-01"),
        *("--channel", "来信", "--sort", "状态", "--save", "后勤逾期"),
    )
    assert done.err == (
        "已保存视图「后勤逾期」："
        "--unit A15 --channel 来信 --from 2026-11-01 --overdue --sort 状态。\n"
    )
    text = config.read_text(encoding="utf-8")
    assert text.splitlines()[1:3] == ['unit = "A15"', 'channel = "来信"']
    assert numbers(office, "--view", "后勤逾期") == [FIRST]
    assert [row[0] for row in rows(office.must("config", "views", "--format", "plain"))] == [
        "后勤逾期"
    ]


def test_options_beside_a_view_come_first_and_may_be_saved_with_it(office: Office) -> None:
    office.must("case", "list", "--channel", "来信", "--save", "来信")
    assert numbers(office, "--view", "来信", "--channel", "来访") == [SECOND]
    assert numbers(office, "--view", "来信", "--from", "2026-11-03") == []
    done = office.must("case", "list", "--view", "来信", "--sort", "编号", "--save", "来信")
    assert done.err == "已更新视图「来信」：--channel 来信 --sort 编号。\n"


@pytest.mark.parametrize("name", ["带.点", '引"号', "方]括[号", "#井号", "="])
def test_any_name_may_be_a_view(office: Office, name: str) -> None:
    office.must("case", "list", "--channel", "来信", "--save", name)
    office.must("case", "list", "--save", "全部")
    assert numbers(office, "--view", name) == [FIRST]
    office.must("config", "remove-view", name)
    assert [row[0] for row in rows(office.must("config", "views", "--format", "plain"))] == ["全部"]
    assert office("case", "list", "--view", name).code == 3


def test_reading_asks_the_file_only_where_it_matters(office: Office, config: Path) -> None:
    config.parent.mkdir(exist_ok=True)
    config.write_text("坏的", encoding="utf-8")
    office.must("overdue")
    office.must("case", "list")
    assert office("digest").code == 3
    assert office("case", "note", FIRST, "备注").code == 3
    office.must("--actor", "经办甲", "case", "note", FIRST, "备注")
