"""The rows that tell a matter's past: ends and reopenings, further comings, ratings.

They come from the folded history, in which corrections are applied, and not from raw events.
"""

from __future__ import annotations

from xfctl.domain.case import Case
from xfctl.domain.case_facts import (
    CaseClosed,
    CaseDeclined,
    CaseDismissed,
    CaseRated,
    CaseReopened,
    PetitionerVisited,
)
from xfctl.ledger.rows.shape import Row, Rows

_MILESTONES = {
    CaseDeclined: "declined",
    CaseDismissed: "dismissed",
    CaseClosed: "closed",
    CaseReopened: "reopened",
}


def history_rows(case: Case) -> Rows:
    """What reports of an earlier day ask of a matter, in the order in which its facts count."""
    rows: Rows = {"milestone": [], "visit": [], "rating": []}
    for position, event in enumerate(case.history):
        fact, kind = event.fact, _MILESTONES.get(type(event.fact))
        day = event.occurred_on.isoformat()
        key: Row = {"case": case.number, "position": position, "day": day}
        if kind is not None:
            rows["milestone"].append({**key, "kind": kind})
        elif isinstance(fact, PetitionerVisited):
            arrived: Row = {"channel": fact.channel.value, "persons": fact.persons}
            rows["visit"].append({**key, **arrived})
        elif isinstance(fact, CaseRated):
            rated: Row = {"whom": fact.whom.value, "rating": fact.rating.value}
            rows["rating"].append({**key, **rated})
    return rows
