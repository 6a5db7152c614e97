"""Whether a ledger has a good backup that is young enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from xfctl.errors import IntegrityError, NoLedgerError, XfctlError
from xfctl.ledger.connection import SCHEMA_VERSION, file_kind, open_ledger
from xfctl.ledger.health.finding import Finding, Level
from xfctl.ledger.rotation import folder_of, made_at, named_backups
from xfctl.ledger.verify import require_sound


def newest_good(ledger: Path) -> tuple[Path | None, list[Finding]]:
    """The newest backup that verifies now, and a finding for every newer one that does not.

    One of an older schema is passed over: it must be upgraded before it can be restored.
    """
    damaged = []
    for backup in reversed(named_backups(ledger)):
        try:
            if file_kind(backup).schema_version < SCHEMA_VERSION:
                continue
            with open_ledger(backup) as opened:
                require_sound(opened)
        except (IntegrityError, NoLedgerError) as error:
            what = f"备份已损坏：{str(error).partition('；')[0]}"
            advice = "恢复时会拒绝它；请重新备份，并检查磁盘"
            damaged.append(Finding(Level.GRAVE, what, str(backup), advice))
        except XfctlError as error:
            what, _, advice = str(error).rstrip("。").partition("；")
            damaged.append(Finding(Level.GRAVE, f"备份不能用：{what}", str(backup), advice))
        else:
            return backup, damaged
    return None, damaged


def age(ledger: Path, good: Path | None, now: datetime, most_days: int) -> Iterator[Finding]:
    """No good backup, or one older than ``most_days``; ``now`` is local time."""
    advice = "请运行 xfctl backup，并用定时任务每天备份（见 docs/operations.md）"
    folder = str(folder_of(ledger))
    if good is None:
        yield Finding(Level.WARNING, "没有核验通过的备份", folder, advice)
        return
    passed = now.replace(tzinfo=None) - made_at(good)
    if passed > timedelta(days=most_days):
        what = f"最近一份完好的备份是 {passed.days} 天前的，超过 {most_days} 天"
        yield Finding(Level.WARNING, what, str(good), advice)
