"""The rows of supervisions and inspections."""

from __future__ import annotations

from xfctl.domain.inspection import Inspection
from xfctl.domain.supervision import Supervision
from xfctl.ledger.chain import canonical_json
from xfctl.ledger.rows.shape import Row, Rows, iso_or_none, obligation_row


def supervision_rows(state: Supervision) -> Rows:
    """The rows of one supervision."""
    entry = state.entry
    number = {"supervision": entry.number}
    forms = dict.fromkeys((*entry.forms, *(acted.form for _, acted in state.actions)))
    more = f" 等 {len(entry.cases)} 件事项" if len(entry.cases) > 1 else ""
    row: Row = {
        "number": entry.number,
        "opened_on": state.opened_on.isoformat(),
        "unit": entry.unit,
        "unit_name": entry.unit_name,
        "grounds": canonical_json(list(entry.grounds)),
        "forms": canonical_json([each.value for each in forms]),
        "tracker": entry.tracker,
        "joint": canonical_json(entry.joint),
        "actions": len(state.actions),
        "responded_on": iso_or_none(state.responded_on),
        "closed_on": iso_or_none(state.closed_on),
        "result": state.closing.result if state.closing else None,
        "scope": state.closing.scope if state.closing else None,
    }
    owed = obligation_row(
        f"supervision/{entry.number}",
        entry.cases[0],
        state.response,
        summary=f"督办 {entry.number}{more}",
        handler=entry.tracker,
    )
    return {
        "supervision": [row],
        "supervision_case": [{**number, "case": each} for each in entry.cases],
        "obligation": [owed],
    }


def inspection_rows(state: Inspection) -> Rows:
    """The rows of one inspection."""
    entry = state.entry
    row: Row = {
        "number": entry.number,
        "opened_on": state.opened_on.isoformat(),
        "subject": entry.subject.value,
        "title": entry.title,
        "lead": entry.lead,
        "departments": canonical_json(entry.departments),
        "findings": len(state.findings),
        "closed_on": iso_or_none(state.closed_on),
        "result": state.closing.result if state.closing else None,
        "scope": state.closing.scope if state.closing else None,
    }
    summary = f"督查：{entry.title}"
    stream = f"inspection/{entry.number}"
    owed = [
        obligation_row(stream, entry.number, each, summary=summary, handler=entry.lead)
        for each in state.obligations
    ]
    return {"inspection": [row], "obligation": owed}
