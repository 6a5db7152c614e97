"""How a matter stands, as SQL over the table ``case``, joined as ``c``: counted or not, open or not."""

from __future__ import annotations

from xfctl.domain.lifecycle import ENDED, Stage

_IS_DOUBLE = """EXISTS
    (SELECT 1 FROM link WHERE "case" = {}.number AND relation = 'duplicates')"""
# A matter registered twice (与之重复登记) stays out of all figures: the petition is counted under
# its other number.
COUNTED = f"NOT {_IS_DOUBLE.format('c')}"

# The number under which the matter that one repeats counts: from a double on to what it doubles.
REPEATED = f"""CASE WHEN c.repeats IS NOT NULL THEN (
    WITH RECURSIVE same(number) AS (
        SELECT c.repeats UNION
        SELECT l.other FROM same s JOIN link l ON l."case" = s.number AND relation = 'duplicates')
    SELECT number FROM same WHERE NOT {_IS_DOUBLE.format("same")}) END"""

RUNNING = ", ".join(f"'{stage}'" for stage in Stage if stage not in ENDED)

# Open at the end of the day ``:on``: neither closed, declined nor dismissed by then, or opened
# again since. The row of the matter tells only how it stands now.
OPEN_ON = """c.registered_on <= :on AND coalesce(
    (SELECT kind FROM milestone WHERE "case" = c.number AND day <= :on
     ORDER BY position DESC LIMIT 1), 'reopened') = 'reopened'"""

# The same, found by index: what was open on a day runs still or has ended since.
FOUND_OPEN_ON = f"""c.number IN (SELECT number FROM "case" WHERE stage IN ({RUNNING})
    UNION SELECT "case" FROM milestone WHERE day > :on) AND {OPEN_ON}"""
