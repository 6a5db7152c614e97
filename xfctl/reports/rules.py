"""The clocks and parameters in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xfctl.domain.parameters import KNOWN, Parameters
from xfctl.regulation.clocks import Clock
from xfctl.regulation.units import LengthUnit
from xfctl.reports.table import Column, Table, Value

_COLUMNS = (
    Column("name", "名称", whole=True),
    Column("title", "含义"),
    Column("length", "长度"),
    Column("article", "依据"),
    Column("source", "出处"),
)
_OWED_BY = {
    "unit": "责任单位",
    "office": "信访办",
    "petitioner": "信访人",
    "person": "本人",
    "body": "受理部门",
}


def rules_table(clocks: Mapping[str, Clock], parameters: Parameters, on: date) -> Table:
    """Every clock with its length and article, then every parameter with its value."""
    rows = [_clock_row(clock, parameters, on) for clock in clocks.values()]
    rows += [_parameter_row(name, parameters, on) for name in KNOWN]
    return Table("规则和参数", _COLUMNS, rows, (f"{on} 有效；参数用 xfctl rule set 设置。",))


def _clock_row(clock: Clock, parameters: Parameters, on: date) -> tuple[Value, ...]:
    title = f"{clock.title}（{_OWED_BY[clock.owed_by]}）"
    first = clock.versions[0]
    if on < first.effective:
        return (clock.name, title, f"{first.effective} 起施行", first.article, first.source)
    version = clock.in_force(on)
    length = parameters.length(clock.name, on) or version.length
    if version.unit is LengthUnit.NAMED_DATE:
        text = "文件指定的日期"
    else:
        extension = f"，可延长 {version.extension}" if version.extension else ""
        text = f"{length} {version.unit.label}{extension}"
    return (clock.name, title, text, version.article, version.source)


def _parameter_row(name: str, parameters: Parameters, on: date) -> tuple[Value, ...]:
    known = KNOWN[name]
    value = parameters.value(name, on)
    text = "未设置" if value is None else f"{value} {known.unit}"
    return (name, known.title, text, "本单位规定", known.source)
