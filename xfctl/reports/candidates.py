"""What may call for accountability: candidates with their evidence; nothing is proposed by itself.

Whether there was harm, and how grave, is a person's judgement: a candidate says which article to
look at and why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from xfctl.domain.classification import COLLECTIVE_FROM
from xfctl.domain.parameters import KNOWN, Parameters
from xfctl.ledger import account_lists, supervision_lists
from xfctl.ledger.account_lists import AccountLine, PetitionLine
from xfctl.regulation.grounds import article_of
from xfctl.regulation.ladder import Ladder, ladder
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar

OFFICE_NAME = "信访办"


class Candidate(Struct, frozen=True):
    """Something to consider; ``key`` names it when it is set aside.

    ``unit`` is a code, "" for the office itself; ``subject`` the number of the matter or of the
    accountability before it; ``articles`` those to look at; ``since`` the first day it holds.
    """

    key: str
    unit: str
    unit_name: str
    subject: str
    articles: str
    since: date
    evidence: str


class _Known(Struct, frozen=True):
    """What the candidates are looked for in."""

    connection: sqlite3.Connection
    on: date
    accounts: list[AccountLine]
    rules: Ladder
    parameters: Parameters
    calendar: Calendar
    aside: Mapping[str, date]

    def answered(self, subject: str, since: date, *, unit: str = "", situation: str = "") -> bool:
        """Whether accountability over a matter was proposed since a day.

        Against a unit, or over a situation, where these are named.
        """
        return any(
            each.proposed_on >= since
            and subject in each.cases
            and unit in ("", each.unit)
            and (not situation or situation in each.situations)
            for each in self.accounts
        )


def due(
    connection: sqlite3.Connection, on: date, parameters: Parameters, calendar: Calendar
) -> list[Candidate]:
    """Every candidate nobody has acted on: neither proposed since, nor set aside."""
    lines = account_lists.accountabilities(connection, proposed_by=on)
    standing = [each for each in lines if not _withdrawn(each, on)]
    aside = account_lists.set_aside(connection, on)
    known = _Known(connection, on, standing, ladder(on), parameters, calendar, aside)
    found = [each for look in _LOOKS for each in look(known)]
    return [each for each in found if aside.get(each.key, date.min) < each.since]


def _withdrawn(line: AccountLine, on: date) -> bool:
    day = line.milestones.withdrawn_on
    return day is not None and day <= on


def _unrectified(known: _Known) -> Iterator[Candidate]:
    """细则 17, 18: the rung below was not rectified in time; late acceptance does not undo it."""
    followed = {each.after for each in known.accounts}
    for line in known.accounts:
        days = line.milestones
        failed, revoked = days.failed_on, days.revoked_on
        if failed is None or failed > known.on or line.number in followed:
            continue
        if revoked is not None and revoked <= known.on:
            continue
        for rung in known.rules.rungs.values():
            if any(entry.unrectified == line.rung for entry in rung.entries):
                late = _late_rectification(line, known.on)
                yield Candidate(
                    line.number,
                    line.unit,
                    line.unit_name,
                    line.number,
                    rung.article,
                    failed,
                    f"整改期限 {days.rectify_by}，{late}",
                )


def _late_rectification(line: AccountLine, on: date) -> str:
    accepted = line.milestones.rectified_on
    return f"{accepted} 才通过验收" if accepted and accepted <= on else "至今未通过验收"


def _by_ground(known: _Known) -> Iterator[Candidate]:
    """Grounds of 细则 11 that point to a situation of 细则 13, one candidate a matter and unit."""
    pointing = {
        ground: situation
        for situation in known.rules.situations.values()
        for ground in situation.grounds
    }
    found: dict[str, Candidate] = {}
    for line in supervision_lists.grounds_ever(known.connection, known.on):
        situation = pointing.get(line.ground)
        if situation is None or known.answered(line.case, line.since, unit=line.unit):
            continue
        key = f"{line.case}:{_plain(situation.key)}:{line.unit}".rstrip(":")
        if line.since <= known.aside.get(key, date.min):
            continue
        evidence = f"{article_of(line.ground)}：{line.evidence}"
        before = found.get(key)
        if before is not None:
            evidence = f"{before.evidence}；{evidence}"
        found[key] = Candidate(
            key,
            line.unit,
            line.unit_name,
            line.case,
            situation.article,
            before.since if before else line.since,
            evidence,
        )
    yield from found.values()


def _unreported(known: _Known) -> Iterator[Candidate]:
    """细则 13(7): a major matter that no leader was told of in time (细则 8(4))."""
    situation = known.rules.by_sign("unreported")
    if situation is None:
        return
    for line in account_lists.majors(known.connection, known.on):
        days = known.parameters.value("major-report", line.marked_on)
        assert days is not None, "it has a default"
        limit = known.calendar.add_working_days(line.marked_on, days)
        until = line.told_on or known.on
        if until <= limit or known.answered(line.case, line.marked_on, situation=situation.key):
            continue
        told = f"{line.told_on} 才报告" if line.told_on else "至今未记录报告"
        yield Candidate(
            f"{line.case}:{_plain(situation.key)}",
            "",
            OFFICE_NAME,
            line.case,
            situation.article,
            limit + timedelta(days=1),
            f"{line.marked_on} 标为重大紧急，{told}（本单位规定：{days} 个工作日内）",
        )


def _petitions(known: _Known) -> Iterator[Candidate]:
    """细则 15, where the office set what is large or often; without that nothing is suggested."""
    for figures in petition_figures(known.connection, known.on):
        for sign, parameter, measured in (
            ("collective", "collective-size", figures.largest),
            ("leapfrog", "leapfrog-count", len(figures.leapfrog)),
            ("repeated", "repeated-collective-count", len(figures.repeated)),
        ):
            least = known.parameters.value(parameter, known.on)
            cases = figures.cases(sign, least)
            situation = known.rules.by_sign(sign)
            if least is None or measured < least or not cases or situation is None:
                continue
            latest = max(each.registered_on for each in cases)
            if _proposed_since(known, figures.unit, situation.key, latest):
                continue
            numbers = "、".join(each.case for each in cases)
            yield Candidate(
                f"{figures.unit}:{_plain(situation.key)}:{latest}",
                figures.unit,
                figures.unit_name,
                cases[-1].case,
                situation.article,
                latest,
                f"{situation.label}：{numbers}（{measured}，本单位提示标准 {least}）",
            )


def _proposed_since(known: _Known, unit: str, situation: str, latest: date) -> bool:
    return any(
        each.unit == unit and situation in each.situations and each.proposed_on >= latest
        for each in known.accounts
    )


_LOOKS: tuple[Callable[[_Known], Iterator[Candidate]], ...] = (
    _unrectified,
    _by_ground,
    _unreported,
    _petitions,
)


def _plain(key: str) -> str:
    """13(2) as 13.2, 15/leapfrog as 15.leapfrog: brackets must be quoted in a shell."""
    return key.replace("(", ".").replace(")", "").replace("/", ".")


class PetitionFigures(Struct, frozen=True):
    """The collective and leapfrog petitions of one unit in the year so far."""

    unit: str
    unit_name: str
    petitions: tuple[PetitionLine, ...]

    @property
    def collective(self) -> list[PetitionLine]:
        """Those of five persons or more."""
        return [each for each in self.petitions if each.collective]

    @property
    def leapfrog(self) -> list[PetitionLine]:
        """Those made over the heads of those in charge (越级)."""
        return [each for each in self.petitions if each.leapfrog]

    @property
    def repeated(self) -> list[PetitionLine]:
        """Collective ones that repeat an earlier matter."""
        return [each for each in self.collective if each.repeated]

    @property
    def largest(self) -> int:
        """The most persons of any collective petition, 0 where there is none."""
        return max((each.persons for each in self.collective), default=0)

    def cases(self, sign: str, least: int | None) -> list[PetitionLine]:
        """The petitions that a sign of the ladder speaks of (细则 15); large ones have ``least`` persons."""
        if sign == "leapfrog":
            return self.leapfrog
        if sign == "repeated":
            return self.repeated
        return [each for each in self.collective if least is not None and each.persons >= least]


def petition_figures(connection: sqlite3.Connection, on: date) -> list[PetitionFigures]:
    """Figures of every unit with such a petition, from 1 January of the year of ``on``."""
    by_unit: dict[str, list[PetitionLine]] = {}
    for each in account_lists.petitions(connection, date(on.year, 1, 1), on, COLLECTIVE_FROM):
        by_unit.setdefault(each.unit, []).append(each)
    return [
        PetitionFigures(unit, lines[0].unit_name, tuple(lines)) for unit, lines in by_unit.items()
    ]


_COLUMNS = (
    Column("candidate", "候选", whole=True),
    Column("unit", "单位"),
    Column("subject", "编号", whole=True),
    Column("articles", "可能适用"),
    Column("since", "自", whole=True),
    Column("evidence", "依据"),
)
_PETITION_COLUMNS = (
    Column("unit", "单位"),
    Column("collective", "集体件次"),
    Column("largest", "最大人数"),
    Column("leapfrog", "越级件次"),
    Column("repeated", "重复集体件次"),
)


def due_table(candidates: list[Candidate], on: date) -> Table:
    """The candidates; every one is to be judged by a person."""
    rows: list[tuple[Value, ...]] = [
        (each.key, each.unit_name or None, each.subject, each.articles, each.since, each.evidence)
        for each in candidates
    ]
    footer = (
        f"截至 {on} 共 {len(rows)} 项，仅供考虑，后果和轻重由人判断；"
        "提出用 xfctl account propose，不予提出用 xfctl account set-aside 候选。"
    )
    return Table("问责候选", _COLUMNS, rows, (footer,), key="candidates")


def petition_table(figures: list[PetitionFigures], parameters: Parameters, on: date) -> Table:
    """Counts of the year beside the office's own thresholds of 细则 15."""
    rows: list[tuple[Value, ...]] = [
        (
            each.unit_name,
            len(each.collective),
            each.largest,
            len(each.leapfrog),
            len(each.repeated),
        )
        for each in figures
    ]
    names = ("collective-size", "leapfrog-count", "repeated-collective-count")
    values = [(name, parameters.value(name, on)) for name in names]
    told = "，".join(
        f"{KNOWN[name].title}（{name}）{'未设置' if value is None else value}"
        for name, value in values
    )
    return Table(
        f"{on.year} 年集体和越级上访（细则 15）",
        _PETITION_COLUMNS,
        rows,
        (f"提示标准（本单位规定，用 xfctl rule set 设置）：{told}；未设置的只列数字，不作提示。",),
        key="petitions",
    )
