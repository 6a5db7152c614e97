"""The rows of risk points, decisions and plans."""

from __future__ import annotations

from xfctl.domain.consequence import Consequence
from xfctl.domain.decision import Decision
from xfctl.domain.plan import Plan
from xfctl.domain.risk import Risk
from xfctl.ledger.chain import canonical_json
from xfctl.ledger.rows.shape import Row, Rows, iso_or_none, obligation_row


def risk_rows(state: Risk) -> Rows:
    """The rows of one risk point."""
    entry = state.entry
    row: Row = {
        "number": entry.number,
        "added_on": state.added_on.isoformat(),
        "kind": entry.kind.value,
        "unit": entry.unit,
        "unit_name": entry.unit_name,
        "summary": entry.summary,
        "persons": state.persons,
        "level": state.level.value,
        "trend": state.trend.value,
        "leader": entry.leader,
        "measures": state.measures,
        "reviews": canonical_json([on.isoformat() for on, _ in state.reviews]),
        "resolved_on": iso_or_none(state.resolved_on),
        "result": state.result,
    }
    summary = f"{entry.kind.label}：{entry.summary}"
    stream = f"risk/{entry.number}"
    owed = [
        obligation_row(stream, entry.number, each, summary=summary, handler=entry.leader)
        for each in state.obligations
    ]
    return {
        "risk": [row],
        "consequence": _consequence_rows(entry.number, state.consequences),
        "obligation": owed,
    }


def decision_rows(state: Decision) -> Rows:
    """The rows of one decision."""
    entry, settled = state.entry, state.settled
    row: Row = {
        "number": entry.number,
        "recorded_on": state.recorded_on.isoformat(),
        "unit": entry.unit,
        "unit_name": entry.unit_name,
        "title": entry.title,
        "consulted_on": iso_or_none(state.consulted_on),
        "assessed_on": iso_or_none(state.assessed_on),
        "level": state.level.value if state.level else None,
        "asked_on": iso_or_none(state.asked[-1][0]) if state.asked else None,
        "opinion_on": iso_or_none(state.opinions[-1][0]) if state.opinions else None,
        "settled_on": iso_or_none(settled[0]) if settled else None,
        "outcome": settled[1].outcome.value if settled else None,
        "discussion": settled[1].discussion if settled else None,
    }
    return {
        "decision": [row],
        "consequence": _consequence_rows(entry.number, state.consequences),
    }


def plan_rows(state: Plan) -> Rows:
    """The versions of one plan; ``position`` counts them."""
    rows: list[Row] = [
        {
            "unit": each.unit,
            "version": each.version,
            "unit_name": each.unit_name,
            "dated_on": on.isoformat(),
            "position": position,
            "name": each.name,
            "size": each.size,
            "sha256": each.sha256,
        }
        for position, (on, each) in enumerate(state.versions, start=1)
    ]
    return {"plan": rows}


def _consequence_rows(source: str, held: tuple[Consequence, ...]) -> list[Row]:
    return [
        {"source": source, "case": each.case, "linked_on": each.linked_on.isoformat()}
        for each in held
    ]
