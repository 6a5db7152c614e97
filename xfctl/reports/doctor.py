"""``xfctl doctor``: all that is amiss with a ledger and around it, the gravest first."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

import xfctl
from xfctl.ledger import queries
from xfctl.ledger.connection import Ledger
from xfctl.ledger.files import file_system
from xfctl.ledger.health import backups, content
from xfctl.ledger.health.finding import Finding, Level
from xfctl.ledger.health.surroundings import surroundings
from xfctl.ledger.rotation import made_at
from xfctl.reports.calendar import calendar_warnings
from xfctl.reports.table import Column, Table
from xfctl.workdays.calendar import Calendar

# The office works five days a week: what a week brought can still be entered again from paper.
BACKUP_DAYS = 7

_COLUMNS = (
    Column("level", "程度", whole=True),
    Column("what", "问题"),
    Column("where", "位置"),
    Column("advice", "怎么办"),
)


class Examination(Struct, frozen=True):
    """What was found, and the facts that a reader of the findings wants to know."""

    findings: list[Finding]
    facts: tuple[str, ...]

    @property
    def needs_action(self) -> bool:
        """Whether anything found is more than a note."""
        return any(each.level is not Level.NOTE for each in self.findings)


def examine(
    path: Path, today: date, now: datetime, backup_days: int, beside: Iterable[Path]
) -> Examination:
    """Look at a ledger, which may be missing or damaged; ``now`` is local time. Changes nothing."""
    good, findings = backups.newest_good(path)
    ledger, faults = content.opened(path, good)
    findings += faults
    if ledger is not None:
        with ledger:
            findings += content.clock(ledger, today, now)
            findings += content.provisional_years(ledger)
            findings += _calendar(ledger, today)
    findings += backups.age(path, good, now, backup_days)
    findings += surroundings(path, beside)
    order = list(Level)
    findings.sort(key=lambda each: order.index(each.level))
    return Examination(findings, tuple(_facts(path, good)))


def _calendar(ledger: Ledger, today: date) -> Iterator[Finding]:
    calendar = Calendar(queries.office_days(ledger.connection))
    for warning in calendar_warnings(calendar, today):
        what, _, advice = warning.rstrip("。").partition("；")
        yield Finding(Level.WARNING, what, "工作日历", advice)


def _facts(path: Path, good: Path | None) -> Iterator[str]:
    yield f"最近一份核验通过的备份：{f'{good}（{made_at(good):%Y-%m-%d %H:%M}）' if good else '无'}。"
    place = file_system(path) or "未知"
    yield (
        f"xfctl {xfctl.__version__}，Python {platform.python_version()}，"
        f"SQLite {sqlite3.sqlite_version}，文件系统 {place}。"
    )


def doctor_table(examination: Examination) -> Table:
    """The findings, one line each."""
    findings = examination.findings
    rows = [(each.level.value, each.what, each.where, each.advice) for each in findings]
    count = f"共 {len(rows)} 项。" if rows else "没有发现问题。"
    return Table("检查结果", _COLUMNS, [*rows], (count, *examination.facts))
