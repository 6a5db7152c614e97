"""The matters that belong to one: the whole chain of repeats, what was split or joined."""

from __future__ import annotations

import sqlite3

from xfctl.domain.case import Case
from xfctl.domain.classification import Relation
from xfctl.ledger.case_lists import cases_by_number
from xfctl.reports.case_cover import Relative

_BACKWARDS = {
    Relation.SPLIT_FROM: "由此拆出",
    Relation.DUPLICATES: "重复登记了这件",
}
# The chain a matter stands in: back to the first petition, then everything that repeats any of it.
_CHAIN = """
    WITH RECURSIVE back(number) AS (
        SELECT :number UNION SELECT c.repeats FROM "case" c JOIN back b ON c.number = b.number
        WHERE c.repeats IS NOT NULL
    ), chain(number) AS (
        SELECT number FROM back UNION
        SELECT c.number FROM "case" c JOIN chain k ON c.repeats = k.number
    )
    SELECT number FROM chain JOIN "case" USING (number)
    WHERE number <> :number ORDER BY registered_on, number
"""


def relatives_of(connection: sqlite3.Connection, case: Case) -> list[Relative]:
    """Every matter of the chain of repeats, then those split from or joined with this one."""
    chain = [number for (number,) in connection.execute(_CHAIN, {"number": case.number})]
    found = [
        Relative("此前" if line.registered_on <= case.registered_on else "此后", line)
        for line in cases_by_number(connection, chain)
    ]
    for link in case.links:
        if link.relation is not Relation.REPEATS:
            lines = cases_by_number(connection, [link.other])
            found += [Relative(link.relation.label, line) for line in lines]
    for relation, name in _BACKWARDS.items():
        sql = 'SELECT "case" FROM link WHERE other = ? AND relation = ? ORDER BY "case"'
        numbers = [n for (n,) in connection.execute(sql, (case.number, relation.value))]
        found += [Relative(name, line) for line in cases_by_number(connection, numbers)]
    return found
