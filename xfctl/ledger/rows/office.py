"""The rows of the office's calendar and parameters."""

from __future__ import annotations

from xfctl.domain.parameters import Parameters
from xfctl.ledger.rows.shape import Row, Rows
from xfctl.workdays.days import OfficeDays


def calendar_rows(days: OfficeDays) -> Rows:
    """Every recorded day and every year made firm by an imported notice."""
    decrees: list[Row] = [
        {
            "layer": "notice",
            "day": day.isoformat(),
            "works": int(decree.works),
            "name": decree.name,
            "notice": decree.notice,
        }
        for day, decree in days.decrees.items()
    ]
    closures: list[Row] = [
        {"layer": "closure", "day": day.isoformat(), "works": 0, "name": reason, "notice": None}
        for day, reason in days.closures.items()
    ]
    years: list[Row] = [{"year": year} for year in sorted(days.noticed_years)]
    return {"calendar_day": decrees + closures, "calendar_year": years}


def parameter_rows(parameters: Parameters) -> Rows:
    """Every setting, in the order in which it was recorded."""
    rows: list[Row] = [
        {
            "position": position,
            "name": each.name,
            "value": each.value,
            "effective": each.effective.isoformat(),
            "reason": each.reason,
        }
        for position, each in enumerate(parameters.settings, start=1)
    ]
    return {"parameter": rows}
