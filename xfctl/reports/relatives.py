"""The matters that belong to one: the whole chain of repeats, what was split or joined."""

from __future__ import annotations

import sqlite3

from xfctl.domain.case import Case
from xfctl.domain.classification import Relation
from xfctl.ledger.case_lists import cases_by_number, linked_to, repeat_chain
from xfctl.reports.case_cover import Relative

_BACKWARDS = {
    Relation.SPLIT_FROM: "由此拆出",
    Relation.DUPLICATES: "重复登记了这件",
}


def relatives_of(connection: sqlite3.Connection, case: Case) -> list[Relative]:
    """Every matter of the chain of repeats, then those split from or joined with this one."""
    chain = repeat_chain(connection, case.number)
    found = [
        Relative("此前" if line.registered_on <= case.registered_on else "此后", line)
        for line in cases_by_number(connection, chain)
    ]
    for link in case.links:
        if link.relation is not Relation.REPEATS:
            lines = cases_by_number(connection, [link.other])
            found += [Relative(link.relation.label, line) for line in lines]
    for relation, name in _BACKWARDS.items():
        numbers = linked_to(connection, case.number, relation)
        found += [Relative(name, line) for line in cases_by_number(connection, numbers)]
    return found
