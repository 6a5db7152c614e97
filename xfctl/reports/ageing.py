"""How old the open matters are, in working days since registration, by unit."""

from __future__ import annotations

from collections import defaultdict

from xfctl.reports.picture import sparkline
from xfctl.reports.table import Column, Table, Value
from xfctl.reports.view import View

# The last working day of each band; what is older falls into the last.
BANDS = ((7, "1–7"), (15, "8–15"), (30, "16–30"), (60, "31–60"))
OLDER = "61 以上"
_LABELS = (*(label for _, label in BANDS), OLDER)
_KEYS = ("to_7", "to_15", "to_30", "to_60", "over_60")
_COLUMNS = (
    Column("unit", "单位"),
    *(Column(key, label) for key, label in zip(_KEYS, _LABELS, strict=True)),
    Column("total", "合计"),
    Column("oldest", "最长(工作日)"),
    Column("bands", "分布", whole=True, picture=True),
)


def ageing_table(view: View) -> Table:
    """Open matters in five bands by the unit that leads; the last row adds all units up."""
    ages: dict[str | None, list[int]] = defaultdict(list)
    for each in view.open:
        age = view.calendar.working_days_between(each.registered_on, view.as_of)
        ages[view.lead(each)].append(age)
    order = sorted(ages, key=lambda code: (code is None, -len(ages[code]), code or ""))
    rows = [_row(view.unit_name(code), ages[code]) for code in order]
    rows.append(_row("合计", [age for each in ages.values() for age in each]))
    footer = (
        f"截至 {view.as_of} 终了在办的事项，按登记之后的工作日数分档，当日登记的计入第一档；按主办单位计。",
    )
    return Table("在办时间分档", _COLUMNS, rows, footer, key="ageing")


def _row(name: str, ages: list[int]) -> tuple[Value, ...]:
    counts = [0] * len(_LABELS)
    for age in ages:
        counts[_band(age)] += 1
    return (name, *counts, len(ages), max(ages, default=None), sparkline(counts))


def _band(age: int) -> int:
    return next((index for index, (last, _) in enumerate(BANDS) if age <= last), len(BANDS))
