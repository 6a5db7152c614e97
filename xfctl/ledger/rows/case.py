"""The rows of a matter."""

from __future__ import annotations

from collections.abc import Iterator

from xfctl.domain import case as cases
from xfctl.domain.case import Assignment, Case
from xfctl.domain.case_facts import CaseNoted, FeedbackReviewed
from xfctl.domain.grounds import grounds_of
from xfctl.domain.lifecycle import stage_of
from xfctl.ledger.chain import canonical_json
from xfctl.ledger.rows.history import history_rows
from xfctl.ledger.rows.shape import Row, Rows, iso_or_none, obligation_row
from xfctl.ledger.search import searchable


def case_rows(case: Case) -> Rows:
    """The rows of one matter."""
    return {
        "case_search": [{"rowid": case.id, "words": searchable(" ".join(_texts(case)))}],
        "case": [_case_row(case)],
        "assignment": [_assignment_row(case, each) for each in case.assignments],
        "obligation": [
            obligation_row(cases.stream_of(case.number), case.number, each)
            for each in case.obligations
        ],
        "ground": [
            {
                "case": case.number,
                "key": each.key,
                "ground": each.ground,
                "unit": each.unit,
                "since": each.since.isoformat(),
                "until": iso_or_none(each.until),
                "evidence": each.evidence,
            }
            for each in grounds_of(case)
        ],
        "link": [
            {"case": case.number, "other": each.other, "relation": each.relation.value}
            for each in case.links
        ],
        "attachment": [
            {"case": case.number, "sha256": each.sha256, "name": each.name, "size": each.size}
            for each in case.attachments
        ],
        "involvement": [
            {"case": case.number, "unit": each} for each in dict.fromkeys(case.entry.involved)
        ],
        **history_rows(case),
    }


def _texts(case: Case) -> Iterator[str]:
    """What a search looks through: number, summary, demand, notes, units; never identities."""
    entry = case.entry
    yield from (entry.number, entry.summary, entry.demand or "", entry.note or "")
    yield from (each.unit_name for each in case.assignments)
    yield from (each.fact.text for each in case.history if isinstance(each.fact, CaseNoted))


def _assignment_row(case: Case, each: Assignment) -> Row:
    return {
        "case": case.number,
        "number": each.number,
        "unit": each.unit,
        "unit_name": each.unit_name,
        "role": each.role.value,
        "assigned_on": each.assigned_on.isoformat(),
        "received_on": iso_or_none(each.received_on),
        "returned_on": iso_or_none(each.returned_on),
        "sent_back": canonical_json(
            [
                event.occurred_on.isoformat()
                for event in case.history
                if isinstance(event.fact, FeedbackReviewed)
                and event.fact.assignment == each.number
                and not event.fact.accepted
            ]
        ),
    }


def _case_row(case: Case) -> Row:
    entry = case.entry
    return {
        "number": entry.number,
        "id": case.id,
        "registered_on": case.registered_on.isoformat(),
        "stage": stage_of(case).value,
        "channel": entry.channel and entry.channel.value,
        "purpose": entry.purpose and entry.purpose.value,
        "category": entry.category,
        "summary": entry.summary,
        "demand": entry.demand,
        "persons": entry.persons,
        "leapfrog": int(entry.leapfrog),
        "joint": int(entry.joint),
        "anonymous": int(entry.anonymous),
        "first_responder": entry.first_responder,
        "petitioner": entry.petitioner,
        "superior": entry.superior.body if entry.superior else None,
        "repeats": case.repeats,
        "major": int(case.major),
        "major_on": iso_or_none(case.major_on),
        "leader_told_on": iso_or_none(case.reported_to_leader_on),
        "accepted_on": iso_or_none(case.accepted_on),
        "outcome": case.opinion.outcome.value if case.opinion else None,
        "replied_on": iso_or_none(case.replied_on),
        "note": entry.note,
        "closed_on": iso_or_none(case.closed_on),
        "result": case.closing.result if case.closing else None,
    }
