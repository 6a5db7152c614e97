"""What is due for supervision: grounds established by the facts, and suggestions to judge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from xfctl.domain.keys import FEEDBACK
from xfctl.domain.obligation import late_by
from xfctl.domain.parameters import Parameters
from xfctl.ledger import queries, supervision_lists
from xfctl.ledger.case_lists import cases_by_number
from xfctl.ledger.supervision_lists import GroundLine
from xfctl.regulation.grounds import SIGNS, Ground, Manner, article_of, grounds
from xfctl.regulation.units import LengthUnit
from xfctl.reports.table import Column, Table, Value
from xfctl.workdays.calendar import Calendar


class Suggestion(Struct, frozen=True):
    """Something that looks like a manner of a ground: a person must judge, nothing is established."""

    manner: Manner
    line: GroundLine


def due(connection: sqlite3.Connection, on: date, unit: str | None = None) -> list[GroundLine]:
    """Established grounds without an open supervision, of all units or of one."""
    lines = supervision_lists.grounds_due(connection, on)
    return [each for each in lines if unit in (None, each.unit)]


def suggestions(
    connection: sqlite3.Connection, on: date, parameters: Parameters, calendar: Calendar
) -> list[Suggestion]:
    """What the office's own thresholds point to (细则 11(3)); none are set, nothing is suggested.

    Nor is what is under supervision, or what somebody has judged already.
    """
    open_over = {
        (number, line.unit)
        for line in supervision_lists.supervisions(connection, open_on=on)
        for number in line.cases
    }
    return [
        Suggestion(manner, _line(connection, ground, manner, sighting))
        for ground in grounds().values()
        if ground.in_force(on)
        for manner in sorted(ground.manners, key=_by_sign)
        for sighting in _sightings(connection, on, manner, parameters, calendar)
        if sighting[:2] not in open_over
        and not _is_judged(connection, on, ground, manner, *sighting[:2])
    ]


def _by_sign(manner: Manner) -> int:
    """The order in which they are listed: late reports first."""
    return SIGNS.index(manner.suggested_by) if manner.suggested_by else len(SIGNS)


# A matter, a unit, since when, and what was seen.
Sighting = tuple[str, str, date, str]


def _sightings(
    connection: sqlite3.Connection,
    on: date,
    manner: Manner,
    parameters: Parameters,
    calendar: Calendar,
) -> Iterator[Sighting]:
    """Where what a manner is suggested by reaches the office's threshold."""
    least = parameters.value(manner.threshold, on) if manner.threshold else None
    if least is None:
        return
    match manner.suggested_by:
        case "lateness":
            yield from _late(connection, on, least, calendar)
        case "returns":
            for case, unit, times, since in supervision_lists.returns(connection, on, least):
                yield case, unit, since, f"退回 {times} 次，本单位提示标准 {least}"
        case "rejections":
            for case, unit, times, since in supervision_lists.rejections(connection, on, least):
                yield case, unit, since, f"书面反馈被退回 {times} 次，本单位提示标准 {least}"


def _late(
    connection: sqlite3.Connection, on: date, least: int, calendar: Calendar
) -> Iterator[Sighting]:
    for line in queries.open_obligations(connection, on=on, due_until=on):
        late = late_by(line.due_on, on, LengthUnit.WORKING_DAYS, calendar)
        if line.clock == FEEDBACK and late >= least:
            since = calendar.add_working_days(line.due_on, least)
            seen = f"书面反馈逾期 {late} 个工作日，本单位提示标准 {least}"
            yield line.case, line.owed_by, since, seen


def _is_judged(
    connection: sqlite3.Connection, on: date, ground: Ground, manner: Manner, case: str, unit: str
) -> bool:
    """Whether somebody had found this of a unit by a day, be the supervision over it closed."""
    return any(
        (line.unit, line.ground, line.evidence.partition("：")[0])
        == (unit, ground.key, manner.label)
        for line in supervision_lists.grounds_of_case(connection, case, on)
    )


def _line(
    connection: sqlite3.Connection, ground: Ground, manner: Manner, sighting: Sighting
) -> GroundLine:
    case, unit, since, seen = sighting
    (matter,) = cases_by_number(connection, [case])
    return GroundLine(
        case=case,
        summary=matter.summary,
        first_responder=matter.first_responder,
        ground=ground.key,
        unit=unit,
        unit_name=supervision_lists.assigned_name(connection, case, unit),
        since=since,
        until=None,
        evidence=f"{manner.label}：{seen}",
        supervised=(),
    )


_COLUMNS = (
    Column("case", "编号", whole=True),
    Column("summary", "事项"),
    Column("unit", "责任单位"),
    Column("article", "依据"),
    Column("standing", "认定"),
    Column("since", "自", whole=True),
    Column("evidence", "证据"),
    Column("first_responder", "首问责任人"),
)
_HISTORY_COLUMNS = (
    *_COLUMNS[:4],
    Column("since", "自", whole=True),
    Column("until", "至", whole=True),
    Column("evidence", "证据"),
    Column("supervised", "督办"),
)


def due_table(lines: list[GroundLine], hints: list[Suggestion], on: date) -> Table:
    """Established grounds first, then suggestions, never mixed up."""
    rows = [_row(each, "已成立") for each in lines]
    rows += [_row(each.line, "仅提示") for each in hints]
    footer = (
        f"截至 {on}：应督办未督办 {len(lines)} 项，另有提示 {len(hints)} 项（提示须经人认定）。"
    )
    return Table("应督办未督办", _COLUMNS, rows, (footer,))


def history_table(lines: list[GroundLine], on: date) -> Table:
    """Every ground there ever was: from when to when, and which supervisions it had."""
    rows: list[tuple[Value, ...]] = [
        (
            each.case,
            each.summary,
            each.unit_name or None,
            article_of(each.ground),
            each.since,
            each.until,
            each.evidence,
            "、".join(each.supervised) or "未督办",
        )
        for each in lines
    ]
    never = sum(not each.supervised for each in lines)
    footer = f"截至 {on}：曾有督办情形 {len(rows)} 项，其中从未督办 {never} 项。"
    return Table("督办情形记录", _HISTORY_COLUMNS, rows, (footer,))


def _row(each: GroundLine, standing: str) -> tuple[Value, ...]:
    return (
        each.case,
        each.summary,
        each.unit_name or None,
        article_of(each.ground),
        standing,
        each.since,
        each.evidence,
        each.first_responder,
    )
