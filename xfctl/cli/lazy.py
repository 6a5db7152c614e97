"""Commands that are imported only when they are called, so that every start is quick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.main import get_command

from xfctl.cli.chinese import Command, Group


@dataclass(frozen=True)
class Entry:
    """A name in a table of commands: the module in ``xfctl.cli`` and its attribute, an app or a function."""

    module: str
    attribute: str
    help: str


# In the order of the day's work, as `xfctl --help` shows them.
ENTRIES = {
    "overdue": Entry("daily", "overdue", "逾期的事项"),
    "digest": Entry("daily", "digest", "每日提醒：逾期、今日到期、即将到期"),
    "case": Entry("case", "app", "信访事项：登记、受理、交办、反馈、答复、办结、查看、导入"),
    "supervise": Entry("supervise", "app", "督办与督查：情形、立项、行动、回复、办结"),
    "account": Entry("account", "app", "责任追究：候选、建议、决定、整改、申诉、评优资格"),
    "risk": Entry("risk", "app", "隐患点、重大决策、预案、预警"),
    "letter": Entry("letter", "app", "文书：交办函、督办函、告知书、答复意见书"),
    "report": Entry("report", "app", "统计：季度分析、走势、在办时间、工作量、督办、责任追究"),
    "search": Entry("search", "search", "全文查找事项"),
    "unit": Entry("unit", "app", "责任单位：名册、任职、缺额"),
    "calendar": Entry("calendar", "app", "工作日历：期限计算、放假通知、停办日"),
    "export": Entry("export", "app", "导出事项、期限、督办、问责、单位、事件、日历"),
    "rule": Entry("rule", "app", "规则：条款期限、问责条款和本单位参数"),
    "config": Entry("config", "app", "配置：单位名称、联系人、默认操作人、保存的视图"),
    "key": Entry("key", "app", "密钥：身份加密，更换密钥或口令"),
    "log": Entry("ledger", "log", "账本里的事件"),
    "init": Entry("ledger", "init", "建立新账本"),
    "backup": Entry("ledger", "backup", "备份账本并核验"),
    "restore": Entry("ledger", "restore", "从备份恢复账本"),
    "verify": Entry("ledger", "verify", "核验账本是否完好"),
    "doctor": Entry("doctor", "doctor", "检查账本、备份、权限、时钟和日历"),
    "rebuild": Entry("ledger", "rebuild", "按事件重建状态表"),
    "upgrade": Entry("ledger", "upgrade", "把旧格式账本升级到现在的格式"),
    "demo": Entry("demo", "demo", "建立一个示例账本"),
}


class LazyGroup(Group):
    """A group whose help and completion read a table; only a call imports a command."""

    entries: ClassVar[Mapping[str, Entry]] = ENTRIES

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command as help and completion list it: its name and one line; None if unknown."""
        entry = self.entries.get(cmd_name)
        return entry and Command(cmd_name, short_help=entry.help)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command itself, to be run, explained or completed further."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, name and load(name, self.entries[name]), rest


def load(name: str, entry: Entry) -> Any:
    """Import the command behind an entry."""
    target = getattr(import_module(f"xfctl.cli.{entry.module}"), entry.attribute)
    if not isinstance(target, typer.Typer):
        function, target = target, typer.Typer(add_completion=False)
        target.command(name, cls=Command, options_metavar="[选项]")(function)
    command = get_command(target)
    command.name = name
    return command
