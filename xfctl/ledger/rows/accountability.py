"""The rows of an accountability, and of the judgements on candidates."""

from __future__ import annotations

from xfctl.domain.accountability.facts import Person
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.candidate import Judgements
from xfctl.domain.keys import APPEAL, EXPLANATION, RECTIFICATION, SELF_CRITICISM, person_of
from xfctl.domain.obligation import Obligation
from xfctl.ledger.chain import canonical_json
from xfctl.ledger.rows.shape import Row, Rows, iso_or_none, obligation_row


def accountability_rows(state: Accountability) -> Rows:
    """The rows of one accountability; persons by token, never by name."""
    number = state.number
    return {
        "accountability": [_row(state)],
        "accountability_case": [
            {"accountability": number, "case": each} for each in state.entry.cases
        ],
        "accountability_person": [_person_row(number, each) for each in state.entry.persons],
        "sanction": [
            {
                "accountability": number,
                "number": position,
                "person": each.person,
                "measure": each.measure,
                "body": each.body,
                "since": each.since.isoformat(),
                "until": iso_or_none(each.until),
                "carried_out_on": iso_or_none(each.carried_out_on),
                "carried_out_by": each.carried_out_by,
            }
            for position, each in enumerate(state.sanctions, start=1)
        ],
        "appeal": [
            {
                "accountability": number,
                "number": each.fact.appeal,
                "filed_on": each.filed_on.isoformat(),
                "accepted_on": iso_or_none(each.accepted_on),
                "decided_on": iso_or_none(each.decided_on),
                "result": each.decision.result.value if each.decision else None,
            }
            for each in state.appeals
        ],
        "award_loss": _award_rows(state),
        "obligation": [_obligation_row(state, each) for each in state.obligations],
    }


def judgement_rows(judgements: Judgements) -> Rows:
    """Every candidate set aside, in the order of recording."""
    rows: list[Row] = [
        {
            "position": position,
            "candidate": each.candidate,
            "on_day": on.isoformat(),
            "reason": each.reason,
        }
        for position, (on, each) in enumerate(judgements.made, start=1)
    ]
    return {"set_aside": rows}


def _row(state: Accountability) -> Row:
    entry, decision = state.entry, state.decision
    owed = state.rectification
    overrides = [each for each in (entry.override, decision and decision.override) if each]
    overrides += [
        each.decision.override
        for each in state.appeals
        if each.decision is not None and each.decision.override
    ]
    return {
        "number": entry.number,
        "proposed_on": state.proposed_on.isoformat(),
        "day_in_question": entry.day_in_question.isoformat(),
        "unit": entry.unit,
        "unit_name": entry.unit_name,
        "nature": entry.nature.value,
        "situations": canonical_json(entry.situations),
        "severity": entry.severity.value if entry.severity else None,
        "rung": entry.rung,
        "tracker": entry.tracker,
        "after": entry.after,
        "measures": canonical_json(entry.measures),
        "withdrawn_on": iso_or_none(state.withdrawn_on),
        "not_adopted_on": iso_or_none(state.not_adopted_on),
        "decided_on": iso_or_none(state.decided_on),
        "document": decision.document if decision else None,
        "carried_out_on": iso_or_none(state.carried_out_on),
        "rectify_by": owed.duty.due_on.isoformat() if owed else None,
        "rectified_on": iso_or_none(state.rectified_on),
        "failed_on": iso_or_none(state.failed_on),
        "handed_over_on": iso_or_none(state.handed_over_on),
        "revoked_on": iso_or_none(state.revoked_on),
        "overridden": canonical_json(overrides),
    }


def _person_row(number: str, each: Person) -> Row:
    return {
        "accountability": number,
        "number": each.number,
        "token": each.token,
        "post": each.post,
        "role": each.role,
        "changed": int(each.changed),
    }


def _award_rows(state: Accountability) -> list[Row]:
    decision = state.decision
    if decision is None or decision.award_year is None or state.decided_on is None:
        return []
    return [
        {
            "accountability": state.number,
            "unit": state.entry.unit,
            "year": decision.award_year,
            "since": state.decided_on.isoformat(),
            "until": iso_or_none(state.award_until),
        }
    ]


# Not the titles of the clocks: rows are made from events alone, whatever rules hold today.
_OWED = {
    RECTIFICATION: "限期整改",
    EXPLANATION: "说明情况",
    SELF_CRITICISM: "书面检查",
    APPEAL: "处理申诉",
}


def _obligation_row(state: Accountability, each: Obligation) -> Row:
    """Who owes a statement is told by number: names are confidential."""
    person = person_of(each.key)
    whom = "" if person is None else f"（第 {person} 人）"
    return obligation_row(
        f"accountability/{state.number}",
        state.number,
        each,
        summary=f"责任追究：{_OWED[each.duty.clock]}{whom}",
        handler=state.entry.tracker,
    )
