"""One matter as a file cover: particulars, obligations, relatives, files, what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseRated, FactCorrected, PetitionerVisited
from xfctl.domain.classification import COLLECTIVE_FROM, petition_kind
from xfctl.domain.identity import Identity
from xfctl.domain.lifecycle import Stage, Step, next_steps, stage_of
from xfctl.domain.obligation import Obligation, is_late, late_by
from xfctl.ledger.case_lists import CaseLine
from xfctl.regulation.clocks import clocks
from xfctl.regulation.units import LengthUnit
from xfctl.reports.sentences import sentence
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar

_COVER_COLUMNS = (Column("field", "项目"), Column("value", "内容"))
_DUTY_COLUMNS = (
    Column("unit", "责任单位"),
    Column("duty", "义务（依据）"),
    Column("started_on", "起算", whole=True),
    Column("due_on", "期限", whole=True),
    Column("discharged_on", "履行日期", whole=True),
    Column("standing", "情况"),
)
_RELATIVE_COLUMNS = (
    Column("relation", "关系"),
    Column("number", "编号", whole=True),
    Column("registered_on", "登记日期", whole=True),
    Column("summary", "事项"),
    Column("stage", "状态"),
)
_FILE_COLUMNS = (
    Column("name", "名称"),
    Column("size", "字节"),
    Column("sha256", "SHA-256", whole=True),
)
_TIMELINE_COLUMNS = (
    Column("on", "日期", whole=True),
    Column("what", "经过"),
)


class Relative(Struct, frozen=True):
    """A matter that belongs to the one shown: how, its number, date, summary, stage."""

    relation: str
    line: CaseLine


def cover_tables(
    case: Case,
    identities: Sequence[Identity],
    relatives: Sequence[Relative],
    on: date,
    calendar: Calendar,
    accused: Sequence[Identity] = (),
    warnings: Sequence[str] = (),
) -> list[Table]:
    """One matter as a file cover: particulars, obligations, relatives, files, what happened.

    ``accused`` are shown as given, like ``identities``; ``warnings`` tell whom it should not be with.
    """
    particulars = _particulars(case, on, identities, accused, warnings)
    tables = [particulars, duties_table(case, on, calendar)]
    if relatives:
        tables.append(_relatives_table(relatives))
    if case.attachments:
        rows: list[tuple[Value, ...]] = [
            (each.name, each.size, each.sha256) for each in case.attachments
        ]
        tables.append(Table("附件", _FILE_COLUMNS, rows, key="attachments"))
    return [*tables, _timeline(case)]


def _particulars(
    case: Case,
    on: date,
    identities: Sequence[Identity],
    accused: Sequence[Identity],
    warnings: Sequence[str],
) -> Table:
    entry = case.entry
    first, *others = identities or [Identity()]
    pairs: list[tuple[str, str | None]] = [
        ("编号", case.number),
        ("状态", stage_of(case).label),
        ("登记日期", f"{case.registered_on}"),
        ("事项", entry.summary),
        ("诉求", entry.demand),
        ("信访形式", kind_of_petition(case)),
        ("信访目的", entry.purpose and entry.purpose.label),
        ("问题类别", entry.category),
        ("人数", f"{entry.persons}"),
        ("批次、人次", batches(case)),
        ("标记", "、".join(_flags(case)) or None),
        ("上级来文", _above(case)),
        ("信访人", first.name),
        ("联系电话", first.phone),
        ("身份证号", first.id_number),
        ("住址", first.address),
        ("联名人", "、".join(each.name or "—" for each in others) or None),
        ("被反映人", "、".join(each.name or "—" for each in accused) or None),
        ("注意", "；".join(each.removeprefix("注意：").rstrip("。") for each in warnings) or None),
        ("首问责任人", entry.first_responder),
        ("满意度", _ratings(case)),
        ("备注", entry.note),
        *_next_steps(case, on),
    ]
    rows: list[tuple[Value, ...]] = [pair for pair in pairs if pair[1] is not None]
    return Table(f"信访事项 {case.number}", _COVER_COLUMNS, rows, key="case")


# What may be done with any matter on any day; the rest is what moves this one on.
_ANYTIME = frozenset(
    {
        *(Step.MAJOR, Step.VISIT, Step.LINK, Step.UNLINK, Step.ATTACH, Step.NOTE),
        *(Step.FIND_GROUND, Step.CORRECT),
    }
)


# Columns of a screen of 80 that the heading beside it leaves.
_LINE = 66


def _next_steps(case: Case, on: date) -> Iterator[tuple[str, str | None]]:
    """The legal steps, each with the name of its command."""
    steps = next_steps(case, on)
    for heading, kept in (
        ("下一步可以", [each for each in steps if each not in _ANYTIME]),
        ("随时可以", [each for each in steps if each in _ANYTIME]),
    ):
        for line in _lines([f"{each.label} {each.value}" for each in kept]):
            yield heading, line
            heading = ""


def _lines(words: list[str]) -> Iterator[str]:
    """The words in lines that a narrow screen need not wrap: a wrapped cell rules off every row."""
    line = ""
    for word in words:
        longer = f"{line}、{word}" if line else word
        if len(longer.encode("gb18030")) <= _LINE:
            line = longer
            continue
        yield line
        line = word
    if line:
        yield line


def _above(case: Case) -> str | None:
    superior = case.entry.superior
    if superior is None:
        return None
    due = f"{superior.due_on} 前报告" if superior.due_on else None
    return "，".join(filter(None, (superior.body, superior.document, due)))


def kind_of_petition(case: Case) -> str | None:
    """The channel, and whether it is a first or a repeated petition."""
    channel = case.entry.channel
    if channel is None:
        return "重复信访" if case.repeats else None
    name = petition_kind(channel, repeat=case.repeats is not None)
    if name is None:
        return f"{channel.label}（重复）" if case.repeats else channel.label
    return f"{channel.label}（{name}）"


def _flags(case: Case) -> Iterator[str]:
    entry = case.entry
    held = [
        ("重大紧急", case.major),
        ("集体", entry.persons >= COLLECTIVE_FROM),
        ("越级", entry.leapfrog),
        ("联名", entry.joint or bool(entry.signatories)),
        ("匿名", entry.anonymous),
    ]
    yield from (name for name, holds in held if holds)


def batches(case: Case) -> str | None:
    """件次, 批次 and 人次 are three counts: shown once the petitioners came again."""
    visits = [each.fact for each in case.history if isinstance(each.fact, PetitionerVisited)]
    if not visits:
        return None
    persons = case.entry.persons + sum(each.persons for each in visits)
    return f"{1 + len(visits)} 批次、{persons} 人次"


def _ratings(case: Case) -> str | None:
    latest = {
        each.fact.whom: each.fact.rating
        for each in case.history
        if isinstance(each.fact, CaseRated)
    }
    return "、".join(f"{whom.label}{rating.label}" for whom, rating in latest.items()) or None


def duties_table(case: Case, on: date, calendar: Calendar) -> Table:
    """What is or was owed on the matter, and how it stands at the end of a day."""
    rows: list[tuple[Value, ...]] = [
        (
            case.debtor_name(each),
            f"{clocks()[each.duty.clock].title}（{each.duty.article}）",
            each.duty.started_on,
            f"{each.duty.due_on} 暂定" if each.duty.provisional else each.duty.due_on,
            each.discharged_on,
            standing_text(each, on, calendar),
        )
        for each in case.obligations
    ]
    return Table("期限义务", _DUTY_COLUMNS, rows, key="obligations")


def standing_text(each: Obligation, on: date, calendar: Calendar) -> str:
    """One phrase: discharged in time or late, lapsed, open or overdue, and by how much."""
    late = lateness(each, on, calendar)
    if not late:
        return _state(each, on)
    if each.is_open(on):
        return late
    return f"{'已终止' if each.lapsed else '已履行'}，{late}"


def lateness(each: Obligation, on: date, calendar: Calendar) -> str:
    """By how much it ended late, or is late while open: 「逾期 2 日」; "" where it is not."""
    if not each.is_late(on):
        return ""
    until = min(each.discharged_on or on, on)
    return f"逾期 {late_by(each.duty.due_on, until, each.duty.unit, calendar)} {_measure(each)}"


def _state(each: Obligation, on: date) -> str:
    if each.duty.reminder:
        return _state_of_right(each, on)
    if each.is_open(on):
        return "未到期"
    return "已终止" if each.lapsed else "按期"


def _state_of_right(each: Obligation, on: date) -> str:
    if not each.is_open(on):
        return "已终止" if each.lapsed else "已提出"
    return "期限已过" if is_late(each.duty.due_on, on) else "可以提出"


def _measure(each: Obligation) -> str:
    return "个工作日" if each.duty.unit is LengthUnit.WORKING_DAYS else "日"


def _relatives_table(relatives: Sequence[Relative]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            each.relation,
            each.line.number,
            each.line.registered_on,
            each.line.summary,
            Stage(each.line.stage).label,
        )
        for each in relatives
    ]
    return Table("关联事项", _RELATIVE_COLUMNS, rows, key="relatives")


def _timeline(case: Case) -> Table:
    """What happened, by date; superseded facts stand beside what corrected them."""
    superseded = {
        each.fact.seq for each in case.as_recorded if isinstance(each.fact, FactCorrected)
    }
    units = {each.number: each.unit_name for each in case.assignments}
    rows: list[tuple[Value, ...]] = [
        (
            each.occurred_on,
            sentence(each.fact, units) + ("（已更正）" if each.seq in superseded else ""),
        )
        for each in case.as_recorded
    ]
    return Table(
        "经过", _TIMELINE_COLUMNS, sorted(rows, key=lambda row: str(row[0])), key="timeline"
    )
